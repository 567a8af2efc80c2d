"""The rules that a parsed statement must pass, one function a rule, and CHECKS, all of them in order.

Each takes the parsed statement and raises Refused or returns nothing; none changes it, each holds without the others.
The lists that they go by are in `allow`; which name means which table or column is in `names`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from xinfo.errors import Refused, did_you_mean
from xinfo.query.guard import allow
from xinfo.query.guard.allow import instead
from xinfo.query.guard.bounds import plain_formats, short_patterns, short_series, small_counts, written
from xinfo.query.guard.functions import APPLIED, ENGINE_FUNCTIONS, REDUCED, UNCLASSED
from xinfo.query.guard.length import check_length
from xinfo.query.guard.names import Parsed
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.scope import fold, is_query
from xinfo.query.guard.size import check_size, sums


def is_one_query(read: Parsed) -> None:
    """The whole statement is a SELECT, a combination of them, or one in brackets."""
    inner = tree = read.tree
    while type(inner) is exp.Subquery:
        inner = inner.this
    if type(inner) not in (exp.Select, exp.Union, exp.Intersect, exp.Except):
        word = str(tree.this) if type(tree) is exp.Command else tree.key.upper()
        raise refusal(f"only a SELECT statement may be run, not {word[:30]}{instead(word)}", tree)


def only_listed_nodes(read: Parsed) -> None:
    """Every node is of a listed kind and has listed parts only: `SELECT … INTO` is a Select with one part too many."""
    for node in read.nodes:
        kind = type(node).__name__
        slots = allow.LISTED.get(kind)
        if slots is None:
            raise refusal(f"{written(node)} may not be used in a query{instead(written(node))}", node)
        for slot, value in node.args.items():
            if slot in ("db", "catalog") and not _absent(value):
                raise refusal("names of schemas and databases may not be used", node)
            if slot not in slots and not _absent(value):
                raise refusal(f"'{slot.strip('_')}' may not be used with {written(node)}{instead(slot)}", node)


def only_listed_functions(read: Parsed) -> None:
    """A function without a class of its own is called by a plain, listed name."""
    for call in read.of(exp.Anonymous):
        name = call.this
        if not isinstance(name, str) or name.lower() not in UNCLASSED:
            called = (name if isinstance(name, str) else call.name).lower()
            alike = {known for known in ENGINE_FUNCTIONS if known[:2] == called[:2]} - {called}
            near = instead(called) or did_you_mean(called, alike)
            raise refusal(f"the function {called[:40]} may not be used here{near}", call)


def only_listed_types(read: Parsed) -> None:
    """A cast is to a plain type, or to a list of one; DECIMAL alone takes numbers."""
    for kind in read.of(exp.DataType):
        name = kind.this.name if isinstance(kind.this, exp.DataType.Type) else str(kind.this)
        numbers = any(isinstance(part, exp.DataTypeParam) for part in kind.expressions)
        if name not in allow.TYPES or (numbers and name not in ("DECIMAL", "TEXT", "VARCHAR", "CHAR")):
            raise refusal(f"nothing may be cast to {kind.sql('duckdb')[:40]}", kind.parent)


def only_listed_words(read: Parsed) -> None:
    """Whatever is printed without quotes is a known word: parts of dates, kinds of joins, frames."""
    for node in read.of(exp.Var, exp.Join, exp.Collate):
        if isinstance(node, exp.Collate):
            if node.expression.name.lower() not in allow.WORDS:
                raise refusal(f"there is no order of texts called {node.expression.name[:40]}", node)
        elif isinstance(node, exp.Join):
            for slot, words in allow.JOINS.items():
                if not _absent(node.args.get(slot)) and str(node.args[slot]).upper() not in words:
                    raise refusal(f"a {str(node.args[slot]).upper()} join may not be used", node)
        elif node.name.lower() not in allow.WORDS:
            raise refusal(f"'{node.name[:40]}' may not be used here", node.parent)


def named_parameters(read: Parsed) -> None:
    """Parameters are written `$name`; numbered ones and question marks bind by place, which no slot has."""
    for node in read.of(exp.Placeholder):
        if not isinstance(node.this, str) or not node.this.isidentifier():
            raise refusal("a parameter must have a name, such as $place", node.parent)


def no_recursion(read: Parsed) -> None:
    """A query that feeds itself may never end."""
    for node in read.of(exp.With):
        if node.args.get("recursive"):
            raise refusal(f"WITH RECURSIVE may not be used{instead('recursive')}", node)


def plain_stars(read: Parsed) -> None:
    """A star stands for columns that come out, or for rows that are counted; `* LIKE 'x'` picks by a pattern."""
    for star in read.of(exp.Star):
        node: exp.Expr = star.parent if isinstance(star.parent, exp.Column) else star
        if not isinstance(node.parent, exp.Select | exp.Count | exp.Columns) or node.arg_key not in (
            "expressions",
            "this",
        ):
            raise refusal("* may only stand for all columns or in count(*)", node.parent)


def plain_columns(read: Parsed) -> None:
    """COLUMNS stands for all columns, or for those whose names are written out or meet a pattern that is."""
    for node in read.of(exp.Columns):
        inside = node.this.this if isinstance(node.this, exp.Column) else node.this
        names = inside.expressions if isinstance(inside, exp.Array) else [inside]
        if not isinstance(inside, exp.Star) and not all(isinstance(name, exp.Literal) for name in names):
            raise refusal(f"COLUMNS takes *, a pattern or names that are written out{instead('columns')}", node)


def plain_functions(read: Parsed) -> None:
    """A function of one's own is called on a list's members, and works with them and plain columns alone."""
    for call in read.of(exp.Lambda):
        around = call.parent
        named = isinstance(around, exp.Anonymous) and around.name.lower() in APPLIED | REDUCED
        if not named and not isinstance(around, exp.Transform | exp.ArrayFilter):
            raise refusal("a LAMBDA stands only in list_transform, list_filter and list_reduce", call)
        names = {fold(name.name) for name in call.expressions}
        for part in call.this.walk():
            if is_query(part) or sums(part) or isinstance(part, exp.Window | exp.Lambda | exp.Columns):
                raise refusal("a LAMBDA takes no query, no aggregate and no other LAMBDA", part)
            if isinstance(part, exp.Column) and not part.table and fold(part.name) in names:
                raise refusal(f"{part.name[:40]} is not written as the LAMBDA has it", part)


def plain_calls(read: Parsed) -> None:
    """A dot is followed by a field, never by a function; `age` compares two dates, and never one with today."""
    for node in read.of(exp.Dot, exp.Anonymous):
        if isinstance(node, exp.Dot) and not isinstance(node.expression, exp.Identifier):
            raise refusal("a function is written as function(value), not behind a dot", node)
        if isinstance(node, exp.Anonymous) and node.name.lower() == "age" and len(node.expressions) != 2:
            raise refusal("age needs both dates: today's would change the answer", node)


def known_names(read: Parsed) -> None:
    """Every table, column and alias is what it seems, scope by scope."""
    read.scopes()


def bounded_size(read: Parsed) -> None:
    """Joins are tied by equal columns, or small: see `size`. Texts and lists stay short: see `length`."""
    check_length(read.scopes(), check_size(read.scopes()))


CHECKS: tuple[Callable[[Parsed], None], ...] = (
    is_one_query,
    no_recursion,
    named_parameters,
    only_listed_functions,
    only_listed_nodes,
    only_listed_types,
    only_listed_words,
    plain_stars,
    plain_columns,
    plain_functions,
    plain_calls,
    plain_formats,
    short_patterns,
    small_counts,
    short_series,
    known_names,
    bounded_size,
)


def check_slots(names: frozenset[str], slots: frozenset[str]) -> None:
    """Every parameter is a declared slot."""
    for name in sorted(names - slots):
        raise Refused(f"the parameter ${name} is not a slot of this query{did_you_mean(name, slots)}")


def _absent(value: object) -> bool:
    return value is None or value is False or value == [] or value == ""
