"""Headlines and caveats: what an answer says, case by case from tests/answers.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answers import answer, figure, templates, when
from ruamel.yaml import YAML

from xinfo.understand.reading import Scope, Slots

CASES = YAML(typ="safe").load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))


def slots(written: dict[str, Any]) -> Slots:
    """Slots from YAML: lists are tuples, periods ids, scopes mappings."""
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in written.items()}
    for name in ("scope", "other"):
        if name in values:
            values[name] = Scope(**values[name])
    return Slots(**values | ({"periods": when(*values["periods"])} if "periods" in values else {}))


def asked(case: dict[str, Any], lang: str) -> Any:
    rows = [row if case.get("bare") else figure(row["value"], **{k: v for k, v in row.items() if k != "value"})
            for row in case["rows"]]  # fmt: skip
    more = {name: case[name] for name in ("confidence", "params") if name in case}
    return answer(case["template"], rows, slots(case["slots"]), lang, expected=tuple(case.get("expected", ())), **more)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_the_sentence_gives_the_figure_its_unit_and_its_period(case: dict[str, Any], lang: str) -> None:
    assert asked(case, lang).headline == case[lang]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", [c for c in CASES if "caveats" in c], ids=lambda case: case["about"])
def test_what_has_to_be_known_besides_is_said_and_nothing_else(case: dict[str, Any], lang: str) -> None:
    said = asked(case, lang).caveats
    wanted = case["caveats"][lang]
    assert list(said) == wanted


@pytest.mark.parametrize("lang", ["en", "zh"])
# The sentence of `fact` is a text of its own for each fact of a store.
@pytest.mark.parametrize("name", sorted(templates().keys() - {"fact"}))
def test_every_headline_of_every_template_can_be_filled(name: str, lang: str) -> None:
    wording = templates()[name].headline[lang]
    measures = set(templates()[name].measures)
    if not isinstance(wording, str):
        assert "value" in wording or measures <= set(wording), "a wording for everything else"
    told = answer(name, [], Slots(metric="gdp", periods=when("2014")), lang)
    assert "{" not in told.headline
    assert told.headline.endswith((".", "。")) or not measures


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_doubt_about_what_is_shown_is_told_apart_from_what_else_has_to_be_known(lang: str) -> None:
    rows = [figure(0.9808, place="xining", comparisons=["about"]), figure(0.9, place="wuhan", comparisons=["at_least"])]
    asked_for = Slots(measure="attainment", metric="info_consumption", scope=Scope(), periods=when("2015"), cmp="<",
                      threshold=1)  # fmt: skip
    told = answer("filter", rows, asked_for, lang)
    assert len(told.doubts) == 1
    assert set(told.doubts) < set(told.caveats)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_place_that_may_be_no_pilot_is_told_as_such_where_it_is_asked_for_alone(lang: str) -> None:
    asked_for = Slots(metric="gdp", places=("xining",), periods=when("2015"))
    told = answer("value", [figure(1.0e11, place="xining")], asked_for, lang, confidence="low")
    said = {"en": "Pilot status unconfirmed: Xining.", "zh": "西宁市是否属于试点尚待核实。"}
    assert list(told.doubts) == [said[lang]]
    # Another sentence already says it.
    row = {"place": "xining", "batch": "1", "confidence": "low"}
    assert not answer("is_pilot", [row], Slots(places=("xining",)), lang, confidence="low").doubts
