"""Why a figure rose or fell: each part's own growth and what it contributed, in points that add up to the whole's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from xinfo.answer.comparison import distance
from xinfo.answer.frame import capital
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, Missing, find, reading_of
from xinfo.briefing.parts import part_name
from xinfo.briefing.sentence import Made, Said, Sentence, figure, one_method, plain, value_of
from xinfo.language.numbers import amount, in_one_unit, written
from xinfo.language.texts import text
from xinfo.query.schema import relation
from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS, PARTS
from xinfo.understand.naming import metric_phrase
from xinfo.understand.reading import Reading, Slots, When

THERE = """
  select consumer, offering, sector from {table}
  where metric_id = $metric and place_id = $place and period_id = $period order by 1, 2, 3
"""
CLOSE = 1e-6
"""Of the whole: by how much parts that add up to it may differ from it."""
ALIKE = 1e-3
"""Growths that lie no further apart, a tenth of a point, tell no part from another."""


@dataclass(frozen=True)
class _Change:
    """By how much a whole and its parts differ from the year before; `growths` are those parts' that have one."""

    over: str
    whole: Found
    before: Found
    parts: Mapping[str, Found]
    growths: Mapping[str, Found]

    @property
    def lang(self) -> str:
        return self.whole.reading.lang

    @property
    def adds_up(self) -> bool:
        whole = value_of(self.whole)
        gap = sum(map(value_of, self.parts.values())) - whole
        return bool(whole) and one_method(self.whole, *self.parts.values()) and abs(gap) <= CLOSE * abs(whole)

    @property
    def alike(self) -> bool:
        """Whether all parts grew, or fell, by nearly the same."""
        rates = [value_of(one) for one in self.growths.values()]
        return len(rates) == len(self.parts) > 1 and max(rates) - min(rates) <= ALIKE and min(rates) * max(rates) > 0

    @property
    def in_order(self) -> list[str]:
        """The parts, first the one that moved the whole most."""
        sign = 1 if value_of(self.whole) > 0 else -1
        return sorted(self.parts, key=lambda part: -sign * value_of(self.parts[part]))

    def points(self, found: Found) -> float:
        """What a change contributes to the whole's growth; a ratio changes in points anyway."""
        before = value_of(self.before)
        return value_of(found) / before if self.has_points else value_of(found)

    @property
    def has_points(self) -> bool:
        return self.whole.findings.unit != "ratio" and value_of(self.before) > 0


def contributor(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """What each part contributed to the change on the year before; where all parts are known and add up."""
    slots = plain(reading)
    before = _year_before(slots.periods[0])
    if before is None or any(getattr(slots, name) for name in DIMENSIONS):
        return
    over = _split(slots, workspace)
    total = find(_between(slots, before, reading, workspace), workspace) if over else None
    if isinstance(total, Missing):
        yield total
    level = figure(slots.but(periods=(before,)), reading, workspace) if isinstance(total, Found) else None
    if isinstance(total, Found) and level:
        every = (_change(one, slots, before, total, level, reading, workspace) for one in over)
        yield from (_told(change, workspace) for change in islice((one for one in every if one and one.adds_up), 1))


def _change(
    over: str, slots: Slots, before: When, total: Found, level: Found, reading: Reading, workspace: Workspace
) -> _Change | None:
    """Along one dimension; nothing where a part lacks one of its two figures."""
    parts, growths = dict[str, Found](), dict[str, Found]()
    for part in PARTS[over]:
        one = slots.but(**{over: (part,)})
        found = find(_between(one, before, reading, workspace), workspace)
        if isinstance(found, Missing):
            return None
        parts[part] = found
        if total.findings.unit != "ratio" and (growth := figure(one.but(measure="growth"), reading, workspace)):
            growths[part] = growth
    return _Change(over, total, level, parts, growths)


def _between(slots: Slots, before: When, reading: Reading, workspace: Workspace) -> Reading:
    pair = slots.but(periods=(slots.periods[0], before))
    return reading_of("difference_of_periods", pair, workspace, reading.lang)


def _told(change: _Change, workspace: Workspace) -> Sentence:
    """The part that moved most, then each with its growth and its contribution, then their sum."""
    lang, whole = change.lang, value_of(change.whole)
    most, way, key = change.in_order[0], _way(whole), "alike" if change.alike else "contributor"
    name = metric_phrase(change.parts[most].reading.slots, workspace.catalog, lang)
    clauses, found, amounts = list[str](), {"whole": change.whole}, _amounts(change)
    for part in change.in_order:
        clauses.append(_clause(part, amounts[part], change, workspace))
        found |= {f"{part}_growth": change.growths[part]} if part in _told_of(change) else {}
        found[part] = change.parts[part]
    every = change.whole.reading.slots.but(**{change.over: tuple(change.in_order)})
    told = {"part": name, "whole": amounts["whole"], "rates": ""}
    if change.alike:
        told["rates"] = text("brief.alike.rates", lang).join(_told_of(change).values())
    told["parts"] = metric_phrase(every, workspace.catalog, lang)
    said = text(f"brief.{key}.{way}", lang, **told) + text("list.semicolon", lang).join(clauses)
    made = [_point(part, change) for part in change.in_order if change.has_points]
    if made:
        found["before"] = change.before
        together = distance(abs(change.points(change.whole)), "ratio", lang)
        said += text(f"brief.parts.together.{way}", lang, points=together)
        made.append(Made("together", "share", "whole", "before", "ratio", together))
        said += "" if _as_written(change) else text("brief.aside", lang, told=text("brief.parts.rounded", lang))
    finding = text(f"brief.finding.{key}.{way}", lang, **told)
    said = capital(said) + text("brief.stop", lang)
    return Sentence("contributor", said, found, tuple(made), finding, amounts)


def _amounts(change: _Change) -> dict[str, str]:
    """By how much the whole and each part moved, in one unit; differences of ratios are points anyway."""
    unit, moved = change.whole.findings.unit, {"whole": change.whole, **change.parts}
    values = [abs(value_of(one)) for one in moved.values()]
    said = [distance(one, unit, change.lang) for one in values] if unit == "ratio" else in_one_unit(
        values, unit, change.lang, least=4)  # fmt: skip
    return dict(zip(moved, said, strict=True))


def _clause(part: str, moved: str, change: _Change, workspace: Workspace) -> str:
    """'enterprise up 15.5%, adding 370 million yuan, a contribution of 4.9 percentage points'."""
    found, lang = change.parts[part], change.lang
    way = _way(value_of(found))
    name = part_name(change.over, part, found.reading.slots, workspace, lang)
    told = {"part": name, "by": moved, "growth": ""}
    if (growth := change.growths.get(part)) and not change.alike:
        told["growth"] = text(f"brief.parts.growth.{way}", lang, growth=amount(abs(value_of(growth)), "ratio", lang))
    said = text(f"brief.{'alike.part' if change.alike else 'parts'}.{way}", lang, **told)
    if change.has_points and way != "none":
        said += text(f"brief.parts.points.{way}", lang, points=distance(abs(change.points(found)), "ratio", lang))
    return said


def _told_of(change: _Change) -> dict[str, str]:
    """The parts whose growth is told, with it, without its sign: of parts that grew alike the least and the most."""
    rates = {part: abs(value_of(one)) for part, one in change.growths.items()}
    said = {part: amount(rate, "ratio", change.lang) for part, rate in rates.items()}
    if change.alike:
        low, *_, high = sorted(rates, key=lambda part: rates[part])
        said = {part: said[part] for part in ((low,) if said[low] == said[high] else (low, high))}
    return said


def _point(part: str, change: _Change) -> Made:
    points = distance(abs(change.points(change.parts[part])), "ratio", change.lang)
    return Made(f"{part}_points", "share", part, "before", "ratio", points)


def _as_written(change: _Change) -> bool:
    """Whether the contributions add up as they are written, too."""
    whole, *parts = (Decimal(written(change.points(one) * 100, "ratio").replace(",", "").replace("−", "-"))
                     for one in (change.whole, *change.parts.values()))  # fmt: skip
    return sum(parts) == whole


def _way(change: float) -> str:
    return "rise" if change > 0 else "fall" if change < 0 else "none"


def _split(slots: Slots, workspace: Workspace) -> list[str]:
    """The dimensions that the figure has all parts in."""
    values = {"metric": slots.metric, "place": slots.places[0], "period": slots.periods[0].id}
    sql = THERE.format(table=relation("observation", workspace.published_only))
    rows = workspace.engine.execute(sql, values, row_cap=200, seconds=workspace.engine.patience).rows
    there = [{str(row[at]) for row in rows} for at in range(len(DIMENSIONS))]
    return [over for over, parts in zip(DIMENSIONS, there, strict=True) if set(PARTS[over]) <= parts]


def _year_before(when: When) -> When | None:
    if when.start != when.end:
        return None
    earlier: Period = when.start.years_on(-1)
    return When.of(earlier)
