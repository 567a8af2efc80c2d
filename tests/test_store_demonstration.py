"""Demonstration figures: for every pilot, metric and part, always the same, never in a published figure's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.versions import current

SHIPPED = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("shipped") / "store.duckdb"
    build(path, shipped=SHIPPED, data=None, built_at="2016-01-01")
    with duckdb.connect(str(current(path)), read_only=True) as connection:
        yield connection


def rows(store: duckdb.DuckDBPyConnection, sql: str) -> list[tuple]:
    return store.execute(sql).fetchall()


def test_every_pilot_has_every_measure_in_every_year(store: duckdb.DuckDBPyConnection) -> None:
    """And in every quarter, where nothing of the year is published."""
    lacking = rows(
        store,
        """SELECT place_id, metric_id, period_id FROM place, unnest(['info_consumption', 'gdp', 'population',
        'software_revenue', 'lte_subscribers', 'connected_terminals', 'lte_share_of_mobile']) AS m(metric_id),
        unnest(['2013', '2014', '2015', '2013Q1', '2014Q2', '2015Q3', '2015Q4']) AS p(period_id)
        WHERE batch IS NOT NULL AND (metric_id <> 'population' OR len(period_id) = 4)
        AND NOT EXISTS (FROM observation AS o WHERE o.place_id = place.place_id AND o.metric_id = m.metric_id
            AND o.period_id = p.period_id AND consumer = 'all' AND offering = 'all' AND sector = 'all')
        AND NOT EXISTS (FROM published AS o WHERE o.place_id = place.place_id AND o.metric_id = m.metric_id
            AND left(o.period_id, 4) = left(p.period_id, 4) AND status <> 'illustrative')""",
    )
    assert lacking == []


def test_nothing_is_made_up_in_a_year_of_which_anything_is_published(store: duckdb.DuckDBPyConnection) -> None:
    """No made-up quarter under a published year, no made-up year over published quarters, no made-up part of either."""
    for table in ("observation", "published"):
        beside = rows(
            store,
            f"""SELECT place_id, metric_id, left(period_id, 4) AS year FROM {table} GROUP BY ALL
            HAVING count(*) FILTER (status = 'illustrative') > 0 AND count(*) FILTER (status <> 'illustrative') > 0""",
        )
        assert beside == []


def test_figures_that_are_loaded_later_are_not_mixed_with_made_up_ones(tmp_path: Path) -> None:
    build(tmp_path / "s", shipped=SHIPPED, data=None, built_at="")
    (tmp_path / "observation.csv").write_text(
        "place,metric,period,value,unit\nwuhu,info_consumption,2014,200,亿元\nwuhu,broadband_penetration,2014,30,%\n",
        encoding="utf-8",
    )
    add(tmp_path / "s", [tmp_path / "observation.csv"], built_at="")
    with duckdb.connect(str(current(tmp_path / "s")), read_only=True) as connection:
        held = """SELECT metric_id, period_id, value, status FROM observation WHERE place_id = 'wuhu'
        AND metric_id IN ('info_consumption', 'broadband_penetration') AND left(period_id, 4) = '2014' ORDER BY 1"""
        assert rows(connection, held) == [
            ("broadband_penetration", "2014", 0.3, "reported"),
            ("info_consumption", "2014", 20_000_000_000, "reported"),
        ]
        share = """SELECT status FROM observation WHERE place_id = 'wuhu' AND period_id = '2014'
        AND metric_id = 'info_consumption_share_of_gdp' AND consumer = 'all' AND offering = 'all'"""
        assert rows(connection, share) == [("reported",)]


def test_a_published_figure_keeps_its_place(store: duckdb.DuckDBPyConnection) -> None:
    hidden = rows(
        store,
        """SELECT * FROM published p JOIN observation o
        USING (place_id, metric_id, period_id, consumer, offering, sector)
        WHERE p.status <> 'illustrative' AND o.status = 'illustrative'""",
    )
    assert hidden == []


def test_what_mixes_the_two_is_a_ratio_and_made_up(store: duckdb.DuckDBPyConnection) -> None:
    mixed = "SELECT * FROM observation WHERE list_contains(sources, 'demonstration') AND {}"
    assert rows(store, mixed.format("(status <> 'illustrative' OR len(sources) > 1 AND rule <> 'ratio')")) == []
    [share] = rows(
        store,
        """SELECT value, status, sources FROM observation WHERE place_id = 'xining' AND period_id = '2015'
        AND metric_id = 'info_consumption_share_of_gdp' AND consumer = 'all' AND offering = 'all'""",
    )
    [amount] = rows(
        store,
        """SELECT value FROM observation WHERE place_id = 'xining' AND period_id = '2015'
        AND metric_id = 'info_consumption' AND consumer = 'all' AND offering = 'all'""",
    )
    assert share[0] == pytest.approx(amount[0] / 113_162_000_000)
    assert share[1:] == ("illustrative", ["demonstration", "nbs-major-city-gdp-1999-2018"])
    assert rows(store, "SELECT * FROM published_observation WHERE source_id = 'demonstration'") == []


def test_xining_fits_what_is_published_of_it(store: duckdb.DuckDBPyConnection) -> None:
    amounts = dict(
        rows(
            store,
            """SELECT period_id, value FROM observation WHERE place_id = 'xining' AND metric_id = 'info_consumption'
            AND consumer = 'all' AND offering = 'all' AND sector = 'all'""",
        )
    )
    assert {period: value for period, value in amounts.items() if period.startswith("2013")} == {
        "2013Q1-Q3": 6_552_000_000
    }
    assert 12_000_000_000 < amounts["2015"] < 12_500_000_000
    assert amounts["2013Q1-Q3"] < amounts["2014"] < amounts["2015"]


def test_each_pilot_has_some_projects_and_no_second_target(store: duckdb.DuckDBPyConnection) -> None:
    counts = [count for _, count in rows(store, "SELECT place_id, count(*) FROM project GROUP BY 1")]
    assert min(counts) >= 3
    assert max(counts) <= 13
    assert rows(store, "SELECT count(DISTINCT content_area), count(DISTINCT level) FROM project") == [(6, 4)]
    twice = """SELECT place_id FROM target GROUP BY place_id, metric_id, period_id
        HAVING count(DISTINCT status) > 1"""
    assert rows(store, twice) == []


def test_published_figures_only_leaves_all_of_it_out(tmp_path: Path) -> None:
    report = build(tmp_path / "s", shipped=SHIPPED, data=None, built_at="", demonstration=False)
    with duckdb.connect(str(report.version), read_only=True) as connection:
        assert rows(connection, "SELECT count(*) FROM published WHERE status = 'illustrative'") == [(0,)]
        assert rows(connection, "SELECT count(*) FROM project") == [(0,)] or not (SHIPPED / "project.csv").exists()
