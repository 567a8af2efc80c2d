"""Rules of a grammar and the files that declare them: result, pattern, production. Knows no language, parses nothing.

A line of a file is `Result -> pattern`, with features behind it in braces and the name of a production behind a colon:

    Set -> (the)? Number Superlative Pilots   : first
    Figure -> Growth (of|in) Figure           {measure: growth}

In a pattern a word that begins with a capital is a category, any other is a literal; `(a|b c)` is one of several, `?`
makes what stands before it optional, `word!` is that very form and no inflection of it. `Category[feature]`,
`Category[!feature]` and `Category[feature=value]` ask for a category whose meaning has, lacks or holds a feature, and
several of them with commas between them for all of that.
Without a production the meanings of all parts are unified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xinfo.errors import InputError
from xinfo.nlu.grammar.meaning import Meaning, unify
from xinfo.nlu.morphology import as_asked
from xinfo.understand.text import key

Production = Callable[[Sequence[Meaning], Meaning], Meaning | None]
PATTERN = re.compile(r"\s*(\(|\)\??|\||[^\s()|]+)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Symbols in order, with the stretches of them that may be left out; a literal's symbol begins with a quote."""

    symbols: tuple[str, ...] = ()
    optional: tuple[tuple[int, int], ...] = ()
    """From where to where, in order; an outer one may hold others."""

    def reached(self, at: int) -> list[int]:
        """Where one may stand who has come to a place between the symbols, as what may be left out is left out."""
        found = [at]
        for first, last in self.optional:
            if first in found and last not in found:
                found.append(last)
        return found

    def ends(self, at: int) -> bool:
        """Whether nothing more needs to come."""
        return len(self.symbols) in self.reached(at)

    def __str__(self) -> str:
        said = [symbol.replace("[", "<").replace("]", ">") for symbol in self.symbols]
        return " ".join(said) + "".join(f" {first}-{last}" for first, last in self.optional)


@dataclass(eq=False, slots=True)
class Rule:
    """What the symbols of a pattern make."""

    result: str
    pattern: Pattern
    features: Meaning
    production: Production

    @property
    def symbols(self) -> tuple[str, ...]:
        return self.pattern.symbols

    def apply(self, parts: Sequence[Meaning]) -> Meaning | None:
        """The meaning of the result, or None where the parts do not go together."""
        return self.production(parts, self.features)


def unified(parts: Sequence[Meaning], features: Meaning) -> Meaning | None:
    """The production of rules that name none: everything that the parts say, and the features."""
    said = [part for part in (*parts, features) if part]
    return said[0] if len(said) == 1 else unify(*said)


def read_rules(path: Path, productions: Mapping[str, Production]) -> Iterator[Rule]:
    """The rules of a file. Raises InputError with file and line."""
    groups: Groups = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not (said := line.partition("#")[0].strip()):
            continue
        try:
            yield _rule_of(said, productions, groups)
        except (ValueError, KeyError) as error:
            raise InputError(
                f"{path}:{number}: no rule: {error}", "Result -> pattern {features} : production"
            ) from error
    nothing = Meaning()
    yield from (Rule(group, way, nothing, unified) for group, ways in groups.items() for way in ways)


def _rule_of(line: str, productions: Mapping[str, Production], groups: Groups) -> Rule:
    result, arrow, rest = line.partition("->")
    if not arrow:
        raise ValueError("'->' is missing")
    rest, _, name = rest.partition(" : ")
    said, _, features = rest.partition("{")
    production = productions[name.strip()] if name.strip() else unified
    pattern = _read_pattern(said, groups)
    return Rule(result.strip(), pattern, Meaning(_features(features.strip().removesuffix("}"))), production)


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


Groups = dict[str, list[Pattern]]
"""The ways of each group of several by its name."""


def _read_pattern(written: str, groups: Groups) -> Pattern:
    """A pattern; the groups in it are added to those known: what may be one of several is a category of its own."""
    options, rest = _choice(PATTERN.findall(written.strip()), groups)
    if rest:
        raise ValueError(f"'{rest[0]}' closes nothing")
    return _one_of(options, groups)


def _choice(tokens: list[str], groups: Groups) -> tuple[list[Pattern], list[str]]:
    options: list[Pattern] = []
    while True:
        found, tokens = _sequence(tokens, groups)
        options.append(found)
        if not tokens or tokens[0] != "|":
            return options, tokens
        tokens = tokens[1:]


def _sequence(tokens: list[str], groups: Groups) -> tuple[Pattern, list[str]]:
    symbols: list[str] = []
    optional: list[tuple[int, int]] = []
    while tokens and tokens[0] not in ("|", ")", ")?"):
        token, tokens, start = tokens[0], tokens[1:], len(symbols)
        if token == "(":
            options, tokens = _choice(tokens, groups)
            if not tokens:
                raise ValueError("'(' is not closed")
            part, token, tokens = _one_of(options, groups), tokens[0], tokens[1:]
            symbols += part.symbols
            optional += ((start + first, start + last) for first, last in part.optional)
            left_out = token == ")?" or any(option.ends(0) for option in options)
        else:
            left_out = token.endswith("?") and token != "?"
            symbols += _symbols(token[:-1] if left_out else token)
        if left_out:
            optional.append((start, len(symbols)))
    return Pattern(tuple(symbols), tuple(sorted(optional))), tokens


def _one_of(options: list[Pattern], groups: Groups) -> Pattern:
    """One symbol for several options; it is named after them, so that the same group is one category everywhere."""
    said = [option for option in dict.fromkeys(options) if option.symbols]
    if len(said) < 2:
        return said[0] if said else Pattern()
    name = f"({'|'.join(map(str, said))})"
    groups[name] = said
    return Pattern((name,))


@cache
def _symbols(token: str) -> tuple[str, ...]:
    """A category as it is; a literal as one symbol for each of its tokens."""
    if token[0].isascii() and token[0].isupper():
        return (token,)
    exact = "!" if len(token) > 1 and token.endswith("!") else ""
    return tuple(f"'{word}{exact}" for word in as_asked(key(token.removesuffix(exact))))
