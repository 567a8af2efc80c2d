"""Every answer's first line asked again is the same question: the same template and slots, in both languages."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampled import slots_of

from xinfo.query.catalog import read_divisions
from xinfo.store.periods import Period
from xinfo.understand.catalog import Catalog, Metric, Place
from xinfo.understand.correct import Speller
from xinfo.understand.read import Reader, read
from xinfo.understand.reading import Reading, Slots
from xinfo.understand.say import sentence
from xinfo.understand.template import Template, load_templates, read_yaml
from xinfo.understand.vocabulary import build_lexicon

ROOT = Path(__file__).parents[1]
PLACE_LISTS = {"shipped": ROOT / "data" / "place.csv", "confusable": ROOT / "tests" / "canonical" / "places.csv"}
PLACE = "place_id name_en name_zh admin_type province_en province_zh region batch adcode confidence".split()
METRIC = "metric_id label_en label_zh unit kind numerator denominator growth_of".split()
TEMPLATES = {t.template_id: t for t in load_templates(ROOT / "queries")[0]}


def rows(path: Path, names: list[str], empty: str | None) -> list[list[str | None]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [[row[name] or empty for name in names] for row in csv.DictReader(file)]


@cache
def reader(places: str) -> Reader:
    listed = [Place(*(value or "" for value in row)) for row in rows(PLACE_LISTS[places], PLACE, None)]  # type: ignore[arg-type]
    catalog = Catalog(
        places={p.place_id: p if p.batch else Place(**{**vars(p), "batch": None}) for p in listed},
        metrics={str(row[0]): Metric(*row) for row in rows(ROOT / "data" / "metric.csv", METRIC, None)},  # type: ignore[arg-type]
        divisions=tuple(read_divisions(ROOT / "data" / "division.csv")),
        facts=frozenset(read_yaml(ROOT / "queries" / "vocabulary" / "facts.yaml")["fact"]),
        data_from=Period(2012, 1, 3),
        data_to=Period(2015, 10, 12),
    )
    lexicon = build_lexicon(ROOT / "queries", catalog)
    return Reader(lexicon, tuple(TEMPLATES.values()), catalog, Speller(lexicon, catalog))


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
    for lang in ("en", "zh"):
        said, read_as, again = read_back(template, slots, places, lang)
        assert (read_as, again) == (template_id, slots), said


@pytest.mark.parametrize("places", PLACE_LISTS)
@pytest.mark.parametrize("template_id", sorted(TEMPLATES))
@settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_canonical_sentence_is_read_as_what_it_says(template_id: str, places: str, data: st.DataObject) -> None:
    check(template_id, places, data)


@pytest.mark.slow
@pytest.mark.parametrize("places", PLACE_LISTS)
@pytest.mark.parametrize("template_id", sorted(TEMPLATES))
@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_many_canonical_sentences_are_read_as_what_they_say(template_id: str, places: str, data: st.DataObject) -> None:
    check(template_id, places, data)
