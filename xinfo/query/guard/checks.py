"""The rules that a parsed statement must pass, one function a rule, and CHECKS, all of them in order.

Each takes the parsed statement and raises Refused or returns nothing; none changes it, each holds without the others.
The lists that they go by are in `allow`; which name means which table or column is in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from xinfo.errors import Refused, did_you_mean
from xinfo.query.guard import allow
from xinfo.query.guard.length import check_length
from xinfo.query.guard.names import Parsed
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.size import check_size

MAX_FEW = 100
MAX_SERIES = 1_000
LARGEST = 1_000_000
_BRACES = re.compile(r"(?:[^{}]|\{\{|\}\}|\{\d?(?::[,_+]?\d{0,2}[,_]?(?:\.\d{1,2})?[dfeEgGs%]?)?\})*")
_PERCENTS = re.compile(r"(?:[^%]|%%|%[-+ 0]?\d{0,2}(?:\.\d{1,2})?[dfeEgGsi])*")


def is_query(read: Parsed) -> None:
    """The whole statement is a SELECT, a combination of them, or one in brackets."""
    inner = tree = read.tree
    while type(inner) is exp.Subquery:
        inner = inner.this
    if type(inner) not in (exp.Select, exp.Union, exp.Intersect, exp.Except):
        word = str(tree.this) if type(tree) is exp.Command else tree.key.upper()
        raise refusal(f"only a SELECT statement may be run, not {word[:30]}", tree)


def only_listed_nodes(read: Parsed) -> None:
    """Every node is of a listed kind and has listed parts only: `SELECT … INTO` is a Select with one part too many."""
    for node in read.nodes:
        kind = type(node).__name__
        slots = allow.LISTED.get(kind)
        if slots is None:
            raise refusal(f"{_written(node)} may not be used in a query", node)
        for slot, value in node.args.items():
            if slot in ("db", "catalog") and not _absent(value):
                raise refusal("names of schemas and databases may not be used", node)
            if slot not in slots and not _absent(value):
                raise refusal(f"'{slot.strip('_')}' may not be used with {_written(node)}", node)


def only_listed_functions(read: Parsed) -> None:
    """A function without a class of its own is called by a plain, listed name."""
    for call in read.of(exp.Anonymous):
        name = call.this
        if not isinstance(name, str) or name.lower() not in allow.UNCLASSED:
            called = (name if isinstance(name, str) else call.name).lower()
            near = did_you_mean(
                called, {known for known in allow.ENGINE_FUNCTIONS if known[:2] == called[:2]} - {called}
            )
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
            raise refusal("WITH RECURSIVE may not be used", node)


def plain_stars(read: Parsed) -> None:
    """A star stands for columns that come out, or for rows that are counted; `* LIKE 'x'` picks by a pattern."""
    for star in read.of(exp.Star):
        node: exp.Expr = star.parent if isinstance(star.parent, exp.Column) else star
        if not isinstance(node.parent, exp.Select | exp.Count) or node.arg_key not in ("expressions", "this"):
            raise refusal("* may only stand for all columns or in count(*)", node.parent)


def plain_formats(read: Parsed) -> None:
    """The pattern of a date or a search is written out or a parameter: one made of data may be any size."""
    slots = {"TimeToStr": "format", "StrToTime": "format", "RegexpLike": "expression", "RegexpExtract": "expression"}
    slots |= {
        "RegexpFullMatch": "expression",
        "RegexpExtractAll": "expression",
        "RegexpReplace": "expression",
        "SimilarTo": "expression",
    }
    for node in read.nodes:
        slot = slots.get(type(node).__name__)
        # DuckDB takes the format of a date on either side.
        sides = [node.args[slot], node.this if slot == "format" else None] if slot else []
        if sides and not any(isinstance(side, exp.Literal | exp.Placeholder) for side in sides):
            raise refusal(f"the pattern in {_written(node)} must be written out or be a parameter", node)


def short_patterns(read: Parsed) -> None:
    """What numbers are written by is written out, and its widths are two digits at most, none of them a value."""
    for node in read.of(exp.Format, exp.Anonymous):
        if isinstance(node, exp.Format) or node.name.lower() == "printf":
            pattern = node.this if isinstance(node, exp.Format) else next(iter(node.expressions), None)
            marks = _BRACES if isinstance(node, exp.Format) else _PERCENTS
            if not isinstance(pattern, exp.Literal) or not marks.fullmatch(pattern.name):
                raise refusal("the pattern that a number is written by must be plain text with short widths", node)


def small_counts(read: Parsed) -> None:
    """The largest or smallest few are few, and how many is written out: the engine sets room aside for all of them.

    So is the length that a text is filled up to."""
    for node in read.of(exp.Max, exp.Min, exp.ArgMax, exp.ArgMin, exp.Pad):
        count = node.expression if isinstance(node, exp.Pad) else node.args.get("count")
        few = isinstance(count, exp.Literal) and count.name.isdecimal() and int(count.name) <= MAX_FEW
        if count is not None and not few:
            raise refusal(f"how many values to keep must be a number up to {MAX_FEW}", node)


def short_series(read: Parsed) -> None:
    """A series runs between two numbers that are written out and lie close together: it is made in one go."""
    for node in read.of(exp.GenerateSeries):
        ends = [node.args[slot] for slot in ("start", "end", "step") if node.args.get(slot)]
        whole = all(isinstance(end, exp.Literal) and end.name.isdecimal() for end in ends)
        if not whole or any(int(end.name) > LARGEST for end in ends) or _length(ends) > MAX_SERIES:
            raise refusal(f"a series runs between two whole numbers not more than {MAX_SERIES} apart", node)


def known_names(read: Parsed) -> None:
    """Every table, column and alias is what it seems, scope by scope."""
    read.scopes()


def bounded_size(read: Parsed) -> None:
    """Joins are tied by equal columns, or small: see `size`. Texts and lists stay short: see `length`."""
    check_length(read.scopes(), check_size(read.scopes()))


CHECKS: tuple[Callable[[Parsed], None], ...] = (
    is_query,
    no_recursion,
    named_parameters,
    only_listed_functions,
    only_listed_nodes,
    only_listed_types,
    only_listed_words,
    plain_stars,
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


def _length(ends: list[exp.Expr]) -> int:
    """From the first end to the second, or from nought."""
    first, *rest = (int(end.name) for end in ends)
    return abs(rest[0] - first) if rest else first


def _absent(value: object) -> bool:
    return value is None or value is False or value == [] or value == ""


def _written(node: exp.Expr) -> str:
    """A node kind as a user would say it."""
    name = node.sql_name() if isinstance(node, exp.Func) else node.key.upper()
    return str(name).replace("_", " ") if not isinstance(node, exp.Func) else str(name).lower()
