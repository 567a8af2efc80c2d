"""Columns that come out of a query, counted; and PIVOT and UNPIVOT: which come out, and what they may be made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlglot import exp

from xinfo.query.guard import allow
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.scope import Source, fold, listed, within

_SUMMED = (exp.Sum, exp.Avg, exp.Count, exp.Min, exp.Max, exp.Median, exp.AnyValue, exp.First, exp.Last)


def pivot_of(item: exp.Expr) -> exp.Expr | None:
    """The PIVOT or UNPIVOT behind an item of FROM. Raises Refused for more than one, or for other parts than plain."""
    found = listed(item, "pivots")
    if len(found) > 1:
        raise refusal("one PIVOT at a time", item)
    for pivot in found:
        _check(pivot)
    return found[0] if found else None


def parts_read(pivot: exp.Expr) -> Iterator[exp.Expr]:
    """The expressions that read the columns behind which the PIVOT stands."""
    yield from listed(pivot, "group")
    if pivot.args.get("unpivot"):
        yield from (part for field in listed(pivot, "fields") for part in field.expressions)
    else:
        yield from pivot.expressions
        yield from (field.this for field in listed(pivot, "fields"))


def turned(pivot: exp.Expr, source: Source) -> tuple[str, ...]:
    """The columns that come out, in order."""
    read = {fold(column.name) for column in within(parts_read(pivot)) if isinstance(column, exp.Column)}
    kept = tuple(name for name in source.columns if name not in read)
    if not pivot.args.get("unpivot"):
        group = tuple(fold(key.name) for part in listed(pivot, "group") for key in part.expressions)
        return (group or kept) + tuple(fold(name.name) for name in pivot.args.get("columns") or ())
    made = (*(field.this for field in listed(pivot, "fields")), *pivot.expressions)
    return kept + tuple(fold(part.unnest().name) for part in made)


def counted(columns: Iterable[str], node: exp.Expr) -> tuple[str, ...]:
    """The columns, counted while they are made. Raises Refused where they are too many."""
    made = tuple(islice(columns, allow.MAX_COLUMNS + 1))
    if len(made) > allow.MAX_COLUMNS:
        raise refusal(f"a query may have at most {allow.MAX_COLUMNS} columns", node)
    return made


def _check(pivot: exp.Expr) -> None:
    for field in listed(pivot, "fields"):
        kind = exp.Column if pivot.args.get("unpivot") else exp.Literal
        if field.args.get("query") or field.args.get("field") or not field.expressions:
            raise refusal("the values of a PIVOT are written out", field)
        for value in field.expressions:
            if not isinstance(value.this if isinstance(value, exp.PivotAlias) else value, kind):
                raise refusal("PIVOT takes values that are written out, UNPIVOT takes columns", field)
    for part in () if pivot.args.get("unpivot") else pivot.expressions:
        if not isinstance(part.unalias(), _SUMMED):
            raise refusal("PIVOT takes sum, avg, count, min, max, median, first, last and any_value", part)
