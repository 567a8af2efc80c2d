"""The guard: what SQL may run. It reads, judges and prints statements, and never runs one.

A statement passes when it is one SELECT over the tables of `schema`, made of nothing but listed parts, functions and
types (`allow`), when every name means what it seems (`names`), when its joins stay small (`size`), when the text
printed from the tree that was checked passes once more, and when the engine's own parser agrees (`second`). What may
run is that printed text, with its parameters bound; the text as written is for showing.

Limits of rows, time and memory are the engine's. They are soft: some functions end neither at the time limit nor on an
interrupt, which is why the lists here leave them out.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlglot import exp

from xinfo.errors import Refused
from xinfo.query.guard.checks import CHECKS, check_slots
from xinfo.query.guard.names import Parsed
from xinfo.query.guard.parse import no_whole_pivot, not_too_much, parse, text_of
from xinfo.query.guard.scope import fold
from xinfo.query.guard.second import Reading, second_opinion
from xinfo.query.guard.shadows import as_written
from xinfo.query.schema import PUBLISHED_VIEWS, TABLES

__all__ = ["CHECKS", "Checked", "check", "narrow", "verdict"]


@dataclass(frozen=True)
class Checked:
    """A statement that may run. The tree is shared: copy it before changing anything in it."""

    tree: exp.Expr
    sql: str
    """Printed from the tree: no comments, every identifier quoted, DuckDB's dialect."""
    tables: frozenset[str]
    """The tables of the schema that it reads."""
    parameters: frozenset[str]
    """The names to bind, all of them, without the $."""


def check(sql: str, slots: Collection[str] | None = None) -> Checked:
    """The statement ready to run. Raises Refused with the reason and, where known, the place.

    With `slots`, the parameters must be among them. The outcome for a text never changes, so it is remembered.
    """
    checked = _checked(sql)
    if slots is not None:
        check_slots(checked.parameters, frozenset(slots))
    return checked


def narrow(checked: Checked, published_only: bool) -> str:
    """The text to run: as checked, or with the views without demonstration rows in place of their tables."""
    if not published_only or not checked.tables & PUBLISHED_VIEWS.keys():
        return checked.sql
    tree = checked.tree.copy()
    for table in list(tree.find_all(exp.Table)):
        name = fold(table.name)
        if name in PUBLISHED_VIEWS:
            # No CTE goes by a table's name, so the name stands for the table; it stays the alias.
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name, quoted=True)))
            table.set("this", exp.to_identifier(PUBLISHED_VIEWS[name], quoted=True))
    return text_of(tree)


def verdict(line: Mapping[str, object]) -> dict[str, object]:
    """The answer to one line of `sql check`: {"id", "sql", "params"?} gives {"id", "accepted", "reason"}.

    `params` is a list of names or an object by name; without it any named parameter is taken.
    """
    sql, params = line.get("sql"), line.get("params")
    try:
        if not isinstance(sql, str):
            raise Refused("there is no text under 'sql'")
        if params is not None and not isinstance(params, list | dict):
            raise Refused("'params' must be a list of names or an object by name")
        check(sql, None if params is None else [str(name) for name in params])
    except Refused as refused:
        return {"id": line.get("id"), "accepted": False, "reason": str(refused)}
    return {"id": line.get("id"), "accepted": True, "reason": ""}


@functools.lru_cache(maxsize=1024)
def _checked(sql: str) -> Checked:
    try:
        if "pivot" in sql.lower():
            # The other parser makes a name for each of the columns that a PIVOT makes, so how many is looked at first.
            not_too_much(sql)
            no_whole_pivot(sql)
            second_opinion(sql)
        tree = _passed(sql)
        written = second_opinion(sql)
        tree, printed = _settled(tree)
    except RecursionError:
        raise Refused("the statement is nested too deep to be read") from None
    return _agreed(tree, printed, written, second_opinion(printed))


def _settled(tree: exp.Expr) -> tuple[exp.Expr, str]:
    """The tree and its text, once printing and reading it again change nothing more."""
    printed = text_of(tree)
    for _ in range(3):
        tree = _passed(printed)
        if text_of(tree) == printed:
            return tree, printed
        printed = text_of(tree)
    raise Refused("this reads differently each time it is printed; write it more plainly")


def _passed(sql: str) -> exp.Expr:
    tree = parse(sql)
    read = Parsed(tree)
    for rule in CHECKS:
        rule(read)
    return tree


def _agreed(tree: exp.Expr, printed: str, written: Reading, again: Reading) -> Checked:
    """Both parsers, before and after printing, must see the same tables, parameters and casts of casts."""
    tables = frozenset(fold(table.name) for table in tree.find_all(exp.Table) if isinstance(table.this, exp.Identifier))
    parameters = frozenset(str(mark.this) for mark in tree.find_all(exp.Placeholder))
    same = again.tables == tables and again.parameters == parameters == written.parameters
    same = same and frozenset(map(as_written, written.tables)) == frozenset(map(as_written, tables))
    if not same or written.casts != again.casts:
        raise Refused("this can be read in two ways; write it more plainly")
    return Checked(tree, printed, tables & TABLES.keys(), parameters)
