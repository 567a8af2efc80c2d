"""Which table, column or alias each name of a query means, scope by scope. Judges names only, never functions or size.

A table is a bare name: first one of a WITH clause, then one of the schema. A column belongs to a source of its own
scope or of one around it, or is the alias of another column there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from sqlglot import exp

from xinfo.errors import Refused, did_you_mean
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.pivots import counted, parts_read, pivot_of, turned
from xinfo.query.guard.scope import Scope, Source, fold, is_query, listed, outputs, within
from xinfo.query.schema import RESERVED, TABLES

Node = TypeVar("Node", bound=exp.Expr)
Withs = Mapping[str, tuple[tuple[str, ...], Scope]]
"""The columns and the scope behind each name of the WITH clauses that are in force."""

_OWN_CLAUSES = ("expressions", "distinct", "where", "group", "having", "qualify", "windows", "order", "limit", "offset")


class Parsed:
    """A statement's tree as the rules need it: walked once, its names resolved once."""

    def __init__(self, tree: exp.Expr):
        self.tree = tree
        self.nodes = tuple(tree.walk())
        self._scopes: list[Scope] | None = None

    def of(self, *kinds: type[Node]) -> Iterator[Node]:
        """The nodes of those kinds, outermost first."""
        return (node for node in self.nodes if isinstance(node, kinds))

    def scopes(self) -> list[Scope]:
        """Every scope, each after those that it uses. Raises Refused for a name that means nothing."""
        if self._scopes is None:
            found: list[Scope] = []
            _query(self.tree, {}, None, found)
            self._scopes = found
        return self._scopes


def _query(node: exp.Expr, withs: Withs, outer: Scope | None, found: list[Scope]) -> Scope:
    withs = _with(node, withs, outer, found)
    if isinstance(node, exp.Subquery):
        scope = _query(node.this, withs, outer, found)
        _ordering(node, scope, withs, found)
        return scope
    scope = Scope(node, outer)
    if isinstance(node, exp.SetOperation):
        _combination(node, scope, withs, found)
    elif isinstance(node, exp.Select):
        _select(node, scope, withs, found)
    else:
        raise refusal(f"{node.key.upper()} may not stand where a query is expected", node)
    found.append(scope)
    return scope


def _with(node: exp.Expr, withs: Withs, outer: Scope | None, found: list[Scope]) -> Withs:
    known, own = dict(withs), set[str]()
    clause = node.args.get("with_")
    for cte in clause.expressions if clause else ():
        name = _alias(cte)
        if name in RESERVED:
            raise refusal(f"{name} is a table of the store; call this something else", cte.args["alias"])
        if name in own:
            raise refusal(f"the name {name} is given twice in one WITH", cte)
        own.add(name)
        scope = _query(cte.this, known, outer, found)
        known[name] = (_renamed(cte, scope.columns), scope)
    return known


def _combination(node: exp.Expr, scope: Scope, withs: Withs, found: list[Scope]) -> None:
    first, second = (_query(listed(node, side)[0], withs, scope.outer, found) for side in ("this", "expression"))
    scope.arms = (first, second)
    more = (name for name in second.columns if name not in first.columns) if node.args.get("by_name") else ()
    scope.columns = counted((*first.columns, *more), node)
    _ordering(node, scope, withs, found)


def _ordering(node: exp.Expr, scope: Scope, withs: Withs, found: list[Scope]) -> None:
    """ORDER BY and LIMIT behind a combination or a bracket see the columns that come out, and the arms' sources."""
    arm = scope
    while arm.arms:
        arm = arm.arms[0]
    around = Scope(node, scope.outer, {**arm.sources, "": Source("", scope.columns, scope)})
    scope.behind.append(around)
    _expressions((part for slot in ("order", "limit", "offset") for part in listed(node, slot)), around, withs, found)


def _select(node: exp.Select, scope: Scope, withs: Withs, found: list[Scope]) -> None:
    for start in listed(node, "from_"):
        _item(start.this, scope, withs, found)
    _joins(node, scope, withs, found)
    named = [pair for part in node.expressions for pair in (part, *listed(part.find(exp.Star) or part, "rename"))]
    aliases = {fold(part.alias) for part in named if isinstance(part, exp.Alias)}
    own = (part for slot in _OWN_CLAUSES for part in listed(node, slot))
    _expressions(own, scope, withs, found, aliases)
    scope.columns = counted(outputs(node, scope), node)


def _joins(node: exp.Expr, scope: Scope, withs: Withs, found: list[Scope]) -> None:
    """The JOINs that stand behind `node`; their conditions see every source so far."""
    for join in listed(node, "joins"):
        _item(join.this, scope, withs, found)
        scope.joins.append(join)
        _expressions(listed(join, "on"), scope, withs, found)
        for name in listed(join, "using"):
            if sum(fold(name.name) in source.names for source in scope.sources.values()) < 2:
                raise refusal(f"USING names {name.name}, which is not a column of both sides", name)


def _item(item: exp.Expr, scope: Scope, withs: Withs, found: list[Scope]) -> None:
    """One item of FROM, and the joins in the same brackets; brackets with an alias are one source."""
    if isinstance(item, exp.Subquery) and not is_query(item):
        inner = Scope(item, scope.outer) if item.alias else scope
        _item(item.this, inner, withs, found)
        _joins(item, inner, withs, found)
        if inner is not scope:
            inner.columns = counted((name for source in inner.sources.values() for name in source.columns), item)
            found.append(inner)
            _add(item, Source(_alias(item), _renamed(item, inner.columns), inner), scope)
        return
    pivot = pivot_of(item)
    _add(item, _pivoted(item, pivot, scope, withs, found) if pivot else _source(item, scope, withs, found), scope)
    if isinstance(item, exp.Table):
        _joins(item, scope, withs, found)


def _add(item: exp.Expr, source: Source, scope: Scope) -> None:
    name = source.name or f"\0{len(scope.sources)}"
    if name in scope.sources:
        raise refusal(f"two tables of one FROM are called {name}; give one of them an alias", item)
    scope.sources[name] = source


def _source(item: exp.Expr, scope: Scope, withs: Withs, found: list[Scope]) -> Source:
    if isinstance(item, exp.Table):
        return _series(item) if isinstance(item.this, exp.GenerateSeries) else _table(item, withs)
    lateral = isinstance(item, exp.Lateral)
    inside = item.this if lateral else item
    if is_query(inside):
        # A lateral query sees the sources before it.
        inner = _query(inside, withs, scope if lateral else scope.outer, found)
        return Source(_alias(item), _renamed(item, inner.columns), inner)
    if isinstance(item, exp.Values):
        width = len(item.expressions[0].expressions) if item.expressions else 0
        _expressions(item.expressions, Scope(item, scope.outer), withs, found)
        return Source(_alias(item), _renamed(item, tuple(f"col{place}" for place in range(width))), item)
    if isinstance(inside, exp.Unnest):
        _expressions(inside.expressions, scope, withs, found)
        return Source(_alias(item), _renamed(item, ("unnest",) * len(inside.expressions)), inside)
    raise refusal(f"{item.key.upper()} may not stand in FROM", item)


def _pivoted(item: exp.Expr, pivot: exp.Expr, scope: Scope, withs: Withs, found: list[Scope]) -> Source:
    """What comes out of a PIVOT, with what it stands behind as a scope of its own."""
    inner = Scope(item, scope.outer)
    source = _source(item, inner, withs, found)
    inner.sources[source.name] = source
    _expressions(parts_read(pivot), inner, withs, found)
    inner.columns = counted(turned(pivot, source), item)
    found.append(inner)
    return Source(_alias(pivot) or source.name, _renamed(pivot, inner.columns), inner)


def _table(item: exp.Table, withs: Withs) -> Source:
    if not isinstance(item.this, exp.Identifier) or item.args.get("db") or item.args.get("catalog"):
        raise refusal("FROM takes tables by their plain name: no function, file, schema or database", item)
    name = fold(item.name)
    alias = _alias(item) or name
    if name in withs:
        columns, scope = withs[name]
        return Source(alias, _renamed(item, columns), scope)
    if name not in TABLES:
        raise refusal(f"there is no table {item.name[:60]}{did_you_mean(name, [*TABLES, *withs])}", item)
    return Source(alias, _renamed(item, TABLES[name]), name)


def _series(item: exp.Table) -> Source:
    """Numbers in a row, as a table of one column."""
    name = "range" if item.this.args.get("is_end_exclusive") else "generate_series"
    return Source(_alias(item) or name, _renamed(item, (name,)), item.this)


def _alias(item: exp.Expr) -> str:
    """The folded alias, '' if there is none."""
    return fold(item.alias)


def _renamed(item: exp.Expr, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns under the names that a list behind the alias gives to the first of them."""
    alias = item.args.get("alias")
    given = tuple(fold(name.name) for name in alias.args.get("columns") or ()) if alias else ()
    if len(given) > len(columns):
        raise refusal(f"{len(given)} names are given to {len(columns)} columns", item)
    return given + columns[len(given) :]


def _expressions(
    parts: Iterable[exp.Expr], scope: Scope, withs: Withs, found: list[Scope], aliases: Iterable[str] = ()
) -> None:
    """Every column in the expressions, and every query in them, with this scope around it."""
    for node in within(parts):
        if is_query(node):
            scope.inner.append(_query(node, withs, scope, found))
        elif isinstance(node, exp.Column):
            _column(node, scope, aliases)


def _column(node: exp.Column, scope: Scope, aliases: Iterable[str]) -> None:
    table, column = fold(node.table), fold(node.name)
    if node.args.get("db") or node.args.get("catalog"):
        raise refusal("a column is written as column or alias.column", node)
    if isinstance(node.this, exp.Star):
        if table not in scope.sources:
            raise refusal(f"there is no table or alias {node.table} here{did_you_mean(table, scope.sources)}", node)
    elif not (column in aliases and not table) and not _meant(scope, column, table):
        raise _unknown(node, table, column, scope)


def _meant(scope: Scope, column: str, table: str) -> bool:
    """Whether some source around has the column, or what seems to be a table is a column with fields of its own."""
    around = list(scope.outward())
    return any(one.find(column, table) for one in around) or bool(
        table and not any(table in one.sources for one in around) and any(one.find(table) for one in around)
    )


def _unknown(node: exp.Column, table: str, column: str, scope: Scope) -> Refused:
    visible = {name: source for around in scope.outward() for name, source in around.sources.items()}
    if table and table not in visible:
        return refusal(f"there is no table or alias {node.table[:60]} here{did_you_mean(table, visible)}", node)
    known = {name for key, source in visible.items() if table in ("", key) for name in source.columns}
    where = f" in {node.table}" if table else ""
    return refusal(f"there is no column {node.name[:60]}{where}{did_you_mean(column, sorted(known))}", node)
