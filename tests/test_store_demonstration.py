"""Demonstration figures: for every pilot, metric and part, always the same, never in a published figure's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

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


def test_every_pilot_has_every_measure_in_every_quarter(store: duckdb.DuckDBPyConnection) -> None:
    pilots = rows(store, "SELECT count(*) FROM place WHERE batch IS NOT NULL")[0][0]
    lacking = rows(
        store,
        f"""SELECT metric_id, period_id, count(DISTINCT place_id) FROM observation SEMI JOIN
        (FROM place WHERE batch IS NOT NULL) USING (place_id) WHERE regexp_matches(period_id, '^201[345](Q[1-4])?$')
        AND metric_id IN ('info_consumption', 'gdp', 'software_revenue', 'lte_subscribers', 'connected_terminals',
        'info_consumption_share_of_gdp', 'lte_share_of_mobile') AND consumer = 'all' AND offering = 'all'
        AND sector = 'all' GROUP BY ALL HAVING count(DISTINCT place_id) < {pilots}""",
    )
    assert lacking == []


def test_a_published_figure_keeps_its_place(store: duckdb.DuckDBPyConnection) -> None:
    hidden = rows(
        store,
        """SELECT * FROM published p JOIN observation o
        USING (place_id, metric_id, period_id, consumer, offering, sector)
        WHERE p.status <> 'illustrative' AND o.status = 'illustrative'""",
    )
    assert hidden == []


def test_no_worked_out_figure_mixes_the_two(store: duckdb.DuckDBPyConnection) -> None:
    mixed = "SELECT * FROM observation WHERE list_contains(sources, 'demonstration') AND {}"
    assert (
        rows(store, mixed.format("(len(sources) > 1 OR status <> 'illustrative' OR method <> 'demonstration')")) == []
    )
    assert rows(store, "SELECT * FROM published_observation WHERE source_id = 'demonstration'") == []


def test_xining_fits_what_is_published_of_it(store: duckdb.DuckDBPyConnection) -> None:
    amounts = dict(
        rows(
            store,
            """SELECT period_id, value FROM observation WHERE place_id = 'xining' AND metric_id = 'info_consumption'
            AND consumer = 'all' AND offering = 'all' AND sector = 'all'""",
        )
    )
    assert sum(amounts[f"2013Q{quarter}"] for quarter in (1, 2, 3)) == amounts["2013Q1-Q3"] == 6_552_000_000
    assert 12_000_000_000 < amounts["2015"] < 12_500_000_000
    assert amounts["2013"] < amounts["2014"] < amounts["2015"]


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
