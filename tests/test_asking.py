"""A question that takes long can be called off: nothing of it stays, and the next one is answered."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

from tests import cards
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.errors import TookTooLong
from xinfo.query.watch import Handle
from xinfo.ui.asking import Asking
from xinfo.ui.dialogue import Dialogue
from xinfo.understand.read import LONGEST

QUICK, _ = cards.QUESTIONS_AND_REPLIES[0]


def slow_until_cancelled(question: str, lang: str | None = None, handle: Handle | None = None) -> Answer | NotAnswered:
    """Answers as an engine would, whose query runs until it is cancelled, for the question `slow`."""
    if question == "slow":
        while handle and not handle.cancelled:
            time.sleep(0.01)
        raise TookTooLong("the query was cancelled")
    if question == "broken":
        raise RuntimeError("nobody thought of this")
    return dict(cards.QUESTIONS_AND_REPLIES)[QUICK]


def dialogue() -> Dialogue:
    workspace = SimpleNamespace(conversation=lambda lang: SimpleNamespace(ask=slow_until_cancelled, context=None))
    return Dialogue(workspace, "en")


def test_what_is_called_off_leaves_no_turn_and_the_next_question_is_answered() -> None:
    here = dialogue()
    slow = Asking(here, "slow")
    assert not slow.finished(0.2)
    slow.cancel()
    assert slow.finished(2)
    assert slow.cancelled
    assert slow.turns == []
    assert here.turns == []
    quick = Asking(here, QUICK)
    assert quick.finished(2)
    assert [turn.question for turn in here.turns] == [QUICK]
    assert quick.turns == here.turns


def test_a_question_that_takes_the_place_of_a_slow_one_waits_for_its_end() -> None:
    here = dialogue()
    slow = Asking(here, "slow")
    quick = Asking(here, QUICK, earlier=slow)
    assert not quick.finished(0.2)
    slow.cancel()
    assert quick.finished(2)
    assert [turn.question for turn in here.turns] == [QUICK]


def test_an_edited_question_that_is_called_off_leaves_the_one_it_was_to_replace() -> None:
    here = dialogue()
    here.ask(QUICK)
    here.edit()
    slow = Asking(here, "slow")
    threading.Timer(0.1, slow.cancel).start()
    assert slow.finished(5)
    assert [turn.question for turn in here.turns] == [QUICK]
    assert here.edited


def test_a_failure_that_nobody_thought_of_ends_it_without_a_turn() -> None:
    here = dialogue()
    broken = Asking(here, "broken")
    assert broken.finished(2)
    assert broken.turns == []
    assert here.turns == []


def test_a_question_that_is_too_long_stays_too_long() -> None:
    here = dialogue()
    turn = here.ask("x" * 100_000)
    assert turn
    assert len(turn.question) == LONGEST + 1


def test_questions_of_an_address_are_asked_in_order_and_called_off_together() -> None:
    here = dialogue()
    linked = Asking(here, QUICK, "slow", QUICK, by="address")
    assert not linked.finished(0.2)
    assert linked.question == "slow"
    linked.cancel()
    assert linked.finished(2)
    assert [turn.question for turn in linked.turns] == [QUICK]
    assert linked.turns == here.turns


def test_what_was_being_answered_is_answered_in_the_language_that_was_chosen_meanwhile() -> None:
    told: list[str | None] = []

    def ask(question: str, lang: str | None = None, handle: Handle | None = None) -> Answer | NotAnswered:
        told.append(lang)
        if len(told) == 1:
            here.ask_again(workspace, "zh")
        return dict(cards.QUESTIONS_AND_REPLIES)[QUICK]

    workspace = SimpleNamespace(conversation=lambda lang: SimpleNamespace(ask=ask, context=None))
    here = Dialogue(workspace, "en")
    here.ask(QUICK)
    assert told == ["en", "zh"]
    assert [turn.question for turn in here.turns] == [QUICK]
