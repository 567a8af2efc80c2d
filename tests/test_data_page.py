"""The Data page: what a store holds and lacks, in the core against real questions, and the page without a browser."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv
from streamlit.testing.v1 import AppTest

from xinfo.answer.answer import Answer
from xinfo.answer.gaps import gap_question, gap_words
from xinfo.ask import Workspace, open_workspace
from xinfo.language.texts import text
from xinfo.query.gaps import Gap, find_gaps
from xinfo.query.holdings import TOTAL, View, grains, metrics_held, read_holdings, view
from xinfo.query.inventory import read_definitions, read_sources
from xinfo.store.build import build
from xinfo.ui import session
from xinfo.ui.data.table import to_csv, to_fill

ROOT = Path(__file__).resolve().parents[1]
PAGE = "from xinfo.ui import data\ndata.page()"
BILLION = {"unit": "billion yuan"}
ROWS = [
    *(figure("gdp", f"2014Q{quarter}", quarter, BILLION) for quarter in (1, 2, 3, 4)),
    figure("gdp", "2013", "9", BILLION),
    figure("gdp", "2015Q1", "1.5", BILLION),
    figure("gdp", "2014", "2000", BILLION | {"place": "beijing", "method": "wide"}),
    figure("gdp", "2013", "1900", BILLION | {"place": "beijing"}),
    figure("gdp", "2014", "1300", BILLION | {"place": "suzhou-jiangsu", "source": "old"}),
    figure("gdp", "2014", "1301", BILLION | {"place": "suzhou-jiangsu", "source": "new", "method": "wide"}),
    figure("gdp", "2014", "50", BILLION | {"place": "guangzhou", "status": "illustrative"}),
    figure("info_consumption", "2014", "1", BILLION),
    figure("info_consumption_growth", "2014", "0.1"),
    *(figure("info_consumption", "2015", 1, BILLION | {"consumer": part}) for part in ("personal", "enterprise")),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    write_csv(folder / "data" / "observation.csv", ROWS)
    build(folder / "tiny.duckdb", shipped=HERE, data=folder / "data", built_at="2016-02-01T08:00:00")
    return folder / "tiny.duckdb"


@pytest.fixture(scope="module")
def workspace(store: Path) -> Workspace:
    return open_workspace(store, ROOT / "queries")


def seen(workspace: Workspace, grain: str = "year", metric: str = "gdp") -> View:
    catalog = workspace.catalog
    return view(read_holdings(workspace.engine, metric), TOTAL, grain, catalog.pilots(), tuple(catalog.places))


def gaps(workspace: Workspace, kind: str, metric: str = "gdp") -> list[Gap]:
    shown, holdings = seen(workspace, metric=metric), read_holdings(workspace.engine, metric)
    return [gap for gap in find_gaps(workspace.engine, workspace.catalog, holdings, shown, TOTAL) if gap.kind == kind]


@pytest.mark.parametrize(
    ("place", "year", "state"),
    [
        ("beijing", "2014", "published"),
        ("xining", "2014", "worked_out"),
        ("suzhou-jiangsu", "2014", "conflicting"),
        ("guangzhou", "2014", "demonstration"),
        ("xining", "2015", "missing"),
    ],
)
def test_each_cell_has_its_state(workspace: Workspace, place: str, year: str, state: str) -> None:
    assert seen(workspace).state(place, year) == state


def test_both_values_of_a_conflict_are_kept(workspace: Workspace) -> None:
    assert seen(workspace).held["suzhou-jiangsu", "2014"].given == (1.3e12, 1.301e12)


def test_periods_run_without_holes_from_the_first_to_the_last(workspace: Workspace) -> None:
    assert seen(workspace).periods == ("2013", "2014", "2015")
    assert seen(workspace, "quarter").periods[-2:] == ("2014Q4", "2015Q1")
    assert seen(workspace, "running").periods[:4] == ("2013Q1", "2013Q1-Q2", "2013Q1-Q3", "2013")
    assert "month" not in grains(seen(workspace).held)


def test_places_without_a_figure_are_shown_where_they_are_pilots(workspace: Workspace) -> None:
    assert "haidian-district" in seen(workspace).places
    assert "qinghai" not in seen(workspace).places


def test_a_year_lacks_its_quarters(workspace: Workspace) -> None:
    assert gaps(workspace, "whole") == [Gap("whole", ("2015",), ("xining",), ("2015Q2", "2015Q3", "2015Q4"))]


def test_growth_lacks_the_year_before_or_its_method(workspace: Workspace) -> None:
    [without] = [gap for gap in gaps(workspace, "growth") if "2014" in gap.periods]
    assert (set(without.places), without.missing) == ({"guangzhou", "suzhou-jiangsu"}, ("2013",))
    assert gaps(workspace, "growth_method") == [Gap("growth_method", ("2014",), ("beijing",), ("2013",))]


def test_a_published_rate_is_growth_enough(workspace: Workspace) -> None:
    assert [gap.periods for gap in gaps(workspace, "growth", "info_consumption")] == []


@pytest.mark.parametrize("year", ["2013", "2014", "2015"])
@pytest.mark.parametrize(("place", "name"), [("xining", "Xining"), ("beijing", "Beijing"), ("guangzhou", "Guangzhou")])
def test_what_is_told_to_be_unanswerable_is_not_answered_and_the_rest_is(
    workspace: Workspace, place: str, name: str, year: str
) -> None:
    told = [gap for kind in ("growth", "growth_method") for gap in gaps(workspace, kind)]
    lacks = (place, year) not in seen(workspace).held or any(
        place in gap.places and year in gap.periods for gap in told
    )
    answer = workspace.conversation().ask(f"How much did the GDP of {name} grow in {year}?")
    assert isinstance(answer, Answer) is not lacks


def test_a_total_tells_whom_it_leaves_out_and_which_provinces_have_none(workspace: Workspace) -> None:
    [none] = gaps(workspace, "total")
    assert (none.periods, none.of) == (("2015",), 5)
    assert {gap.periods: len(gap.places) for gap in gaps(workspace, "total_some")} == {("2013",): 3, ("2014",): 2}
    [provinces] = [gap for gap in gaps(workspace, "total_in", "info_consumption") if "2014" in gap.periods]
    assert provinces.provinces == ("Beijing",)


def test_parts_are_missing_by_dimension(workspace: Workspace) -> None:
    [lacking] = gaps(workspace, "parts", "info_consumption")
    assert (lacking.places, lacking.periods, lacking.missing) == (("xining",), ("2014",), ("consumer",))


def test_gaps_are_said_in_both_languages(workspace: Workspace) -> None:
    [gap] = gaps(workspace, "whole")
    shown = seen(workspace).periods
    assert (
        gap_words(gap, "gdp", shown, workspace.catalog, "en")
        == "No 2015 for Xining, because figures for 2015 Q2 to 2015 Q4 are missing."
    )
    said = gap_words(gap, "gdp", shown, workspace.catalog, "zh")
    assert said == "西宁市没有2015年的数据：缺少2015年二季度至2015年四季度。"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_waits_for_a_gap_is_a_question_that_is_understood(workspace: Workspace, lang: str) -> None:
    shown, holdings, templates = seen(workspace), read_holdings(workspace.engine, "gdp"), workspace.reader.templates
    found = find_gaps(workspace.engine, workspace.catalog, holdings, shown, TOTAL)
    asked = {gap_question(gap, "gdp", TOTAL, templates, workspace.catalog, lang) for gap in found}
    assert len(asked) > 4
    for question in asked:
        reply = workspace.conversation(lang).ask(question)
        assert isinstance(reply, Answer) or reply.unclear.status == "no_data", question


def test_the_form_for_missing_figures_has_their_places_and_periods(workspace: Workspace) -> None:
    rows = list(csv.reader(io.StringIO(to_fill(seen(workspace), "gdp", workspace.catalog, "zh").decode("utf-8-sig"))))
    assert rows[:2] == [["地区生产总值（亿元）"], ["地区", "2013年", "2014年", "2015年"]]
    assert ["西宁市", "", "", ""] in rows


def test_published_figures_only_leaves_demonstration_out(workspace: Workspace) -> None:
    assert metrics_held(workspace.engine)["gdp"] == 4
    assert metrics_held(workspace.engine, published_only=True)["gdp"] == 3


def test_sources_and_definitions_are_counted(workspace: Workspace) -> None:
    counted = {source.source_id: source.figures for source in read_sources(workspace.engine, "en")}
    assert (counted["old"], counted["new"]) == (1, 1)
    defined = {metric.metric_id: metric for metric in read_definitions(workspace.engine)}
    assert (defined["gdp"].kind, "wide" in defined["gdp"].methods) == ("flow", True)


def test_the_table_to_take_along_has_a_row_a_cell(workspace: Workspace) -> None:
    shown = seen(workspace)
    rows = list(csv.DictReader(io.StringIO(to_csv(shown, "gdp", workspace.catalog, "en").decode("utf-8-sig"))))
    assert len(rows) == len(shown.places) * len(shown.periods)
    assert {row["state"] for row in rows} == {"published", "worked_out", "conflicting", "demonstration", "missing"}


@pytest.fixture
def page(workspace: Workspace, store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("XINFO_STORE", str(store))
    monkeypatch.setattr(session, "figures", lambda: ("1", False))
    monkeypatch.setattr(session, "opened", lambda version, published: workspace)
    monkeypatch.setattr(session, "here", lambda: workspace)
    return AppTest.from_string(PAGE, default_timeout=30)


def said(page: AppTest) -> str:
    pieces = [*page.title, *page.header, *page.subheader, *page.markdown, *page.warning]
    return "\n".join(piece.value for piece in pieces).replace("\\", "")


def test_every_metric_is_told_at_a_glance(page: AppTest) -> None:
    page.run()
    assert not page.exception
    names = page.dataframe[0].value.iloc[:, 0].tolist()
    assert list(page.dataframe[0].value.iloc[names.index("GDP"), 2]) == [2, 3, 1]


def test_a_cell_that_is_chosen_is_told_with_its_origin(page: AppTest) -> None:
    page.run()
    page.selectbox(key="data-metric").set_value("gdp").run()
    page.segmented_control[0].set_value("year").run()
    page.selectbox(key="data-place").set_value("xining").run()
    page.selectbox(key="data-period").set_value("2014").run()
    assert not page.exception
    assert "10 billion yuan = 1 + 2 + 3 + 4: the sum of shorter periods" in said(page)


def test_a_conflict_says_both_values_and_a_missing_cell_that_it_is(page: AppTest) -> None:
    page.run()
    page.selectbox(key="data-metric").set_value("gdp").run()
    page.segmented_control[0].set_value("year").run()
    page.selectbox(key="data-place").set_value("suzhou-jiangsu").run()
    page.selectbox(key="data-period").set_value("2014").run()
    assert "1.3 trillion yuan and 1.301 trillion yuan" in said(page)
    page.selectbox(key="data-period").set_value("2015").run()
    assert "Suzhou (Jiangsu) has no figure for 2015" in said(page)
    assert text("data.unanswerable", "en") in said(page)


@pytest.mark.parametrize("tab", ["sources", "definitions"])
def test_the_other_tabs_can_be_drawn(page: AppTest, tab: str) -> None:
    page.run()
    page.session_state["data-tab-en"] = text(f"data.tab.{tab}", "en")
    page.run()
    assert not page.exception
    assert page.table
