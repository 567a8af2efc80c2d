"""The Activity page driven without a browser: kept questions in sight, a phrase tried and taken in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests import answers
from xinfo.answer.answer import NotAnswered
from xinfo.language.texts import text
from xinfo.loop import asked, own
from xinfo.loop.proposals import KINDS
from xinfo.nlu.parser import Parsers
from xinfo.ui import session
from xinfo.understand.correct import Speller
from xinfo.understand.read import Reader, read
from xinfo.understand.reading import Unclear
from xinfo.understand.vocabulary import build_lexicon

PAGE = "from xinfo.ui import activity\nactivity.page()"
CHOSEN = """
from xinfo.loop.asked import Asked
from xinfo.ui import missed
missed._todo(Asked("q", "en", "clarify", "{kind}", "because", (), 1, "2016-02-01", "2016-02-01"), "en")
"""
QUESTION = "夏都2015年的信息消费"


@pytest.fixture
def reader() -> Reader:
    catalog = answers.catalog()
    lexicon = build_lexicon(answers.QUERIES, catalog)
    templates = tuple(t for t in answers.templates().values() if t.template_id in ("value", "rank"))
    return Reader(lexicon, templates, catalog, Speller(lexicon, catalog), Parsers(answers.QUERIES))


@pytest.fixture
def page(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    workspace = SimpleNamespace(reader=reader, catalog=reader.catalog, meta={})
    monkeypatch.setattr(session, "store", lambda: tmp_path / "demo.duckdb")
    monkeypatch.setattr(session, "figures", lambda: ("1", False))
    monkeypatch.setattr(session, "here", lambda: workspace)
    return AppTest.from_string(PAGE, default_timeout=30)


def keep(reader: Reader, store: Path) -> None:
    understood, _ = read(QUESTION, reader)
    assert isinstance(understood, Unclear)
    asked.note(store, NotAnswered(understood, {}), datetime(2016, 2, 1, 8, 0))


def test_without_kept_questions_the_page_says_so(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert page.info[0].value == text("activity.nothing", "en")


def test_a_phrase_is_tried_and_taken_in_and_its_question_leaves_the_list(
    page: AppTest, reader: Reader, tmp_path: Path
) -> None:
    keep(reader, tmp_path / "demo.duckdb")
    page.run()
    assert list(page.dataframe[0].value.iloc[0])[:2] == [QUESTION, 1]
    page.text_input[0].set_value("夏都")
    page.selectbox[0].set_value("place").run()
    page.selectbox[1].set_value("xining").run()
    next(button for button in page.button if button.label == text("activity.try", "en")).click().run()
    next(button for button in page.button if button.label == text("activity.take", "en")).click().run()
    assert not page.exception
    assert [proposal.phrase for proposal in own.own_phrases(tmp_path / "demo.duckdb")] == ["夏都"]
    assert asked.listed(tmp_path / "demo.duckdb") == ()


def test_a_question_that_is_chosen_is_told_with_what_can_be_done() -> None:
    for kind in asked.KINDS:
        page = AppTest.from_string(CHOSEN.format(kind=kind), default_timeout=30).run()
        assert not page.exception
        keys = {button.key for button in page.button}
        assert {"missed-again", "missed-drop"} <= keys
        assert ({"missed-load", "missed-coverage"} <= keys) == (kind == "no_data")


def test_every_kind_of_meaning_and_reason_has_a_name_in_every_language() -> None:
    for lang in ("en", "zh"):
        assert all(text(f"activity.kind.{kind}", lang) for kind in KINDS)
        assert all(text(f"activity.why.{kind}", lang) for kind in asked.KINDS)
