"""A person's conversations: kept beside the store, shown to nobody else, found by their words, deleted for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import cards
from xinfo.errors import StoreError
from xinfo.loop import conversations
from xinfo.loop.conversations import at_address, beside, called, forget, keep, listed
from xinfo.ui.dialogue import Dialogue

NOON = datetime(2026, 5, 4, 12, 0)
ANSWER = dict(cards.QUESTIONS_AND_REPLIES)[cards.QUESTIONS_AND_REPLIES[0][0]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tmp_path / "figures.duckdb"
    asked = [("one", "GDP of Xining in 2014", "and 2015?"), ("two", "西宁2014年寬頻用戶"), ("three", "help")]
    for hour, (name, *questions) in enumerate(asked):
        keep(store, "li", name, questions, questions[-1:], NOON + timedelta(hours=hour))
    return store


def names(found: tuple[conversations.Kept, ...]) -> list[str]:
    return [one.id for one in found]


def test_the_last_one_comes_first_and_one_that_goes_on_comes_up(store: Path) -> None:
    assert names(listed(store, "li")) == ["three", "two", "one"]
    keep(store, "li", "one", ["GDP of Xining in 2014", "and 2015?", "by quarter"], ["x"], NOON + timedelta(days=1))
    assert names(listed(store, "li", 2)) == ["one", "three"]
    assert listed(store, "li")[0].questions[-1] == "by quarter"


def test_nobody_sees_or_changes_what_is_another_s(store: Path) -> None:
    assert not listed(store, "wang")
    assert called(store, "wang", "one") is None
    assert at_address(store, "wang", ["and 2015?"]) is None
    forget(store, "wang")
    forget(store, "wang", ["one"])
    keep(store, "wang", "one", ["mine now"], [], NOON)
    assert names(listed(store, "li")) == ["three", "two", "one"]
    assert b"li" not in beside(store).read_bytes().split(b"whose")[0]
    assert beside(store).stat().st_mode & 0o077 == 0


def test_words_are_found_however_they_are_written(store: Path) -> None:
    one, two = called(store, "li", "one"), called(store, "li", "two")
    assert one
    assert two
    assert one.holding("xining GDP") == ("GDP of Xining in 2014",)
    assert not one.holding("xining 2015")
    assert two.holding("宽频") == two.holding("寬頻") == two.questions


def test_an_address_leads_to_the_conversation_that_stood_there(store: Path) -> None:
    found = at_address(store, "li", ["and 2015?"])
    assert found
    assert found.id == "one"
    assert at_address(store, "li", ["elsewhere"]) is None


def test_what_is_deleted_leaves_nothing_in_the_file(store: Path) -> None:
    forget(store, "li", ["one"])
    assert names(listed(store, "li")) == ["three", "two"]
    forget(store, "li")
    assert not listed(store, "li")
    assert b"Xining" not in beside(store).read_bytes()


def test_a_conversation_is_kept_for_a_year_after_its_last_question(store: Path) -> None:
    keep(store, "wang", "four", ["GDP of Xining"], [], NOON + timedelta(days=conversations.DAYS, hours=1, minutes=1))
    assert names(listed(store, "li")) == ["three"]


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    store = tmp_path / "figures.duckdb"
    beside(store).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="conversations"):
        listed(store, "li")


def dialogue() -> Dialogue:
    def ask(question: str, lang: str | None = None, handle: object = None) -> object:
        return ANSWER

    workspace = SimpleNamespace(conversation=lambda lang: SimpleNamespace(ask=ask, context=None))
    return Dialogue(workspace, "en")  # type: ignore[arg-type]


def test_going_back_and_on_asks_nothing_anew_and_what_goes_on_from_there_is_another() -> None:
    here = dialogue()
    for question in ("a", "b", "c"):
        here.ask(question)
    first, turns = here.name, list(here.turns)
    assert here.go(["a"])
    assert [turn.question for turn in here.turns] == ["a"]
    assert here.go(["a", "b", "c"])
    assert here.turns == turns
    here.ask("d")
    assert here.name == first
    assert here.go(["a", "b"])
    here.ask("e")
    assert here.name != first
    assert here.questions() == ["a", "b", "e"]
    assert not here.go(["never", "asked"])


def test_a_new_conversation_begins_empty_and_leaves_the_way_back() -> None:
    here = dialogue()
    here.ask("a")
    first = here.name
    here.begin_anew()
    assert here.name != first
    assert not here.turns
    assert here.go(["a"])
    assert here.name == first


def test_one_that_is_opened_again_goes_on_under_its_name() -> None:
    here = dialogue()
    here.ask("a")
    first = here.name
    here.begin_anew(first)
    here.ask("a")
    here.ask("b")
    assert here.name == first
