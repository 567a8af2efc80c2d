"""How many rows a statement's joins may make, by a rough reckoning from the shape of the query alone.

A product of two large tables is no figure that anyone asks for, and it starves everyone else until the time is up. So
each table counts as about as large as it may grow, an equality as dividing by the number of values its column has, and
a statement whose joins may come to more than MAX_ROWS is refused. Small products stay possible: every place with every
metric and period, a table beside an average. The reckoning guards against accidents and crude attacks; the engine's
own limits of time and memory stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import exp as power_of_e
from math import log, prod

from sqlglot import exp

from xinfo.query.guard.functions import AGGREGATES
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.scope import Scope, Source, fold, listed, within

MAX_ROWS = 50_000_000
MAX_QUERIES = 300
"""Queries in a statement, each counted as often as its name is used: the engine writes them out one by one."""

ROWS: Mapping[str, float] = {
    "place": 300,
    "containment": 1_000,
    "metric": 50,
    "period": 500,
    "observation": 100_000,
    "target": 1_000,
    "project": 1_000,
    "source": 500,
    "method": 20,
    "fact": 50,
}
VALUES: Mapping[str, float] = {
    **{"place_id": 300, "container_id": 30, "metric_id": 50, "period_id": 100, "year_before": 100, "source_id": 100},
    **{"project_id": 1_000, "start_date": 100, "end_date": 100, "name_en": 300, "name_zh": 300, "adcode": 300},
    **{"period_type": 4, "year": 20, "region": 4, "admin_type": 4, "batch": 3, "status": 4, "unit": 5, "kind": 3},
    **{"consumer": 4, "offering": 3, "sector": 7, "method": 5, "origin": 2, "comparison": 3, "confidence": 4},
    **{"content_area": 6, "level": 4, "province_en": 32, "province_zh": 32, "quarter": 4, "value": 10_000},
}
"""How many values a column has; other columns, and whatever is worked out, count as OTHER."""
OTHER = 20.0
MAX_SERIES = 1_000
"""Members of a series, which is made in one go."""
LISTED = 100.0
"""Members of a list whose length is not written out."""

_MOST = 700.0
"""The largest logarithm that the machine can turn back."""

Kept = dict[str, dict[str, float]]
"""For each source, the columns that a condition holds to one value or a few, and by what that divides its rows.

By column, here and in Ties, so that saying the same thing twice makes no join smaller."""
Ties = dict[tuple[str, str], dict[str, float]]
"""For each pair of sources, the columns that tie them, and by what each divides their product."""


@dataclass(frozen=True)
class Reckoned:
    """How many rows a scope may come to."""

    joined: float
    out: float
    """After grouping and LIMIT."""


def check_size(scopes: list[Scope]) -> dict[Scope, Reckoned]:
    """Refuses a statement whose joins may make too many rows, or that repeats its queries too often."""
    found: dict[Scope, Reckoned] = {}
    rows: dict[Scope, float] = {}
    queries: dict[Scope, int] = {}
    for scope in scopes:
        used = [source.origin for source in scope.sources.values() if isinstance(source.origin, Scope)]
        queries[scope] = 1 + sum(queries[part] for part in (*used, *scope.arms, *scope.inner))
        joined = _joined(scope, rows)
        if joined > MAX_ROWS:
            raise refusal("these joins may make too many rows; tie the tables by equal columns", scope.node)
        rows[scope] = _out(scope, joined)
        found[scope] = Reckoned(joined, rows[scope])
    if max(queries.values()) > MAX_QUERIES:
        raise refusal(f"the statement has more than {MAX_QUERIES} queries, counting each use of a WITH clause's name")
    return found


def _joined(scope: Scope, rows: dict[Scope, float]) -> float:
    """Rows of all sources together, after the equalities."""
    if scope.arms:
        return sum(rows[arm] for arm in scope.arms)
    kept: Kept = {}
    ties: Ties = {}
    for condition in _conditions(scope):
        _apply(condition, scope, kept, ties)
    _apply_names(scope, ties)
    # By logarithms: the product of some hundred tables is no number that a machine has.
    total = 0.0
    for name, source in scope.sources.items():
        total += log(max(_rows(source, rows) / prod(kept.get(name, {}).values()), 1.0))
    total -= sum(log(values) for tie in ties.values() for values in tie.values())
    return power_of_e(min(total, _MOST))


def _rows(source: Source, rows: dict[Scope, float]) -> float:
    if isinstance(source.origin, str):
        return ROWS[source.origin]
    if isinstance(source.origin, Scope):
        return rows[source.origin]
    if isinstance(source.origin, exp.Values):
        return float(len(source.origin.expressions))
    if isinstance(source.origin, exp.GenerateSeries):
        return MAX_SERIES
    return max((_members(part) for part in source.origin.expressions), default=1.0)


def _members(node: exp.Expr) -> float:
    return float(len(node.expressions)) if isinstance(node, exp.Array) else LISTED


def _conditions(scope: Scope) -> Iterator[exp.Expr]:
    """What every row must meet: the parts, joined by AND, of WHERE and of each ON."""
    where = scope.node.args.get("where")
    waiting = [*([where.this] if where else ()), *(join.args["on"] for join in scope.joins if join.args.get("on"))]
    while waiting:
        node = waiting.pop().unnest()
        if isinstance(node, exp.And):
            waiting += [node.this, node.expression]
        else:
            yield node


def _apply(node: exp.Expr, scope: Scope, kept: Kept, ties: Ties) -> None:
    """What one condition does: it ties two sources, or keeps a part of one, or (anything but equality) nothing."""
    if isinstance(node, exp.EQ | exp.NullSafeEQ):
        left, right = (_owners(side, scope) for side in (node.this, node.expression))
        if len(left) == len(right) == 1 and left != right:
            pair = (min(*left, *right), max(*left, *right))
            values = max(values_of(side) for side in (node.this, node.expression))
            ties.setdefault(pair, {})[_column(node.this)] = values
        elif len(left) + len(right) == 1:
            side = node.this if left else node.expression
            kept.setdefault(min(left | right), {})[_column(side)] = values_of(side)
    elif isinstance(node, exp.In | exp.ArrayContains):
        side = node.this if isinstance(node, exp.In) else node.expression
        for name in _owners(side, scope):
            kept.setdefault(name, {}).setdefault(_column(side), 2.0)


def _apply_names(scope: Scope, ties: Ties) -> None:
    """USING and NATURAL tie by equal names."""
    using = {fold(name.name) for join in scope.joins for name in join.args.get("using") or ()}
    if any(join.args.get("method") == "NATURAL" for join in scope.joins):
        using = {column for source in scope.sources.values() for column in source.columns if column}
    for column in using:
        holders = [name for name, source in scope.sources.items() if column in source.names]
        for one, other in pairwise(holders):
            ties.setdefault((min(one, other), max(one, other)), {})[column] = VALUES.get(column, OTHER)


def _owners(node: exp.Expr, scope: Scope) -> set[str]:
    """The names of the scope's own sources that an expression takes columns from."""
    owners = set()
    for part in within([node]):
        if isinstance(part, exp.Column):
            found = scope.find(fold(part.name), fold(part.table))
            owners |= {name for name, source in scope.sources.items() if source is found}
    return owners


def _column(node: exp.Expr) -> str:
    return fold(node.name) if isinstance(node, exp.Column) else ""


def values_of(node: exp.Expr) -> float:
    """How many values an expression may take, which are known for columns alone."""
    return VALUES.get(_column(node), OTHER)


def _out(scope: Scope, joined: float) -> float:
    """Rows that come out of a scope whose joins make `joined`."""
    node = scope.node
    if isinstance(node, exp.Select):
        joined = _grouped(node, joined)
    for pivot in listed(node, "pivots") if isinstance(node, exp.Table | exp.Subquery) else ():
        joined *= max(len(field.expressions) for field in pivot.args["fields"]) if pivot.args.get("unpivot") else 1
    if any(isinstance(part, exp.Explode) for part in within(node.expressions)):
        joined *= LISTED
    limit = node.args.get("limit")
    if limit and isinstance(limit.expression, exp.Literal) and limit.expression.name.isdigit():
        joined = min(joined, float(limit.expression.name))
    return joined


def _grouped(node: exp.Select, joined: float) -> float:
    """Rows after GROUP BY or DISTINCT: at most one for each combination of values."""
    group = node.args.get("group")
    if not group:
        return 1.0 if any(sums(part) for part in within(node.expressions)) else joined
    keys = group.expressions or [part for part in node.expressions if not any(map(sums, part.walk()))]
    return min(joined, prod(values_of(key.unalias()) for key in keys))


def sums(node: exp.Expr) -> bool:
    """Whether the node is an aggregate that makes one row of many, not one over a window."""
    made_of_many = isinstance(node, exp.AggFunc) or (
        isinstance(node, exp.Anonymous) and node.name.lower() in AGGREGATES
    )
    return made_of_many and not isinstance(window_of(node), exp.Window)


def window_of(node: exp.Expr) -> exp.Expr | None:
    """What an aggregate stands in, behind its FILTER and the like."""
    around = node.parent
    while isinstance(around, exp.Filter | exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup):
        around = around.parent
    return around
