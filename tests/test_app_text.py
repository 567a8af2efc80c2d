"""Text from people and data is shown as it is: the one function that everything passes on its way into Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cards
from xinfo.ui.plain import JOINER, bold, link, marked, plain
from xinfo.ui.reading import changed_spans

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
texts = st.text(st.one_of(st.sampled_from(PUNCTUATION + " ab中\n"), st.characters()), max_size=60)


def shown(markdown: str) -> str:
    """What a reader sees of Markdown in which every mark is escaped."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace(JOINER, "")


@given(texts)
def test_no_character_of_a_text_is_a_mark(text: str) -> None:
    assert not re.search(r"(?<!\\)[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", plain(text)))


@given(st.text(st.sampled_from(PUNCTUATION + " ab中1"), max_size=60))
def test_a_text_is_shown_as_it_is(text: str) -> None:
    assert shown(plain(text)) == " ".join(text.split())


@given(texts)
def test_a_text_stays_on_one_line_without_unseen_characters(text: str) -> None:
    said = plain(text)
    assert "\n" not in said
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\x00-\x1f]", said)
    said.encode("utf-8")


@pytest.mark.parametrize(
    "text", [":red[x]", ":smile:", ":material/home:", "http://x.org", "www.x.org", "a@x.org", "->"]
)
def test_what_a_backslash_cannot_stop_is_broken_up(text: str) -> None:
    assert JOINER in plain(text)


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_marking_words_changes_nothing_else(text: str, start: int, end: int) -> None:
    dressed = marked(text, [(min(start, end), max(start, end), "{}")])
    assert shown(dressed).replace(" ", "") == shown(plain(text)).replace(" ", "")


def test_marked_words_are_dressed() -> None:
    assert marked("And Chonqing?", [(4, 12, ":orange[{}]")]) == r"And :orange[Chonqing]\?"


def test_no_mark_of_bold_text_stands_beside_what_turns_it_round() -> None:
    """Stars between a stop and a character open, whatever they were to close (CommonMark 0.31, 6.2)."""
    said = f"增长{bold('15.71%')}，{bold('“一”')}和{bold('二')}"
    assert re.findall(r"\*\*(.)(?:[^*]*)(.)\*\*", said) == [(JOINER, JOINER)] * 3


def test_only_addresses_of_the_web_become_links() -> None:
    assert link("A [title]", "https://example.org/a_(b)?c=d") == r"[A \[title\]](https://example.org/a_%28b%29?c=d)"
    assert link("A title", "javascript:alert(1)") == "A title"
    assert link("A title", "") == "A title"


def test_only_whole_words_of_the_sentence_are_marked_as_changed() -> None:
    base = cards.follow_up().reading
    slots = base.slots.but(n=1, periods=(), places=("xining",))
    sentence = "The 1 of all pilots in 2015 like Xining"
    reading = replace(base, slots=slots, sentence=sentence, changed=frozenset({"n", "places", "order"}))
    marked_words = [sentence[start:end] for start, end in changed_spans(reading, cards.CATALOG)]
    assert marked_words == ["1", "Xining"]
    assert changed_spans(replace(reading, sentence="Xining in 2015"), cards.CATALOG)[0] == (0, 6)
