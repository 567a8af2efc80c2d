"""One thing named alone opens what is known of it; who asks what can be asked gets questions that are answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.language import times
from xinfo.query.coverage import read_coverage
from xinfo.store.periods import parse_id
from xinfo.ui import opening
from xinfo.understand.reading import Subject
from xinfo.understand.suggest import Coverage
from xinfo.understand.suggest.about import about

ROOT = Path(__file__).resolve().parents[1]
XINING, GDP, HELP = Subject("place", "xining"), Subject("metric", "gdp"), Subject("help")


@pytest.fixture(scope="module")
def workspace(exported_store: Path) -> Workspace:
    return open_workspace(exported_store, ROOT / "queries")


@pytest.fixture(scope="module")
def coverage(workspace: Workspace) -> Coverage:
    return read_coverage(workspace.engine, False)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Xining", XINING), ("西宁", XINING), ("xining?", XINING), ("GDP", GDP), ("地区生产总值", GDP),
        ("help", HELP), ("what can I ask?", HELP), ("which metrics are there?", HELP), ("how do I use this?", HELP),
        ("帮助", HELP), ("我能问什么？", HELP), ("可以查哪些指标", HELP), ("怎么用", HELP),
    ],
)  # fmt: skip
def test_what_is_named_alone_is_known_and_not_answered(workspace: Workspace, question: str, subject: Subject) -> None:
    reply = workspace.conversation().ask(question)
    assert isinstance(reply, NotAnswered)
    assert reply.unclear.subject == subject
    assert reply.unclear.status == "clarify"
    assert reply.unclear.choices


@pytest.mark.parametrize("question", ["Xining in 2014", "Jilin", "GDP of Atlantis", "growth", "Xining and Beijing"])
def test_who_says_more_or_less_names_no_subject(workspace: Workspace, question: str) -> None:
    reply = workspace.conversation("en").ask(question)
    assert isinstance(reply, NotAnswered)
    assert reply.unclear.subject is None


def test_the_place_that_follows_a_question_changes_it(workspace: Workspace) -> None:
    conversation = workspace.conversation("en")
    conversation.ask("GDP of Xining in 2014")
    reply = conversation.ask("Beijing")
    assert isinstance(reply, Answer)
    assert reply.reading.sentence == "GDP of Beijing in 2014"


def test_a_place_and_then_a_figure_make_a_question(workspace: Workspace) -> None:
    conversation = workspace.conversation("en")
    conversation.ask("Xining")
    reply = conversation.ask("GDP in 2014")
    assert isinstance(reply, Answer)
    assert reply.reading.sentence == "GDP of Xining in 2014"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("subject", [XINING, GDP, HELP])
def test_all_that_can_be_asked_is_answered(
    workspace: Workspace, coverage: Coverage, subject: Subject, lang: str
) -> None:
    topics = about(subject, workspace.reader, coverage, lang)
    asked = [question for questions in topics.values() for question in questions]
    assert len(topics) > 1
    assert len(asked) == len(set(asked)) > 5
    replies = [workspace.conversation(lang).ask(question, lang) for question in asked]
    assert [reply.reading.sentence for reply in replies if isinstance(reply, Answer)] == asked


def test_the_page_shows_the_figures_of_a_place_and_each_line_asks_for_its_own(
    exported_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINFO_STORE", str(exported_store))
    opening.forget()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["q"] = "Xining"
    page.run()
    assert not page.exception
    lines = [button for button in page.button if (button.key or "").startswith("about-0-figures-")]
    assert lines[0].label.startswith("Information consumption of Xining in 2015 was ")
    lines[0].click().run()
    assert not page.exception
    assert page.query_params["q"] == ["Xining", "Information consumption of Xining in 2015"]


@pytest.mark.parametrize(("place", "doubted"), [("Shanghai", True), ("Xining", False)])
def test_the_page_of_a_place_says_whether_it_may_be_no_pilot(
    place: str, doubted: bool, exported_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINFO_STORE", str(exported_store))
    opening.forget()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.query_params["q"] = place
    page.run()
    assert not page.exception
    said = " ".join(str(one.value) for one in page.markdown)
    assert (f"Pilot status unconfirmed: {place}" in said.replace("\\", "").replace("\u2060", "")) == doubted


@pytest.mark.parametrize(
    ("question", "word"), [("西宁天气怎么样", "天气"), ("北京股价", "股价"), ("股票行情", "股票行情")]
)
def test_a_word_that_nobody_knows_is_told_whole(workspace: Workspace, question: str, word: str) -> None:
    reply = workspace.conversation().ask(question)
    assert isinstance(reply, NotAnswered)
    assert f"“{word}”" in reply.unclear.reason


def test_the_periods_that_have_a_figure_are_told_as_runs() -> None:
    there = [parse_id(one) for one in "2015 2015Q2 2015Q1 2014Q4 2014 2013 2011 2013Q1-Q3".split()]
    assert times.spans(there, "en") == [
        "2011", "2013 to 2015", "the first three quarters of 2013",
        "the fourth quarter of 2014 to the second quarter of 2015",
    ]  # fmt: skip
