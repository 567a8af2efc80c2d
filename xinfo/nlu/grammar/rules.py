"""Rules of a grammar and the files that declare them: result, pattern, production. Knows no language, parses nothing.

A line of a file is `Result -> pattern`, with features behind it in braces and the name of a production behind a colon:

    Set -> (the)? Number Superlative Pilots   : first
    Figure -> Growth (of|in) Figure           {measure: growth}

In a pattern a word that begins with a capital is a category, any other is a literal; `(a|b c)` is one of several, `?`
makes what stands before it optional, `word!` is that very form and no inflection of it. `Category[feature]`,
`Category[!feature]` and `Category[feature=value]` ask for a category whose meaning has, lacks or holds a feature.
Without a production the meanings of all parts are unified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from xinfo.errors import InputError
from xinfo.nlu.grammar.meaning import Meaning, unify
from xinfo.understand.text import key

Production = Callable[[Sequence[Meaning], Meaning], Meaning | None]
PATTERN = re.compile(r"\s*(\(|\)\??|\||[^\s()|]+)")
CONSTRAINT = re.compile(r"(?P<category>\w+)\[(?P<absent>!?)(?P<feature>\w+)(?:=(?P<value>\w+))?\]")


@dataclass(frozen=True)
class Rule:
    """What a sequence of symbols makes; a literal's symbol begins with a quote."""

    result: str
    symbols: tuple[str, ...]
    features: Meaning
    production: Production

    def apply(self, parts: Sequence[Meaning]) -> Meaning | None:
        """The meaning of the result, or None where the parts do not go together."""
        return self.production(parts, self.features)


@dataclass
class Node:
    """Rules by the symbols that they begin with: those that share a beginning are followed together."""

    rules: list[Rule] = field(default_factory=list)
    next: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Constraint:
    """A category's name with what is asked of its meaning."""

    symbol: str
    feature: str
    absent: bool
    value: str | None

    def holds(self, meaning: Meaning) -> bool:
        if self.absent:
            return self.feature not in meaning
        found = meaning.get(self.feature)
        return found is not None if self.value is None else found == self.value


@dataclass(frozen=True)
class Grammar:
    """Rules ready to be parsed with."""

    root: Node
    constraints: Mapping[str, tuple[Constraint, ...]]
    """For each category the constrained symbols that some rule asks for."""
    beginnings: Mapping[str, frozenset[str]]
    """For each symbol the categories that it may begin: where none of them is awaited it is of no use."""
    whole: frozenset[str] = frozenset()
    """Categories that nothing is put behind or in front of: of use over a whole text only."""


def unified(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The production of rules that name none: everything that the parts say, and the features."""
    return unify(*parts, features)


def read_rules(path: Path, productions: Mapping[str, Production]) -> Iterator[Rule]:
    """The rules of a file. Raises InputError with file and line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not (said := line.partition("#")[0].strip()):
            continue
        try:
            yield from _rules_of(said, productions)
        except (ValueError, KeyError) as error:
            raise InputError(
                f"{path}:{number}: no rule: {error}", "Result -> pattern {features} : production"
            ) from error


def _rules_of(line: str, productions: Mapping[str, Production]) -> Iterator[Rule]:
    result, arrow, rest = line.partition("->")
    if not arrow:
        raise ValueError("'->' is missing")
    rest, _, name = rest.partition(" : ")
    pattern, _, features = rest.partition("{")
    production = productions[name.strip()] if name.strip() else unified
    made = Meaning(_features(features.strip().removesuffix("}")))
    ways, groups = _read_pattern(pattern)
    yield from (Rule(result.strip(), symbols, made, production) for symbols in ways if symbols)
    yield from (Rule(group, symbols, Meaning(), unified) for group, ways in groups.items() for symbols in ways)


def _features(written: str) -> dict[str, Any]:
    pairs = (pair.partition(":") for pair in written.split(";") if pair.strip())
    return {name.strip(): _value(value.strip()) for name, _, value in pairs}


def _value(written: str) -> Any:
    if written.startswith("[") and written.endswith("]"):
        return frozenset(written[1:-1].replace(",", " ").split())
    if written in ("true", "false"):
        return written == "true"
    if written.lstrip("-").isdigit():
        return int(written)
    return float(written) if written.replace(".", "", 1).isdigit() else written.strip('"')


Way = tuple[str, ...]


def _read_pattern(pattern: str) -> tuple[list[Way], dict[str, list[Way]]]:
    """The sequences of symbols that a pattern stands for, and the ways of each group in it.

    What may be one of several is a category of its own: else their number would be the product of all choices.
    """
    groups: dict[str, list[Way]] = {}
    found, rest = _choice(PATTERN.findall(pattern.strip()), groups)
    if rest:
        raise ValueError(f"'{rest[0]}' closes nothing")
    return list(dict.fromkeys(found)), groups


def _choice(tokens: list[str], groups: dict[str, list[Way]]) -> tuple[list[Way], list[str]]:
    options: list[Way] = []
    while True:
        found, tokens = _sequence(tokens, groups)
        options += found
        if not tokens or tokens[0] != "|":
            return options, tokens
        tokens = tokens[1:]


def _sequence(tokens: list[str], groups: dict[str, list[Way]]) -> tuple[list[Way], list[str]]:
    parts: list[list[Way]] = []
    while tokens and tokens[0] not in ("|", ")", ")?"):
        token, tokens = tokens[0], tokens[1:]
        if token == "(":
            options, tokens = _choice(tokens, groups)
            if not tokens:
                raise ValueError("'(' is not closed")
            parts.append([*_group(options, groups), *([()] if tokens[0] == ")?" else [])])
            tokens = tokens[1:]
        else:
            optional = token.endswith("?") and token != "?"
            symbols = _symbols(token.removesuffix("?") if optional else token)
            parts.append([symbols, ()] if optional else [symbols])
    return [sum(way, ()) for way in product(*parts)], tokens


def _group(options: list[Way], groups: dict[str, list[Way]]) -> list[Way]:
    """One symbol for several options; it is named after them, so that the same group is one category everywhere."""
    said = [way for way in dict.fromkeys(options) if way]
    if len(said) < 2:
        return options
    name = "(" + "|".join(map(" ".join, said)).replace("[", "<").replace("]", ">") + ")"
    groups[name] = said
    return [(name,), *([()] if () in options else [])]


def _symbols(token: str) -> tuple[str, ...]:
    """A category as it is; a literal as one symbol for each of its tokens."""
    if token[0].isascii() and token[0].isupper():
        return (token,)
    exact = "!" if len(token) > 1 and token.endswith("!") else ""
    return tuple(f"'{word}{exact}" for word in as_asked(key(token.removesuffix(exact))))


def as_asked(words: Sequence[str]) -> tuple[str, ...]:
    """Words with those marked that ask by saying both: the 没 of 有没有 and the 不 of 是不是 negate nothing."""
    around = zip(("", *words), words, (*words[1:], ""), strict=False)
    return tuple(
        f"{word}~" if word in ASKING and before and before == after else word for before, word, after in around
    )


ASKING = frozenset("没不")


def compiled(rules: Iterable[Rule]) -> Grammar:
    """A grammar of these rules."""
    rules = list(dict.fromkeys(rules))
    root = Node()
    constraints: dict[str, dict[str, Constraint]] = {}
    for rule in rules:
        node = root
        for symbol in rule.symbols:
            node = node.next.setdefault(symbol, Node())
            if found := CONSTRAINT.fullmatch(symbol):
                asked = Constraint(symbol, found["feature"], bool(found["absent"]), found["value"])
                constraints.setdefault(found["category"], {})[symbol] = asked
        node.rules.append(rule)
    return Grammar(
        root, {name: tuple(asked.values()) for name, asked in constraints.items()}, _beginnings(rules), _whole(rules)
    )


def _whole(rules: Sequence[Rule]) -> frozenset[str]:
    """Results that are no part of any rule, or all of rules for such results."""
    found = {rule.result for rule in rules}
    while inner := found & {plain(s) for r in rules if len(r.symbols) > 1 or r.result not in found for s in r.symbols}:
        found -= inner
    return frozenset(found)


def _beginnings(rules: Sequence[Rule]) -> dict[str, frozenset[str]]:
    """For each symbol the categories that it may be the first part of, through any number of rules, and itself."""
    above: dict[str, set[str]] = {}
    for rule in rules:
        above.setdefault(plain(rule.symbols[0]), set()).add(rule.result)
    found: dict[str, frozenset[str]] = {}
    for symbol in {*above, *(rule.result for rule in rules), *(plain(s) for rule in rules for s in rule.symbols)}:
        reached, open_ones = {symbol}, [symbol]
        while open_ones:
            new = above.get(open_ones.pop(), set()) - reached
            reached |= new
            open_ones += new
        found[symbol] = frozenset(reached)
    return found


def plain(symbol: str) -> str:
    """A symbol without what is asked of its meaning."""
    return symbol.partition("[")[0]
