"""The Ask page, driven without a browser on a workspace that knows a handful of replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests import cards
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.origin.listed import COLUMNS
from xinfo.answer.origin.trace import Trace
from xinfo.errors import TookTooLong
from xinfo.language.texts import languages, text, texts
from xinfo.loop.asked import beside, listed
from xinfo.query.watch import Handle
from xinfo.store.assets import Assets, file_of_words
from xinfo.ui import ask as ask_page
from xinfo.ui import opening, session, welcome
from xinfo.understand.reading import Unclear

ROOT = Path(__file__).resolve().parents[1]
NUMBER, TREND, RANKING = (question for question, _ in cards.QUESTIONS_AND_REPLIES[:3])
JILIN = "GDP of Jilin in 2014"


@dataclass(frozen=True)
class FakeWorkspace:
    """Answers the questions of the cards, and asks back at any other."""

    published_only: bool = False
    asked: list[tuple[str, str | None, bool]] = field(default_factory=list)
    after: dict[str, str | None] = field(default_factory=dict)
    """What each question could refer to."""
    catalog, meta, templates, cluster = cards.CATALOG, cards.META, (), None
    assets = Assets(session.QUERIES, Path("none.duckdb"))

    def conversation(self, lang: str | None = None) -> SimpleNamespace:
        def ask(question: str, lang: str | None = None, handle: Handle | None = None) -> Answer | NotAnswered:
            self.after[question], conversation.context = conversation.context, question
            return self.ask(question, lang)

        conversation = SimpleNamespace(ask=ask, context=None)
        return conversation

    def ask(self, question: str, lang: str | None = None) -> Answer | NotAnswered:
        self.asked.append((question, lang, self.published_only))
        if question == "slow":
            raise TookTooLong("The question took longer than 5 seconds.")
        if question in (text("ui.starter.figure", "en"), text("ui.starter.figure", "zh")):
            return cards.number() if lang == "en" else cards.chinese()
        back = NotAnswered(Unclear(question, "en", "clarify", "Which?", (NUMBER,)))
        return dict(cards.QUESTIONS_AND_REPLIES).get(question, back)


def forget() -> None:
    opening.forget()
    welcome.starters.cache_clear()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[FakeWorkspace]]:
    """The workspaces that the app has opened, in order."""
    made: list[FakeWorkspace] = []

    def open_workspace(store: Path, queries: Path, processes: int) -> FakeWorkspace:
        made.append(FakeWorkspace())
        return made[-1]

    store = tmp_path / "tiny.duckdb"
    store.touch()
    monkeypatch.setenv("XINFO_STORE", str(store))
    monkeypatch.setattr(opening, "open_workspace", open_workspace)
    monkeypatch.setattr(ask_page, "coverage", lambda *figures: None)
    monkeypatch.setattr(welcome, "held", lambda *figures: ("", False))
    monkeypatch.setattr(ask_page.Dialogue, "onward", lambda dialogue, coverage: ())
    forget()
    yield made
    forget()


@pytest.fixture
def app(opened: list[FakeWorkspace]) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)


def said(app: AppTest) -> str:
    """Everything that the page says, with the escapes taken out."""
    pieces = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption]
    return "\n".join(piece.value for piece in pieces).replace("\\", "")


def ask(app: AppTest, question: str) -> AppTest:
    # What the box hands over: AppTest has no hands for a component of our own, which has its tests in the browser.
    app.session_state["box-asked"] = question
    app.run()
    assert not app.exception
    return app


def test_the_page_opens_with_questions_that_work(app: AppTest) -> None:
    app.run()
    assert not app.exception
    starters = [button.label.replace("\\", "") for button in app.button if str(button.key).startswith("starter")]
    assert starters == [text("ui.starter.figure", "en")]
    app.button(key="starter-0").click().run()
    assert "6.552 billion yuan" in said(app)


def test_an_answer_says_its_figure_its_reading_and_its_caveats(app: AppTest) -> None:
    shown = said(ask(app.run(), NUMBER))
    for part in ("6.552 billion yuan", "Understood as:", "first three quarters of 2013", "Cities define", "Published"):
        assert part in shown


def test_how_it_was_worked_out_is_folded_and_complete(app: AppTest) -> None:
    ask(app.run(), NUMBER)
    assert not any("SELECT" in code.value for code in app.code)
    app.session_state["how-0"] = True
    app.run()
    assert any("SELECT" in code.value for code in app.code)
    shown = said(app)
    for part in ("Xining Daily", "https://example.org/a_%28b%29", cards.META["fingerprint"][:12], "8 ms"):
        assert part in shown


def test_where_a_figure_comes_from_is_looked_up_when_it_is_asked_for(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = dict.fromkeys(COLUMNS, "") | {
        "sign": "+",
        "value": "65.52 亿元",
        "source": "Paper",
        "at": "a.csv, row 2",
    }
    looked: list[int] = []

    def traced(answer: Answer, at: int, workspace: FakeWorkspace) -> Trace:
        looked.append(at)
        return Trace("", (), ("as it was published",), (row,))

    monkeypatch.setattr(ask_page, "traced", traced)
    ask(app.run(), RANKING)
    app.session_state["origin-0"] = True
    app.run()
    assert looked == []
    app.session_state["origin-row-0"] = 1
    app.run()
    assert not app.exception
    assert looked == [1]
    assert "as it was published" in said(app)


def test_a_choice_of_a_declined_question_is_asked_with_one_click(app: AppTest) -> None:
    ask(app.run(), "something else")
    app.button(key="choice-0-0").click().run()
    assert app.session_state["dialogue"].turns[1].question == NUMBER
    assert "6.552 billion yuan" in said(app)


def test_a_question_that_fails_says_why_and_leaves_the_page_usable(app: AppTest) -> None:
    assert "took longer than 5 seconds" in said(ask(app.run(), "slow"))
    assert "6.552 billion yuan" in said(ask(app, NUMBER))


def test_a_page_that_fails_says_so_in_its_language(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_page, "welcome", lambda *_: 1 / 0)
    app.query_params["lang"] = "zh"
    assert [error.value for error in app.run().error] == [text("ui.failed", "zh")]
    assert not app.exception


def test_what_a_follow_up_changed_is_highlighted(app: AppTest) -> None:
    shown = said(ask(app.run(), "And Chonqing in Q3 2014?"))
    assert ":primary-background[Chongqing]" in shown
    assert ":orange[**Chonqing**]" in shown


def test_a_link_asks_its_question(app: AppTest) -> None:
    app.query_params["q"] = [NUMBER, TREND]
    app.run()
    assert [turn.question for turn in app.session_state["dialogue"].turns] == [NUMBER, TREND]


def test_the_address_leads_back_to_the_conversation(app: AppTest) -> None:
    ask(ask(app.run(), NUMBER), TREND)
    assert app.query_params["q"] == [NUMBER, TREND]


def test_a_change_of_language_says_everything_anew(app: AppTest, opened: list[FakeWorkspace]) -> None:
    ask(app.run(), text("ui.starter.figure", "en"))
    app.radio(key="lang").set_value("zh").run()
    assert not app.exception
    assert "65.52亿元" in said(app)
    assert app.query_params["lang"] in ("zh", ["zh"])


def test_an_address_may_name_the_language(app: AppTest) -> None:
    app.query_params["lang"] = "zh"
    app.run()
    assert app.toggle(key="published").label == text("ui.published", "zh")


def test_a_chinese_question_is_answered_in_chinese(app: AppTest, opened: list[FakeWorkspace]) -> None:
    ask(app.run(), "西宁市2013年前三季度信息消费是多少？")
    assert opened[0].asked[-1][1] == "zh"


def test_published_figures_only_asks_again_without_the_others(app: AppTest, opened: list[FakeWorkspace]) -> None:
    ask(app.run(), NUMBER)
    app.toggle(key="published").set_value(True).run()
    assert not app.exception
    assert opened[0].asked[-1] == (NUMBER, "en", True)


def test_older_turns_are_folded(app: AppTest) -> None:
    app.query_params["q"] = [NUMBER, TREND, JILIN, NUMBER]
    app.run()
    labels = [fold.label.replace("\\", "") for fold in app.expander[:2]]
    assert labels == [f"{cards.number().reading.sentence} **6.552 billion yuan**", cards.trend().reading.sentence]
    assert len(app.header) == 1


def test_a_long_conversation_is_as_quick_as_a_short_one(app: AppTest) -> None:
    app.query_params["q"] = [NUMBER] * 10
    app.run()
    drawn = [len([*ask(ask(app, TREND), TREND).main]) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert app.expander[0].label == "Earlier questions: 4"
    app.session_state["earlier"] = True
    app.run()
    assert app.expander[1].label.replace("\\", "") == f"{cards.number().reading.sentence} **6.552 billion yuan**"


def test_the_last_question_goes_back_into_the_box_and_the_next_takes_its_place(
    app: AppTest, opened: list[FakeWorkspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str | None] = []
    box = ask_page.ask_box
    monkeypatch.setattr(ask_page, "ask_box", lambda *given: (begun.append(given[-2]), box(*given))[1])
    ask(ask(app.run(), NUMBER), TREND)
    assert set(begun) == {None}
    assert "edit-0" not in {button.key for button in app.button}
    app.button(key="edit-1").click().run()
    assert begun[-1] == TREND
    ask(app, RANKING)
    assert [turn.question for turn in app.session_state["dialogue"].turns] == [NUMBER, RANKING]
    assert opened[0].after[RANKING] == NUMBER
    app.run()
    assert begun[-1] is None
    assert app.query_params["q"][1:] == [RANKING]


def test_a_question_that_is_left_as_it_is_stays(app: AppTest) -> None:
    ask(app.run(), NUMBER)
    app.button(key="edit-0").click().run()
    app.button(key="leave-0").click().run()
    ask(app, TREND)
    assert [turn.question for turn in app.session_state["dialogue"].turns] == [NUMBER, TREND]


def test_a_question_without_an_answer_is_kept_once_each_time_it_is_asked(app: AppTest, tmp_path: Path) -> None:
    ask(ask(app.run(), NUMBER), "something else")
    app.radio(key="lang").set_value("zh").run()
    assert [(kept.kind, kept.times) for kept in listed(tmp_path / "tiny.duckdb")] == [("unclear", 1)]


def test_a_log_that_cannot_be_written_keeps_nobody_from_the_reply(app: AppTest, tmp_path: Path) -> None:
    beside(tmp_path / "tiny.duckdb").mkdir()
    assert "Which?" in said(ask(app.run(), "something else"))


def test_a_phrase_that_was_taught_is_heard_at_once(app: AppTest, opened: list[FakeWorkspace]) -> None:
    ask(app.run(), NUMBER)
    assert len(opened) == 1
    file_of_words(session.store()).write_text("", encoding="utf-8")
    app.run()
    assert len(opened) == 2


def test_a_new_conversation_begins_with_an_empty_page(app: AppTest) -> None:
    ask(app.run(), NUMBER)
    next(button for button in app.button if "New" in button.label).click().run()
    assert app.session_state["dialogue"].turns == []
    assert "q" not in app.query_params


def test_the_store_and_its_freshness_are_in_sight(app: AppTest) -> None:
    assert "2015 Q4" in said(ask(app.run(), NUMBER))


def test_a_rebuilt_store_is_asked_anew(
    app: AppTest, opened: list[FakeWorkspace], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ask(app.run(), NUMBER)
    (tmp_path / "next.duckdb").touch()
    monkeypatch.setenv("XINFO_STORE", str(tmp_path / "next.duckdb"))
    app.run()
    assert len(opened) == 2
    assert opened[1].asked == [(NUMBER, "en", False)]


def test_without_a_store_the_page_says_how_to_build_one(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XINFO_STORE", str(tmp_path / "none.duckdb"))
    app.run()
    assert not app.exception
    assert "xinfo build" in app.code[0].value


def test_every_text_of_the_page_is_there_in_every_language() -> None:
    keys = {lang: {key for key in texts(lang) if key.startswith("ui.")} for lang in languages()}
    assert len({frozenset(found) for found in keys.values()}) == 1


def test_every_state_of_every_element_can_be_drawn(opened: list[FakeWorkspace]) -> None:
    gallery = AppTest.from_file(str(ROOT / "tests" / "browser" / "gallery.py"), default_timeout=20)
    gallery.query_params["part"] = ["cards", "controls", "badges", "messages", "boxes"]
    gallery.run()
    assert not gallery.exception
    assert len(gallery.button) >= 4
