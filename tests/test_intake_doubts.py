"""Doubts about figures: units off by powers of ten, and whether quarters run from January. Rules for any figures."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinfo.intake.doubts import improbable, with_units
from xinfo.intake.falling import falling
from xinfo.intake.report import Question
from xinfo.intake.running import Course, Labelled, proofs, proven
from xinfo.intake.single import single
from xinfo.store.complete import note_stretches
from xinfo.store.periods import Period
from xinfo.store.schema import create

YEAR = 2010
courses = st.lists(st.floats(0.7, 1.4), min_size=2, max_size=8)
"""Each year's figure as a multiple of the year before."""
amounts = st.floats(1e3, 1e15)
powers = st.floats(2.3, 40)
"""Of ten: from a factor of 200 to absurd ones."""
Rows = Sequence[tuple[str, float]]
COLUMNS = (
    "published_id, place_id, metric_id, period_id, consumer, offering, sector, value, unit, value_written, "
    "unit_written, status, method, source_id, file, line"
)


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """New figures beside a store, both empty."""
    made = duckdb.connect()
    create(made)
    made.execute("ATTACH ':memory:' AS old")
    made.execute("USE old")
    create(made)
    made.execute("USE memory")
    made.execute(
        "INSERT INTO metric (metric_id, unit, kind) VALUES ('gdp', 'yuan', 'flow'), ('people', 'count', 'stock')"
    )
    return made


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[str, str, float]], metric: str = "gdp"
) -> None:
    connection.execute(f"DELETE FROM {table}")
    told = ", ".join(
        f"({n}, '{place}', '{metric}', '{period}', 'all', 'all', 'all', {value!r}, 'yuan', '{value}', '亿元', "
        f"'reported', '', 'x', 'f.csv', {n + 2})"
        for n, (place, period, value) in enumerate(rows)
    )
    if told:
        connection.execute(f"INSERT INTO {table} ({COLUMNS}) VALUES {told}")


def doubted(connection: duckdb.DuckDBPyConnection, stored: Rows, new: Rows, metric: str = "gdp") -> list[Question]:
    for table, rows in (("old.published", stored), ("published", new)):
        fill(connection, table, [("xining", period, value) for period, value in rows], metric)
    note_stretches(connection)
    return list(improbable(connection))


def years(first: float, steps: Sequence[float], year: int = YEAR) -> list[tuple[str, float]]:
    found = [(str(year), first)]
    for number, step in enumerate(steps, 1):
        found.append((str(year + number), found[-1][1] * step))
    return found


@settings(max_examples=8, deadline=None)
@given(amounts, courses, powers, st.sampled_from([1, -1]), st.data())
def test_a_series_scaled_by_any_factor_is_always_questioned(
    connection: duckdb.DuckDBPyConnection,
    first: float,
    steps: list[float],
    power: float,
    side: int,
    data: st.DataObject,
) -> None:
    every = years(first, steps)
    cut = data.draw(st.integers(1, len(every) - 1))
    # by year and not more than a few apart, so that honest growth alone does not hide the factor
    new = [(period, value * 10.0 ** (power * side)) for period, value in every[cut : cut + 2]]
    [question] = doubted(connection, every[:cut], new)
    assert (question.key, question.choices[0], question.count) == ("unit:gdp", "keep", len(new))


@pytest.mark.parametrize("factor", [10, 30, 100, 316, 3_162, 3e4, 1e7, 1e10, 1e40])
def test_a_metric_that_is_known_well_leaves_no_factor_open(
    connection: duckdb.DuckDBPyConnection, factor: float
) -> None:
    known = years(1e11, [1.08] * 13)
    for value in (known[-1][1] * factor, known[-1][1] / factor):
        assert doubted(connection, known, [("2024", value)])
    assert not doubted(connection, known, [("2024", known[-1][1] * 2)])


def test_what_a_metric_was_seen_to_do_is_allowed(connection: duckdb.DuckDBPyConnection) -> None:
    leaping = years(1e6, [6.0, 7.0, 6.0, 7.0, 6.0, 7.0, 6.0, 7.0])
    assert not doubted(connection, leaping[:-1], leaping[-1:], "people")
    assert doubted(connection, years(1e6, [1.1] * 7), [("2018", 2e7)], "people")


def test_a_place_that_nothing_is_known_of_is_held_against_all_others(connection: duckdb.DuckDBPyConnection) -> None:
    others = [(f"city-{n}", 10.0 ** (10 + n / 4)) for n in range(8)]
    for value, asked in ((1e9, False), (1e13, False), (1e7, True), (1e15, True), (1e30, True)):
        for stored in (True, False):
            fill(connection, "old.published", [(place, "2014", one) for place, one in others if stored])
            fresh = [(place, "2014", one) for place, one in others if not stored]
            fill(connection, "published", [*fresh, ("xining", "2014", value)])
            note_stretches(connection)
            found = [line for question in improbable(connection) for line in question.lines]
            assert [line.place for line in found] == ["xining"] * asked
            assert all("of all known places" in line.what.text("en") for line in found)


@settings(max_examples=8, deadline=None)
@given(amounts, courses, st.integers(0, 8), st.sampled_from(["gdp", "people"]))
def test_an_honest_series_is_never_questioned(
    connection: duckdb.DuckDBPyConnection, first: float, steps: list[float], cut: int, metric: str
) -> None:
    every = years(first, steps)
    assert doubted(connection, every[:cut], every[cut:], metric) == []


@settings(max_examples=8, deadline=None)
@given(amounts, st.lists(st.floats(0.1, 0.4), min_size=4, max_size=4))
def test_quarters_are_held_against_years_without_a_doubt(
    connection: duckdb.DuckDBPyConnection, year: float, shares: list[float]
) -> None:
    quarters = [(f"2015Q{n}", year * share) for n, share in enumerate(shares, 1)]
    assert doubted(connection, [("2014", year)], quarters) == []


@settings(max_examples=8, deadline=None)
@given(amounts, courses, powers, st.data())
def test_one_figure_off_in_a_file_of_its_own_is_questioned(
    connection: duckdb.DuckDBPyConnection, first: float, steps: list[float], power: float, data: st.DataObject
) -> None:
    every = years(first, steps)
    at = data.draw(st.integers(0, len(every) - 1))
    every[at] = (every[at][0], every[at][1] * 10.0**power)
    [question] = doubted(connection, [], every)
    assert question.count >= 1


def test_a_doubt_offers_the_unit_that_fits(connection: duckdb.DuckDBPyConnection) -> None:
    [question] = doubted(connection, [("2014", 1e11)], [("2015", 1.1e7)])
    assert question.choices == ("keep",)
    connection.execute("UPDATE published SET unit_written = '万元'")
    [question] = improbable(connection)
    assert question.choices == ("keep", "亿元")
    assert [(line.file, line.row, line.earlier) for line in question.lines] == [("f.csv", 2, "100000000000.0 亿元")]


def test_a_growth_rate_may_leap(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("INSERT INTO metric (metric_id, unit, kind, growth_of) VALUES ('g', 'ratio', 'ratio', 'gdp')")
    assert doubted(connection, [("2014", 0.0001)], [("2015", 1.7)], "g") == []


@pytest.mark.parametrize("name", ["2015Q1-Q2", "2015Q1-Q3", "2015"])
def test_a_running_total_that_falls_is_a_problem(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    doubted(connection, [], [("2015Q1", 5.0), (name, 4.0)])
    [problem] = falling(connection)
    assert (problem.line, "row 2" in problem.what) == (3, True)
    doubted(connection, [], [("2015Q1", 5.0), (name, 5.0), ("2015Q4", 1.0)])
    assert falling(connection) == ()


def test_a_unit_that_was_answered_takes_the_place_of_the_one_in_the_file_and_a_note_keeps_that() -> None:
    rows = {"metric": ["gdp", "gdp", "people"], "unit": ["万元", "亿元", "万人"], "note": [None, "p. 5", None]}
    found = with_units(pa.table(rows), {"gdp": "亿元"}).to_pydict()
    assert found["unit"] == ["亿元", "亿元", "万人"]
    assert found["note"] == ["unit given as 万元, read as 亿元", "p. 5", None]


def course(values: Sequence[float], known: dict[tuple[int, int], float] | None = None) -> Course:
    labelled = [Labelled(Period(2015, 3 * n + 1, 3 * n + 3), value, str(value), "") for n, value in enumerate(values)]
    return Course("xining", "gdp", tuple(labelled), {span: (value,) for span, value in (known or {}).items()})


@settings(max_examples=8, deadline=None)
@given(amounts, st.lists(st.floats(0.2, 0.3), min_size=4, max_size=4), st.floats(0.99, 1.01), st.booleans())
def test_totals_since_january_named_as_single_quarters_are_questioned_and_single_ones_are_not(
    connection: duckdb.DuckDBPyConnection, year: float, shares: list[float], revised: float, stored: bool
) -> None:
    quarters = [(f"2015Q{n}", year * share) for n, share in enumerate(shares, 1)]
    totals = [(f"2015Q{n}", sum(value for _, value in quarters[:n])) for n in range(1, 5)]
    whole = [("2015", totals[-1][1] * revised)]
    for rows, keys in ((totals, ["running:gdp"]), (quarters, [])):
        doubted(connection, whole if stored else [], rows if stored else [*rows, *whole])
        assert [question.key for question in single(connection)] == keys


def test_what_is_loaded_again_word_for_word_is_not_asked_again(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [("2015Q1", 6.0), ("2015Q2", 13.0), ("2015Q3", 20.0), ("2015Q4", 28.0), ("2015", 28.0)]
    doubted(connection, rows, rows)
    assert single(connection) == ()
    doubted(connection, rows[:4], rows)
    assert [question.key for question in single(connection)] == ["running:gdp"]


singles = st.lists(st.floats(10, 100), min_size=4, max_size=4)


@given(singles)
def test_single_quarters_beside_their_year_are_proven_single(values: list[float]) -> None:
    assert proven(proofs([course(values, {(1, 12): sum(values)})])) is False


@given(singles)
def test_running_totals_beside_their_year_are_proven_cumulative(values: list[float]) -> None:
    totals = [sum(values[: n + 1]) for n in range(4)]
    assert proven(proofs([course(totals, {(1, 12): totals[-1]})])) is True


@given(singles)
def test_growing_totals_alone_prove_nothing(values: list[float]) -> None:
    assert proven(proofs([course([sum(values[: n + 1]) for n in range(4)])])) is None


@pytest.mark.parametrize(
    ("values", "known", "cumulative"),
    [
        ([5, 9], {(1, 6): 9}, True),
        ([5, 9], {(4, 6): 9}, False),
        ([5, 4], {}, False),
        ([5, 9], {(1, 3): 12}, False),
        ([5, 9, 14], {(1, 12): 20}, True),
        ([5, 9, 14], {(1, 12): 40}, None),
        ([5, 6, 7, 8], {(1, 12): 25.5}, None),
        ([5, 9, 14, 20], {(1, 12): 20.5}, True),
    ],
)
def test_what_the_store_knows_of_the_year_decides(
    values: list[float], known: dict[tuple[int, int], float], cumulative: bool | None
) -> None:
    assert proven(proofs([course(values, known)])) is cumulative
