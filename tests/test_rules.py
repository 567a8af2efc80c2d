"""How figures combine: each rule on a tiny panel, and any way of publishing against a calculation of its own."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from panels import HERE, built, figure, write_csv
from ruamel.yaml import YAML

from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.store.periods import Period, parse_id
from xinfo.store.provenance import origin
from xinfo.store.versions import current

CASES = YAML(typ="safe").load((HERE / "rules.yaml").read_text(encoding="utf-8"))
KEY = ("consumer", "offering", "sector")
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def cases_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One store for all cases: a place for each, so that they do not touch."""
    folder = tmp_path_factory.mktemp("rules")
    head = ("place_id", "name_en", "name_zh", "admin_type", "adcode")
    places = [(f"case-{n}", f"Case {n}", f"例{n}市", "prefecture-level city", f"{n:06d}") for n in range(len(CASES))]
    write_csv(folder / "data" / "place.csv", [dict(zip(head, place, strict=True)) for place in places], head)
    rows = [figure(*row) | {"place": f"case-{n}"} for n, case in enumerate(CASES) for row in case["published"]]
    with built(folder, rows) as connection:
        yield connection


def stored(connection: duckdb.DuckDBPyConnection, place: str) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = connection.execute("SELECT * FROM observation WHERE place_id = ?", [place])
    names = [column[0] for column in rows.description]
    found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    table = {(row["metric_id"], row["period_id"], *(row[dim] for dim in KEY)): row for row in found}
    assert len(table) == len(found), "one figure a key"
    return table


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["promise"] for case in CASES])
def test_rule(number: int, cases_store: duckdb.DuckDBPyConnection) -> None:
    table = stored(cases_store, f"case-{number}")
    for metric, period, value, *more in CASES[number]["expect"]:
        wanted = dict(more[0]) if more else {}
        dims = [wanted.pop(dim, "all") for dim in KEY]
        row = table.get((metric, period, *dims))
        if value is None:
            assert row is None, row
            continue
        assert row, f"no {metric} {period} {dims}"
        assert row["value"] == pytest.approx(value, rel=1e-12)
        assert {key: row[key] for key in wanted} == wanted


SPANS = [(3 * a - 2, 3 * b) for a in range(1, 5) for b in range(a, 5)]
STORED = {*SPANS, *((m, m) for m in range(1, 13)), *((1, m) for m in range(1, 13))}
CONSUMERS = ("personal", "enterprise", "public")
OFFERINGS = ("products", "services")
CELLS = [(c, o) for c in ("all", *CONSUMERS) for o in ("all", *OFFERINGS)]


def rank_solvable(published: set[tuple[str, str, int, int]], wanted: tuple[str, str, int, int]) -> bool:
    """Whether a figure is fixed by the published ones: linear algebra over the 72 monthly cells, not the rules."""

    def vector(cell: tuple[str, str, int, int]) -> list[Fraction]:
        consumer, offering, first, last = cell
        return [
            Fraction(consumer in ("all", c) and offering in ("all", o) and first <= month <= last)
            for c in CONSUMERS
            for o in OFFERINGS
            for month in range(1, 13)
        ]

    rows: list[list[Fraction]] = []

    def reduced(row: list[Fraction]) -> list[Fraction]:
        for base in rows:
            lead = next(at for at, one in enumerate(base) if one)
            if row[lead]:
                scale = row[lead] / base[lead]
                row = [one - scale * other for one, other in zip(row, base, strict=True)]
        return row

    for cell in published:
        row = reduced(vector(cell))
        if any(row):
            rows.append(row)
    return not any(reduced(vector(wanted)))


def closure(published: set[tuple[str, str, int, int]]) -> set[tuple[str, str, int, int]]:
    """What follows by the rules alone: spans join and subtract, complete parts make totals."""
    known = set(published)
    while True:
        new = set()
        for c, o in CELLS:
            spans = [(a - 1, b) for cc, oo, a, b in known if (cc, oo) == (c, o)]
            links = {(a, b) for a, b in spans} | {(b, a) for a, b in spans}
            for a, b in links:
                new |= {(c, o, a + 1, d) for e, d in links if e == b and a < d}
        for a, b in {cell[2:] for cell in known | new}:
            for o in ("all", *OFFERINGS):
                if all((c, o, a, b) in known for c in CONSUMERS):
                    new.add(("all", o, a, b))
            for c in ("all", *CONSUMERS):
                if all((c, o, a, b) in known for o in OFFERINGS):
                    new.add((c, "all", a, b))
        if new <= known:
            return known
        known |= new


quarter_span = st.sampled_from(SPANS)
month_span = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda two: (min(two), max(two)))
cells = st.tuples(st.sampled_from(CELLS), st.one_of(quarter_span, quarter_span, month_span))
styles = st.sampled_from(
    [
        [(3 * q - 2, 3 * q) for q in range(1, 5)],
        [(1, 3 * q) for q in range(1, 5)],
        [(1, 12)],
        [(m, m) for m in range(1, 13)],
    ]
)
published_sets = st.builds(
    lambda series, gaps, single: (
        {(*c, *s) for c, spans in series for s in spans if s not in gaps} | {(*c, *s) for c, s in single}
    ),
    st.lists(st.tuples(st.sampled_from(CELLS), styles), max_size=6),
    st.sets(quarter_span, max_size=2),
    st.lists(cells, max_size=6),
).filter(bool)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(years=st.lists(published_sets, min_size=8, max_size=8), seed=st.integers(0, 10**6))
def test_any_way_of_publishing_gives_all_that_follows_and_nothing_else(
    years: list[set[tuple[str, str, int, int]]], seed: int, tmp_path: Path
) -> None:
    def amount(year: int, consumer: str, offering: str, first: int, last: int) -> int:
        cells = [(c, o) for c in CONSUMERS for o in OFFERINGS if consumer in ("all", c) and offering in ("all", o)]
        return sum(
            (hash((seed, year, CONSUMERS.index(c), OFFERINGS.index(o), month)) % 10_000) + 1
            for c, o in cells
            for month in range(first, last + 1)
        )

    rows, wanted = [], {}
    for year, published in enumerate(years, 2011):
        for c, o, first, last in sorted(published):
            parts = {"consumer": c, "offering": o}
            value = amount(year, c, o, first, last)
            rows.append(figure("info_consumption", Period(year, first, last).id, value, parts))
        for c, o, first, last in closure(published):
            if (first, last) in STORED or (c, o, first, last) in published:
                wanted[Period(year, first, last).id, c, o] = float(amount(year, c, o, first, last))
    with built(tmp_path, rows) as connection:
        found = connection.execute("SELECT period_id, consumer, offering, value FROM observation").fetchall()
        assert {(period, c, o): value for period, c, o, value in found} == wanted
        for period, c, o, value in found[:: max(1, len(found) // 5)]:
            assert origin(connection, "xining", "info_consumption", period, c, o).worked_out == value


@settings(max_examples=25, deadline=None)
@given(published=published_sets)
def test_the_rules_never_claim_what_the_published_figures_do_not_fix(
    published: set[tuple[str, str, int, int]],
) -> None:
    assert all(rank_solvable(published, cell) for cell in sorted(closure(published) - published)[:6])


WEAKNESS = ("reported", "preliminary")
Amounts = list[tuple[str, str, int]]  # status, method, value


def preferred(amounts: Amounts) -> tuple[str, str, int] | None:
    """The amount that stands for a year: the stronger status, no method before one."""
    return min(amounts, key=lambda one: (WEAKNESS.index(one[0]), one[1] != "", one[1]), default=None)


def test_growth_is_the_published_one_or_that_of_amounts_of_one_method_and_restated_bases_are_told(
    tmp_path: Path,
) -> None:
    draw, years = random.Random(3), range(1991, 2021)
    methods = [(), ("",), ("",), ("new",), ("", "new"), ("old", "new")]
    amounts: dict[int, Amounts] = {
        year: [(draw.choice(WEAKNESS), method, draw.randrange(100, 200)) for method in draw.choice(methods)]
        for year in years
    }
    growth = {year: draw.choice((None, None, 0.1, 0.25)) for year in years}
    rows = [
        figure("info_consumption", str(year), value, {"status": status, "method": method})
        for year in years
        for status, method, value in amounts[year]
    ]
    rows += [figure("info_consumption_growth", str(year), rate) for year, rate in growth.items() if rate]
    built(tmp_path, rows).close()
    asked = open_workspace(current(tmp_path / "store.duckdb"), ROOT / "queries").conversation("en")
    for year in years[1:]:
        now, before = preferred(amounts[year]), preferred(amounts[year - 1])
        worked = now[2] / before[2] - 1 if now and before and now[1] == before[1] else None
        answer = asked.ask(f"Year-on-year growth of information consumption of Xining in {year}")
        wanted = worked if growth[year] is None else growth[year]
        if wanted is None:
            assert not isinstance(answer, Answer), year
            continue
        assert isinstance(answer, Answer), year
        assert answer.rows[0]["value"] == pytest.approx(wanted), year
        apart = growth[year] is not None and worked is not None
        assert any("the published amounts give" in str(one) for one in answer.caveats) is apart, year


def test_origin_shows_the_published_rows_with_their_signs(tmp_path: Path) -> None:
    rows = [
        figure("gdp", "2014Q1-Q2", 30, {"unit": "万元"}),
        figure("gdp", "2014Q1-Q3", 60, {"unit": "万元"}),
        figure("info_consumption", "2014Q3", 5, {"unit": "million yuan"}),
    ]
    with built(tmp_path, rows) as connection:
        quarter = origin(connection, "xining", "gdp", "2014Q3")
        assert [(row.sign, row.period, row.value_written, row.unit_written, row.line) for row in quarter.rows] == [
            (-1, "2014Q1-Q2", "30", "万元", 2),
            (1, "2014Q1-Q3", "60", "万元", 3),
        ]
        assert quarter.rule == "difference"
        assert quarter.worked_out == quarter.value == 300_000
        share = origin(connection, "xining", "info_consumption_share_of_gdp", "2014Q3")
        assert len(share.divisor) == 2
        assert share.worked_out == pytest.approx(share.value)


def test_amounts_come_out_clean(tmp_path: Path) -> None:
    rows = [figure("gdp", f"2014Q{q}", value, {"unit": "亿元"}) for q, value in enumerate((65.52, 0.1, 0.2, 7.77), 1)]
    with built(tmp_path, rows) as connection:
        values = [value for (value,) in connection.execute("SELECT value FROM observation").fetchall()]
    assert 6552000000.0 in values
    assert all(value == math.floor(value) for value in values)
    assert 7359000000.0 in values


def test_every_quarter_span_between_the_first_year_and_the_last_is_a_period(tmp_path: Path) -> None:
    with built(tmp_path, [figure("gdp", "2013", 1), figure("gdp", "2015-03", 1)]) as connection:
        periods = {one for (one,) in connection.execute("SELECT period_id FROM period").fetchall()}
        year_before = connection.execute("SELECT year_before FROM period WHERE period_id = '2015-03'").fetchone()
    assert {Period(2014, *span).id for span in SPANS} <= periods
    assert year_before == (parse_id("2014-03").id,)
