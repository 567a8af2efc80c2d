"""The closed list of words that may be skipped: short, each with a class, and never a word that changes a question."""

from pathlib import Path

import pytest

from xinfo.understand.function_words import read_function_words
from xinfo.understand.text import key, read_text

WORDS = read_function_words(Path(__file__).parents[1] / "queries")
MOST = 150
CHANGING = {
    "en": (
        "want need must should hope expect due supposed aim plan promise will would might all any every only just still "
        "again yet already not no without last first about roughly real net together too even more less than over "
        "under per each both half most least nearly exactly since until before after now total million yuan percent"
    ).split(),
    "zh": (
        "要 想 需 得 该 应 须 会 将 能 都 只 仅 还 再 又 才 就 也 不 没 未 无 非 约 左右 大概 实际 最终 共 总 各 每 全 比 更 最 "
        "超 过 多 少 以上 以下 前 后 上年 去年 已 曾 起 止 自 从 亿 万 元 户 一 两 几 半 除 外 另 其他 净 人均"
    ).split(),
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
