"""What a section that compares places says first: where the own place stands, and of how many places each group is.

Words for an answer that is there; asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import row_label
from xinfo.answer.owning_up import owned_up_together
from xinfo.answer.rows import Row
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, reading_of
from xinfo.briefing.sentence import joined
from xinfo.briefing.sets import those
from xinfo.language.numbers import amount, in_one_unit, ordinal
from xinfo.language.texts import listing, text, texts
from xinfo.understand.frame import GROUPS
from xinfo.understand.reading import Reading, Scope
from xinfo.understand.say_places import place_name, scope_phrase

MOST_FIRST = 5
"""Of a ranking: so many are named in its sentence."""
AROUND = ("region", "admin_type")
"""Groups of places, of which the own place's stands out."""


def told(whole: Found, place: str, first: int, workspace: Workspace, again: bool) -> Found:
    """A whole ranking from the top that has the place, with its sentence: where the place stands, which are the first.

    All in one unit. With `again` its figure and rank have been said already.
    """
    rows, lang = whole.findings.rows, whole.reading.lang
    at = next(at for at, row in enumerate(rows) if row.get("place") == place)
    first = min(first, MOST_FIRST, len(rows))
    named = sorted({*range(first), *range(max(at - 1, 0), min(at + 2, len(rows)))})
    unit = whole.findings.unit
    said = in_one_unit([float(rows[one]["value"]) for one in named], unit, lang)
    if (apiece := texts(lang).get(f"brief.apiece.{unit}")) and whole.findings.slots.per is None:
        said = [one.removesuffix(apiece) for one in said]  # The figure's own name says of what each is.
    whole = replace(whole, written=dict(zip(named, said, strict=True)))
    sentence = joined(_placed(whole, at, place, workspace, again), _first(whole, first), lang)
    headline = owned_up_together(capital(sentence), [whole.findings])
    return replace(whole, answer=replace(whole.answer, headline=headline))


def _placed(whole: Found, at: int, place: str, workspace: Workspace, again: bool) -> str:
    """'Growth of X in 2015 came to 15.5%, 18th of the 28 pilots with figures here, behind A (16%) and ahead of B …'."""
    found, lang, rows = whole.findings, whole.reading.lang, whole.findings.rows
    words = {"value": whole.written[at], "rank": ordinal(rank_in(rows, at), lang)}
    words |= {"figure": _figure(whole, place, workspace), "place": place_name(place, found.catalog, lang)}
    words["those"] = those(found) or scope_phrase(found.slots.scope or Scope(), found.catalog, lang)
    for name, one in (("above", at - 1), ("below", at + 1)):
        if one in whole.written:
            words |= {name: row_label(rows[one], ("place",), found), f"{name}_value": whole.written[one]}
    key = "first" if not at else "both" if at + 1 < len(rows) else "last"
    return capital(text(f"brief.own.{'again.' if again else ''}{key}", lang, **words))


def _first(whole: Found, n: int) -> str:
    """'The 5 highest are A (16%), B (15%) …'."""
    found, lang = whole.findings, whole.reading.lang
    named = [text("answer.ranked", lang, name=row_label(found.rows[at], ("place",), found), within="",
                  value=whole.written[at]) for at in range(n)]  # fmt: skip
    return text(f"brief.first.{'many' if n > 1 else 'one'}", lang, n=n, ranked=listing(named, lang))


def rank_in(rows: Sequence[Row], at: int) -> int:
    """Of a row in a ranking from the top; the same for rows of one value."""
    return 1 + sum(float(row["value"]) > float(rows[at]["value"]) for row in rows)


def grouped_by(found: Found, place: str) -> Found:
    """Figures of groups of places with the own place's group first, and of how many places each of them is."""
    by = found.findings.subject
    if len(by) != 1 or by[0] not in GROUPS:
        return found
    lang, headline = found.reading.lang, found.answer.headline
    said = joined(joined(_own_group(found, place), headline, lang), _held_in(found), lang)
    return replace(found, answer=replace(found.answer, headline=said))


def _own_group(found: Found, place: str) -> str:
    """Where the own place's group stands; empty where it is in none."""
    findings, lang, by = found.findings, found.reading.lang, found.findings.subject
    rows = [row for row in findings.rows if row.get("value") is not None]
    own = getattr(findings.catalog.places.get(place), by[0], None) if by[0] in AROUND else None
    mine = next((at for at, row in enumerate(rows) if own and row.get(by[0]) == own), None)
    if mine is None or len(rows) < 2:
        return ""
    said = text("brief.own.group", lang, place=place_name(place, findings.catalog, lang),
                name=row_label(rows[mine], by, findings), n=len(rows), value=_value(rows[mine], lang),
                rank=ordinal(rank_in(rows, mine), lang))  # fmt: skip
    return owned_up_together(capital(said), [findings])


def _held_in(found: Found) -> str:
    """'Places with figures: East 14, Central 9.'"""
    findings, lang = found.findings, found.reading.lang
    each = [
        text("brief.held", lang, name=capital(row_label(row, findings.subject, findings)), n=len({*record["places"]}))
        for row, record in zip(findings.rows, findings.records, strict=True)
        if record.get("places")
    ]
    return text("brief.held_in", lang, each=listing(each, lang)) if len(each) > 1 else ""


def _figure(whole: Found, place: str, workspace: Workspace) -> str:
    """What the ranking is of, of the own place."""
    slots = whole.reading.slots.but(scope=None, order=None, n=None, over=None, places=(place,))
    alone: Reading = reading_of("value", slots, workspace, whole.reading.lang)
    return alone.sentence


def _value(row: Row, lang: str) -> str:
    return amount(float(row["value"]), row.get("unit"), lang)
