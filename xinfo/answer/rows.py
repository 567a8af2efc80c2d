"""Rows of a statement's result as the answer has them: plain values, what each is about, its status and sources.

Knows a row at a time; what they say together is `findings`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from xinfo.query.proved import LEAST
from xinfo.query.result import Result, kinds_in
from xinfo.store.standing import MADE_UP, weakest
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import Reading, Slots

ABOUT = (
    *("project", "place", "province", "region", "admin_type", "batch", "content_area", "level", "project_status"),
    *("metric", "period", "consumer", "offering", "sector"),
)
"""The columns that say what a row is about, in the order they are shown."""
DEMONSTRATION = "demonstration"
"""The source of made-up rows, and their method."""
FURTHER = ("counted", "passing", "other", "pearson", "spearman")
"""What rows tell beside their value: of how many places it is, how many of them pass, the second figure of a relation,
how close that is."""
ASIDE = ("beside_", "chosen_")
"""How columns begin that tell what figures were held against, and what the choice of the places rests on."""
RIVALS, OF_RIVALS = "rival_statuses", "rival_sources"
"""The statuses and the sources of all that were put in order or judged with those that a row is there for."""
PROJECT = ("name", "budget", "spent", "start_date", "due_date")

Row = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def records_of(result: Result, slots: Slots) -> list[Row]:
    """The rows with plain values, a group's `label` under the name of what the groups are."""
    groups = {"label": slots.over, "second_label": slots.by}
    names = [groups.get(name) or name for name in result.columns]
    columns = map(_plain_column, zip(*result.rows, strict=True))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_column(values: Sequence[Any]) -> Iterable[Any]:
    """The values of a column as JSON holds them; most columns are so already, which their kinds tell at once."""
    return values if kinds_in(values) <= JSON else map(plain, values)


JSON = frozenset([str, int, float, bool, type(None)])


def row_of(record: Row, said: Row, about: list[str], reading: Reading, unit: str | None) -> dict[str, Any]:
    """One row of the answer: what it is about (of itself, else as the question said), the number, where it is from."""
    own = {name: record.get(name) for name in about}
    row = {name: value for name in about if (value := said.get(name) if own[name] is None else own[name]) is not None}
    if "project" in row:
        row["name"] = record.get(f"name_{reading.lang}") or record.get("name_en") or record.get("name_zh")
        row |= {name: record.get(name) for name in PROJECT if name != "name"}
    if "value" in record:
        row |= {"value": record["value"], "unit": record.get("unit") or unit}
    row |= {name: record[name] for name in FURTHER if name in record} | _held_against(record, reading.slots)
    sources = sources_of(record, "place" in row)
    if mark := mark_of(record, "place" in row):
        row["status"] = mark
    return row | ({"sources": sources} if sources else {})


def sources_of(record: Row, of_place: bool) -> list[str]:
    return list(dict.fromkeys(_rests_on("sources", record, of_place) + listed(record.get("source_id"))))


def mark_of(record: Row, of_place: bool) -> str | None:
    """The mark of a row's figure, which is that of one place or of several together.

    A template of somebody's own may leave out what its figures are: then it is told beside (`query.proved`).
    """
    made_up = [MADE_UP] * (DEMONSTRATION in sources_of(record, of_place))
    return weakest([*_rests_on("statuses", record, of_place), *listed(record.get(LEAST)), *made_up])


def _rests_on(column: str, record: Row, of_place: bool) -> list[str]:
    """The figure of a place is what it is however the place was chosen; one of all together hangs on the choice."""
    kinds = ("",) if of_place else ("", *ASIDE)
    return [item for kind in kinds for item in listed(record.get(kind + column))]


def _held_against(record: Row, slots: Slots) -> dict[str, Any]:
    """The bar of the row's figure where the question did not say it as a number, or its place in an order."""
    if slots.nth and "rank" in record:
        return {"rank": record["rank"]}
    if "bar" not in record or slots.threshold is not None:
        return {}
    return {"rank": int(record["bar"])} if slots.order else {"bar": record["bar"]}


def about_all(reading: Reading) -> dict[str, Any]:
    """What every row is about because the question says so."""
    slots, about = reading.slots, {}
    if not slots.metric:
        return {}
    about["metric"] = slots.metric
    if len(slots.main_periods) == 1 and not slots.grain and reading.template.needs.isdisjoint({"ask_period"}):
        about["period"] = slots.periods[0].id
    for name in DIMENSIONS:
        if len(parts := getattr(slots, name)) == 1:
            about[name] = parts[0]
    return about


def listed(value: Any) -> list[str]:
    """The texts of a bookkeeping cell, which holds one, a list of them (perhaps with gaps) or nothing."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


def texts_in(cells: Sequence[Any]) -> list[str]:
    """The texts of many such cells, each once, in order of first sight."""
    lists = cells if set(map(type, cells)) == {list} else map(listed, cells)
    items = list(chain.from_iterable(lists))
    return list(dict.fromkeys(items if set(map(type, items)) == {str} else listed(items)))
