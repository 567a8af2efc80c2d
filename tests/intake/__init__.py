"""Small tables with the rows they must become, and the words they are read by: the shipped lists, without a store."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from xinfo.intake.grid import Area, Grid
from xinfo.intake.words import Words
from xinfo.understand.catalog import Catalog, Metric, Place
from xinfo.understand.vocabulary import build_lexicon

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_PLACE = ("place_id", "name_en", "name_zh", "admin_type", "province_en", "province_zh", "region")
_METRIC = ("metric_id", "label_en", "label_zh", "unit", "kind", "numerator", "denominator", "growth_of")


@cache
def words() -> Words:
    """The words of the shipped places and metrics."""
    places = {
        row["place_id"]: Place(*(row[name] for name in _PLACE), row["batch"] or None, row["adcode"])
        for row in _rows("place")
    }
    metrics = {row["metric_id"]: Metric(*(row[name] or None for name in _METRIC)) for row in _rows("metric")}  # type: ignore[arg-type]
    catalog = Catalog(places, metrics)
    return Words(catalog, build_lexicon(ROOT / "queries", catalog))


def _rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables() -> list[dict[str, Any]]:
    """Every table of the corpus."""
    return [
        table for path in sorted(HERE.glob("tables_*.yaml")) for table in YAML(typ="safe").load(path.read_text("utf-8"))
    ]


def grid(cells: str, file: str = "table.xlsx", sheet: str | None = "Sheet1", merged: Sequence[str] = ()) -> Grid:
    """A grid from lines of cells with | (or, where there is none, a comma) between them."""
    mark = "|" if "|" in cells else ","
    rows = [[cell.strip() for cell in line.split(mark)] for line in cells.rstrip("\n").split("\n")]
    return Grid(file, None if file.endswith(".csv") else sheet, rows, merged=tuple(map(_area, merged)))


def _area(name: str) -> Area:
    left, top, right, bottom = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", name).groups()  # type: ignore[union-attr]
    return Area(int(top) - 1, ord(left) - 65, int(bottom) - 1, ord(right) - 65)
