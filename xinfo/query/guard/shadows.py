"""Names that could be taken for others', told apart before anything is judged. Judges nothing itself.

Tools write the schema in front of each table, and people call the steps of a WITH clause by the name of what they
read (`with source as (select * from source)`). The schema is left off where it can mean nothing else, and such a step
is called `own source` from here on, the name it was given staying as its alias: whoever reads on, and the engine, then
meets the name of a table of the store only where the table is meant.
"""

from __future__ import annotations

from sqlglot import exp

from xinfo.query.guard.scope import fold, listed
from xinfo.query.schema import RESERVED, TABLES

SCHEMA = "main"
_OWN = "own "


def told_apart(tree: exp.Expr) -> exp.Expr:
    """The tree with no schema in front of the store's tables, and no step called by the name of one."""
    names = list(tree.find_all(exp.Identifier))
    if not any(fold(name.name).startswith(_OWN) for name in names):
        _call_own(tree)
    schemas = [name for name in names if fold(name.name) == SCHEMA]
    if all(name.arg_key == "db" for name in schemas):
        for name in schemas:
            _leave_off(name.parent)
    return tree


def as_written(name: str) -> str:
    """The name that a step was given by who wrote the statement."""
    given = name.removeprefix(_OWN)
    return given if given in RESERVED else name


def _leave_off(node: exp.Expr | None) -> None:
    """`main.place` is `place`; a view of the catalog, or what is in another database, stays as it is."""
    if isinstance(node, exp.Table | exp.Column) and not node.args.get("catalog"):
        table = node.args.get("this" if isinstance(node, exp.Table) else "table")
        if isinstance(table, exp.Identifier) and fold(table.name) in TABLES:
            node.set("db", None)


def _call_own(tree: exp.Expr) -> None:
    """A step is known to those after it and to the query it stands before, as the engine has it."""
    waiting: list[tuple[exp.Expr, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        node, own = waiting.pop()
        clause = node.args.get("with_")
        for step in listed(clause, "expressions") if clause else ():
            waiting.append((step.this, own))
            name = fold(step.alias)
            if name in RESERVED:
                step.args["alias"].set("this", exp.to_identifier(_OWN + name, quoted=True))
                own |= {name}
        if isinstance(node, exp.Table) and fold(node.name) in own and not node.args.get("db"):
            _point(node)
        waiting.extend((part, own) for part in node.iter_expressions() if part is not clause)


def _point(table: exp.Table) -> None:
    """The table node at the step of that name, with the name as its alias."""
    if not table.alias:
        table.set("alias", exp.TableAlias(this=table.this.copy()))
    table.set("this", exp.to_identifier(_OWN + fold(table.name), quoted=True))
