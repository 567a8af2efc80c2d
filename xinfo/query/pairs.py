"""Two questions as one statement: the rows of the first, then those of the second. Judges and runs nothing."""

from __future__ import annotations

from sqlglot import exp

from xinfo.query.columns import DIALECT, SOURCES
from xinfo.query.pruning import Steps
from xinfo.query.result import AT, SIDE
from xinfo.query.steps import called, numbered

LISTED = (*SOURCES, "places", "periods", "comparisons")
"""How the names of columns end that hold lists."""


def both(first: exp.Expr, second: exp.Expr) -> exp.Expr:
    """Two statements as one, which has the rows of each in their order."""
    one, other = _apart(first), called("also", _apart(second))
    sides = {"first": _columns(one[""]), "also": _columns(other["also"])}
    names = list(dict.fromkeys(name for columns in sides.values() for name in columns))
    arms = [_side(at, side, columns, names) for at, (side, columns) in enumerate(sides.items(), 1)]
    tree = exp.select("*").from_(exp.union(*arms, distinct=False).subquery("sides")).order_by(SIDE, AT)
    for name, query in {**one, **other}.items():
        tree = tree.with_(name or "first", as_=query, copy=False)
    return tree


def _columns(query: exp.Expr) -> list[str]:
    return [column.alias_or_name for column in query.args["expressions"]]


def _apart(tree: exp.Expr) -> Steps:
    """The steps of a statement, and the query itself under no name, with the number of each of its rows."""
    steps = {step.alias: step.this for step in tree.args["with_"].expressions}
    tree.set("with_", None)
    return {**steps, "": numbered(tree)}


def _side(at: int, side: str, columns: list[str], names: list[str]) -> exp.Select:
    """The rows of one statement with the columns of both."""
    told = [exp.column(name) if name in columns else exp.alias_(_nothing(name), name) for name in names]
    return exp.select(exp.alias_(exp.convert(at), SIDE), *told).from_(side)


def _nothing(column: str) -> exp.Expr:
    """NULL, of lists as one: an engine may not make a list of it."""
    return exp.cast(exp.null(), "VARCHAR[]", dialect=DIALECT) if column.endswith(LISTED) else exp.null()
