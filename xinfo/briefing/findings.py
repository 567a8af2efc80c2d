"""What a section comes to, in a few words without a number, for its title. Each number is said once, in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xinfo.answer import course
from xinfo.answer.findings import Findings
from xinfo.answer.frame import capital
from xinfo.answer.labels import row_label
from xinfo.answer.rows import Row
from xinfo.briefing.asking import Found
from xinfo.language.texts import text
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import Catalog
from xinfo.understand.say_places import place_name

ANSWER = "answer"
WEIGHT = ("needed", "progress", "change", ANSWER, "comparable", "contributor", "rank")
"""Which findings a title has, the weightiest first; they stand in it in the order of the text."""
MOST = 2


def titled(topic: str, findings: Sequence[tuple[str, str]], lang: str) -> str:
    """'At a glance: up on the year before; growth so far is not enough'; findings with the kind of sentence of each."""
    known = [(kind, said) for kind, said in dict.fromkeys(findings) if said]
    if any(kind == "needed" for kind, _ in known):
        known = [one for one in known if one[0] != "progress"]  # Whether it is enough says more than where it stands.
    chosen = sorted(known, key=lambda one: WEIGHT.index(one[0]))[:MOST]
    said = text("list.semicolon", lang).join(one[1] for one in known if one in chosen)
    return text("brief.finding.topic", lang, topic=topic, findings=said) if said and topic else capital(said) or topic


def finding(found: Found) -> str:
    """What several rows of one kind come to: which leads, or where a course goes; empty where that says nothing."""
    findings, lang = found.findings, found.reading.lang
    rows = [row for row in findings.rows if row.get("value") is not None]
    by = findings.subject
    if len(rows) < 2 or len(by) != 1 or len({(row.get("metric"), row.get("unit")) for row in rows}) > 1:
        return ""
    if by == ("period",):
        starts = [parse_id(str(row["period"])).start_date for row in rows]
        if len({*starts}) < len(starts):
            return ""  # What is added up from the same day on goes up.
        return _along(rows, findings)
    first, second = sorted(rows, key=lambda row: -float(row["value"]))[:2]
    if findings.slots.order == "asc" or first["value"] == second["value"]:
        return ""
    return text("brief.finding.led", lang, name=row_label(first, by, findings))


def _along(rows: Sequence[Row], findings: Findings) -> str:
    """Where a course goes. Quarters of what grows from month to month have seasons: their growth alone tells."""
    lang, values = findings.lang, [float(row["value"]) for row in rows]
    if findings.slots.measure == "growth":
        return text(f"brief.finding.rates.{throughout(values)}", lang)
    return "" if seasonal(findings) else text(f"brief.finding.course.{_course(values)}", lang)


def throughout(values: Sequence[float]) -> str:
    """Where rates have gone: up or down where each step went there, else higher or lower than the first; even."""
    steps = [later - earlier for earlier, later in pairwise(values)]
    if values[-1] == values[0]:
        return "even"
    if values[-1] > values[0]:
        return "up" if min(steps) >= 0 else "higher"
    return "down" if max(steps) <= 0 else "lower"


def seasonal(findings: Findings) -> bool:
    """Whether rows are parts of years of what grows from month to month: one is not held against the next."""
    slots = findings.slots
    parts = slots.grain not in (None, "year") and slots.measure == "value"
    return parts and not findings.catalog.at_end(slots.metric or "")


def across_seasons(found: Found) -> Found:
    """A course without by how much its last quarter differs from a first one of another season."""
    findings, headline = found.findings, found.answer.headline
    for line in course.lines(findings) if seasonal(findings) else ():
        first, last = (parse_id(str(row["period"])) for row in (line[0], line[-1]))
        if (first.first, first.last) != (last.first, last.last):
            headline = headline.replace(course.moved(line, findings)["moved"], "", 1)
    return replace(found, answer=replace(found.answer, headline=headline))


def standing(kind: str, place: str, rank: float, counted: int, catalog: Catalog, lang: str) -> str:
    """In which third of a ranking a place is; `kind` is the sentence's, rank or comparable."""
    third = ("upper", "middle", "lower")[min(int(3 * (rank - 0.5) / counted), 2)]
    return text(f"brief.finding.{kind}.{third}", lang, place=place_name(place, catalog, lang))


def _course(values: Sequence[float]) -> str:
    first, last = values[0], values[-1]
    if last > max(values[:-1]):
        return "top"
    if last < min(values[:-1]):
        return "bottom"
    return "up" if last > first else "down" if last < first else "even"
