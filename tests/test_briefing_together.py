"""Two people at one briefing: both changes are kept, or the second becomes a briefing of its own; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from briefings import briefing

from xinfo.briefing import edit, saved
from xinfo.briefing.model import Ask, Briefing, Text
from xinfo.briefing.together import keep


def asks(question: str) -> Ask:
    return Ask("own", question)


def titled(of: Briefing, at: int, said: str) -> Briefing:
    return of.with_section(at, replace(of.sections[at], title={"en": said}))


OWN, OTHER = Text("own", {"en": "One"}), Text("word", {"en": "Two"})
ADDED = Ask("ask1", "GDP of Xining in 2015")
TOGETHER = {
    "two items": (lambda b: edit.changed(b, OWN), lambda b: edit.changed(b, OTHER)),
    "an item and a title": (lambda b: edit.changed(b, OWN), lambda b: replace(b, title={"en": "New"})),
    "an item and the order": (lambda b: edit.changed(b, OWN), lambda b: edit.moved(b, "own", -1)),
    "an item added and one changed": (lambda b: edit.added(b, 0, ADDED), lambda b: edit.changed(b, OWN)),
    "two titles of sections": (lambda b: titled(b, 0, "A"), lambda b: titled(b, 1, "B")),
    "an item taken out and one changed": (lambda b: edit.without(b, "who"), lambda b: edit.changed(b, OWN)),
}


@pytest.mark.parametrize("case", TOGETHER)
@pytest.mark.parametrize("turned", [False, True])
def test_changes_of_two_things_are_put_together(case: str, turned: bool, tmp_path: Path) -> None:
    one, two = reversed(TOGETHER[case]) if turned else TOGETHER[case]
    store = tmp_path / "store.duckdb"
    began = keep(store, briefing(), None).briefing
    keep(store, one(began), began)
    kept = keep(store, two(began), began)
    assert kept.how == "merged"
    assert saved.find(store, began.id) == kept.briefing == two(one(began))


def test_two_items_added_at_once_are_both_there(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    began = keep(store, briefing(), None).briefing
    keep(store, edit.added(began, 0, ADDED), began)
    other = Ask("ask1", "Population of Xining in 2015")
    kept = keep(store, edit.added(began, 0, other), began)
    questions = {item.question for item in kept.briefing.sections[0].items if isinstance(item, Ask)}
    assert questions == {ADDED.question, other.question}


@pytest.mark.parametrize(
    "change",
    [lambda b: edit.changed(b, OWN), lambda b: edit.without(b, "own"), lambda b: replace(b, title={"en": "B"})],
)
def test_the_second_change_of_the_same_thing_becomes_a_briefing_of_its_own(change, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    store = tmp_path / "store.duckdb"
    began = keep(store, briefing(), None).briefing
    first = keep(store, replace(edit.changed(began, Text("own", {"en": "Theirs"})), title={"en": "A"}), began)
    second = keep(store, change(began), began)
    assert second.how == "apart"
    assert saved.find(store, began.id) == first.briefing
    assert saved.find(store, f"{began.id}-2") == replace(change(began), id=f"{began.id}-2")


def test_a_new_briefing_that_is_there_already_is_told_so(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    assert [keep(store, briefing(), None).how for _ in range(2)] == ["saved", "there"]
    assert len(saved.listed(store)) == 1


def test_a_new_briefing_overwrites_none_of_the_same_name(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    first = keep(store, briefing(), None).briefing
    second = keep(store, replace(briefing(), title={"en": "Another"}), None)
    assert (second.how, second.briefing.id) == ("apart", f"{first.id}-2")
    assert saved.find(store, first.id) == first
