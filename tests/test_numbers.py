"""Numbers and periods as people read them, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfo.language import times
from xinfo.language.numbers import amount, below_one_another, exact, number, scale_for, scale_of, written
from xinfo.language.texts import languages, missing
from xinfo.store.periods import parse_id

WRITTEN = (
    # value, unit, English, Chinese
    (12.5e9, "yuan", "12.5 billion yuan", "125亿元"),
    (6.552e9, "yuan", "6.552 billion yuan", "65.52亿元"),
    (3.2e12, "yuan", "3.2 trillion yuan", "3.2万亿元"),
    (-3.2e8, "yuan", "-320 million yuan", "-3.2亿元"),
    (999_960_000, "yuan", "1 billion yuan", "10亿元"),
    (9_999.6, "count", "10,000", "1万"),
    (12_346, "count", "12,346", "1.235万"),
    (1_234_567, "count", "1.235 million", "123.5万"),
    (0, "yuan", "0 yuan", "0元"),
    (0.2, "ratio", "20%", "20%"),
    (-0.00001, "ratio", "0%", "0%"),
    (0.123456, "ratio", "12.35%", "12.35%"),
    (12_345.6, "yuan/person", "12,346 yuan per person", "12,346元"),
    (120.4, "km", "120.4 km", "120.4公里"),
    (7, "kWh", "7 kWh", "7 kWh"),
)


@pytest.mark.parametrize(("value", "unit", "english", "chinese"), WRITTEN)
def test_an_amount_is_written_the_way_each_language_counts(value: float, unit: str, english: str, chinese: str) -> None:
    assert (amount(value, unit, "en"), amount(value, unit, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "said"),
    [(65.52, "65.52"), (0.00042134, "0.0004213"), (-0.5, "-0.5"), (123456, "123,456"), (100, "100"), (0, "0")],
)
def test_a_number_keeps_four_significant_figures_and_every_whole_digit(value: float, said: str) -> None:
    assert number(value) == said


@given(st.floats(min_value=1e-6, max_value=1e15))
def test_rounding_never_moves_a_number_by_more_than_half_a_thousandth(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=5.01e-4)


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["en", "zh"]))
def test_a_threshold_is_said_without_losing_a_digit(value: int, lang: str) -> None:
    words = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "万亿": 10**12, "亿": 10**8, "万": 10**4}
    said = exact(float(value), "yuan", lang).removesuffix("元").removesuffix("yuan").strip()
    scale = next((size for word, size in words.items() if said.endswith(word)), 1)
    digits = said.rstrip("trilonbm万亿 ").replace(",", "")
    assert round(float(digits) * scale) == value


@pytest.mark.parametrize(
    ("largest", "unit", "english", "chinese"),
    [
        (6.5e9, "yuan", (1e9, "billion yuan"), (1e8, "亿元")),
        (-6.5e9, "yuan", (1e9, "billion yuan"), (1e8, "亿元")),
        (0.3, "ratio", (0.01, "%"), (0.01, "%")),
        (500, "count", (1.0, ""), (1.0, "")),
    ],
)
def test_an_axis_gets_the_unit_of_its_largest_value(
    largest: float, unit: str, english: object, chinese: object
) -> None:
    assert (scale_of(largest, unit, "en"), scale_of(largest, unit, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ((2.404e12, 97.3e9), "billion yuan", "亿元"),
        ((2.404e12, 1.6e12), "trillion yuan", "万亿元"),
        ((278e9, 2.1e9), "billion yuan", "亿元"),
        ((5e11, 1e6), "billion yuan", "亿元"),
        ((0.0, -3e9), "billion yuan", "亿元"),
        ((), "yuan", "元"),
    ],
)
def test_a_column_gets_a_unit_that_suits_its_least_figure_too(
    values: tuple[float, ...], english: str, chinese: str
) -> None:
    assert (scale_for(values, "yuan", "en")[1], scale_for(values, "yuan", "zh")[1]) == (english, chinese)


@pytest.mark.parametrize(("value", "unit"), [(3.37e9, "yuan"), (0.123456, "ratio"), (9.735e8, "yuan"), (0.2, "ratio")])
def test_a_column_writes_the_digits_of_the_sentence(value: float, unit: str) -> None:
    scale, _ = scale_for([value], unit, "en")
    assert amount(value, unit, "en").split()[0].rstrip("%") == written(value / scale, unit)


def test_the_points_of_a_column_stand_below_one_another() -> None:
    assert below_one_another(["2.103", "3.37", "12"]) == ["2.103", "3.37\u2007", "12\u2008\u2007\u2007\u2007"]
    assert below_one_another(["7", "12"]) == ["7", "12"]


@pytest.mark.parametrize(
    ("period", "english", "chinese", "short"),
    [
        ("2014", "2014", "2014年", "2014"),
        ("2014Q3", "the third quarter of 2014", "2014年三季度", "2014 Q3"),
        ("2014Q1-Q2", "the first half of 2014", "2014年上半年", "Jan-Jun 2014"),
        ("2014Q1-Q3", "the first three quarters of 2014", "2014年前三季度", "Jan-Sep 2014"),
        ("2014-03", "March 2014", "2014年3月", "Mar 2014"),
        ("2013M01-M05", "January-May 2013", "2013年1—5月", "Jan-May 2013"),
    ],
)
def test_a_period_is_named_as_people_name_it(period: str, english: str, chinese: str, short: str) -> None:
    at = parse_id(period)
    assert (times.name(at, "en"), times.name(at, "zh"), times.short(at, "en")) == (english, chinese, short)


@pytest.mark.parametrize("lang", languages())
def test_no_language_lacks_a_text(lang: str) -> None:
    assert not missing(lang)
