"""What it costs to build a store, to load into one and to start on one, beside plain DuckDB and a bare Python."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

from xinfo.store.build import build
from xinfo.store.versions import current

ROOT = Path(__file__).parents[1]
AT = "2016-01-01T00:00:00"
START = """
import resource, sys, time
began = time.perf_counter()
from pathlib import Path
from xinfo.ask import open_workspace
workspace = open_workspace(Path(sys.argv[1]), Path(sys.argv[2]))
opened = time.perf_counter() - began
workspace.conversation("en").ask("GDP of Xining in 2015")
first = time.perf_counter() - began
print(opened, first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
CSV = """
  COPY (SELECT place_id AS place, metric, y || '-' || lpad(m || '', 2, '0') AS period,
          round(1e6 * (1 + hash(place_id, metric, y, m) % 1000 / 100.0), 2) AS value, 'yuan' AS unit
        FROM (SELECT place_id FROM place LIMIT $places), range(2006, 2016) AS years(y), range(1, 13) AS months(m),
          (VALUES ('gdp'), ('info_consumption'), ('ecommerce_sales'), ('telecom_revenue')) AS metrics(metric))
  TO '{path}' (HEADER)
"""
PLAIN = """
  CREATE TABLE observation AS SELECT * FROM read_csv('{path}') ORDER BY metric, place, period
"""


def measure(folder: Path, rows: int) -> dict[str, Any]:
    """Seconds and megabytes: the shipped data's build, a file's build beside plain DuckDB, the start on a store."""
    shipped = folder / "shipped.duckdb"
    found: dict[str, Any] = {"build shipped data": {"seconds": _built(shipped, None)}}
    found["start"] = started(shipped)
    data = folder / "data"
    data.mkdir()
    written = _write(data / "observation.csv", shipped, rows)
    own = folder / "own.duckdb"
    found["build"] = {"rows": written, "seconds": _built(own, data), "megabytes": _megabytes(current(own))}
    with duckdb.connect(str(current(own)), read_only=True) as connection:
        found["build"]["figures"] = (connection.execute("SELECT count(*) FROM observation").fetchone() or (0,))[0]
    plain = folder / "plain.duckdb"
    began = time.perf_counter()
    with duckdb.connect(str(plain)) as connection:
        connection.execute(PLAIN.format(path=data / "observation.csv"))
    found["plain DuckDB"] = {"rows": written, "seconds": time.perf_counter() - began, "megabytes": _megabytes(plain)}
    return found


def started(store: Path) -> dict[str, float]:
    """A new process: until the store is open, until the first answer, and the most memory it had."""
    done = subprocess.run(
        [sys.executable, "-c", START, str(store), str(ROOT / "queries")], cwd=ROOT, capture_output=True, check=True
    )
    opened, first, memory = map(float, done.stdout.split())
    return {"opened_seconds": opened, "first_answer_seconds": first, "peak_megabytes": memory}


def _built(store: Path, data: Path | None) -> float:
    began = time.perf_counter()
    build(store, shipped=ROOT / "data", data=data, built_at=AT)
    return time.perf_counter() - began


def _write(path: Path, store: Path, rows: int) -> int:
    """A file of monthly figures in the import format; how many rows."""
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        [written] = connection.execute(CSV.format(path=path), {"places": max(1, rows // 480)}).fetchone() or (0,)
    return int(written)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6
