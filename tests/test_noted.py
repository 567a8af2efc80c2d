"""What a reading assumes is said in words: no codes of the store, and names in the language of the answer."""

from __future__ import annotations

import pytest

from tests import cards
from xinfo.understand.noted import OF_PERIODS, OF_PLACES, note


@pytest.mark.parametrize("key", OF_PERIODS)
@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        ("2015", "2015", "2015年"),
        ("2015Q1", "the first quarter of 2015", "2015年一季度"),
        ("2014Q2..2015Q1", "first quarter of 2015", "2014年二季度至2015年一季度"),
    ],
)
def test_a_period_is_said_in_words(key: str, period: str, english: str, chinese: str) -> None:
    assert english in note((key, period), cards.CATALOG, "en")
    assert chinese in note((key, period), cards.CATALOG, "zh")
    assert "年年" not in note((key, period), cards.CATALOG, "zh")


@pytest.mark.parametrize("key", OF_PLACES)
def test_a_place_is_said_by_its_name_in_the_language_of_the_answer(key: str) -> None:
    assert "Xining" in note((key, "xining"), cards.CATALOG, "en")
    assert "西宁市" in note((key, "xining"), cards.CATALOG, "zh")


def test_words_that_were_asked_stay_as_they_were() -> None:
    assert "xining" in note(("assumed.kept", "xining"), cards.CATALOG, "zh")
