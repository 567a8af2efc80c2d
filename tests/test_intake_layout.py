"""Tables of files as rows of the import format: what is recognised, asked, refused and remembered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from intake import grid, tables, words

from xinfo.errors import InputError
from xinfo.intake.grid import Grid
from xinfo.intake.headers import blocks
from xinfo.intake.layout import Proposal, judged, propose
from xinfo.intake.mapping import Mapping, answer, from_yaml, to_yaml
from xinfo.intake.questions import Note
from xinfo.intake.rows import Rows, apply
from xinfo.intake.shape import fit, recall, remember, shape_of
from xinfo.intake.times import normal, read_time
from xinfo.intake.units import read_units, split_units, unit_line
from xinfo.language.texts import languages, texts

TABLES = tables()
DETAILS = ("consumer", "offering", "sector", "status", "source")


def of(table: dict[str, Any]) -> Grid:
    return grid(table["cells"], **{key: table[key] for key in ("file", "sheet", "merged") if key in table})


def propose_all(made: Grid) -> tuple[Proposal, ...]:
    return tuple(propose(made, words(), block) for block in blocks(made, words()))


def only(cells: str, **given: Any) -> tuple[Proposal, Grid]:
    made = grid(cells, **given)
    (proposal,) = propose_all(made)
    return proposal, made


def said(row: dict[str, Any]) -> str:
    cells = [row[name] for name in ("place", "metric", "period", "value", "unit")]
    return " | ".join([*cells, *(row[name] for name in DETAILS if row.get(name) not in (None, "all"))])


def rows_of(rows: Rows) -> list[str]:
    return [said(row) for row in rows.table.to_pylist()]


def asked(proposal: Proposal) -> list[str]:
    return [f"{question.about} | {question.text}" for question in proposal.questions]


def answered(proposal: Proposal, made: Grid, answers: list[str]) -> Proposal:
    mapping = proposal.mapping
    for about, text, choice in (tuple(map(str.strip, one.split("|"))) for one in answers):
        for question in proposal.questions:
            if (question.about, question.text) == (about, text):
                mapping = answer(mapping, question, choice)
    return judged(mapping, made, words(), proposal.block)


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_a_table_becomes_the_rows_it_means_once_its_questions_are_answered(table: dict[str, Any]) -> None:
    made, found, questions = of(table), [], []
    for proposal in propose_all(made):
        questions += asked(proposal)
        proposal = answered(proposal, made, table.get("answers", []))
        assert proposal.ready, proposal.questions
        assert proposal.mapping.table == table.get("table", "observation")
        rows = apply(proposal.mapping, made, words())
        assert rows.refused == ()
        found += rows_of(rows)
    assert questions == table.get("questions", [])
    assert found == [row.replace("'", "") for row in table["rows"]]


def test_the_corpus_has_thirty_layouts_and_half_of_them_chinese() -> None:
    chinese = [table for table in TABLES if any("一" <= character <= "鿿" for character in table["cells"])]
    assert len(TABLES) >= 30
    assert 2 * len(chinese) >= len(TABLES)


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_a_mapping_is_the_same_after_a_round_trip_through_yaml(table: dict[str, Any]) -> None:
    for proposal in propose_all(of(table)):
        assert from_yaml(to_yaml(proposal.mapping)) == proposal.mapping


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns: {a: plaice}", "'plaice' is not known; .*did you mean place"),
        ("columns: {a: {metrc: gdp}}", "did you mean metric"),
        ("columns: {a: place}\nfixd: {place: xining}", "did you mean fixed"),
        ("columns: {a: place}\ntable: observations", "did you mean observation"),
        ("columns: {a: place}\nheader: first", "the first and the last row"),
        ("header: [1, 1]", "expected 'header' and 'columns'"),
        ("columns: {a: [", "my.yaml, line 2: no YAML"),
    ],
)
def test_a_mapping_that_is_none_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        from_yaml(text, "my.yaml")


REFUSED = """
地区|指标|时间|信息消费（亿元）
西宁巿|信息消费|2014年|62
西宁市|信息消费额度外|2014年|62
西宁市|信息消费|2013-2015年|62
西宁市|信息消费|2014年|约62
西宁市|信息消费|2014年|62万户
西宁市|信息消费|2014年|3.2万
"""


def test_a_refused_cell_is_named_with_sheet_row_column_what_was_expected_and_what_is_near() -> None:
    proposal, made = only(REFUSED.strip())
    rows = apply(proposal.mapping, made, words())
    assert rows_of(rows) == []
    refused = {one.cell: (one.line, one.sheet, one.column, one.text, one.expected) for one in rows.refused}
    assert refused == {
        "A2": (2, "Sheet1", "地区", "西宁巿", "place"),
        "B3": (3, "Sheet1", "指标", "信息消费额度外", "metric"),
        "C4": (4, "Sheet1", "时间", "2013-2015年", "period"),
        "D5": (5, "Sheet1", "信息消费（亿元）", "约62", "number"),
        "D6": (6, "Sheet1", "信息消费（亿元）", "62万户", "unit"),
        "D7": (7, "Sheet1", "信息消费（亿元）", "3.2万", "unit"),
    }
    near = {one.cell: one.nearest for one in rows.refused}
    assert near["A2"][0] == "xining"
    assert "info_consumption" in near["B3"]
    assert "亿元" in near["D6"]


def test_one_value_merged_over_several_rows_is_refused() -> None:
    proposal, made = only("地区|2014年信息消费（亿元）\n西宁市|62\n合肥市|\n贵阳市|5", merged=["B2:B3"])
    rows = apply(proposal.mapping, made, words())
    assert rows_of(rows) == ["guiyang | info_consumption | 2014 | 5 | 亿元"]
    assert [(one.cell, one.expected) for one in rows.refused] == [("B2", "one_cell"), ("B3", "one_cell")]


def test_formulas_blanks_and_places_in_the_file_are_kept() -> None:
    made = replace(grid("City|2013 GDP (yuan)|2014 GDP (yuan)\nXining|1|…"), formulas=frozenset({(1, 1)}))
    (proposal,) = propose_all(made)
    rows = apply(proposal.mapping, made, words())
    assert rows.blanks == 1
    (row,) = rows.table.to_pylist()
    assert (row["sheet"], row["line"], row["cell"], row["formula"]) == ("Sheet1", 2, "B2", True)


def test_totals_growth_of_several_and_unknown_texts_are_left_out_with_a_note() -> None:
    proposal, made = only("2014年|||\n地区|信息消费（亿元）|GDP（亿元）|增速\n合计|3|4|5\n西宁市|1|2|3\n注：初步数|||")
    assert Note("left", ("合计",)) in proposal.notes
    assert Note("growth_of_several", ("增速",)) in proposal.notes
    assert Note("below", ("注：初步数",)) in proposal.notes
    assert apply(proposal.mapping, made, words()).left == 1


def test_figures_under_a_line_that_nobody_understands_are_not_given_to_the_place_above_it() -> None:
    proposal, made = only("指标|单位|2014年\n西宁市||\n信息消费|亿元|62\n海东市||\n信息消费|亿元|10")
    assert asked(proposal) == ["word | 海东市"]
    rows = apply(proposal.mapping, made, words())
    assert rows_of(rows) == ["xining | info_consumption | 2014 | 62 | 亿元"]
    assert [(one.cell, one.text) for one in rows.refused] == [("A5", "海东市")]


def test_a_grid_without_a_header_is_no_table() -> None:
    assert propose_all(grid("西宁市|60|20\n合肥市|70|30")) == ()


THIRD = "2014年各市信息消费||\n地区|一季度|二季度|指数\n西宁市|10|11|101\n城东区|1|2|100"
FOURTH = "2015年各市信息消费|||\n\n地区|一季度|二季度|三季度|指数\n西宁市|12|13|14|102\n城东区|3|4|5|103"


def decided(proposal: Proposal, made: Grid) -> Mapping:
    answers = ["column | 指数 | ignore", "word | 城东区 | ignore", "unit | info_consumption | 亿元"]
    return answered(proposal, made, answers).mapping


def test_the_answers_for_one_file_hold_for_the_next_of_its_shape_with_its_own_periods(tmp_path: Path) -> None:
    first, made = only(THIRD)
    assert asked(first) == ["column | 指数", "word | 城东区", "unit | info_consumption"]
    remember(tmp_path, decided(first, made))
    later = grid(FOURTH)
    (block,) = blocks(later, words())
    assert shape_of(block) == shape_of(first.block)
    found = recall(tmp_path, later, words(), block)
    assert found is not None
    assert found.ready
    assert rows_of(apply(found.mapping, later, words())) == [
        "xining | info_consumption | 2015Q1 | 12 | 亿元",
        "xining | info_consumption | 2015Q2 | 13 | 亿元",
        "xining | info_consumption | 2015Q3 | 14 | 亿元",
    ]


def test_a_year_is_never_remembered(tmp_path: Path) -> None:
    first, made = only(THIRD)
    remember(tmp_path, decided(first, made))
    later = grid(FOURTH.replace("2015年", ""))
    found = recall(tmp_path, later, words(), blocks(later, words())[0])
    assert found is not None
    assert [question.about for question in found.questions] == ["year"]


def test_what_the_new_file_says_of_itself_wins_over_what_is_remembered(tmp_path: Path) -> None:
    first, made = only("西宁市2014年9月\n指标|单位|本月|累计\n信息消费|亿元|5|45")
    remember(tmp_path, first.mapping)
    later = grid("合肥市2014年10月\n指标|单位|本月|累计\n信息消费|亿元|6|51")
    found = recall(tmp_path, later, words(), blocks(later, words())[0])
    assert found is not None
    assert rows_of(apply(found.mapping, later, words())) == [
        "hefei | info_consumption | 2014-10 | 6 | 亿元",
        "hefei | info_consumption | 2014M01-M10 | 51 | 亿元",
    ]
    assert made.file == later.file


def test_another_header_has_another_shape(tmp_path: Path) -> None:
    first, made = only(THIRD)
    remember(tmp_path, decided(first, made))
    other = grid("2014年\n地区|GDP（亿元）\n西宁市|10")
    assert recall(tmp_path, other, words(), blocks(other, words())[0]) is None


def test_a_mapping_given_with_a_file_fits_it_or_says_which_column_is_not_there() -> None:
    first, made = only(THIRD)
    mapping = decided(first, made)
    assert fit(mapping, made, words()).mapping == mapping
    assert fit(mapping, grid(FOURTH), words()).ready
    with pytest.raises(InputError, match="there is no column '一季度'"):
        fit(mapping, grid("2014年\n地区|GDP（亿元）\n西宁市|10"), words())
    with pytest.raises(InputError, match="no table"):
        fit(mapping, grid("西宁市|10"), words())


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2014年一季度", "2014Q1"),
        ("1Q2014", "2014Q1"),
        ("2014.1-9", "2014Q1-Q3"),
        ("2014年1—12月", "2014"),
        ("Jan–Sep 2014", "2014Q1-Q3"),
        ("201403", "2014-03"),
        ("信息消费2014年末", "2014"),
        ("2014一季度", "2014Q1"),
        ("2013-2015年", None),
        ("2014/15", None),
        ("2014年1月20日", None),
        ("一季度", None),
        ("4G用户", None),
        ("3G/4G用户", None),
    ],
)
def test_a_period_is_found_inside_a_text(text: str, period: str | None) -> None:
    time, _ = read_time(normal(text))
    assert (time.period if time else None) == period


@pytest.mark.parametrize(
    ("text", "unit", "times"),
    [
        ("信息消费（亿元）", "亿元", "1"),
        ("GDP, 100 million yuan", "亿元", "1"),
        ("收入（百万元）", "万元", "100"),
        ("终端数（万台）", "units", "10000"),
        ("Population (10,000)", "", "10000"),
        ("同比±%", "%", "1"),
        ("增速（‰）", "%", "0.1"),
        ("broadband lines", None, None),
        ("3G/4G用户", None, None),
    ],
)
def test_the_unit_of_a_header_is_found(text: str, unit: str | None, times: str | None) -> None:
    units, _ = split_units(normal(text))
    assert [(one.unit, one.times) for one in units] == ([] if unit is None else [(unit, Decimal(times or 1))])


def test_a_unit_line_may_list_several_units_and_a_number_is_no_unit() -> None:
    assert [unit.unit for unit in unit_line("单位：亿元、万户、%")] == ["亿元", "万户", "%"]
    assert read_units("10,000") == ()
    assert unit_line("信息消费（亿元）") == ()


@pytest.mark.parametrize("lang", languages())
def test_every_question_note_and_expectation_has_its_words(lang: str) -> None:
    known = texts(lang)
    for about in ("place", "metric", "year", "unit", "dates", "table", "column", "word"):
        assert f"intake.ask.{about}" in known
    for kind in ("ignored", "target", "growth_of_several", "left", "fixed", "below"):
        assert f"intake.note.{kind}" in known
    for expected in ("place", "metric", "period", "number", "unit", "part", "line", "column", "one_cell"):
        assert f"intake.expected.{expected}" in known
