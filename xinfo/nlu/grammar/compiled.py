"""Rules put together for the parser: those with the same beginning as one path, and what may begin what.

Reads no files and parses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.grammar.rules import Rule

CONSTRAINT = re.compile(r"\w+\[(?P<asked>[\w!=,]+)\]")
CONDITION = re.compile(r"(?P<absent>!?)(?P<feature>\w+)(?:=(?P<value>\w+))?")
END = 1
"""The bit of the end of what is looked for."""


@dataclass(frozen=True)
class Symbols:
    """What the symbols of a grammar are to one another, each a bit."""

    bits: Mapping[str, int]
    """The bit of each symbol."""
    beginnings: Mapping[str, int]
    """For each symbol what it may begin with through any number of rules, and itself."""
    followers: Mapping[str, int]
    """For each symbol what may come right behind it; `END` where it may be the last of a goal."""


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
    """What is asked of a category's meaning."""

    conditions: tuple[Condition, ...]

    def holds(self, meaning: Meaning) -> bool:
        return all(condition.holds(meaning) for condition in self.conditions)


Item = tuple[Rule, int]
"""A rule, and how many of its symbols are passed (Earley 1970)."""


class Node:
    """Rules by the symbols that they begin with: those that share a beginning are followed together.

    What is behind a node is put together when a text first comes to it: a question needs a few of many thousands.
    """

    def __init__(self, begun: Iterable[Item], symbols: Symbols):
        self._begun, self._symbols = list(begun), symbols

    @cached_property
    def complete(self) -> list[tuple[Rule, int, int]]:
        """The rules that need no more, each with the bit of its result and what may come behind that."""
        done = dict.fromkeys(rule for rule, at in self._begun if rule.pattern.ends(at))
        return [(rule, self._symbols.bits[rule.result], self._symbols.followers[rule.result]) for rule in done]

    @cached_property
    def next(self) -> dict[str, list[tuple[Constraint | None, Node]]]:
        """The nodes behind this one by the category that leads there, each with what is asked of its meaning."""
        behind: dict[str, list[Item]] = {}
        for rule, at in self._begun:
            for place in rule.pattern.reached(at):
                if place < len(rule.symbols):
                    behind.setdefault(rule.symbols[place], []).append((rule, place + 1))
        found: dict[str, list[tuple[Constraint | None, Node]]] = {}
        for symbol, items in behind.items():
            found.setdefault(plain(symbol), []).append((constraint(symbol), Node(items, self._symbols)))
        return found

    @cached_property
    def useful(self) -> int:
        """What may come next, or may be the first part of that through any number of rules, as bits."""
        return reduce(or_, (self._symbols.beginnings[category] for category in self.next), 0)

    @cached_property
    def coming(self) -> int:
        """What may come right behind what was passed: more of a rule, or what follows one that needs no more."""
        return reduce(or_, (followers for _, _, followers in self.complete), self.useful)


@dataclass(frozen=True)
class Grammar:
    """Rules ready to be parsed with."""

    rules: Sequence[Rule]
    root: Node
    symbols: Symbols

    @staticmethod
    def of(rules: Sequence[Rule], beginnings: Iterable[int], followers: Iterable[int]) -> Grammar:
        """A grammar whose symbols are known already, in the order of their bits."""
        bits = _bits(rules)
        symbols = Symbols(bits, dict(zip(bits, beginnings, strict=True)), dict(zip(bits, followers, strict=True)))
        return Grammar(rules, Node(((rule, 0) for rule in rules), symbols), symbols)


def compiled(rules: Iterable[Rule], goals: Iterable[str]) -> Grammar:
    """A grammar of these rules, for texts that are to be one of `goals`."""
    rules = list(rules)
    bits = _bits(rules)
    beginnings = _beginnings(rules, bits)
    followers = _followers(rules, beginnings, goals)
    return Grammar.of(rules, (beginnings[one] for one in bits), (followers[one] for one in bits))


def _bits(rules: Sequence[Rule]) -> dict[str, int]:
    """A bit for each symbol, whatever is asked of its meaning."""
    named = dict.fromkeys(symbol for rule in rules for symbol in (rule.result, *map(plain, rule.symbols)))
    return {symbol: END << number for number, symbol in enumerate(named, 1)}


def _beginnings(rules: Sequence[Rule], bits: Mapping[str, int]) -> dict[str, int]:
    """For each symbol those that it may begin with, through any number of rules, and itself."""
    begun: dict[str, set[str]] = {}
    for rule in rules:
        for place in rule.pattern.reached(0):
            if place < len(rule.symbols):
                begun.setdefault(plain(rule.symbols[place]), set()).add(rule.result)
    return _spread(dict(bits), begun)


def _followers(rules: Sequence[Rule], beginnings: Mapping[str, int], goals: Iterable[str]) -> dict[str, int]:
    """What may come right behind each symbol (Aho et al., Compilers, 4.4: FOLLOW)."""
    found = dict.fromkeys(beginnings, 0) | dict.fromkeys(goals, END)
    ended: dict[str, set[str]] = {}
    pairs: set[tuple[str, str]] = set()
    for rule in rules:
        for at, symbol in enumerate(rule.symbols, 1):
            for place in rule.pattern.reached(at):
                if place < len(rule.symbols):
                    pairs.add((symbol, rule.symbols[place]))
                else:
                    ended.setdefault(rule.result, set()).add(plain(symbol))
    for symbol, behind in pairs:
        found[plain(symbol)] |= beginnings[plain(behind)]
    return _spread(found, ended)


def _spread(found: dict[str, int], to: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """What each symbol has, with all that it gets from others, through any number of them."""
    changed = dict.fromkeys(found)
    while changed:
        one, _ = changed.popitem()
        for other in to.get(one, ()):
            if found[one] | found[other] != found[other]:
                found[other] |= found[one]
                changed[other] = None
    return found


@cache
def plain(symbol: str) -> str:
    """A symbol without what is asked of its meaning."""
    return symbol.partition("[")[0]


@cache
def constraint(symbol: str) -> Constraint | None:
    """What a symbol asks of the meaning of its category, if anything."""
    if not (asked := CONSTRAINT.fullmatch(symbol)):
        return None
    found = filter(None, map(CONDITION.fullmatch, asked["asked"].split(",")))
    return Constraint(tuple(Condition(one["feature"], bool(one["absent"]), one["value"]) for one in found))
