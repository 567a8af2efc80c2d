"""What it costs to build a store, to load into one and to start on one, beside plain DuckDB and a bare Python."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from xinfo.store.build import build
from xinfo.store.opening import literal
from xinfo.store.versions import current

ROOT = Path(__file__).parents[1]
AT = "2016-01-01T00:00:00"
START = """
import sys, time
began = time.perf_counter()
from pathlib import Path
from bench.memory import peak_megabytes
from xinfo.ask import open_workspace
workspace = open_workspace(Path(sys.argv[1]), Path(sys.argv[2]))
opened = time.perf_counter() - began
workspace.conversation("en").ask("GDP of Xining in 2015")
first = time.perf_counter() - began
print(opened, first, time.process_time(), peak_megabytes())
"""
CSV = """
  COPY (SELECT place_id AS place, metric, y || '-' || lpad(m || '', 2, '0') AS period,
          round(1e6 * (1 + hash(place_id, metric) % 1000 / 100.0)
            * (1 + hash(place_id, metric, y, m) % 100 / 1000.0), 2) AS value, 'yuan' AS unit
        FROM place, range(2006, 2016) AS years(y), range(1, 13) AS months(m),
          (SELECT 'indicator_' || n AS metric FROM range(1, {metrics} + 1) AS numbers(n)))
  TO '{path}' (HEADER)
"""
METRICS = """
  COPY (SELECT 'indicator_' || n AS metric_id, 'Indicator ' || n AS label_en, '指标' || n AS label_zh, 'yuan' AS unit,
          'flow' AS kind FROM range(1, {metrics} + 1) AS numbers(n)) TO '{path}' (HEADER)
"""
PLAIN = {
    "the same file by COPY": """
      CREATE TABLE observation (place VARCHAR, metric VARCHAR, period VARCHAR, value DOUBLE, unit VARCHAR);
      COPY observation FROM '{path}' (HEADER)""",
    "the same file in plain DuckDB, sorted": """
      CREATE TABLE observation AS SELECT * FROM read_csv('{path}') ORDER BY metric, place, period""",
}
HELD = ("published", "observation")
"""The tables that a file's figures end up in: as it gave them, and with all that follows from them."""


def measure(folder: Path, rows: int) -> dict[str, Any]:
    """Seconds and megabytes: the shipped data's build, a file's build beside plain DuckDB, the start on a store."""
    shipped = folder / "shipped.duckdb"
    found: dict[str, Any] = {"build shipped data": _taking(lambda: _built(shipped, None))}
    found["start"] = started(shipped)
    data = folder / "data"
    data.mkdir()
    written = _write(data, shipped, rows)
    own = folder / "own.duckdb"
    found["build"] = {"rows": written, **_taking(lambda: _built(own, data)), "megabytes": _megabytes(current(own))}
    with duckdb.connect(str(current(own)), read_only=True) as connection:
        found["build"]["figures"] = (connection.execute("SELECT count(*) FROM observation").fetchone() or (0,))[0]
    found["beside"] = {
        what: {"rows": written, **_alone(folder, sql.format(path=data / "observation.csv"))}
        for what, sql in PLAIN.items()
    }
    kept, given = _held(folder, current(own))
    found["beside"]["all that the store then holds by COPY"] = {"rows": kept, **_alone(folder, given)}
    return found


def _taking(work: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock, and of all threads together."""
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}


def _alone(folder: Path, sql: str) -> dict[str, float]:
    """What statements take in a plain DuckDB file of their own, until it is closed, and its megabytes."""
    path = folder / "plain.duckdb"
    path.unlink(missing_ok=True)

    def run() -> None:
        with duckdb.connect(str(path)) as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(sql)

    return _taking(run) | {"megabytes": _megabytes(path)}


def _held(folder: Path, store: Path) -> tuple[int, str]:
    """Writes what a store holds as CSV: how many rows, and the statements that copy them into tables like its own."""
    with duckdb.connect(str(store), read_only=True) as connection:
        connection.execute("SET enable_progress_bar = false")
        tables = f"FROM duckdb_tables() WHERE table_name IN {HELD}"
        statements = [made for (made,) in connection.execute(f"SELECT sql {tables}").fetchall()]
        rows = 0
        for table in HELD:
            path = folder / f"{table}.csv"
            [count] = connection.execute(f"COPY {table} TO {literal(path)} (HEADER)").fetchone() or (0,)
            rows += int(count)
            statements.append(f"COPY {table} FROM {literal(path)} (HEADER)")
    return rows, ";".join(one.rstrip(";") for one in statements)


def started(store: Path) -> dict[str, float]:
    """A new process: until the store is open, until the first answer, and the most memory it had."""
    done = subprocess.run(
        [sys.executable, "-c", START, str(store), str(ROOT / "queries")], cwd=ROOT, capture_output=True, check=True
    )
    names = ("opened_seconds", "first_answer_seconds", "cpu_seconds", "peak_megabytes")
    return dict(zip(names, map(float, done.stdout.split()), strict=True))


def _built(store: Path, data: Path | None) -> None:
    build(store, shipped=ROOT / "data", data=data, built_at=AT)


def _write(data: Path, store: Path, rows: int) -> int:
    """A file of monthly figures in the import format, of as many metrics as give the rows; how many there are."""
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        [each] = connection.execute("SELECT 120 * count(*) FROM place").fetchone() or (1,)
        metrics = max(1, round(rows / each))
        connection.execute(METRICS.format(path=data / "metric.csv", metrics=metrics))
        sql = CSV.format(path=data / "observation.csv", metrics=metrics)
        [written] = connection.execute(sql).fetchone() or (0,)
    return int(written)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6
