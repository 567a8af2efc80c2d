"""What a section comes to, in a few words for its title: no number but ranks. Each other is said once, in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xinfo.answer import course
from xinfo.answer.findings import Findings
from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period, row_label
from xinfo.answer.owning_up import owned_up_together
from xinfo.answer.rows import Row
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Block, Exhibit, Part
from xinfo.briefing.sentence import joined
from xinfo.language.numbers import amount, ordinal
from xinfo.language.texts import listing, text
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.reading import Scope
from xinfo.understand.say_places import member_name, place_name

ANSWER = "answer"
WEIGHT = (*"projected needed ever progress gap among change rank comparable".split(), ANSWER, "contributor")
"""Which findings a title has, the weightiest first; they stand in it in the order of the text."""
MOST = 2
SLIGHT = 0.1
"""The part of a whole movement below which its last step is no turn."""
MOST_BETWEEN = 6
"""Figures between the ends of a course that are all named."""


def titled(topic: str, findings: Sequence[tuple[str, str]], lang: str, earlier: Sequence[str] = ()) -> str:
    """'At a glance: up on the year before; growth so far is not enough'; findings with the kind of sentence of each.

    Each is said once, and none that stands in one of the `earlier` titles.
    """
    kinds = {said: kind for kind, said in findings if said and not any(said in title for title in earlier)}
    known = [(kind, said) for said, kind in kinds.items()]
    if any(kind in ("projected", "needed") for kind, _ in known):
        known = [one for one in known if one[0] != "progress"]  # Where it leads says more than where it stands.
    ranks = [one for one in known if one[0] == "rank"]
    known = [one for one in known if one not in ranks[1:]]  # Of several that are ranked by, the first is the section's.
    chosen = sorted(known, key=lambda one: WEIGHT.index(one[0]))[:MOST]
    said = text("list.semicolon", lang).join(one[1] for one in known if one in chosen)
    return text("brief.finding.topic", lang, topic=topic, findings=said) if said and topic else capital(said) or topic


def with_section(
    parts: tuple[Part, ...], topic: str, findings: Sequence[tuple[str, str]], blocks: Sequence[Block], lang: str
) -> tuple[Part, ...]:
    """One section more, whose title says nothing again that one before it says."""
    title = titled(topic, findings, lang, [part.title for part in parts])
    return (*parts, headed(title, blocks))


def headed(title: str, blocks: Sequence[Block]) -> Part:
    """A section under its title; what its only exhibit comes to is what the section does."""
    one = sum(isinstance(block, Exhibit) for block in blocks) == 1
    return Part(title, tuple(replace(b, message=title) if one and isinstance(b, Exhibit) else b for b in blocks))


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
    key = "led"
    if by[0] in DIMENSIONS and findings.slots.measure == "value":
        key = "over_half" if len(rows) == 2 and float(second["value"]) > 0 else "largest"
    return text(f"brief.finding.{key}", lang, name=row_label(first, by, findings))


def _along(rows: Sequence[Row], findings: Findings) -> str:
    """Where a course goes. Quarters of what grows from month to month have seasons: their growth alone tells."""
    lang, values = findings.lang, [float(row["value"]) for row in rows]
    if findings.slots.measure == "growth":
        way = throughout(values)
        turn = rows[values.index(min(values) if way == "down_up" else max(values))]
        return text(f"brief.finding.rates.{way}", lang, turn=long_period(str(turn["period"]), lang))
    return "" if seasonal(findings) else text(f"brief.finding.course.{_course(values)}", lang)


def throughout(values: Sequence[float]) -> str:
    """Where rates have gone: one way, one way and then the other, or to and fro to more or less than at first.

    A last step that is slight beside the whole movement is no turn.
    """
    if len(values) > 2 and abs(values[-1] - values[-2]) < SLIGHT * (max(values) - min(values)):
        before = throughout(values[:-1])
        return f"{before}_level" if before in ("up", "down") else before
    steps = [later > earlier for earlier, later in pairwise(values) if later != earlier]
    ways = ["up" if step else "down" for at, step in enumerate(steps) if not at or step != steps[at - 1]]
    if len(ways) < 3:
        return "_".join(ways) or "even"
    return "higher" if values[-1] > values[0] else "lower" if values[-1] < values[0] else "back"


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


def between_named(found: Found) -> Found:
    """A course with what lies between its ends, too: each figure of few, of many the highest and the lowest."""
    findings, lang = found.findings, found.reading.lang
    courses = course.lines(findings) if "grain" in findings.template.needs else []
    inner = [row for row in courses[0][1:-1] if row.get("value") is not None] if len(courses) == 1 else []
    if not inner:
        return found
    if len(inner) > MOST_BETWEEN:
        ends = max(inner, key=_height), min(inner, key=_height)
        inner = [row for row in inner if row in ends]
    every = len(inner) == len(courses[0]) - 2
    if every and findings.slots.measure == "growth":
        return replace(found, answer=replace(found.answer, headline=_each_named(found, courses[0])))
    said = text(f"brief.between.{'each' if every else 'ends'}", lang, named=listing(_named(inner, lang), lang))
    headline = joined(found.answer.headline, owned_up_together(said, [findings]), lang)
    return replace(found, answer=replace(found.answer, headline=headline))


def _each_named(found: Found, rows: Sequence[Row]) -> str:
    """'Growth of X by quarter: 18% in the first quarter of 2015 and 14% in the second quarter of 2015.'"""
    lang = found.reading.lang
    told = [text("brief.between.one", lang, when=long_period(str(row["period"]), lang),
                 value=amount(_height(row), row.get("unit"), lang)) for row in rows]  # fmt: skip
    said = text("brief.between.all", lang, of=capital(found.reading.sentence), named=listing(told, lang))
    return owned_up_together(said, [found.findings])


def _named(rows: Sequence[Row], lang: str) -> list[str]:
    return [text("answer.ranked", lang, name=long_period(row["period"], lang), within="",
                 value=amount(_height(row), row.get("unit"), lang)) for row in rows]  # fmt: skip


def _height(row: Row) -> float:
    return float(row["value"])


def standing(kind: str, place: str, rank: float, counted: int, catalog: Catalog, lang: str) -> str:
    """Which of how many a place is in a ranking; `kind` is the sentence's, rank or comparable."""
    many = member_name(Scope(), catalog, lang, "many")
    told = {"place": place_name(place, catalog, lang), "rank": ordinal(round(rank), lang), "n": counted, "those": many}
    return text(f"brief.finding.{kind}", lang, **told)


def _course(values: Sequence[float]) -> str:
    first, last = values[0], values[-1]
    if last > max(values[:-1]):
        return "top"
    if last < min(values[:-1]):
        return "bottom"
    return "up" if last > first else "down" if last < first else "even"
