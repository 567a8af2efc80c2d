"""Amounts as people write them in cells: what each is read as, and that nothing that may be two numbers is one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xinfo.intake.amounts import Amount, read_amount, read_numeral, spelled

NUMBERS = {
    # text -> number, unit
    "0": ("0", None),
    "65.52": ("65.52", None),
    "-3.5": ("-3.5", None),
    "+3.5": ("3.5", None),
    ".5": ("0.5", None),
    "\u22123.5": ("-3.5", None),
    "–3.5": ("-3.5", None),
    "－３．５": ("-3.5", None),
    "１２３４．５": ("1234.5", None),
    "１，２３４": ("1234", None),
    "1,234,567.8": ("1234567.8", None),
    "1，234": ("1234", None),
    "1 234 567": ("1234567", None),
    "1\u202f234": ("1234", None),
    "1\u00a0234,": None,
    "1\u2009234.5": ("1234.5", None),
    "1'234": ("1234", None),
    "1’234": ("1234", None),
    "(1,234)": ("-1234", None),
    "（1,234.5）": ("-1234.5", None),
    "(5.2%)": ("-5.2", "%"),
    "(5.2)%": ("-5.2", "%"),
    "(¥1,234)": ("-1234", "元"),
    "15.3%": ("15.3", "%"),
    "15.3 ％": ("15.3", "%"),
    "+15.3%": ("15.3", "%"),
    "12.7‰": ("12.7", "‰"),
    "1.2个百分点": ("1.2", "个百分点"),
    "0.8 pp": ("0.8", "个百分点"),
    "15.3 percent": ("15.3", "%"),
    "3.2万": ("3.2", "万"),
    "65.52亿": ("65.52", "亿"),
    "65.52亿元": ("65.52", "亿元"),
    "65.52 亿元": ("65.52", "亿元"),
    "65.52亿元人民币": ("65.52", "亿元"),
    "人民币65.52亿元": ("65.52", "亿元"),
    "¥65.52亿": ("65.52", "亿元"),
    "￥1,234.50": ("1234.50", "元"),
    "-¥1,234": ("-1234", "元"),
    "¥-1,234": ("-1234", "元"),
    "RMB 65.52 billion": ("65.52", "billion yuan"),
    "CNY1.2bn": ("1.2", "billion yuan"),
    "65.52 million yuan": ("65.52", "million yuan"),
    "65.52 Million Yuan": ("65.52", "million yuan"),
    "3.2 million": ("3.2", "million"),
    "3.2 million users": ("3.2", "million users"),
    "2.2万亿元": ("2.2", "万亿元"),
    "5千万元": ("5", "千万元"),
    "3百万": ("3", "百万"),
    "120万户": ("120", "万户"),
    "120 户": ("120", "户"),
    "2,216人": ("2216", "人"),
    "3,456元/人": ("3456", "元/人"),
    "100兆": ("100", "兆"),
    "1.2E+08": ("120000000", None),
    "1.2e-3": ("0.0012", None),
    "1.2×10^8": ("120000000", None),
    "1.2×10⁸元": ("120000000", "元"),
    "十二": ("12", None),
    "两百": ("200", None),
    "壹佰贰拾元": ("120", "元"),
    "五千万元": ("5000", "万元"),
    "十二亿五千万元": ("1250000000", "元"),
    "三点五": ("3.5", None),
    "负三": ("-3", None),
    "百分之十五": ("15", "%"),
    "百分之15.3": ("15.3", "%"),
    "千分之三": ("3", "‰"),
    "\ufeff12": ("12", None),
    " 12\u3000": ("12", None),
    "12\n万元": ("12", "万元"),
}

MARKED = {
    "12*": ("12", None, ("*",)),
    "*12": ("12", None, ("*",)),
    "12①": ("12", None, ("①",)),
    "12[1]": ("12", None, ("[1]",)),
    "12 【2】": ("12", None, ("[2]",)),
    "12¹": ("12", None, ("¹",)),
    "12注1": ("12", None, ("注1",)),
    "12（注）": ("12", None, ("(注)",)),
    "12 (p)": ("12", None, ("preliminary",)),
    "12(e)": ("12", None, ("estimated",)),
    "12.5（初步）": ("12.5", None, ("preliminary",)),
    "12.5（预计）亿元": ("12.5", "亿元", ("estimated",)),
    "12.5亿元（初步核算）*": ("12.5", "亿元", ("preliminary", "*")),
    "12.5% (r)": ("12.5", "%", ("revised",)),
    "(1,234)*": ("-1234", None, ("*",)),
}

MISSING = "|-|--|—|——|–|…|……|..|...|/|n/a|N/A|NA|n.a.|无|暂无|缺|*|null|NULL|None|NaN| |\u3000|－|未公布".split("|")

NO_NUMBER = """西宁市 2014年 一季度 2014Q1 2014-03-01 10:30 1-5 10~12 3/4 1.234,56 12,34 0,123 1,2345 1234,567 1,23,456
1.234.567 1,234'567 1. 12, --5 +-5 -(5) 约120 120以上 120左右 100+ >100 ≥100 $120 US$120 120美元 ¥12户 ¥12% 3亿5000万
一百二 二〇一四 三亚 百色 万 亿元 % 元 万元 百万 10² 10³元 4G 第3 #DIV/0! #N/A TRUE 12p 1e400 ½ 1²3 12%% 12亿亿
12元户 Inf x ① 5个月 １２３４，５ 12\ufffd 12\ufffd3""".split()


@pytest.mark.parametrize(("text", "wanted"), NUMBERS.items())
def test_a_written_number_is_read_with_its_unit(text: str, wanted: tuple[str, str | None] | None) -> None:
    assert read_amount(text) == (wanted and Amount(Decimal(wanted[0]), wanted[1]))


@pytest.mark.parametrize(("text", "wanted"), MARKED.items())
def test_footnote_signs_and_statuses_are_marks_and_no_part_of_the_number(
    text: str, wanted: tuple[str, str | None, tuple[str, ...]]
) -> None:
    assert read_amount(text) == Amount(Decimal(wanted[0]), wanted[1], wanted[2])


@pytest.mark.parametrize("text", MISSING)
def test_what_stands_for_a_missing_figure_is_no_number_and_no_error(text: str) -> None:
    assert read_amount(text) == Amount(None)


def test_a_missing_figure_keeps_its_footnote() -> None:
    assert read_amount("—①") == Amount(None, None, ("①",))


@pytest.mark.parametrize("text", NO_NUMBER)
def test_what_is_no_amount_or_may_be_two_is_none(text: str) -> None:
    assert read_amount(text) is None


SIGNS = ("{}", "+{}", "-{}", "－{}", "\u2212{}", "({})", "（{}）")
APART = ("", ",", "，", " ", "\u2009", "\u202f", "\u00a0", "'", "’")
UNITS = ("", "%", " %", "‰", "万", "亿", "元", "万元", "亿元", " 亿元", "万亿元", "百万元", "户", "万户", "人", "万人")
UNITS += (" million yuan", " billion yuan", " million", " yuan", "个百分点")
MARKS = ("", "*", "①", "[1]", "¹", "注1", " (p)", "（初步）", "（预计）")
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@settings(deadline=None)
@given(
    number=st.decimals(0, 10**15, places=2, allow_nan=False),
    places=st.integers(0, 2),
    sign=st.sampled_from(SIGNS),
    apart=st.sampled_from(APART),
    unit=st.sampled_from(UNITS),
    mark=st.sampled_from(MARKS),
    wide=st.booleans(),
    blanks=st.sampled_from(("", " ", "\u3000")),
)
@example(number=Decimal(10), places=0, sign="{}", apart="", unit="", mark="①", wide=True, blanks="")
def test_a_number_written_in_any_usual_way_reads_back_equal(
    number: Decimal, places: int, sign: str, apart: str, unit: str, mark: str, wide: bool, blanks: str
) -> None:
    digits = f"{number:,.{places}f}"
    meant = Decimal(digits.replace(",", ""))
    text = sign.format(digits.replace(",", apart) + unit)
    if digits == "10" and mark == "¹" and not unit:
        return  # ten to the power of one, or ten with a footnote
    amount = read_amount(blanks + (text.translate(FULL_WIDTH) if wide else text) + mark + blanks)
    assert amount is not None
    negative = sign not in ("{}", "+{}")
    assert (amount.value, amount.unit) == (-meant if negative else meant, unit.strip() or None)
    assert len(amount.marks) == bool(mark)


@settings(deadline=None)
@given(st.integers(0, 10**16 - 1))
def test_a_number_spelt_out_reads_back_equal(number: int) -> None:
    assert read_numeral(spelled(number)) == number


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    read_amount(text)


@settings(deadline=None)
@given(st.text("0123456789,.'-+() %万亿元e×", max_size=14))
def test_a_number_is_read_only_where_thousands_are_whole(text: str) -> None:
    amount = read_amount(text)
    if amount and amount.value is not None and "," in text:
        groups = text.strip("()-+ 万亿元%").partition(".")[0].split(",")
        assert all(len(group.partition("e")[0].strip("()万亿元% ")) == 3 for group in groups[1:])
