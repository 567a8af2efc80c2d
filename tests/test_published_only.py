"""'Published figures only': what is proposed then answers, no sentence rests on more, and it can be set for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace
from xinfo.language.texts import text, texts
from xinfo.query.coverage import read_coverage
from xinfo.query.inventory import read_extent
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.versions import current
from xinfo.ui import published, welcome
from xinfo.ui.dialogue import Dialogue
from xinfo.understand.suggest import Coverage, index_of, suggest

ROOT = Path(__file__).resolve().parents[1]
AT = "2016-01-01T00:00:00"
MARK = {"en": "demonstration", "zh": "演示数据"}
TYPED = {
    "en": ("", "GDP", "information consumption", "which pilots", "how many", "Xining", "target", "growth of"),
    "zh": ("", "西宁", "信息消费", "哪些试点", "平均", "目标", "2014年", "排名"),
}
TOLD = {
    # question: whether it has an answer from published figures, and whether the one from all is marked
    "What was Xining's information consumption in the first three quarters of 2013?": (True, False),
    "How fast did Xining's information consumption grow in the first three quarters of 2013?": (True, False),
    "What is the information consumption target of Xining for 2015?": (True, False),
    "How many cities were chosen as pilots?": (True, False),
    "When does the pilot programme end?": (True, False),
    "Which pilots are in the west?": (True, False),
    "What was Xining's information consumption in 2015?": (False, True),
    "Did Xining reach its information consumption target in 2015?": (False, True),
    "西宁市2013年前三季度信息消费是多少？": (True, False),
    "西宁市2013年前三季度信息消费同比增长多少？": (True, False),
    "西宁2015年信息消费目标是多少？": (True, False),
    "有多少个城市被选为试点？": (True, False),
    "西宁2015年信息消费是多少？": (False, True),
    "西宁2015年信息消费目标完成率是多少？": (False, True),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("held") / "store.duckdb"
    build(path, shipped=ROOT / "data", data=None, built_at=AT, published_only=True)
    return path


@pytest.fixture(scope="module", params=[True, False], ids=["published", "all"])
def here(store: Path, request: pytest.FixtureRequest) -> Workspace:
    return replace(open_workspace(store, ROOT / "queries"), published_only=request.param)


@pytest.mark.parametrize("question", TOLD)
def test_a_sentence_rests_on_what_it_says(here: Workspace, question: str) -> None:
    answers, marked = TOLD[question]
    lang = "en" if question.isascii() else "zh"
    reply = here.conversation(lang).ask(question, lang)
    assert isinstance(reply, Answer) == (answers or not here.published_only)
    if isinstance(reply, Answer):
        assert (MARK[lang] in reply.headline) == (marked and not here.published_only)
    else:
        assert texts(lang)["missing.published_only"] in reply.unclear.reason


def proposed(here: Workspace, coverage: Coverage, lang: str) -> Iterator[str]:
    """Completions, and follow-ups and choices of the questions to begin with and of every other template's example."""
    for typed in TYPED[lang]:
        yield from (one.text for one in suggest(typed, here.reader, lang, coverage=coverage))
    begin = [said for key, said in texts(lang).items() if key.startswith("ui.starter.")]
    begin += [getattr(one.examples[0], lang) for one in here.templates[::12] if one.examples]
    for question in filter(None, begin):
        dialogue = Dialogue(here, lang)
        turn = dialogue.ask(question)
        assert turn
        yield from dialogue.onward(coverage) if isinstance(turn.reply, Answer) else turn.reply.unclear.choices


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.long)])
def test_what_is_proposed_answers(here: Workspace, lang: str) -> None:
    coverage = read_coverage(here.engine, here.published_only)
    index_of(here.reader, coverage).prepare()
    replies = {said: here.conversation(lang).ask(said, lang) for said in set(proposed(here, coverage, lang))}
    assert len(replies) > 10
    assert [said for said, reply in replies.items() if not isinstance(reply, Answer)] == []


def test_a_store_that_is_set_so_answers_so_whatever_asks_it_and_stays_so(store: Path, tmp_path: Path) -> None:
    assert open_workspace(store, ROOT / "queries").published_only
    assert published.for_all(str(current(store)))
    more = tmp_path / "more.csv"
    more.write_text("place,metric,period,value,unit\nxining,gdp,2016,1248.16,亿元\n", encoding="utf-8")
    changed = tmp_path / "store.duckdb"
    build(changed, shipped=ROOT / "data", data=None, built_at=AT, published_only=True)
    add(changed, [more], built_at=AT)
    assert open_workspace(changed, ROOT / "queries").published_only


def test_a_server_that_is_set_so_leaves_no_choice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build(tmp_path / "store.duckdb", shipped=ROOT / "data", data=None, built_at=AT)
    version = str(current(tmp_path / "store.duckdb"))
    assert not published.for_all(version)
    monkeypatch.setenv(published.FOR_ALL, "1")
    assert published.for_all(version)


def test_the_first_page_tells_what_is_held(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = open_workspace(store, ROOT / "queries")
    monkeypatch.setattr(welcome.session, "opened", lambda version, only: workspace)
    extent = read_extent(workspace.engine)
    said, made_up = welcome.held.__wrapped__(str(store), False, "en")
    pilots = len(workspace.catalog.pilots())
    first, last = extent.made_up or (0, 0)
    assert made_up
    made_up_years = f"{extent.invented:,} made-up demonstration figures for {first}–{last}"
    assert said == f"{pilots} of 104 pilots known; {extent.published:,} published figures; {made_up_years}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_questions_to_begin_with_are_told_apart_by_what_answers_them(
    lang: str, exported_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINFO_STORE", str(exported_store))
    page = AppTest.from_string(f"from xinfo.ui.welcome import welcome\nwelcome('{lang}', print)").run(timeout=60)
    assert not page.exception
    begin = [said for key, said in texts(lang).items() if key.startswith("ui.starter.")]
    told = [one.label if one.type == "button" else one.value for one in page.main if one.type in ("button", "markdown")]
    (at,) = (at for at, one in enumerate(told) if text("ui.starters_made_up", lang) in one)
    here = open_workspace(exported_store, ROOT / "queries").conversation(lang)
    offered = [(place > at, said.replace("\\", "")) for place, said in enumerate(told)]
    made_up = {said: apart for apart, said in offered if said in begin}
    assert made_up.keys() == {*begin}
    for question, apart in made_up.items():
        reply = here.ask(question, lang)
        assert isinstance(reply, Answer)
        assert ("illustrative" in reply.statuses) == apart
