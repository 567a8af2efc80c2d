"""Answers as CSV, XLSX and JSON: read back with other programs' readers."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from answers import QUERIES, answer, figure, when
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.cells import guarded
from xinfo.answer.crossed import crossed
from xinfo.answer.export import to_csv, to_xlsx
from xinfo.answer.form import to_json
from xinfo.answer.quotation import taken_along
from xinfo.answer.shown import shown
from xinfo.ask import open_workspace
from xinfo.understand.reading import Scope, Slots, Unclear

SLOTS = Slots(metric="gdp", scope=Scope(region="west"), order="desc", n=2, periods=when("2013Q2..2014Q1"))
CONTRACT = {
    *("id", "status", "question", "lang", "reading", "template", "slots", "sql", "params", "columns", "rows"),
    *("headline", "chart", "sources", "statuses", "caveats", "timing_ms"),
}


def ranking(lang: str = "en", question: str = "=cmd|' /C calc'!A0") -> Answer:
    rows = [
        figure(6.552e9, place="xining", places=["xining", "lhasa"], source="yearbook"),
        figure(-1.5e9, place="lhasa", places=["xining", "lhasa"], status="estimated"),
    ]
    return answer("rank", rows, SLOTS, lang, question=question, params={"n": 2, "metric": "gdp"})


def lines(told: Answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(told).decode("utf-8-sig"))))


def test_a_csv_has_the_figures_then_everything_about_them() -> None:
    rows = lines(ranking("zh"))
    head = rows[0]
    xining = dict(zip(head, rows[1], strict=True))
    assert (xining["地区"], xining["地区生产总值（亿元）"]) == ("西宁市", "65.52")
    assert float(xining["地区生产总值（yuan）"]) == 6.552e9
    assert xining["数据性质"] == "公开发布的数据"
    said = {row[0] for row in rows[4:]}
    assert {"问题", "回答", "来源", "SQL", "数据库校验码"} <= said


def test_a_csv_starts_with_the_mark_that_spreadsheets_need_for_chinese() -> None:
    assert to_csv(ranking()).startswith(b"\xef\xbb\xbf")


def test_no_text_in_a_csv_is_a_formula() -> None:
    cells = [cell for row in lines(ranking()) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@")]
    assert "-1500000000.0" in cells, "a negative number stays a number"


@given(st.text())
def test_no_text_whatever_is_let_through_as_a_formula(said: str) -> None:
    kept = guarded(said).lstrip()
    assert not kept.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"))
    assert "\x00" not in kept


@pytest.mark.parametrize(
    ("lang", "title", "value"), [("en", "GDP (billion yuan)", 6.552), ("zh", "地区生产总值（亿元）", 65.52)]
)
def test_a_workbook_has_numbers_in_the_units_of_its_language(lang: str, title: str, value: float) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(ranking(lang))))
    figures = book.get_sheet_by_index(0).to_python()
    assert figures[1][figures[0].index(title)] == pytest.approx(value)
    assert 6.552e9 in figures[1], "and in the base unit"


def test_a_workbook_has_no_formula_and_links_only_to_web_addresses() -> None:
    with zipfile.ZipFile(io.BytesIO(to_xlsx(ranking()))) as book:
        parts = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in part for part in parts.values())
    assert not any('Target="javascript' in part for part in parts.values())
    assert any('Target="https://example.org/xining"' in part for part in parts.values())


def test_the_same_answer_gives_the_same_workbook() -> None:
    assert to_xlsx(ranking()) == to_xlsx(ranking())


def test_long_and_unprintable_text_does_not_break_a_workbook() -> None:
    told = replace(ranking(), sql="x" * 50_000, headline="a\x00b\x0bc\ud800")
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(told)))
    assert "abc" in [row[1] for row in book.get_sheet_by_index(1).to_python()]


def test_an_answer_without_rows_still_makes_files() -> None:
    told = answer("filter", [], Slots(metric="gdp", scope=Scope(), cmp=">", threshold=1.0, periods=when("2014")))
    assert any(told.headline in row for row in lines(told))
    assert to_xlsx(told)


def test_the_json_form_has_every_field_of_the_contract_and_is_json() -> None:
    form = to_json(ranking(), "q1")
    assert form.keys() >= CONTRACT
    assert json.loads(json.dumps(form, allow_nan=False)) == form
    assert (form["id"], form["status"], form["slots"]["periods"]) == ("q1", "answered", ["2013Q2..2014Q1"])
    assert form["slots"]["scope"] == {"region": "west"}


def test_each_row_names_what_it_is_about_and_its_unit() -> None:
    row = to_json(ranking())["rows"][0]
    about = {name: row[name] for name in ("place", "metric", "period", "value", "unit")}
    assert about == {
        "place": "xining", "metric": "gdp", "period": "2013Q2..2014Q1", "value": 6.552e9, "unit": "yuan",
    }  # fmt: skip
    assert "consumer" not in row, "a total needs no word"


def test_a_question_not_answered_carries_no_rows() -> None:
    unclear = Unclear("Suzhou GDP", "en", "clarify", "Two places are called Suzhou.", ("GDP of Suzhou (Anhui)",))
    form = to_json(NotAnswered(unclear, {"total": 1.0}), 7)
    assert (form["id"], form["status"], form["rows"]) == (7, "clarify", [])
    assert form["choices"] == ["GDP of Suzhou (Anhui)"]
    assert (form["reading"], form["sql"], form["slots"], form["sources"]) == (None, None, {}, [])
    assert form.keys() == to_json(ranking()).keys(), "whoever reads it need not look which keys there are"


def test_a_group_is_named_after_what_it_was_grouped_by() -> None:
    rows = [figure(2e9, label="Qinghai", places=["xining"]), figure(1e9, label="Tibet", places=["lhasa"])]
    slots = Slots(metric="gdp", scope=Scope(), over="province", periods=when("2014"))
    told = answer("group", rows, slots, "zh")
    assert [row["province"] for row in told.rows] == ["Qinghai", "Tibet"]
    assert next(column for column in shown(told) if column.name == "province").cells == ("青海省", "西藏自治区")


def test_a_part_asked_for_is_in_every_row() -> None:
    rows = [figure(2e9, place="xining") | {"consumer": "personal"}]
    told = answer(
        "value",
        rows,
        Slots(metric="info_consumption", consumer=("personal",), places=("xining",), periods=when("2014")),
    )
    assert told.rows[0]["consumer"] == "personal"


@pytest.mark.parametrize(
    ("template", "slots", "row", "unit"),
    [
        ("value", Slots(measure="growth", metric="gdp", places=("xining",)), {"place": "xining"}, "ratio"),
        ("count", Slots(metric="gdp", scope=Scope(), cmp=">", threshold=1.0), {}, "count"),
        ("project_sum", Slots(places=("xining",), field="spent"), {}, "yuan"),
        ("project_count", Slots(places=("xining",)), {}, "count"),
        ("near", Slots(places=("xining",), n=1, scope=Scope()), {"place": "lhasa"}, "km"),
        ("share_of_places", Slots(metric="gdp", places=("xining",), scope=Scope()), {"place": "xining"}, "ratio"),
        ("required_growth", Slots(metric="gdp", places=("xining",)), {"place": "xining"}, "ratio"),
        ("implied", Slots(metric="gdp", places=("xining",)), {"place": "xining"}, "yuan"),
    ],
)  # fmt: skip
def test_the_unit_is_that_of_the_asked_for_number(template: str, slots: Slots, row: dict[str, str], unit: str) -> None:
    told = answer(template, [row | {"value": 1.0}], slots.but(periods=when("2014")))
    assert told.rows[0]["unit"] == unit


COURSES = Slots(metric="gdp", places=("xining", "lhasa"), grain="year", periods=when("2014..2015"))


def courses(**last: str) -> Answer:
    rows = [
        figure(8e9, place="xining", period="2014"),
        figure(1e10, place="xining", period="2015", **last),
        figure(1.35e9, place="lhasa", period="2014"),
    ]
    return answer("trend", rows, COURSES)


def test_several_places_over_time_are_a_table_of_place_by_period() -> None:
    found = crossed(courses(status="preliminary"))
    assert found is not None
    assert (found.title, found.down, found.across) == ("GDP (billion yuan)", ("Xining", "Lhasa"), ("2014", "2015"))
    assert found.cells == ((("8", ""), ("10", "*")), (("1.35", ""), ("", "")))
    assert found.signs == (("*", "preliminary"),)
    assert crossed(ranking()) is None


def test_figures_counted_in_two_ways_have_no_change_between_them() -> None:
    assert "to 10 billion yuan (2015), up 25%;" in courses().headline
    assert "to 10 billion yuan (2015);" in courses(method="wide").headline


def test_what_is_copied_has_the_sentence_the_figures_and_the_source() -> None:
    text, html = taken_along(courses())
    assert text.splitlines()[0] == courses().headline
    assert "Lhasa\t1.35\t" in text
    assert text.endswith("(Source: Article on Xining's choice as a pilot)")
    assert "<td>1.35</td>" in html


@pytest.mark.parametrize(
    ("lang", "question", "title", "named"),
    [
        ("en", "The average and median GDP of the western pilots in 2015", "Statistic", ("average", "median")),
        ("zh", "西部试点2015年信息消费合计和平均值", "统计方式", ("合计", "平均值")),
        ("zh", "西部试点2015年GDP的最高和最低", "统计方式", ("最高", "最低")),
    ],
)
def test_rows_of_two_operations_are_named_after_them(
    lang: str, question: str, title: str, named: tuple[str, ...], exported_store: Path
) -> None:
    told = open_workspace(exported_store, QUERIES).conversation(lang).ask(question)
    assert isinstance(told, Answer)
    assert {column.title: column.said for column in shown(told)}[title] == named
