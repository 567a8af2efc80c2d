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
from itertools import product
from pathlib import Path
from typing import Any

from xinfo.errors import InputError
from xinfo.nlu.grammar.meaning import Meaning, unify
from xinfo.nlu.morphology import as_asked
from xinfo.understand.text import key

Production = Callable[[Sequence[Meaning], Meaning], Meaning | None]
PATTERN = re.compile(r"\s*(\(|\)\??|\||[^\s()|]+)")


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


@cache
def _symbols(token: str) -> tuple[str, ...]:
    """A category as it is; a literal as one symbol for each of its tokens."""
    if token[0].isascii() and token[0].isupper():
        return (token,)
    exact = "!" if len(token) > 1 and token.endswith("!") else ""
    return tuple(f"'{word}{exact}" for word in as_asked(key(token.removesuffix(exact))))
