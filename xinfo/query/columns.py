"""Functions of the steps' SQL that stand for several columns, as those columns: `queries/figures.sql` names them.

Works on trees of SQL; judges and runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sqlglot import exp, parse_one

from xinfo.query.shape import BETWEEN, OF_TARGETS, Shape

DIALECT = "duckdb"
SOURCES = ("statuses", "methods", "sources")
NAMED = {"place_id": "place", "period_id": "period"}
"""What answers call a column."""

AMOUNTS = ("numerator", "denominator", "base_numerator", "base_denominator")
"""What a ratio, and one of a year before, are made of."""
CHANGES = frozenset(["growth", *BETWEEN])

Columns = Iterator[exp.Expr]


def parsed_anew(sql: str) -> exp.Expr:
    return parse_one(sql, dialect=DIALECT)


def keys_of(shape: Shape) -> tuple[str, ...]:
    """The columns that tell rows apart, the place among them."""
    return (*(() if shape.pooled else ("place_id",)), *shape.labels, *shape.each)


def by(shape: Shape, row: str) -> Columns:
    return _plain((*shape.labels, *shape.each), row)


def each(shape: Shape, row: str) -> Columns:
    return _plain(shape.each, row)


def parts(shape: Shape, row: str) -> Columns:
    return _plain(shape.parts, row)


def keys(shape: Shape, row: str) -> Columns:
    return _plain(keys_of(shape), row)


def about(shape: Shape, row: str) -> Columns:
    """What a row is about, as answers name it; of a difference without what its sides differ in."""
    for name in keys_of(shape):
        if name != shape.contrast:
            column = exp.column(name, row)
            yield exp.alias_(column, NAMED[name]) if name in NAMED else column


def further(shape: Shape, row: str) -> Columns:
    """What is told beside a figure: the places behind it, how sure a target is, the growth worked out, amounts."""
    behind = list(AMOUNTS) * (shape.divided and shape.measure in CHANGES)
    if shape.pooled:
        grouped_middle = shape.combine != "sum" and bool(shape.labels)
        behind *= shape.combine == "sum"
        return _plain(["places"] + ["counted"] * grouped_middle + behind, row)
    names = ["comparisons"] * (shape.measure in OF_TARGETS)
    names += ["worked_out"] * (shape.measure == "growth" and shape.one_place)
    behind = behind or list(AMOUNTS[:2]) * (shape.divided and not shape.one_place)
    return _plain(names + behind, row)


def sources_of(shape: Shape, row: str) -> Columns:
    return _gathered(SOURCES, row)


def held_against(shape: Shape, row: str) -> Columns:
    """What is told of a bar: the bar itself where the question has no number, how sure it is, what it rests on."""
    return _plain([*_of_bar(shape), *["bar"] * (shape.bar != "number")], row)


def all_held_against(shape: Shape, row: str) -> Columns:
    """The same of many rows together."""
    return _gathered(_of_bar(shape), row)


def counted(shape: Shape, row: str) -> Columns:
    """Which of all were put in order: the places, or the periods; told once."""
    name = "period_id" if shape.by_period else "" if shape.pooled else "place_id"
    told = {f"{NAMED[name]}s": f"array_agg({name})"} if name else {"groups": "count(*)"}
    if "place_id" in keys_of(shape):
        told |= {f"rival_{about}": f"list_distinct(flatten(array_agg({about})))" for about in ("statuses", "sources")}
    for called, value in told.items():
        yield exp.alias_(parsed_anew(f"case when {row}.rank = $first then (select {value} from ordered) end"), called)


def how_many(shape: Shape, row: str) -> Columns:
    """Of a group, how many were counted."""
    if shape.labels:
        yield exp.alias_(exp.Count(this=exp.Star()), "counted")


def both_places(shape: Shape, row: str) -> Columns:
    """The places behind both sides of a difference, where each is of several."""
    if shape.pooled:
        places = "list_concat(a.places, b.places)" if shape.contrast == "label" else "a.places"
        yield exp.alias_(parsed_anew(places), "places")


COLUMNS: Mapping[str, Callable[[Shape, str], Columns]] = {
    function.__name__: function
    for function in (
        *(by, each, parts, keys, about, further, sources_of, counted, how_many),
        *(held_against, all_held_against, both_places),
    )
}


def written_out(given: Iterable[exp.Expr], shape: Shape) -> Columns:
    """Columns, with those written out that stand for several."""
    for column in given:
        made = COLUMNS.get(column.name.lower()) if isinstance(column, exp.Anonymous) else None
        yield from made(shape, column.expressions[0].name) if made else (column,)


def in_order(shape: Shape, row: str) -> Columns:
    """Courses by time, groups and places by size, parts of several wholes whole by whole."""
    outer = shape.labels if shape.pooled else ("place_id",)
    by_size = [ordered(exp.column("value"), shape.order == "desc" or not shape.pooled)]
    inner: tuple[str, ...] = ()
    if shape.by_period or (shape.parts and not shape.pooled and not shape.one_place):
        by_size, inner = [], shape.each
    elif len(shape.labels) == 2:
        outer, inner = shape.labels[:1], shape.labels[1:]
    elif not shape.labels:
        alone = not shape.parts and (shape.pooled or shape.one_place)
        outer, inner, by_size = (), () if alone else (*outer, *shape.parts), [] if alone else by_size
    else:
        outer, inner = (), (*outer, *shape.parts)
    return iter([*map(ordered, _plain(outer, row)), *by_size, *map(ordered, _plain(inner, row))])


def ordered(column: exp.Expr, descending: bool = False) -> exp.Ordered:
    return exp.Ordered(this=column, desc=descending, nulls_first=False)


def _of_bar(shape: Shape) -> list[str]:
    of_targets = shape.measure in OF_TARGETS or shape.bar == "own"
    return ["comparisons"] * of_targets + [f"beside_{name}" for name in SOURCES] * (shape.bar == "set")


def _plain(names: Iterable[str], row: str) -> Columns:
    return (exp.column(name, row) for name in names)


def _gathered(names: Iterable[str], row: str) -> Columns:
    return (exp.alias_(parsed_anew(f"flatten(array_agg({row}.{name}))"), name) for name in names)
