"""Long lists of values: a statement asks whether a column is in one, and looking through it row by row would make the
time grow with its length. Such a list is joined instead; a short one is not, since a join has a price of its own.

Rewrites checked text by one rule and allows nothing anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp, parse_one

LONG = 64
DIALECT = "duckdb"


def long_lists(params: Mapping[str, object]) -> frozenset[str]:
    """The names of the parameters whose lists are long."""
    return frozenset(name for name, value in params.items() if isinstance(value, list) and len(value) > LONG)


def joined(sql: str, names: frozenset[str]) -> str:
    """The same statement with these lists joined wherever rows are chosen by them."""

    def member(node: exp.Expr) -> exp.Expr:
        if not (isinstance(node, exp.ArrayContains) and str(node.this.this) in names):
            return node
        if not isinstance(node.find_ancestor(exp.Where, exp.Select), exp.Where):
            return node
        values = exp.select(exp.func("UNNEST", node.this.copy(), dialect=DIALECT))
        return exp.In(this=node.expression.copy(), query=exp.Subquery(this=values))

    return parse_one(sql, dialect=DIALECT).transform(member).sql(dialect=DIALECT)
