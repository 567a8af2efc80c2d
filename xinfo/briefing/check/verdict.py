"""Each figure of a file that came back: confirmed, changed by hand, removed, or outdated by what the store has now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from xinfo.ask import Workspace
from xinfo.briefing.asking import Missing, ask
from xinfo.briefing.check.alignment import Text
from xinfo.briefing.check.reading import Returned
from xinfo.briefing.document import Document, Exhibit, Figure
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


def verdicts(returned: Returned, workspace: Workspace) -> tuple[Verdict, ...]:
    """One for each figure, those in need of notice first."""
    document = returned.document
    standing = _standing(returned)
    today = current(document, workspace)
    made = [_judged(figure, standing.get(figure.id), today[figure.id], document) for figure in document.figures.values()
            if figure.id in standing or not figure.of]  # fmt: skip
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
        if figure.query not in asked:
            asked[figure.query] = _answers(document, figure.query, workspace)
        answers = asked[figure.query]
        if isinstance(answers, str):
            found[figure.id] = answers
        else:
            none = text("brief.check.no_row", document.lang)
            found[figure.id] = answers.get((_at(figure), figure.name), none)
    for figure in document.figures.values():
        if figure.of:
            top, bottom = (found.get(one, "") for one in figure.of)
            whole = isinstance(top, float) and isinstance(bottom, float) and bottom
            found[figure.id] = top / bottom if whole else str(top or bottom)  # type: ignore[operator]
    return found


def standing_as_written(returned: Returned) -> bool:
    """Whether every figure stands in the file as the file's own passport has it; asks no store."""
    places = [place for found in _standing(returned).values() for place in found]
    return all(now is not None and _same(written, now) for written, now in places)


def _at(figure: Figure) -> str:
    return f"{figure.key}@{figure.period}"


def _answers(document: Document, query: str, workspace: Workspace) -> Mapping[tuple[str, str], float] | str:
    """The numbers of a query asked anew, by row and name; why there are none."""
    asked = document.queries[query]
    over = replace(workspace, published_only=workspace.published_only or asked.published_only)
    found = ask(asked.question, over, document.lang)
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


def _standing(returned: Returned) -> dict[str, list[tuple[str, str | None]]]:
    """For each figure, every place: as it was written, and what stands there now."""
    whole, number = Text(returned.texts, returned.flowing), 0
    by_mark = bool(returned.keyed)
    standing: dict[str, list[tuple[str, str | None]]] = {}
    for _, runs in returned.document.lines():
        found: dict[int, str | None] | None = None
        for at, run in enumerate(runs):
            if not run.figure:
                continue
            number += 1
            if by_mark and number in returned.keyed:
                now: str | None = returned.keyed[number]
            else:
                found = whole.standing(runs) if found is None else found
                now = found[at]
            standing.setdefault(run.figure, []).append((run.text, now))
    for exhibit in returned.document.exhibits():
        for figure, written, now in _drawn(exhibit, returned):
            standing.setdefault(figure, []).append((written, now))
    return standing


def _drawn(exhibit: Exhibit, returned: Returned) -> list[tuple[str, str, str]]:
    """The values of a native chart that are not what they were."""
    there = returned.drawn.get(exhibit.id)
    if not exhibit.chart or there is None:
        return []
    changed = []
    for (_, values), names, now in zip(exhibit.chart.series, exhibit.chart.figures, there, strict=False):
        for value, name, drawn in zip(values, names, now, strict=False):
            if name and value is not None and (drawn is None or not agree(value, drawn)):
                changed.append((name, f"{value:g}", "–" if drawn is None else f"{drawn:g}"))
    return changed


def _judged(
    figure: Figure, places: list[tuple[str, str | None]] | None, today: float | str, document: Document
) -> Verdict:
    lang = document.lang
    for written, now in places or ():
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


def other_changes(returned: Returned) -> tuple[str, ...]:
    """Lines with figures whose words were changed while their figures still stand."""
    whole = re.sub(r"\s+", "", "".join(returned.texts))
    changed = []
    for key, runs in returned.document.lines():
        line = "".join(run.text for run in runs)
        if ":" not in key and re.sub(r"\s+", "", line) not in whole:
            changed.append(line)
    return tuple(changed)
