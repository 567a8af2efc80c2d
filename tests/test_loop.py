"""The loop that makes understanding better: questions kept, phrases tried, phrases taken in, on a small vocabulary."""

from __future__ import annotations

import csv
import io
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from tests import answers
from xinfo.answer.answer import NotAnswered
from xinfo.errors import InputError, StoreError
from xinfo.loop import asked, own, proposals, reports
from xinfo.loop.asked import masked
from xinfo.loop.proposals import Proposal, Trial, meanings
from xinfo.nlu.parser import Parsers
from xinfo.store.assets import file_of_words
from xinfo.understand.correct import Speller
from xinfo.understand.read import Reader, read
from xinfo.understand.reading import Reading, Unclear
from xinfo.understand.vocabulary import build_lexicon

AT = datetime(2016, 2, 1, 8, 0)
LATER = datetime(2016, 2, 2, 9, 30)
CAPITAL = Proposal("夏都", "place", "xining")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return opened()


def opened(own: Path | None = None) -> Reader:
    catalog = answers.catalog()
    lexicon = build_lexicon(answers.QUERIES, catalog, own)
    return Reader(
        lexicon, tuple(answers.templates().values()), catalog, Speller(lexicon, catalog), Parsers(answers.QUERIES)
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "demo.duckdb"


def reply(reader: Reader, question: str) -> NotAnswered:
    understood, _ = read(question, reader)
    assert isinstance(understood, Unclear)
    return NotAnswered(understood, {})


def kept(store: Path, reader: Reader, *questions: str) -> tuple[asked.Asked, ...]:
    for question in questions:
        assert asked.note(store, reply(reader, question), AT)
    return asked.listed(store)


def test_a_question_without_an_answer_is_kept_with_its_unknown_words(store: Path, reader: Reader) -> None:
    (found,) = kept(store, reader, "ARPU of Xining in 2015")
    assert (found.question, found.lang, found.kind, found.words) == (
        "ARPU of Xining in 2015",
        "en",
        "unknown_words",
        ("ARPU",),
    )
    assert (found.first_asked, found.times) == ("2016-02-01T08:00:00", 1)


def test_the_same_question_in_other_spelling_is_one_row_with_a_count(store: Path, reader: Reader) -> None:
    kept(store, reader, "ARPU of Xining in 2015", "arpu  of Xining in ２０１５？")
    asked.note(store, reply(reader, "ARPU of Xining in 2015"), LATER)
    (found,) = asked.listed(store)
    assert (found.times, found.first_asked[:10], found.last_asked[:10]) == (3, "2016-02-01", "2016-02-02")


def test_the_question_asked_last_comes_first(store: Path, reader: Reader) -> None:
    kept(store, reader, "ARPU of Xining in 2015")
    asked.note(store, reply(reader, "ARPU of Wuhan in 2015"), LATER)
    assert [found.question[8:13] for found in asked.listed(store)] == ["Wuhan", "Xinin"]


def test_every_reason_has_its_kind(store: Path, reader: Reader) -> None:
    found = kept(store, reader, "ARPU of Xining in 2015", "Will GDP of Xining grow?", "GDP of Xining")
    assert {row.question.split()[0]: row.kind for row in found} == {
        "ARPU": "unknown_words",
        "Will": "refused",
        "GDP": "unclear",
    }


def test_an_answer_a_page_of_a_place_and_an_empty_question_are_not_kept(store: Path, reader: Reader) -> None:
    assert not any(asked.note(store, reply(reader, said), AT) for said in ("  ", "Xining", "what can I ask?"))
    assert asked.listed(store) == ()
    assert not asked.beside(store).exists()


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("GDP of Xining, mail zhang.wei@example.com", "zhang"),
        ("GDP of Xining, call 13812345678", "1381"),
        ("西宁GDP，电话０１０－６２３４５６７８", "６２３４"),
        ("GDP, +86 138 1234 5678", "5678"),
        ("我叫张伟，西宁2015年GDP", "张伟"),
        ("Mr. Zhang Wei wants GDP of Xining", "Zhang"),
        ("王芳女士要西宁GDP", "王芳"),
    ],
)  # fmt: skip
def test_what_says_who_a_person_is_is_masked(said: str, hidden: str) -> None:
    assert hidden not in masked(said)
    assert "…" in masked(said)


@pytest.mark.parametrize(
    "said", ["above 15000000000 yuan in 2015", "2013年前三季度，2014-2015", "更高于13800000000元？", "12.5%"]
)
def test_figures_and_periods_are_not_masked(said: str) -> None:
    assert masked(said) == said


def test_nothing_of_an_address_gets_into_the_file(store: Path, reader: Reader) -> None:
    kept(store, reader, "Who is zhangwei@example.com in Xining?")
    written = b"".join(path.read_bytes() for path in store.parent.glob("demo.duckdb.asked*"))
    assert b"zhangwei" not in written
    assert b"example" not in written


def test_writers_at_once_lose_nothing(store: Path, reader: Reader) -> None:
    said = reply(reader, "ARPU of Xining in 2015")
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: asked.note(store, said, AT), range(24)))
    assert asked.listed(store)[0].times == 24


def test_a_folder_that_is_not_there_does_not_stand_between_user_and_reply(tmp_path: Path, reader: Reader) -> None:
    assert not asked.note(tmp_path / "none" / "demo.duckdb", reply(reader, "ARPU of Xining"), AT)


def test_a_file_of_a_newer_form_or_none_at_all_is_refused(store: Path) -> None:
    with sqlite3.connect(asked.beside(store)) as file:
        file.execute("pragma user_version = 9")
    with pytest.raises(StoreError, match="newer"):
        asked.listed(store)
    asked.beside(store).write_text("no database at all, but a text of some length " * 40, encoding="utf-8")
    with pytest.raises(StoreError):
        asked.listed(store)


def test_what_is_forgotten_is_gone(store: Path, reader: Reader) -> None:
    found = kept(store, reader, "ARPU of Xining in 2015", "ARPU of Wuhan in 2015")
    asked.forget(store, found[:1])
    assert asked.listed(store) == found[1:]


def test_the_csv_has_a_row_a_question_and_no_formula(store: Path, reader: Reader) -> None:
    found = kept(store, reader, "=HYPERLINK(ARPU) of Xining", "夏都2015年的信息消费")
    rows = list(csv.reader(io.StringIO(asked.to_csv(found).decode("utf-8-sig"))))
    assert len(rows) == 3
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_a_trial_tells_what_would_be_read_and_that_nothing_breaks(store: Path, reader: Reader) -> None:
    trial = proposals.try_out(
        CAPITAL, reader, kept(store, reader, "夏都2015年的信息消费", "夏都2015年的ARPU", "西宁的ARPU")
    )
    assert [change.question for change in trial.answered] == ["夏都2015年的信息消费"]
    assert [change.question for change in trial.different] == ["夏都2015年的ARPU"]
    assert trial.passed
    assert trial.tested > 100


def test_a_trial_leaves_the_reader_as_it_was(reader: Reader) -> None:
    proposals.try_out(CAPITAL, reader, ())
    assert isinstance(read("夏都2015年的信息消费", reader)[0], Unclear)


def test_a_phrase_that_breaks_what_was_read_is_not_taken_in(reader: Reader, store: Path) -> None:
    trial = proposals.try_out(Proposal("西宁2015年", "place", "xining"), reader, ())
    assert not trial.passed
    assert any("西宁" in change.question for change in trial.broken)
    with pytest.raises(InputError, match="not taken in"):
        own.take_in(trial, store)
    assert not file_of_words(store).exists()


def test_a_phrase_that_means_something_already_is_said_to(reader: Reader) -> None:
    assert proposals.try_out(Proposal("西宁", "metric", "gdp"), reader, ()).also
    with pytest.raises(InputError, match="already"):
        proposals.try_out(Proposal("西宁", "place", "xining"), reader, ())


@pytest.mark.parametrize("phrase", ["", " ", "a" * 61, "[夏]都", "a|b", "夏都: {x}", "# 夏", "2015", "夏\n都: x"])
def test_what_is_no_phrase_is_refused(reader: Reader, phrase: str) -> None:
    if phrase == "夏\n都: x":
        phrase = "夏\n都:"
    with pytest.raises(InputError):
        proposals.try_out(Proposal(phrase, "place", "xining"), reader, ())


def test_a_phrase_taken_in_is_read_by_whoever_opens_next(reader: Reader, store: Path) -> None:
    own.take_in(proposals.try_out(CAPITAL, reader, ()), store)
    understood, _ = read("夏都2015年的信息消费", opened(file_of_words(store)))
    assert isinstance(understood, Reading)
    assert understood.slots.places == ("xining",)


def test_comments_and_order_of_the_file_stay(store: Path) -> None:
    before = "# ours\norder:\n  desc:\n    en: [tip top] # from the office\nplace:\n  xining: {zh: [湟中城]}\n"
    file_of_words(store).write_text(before, encoding="utf-8")
    own.take_in(Trial(CAPITAL, (), (), (), 1), store)
    after = file_of_words(store).read_text(encoding="utf-8")
    assert after == before.replace("[湟中城]", "[湟中城, 夏都]")
    own.take_out(CAPITAL, store)
    assert file_of_words(store).read_text(encoding="utf-8") == before


def test_of_what_people_teach_at_once_nothing_is_lost(store: Path) -> None:
    phrases = [f"word {one}{two}" for one in "abcd" for two in "abcdef"]
    own.take_in(Trial(CAPITAL, (), (), (), 1), store)
    with ThreadPoolExecutor(8) as people:
        taught = [
            people.submit(own.take_in, Trial(Proposal(phrase, "order", "desc"), (), (), (), 1), store)
            for phrase in phrases
        ]
        removed = people.submit(own.take_out, CAPITAL, store)
    for one in (*taught, removed):
        one.result()
    assert sorted(one.phrase for one in own.own_phrases(store)) == phrases


def test_words_that_yaml_takes_for_something_else_stay_words(store: Path) -> None:
    for phrase in ("no", "on", "yes", "null", "1e3", "+1"):
        own.take_in(Trial(Proposal(phrase, "order", "desc"), (), (), (), 1), store)
    assert [p.phrase for p in own.own_phrases(store)] == ["no", "on", "yes", "null", "1e3", "+1"]


def test_the_last_phrase_taken_out_leaves_a_file_that_can_be_read(store: Path) -> None:
    own.take_in(Trial(CAPITAL, (), (), (), 1), store)
    own.take_out(CAPITAL, store)
    assert own.own_phrases(store) == ()
    opened(file_of_words(store))
    own.take_in(Trial(CAPITAL, (), (), (), 1), store)
    assert own.own_phrases(store) == (CAPITAL,)


def test_a_broken_file_is_left_alone(store: Path) -> None:
    file_of_words(store).write_text("order: [", encoding="utf-8")
    with pytest.raises(InputError):
        own.take_in(Trial(CAPITAL, (), (), (), 1), store)
    assert file_of_words(store).read_text(encoding="utf-8") == "order: ["
    assert not list(store.parent.glob(".demo*"))


def test_every_meaning_that_is_offered_has_words_in_some_language(reader: Reader) -> None:
    offered = meanings(reader.lexicon, reader.catalog)
    assert {"metric", "place", "order", "measure", "over"} <= set(offered)
    assert all(meaning.words(lang) for values in offered.values() for meaning in values for lang in ("en", "zh"))


def test_what_is_said_of_an_answer_reaches_the_steward_with_all_it_takes(store: Path) -> None:
    slots = answers.Slots(metric="gdp", places=("xining",), periods=answers.when("2014"))
    told = answers.answer("value", [answers.figure(8e9, place="xining")], slots, question="GDP of Xining?")
    reports.keep(store, reports.report(told, reports.WRONG, "ask wang@example.org, it is 9", AT))
    reports.keep(store, reports.report(told, reports.RIGHT, "", LATER))
    right, wrong = reports.listed(store)
    assert (right.verdict, wrong.verdict, wrong.question, wrong.answer) == (
        "right",
        "wrong",
        "GDP of Xining?",
        told.headline,
    )
    assert wrong.sql == told.sql
    assert "example.org" not in wrong.note
    reports.settle(store, wrong.number, LATER)
    assert [one.settled for one in reports.listed(store)] == ["", LATER.isoformat()]
