"""A tiny store and the corpora, for the tests of the guard and of the engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
from ruamel.yaml import YAML

HERE = Path(__file__).parent
SCHEMA = HERE.parents[1] / "xinfo" / "store" / "schema.sql"
PARAMETERS: dict[str, object] = {
    "place": "xining",
    "metric": "gdp",
    "period": "2014",
    "places": ["xining", "beijing"],
    "n": 3,
    "day": "2014-03-01",
    "text": "east",
    "threshold": 20.0,
    "year": 2014,
    "since": "2013-01-01",
    "a": "2014-01-01",
    "b": "2014-12-31",
    "from": 2012,
    "to": 2015,
    "k": 4,
    "top": 10,
    "lo": 0.05,
    "hi": 0.15,
    "unit": 100_000_000,
    "label": "亿元",
    "pattern": "%市",
    "name": "西宁",
    "lang": "zh",
    "q": "item",
    "kinds": ["flow", "stock"],
    "metric_first": "info_consumption",
    "region_1": "central",
    "param_1": 10,
    "p1": "east",
    "p2": 0,
}


def tiny_store(path: Path) -> Path:
    """A store of a few rows at `path`, with canaries in the tables that no query may read."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        connection.execute((HERE / "tiny.sql").read_text(encoding="utf-8"))
    return path


@cache
def corpus(*names: str) -> tuple[tuple[str, str], ...]:
    """The entries of the corpora, each with its kind."""
    files = (YAML(typ="safe").load((HERE / f"{name}.yaml").read_text(encoding="utf-8")) for name in names)
    return tuple((kind, sql) for kinds in files for kind, entries in kinds.items() for sql in entries)


def honest() -> tuple[tuple[str, str], ...]:
    """What the guard must accept."""
    return corpus("accepted", "analyst", "stranger", "visitor")


def hostile() -> tuple[tuple[str, str], ...]:
    """What the guard must refuse."""
    return corpus("attacks", "intruder", "burglar")


def declined() -> tuple[tuple[str, str], ...]:
    """Honest SQL that the guard refuses on purpose, each with its words."""
    entries = YAML(typ="safe").load((HERE / "declined.yaml").read_text(encoding="utf-8"))["declined"]
    return tuple((entry["sql"], entry["reason"]) for entry in entries)
