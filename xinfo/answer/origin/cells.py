"""Which figures of the store a row of an answer rests on: keys only, from the reading and what its statement counted.

Reads no store and says no word; a cell may turn out not to be there (the year before of a published growth rate).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from xinfo.answer.findings import APART, Findings
from xinfo.answer.rows import Row
from xinfo.errors import InputError
from xinfo.query.bind import bind
from xinfo.query.catalog import growth_metric
from xinfo.query.shape import BETWEEN, measure_of
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import Slots

ROLES = {
    "value": ("figure",),
    "share_of_set": ("figure",),
    "growth": ("stated", "figure", "base"),
    "ends": ("figure", "base"),
    "per_year": ("figure", "base"),
    "rise": ("figure", "base"),
    "share": ("figure", "whole"),
    "share_of_part": ("figure", "whole"),
    "relative": ("figure", "under"),
    "target": ("target",),
    "attainment": ("figure", "target"),
    "gap": ("target", "figure"),
}
"""What a measure is made of: the figure, that of the year before, the published rate, the total, what was aimed at."""
OF_TARGETS = frozenset({"pace", "required", "implied"})
"""What questions need that are answered from a target without any measure."""
_NEEDED = ("places", "members", "other_members", "periods", "consumers", "offerings", "sectors", "growth_metric")


@dataclass(frozen=True)
class Cell:
    """The key of one figure of the store, and what it is to the answer."""

    role: str
    place: str
    metric: str
    period: str
    consumer: str = "all"
    offering: str = "all"
    sector: str = "all"
    side: int = 0
    """1 for what a difference takes away, a share is of, or a place is compared with."""


def groups(findings: Findings, at: int) -> tuple[tuple[Cell, ...], ...]:
    """The cells that row `at` may rest on, those of one place, period and part together.

    None where it rests on no figures: a fact, a project, a list of places.
    """
    slots, record = findings.slots, findings.records[at]
    if findings.template.needs & OF_TARGETS:
        return tuple(_of_target(findings, record))
    if not findings.template.measures or not slots.metric:
        return ()
    return tuple(
        tuple(_measured(findings, Cell("figure", place, slots.metric, period, *part, side)))
        for side, places, periods, parts in _sides(findings, record)
        for place, period, part in product(places, periods, parts)
    ) + _second_figures(findings, record)


def _second_figures(findings: Findings, record: Row) -> tuple[tuple[Cell, ...], ...]:
    """The other figure of a relation of two, of the row's place."""
    against, period = findings.slots.against, findings.slots.periods[0].id if findings.slots.periods else ""
    return ((Cell("figure", str(record["place"]), against, period, side=1),),) if against else ()


def summed(findings: Findings, at: int) -> bool:
    """Whether the row adds places up, which takes their amounts and not their published growth rates."""
    needs = findings.template.needs
    apart = needs & {*APART, "position"} or (findings.template.is_sided and len(findings.slots.places) == 2)
    return not findings.records[at].get("place") and not apart


Part = tuple[str, str, str]
"""Consumer, offering, sector."""
Side = tuple[int, list[str], list[str], list[Part]]


def _sides(findings: Findings, record: Row) -> Iterator[Side]:
    """Places, periods and parts of what the row is; then of what it is set against."""
    slots, needs = findings.slots, findings.template.needs
    values = bind(slots, findings.catalog, frozenset(_NEEDED))
    counted = _counted(findings, record, values["places"])
    periods = [record["period"]] if record.get("period") in values["periods"] else values["periods"]
    consumers, offerings, sectors = ([record[name]] if name in record else values[f"{name}s"] for name in DIMENSIONS)
    parts = list(product(consumers, offerings, sectors))
    sided = findings.template.is_sided
    if sided and "periods" in needs:
        yield from ((side, counted, [period], parts) for side, period in enumerate(periods))
    elif sided and "parts" in needs:
        yield from ((side, counted, periods, [part]) for side, part in enumerate(_in_order(parts, findings)))
    elif "two_scopes" in needs:
        for side, members in enumerate((values["members"], values["other_members"])):
            yield side, [place for place in counted if place in members], periods, parts
    elif "extremes" in needs:
        yield from ((side, [record[f"place_{name}"]], periods, parts) for side, name in enumerate("ab"))
    elif sided:
        yield from ((side, [place], periods, parts) for side, place in enumerate(slots.places[:2]))
    elif against := _against(findings, record, counted):
        yield 0, against[0], periods, parts
        yield 1, against[1], periods, parts
    else:
        yield 0, counted, periods, parts


def _counted(findings: Findings, record: Row, asked: list[str]) -> list[str]:
    """The row's own place, else the places that its statement counted, else those asked about."""
    if record.get("place"):
        return [record["place"]]
    counted = record.get("places") or asked
    return [place for place in findings.catalog.places if place in set(counted)]


def _against(findings: Findings, record: Row, counted: list[str]) -> tuple[list[str], list[str]] | None:
    """What one place, or those that pass a comparison, are set against: a total, their rivals, the place named."""
    slots, needs = findings.slots, findings.template.needs
    if needs & {"position"} or {"place", "scope"} <= needs:
        others = [place for place in record.get("places") or () if "position" not in needs or place not in counted]
        return counted, others
    if slots.than:
        return [place for place in counted if place != slots.than], [slots.than]
    return None


def _in_order(parts: list[Part], findings: Findings) -> list[Part]:
    """The two parts of a difference in the order they were named."""
    named = [part for name in DIMENSIONS for part in getattr(findings.slots, name)]
    return sorted(parts, key=lambda part: min((named.index(name) for name in part if name in named), default=0))


def _measured(findings: Findings, cell: Cell) -> Iterator[Cell]:
    """What the measure takes of one place, period and part."""
    catalog = findings.catalog
    for role in ROLES[measure_of(findings.slots)]:
        if role == "base":
            yield replace(cell, role=role, period=base_period(findings.slots, cell.period))
        elif role == "under":
            whole = replace(cell, role=role, metric=findings.slots.per or "")
            yield replace(whole, consumer="all", offering="all", sector="all")
        elif role == "whole":
            yield _whole(replace(cell, role=role), findings.slots.whole_of)
        elif role == "stated":
            if metric := growth_metric(catalog, cell.metric):
                yield replace(cell, role=role, metric=metric)
        else:
            yield replace(cell, role=role)


def _whole(cell: Cell, of: str | None) -> Cell:
    """What a share is one of: the total, or that of the one part which is its whole."""
    consumer, offering = (getattr(cell, name) if name == of else "all" for name in ("consumer", "offering"))
    return replace(cell, consumer=consumer, offering=offering, sector=cell.sector if of == "sector" else "all")


def _of_target(findings: Findings, record: Row) -> Iterator[tuple[Cell, ...]]:
    """What a pace, a growth still needed or an implied figure is worked out from."""
    place, metric = str(record["place"]), findings.slots.metric or ""
    period = findings.slots.periods[0].id
    if "implied" in findings.template.needs:
        ratios = [m for m in findings.catalog.metrics.values() if m.denominator == metric and m.numerator]
        for ratio in sorted(ratios, key=lambda ratio: ratio.metric_id):
            amount = Cell("target", place, ratio.numerator or "", period)
            yield amount, Cell("target", place, ratio.metric_id, period, side=1)
        return
    target, as_of = Cell("target", place, metric, period), record.get("as_of")
    yield (target, Cell("figure", place, metric, str(as_of), side=1)) if as_of else (target,)


def base_period(slots: Slots, period_id: str) -> str:
    """The period that a growth starts from."""
    return slots.periods[1].id if measure_of(slots) in BETWEEN else year_before(period_id)


def year_before(period_id: str) -> str:
    """The same months one year earlier; nothing for no id of ours."""
    try:
        return parse_id(period_id).years_on(-1).id
    except InputError:
        return ""
