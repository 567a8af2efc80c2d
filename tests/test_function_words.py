"""The closed list of words that may be skipped: short, each with a class, and never a word that changes a question."""

from pathlib import Path

import pytest
from asked import reader

from tests.function_words import read_function_words
from xinfo.loop.proposals import KINDS
from xinfo.understand.text import key, read_text

WORDS = read_function_words(Path(__file__).parents[1] / "queries")
MOST = 150
CHANGING = {
    "en": (
        "want need must should hope expect due supposed aim plan promise will would might all any every only just "
        "still again yet already not no without last first about roughly real net together too even more less than "
        "over under per each both half most least nearly exactly since until before after now total million yuan"
    ).split(),
    "zh": [
        *"要想需得该应须会将能都只仅还再又才就也不没未无非约共总各每全比更最超过多少前后已曾起止自从亿万元户一两几半除外另净",
        *"左右 大概 实际 最终 以上 以下 上年 去年 其他 人均".split(),
    ],
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_is_short(lang: str) -> None:
    assert 100 < len(WORDS.classes[lang]) <= MOST


@pytest.mark.parametrize(("lang", "word"), [(lang, word) for lang, words in CHANGING.items() for word in words])
def test_a_word_that_changes_a_question_is_not_in_it(lang: str, word: str) -> None:
    assert not WORDS.covers(key(word))


def test_words_are_covered_alone_and_as_phrases() -> None:
    assert WORDS.covers(read_text("Could you please show me the").words())
    assert WORDS.covers(read_text("请帮我查一下").words())
    assert not WORDS.covers(read_text("show me only the").words())


def test_every_word_has_its_class() -> None:
    assert WORDS.class_of[("the",)] == "article"
    assert WORDS.class_of[("请", "问")] == "politeness"


def test_nobody_teaches_a_word_that_is_skipped() -> None:
    assert "filler" not in KINDS


def test_the_vocabulary_skips_no_other_words() -> None:
    """What is skipped stands on the list, whatever other file says."""
    skipped = {words for words, senses in reader().lexicon.senses.items() if any(s.kind == "filler" for s in senses)}
    assert skipped == set(WORDS.class_of)
