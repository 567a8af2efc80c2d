"""A tiny store and templates of one's own for the tests of what people save."""

from __future__ import annotations

import shutil
from pathlib import Path

from panels import HERE as PANELS
from panels import figure, write_csv

from xinfo.store.build import build
from xinfo.store.versions import current

ROOT = Path(__file__).resolve().parents[2]
GDP = {"xining": 1e11, "beijing": 2e12, "suzhou-anhui": 1.5e11, "suzhou-jiangsu": 1.2e12}
BOARD = (Path(__file__).parent / "coast_board.yaml").read_text(encoding="utf-8")
FLEET = (Path(__file__).parent / "fleet.yaml").read_text(encoding="utf-8")
"""A question that was kept, and SQL with names of its own."""


def store(folder: Path, change: float = 1.0) -> Path:
    """A store with GDP of four places in two years; `change` multiplies that of 2014."""
    rows = [
        figure("gdp", year, value * factor, {"place": place})
        for place, value in GDP.items()
        for year, factor in (("2013", 0.9), ("2014", change))
    ]
    write_csv(folder / "data" / "observation.csv", rows)
    build(folder / "tiny.duckdb", shipped=PANELS, data=folder / "data", built_at="2016-02-01T08:00:00")
    return current(folder / "tiny.duckdb")


def queries(folder: Path, **own: str) -> Path:
    """A copy of the shipped library with further files in `own`."""
    shutil.copytree(ROOT / "queries", folder / "queries", ignore=shutil.ignore_patterns("own"))
    for name, content in own.items():
        path = folder / "queries" / "own" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder / "queries"
