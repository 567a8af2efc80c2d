"""What a scope and a source of names are, and small questions about nodes of a query. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

_LOWER = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


def fold(name: str) -> str:
    """The name in lower case as DuckDB has it: only A to Z; Ä, the Kelvin sign and the long s stay what they are."""
    return name.translate(_LOWER)


@dataclass(eq=False)
class Source:
    """One item of a FROM clause: its name, its columns in order ('' where unnamed) and what it stands for."""

    name: str
    columns: tuple[str, ...]
    origin: str | Scope | exp.Expr
    """A table's name, the scope of a query, or the node of a list of rows."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Its columns, to look one up: a query may ask for many in many."""
        return frozenset(self.columns)


@dataclass(eq=False)
class Scope:
    """One SELECT, one combination of two, or joined tables in brackets with a name of their own."""

    node: exp.Expr
    outer: Scope | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    joins: list[exp.Expr] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    arms: tuple[Scope, ...] = ()
    """The two sides of a combination."""
    inner: list[Scope] = field(default_factory=list)
    """The queries that stand in its expressions."""
    behind: list[Scope] = field(default_factory=list)
    """For a query in brackets or a combination: what its own ORDER BY and LIMIT see."""

    def find(self, column: str, table: str = "") -> Source | None:
        """The source of its own, by name where a table is named, that has the column."""
        for source in self.sources.values():
            if column in source.names and table in ("", source.name):
                return source
        return None

    def outward(self) -> Iterator[Scope]:
        """This scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer


def listed(node: exp.Expr, slot: str) -> list[exp.Expr]:
    """The nodes in one part of a node, whether it holds one, several or none."""
    value = node.args.get(slot)
    values = value if isinstance(value, list) else [value]
    return [part for part in values if isinstance(part, exp.Expr)]


def is_query(node: exp.Expr) -> bool:
    """Whether the node is a query, in brackets or not; joined tables in brackets are none."""
    while isinstance(node, exp.Subquery):
        node = node.this
    return isinstance(node, exp.Select | exp.SetOperation)


def within(parts: Iterable[exp.Expr]) -> Iterator[exp.Expr]:
    """The nodes of the expressions, outermost first, down to the queries among them but not into those."""
    waiting = list(parts)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if not is_query(node):
            waiting.extend(list(node.iter_expressions())[::-1])


def starred(part: exp.Expr, scope: Scope) -> Iterator[tuple[Source, str]]:
    """The columns that a star stands for, each with its source."""
    star = part.this if isinstance(part, exp.Column) else part
    without = {fold(name.name) for name in listed(star, "except_")}
    table = fold(part.table) if isinstance(part, exp.Column) else ""
    for source in scope.sources.values():
        if table in ("", source.name):
            yield from ((source, name) for name in source.columns if name not in without)


def outputs(node: exp.Select, scope: Scope) -> Iterator[str]:
    """The names of the columns that come out, in order, '' where the engine makes one up."""
    for part in node.expressions:
        star = part.this if isinstance(part, exp.Column) else part
        if isinstance(star, exp.Star):
            renamed = {fold(pair.this.name): fold(pair.alias) for pair in listed(star, "rename")}
            yield from (renamed.get(name, name) for _, name in starred(part, scope))
        elif part.find(exp.Columns):
            yield from (name for source in scope.sources.values() for name in source.columns)
        else:
            yield fold(part.alias_or_name) if isinstance(part, exp.Alias | exp.Column) else ""
