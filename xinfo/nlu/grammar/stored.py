"""A grammar as plain values and back, so that it can be kept where it need not be put together again.

Writes no files, and knows nothing of where values are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinfo.nlu.grammar.compiled import Grammar
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.grammar.rules import Pattern, Production, Rule

Plain = tuple[list[tuple[str, tuple[str, ...], tuple[tuple[int, int], ...], dict[str, Any], str]], list[int], list[int]]
"""Rules by result, symbols, what is optional, features and production; what symbols begin with and what follows them,
in the order that `Symbols.bits` has them."""


def plain_values(grammar: Grammar, productions: Mapping[str, Production]) -> Plain:
    """A grammar in values that marshal takes; a production by its name in `productions`."""
    names = {made: name for name, made in productions.items()}
    rules = [
        (rule.result, rule.pattern.symbols, rule.pattern.optional, dict(rule.features), names.get(rule.production, ""))
        for rule in grammar.rules
    ]
    bits, symbols = grammar.symbols.bits, grammar.symbols
    return rules, [symbols.beginnings[one] for one in bits], [symbols.followers[one] for one in bits]


def read_back(values: Plain, productions: Mapping[str, Production], unnamed: Production) -> Grammar:
    """The grammar that `plain_values` was made of; `unnamed` is the production of rules that name none."""
    told, beginnings, followers = values
    nothing = Meaning()
    rules = [
        Rule(result, Pattern(symbols, optional), Meaning(said) if said else nothing, productions.get(name, unnamed))
        for result, symbols, optional, said, name in told
    ]
    return Grammar.of(rules, beginnings, followers)
