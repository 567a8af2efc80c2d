"""Every word of a question is accounted for: one more changes it, one less changes it, or it only said something twice.

Words that change any question (questions/changing_words.yaml) are put into kept ones; words that carry the meaning of
kept ones are left out. Neither may leave template and slots as they were.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest

from tests.asked import QUESTIONS, dialogues, reader
from xinfo.understand.read import read
from xinfo.understand.reading import Heard, Reading
from xinfo.understand.template import read_yaml
from xinfo.understand.text import read_text

LANGUAGES = ("en", "zh")
CHANGING: dict[str, dict[str, list[str]]] = read_yaml(QUESTIONS / "changing_words.yaml")
OF_GOALS = ("target", "gap", "attainment")
"""Measures in whose questions a word of intention only repeats what is asked."""
ABOUT_GOALS = ("pace", "required_growth", "implied_growth")
FEW, MANY = 1, 60
"""Questions that each word is put into, here and in the long run."""
MEANT = (
    "metric",
    "place",
    "region",
    "admin_type",
    "consumer",
    "offering",
    "sector",
    "order",
    "cmp",
    "threshold",
    "without",
)
CUES = (
    "average",
    "median",
    "difference",
    "except",
    "near",
    "pace",
    "required",
    "implied",
    "correlation",
    "distribution",
)
"""What a word is taken for that a question cannot mean the same without."""
SAID_TWICE = {
    "en": ["how many more", "how much larger", "top"],
    "zh": ["多多少", "从高到低", "由多到少", "外"],
}
"""Words that repeat another one: 'than' tells of a difference, 'fastest' of an order."""
SPEAKERS = frozenset(["i", "we", "我", "们"])


@cache
def kept(lang: str, family: str = "") -> list[str]:
    """Kept questions of figures that stand alone and are answered, none about what was aimed at or is planned.

    Nor those in which a word only says again what is asked: of the state of projects and what they have spent, which
    is that of today ('still delayed', 'already spent'); of differences, which tell what is higher.
    """
    lines = [dialogue[0] for dialogue in dialogues(QUESTIONS / f"{lang}.jsonl") if len(dialogue) == 1]
    answered = [line for line in lines if "template" in line and line["template"] not in ABOUT_GOALS]
    told = [line for line in answered if line["slots"].get("measure") not in OF_GOALS]
    told = [line for line in told if line["slots"].keys().isdisjoint(("fact", "project_status"))]
    told = [line for line in told if line["slots"].get("field") != "spent"]
    told = [line for line in told if family != "comparison" or not line["template"].startswith("difference")]
    return [line["question"] for line in told]


@cache
def meaning(question: str, lang: str) -> tuple[object, ...] | None:
    reading, _ = read(question, reader(lang), lang, None)
    return (reading.template.template_id, reading.slots) if isinstance(reading, Reading) else None


def with_word(question: str, word: str, lang: str, family: str, draw: random.Random) -> str:
    """The question with a word at one of its places: between any two tokens, before all or after all.

    Not behind 'I', of whom it would be said: 'tell me; I want ...'; nor where a Chinese sentence leaves that 'I' out.
    """
    tokens = read_text(question).tokens
    first = 1 if (lang, family) == ("zh", "intention") else 0
    places = [place for place in range(first, len(tokens) + 1) if not place or tokens[place - 1].text not in SPEAKERS]
    place = draw.choice(places)
    at = tokens[place].start if place < len(tokens) else len(question)
    return question[:at] + (f" {word} " if lang == "en" else word) + question[at:]


def unchanged(lang: str, family: str, many: int) -> Iterator[str]:
    draw = random.Random(2014)
    for word in CHANGING[family][lang]:
        for question in draw.sample(kept(lang, family), many):
            changed = with_word(question, word, lang, family, draw)
            before = meaning(question, lang)
            if before is not None and meaning(changed, lang) == before:
                yield changed


def test_there_are_many_words_that_change_a_question() -> None:
    assert sum(len(words[lang]) for words in CHANGING.values() for lang in LANGUAGES) >= 300
    assert all(len(set(words[lang])) == len(words[lang]) for words in CHANGING.values() for lang in LANGUAGES)


@pytest.mark.parametrize("family", CHANGING)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_changes_a_question_never_leaves_it_as_it_was(lang: str, family: str) -> None:
    assert not list(unchanged(lang, family, FEW))


@pytest.mark.long
@pytest.mark.parametrize("family", CHANGING)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_such_a_word_in_many_more_questions(lang: str, family: str) -> None:
    assert not list(unchanged(lang, family, MANY))


def implied(heard: Heard, others: list[Heard]) -> bool:
    """Whether a metric is said by a part that no other has: 'the share of information products'."""
    return heard.meaning.startswith("metric=") and any("offering=" in other.meaning for other in others)


def carries(heard: Heard, others: list[Heard]) -> bool:
    """Whether a word was taken for something that nothing else in the question was taken for."""
    kinds = {part.partition("=")[0] for part in heard.meaning.split()}
    elsewhere = {part.partition("=")[0] for other in others for part in other.meaning.split()}
    cue = heard.meaning.removeprefix("cue:")
    return (bool(kinds & set(MEANT)) and not kinds & elsewhere) or (cue != heard.meaning and cue in CUES)


def left_out(question: str, heard: Heard, lang: str) -> str:
    return question[: heard.start] + (" " if lang == "en" else "") + question[heard.end :]


def without_a_word(lang: str, step: int) -> Iterator[str]:
    """Questions that mean the same though a word that carries their meaning was left out."""
    for question in kept(lang)[::step]:
        reading, _ = read(question, reader(lang), lang, None)
        assert isinstance(reading, Reading)
        for heard in reading.heard:
            others = [other for other in reading.heard if other is not heard]
            if not carries(heard, others) or implied(heard, others) or heard.text.lower() in SAID_TWICE[lang]:
                continue
            if meaning(left_out(question, heard, lang), lang) == meaning(question, lang):
                yield f"{question} without {heard.text}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_carries_meaning_is_missed(lang: str) -> None:
    assert not list(without_a_word(lang, step=25))


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_that_carries_meaning_is_missed(lang: str) -> None:
    assert not list(without_a_word(lang, step=1))
