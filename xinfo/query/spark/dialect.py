"""Checked statements in Spark's dialect. What may run was settled before; nothing is allowed or refused here.

Only what the two engines write differently is changed; where they write alike and mean different things (a list of
nothing, an empty list without a type), the statement says it so that both mean the same.
"""

from __future__ import annotations

from functools import lru_cache

from sqlglot import exp, parse_one

from xinfo.query.many import joined

DIALECT = "spark"


@lru_cache(maxsize=512)
def spark_sql(sql: str, long: frozenset[str]) -> str:
    """A checked statement of DuckDB's dialect as Spark takes it, with its parameters as `:name`; those in `long` hold
    long lists, which are joined."""
    sql = joined(sql, long) if long else sql
    return parse_one(sql, dialect="duckdb").transform(_portable, copy=False).sql(dialect=DIALECT)


def _portable(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Filter) and isinstance(node.this, exp.ArrayAgg):
        return _gathered(node.this, node.expression)
    if isinstance(node, exp.ArrayAgg) and not isinstance(node.parent, exp.Filter):
        return _gathered(node, None)
    if isinstance(node, exp.ArrayContains) and isinstance(node.this, exp.Placeholder):
        return exp.ArrayContains(this=_of_texts(node.this), expression=node.expression)
    if isinstance(node, exp.Div) and not isinstance(node.expression, exp.Literal):
        return _divided(node)
    if isinstance(node, exp.Array | exp.ArrayConcat) and not isinstance(node.parent, exp.Cast):
        return _of_texts(node)
    return node


def _of_texts(node: exp.Expr) -> exp.Expr:
    """A list of texts that says so: an empty one has no type of its own, and one of literals may not hold NULL."""
    return exp.cast(node.copy(), "ARRAY<STRING>", dialect=DIALECT)


def _divided(node: exp.Div) -> exp.Expr:
    """A division by what may be 0: a cluster refuses that, and Sail 0.7 takes a column of no rows for one of 0."""
    part = exp.Pow(this=exp.paren(node.expression.copy()), expression=exp.convert(-1))
    return exp.Mul(this=exp.paren(node.this.copy()), expression=part)


def _gathered(node: exp.ArrayAgg, where: exp.Expr | None) -> exp.Expr:
    """The list of an aggregate, NULL where nothing was gathered, as DuckDB has it; sorted after, where it is sorted."""
    inner, descending = node.this, None
    if isinstance(inner, exp.Order):
        inner, descending = inner.this, bool(inner.expressions[0].args.get("desc"))
    distinct = isinstance(inner, exp.Distinct)
    gathered: exp.Expr = (
        exp.func("COLLECT_SET", inner.expressions[0].copy(), dialect=DIALECT)
        if distinct
        else exp.func("COLLECT_LIST", inner.copy(), dialect=DIALECT)
    )
    counted: exp.Expr = exp.Count(this=exp.Star())
    if where is not None:
        counted, gathered = (exp.Filter(this=one, expression=where.copy()) for one in (counted, gathered))
    if descending is not None:
        gathered = exp.func("SORT_ARRAY", gathered, exp.convert(not descending), dialect=DIALECT)
    return exp.case().when(exp.GT(this=counted, expression=exp.convert(0)), gathered)
