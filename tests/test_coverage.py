"""Coverage of the templates: what the check reports of the shipped ones, and that it finds what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import answers
from xinfo.nlu.parser import Parsers
from xinfo.understand.called import add_called
from xinfo.understand.correct import Speller
from xinfo.understand.coverage import CoverageReport, check_templates
from xinfo.understand.coverage.cues import dead_cues
from xinfo.understand.read import Reader
from xinfo.understand.template import Example, Template
from xinfo.understand.template_parts import GRAMMAR
from xinfo.understand.vocabulary import build_lexicon

QUERIES = answers.QUERIES


@pytest.fixture(scope="module")
def reader() -> Reader:
    catalog = answers.catalog()
    lexicon = build_lexicon(QUERIES, catalog)
    speller, parsers = Speller(lexicon, catalog), Parsers(QUERIES)
    return Reader(lexicon, tuple(answers.templates().values()), catalog, speller, parsers)


def only(reader: Reader, *templates: Template) -> Reader:
    return replace(reader, templates=templates)


def report(reader: Reader) -> CoverageReport:
    return check_templates(reader)


@pytest.fixture(scope="module")
def shipped(reader: Reader) -> CoverageReport:
    return report(reader)


def test_every_shipped_template_has_examples_in_both_languages(reader: Reader) -> None:
    assert [t.template_id for t in reader.templates if not t.examples and not t.needs & GRAMMAR] == []


def test_the_examples_of_the_shipped_templates_are_read_to_their_templates_and_slots(shipped: CoverageReport) -> None:
    assert shipped.complaints == ()
    assert sum(row.examples - row.skipped for row in shipped.rows) >= 40


def test_canonical_sentences_fit_no_other_template(shipped: CoverageReport) -> None:
    assert [str(collision) for collision in shipped.collisions] == []
    assert sum(row.sampled for row in shipped.rows) >= 150


def test_a_template_without_examples_is_named(reader: Reader) -> None:
    bare = replace(answers.templates()["value"], examples=())
    assert "no examples" in report(only(reader, bare)).complaints[0]


def test_an_example_that_is_read_otherwise_is_named_with_what_was_read(reader: Reader) -> None:
    wrong = Example(
        "GDP of Xining in 2015", "西宁2014年GDP", {"metric": "gdp", "places": ["xining"], "periods": [2015]}
    )
    found = report(only(reader, replace(answers.templates()["value"], examples=(wrong,))))
    assert len(found.complaints) == 1
    assert "西宁2014年GDP" in found.complaints[0]
    assert "2014" in found.complaints[0]


def test_an_example_about_places_that_the_store_has_not_is_left_out(reader: Reader) -> None:
    away = Example("GDP of Atlantis in 2015", "亚特兰蒂斯2015年GDP", {"metric": "gdp", "places": ["atlantis"]})
    found = report(only(reader, replace(answers.templates()["value"], examples=(away,))))
    assert (found.complaints, found.rows[0].skipped) == ((), 2)


def test_two_templates_that_fit_the_same_question_are_found(reader: Reader) -> None:
    value = answers.templates()["value"]
    found = report(only(reader, value, replace(value, template_id="twin")))
    assert not found.passed
    assert set(found.collisions[0].fits) == {"value", "twin"}


def test_of_some_templates_alone_their_own_troubles_are_told(reader: Reader) -> None:
    value = answers.templates()["value"]
    thief = replace(value, template_id="thief", examples=())
    found = check_templates(only(reader, value, thief, replace(answers.templates()["rank"], examples=())), {"thief"})
    assert [row.template_id for row in found.rows] == ["thief"]
    assert {"value", "thief"} == set(found.collisions[0].fits)
    assert ["no examples" in complaint for complaint in found.complaints] == [True]


def test_a_cue_phrase_that_two_templates_call_their_own_is_found(reader: Reader) -> None:
    catalog = reader.catalog
    lexicon = build_lexicon(QUERIES, catalog)
    value = answers.templates()["value"]
    one, two = (
        replace(value, template_id=name, phrases={"en": (phrase,)}, examples=())
        for name, phrase in (("one", "monthly board"), ("two", "Monthly Board"))
    )
    add_called(lexicon, (one, two))
    found = report(Reader(lexicon, (one, two), catalog, Speller(lexicon, catalog), Parsers(answers.QUERIES)))
    assert found.collisions[0].fits == ("one", "two")


def test_words_that_no_template_uses_and_signs_that_no_word_makes_heard_are_dead(reader: Reader) -> None:
    without = tuple(t for t in reader.templates if "near" not in t.needs)
    assert ("cue", "near") in {(d.kind, d.name) for d in dead_cues(without, reader.lexicon, reader.catalog)}
    assert ("cue", "near") not in {
        (d.kind, d.name) for d in dead_cues(reader.templates, reader.lexicon, reader.catalog)
    }


def test_a_vocabulary_file_of_a_metric_the_store_has_not_is_dead(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("metric: {unicorns: {en: [unicorns]}}", encoding="utf-8")
    lexicon = build_lexicon(QUERIES, reader.catalog, tmp_path / "own.yaml")
    dead = dead_cues(reader.templates, lexicon, reader.catalog)
    assert ("metric", "unicorns", 1) in {(d.kind, d.name, d.phrases) for d in dead}


def test_more_places_make_more_questions_and_needs_alone_the_fewest(reader: Reader) -> None:
    value = answers.templates()["value"]
    full = report(only(reader, value)).rows[0]
    bare = report(only(reader, replace(value, takes=frozenset()))).rows[0]
    assert 0 < bare.meanings < full.meanings
    assert all(0 < bare.sentences[lang] < full.sentences[lang] for lang in ("en", "zh"))
