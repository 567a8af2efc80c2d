"""Rules put together for the parser: those with the same beginning as one path, and what may begin what.

Reads no files and parses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.grammar.rules import Rule

CONSTRAINT = re.compile(r"(?P<category>\w+)\[(?P<asked>[\w!=,]+)\]")
CONDITION = re.compile(r"(?P<absent>!?)(?P<feature>\w+)(?:=(?P<value>\w+))?")


@dataclass(eq=False)
class Node:
    """Rules by the symbols that they begin with: those that share a beginning are followed together."""

    rules: list[Rule] = field(default_factory=list)
    next: dict[str, Node] = field(default_factory=dict)
    useful: int = 0
    """What may come next, or may be the first part of that through any number of rules, as bits."""


@dataclass(frozen=True)
class Condition:
    """One feature that a meaning must have, lack or hold."""

    feature: str
    absent: bool
    value: str | None

    def holds(self, meaning: Meaning) -> bool:
        if self.absent:
            return self.feature not in meaning
        found = meaning.get(self.feature)
        return found is not None if self.value is None else found == self.value


@dataclass(frozen=True)
class Constraint:
    """A category's name with what is asked of its meaning."""

    symbol: str
    conditions: tuple[Condition, ...]

    def holds(self, meaning: Meaning) -> bool:
        return all(condition.holds(meaning) for condition in self.conditions)

    @property
    def wanted(self) -> str | None:
        """A feature that the meaning must have, if any: the last one that is named, which tells most."""
        return next((one.feature for one in reversed(self.conditions) if not one.absent), None)


@dataclass(frozen=True)
class Constraints:
    """What rules ask of one category: by a feature that is wanted, so that only what can hold is looked at."""

    wanting: Mapping[str, tuple[Constraint, ...]]
    others: tuple[Constraint, ...]

    def held_by(self, meaning: Meaning) -> Iterator[str]:
        """The symbols of those that hold."""
        for constraint in self.others:
            if constraint.holds(meaning):
                yield constraint.symbol
        for feature in meaning:
            for constraint in self.wanting.get(feature, ()):
                if constraint.holds(meaning):
                    yield constraint.symbol


@dataclass(frozen=True)
class Grammar:
    """Rules ready to be parsed with."""

    root: Node
    constraints: Mapping[str, Constraints]
    """For each category the constrained symbols that some rule asks for."""
    bits: Mapping[str, int]
    """The bit of each symbol."""
    beginnings: Mapping[str, int]
    """For each symbol what it may begin with through any number of rules, and itself, as bits."""
    whole: frozenset[str] = frozenset()
    """Categories that nothing is put behind or in front of: of use over a whole text only."""


def compiled(rules: Iterable[Rule]) -> Grammar:
    """A grammar of these rules."""
    rules = list(dict.fromkeys(rules))
    bits = _bits(rules)
    beginnings = _beginnings(rules, bits)
    root = Node()
    for rule in rules:
        node = root
        for symbol in rule.symbols:
            node.useful |= beginnings[plain(symbol)]
            if symbol not in node.next:
                node.next[symbol] = Node()
            node = node.next[symbol]
        node.rules.append(rule)
    return Grammar(root, _constraints(rules), bits, beginnings, _whole(rules))


def _constraints(rules: Sequence[Rule]) -> dict[str, Constraints]:
    found: dict[str, list[Constraint]] = {}
    for symbol in dict.fromkeys(symbol for rule in rules for symbol in rule.symbols):
        if asked := CONSTRAINT.fullmatch(symbol):
            found.setdefault(asked["category"], []).append(Constraint(symbol, _conditions(asked["asked"])))
    return {category: _grouped(constraints) for category, constraints in found.items()}


def _grouped(constraints: Sequence[Constraint]) -> Constraints:
    wanting: dict[str, tuple[Constraint, ...]] = {}
    for constraint in constraints:
        if feature := constraint.wanted:
            wanting[feature] = (*wanting.get(feature, ()), constraint)
    return Constraints(wanting, tuple(one for one in constraints if one.wanted is None))


def _conditions(asked: str) -> tuple[Condition, ...]:
    found = filter(None, map(CONDITION.fullmatch, asked.split(",")))
    return tuple(Condition(one["feature"], bool(one["absent"]), one["value"]) for one in found)


def _whole(rules: Sequence[Rule]) -> frozenset[str]:
    """Results that are no part of any rule, or all of rules for such results."""
    alone: dict[str, set[str]] = {}
    """Symbols that are all of a rule, by its result."""
    inner: set[str] = set()
    for rule in rules:
        (inner if len(rule.symbols) > 1 else alone.setdefault(rule.result, set())).update(map(plain, rule.symbols))
    found = {rule.result for rule in rules}
    while lost := found & inner:
        found -= lost
        inner.update(*(alone.get(result, ()) for result in lost))
    return frozenset(found)


def _bits(rules: Sequence[Rule]) -> dict[str, int]:
    """A bit for each symbol, whatever is asked of its meaning."""
    named = dict.fromkeys(symbol for rule in rules for symbol in (rule.result, *map(plain, rule.symbols)))
    return {symbol: 1 << number for number, symbol in enumerate(named)}


def _beginnings(rules: Sequence[Rule], bits: Mapping[str, int]) -> dict[str, int]:
    """For each symbol those that it may begin with, through any number of rules, and itself."""
    first: dict[str, set[str]] = {}
    for rule in rules:
        first.setdefault(rule.result, set()).add(plain(rule.symbols[0]))
    found, before = dict(bits), dict[str, int]()
    while found != before:
        before = dict(found)
        for symbol, begun in first.items():
            for one in begun:
                found[symbol] |= found[one]
    return found


@cache
def plain(symbol: str) -> str:
    """A symbol without what is asked of its meaning."""
    return symbol.partition("[")[0]
