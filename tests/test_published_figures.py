"""The shipped published figures as they are answered: vintages kept apart, provinces, Chinese titles of sources."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.export import about
from xinfo.answer.form import to_json
from xinfo.answer.origin.cells import Cell
from xinfo.answer.origin.trace import trace_cell
from xinfo.ask import Workspace, open_workspace
from xinfo.store.build import build

ROOT = Path(__file__).parents[1]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
Ask = Callable[..., Answer | NotAnswered]


@pytest.fixture(scope="module")
def workspace(exported_store: Path) -> Workspace:
    return open_workspace(exported_store, ROOT / "queries")


@pytest.fixture
def ask(workspace: Workspace) -> Ask:
    return lambda question, lang="en": workspace.conversation(lang).ask(question)


def answered(ask: Ask, question: str, lang: str = "en") -> Answer:
    answer = ask(question, lang)
    assert isinstance(answer, Answer), (question, answer)
    return answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("GDP of Beijing in 2015", 2_301_459_000_000),
        ("北京市2015年地区生产总值", 2_301_459_000_000),
        ("GDP of Beijing in 2013", 1_980_081_000_000),
        ("GDP of Xining in 2016", 124_817_000_000),
        ("河北2015年的GDP", 2_980_611_000_000),
        ("GDP of Guangdong in 2015", 7_281_255_000_000),
        ("GDP of Mianyang in 2016", 183_042_000_000),
        ("4G users of China at the end of 2015", 386_225_000),
        ("population of Xining in 2015", 2_310_800),
        ("陕西2017年信息消费目标", 390_000_000_000),
    ],
)
def test_the_published_figure_is_the_answer(ask: Ask, question: str, value: float) -> None:
    answer = answered(ask, question, "zh" if CHINESE.search(question) else "en")
    assert [row["value"] for row in answer.rows] == [pytest.approx(value, rel=1e-4)]
    assert "illustrative" not in answer.statuses


def test_growth_is_worked_out_within_one_vintage_only(ask: Ask) -> None:
    answer = answered(ask, "Year-on-year growth of GDP of Xining in 2015")
    assert answer.rows[0]["value"] == pytest.approx(1131.62 / 1065.78 - 1)
    assert isinstance(ask("Year-on-year growth of GDP of Weihai in 2019"), NotAnswered)
    assert isinstance(ask("Year-on-year growth of GDP of China in 2015"), NotAnswered)


def test_a_course_over_two_vintages_says_so(ask: Ask) -> None:
    answer = answered(ask, "Comparison of GDP of Weihai in 2019 and in 2018")
    assert any("census" in caveat for caveat in answer.caveats)


def test_a_ranking_tells_which_of_its_figures_are_made_up(ask: Ask) -> None:
    answer = answered(ask, "Rank the pilots by GDP in 2015")
    made_up = {row["place"] for row in answer.rows if row["status"] == "illustrative"}
    assert made_up == {"huizhou", "shantou", "yanbian", "yongnian-county"}
    assert set(answer.statuses) == {"reported", "illustrative"}


def test_a_share_of_a_made_up_and_a_published_figure_is_made_up(ask: Ask) -> None:
    answer = answered(ask, "Information consumption as a share of GDP of Xining in 2015")
    assert answer.statuses == ("illustrative",)
    assert {source.source_id for source in answer.sources} == {"demonstration", "nbs-major-city-gdp-1999-2018"}


@pytest.mark.parametrize(("question", "lang"), [("GDP of Jilin in 2015", "en"), ("吉林2015年的GDP", "zh")])
def test_a_province_whose_name_a_city_bears_is_asked_back(ask: Ask, question: str, lang: str) -> None:
    found = ask(question, lang)
    assert isinstance(found, NotAnswered)
    assert found.unclear.status == "clarify"
    first = answered(ask, found.unclear.choices[0], lang)
    assert [row["place"] for row in first.rows] == ["jilin-province"]


def provinces() -> list[dict[str, str]]:
    with (ROOT / "data" / "place.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["admin_type"] == "province"]


@pytest.mark.parametrize("place", provinces(), ids=lambda place: place["place_id"])
def test_every_province_is_known_by_its_names(ask: Ask, place: dict[str, str]) -> None:
    short = re.sub("(省|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", place["name_zh"])
    names = [(f"{place['name_zh']}2015年GDP", "zh"), (f"GDP of {place['name_en']} Province in 2015", "en")]
    names += [(f"{short}2015年GDP", "zh")] if short != "吉林" else []
    for question, lang in names:
        assert [row["place"] for row in answered(ask, question, lang).rows] == [place["place_id"]], question


def test_sources_are_named_in_the_language_of_the_answer(ask: Ask) -> None:
    chinese, english = answered(ask, "北京市2015年地区生产总值", "zh"), answered(ask, "GDP of Beijing in 2015")
    assert "国家统计局" in chinese.sources[0].title
    assert "National Bureau" in english.sources[0].title
    assert json.dumps(to_json(chinese)["sources"], ensure_ascii=False).count("国家统计局") == 1
    assert any("国家统计局" in text for _, text in about(chinese))


def test_a_source_without_a_chinese_title_keeps_its_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "observation.csv").write_text(
        "place,metric,period,value,unit,source\nxining,gdp,2015,1,亿元,ours\n", encoding="utf-8"
    )
    (data / "source.csv").write_text("source_id,title\nours,Our own book\n", encoding="utf-8")
    build(tmp_path / "store", shipped=ROOT / "data", data=data, built_at="")
    answer = open_workspace(tmp_path / "store", ROOT / "queries").conversation("zh").ask("西宁市2015年地区生产总值")
    assert isinstance(answer, Answer)
    assert [source.title for source in answer.sources] == ["Our own book"]


def test_what_was_published_otherwise_is_shown_beside_it(workspace: Workspace) -> None:
    cell = Cell("figure", "beijing", "gdp", "2013")
    beside = trace_cell(cell, workspace.engine, workspace.catalog, workspace.contents.methods, "zh").table
    assert [(row["sign"], row["value"]) for row in beside] == [("+", "19800.81 亿元"), ("≠", "19500.6 亿元")]
    assert "初步核算" in beside[1]["source"]
