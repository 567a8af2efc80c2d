"""What a figure is made of in one sentence: each part with its share of the whole, all in one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import word
from xinfo.answer.owning_up import owned_up_together
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, whole_of
from xinfo.briefing.document import Run
from xinfo.briefing.exhibits import LEAST_OF_PARTS
from xinfo.briefing.made import Numbers, combined
from xinfo.briefing.marking import register
from xinfo.briefing.sentence import Made, value_of
from xinfo.language.numbers import amount, in_one_unit
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.naming import metric_phrase
from xinfo.understand.reading import Slots

CLOSE = 1e-6
"""Of the whole: by how much parts that add up to it may differ from it."""


def parted(found: Found, workspace: Workspace) -> Found:
    """A breakdown by one dimension whose parts add up, with its sentence; any other answer as it is."""
    total = _total(found, workspace)
    if not total:
        return found
    lang, rows = found.reading.lang, found.findings.rows
    said = in_one_unit(found.findings.values, found.findings.unit, lang, LEAST_OF_PARTS)
    shares = [amount(float(row["value"]) / value_of(total), "ratio", lang) for row in rows]
    by, slots = found.findings.subject[0], found.reading.slots
    names = [part_name(by, str(row[by]), slots, workspace, lang) for row in rows]
    each = [
        text(f"brief.made_of.{'other' if at else 'first'}", lang, name=name, value=value, share=share)
        for at, (name, value, share) in enumerate(zip(names, said, shares, strict=True))
    ]
    named = listing(each, lang) if lang == "en" else text("list.semicolon", lang).join(each)
    words = {name: total.findings.said[name] for name in ("figure", "places", "when")}
    sentence = capital(text("brief.made_of.all", lang, each=named, **words))
    headline = owned_up_together(sentence, [found.findings])
    return replace(found, answer=replace(found.answer, headline=headline), written=dict(enumerate(said)))


def with_shares(runs: Sequence[Run], found: Found, id_: str, numbers: Numbers, workspace: Workspace) -> tuple[Run, ...]:
    """The runs of that sentence, its shares as figures that are made of the parts and the whole."""
    total = _total(found, workspace)
    if not total or not found.written:
        return tuple(runs)
    ids = {"total": register(total, f"{id_}_total", numbers, workspace)[0]}
    for at, row in enumerate(found.findings.rows, 1):
        ids[str(at)] = f"{id_}.{at}"
        share = amount(float(row["value"]) / value_of(total), "ratio", found.reading.lang)
        made = Made(f"share{at}", "share", str(at), "total", "ratio", share)
        runs = combined(tuple(runs), made, f"{id_}_share{at}", ids, numbers, found.reading.lang)
    return tuple(runs)


def part_name(over: str, part: str, slots: Slots, workspace: Workspace, lang: str) -> str:
    """'personal' is short for itself in English; in Chinese only what stands in brackets behind the figure's name."""
    phrase = metric_phrase(slots.but(over=None, **{over: (part,)}), workspace.catalog, lang)
    return word(over, part, workspace.catalog, lang) if lang == "en" or phrase.endswith("）") else phrase


def _total(found: Found, workspace: Workspace) -> Found | None:
    """The whole of which they are all parts."""
    findings = found.findings
    by, rows = findings.subject, findings.rows
    if len(by) != 1 or by[0] not in DIMENSIONS or len(rows) < 2 or any(row.get("value") is None for row in rows):
        return None
    total = whole_of(found, workspace)
    whole = value_of(total) if total else 0.0
    return total if whole > 0 and abs(sum(findings.values) - whole) <= CLOSE * whole else None
