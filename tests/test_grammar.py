"""The rule files hold together: what a rule asks for can be there, and what is made is asked for. Reads no question."""

from __future__ import annotations

import marshal
from inspect import isfunction
from pathlib import Path

import pytest

from tests.asked import ROOT, reader
from xinfo.errors import InputError
from xinfo.nlu.grammar.rules import Rule, read_rules, unified
from xinfo.nlu.grammar.stored import plain_values, read_back
from xinfo.nlu.lattice import ASIDE, CATEGORIES, PARTY, SIGNS
from xinfo.nlu.open_lists import OPEN
from xinfo.nlu.parser import MODULES, PRODUCTIONS, QUESTION, load_parser

LANGUAGES = ("en", "zh")
OF_OTHER_STORES = {"Admin_type_One"}
"""What only a store with kinds of places of its own has words for."""
NAMES = {
    PARTY,
    *OF_OTHER_STORES,
    *"Aside Preamble Name ProvinceAlone Seated Part Number Amount Year PartOfYear Stretch Relative".split(),
}
"""Categories of names, numbers and times, which no word of the vocabulary is a sense of."""
BY_VALUE = ("Cue_", "Measure_", "Time_")
"""Beginnings of categories that are called after a value."""


def rules(lang: str) -> list[Rule]:
    files = sorted((ROOT / "queries" / "grammar" / lang).glob("*.rules"))
    return [rule for path in files for rule in read_rules(path, PRODUCTIONS)]


def asked_for(lang: str) -> set[str]:
    symbols = {symbol for rule in rules(lang) for symbol in rule.symbols}
    return {symbol.partition("[")[0] for symbol in symbols if not symbol.startswith("'")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_rule_waits_for_what_nothing_makes(lang: str) -> None:
    made = {rule.result for rule in rules(lang)} | {*CATEGORIES.values()} | NAMES | {ASIDE, OPEN, *SIGNS.values()}
    compound = {
        "_".join(kind.capitalize() for kind, _ in sense.means)
        for senses in reader(lang).lexicon.senses.values()
        for sense in senses
    }
    waits = {name for name in asked_for(lang) - made - compound if not name.startswith(BY_VALUE)}
    assert not waits


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_made_that_no_rule_asks_for(lang: str) -> None:
    assert {rule.result for rule in rules(lang)} - asked_for(lang) <= {QUESTION}


def test_every_production_is_called_by_a_rule() -> None:
    called = {rule.production for lang in LANGUAGES for rule in rules(lang)}
    assert [name for name, made in PRODUCTIONS.items() if made not in called] == []


@pytest.mark.parametrize(
    ("line", "reason"), [("Figure Metric", "'->' is missing"), ("Figure -> Metric : nobody", "nobody")]
)
def test_a_line_that_is_no_rule_is_told_with_its_place(line: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "broken.rules").write_text(f"# Figures.\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"broken.rules:2: no rule: .*{reason}"):
        list(read_rules(tmp_path / "broken.rules", PRODUCTIONS))


def test_no_two_productions_go_by_one_name() -> None:
    public = [
        f"{module.__name__}.{name}"
        for module in MODULES
        for name, one in vars(module).items()
        if isfunction(one) and one.__module__ == module.__name__ and not name.startswith("_")
    ]
    assert len(public) == len(PRODUCTIONS), sorted(public)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_grammar_that_was_kept_is_the_one_that_was_put_together(lang: str) -> None:
    made = load_parser(ROOT / "queries" / "grammar" / lang).grammar
    values = marshal.loads(marshal.dumps(plain_values(made, PRODUCTIONS)))
    again = read_back(values, PRODUCTIONS, unified)
    told = [
        [(rule.result, rule.pattern, rule.features, rule.production) for rule in grammar.rules]
        for grammar in (made, again)
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 1000
    assert again.symbols == made.symbols
