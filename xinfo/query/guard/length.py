"""How long a single value may grow, by a rough reckoning from the shape of the query alone.

One call of a function ends neither at the engine's limit of time nor on an interrupt, and what it makes is no part of
what the engine counts as memory. So a call must have little to do: texts and lists are followed from the tables
through every query of the statement, and one whose values may grow past MAX_LENGTH, or that is called on more than
MAX_AT_ONCE in one go, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf, prod

from sqlglot import exp

from xinfo.query.guard.functions import REDUCED
from xinfo.query.guard.growth import (
    AT_ONCE,
    KEEPING,
    LISTS,
    LONGEST,
    MAX_AT_ONCE,
    MAX_LENGTH,
    MEMBER,
    NUMBER,
    ORDINARY,
    PARAMETER,
    PASSED_ON,
    SHORT,
    SPLIT,
    compares,
    counts_again,
    function_of,
    named,
    parts_of,
)
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.scope import Scope, Source, fold, is_query, listed, starred, within
from xinfo.query.guard.size import MAX_ROWS, VALUES, Reckoned, sums, values_of, window_of


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
        self.lists: dict[int, tuple[float, float]] = {}
        """For a list, where that is known: how many members it may have, and how long each."""
        self.given: dict[str, float] = {}
        """The lengths of what the function at hand is called with, by name."""
        self.times = 1.0
        """How often that function is called for one row."""
        self.summed: set[int] = set()
        """The nodes that stand above an aggregate, and so have one value for each row that comes out."""
        # The innermost come first; what a list's function does is looked at once its list is known.
        nodes = list(within(parts_of(scope)))
        later = {id(part) for node in nodes if isinstance(node, exp.Lambda) for part in node.walk()}
        for node in reversed(nodes):
            if id(node) not in later:
                self._add(node)

    def columns(self) -> tuple[float, ...]:
        """The lengths of the columns that come out, in order."""
        if self.scope.arms:
            first, second = (self.known[arm] for arm in self.scope.arms)
            longest = max((*first, *second, 0.0))
            return (longest,) * len(self.scope.columns)
        if not isinstance(self.scope.node, exp.Select):
            return tuple(self._column(name, source) for source, name in self._all())
        return tuple(length for part in self.scope.node.expressions for length in self._outputs(part))

    def _outputs(self, part: exp.Expr) -> Iterator[float]:
        star = part.this if isinstance(part, exp.Column) else part
        if isinstance(star, exp.Star):
            instead = {fold(by.alias): self.of[id(by)] for by in listed(star, "replace")}
            for source, name in starred(part, self.scope):
                length = instead.get(name, self._column(name, source))
                self._at_once(part, length)
                yield length
            return
        self._at_once(part, self.of[id(part)])
        yield from [self.of[id(part)]] * (len(list(self._all())) if part.find(exp.Columns) else 1)

    def _all(self) -> Iterator[tuple[Source, str]]:
        return ((source, name) for source in self.scope.sources.values() for name in source.columns)

    def _add(self, node: exp.Expr) -> None:
        length = self.of[id(node)] = self._length(node)
        parts = [part for part in node.iter_expressions() if id(part) in self.of]
        if sums(node) or any(id(part) in self.summed for part in parts):
            self.summed.add(id(node))
        if length > MAX_LENGTH:
            raise refusal("texts or lists may grow too long here", node)
        if isinstance(node, exp.Window) and counts_again(node):
            self._window(node)
        if isinstance(node, exp.Window | exp.Func | exp.Binary) and not (
            isinstance(node, exp.AggFunc | exp.Connector) or sums(node)
        ):
            work = prod(max(self.of[id(part)], 1.0) for part in parts) if compares(node) else 0.0
            self._at_once(node, max(length, work, *(self.of[id(part)] for part in parts), 0.0))

    def _at_once(self, node: exp.Expr, length: float) -> None:
        rows = min(self.rows.out if id(node) in self.summed else self.rows.joined, AT_ONCE)
        if rows * self.times * length > MAX_AT_ONCE:
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
        if isinstance(node, exp.Identifier):
            return self.given.get(node.name, 0.0)
        if isinstance(node, exp.Columns):
            return max((self._column(name, source) for source, name in self._all()), default=0.0)
        called = function_of(node)
        if called:
            return self._called(node, called)
        if isinstance(node, SHORT) or compares(node):
            return NUMBER
        return self._made(node, [self.of[id(part)] for part in node.iter_expressions() if id(part) in self.of])

    def _made(self, node: exp.Expr, parts: list[float]) -> float:
        """What is made of parts of these lengths."""
        whole = sum(parts)
        if isinstance(node, PASSED_ON):
            return self.of.get(id(node.this), 0.0)
        if isinstance(node, exp.ArrayAgg | exp.GroupConcat) or named(node, KEEPING):
            self.lists[id(node)] = (self._members(node), whole)
            return self._members(node) * (whole + MEMBER)
        if isinstance(node, exp.Repeat):
            return parts[0] * float(node.args["times"].name)
        if named(node, {"bar"}):
            return PARAMETER
        if isinstance(node, exp.Replace | exp.RegexpReplace):
            return self._replaced(node)
        if isinstance(node, exp.ArrayToString | exp.TimeToStr):
            return (parts[0] + 1) * (parts[-1] + MEMBER)
        if isinstance(node, SPLIT) or (isinstance(node, exp.Anonymous) and "split" in node.name):
            self.lists[id(node)] = (parts[-1] + 1, parts[-1])
            return whole * (1 + MEMBER)
        if isinstance(node, LISTS):
            self.lists[id(node)] = (float(len(parts)), max(parts, default=0.0))
            return whole + MEMBER * len(parts)
        if isinstance(node, exp.Max | exp.Min | exp.ArgMax | exp.ArgMin) and node.args.get("count"):
            return whole * float(node.args["count"].name)
        return max(whole, NUMBER) if isinstance(node, exp.Func) else whole

    def _called(self, node: exp.Expr, called: exp.Lambda) -> float:
        """What a list comes to once a function has been called on each of its members."""
        values, *start = (part for part in node.iter_expressions() if part is not called)
        if id(values) in self.summed:
            self.summed.update(map(id, called.walk()))
        whole = self.of[id(values)]
        count, each = self.lists.get(id(values), (whole / MEMBER + 1, whole))
        if not named(node, REDUCED):
            body = self._body(called, [each, NUMBER], count)
            if isinstance(node, exp.ArrayFilter):
                self.lists[id(node)] = (count, each)
                return whole
            self.lists[id(node)] = (count, body)
            return count * (body + MEMBER)
        first = max([each, *(self.of[id(part)] for part in start)])
        added, doubled = (self._body(called, [length, each, NUMBER], 0.0) for length in (0.0, PARAMETER))
        if doubled - added > PARAMETER:
            raise refusal("what is passed on from member to member may grow too long here", called)
        whole = first + count * (added + MEMBER)
        self._body(called, [whole, each, NUMBER], count)
        return whole

    def _body(self, called: exp.Lambda, lengths: list[float], times: float) -> float:
        """The length of what a function gives for arguments of these lengths, `times` for each row."""
        self.given, self.times = {name.name: of for name, of in zip(called.expressions, lengths, strict=False)}, times
        for part in reversed(list(within([called.this]))):
            self._add(part)
        self.given, self.times = {}, 1.0
        return self.of[id(called.this)]

    def _replaced(self, node: exp.Expr) -> float:
        """A text in which every find may have given way to the replacement."""
        text, found, by = (self.of.get(id(node.args.get(slot)), 0.0) for slot in ("this", "expression", "replacement"))
        if isinstance(node, exp.RegexpReplace):
            return (text + 1) * (by + 1)
        each = found if isinstance(node.expression, exp.Literal) else 1.0
        return text * max(1.0, by / max(1.0, each))

    def _members(self, node: exp.Expr) -> float:
        """How many values an aggregate that keeps them all takes together."""
        over = window_of(node)
        rows = self._partition(over) if isinstance(over, exp.Window) else self.rows.joined / self.rows.out
        return max(1.0, min(rows, self._different(node)))

    def _different(self, node: exp.Expr) -> float:
        """How many values there are to keep where each is kept once; no bound unless it is a column of a table."""
        kept = node.this
        while isinstance(kept, exp.Order):
            kept = kept.this
        column = kept.expressions[0] if isinstance(kept, exp.Distinct) and len(kept.expressions) == 1 else None
        source = self._source(column) if isinstance(column, exp.Column) else None
        return VALUES.get(fold(column.name), inf) if column and source and isinstance(source.origin, str) else inf

    def _source(self, node: exp.Column) -> Source | None:
        name, table = fold(node.name), fold(node.table)
        return next((found for around in self.scope.outward() if (found := around.find(name, table))), None)

    def _named(self, node: exp.Column) -> float:
        name, table = fold(node.name), fold(node.table)
        source = self._source(node)
        if source is not None:
            return self._column(name, source)
        alias = next((part for part in listed(self.scope.node, "expressions") if fold(part.alias) == name), None)
        field_of = next((found for around in self.scope.outward() if table and (found := around.find(table))), None)
        return self._column(table, field_of) if field_of else self.of.get(id(alias), 0.0)

    def _column(self, name: str, source: Source) -> float:
        """A column of a source: of a table, of a query, or of rows and lists that are written out."""
        if isinstance(source.origin, str):
            return LONGEST.get(name, ORDINARY)
        if isinstance(source.origin, Scope):
            lengths = self.known[source.origin]
            return lengths[source.columns.index(name)] if len(lengths) == len(source.columns) else max(lengths)
        return max((self.of.get(id(part), PARAMETER) for part in source.origin.expressions), default=NUMBER)
