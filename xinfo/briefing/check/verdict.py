"""Each figure of a file that came back: confirmed, changed by hand, removed, or outdated by what the store has now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xinfo.ask import Workspace
from xinfo.briefing.asking import Missing, ask
from xinfo.briefing.check.amounts import amounts
from xinfo.briefing.check.differences import Difference
from xinfo.briefing.check.said import CELL, NOTE, plain
from xinfo.briefing.check.seal import Seal
from xinfo.briefing.document import Document, Figure
from xinfo.briefing.made import ELAPSED, MADE_OF, QUOTIENTS, elapsed
from xinfo.briefing.marking import key_of
from xinfo.briefing.second import agree
from xinfo.language.numbers import amount
from xinfo.language.texts import text

VERDICTS = ("changed", "removed", "outdated", "unknown", "confirmed")
"""Most in need of notice first."""


@dataclass(frozen=True)
class Verdict:
    """What became of one figure."""

    figure: Figure
    verdict: str
    written: str
    """As it stood, where the verdict is about one place; in full otherwise."""
    now: str = ""
    """What stands there."""
    today: str = ""
    """What the store has now, where that is another number."""
    why: str = ""

    @property
    def good(self) -> bool:
        return self.verdict == "confirmed"


def verdicts(seal: Seal, found: Sequence[Difference], workspace: Workspace) -> tuple[Verdict, ...]:
    """One for each figure, those in need of notice first."""
    document = seal.document
    standing = places_of(seal, found)
    today = current(document, workspace)
    made = [_judged(figure, standing.get(figure.id, []), today[figure.id], document)
            for figure in document.figures.values() if figure.id in _written(document) or not figure.of]  # fmt: skip
    same_store = workspace.meta.get("fingerprint") == document.store
    made = [_altered(one, today[one.figure.id], same_store, document) for one in made]
    return tuple(sorted(made, key=lambda one: VERDICTS.index(one.verdict)))


def current(document: Document, workspace: Workspace) -> dict[str, float | str]:
    """What the store has today for each figure; in words why there is none."""
    found: dict[str, float | str] = {}
    asked: dict[str, Mapping[tuple[str, str], float] | str] = {}
    for figure in document.figures.values():
        if figure.of:
            continue
        if figure.name == ELAPSED:
            found[figure.id] = elapsed(figure.period)
            continue
        if figure.query not in asked:
            asked[figure.query] = _answers(document, figure.query, workspace)
        answers = asked[figure.query]
        if isinstance(answers, str):
            found[figure.id] = answers
        else:
            none = text("brief.check.no_row", document.lang)
            found[figure.id] = answers.get((_at(figure), figure.name), none)
    for figure in document.figures.values():
        _make(figure, document, found)
    return found


def _make(figure: Figure, document: Document, found: dict[str, float | str]) -> float | str:
    """What a figure that is made of two others is today; each of these may be made of others itself."""
    if figure.id not in found:
        found[figure.id] = ""
        parts = [_make(one, document, found) if (one := document.figures.get(id_)) else "" for id_ in figure.of]
        why = next((part for part in parts if isinstance(part, str)), None)
        if why is None and (parts[1] or figure.name not in QUOTIENTS):
            found[figure.id] = MADE_OF[figure.name](*parts)  # type: ignore[arg-type]
        else:
            found[figure.id] = why or ""
    return found[figure.id]


def _at(figure: Figure) -> str:
    return f"{figure.key}@{figure.period}"


def _answers(document: Document, query: str, workspace: Workspace) -> Mapping[tuple[str, str], float] | str:
    """The numbers of a query asked anew, by row and name; why there are none."""
    asked = document.queries[query]
    over = replace(workspace, published_only=workspace.published_only or asked.published_only)
    found = ask(asked.question, over, document.lang, origins=False)
    if isinstance(found, Missing):
        return found.reason
    if found.reading.template.template_id != asked.template:
        return text("brief.check.other_kind", document.lang)
    made: dict[tuple[str, str], float] = {}
    for at, row in enumerate(found.findings.rows):
        numbers = (dict(found.findings.records[0]) if not at else {}) | {"value": row.get("value")}
        for name, value in numbers.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                made[f"{key_of(row)}@{row.get('period') or ''}", name] = float(value)
    return made


Place = tuple[str, str | None]
"""A figure as it was written, and what stands there now; None where it is gone."""


def places_of(seal: Seal, found: Sequence[Difference]) -> dict[str, list[Place]]:
    """For each figure, every place where it stood."""
    gone = [(_bare(one.old), one) for one in found if one.old and one.verdict in ("changed", "dropped", "otherwise")]
    said = _bare("".join(unit.text for unit in seal.said))
    places: dict[str, list[Place]] = {}
    for _, runs in seal.document.lines():
        line = _bare("".join(run.text for run in runs))
        differing = [one for bare, one in gone if bare in line or line in bare]
        for run in (run for run in runs if run.figure):
            if line in said or differing:
                places.setdefault(run.figure, []).append((run.text, _now(run.text, differing)))
    for figure, written, now in _drawn(seal.document, found):
        places.setdefault(figure, []).append((written, now))
    return places


def _now(written: str, differing: Sequence[Difference]) -> str | None:
    """What stands in the place of a figure, where its sentence or row is not as it was."""
    for one in (one for one in differing if _bare(written) in _bare(one.old)):
        if one.verdict == "dropped":
            return None
        old, new = [a.text for a in amounts(one.old)], [a.text for a in amounts(one.new)]
        at = next((at for at, said in enumerate(old) if _bare(written) == _bare(said)), None)
        if at is not None and len(old) == len(new):
            return written if one.verdict == "otherwise" else new[at]
        if _bare(written) not in _bare(one.new):
            return one.change.new if one.change and amounts(one.change.new) else None
    return written


def _drawn(document: Document, found: Sequence[Difference]) -> list[tuple[str, str, str]]:
    """The values of native charts that are not what they were."""
    changed = []
    series = {plain(name): (values, figures) for exhibit in document.exhibits() if (chart := exhibit.chart)
              for (name, values), figures in zip(chart.series, chart.figures, strict=True)}  # fmt: skip
    for one in found:
        name, *old = one.old.split(CELL)
        if one.kind == "series" and one.verdict == "changed" and name in series:
            for was, now, figure in zip(old, one.new.split(CELL)[1:], series[name][1], strict=False):
                changed += [(figure, was, now or "–")] if was != now and figure else []
    return changed


def _written(document: Document) -> set[str]:
    return {run.figure for _, runs in document.lines() for run in runs}


def _judged(figure: Figure, places: Sequence[Place], today: float | str, document: Document) -> Verdict:
    lang = document.lang
    for written, now in places:
        if now is not None and not _same(written, now):
            return Verdict(figure, "changed", written, now.strip() or "–", _today(figure, today, lang))
    if places and all(now is None for _, now in places):
        return Verdict(figure, "removed", figure.written, today=_today(figure, today, lang))
    if isinstance(today, str):
        return Verdict(figure, "unknown", figure.written, why=today)
    if not agree(today, figure.value):
        return Verdict(figure, "outdated", figure.written, today=amount(today, figure.unit, lang))
    return Verdict(figure, "confirmed", figure.written)


def _altered(one: Verdict, today: float | str, same_store: bool, document: Document) -> Verdict:
    """The same store gives the same number: where the passport says another, the passport was changed."""
    if one.verdict == "outdated" and same_store:
        return replace(one, verdict="changed", now=one.written, why=text("brief.check.altered", document.lang))
    return one


def _today(figure: Figure, today: float | str, lang: str) -> str:
    if isinstance(today, str) or agree(today, figure.value):
        return ""
    return amount(today, figure.unit, lang)


def _same(written: str, now: str) -> bool:
    """The same text, or the same number where a program writes numbers in its own way."""
    one, two = (re.sub(r"[\s,]", "", said) for said in (written, now))
    if one == two:
        return True
    try:
        return agree(float(one), float(two))
    except ValueError:
        return False


def _bare(said: str) -> str:
    return re.sub(rf"[\s{NOTE}|]", "", plain(said))
