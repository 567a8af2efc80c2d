"""What is known of how long values are and what makes them longer, as data and questions about single nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlglot import exp

from xinfo.query.guard.functions import LIKENESS
from xinfo.query.guard.scope import Scope, listed, within

MAX_LENGTH = 40_000_000
"""Characters, or what comes to as much, of one value."""
MAX_AT_ONCE = 200_000_000
"""Of all the values that one call takes or makes in one go."""
AT_ONCE = 2_048
"""Rows that the engine hands to a function in one go."""

NUMBER, PARAMETER, ORDINARY = 40.0, 1_000.0, 60.0
MEMBER = 16.0
"""What a member of a list takes beside its own length."""
LONGEST: Mapping[str, float] = {
    **dict.fromkeys("note title title_zh publisher url definition_en definition_zh rule sources".split(), 300.0),
    **dict.fromkeys(("text_en", "text_zh"), 1_000.0),
}
"""How long the texts of a column are; those of others are ORDINARY."""

SHORT = (
    *(exp.Predicate, exp.Length, exp.StrPosition, exp.Count, exp.CountIf, exp.Contains, exp.StartsWith, exp.EndsWith),
    *(exp.ArraySize, exp.ApproxDistinct, exp.Ascii, exp.Unicode),
)
"""What makes a number or a yes of a text, however long that is; all else is as long as its parts together."""
LISTS = (exp.Array, exp.Struct, exp.Tuple, exp.ArrayAppend, exp.ArrayPrepend)
SPLIT = (exp.Split, exp.RegexpSplit, exp.RegexpExtractAll)
_SLOW = frozenset({"entropy", "mad", "histogram"})
KEEPING = frozenset({"histogram"})
"""Aggregates that keep all values, beside those that the parser has classes for."""
PASSED_ON = (exp.Window, exp.Order, exp.Filter, exp.WithinGroup)
"""What gives the value of its first part and looks at the others only."""


def parts_of(scope: Scope) -> Iterator[exp.Expr]:
    """All expressions of a scope, those that others may name by an alias last, which are looked at first."""
    for slot in ("distinct", "where", "group", "having", "qualify", "windows", "order", "limit", "offset"):
        yield from listed(scope.node, slot)
    yield from (part for join in scope.joins for part in listed(join, "on"))
    yield from listed(scope.node, "expressions")
    for source in scope.sources.values():
        if isinstance(source.origin, exp.Expr):
            yield from source.origin.expressions


def counts_again(window: exp.Window) -> bool:
    """Whether the engine goes through the whole frame for each row, which no interrupt ends."""
    moves = window.args.get("order") or window.args.get("spec") or window.args.get("alias")
    return bool(moves) and any(
        isinstance(part, exp.Distinct | exp.Order) or (isinstance(part, exp.Anonymous) and part.name.lower() in _SLOW)
        for part in within([window.this])
    )


def function_of(node: exp.Expr) -> exp.Lambda | None:
    """The function that is called on each member of a list, if the node is such a call."""
    return next((part for part in node.iter_expressions() if isinstance(part, exp.Lambda)), None)


def named(node: exp.Expr, names: Collection[str]) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.lower() in names


def compares(node: exp.Expr) -> bool:
    """Whether two texts are held against each other sign by sign."""
    return isinstance(node, exp.Levenshtein | exp.JarowinklerSimilarity) or named(node, LIKENESS)
