"""Makes large stores to measure on: monthly figures of every county of China for as many metrics as give the rows.

The figures are made up and stay in the benchmark. A store is written in the form that builds give it (one table sorted
by metric, place and period), a metric at a time, so that memory does not grow with it.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import duckdb

from xinfo.store import schema
from xinfo.store.complete import fill_periods
from xinfo.store.opening import literal
from xinfo.store.reference import load_reference
from xinfo.store.within import add_containment

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
YEARS = range(2006, 2016)
MEMORY = "2GB"
PERIODS = """
  SELECT y || '' AS period_id FROM range(2006, 2016) AS years(y)
  UNION ALL SELECT y || 'Q' || q FROM range(2006, 2016) AS years(y), range(1, 5) AS quarters(q)
  UNION ALL SELECT y || '-' || lpad(m || '', 2, '0') FROM range(2006, 2016) AS years(y), range(1, 13) AS months(m)
"""
FIGURES = """
  INSERT INTO observation
  SELECT place_id, $metric, period_id, 'all', 'all', 'all', value, $unit, 'estimated', '', 'panel', value, NULL,
         'published', 'published', ['panel'], NULL, NULL, 'estimated'
  FROM (SELECT place_id, period_id, round(1e9 * (1 + hash(place_id, $metric) % 1000 / 10.0)
          * pow(1.1, left(period_id, 4)::INTEGER - 2006) * (1 + hash(place_id, period_id, $metric) % 100 / 1000.0)
          / (CASE WHEN period_id LIKE '%Q%' THEN 4 WHEN period_id LIKE '%-%' THEN 12 ELSE 1 END), 2) AS value
        FROM place, ({periods}) AS time)
  ORDER BY place_id, period_id
"""


def make(path: Path, rows: int, places: int | None = None) -> int:
    """A store of at least so many figures at `path`, of all places or about so many; how many figures there are."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET enable_progress_bar = false")
        schema.create(connection)
        load_reference(connection, DATA, None)
        connection.execute("INSERT INTO source (source_id, title) VALUES ('panel', 'Made up for measuring')")
        connection.execute("INSERT INTO method VALUES ('', '', '', NULL)")
        add_counties(connection, places)
        add_containment(connection)
        [each] = connection.execute(f"SELECT count(*) FROM place, ({PERIODS}) AS time").fetchone() or (1,)
        for metric, unit in _metrics(connection, max(1, -(-rows // each))):
            connection.execute(FIGURES.format(periods=PERIODS), {"metric": metric, "unit": unit})
        return _closed(connection, rows)


def add_counties(connection: duckdb.DuckDBPyConnection, most: int | None) -> None:
    """The counties beside the shipped places, and all of them counted as pilots, so that a set is a large one."""
    with (DATA / "division.csv").open(encoding="utf-8", newline="") as file:
        counties = [row for row in csv.DictReader(file) if row["level"] == "county"]
    known = {code for (code,) in connection.execute("SELECT adcode FROM place").fetchall()}
    rows = [
        (f"county-{c['adcode']}", c["name_en"], c["name_zh"], "county", c["adcode"], "first")
        for c in counties
        if c["adcode"] not in known
    ]
    rows = rows[: None if most is None else max(0, most - len(known))]
    if rows:
        connection.executemany(
            "INSERT INTO place (place_id, name_en, name_zh, admin_type, adcode, batch) VALUES (?, ?, ?, ?, ?, ?)", rows
        )


def _metrics(connection: duckdb.DuckDBPyConnection, wanted: int) -> list[tuple[str, str]]:
    """So many metrics in the order of their ids: the shipped flows and stocks, then made-up ones."""
    shipped = connection.execute("SELECT metric_id, unit FROM metric WHERE kind <> 'ratio'").fetchall()
    first = sorted(shipped, key=lambda one: one[0] not in ("gdp", "info_consumption"))[:wanted]
    made = [(f"indicator_{n:04d}", "yuan") for n in range(wanted - len(first))]
    if made:
        connection.executemany(
            "INSERT INTO metric (metric_id, label_en, label_zh, unit, kind) VALUES (?, ?, ?, 'yuan', 'flow')",
            [(metric, metric.replace("_", " "), f"指标{metric[-4:]}") for metric, _ in made],
        )
    return sorted([*first, *made])


def _closed(connection: duckdb.DuckDBPyConnection, rows: int) -> int:
    fill_periods(connection)
    meta = {"fingerprint": f"panel-{rows}", "built_at": "2016-01-01T00:00:00", "name": "panel", "schema": schema.SCHEMA}
    meta |= {"data_from": str(YEARS[0]), "data_to": str(YEARS[-1]), "xinfo_version": "panel"}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))
    connection.execute("CHECKPOINT")
    return int((connection.execute("SELECT count(*) FROM observation").fetchone() or (0,))[0])


def plain(store: Path, path: Path) -> dict[str, float]:
    """The same figures alone in a plain DuckDB table in the same order: seconds to write it, and its megabytes."""
    began = time.perf_counter()
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"ATTACH {literal(store)} AS it (READ_ONLY)")
        connection.execute("CREATE TABLE figures AS SELECT place_id, metric_id, period_id, value FROM it.observation")
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "megabytes": path.stat().st_size / 1e6}
