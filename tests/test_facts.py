"""Questions about the programme itself, in many wordings: facts/questions.yaml. Read with the shipped places.

What is asked of a fact is answered with that fact or offered to click; a word that changes the question makes it none.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.test_canonical import read_yaml, reader
from xinfo.language.texts import text
from xinfo.understand.read import read
from xinfo.understand.reading import Reading
from xinfo.understand.text import read_text

QUESTIONS = Path(__file__).parent / "facts" / "questions.yaml"


@cache
def questions() -> dict[str, Any]:
    return read_yaml(QUESTIONS)


def listed(section: str) -> list[tuple[str, str, str]]:
    """(fact or template, language, question) of a section."""
    return [
        (fact, lang, question)
        for fact, said in questions()[section].items()
        for lang, asked in said.items()
        for question in asked
    ]


def called(question: str, lang: str) -> str | None:
    """The fact that a question is read as, or else its template; None where it is unclear."""
    found, _ = read(question, reader("shipped"), lang)
    return (found.slots.fact or found.template.template_id) if isinstance(found, Reading) else None


def test_a_fact_is_found_in_any_wording() -> None:
    got = [(question, fact, called(question, lang)) for fact, lang, question in listed("answered")]
    wrong = [f"{question} → {read_as}" for question, fact, read_as in got if read_as != fact]
    assert not wrong, "\n".join(wrong)


def test_where_a_word_is_not_known_the_fact_is_one_click_away() -> None:
    near = listed("near")
    for fact, lang, question in near:
        found, _ = read(question, reader("shipped"), lang)
        assert not isinstance(found, Reading), question
        assert text(f"fact.{fact}", lang) in found.choices, question
    assert len(near) <= 0.1 * len(near + listed("answered"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_word_that_changes_the_question_makes_it_no_fact(lang: str) -> None:
    facts = reader("shipped").catalog.facts | {"is_pilot", "is_among"}
    got = [(question, called(question, lang)) for question in questions()["others"][lang]]
    wrong = [f"{question} → {read_as}" for question, read_as in got if read_as in facts]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_facts_own_sentence_asks_for_it_by_its_words(lang: str) -> None:
    lexicon = reader("shipped").lexicon
    for fact in sorted(reader("shipped").catalog.facts):
        asked = lexicon.programme.asked(read_text(text(f"fact.{fact}", lang)).words(), lexicon)
        assert (asked.fact if asked else None) == fact, text(f"fact.{fact}", lang)
