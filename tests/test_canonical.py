"""Every answer's first line asked again is the same question: the same template and slots, in both languages."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sampled import nested, rates_over_years, slots_of

from xinfo.language.texts import languages, missing, texts
from xinfo.nlu.parser import Parsers
from xinfo.query.catalog import read_divisions
from xinfo.store.periods import Period, parse_id
from xinfo.understand.catalog import Catalog, Metric, Place
from xinfo.understand.correct import Speller
from xinfo.understand.read import Reader, read
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say import phrases, sentence
from xinfo.understand.template import Template, load_templates, read_yaml
from xinfo.understand.template_parts import GRAMMAR
from xinfo.understand.vocabulary import build_lexicon

ROOT = Path(__file__).parents[1]
PLACE_LISTS = {"shipped": ROOT / "data" / "place.csv", "confusable": ROOT / "tests" / "canonical" / "places.csv"}
PLACE = "place_id name_en name_zh admin_type province_en province_zh region batch adcode confidence".split()
METRIC = "metric_id label_en label_zh unit kind numerator denominator growth_of".split()
COUNTING = {"all", "n", "one", "many"}
"""How many there are is told by the noun's number or a numeral, as the language has it."""
SHAPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("places", "consumer", "offering", "sector"), tuple),
    **dict.fromkeys(("scope", "other"), lambda said: Scope(**{**said, "without": tuple(said.get("without", ()))})),
    "periods": lambda ids: tuple(When(parse_id(a), parse_id(b or a)) for a, _, b in (i.partition("..") for i in ids)),
}
"""How the slots of sentences.yaml are written there."""
TEMPLATES = {t.template_id: t for t in load_templates(ROOT / "queries")[0]}
HEARD = sorted(name for name, template in TEMPLATES.items() if not template.needs & GRAMMAR)
"""Those that a question can be heard to call for."""


def rows(path: Path, names: list[str], empty: str | None) -> list[list[str | None]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [[row[name] or empty for name in names] for row in csv.DictReader(file)]


@cache
def reader(places: str) -> Reader:
    listed = [Place(*(value or "" for value in row)) for row in rows(PLACE_LISTS[places], PLACE, None)]  # type: ignore[arg-type]
    catalog = Catalog(
        places={p.place_id: p if p.batch else Place(**{**vars(p), "batch": None}) for p in listed},
        metrics={str(row[0]): Metric(*row) for row in rows(ROOT / "data" / "metric.csv", METRIC, None)},  # type: ignore[arg-type]
        divisions=read_divisions(ROOT / "data" / "division.csv"),
        facts=frozenset(str(row[0]) for row in rows(ROOT / "data" / "fact.csv", ("fact_id",), None)),
        data_from=Period(2012, 1, 3),
        data_to=Period(2015, 10, 12),
    )
    lexicon = build_lexicon(ROOT / "queries", catalog)
    return Reader(lexicon, tuple(TEMPLATES.values()), catalog, Speller(lexicon, catalog), Parsers(ROOT / "queries"))


def read_back(template: Template, slots: Slots, places: str, lang: str) -> tuple[str, object, object]:
    """The sentence, and what it is understood as."""
    said = sentence(template, slots, reader(places).catalog, lang)
    understood, _ = read(said, reader(places), lang)
    if isinstance(understood, Reading):
        return said, understood.template.template_id, understood.slots
    return said, understood.status, understood.reason


def check(template_id: str, places: str, data: st.DataObject) -> None:
    template = TEMPLATES[template_id]
    slots = data.draw(slots_of(template, reader(places).catalog), label="slots")
    assume(not rates_over_years(slots, reader(places).catalog))
    for lang in ("en", "zh"):
        said, read_as, again = read_back(template, slots, places, lang)
        assert (read_as, again) == (template_id, slots), said


@pytest.mark.parametrize("places", PLACE_LISTS)
@pytest.mark.parametrize("template_id", HEARD)
@settings(max_examples=2, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_canonical_sentence_is_read_as_what_it_says(template_id: str, places: str, data: st.DataObject) -> None:
    check(template_id, places, data)


@pytest.mark.long
@pytest.mark.parametrize("places", PLACE_LISTS)
@pytest.mark.parametrize("template_id", HEARD)
@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_many_canonical_sentences_are_read_as_what_they_say(template_id: str, places: str, data: st.DataObject) -> None:
    check(template_id, places, data)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("template_id", ["figures_by_place", "total", "average", "filter", "count"])
@settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_sentence_of_chosen_members_is_read_as_what_it_says(template_id: str, lang: str, data: st.DataObject) -> None:
    over = "place" if template_id == "figures_by_place" else None
    slots = data.draw(nested(over, template_id in ("filter", "count")), label="slots")
    said, read_as, again = read_back(TEMPLATES[template_id], slots, "shipped", lang)
    assert (read_as, again) == (template_id, slots), said


@pytest.mark.parametrize(
    ("metric", "threshold", "written"),
    [
        ("gdp", 1_234_567.89, {"en": "1.23456789 million yuan", "zh": "123.456789万元"}),
        ("gdp", 12.5e9, {"en": "12.5 billion yuan", "zh": "125亿元"}),
        ("gdp", 123_456_789_012_345.67, {"en": "123.45678901234567 trillion yuan", "zh": "123.45678901234567万亿元"}),
        ("gdp", 2015.0, {"en": "2,015 yuan", "zh": "2,015元"}),
        ("gdp", 0.0, {"en": "0 yuan", "zh": "0元"}),
        ("internet_penetration", 0.001, {"en": "0.1%", "zh": "0.1%"}),
        ("internet_penetration", 0.29, {"en": "29%", "zh": "29%"}),
        ("population", 2014.0, {"en": "2,014", "zh": "2,014"}),
        ("population", 12_345_678.0, {"en": "12.345678 million", "zh": "1,234.5678万"}),
        ("gdp_per_capita", 20_000.0, {"en": "20,000 yuan per person", "zh": "20,000元"}),
        ("urban_broadband_access_speed", 20.0, {"en": "20 Mbps", "zh": "20兆比特每秒"}),
        ("international_internet_bandwidth", 1.5, {"en": "1.5 Gbps", "zh": "1.5吉比特每秒"}),
    ],
)
def test_a_threshold_is_written_exactly_and_read_as_the_same_number(
    metric: str, threshold: float, written: dict[str, str]
) -> None:
    periods = (When.of(Period(2014)),)
    slots = Slots(metric=metric, scope=Scope(), periods=periods, cmp=">", threshold=threshold)
    for lang, number in written.items():
        said, template_id, again = read_back(TEMPLATES["filter"], slots, "shipped", lang)
        assert number in said
        assert (template_id, again) == ("filter", slots), said


@pytest.mark.parametrize(
    ("template_id", "slots", "en", "zh"),
    [(c["template"], c["slots"], c["en"], c["zh"]) for c in read_yaml(ROOT / "tests" / "canonical" / "sentences.yaml")],
)
def test_sentences_read_as_people_write_them(template_id: str, slots: dict[str, Any], en: str, zh: str) -> None:
    filled = Slots(**{name: SHAPES.get(name, lambda value: value)(value) for name, value in slots.items()})
    for lang, expected in (("en", en), ("zh", zh)):
        said, read_as, again = read_back(TEMPLATES[template_id], filled, "shipped", lang)
        assert said == expected
        assert (read_as, again) == (template_id, filled)


@pytest.mark.parametrize("lang", languages())
def test_every_text_is_there_in_every_language_with_the_same_placeholders(lang: str) -> None:
    assert missing(lang) == set()
    for key, written in texts(lang).items():
        assert placeholders(written) - COUNTING == placeholders(texts("en")[key]) - COUNTING, key


@pytest.mark.parametrize("template_id", sorted(TEMPLATES))
def test_sentences_hold_only_phrases_that_there_are(template_id: str) -> None:
    known = phrases(Slots(), reader("shipped").catalog, "en").keys()
    for lang, written in TEMPLATES[template_id].sentence.items():
        assert placeholders(written) <= known, lang


def placeholders(written: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(written) if name}


@pytest.mark.parametrize("lang", languages())
def test_whatever_a_template_needs_can_be_asked_for(lang: str) -> None:
    needs = {sign for template in TEMPLATES.values() for sign in template.needs}
    assert {f"sign.{sign}" for sign in needs} <= texts(lang).keys()
