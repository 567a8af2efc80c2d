"""How long a single value may grow, by a rough reckoning from the shape of the query alone.

One call of a function ends neither at the engine's limit of time nor on an interrupt, and what it makes is no part of
what the engine counts as memory. So a call must have little to do: texts and lists are followed from the tables
through every query of the statement, and one whose values may grow past MAX_LENGTH, or that is called on more than
MAX_AT_ONCE in one go, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod

from sqlglot import exp

from xinfo.query.guard.parse import refusal
from xinfo.query.guard.scope import Scope, Source, fold, is_query, listed, within
from xinfo.query.guard.size import MAX_ROWS, Reckoned, sums, values_of, window_of

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
    **dict.fromkeys("note title publisher url definition_en definition_zh rule sources".split(), 300.0),
    **dict.fromkeys(("text_en", "text_zh"), 1_000.0),
}
"""How long the texts of a column are; those of others are ORDINARY."""

_SHORT = (
    *(exp.Predicate, exp.Length, exp.StrPosition, exp.Count, exp.CountIf, exp.Contains, exp.StartsWith, exp.EndsWith),
    *(exp.ArraySize, exp.ApproxDistinct, exp.Ascii, exp.Unicode),
)
"""What makes a number or a yes of a text, however long that is; all else is as long as its parts together."""
_LISTS = (exp.Array, exp.Struct, exp.Tuple, exp.ArrayAppend)
_SPLIT = (exp.Split, exp.RegexpExtractAll)
_SLOW = frozenset({"entropy", "mad"})
_PASSED_ON = (exp.Window, exp.Order, exp.Filter, exp.WithinGroup)
"""What gives the value of its first part and looks at the others only."""


def check_length(scopes: Iterable[Scope], reckoned: Mapping[Scope, Reckoned]) -> None:
    """Refuses a statement whose texts and lists may grow too long."""
    known: dict[Scope, tuple[float, ...]] = {}
    queries = {id(scope.node): scope for scope in reckoned}
    for scope in scopes:
        found = _Lengths(scope, reckoned[scope], known, queries)
        known[scope] = found.columns()
        for behind in scope.behind:
            _Lengths(behind, reckoned[scope], known, queries)


class _Lengths:
    """The lengths of all expressions of one scope."""

    def __init__(
        self, scope: Scope, rows: Reckoned, known: Mapping[Scope, tuple[float, ...]], queries: Mapping[int, Scope]
    ):
        self.scope, self.rows, self.known, self.queries = scope, rows, known, queries
        self.of: dict[int, float] = {}
        self.summed: set[int] = set()
        """The nodes that stand above an aggregate, and so have one value for each row that comes out."""
        # The innermost come first.
        for node in reversed(list(within(_parts(scope)))):
            self._add(node)

    def columns(self) -> tuple[float, ...]:
        """The lengths of the columns that come out, in order."""
        if self.scope.arms:
            first, second = (self.known[arm] for arm in self.scope.arms)
            longest = max(*first, *second, 0.0)
            return (longest,) * len(self.scope.columns)
        if not isinstance(self.scope.node, exp.Select):
            return tuple(self._column(name, source) for source, name in self._all())
        return tuple(length for part in self.scope.node.expressions for length in self._outputs(part))

    def _outputs(self, part: exp.Expr) -> Iterator[float]:
        star = part.this if isinstance(part, exp.Column) else part
        if isinstance(star, exp.Star):
            without = {fold(name.name) for name in listed(star, "except_")}
            table = fold(part.table) if isinstance(part, exp.Column) else ""
            for source, name in self._all():
                if name not in without and table in ("", source.name):
                    length = self._column(name, source)
                    self._at_once(part, length)
                    yield length
        else:
            self._at_once(part, self.of[id(part)])
            yield self.of[id(part)]

    def _all(self) -> Iterator[tuple[Source, str]]:
        return ((source, name) for source in self.scope.sources.values() for name in source.columns)

    def _add(self, node: exp.Expr) -> None:
        length = self.of[id(node)] = self._length(node)
        parts = [part for part in node.iter_expressions() if id(part) in self.of]
        if sums(node) or any(id(part) in self.summed for part in parts):
            self.summed.add(id(node))
        if length > MAX_LENGTH:
            raise refusal("texts or lists may grow too long here", node)
        if isinstance(node, exp.Window) and _counts_again(node):
            self._window(node)
        if isinstance(node, exp.Window | exp.Func | exp.Binary) and not isinstance(node, exp.AggFunc | exp.Connector):
            self._at_once(node, max(length, *(self.of[id(part)] for part in parts), 0.0))

    def _at_once(self, node: exp.Expr, length: float) -> None:
        rows = min(self.rows.out if id(node) in self.summed else self.rows.joined, AT_ONCE)
        if rows * length > MAX_AT_ONCE:
            raise refusal("this works on texts or lists that may be too long", node)

    def _window(self, node: exp.Window) -> None:
        if self.rows.joined * self._partition(node) > MAX_ROWS:
            raise refusal("this may look at too many rows again and again; divide them by PARTITION BY", node)

    def _partition(self, window: exp.Window) -> float:
        """Rows of one partition."""
        return max(1.0, self.rows.joined / prod(values_of(key) for key in listed(window, "partition_by")))

    def _length(self, node: exp.Expr) -> float:
        if is_query(node):
            return max(self.known[self.queries[id(node.unnest())]], default=0.0)
        if isinstance(node, exp.Literal):
            return max(float(len(node.name)), 0.0 if node.is_string else NUMBER)
        if isinstance(node, exp.Placeholder):
            return PARAMETER
        if isinstance(node, exp.Column):
            return self._named(node)
        if isinstance(node, _SHORT):
            return NUMBER
        return self._made(node, [self.of[id(part)] for part in node.iter_expressions() if id(part) in self.of])

    def _made(self, node: exp.Expr, parts: list[float]) -> float:
        """What is made of parts of these lengths."""
        whole = sum(parts)
        if isinstance(node, _PASSED_ON):
            return self.of.get(id(node.this), 0.0)
        if isinstance(node, exp.ArrayAgg | exp.GroupConcat):
            return self._members(node) * (whole + MEMBER)
        if isinstance(node, exp.Replace | exp.RegexpReplace):
            return self._replaced(node)
        if isinstance(node, exp.ArrayToString | exp.TimeToStr):
            return (parts[0] + 1) * (parts[-1] + MEMBER)
        if isinstance(node, _SPLIT) or (isinstance(node, exp.Anonymous) and "split" in node.name):
            return whole * (1 + MEMBER)
        if isinstance(node, _LISTS):
            return whole + MEMBER * len(parts)
        if isinstance(node, exp.Max | exp.Min | exp.ArgMax | exp.ArgMin) and node.args.get("count"):
            return whole * float(node.args["count"].name)
        return max(whole, NUMBER) if isinstance(node, exp.Func) else whole

    def _replaced(self, node: exp.Expr) -> float:
        """A text in which every find may have given way to the replacement."""
        text, found, by = (self.of[id(node.args[slot])] for slot in ("this", "expression", "replacement"))
        if isinstance(node, exp.RegexpReplace):
            return (text + 1) * (by + 1)
        each = found if isinstance(node.expression, exp.Literal) else 1.0
        return text * max(1.0, by / max(1.0, each))

    def _members(self, node: exp.Expr) -> float:
        """How many values an aggregate that keeps them all takes together."""
        over = window_of(node)
        if isinstance(over, exp.Window):
            return self._partition(over)
        return max(1.0, self.rows.joined / self.rows.out)

    def _named(self, node: exp.Column) -> float:
        name, table = fold(node.name), fold(node.table)
        for around in self.scope.outward():
            source = around.find(name, table)
            if source is not None:
                return self._column(name, source)
        alias = next((part for part in listed(self.scope.node, "expressions") if fold(part.alias) == name), None)
        return self.of.get(id(alias), 0.0)

    def _column(self, name: str, source: Source) -> float:
        """A column of a source: of a table, of a query, or of rows and lists that are written out."""
        if isinstance(source.origin, str):
            return LONGEST.get(name, ORDINARY)
        if isinstance(source.origin, Scope):
            lengths = self.known[source.origin]
            return lengths[source.columns.index(name)] if len(lengths) == len(source.columns) else max(lengths)
        return max((self.of.get(id(part), PARAMETER) for part in source.origin.expressions), default=0.0)


def _parts(scope: Scope) -> Iterator[exp.Expr]:
    """All expressions of a scope, those that others may name by an alias last, which are looked at first."""
    for slot in ("distinct", "where", "group", "having", "qualify", "windows", "order", "limit", "offset"):
        yield from listed(scope.node, slot)
    yield from (part for join in scope.joins for part in listed(join, "on"))
    yield from listed(scope.node, "expressions")
    for source in scope.sources.values():
        if isinstance(source.origin, exp.Expr):
            yield from source.origin.expressions


def _counts_again(window: exp.Window) -> bool:
    """Whether the engine goes through the whole frame for each row, which no interrupt ends."""
    moves = window.args.get("order") or window.args.get("spec") or window.args.get("alias")
    return bool(moves) and any(
        isinstance(part, exp.Distinct | exp.Order) or (isinstance(part, exp.Anonymous) and part.name.lower() in _SLOW)
        for part in within([window.this])
    )
