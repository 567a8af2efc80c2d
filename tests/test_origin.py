"""From a row of an answer to the published rows behind it: on a tiny store, for every way of combining figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from xinfo.answer.answer import Answer
from xinfo.answer.origin.cells import Cell
from xinfo.answer.origin.trace import Trace, to_json, trace_cell
from xinfo.ask import Workspace, open_workspace, traced
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.confirm import confirm

ROOT = Path(__file__).resolve().parents[1]
BILLION, YI = {"unit": "billion yuan"}, {"unit": "亿元"}
NEW, OLD = {"source": "new"}, {"source": "old"}
ROWS = [
    figure("info_consumption", "2014Q1-Q2", "42.8", YI | OLD),
    figure("info_consumption", "2014Q1-Q3", "130.1", YI | NEW),
    figure("info_consumption_growth", "2014Q1-Q3", "12", {"unit": "%"}),
    figure("info_consumption", "2015", "12.5", BILLION),
    *(figure("gdp", year, value, BILLION) for year, value in (("2013", "100"), ("2014", "110"), ("2015", "125"))),
    figure("gdp", "2014", "2000", BILLION | {"place": "beijing"}),
    figure("gdp", "2015", "2301", BILLION | {"place": "beijing"}),
    figure("gdp", "2014", "400", BILLION | {"place": "haidian-district"}),
    figure("gdp", "2014", "1300", BILLION | {"place": "suzhou-jiangsu"}),
    figure("population", "2015", "2.5", {"unit": "万人"}),
    *(
        figure("info_consumption", "2015", value, BILLION | {"place": "beijing", "consumer": consumer})
        for consumer, value in (("personal", "150"), ("enterprise", "80"), ("public", "50"))
    ),
]
TARGET = {"place": "xining", "metric": "info_consumption", "period": "2015", "value": "20", "unit": "billion yuan"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("origin")
    write_csv(folder / "data" / "observation.csv", ROWS)
    write_csv(folder / "data" / "target.csv", [TARGET | OLD], ("place", "metric", "period", "value", "unit", "source"))
    build(folder / "tiny.duckdb", shipped=HERE, data=folder / "data", built_at="2016-02-01T08:00:00")
    return open_workspace(folder / "tiny.duckdb", ROOT / "queries")


@pytest.fixture
def trace(workspace: Workspace) -> Callable[..., Trace]:
    def trace(question: str, at: int = 0) -> Trace:
        answer = workspace.conversation().ask(question)
        assert isinstance(answer, Answer), answer.unclear.reason
        return traced(answer, at, workspace)

    return trace


def rows(trace: Trace) -> list[str]:
    return [f"{row['sign']} {row['place']} {row['period']} {row['value']}" for row in trace.table]


CASES = [
    (
        "Xining's information consumption in the third quarter of 2014",
        ["8.73 billion yuan = 13.01 − 4.28: the difference between two totals since January"],
        ["+ Xining Jan-Sep 2014 130.1 亿元", "− Xining Jan-Jun 2014 42.8 亿元"],
    ),
    (
        "西宁2014年第三季度信息消费",
        ["87.3亿元 = 130.1 − 42.8：累计数之差"],
        ["+ 西宁市 2014年前三季度 130.1 亿元", "− 西宁市 2014年上半年 42.8 亿元"],
    ),
    (
        "How much did the GDP of Xining grow in 2015?",
        [
            "13.64% = 125 billion yuan ÷ 110 billion yuan − 1",
            "Xining · GDP · 2015: 125 billion yuan: as published",
            "Xining · GDP · 2014: 110 billion yuan: as published",
        ],
        ["+ Xining 2015 125 billion yuan", "÷ Xining 2014 110 billion yuan"],
    ),
    (
        "Growth of information consumption in Xining in the first three quarters of 2014",
        ["12%: as published"],
        ["+ Xining Jan-Sep 2014 12 %"],
    ),
    (
        "Total GDP of all pilots in 2014",
        ["3.41 trillion yuan = 2 + 1.3 + 0.11: the sum of 3 figures"],
        [
            "+ Beijing 2014 2000 billion yuan",
            "+ Suzhou (Jiangsu) 2014 1300 billion yuan",
            "+ Xining 2014 110 billion yuan",
        ],
    ),
    (
        "How much higher was the GDP of Beijing than that of Xining in 2015?",
        ["2.176 trillion yuan = 2.301 trillion yuan − 125 billion yuan"],
        ["+ Beijing 2015 2301 billion yuan", "− Xining 2015 125 billion yuan"],
    ),
    (
        "Xining's information consumption as a share of GDP in 2015",
        ["10% = 12.5 billion yuan ÷ 125 billion yuan: one figure divided by another"],
        ["+ Xining 2015 12.5 billion yuan", "÷ Xining 2015 125 billion yuan"],
    ),
    (
        "How much of its information consumption target for 2015 did Xining reach?",
        ["62.5% = 12.5 billion yuan ÷ 20 billion yuan"],
        ["+ Xining 2015 12.5 billion yuan", "÷ Xining 2015 20 billion yuan"],
    ),
    (
        "Information consumption of Beijing in 2015",
        ["280 billion yuan = 150 + 80 + 50: the sum of a complete set of parts"],
        [f"+ Beijing 2015 {value} billion yuan" for value in (150, 80, 50)],
    ),
    (
        "share of personal consumption in the information consumption of Beijing in 2015",
        ["53.57% = 150 billion yuan ÷ 280 billion yuan"],
        ["+ Beijing 2015 150 billion yuan", *(f"÷ Beijing 2015 {value} billion yuan" for value in (150, 80, 50))],
    ),
    ("average GDP of all pilots in 2015", ["1.213 trillion yuan is the average for 2 places"], None),
    ("How many pilots had a GDP above 200 billion yuan in 2014?", ["3 were counted among 4 places with figures"], None),
]


@pytest.mark.parametrize(("question", "words", "published"), CASES, ids=[case[0] for case in CASES])
def test_an_answer_leads_back_to_what_was_published(
    question: str, words: list[str], published: list[str] | None, trace: Callable[..., Trace]
) -> None:
    found = trace(question)
    assert list(found.words[: len(words)]) == words
    assert published is None or sorted(rows(found)) == sorted(published)
    assert found.note == ""


def test_each_row_of_a_ranking_has_its_own_origin(trace: Callable[..., Trace]) -> None:
    question = "Which three pilots had the highest GDP in 2014?"
    assert [trace(question, at).label for at in range(3)] == ["Beijing", "Suzhou (Jiangsu)", "Haidian District"]
    assert rows(trace(question, 2)) == ["+ Haidian District 2014 400 billion yuan"]


def test_a_published_row_tells_source_file_and_row(trace: Callable[..., Trace]) -> None:
    first = trace("Xining's information consumption in the third quarter of 2014").table[0]
    told = {"source": "Yearbook 2016", "link": "https://example.org/2016", "at": "observation.csv, row 3"}
    assert {name: first[name] for name in told} == told


def test_a_revised_figure_tells_its_load_and_what_it_was_before(tmp_path: Path) -> None:
    store, more = tmp_path / "tiny.duckdb", tmp_path / "more.csv"
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", "110", BILLION | NEW)])
    build(store, shipped=HERE, data=tmp_path / "data", built_at="2016-02-01T08:00:00")
    write_csv(more, [figure("gdp", "2014", "111", BILLION | NEW)])
    add(store, [more], built_at="2016-03-01T08:00:00", who="analyst")
    confirm(store, "new", "published", at="2016-04-01T08:00:00")
    here = open_workspace(store, ROOT / "queries")
    answer = here.conversation().ask("GDP of Xining in 2014")
    assert isinstance(answer, Answer)
    [row] = traced(answer, 0, here).table
    assert (row["value"], row["earlier"]) == ("111 billion yuan", "before: 110 billion yuan")
    assert row["load"] == "load 2 of 2016-03-01 (analyst)"


def test_an_answer_that_rests_on_no_figure_says_so(trace: Callable[..., Trace]) -> None:
    found = trace("Which pilots are in the west?")
    assert (found.figures, found.table) == ((), ())
    assert "list of places" in found.note


def test_the_figures_of_a_trace_are_plain_values_for_programs(trace: Callable[..., Trace]) -> None:
    made = json.loads(json.dumps(to_json(trace("How much did the GDP of Xining grow in 2015?")), allow_nan=False))
    assert [(one["role"], one["period"], one["value"]) for one in made["figures"]] == [
        ("figure", "2015", 1.25e11),
        ("base", "2014", 1.1e11),
    ]
    assert made["figures"][0]["published"][0]["value_written"] == "125"


def test_rows_that_contradict_a_figure_stand_beside_it(tmp_path: Path) -> None:
    both = [figure("gdp", "2014", "110", BILLION | NEW), figure("gdp", "2014", "112", BILLION | {"method": "wide"})]
    write_csv(tmp_path / "data" / "observation.csv", both)
    build(tmp_path / "tiny.duckdb", shipped=HERE, data=tmp_path / "data", built_at="2016-02-01T08:00:00")
    here = open_workspace(tmp_path / "tiny.duckdb", ROOT / "queries")
    found = trace_cell(Cell("figure", "xining", "gdp", "2014"), here.engine, here.catalog, here.contents.methods, "en")
    assert [row[:1] for row in rows(found)] == ["+", "≠"]
