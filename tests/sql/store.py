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
    return corpus("accepted", "analyst")


def hostile() -> tuple[tuple[str, str], ...]:
    """What the guard must refuse."""
    return corpus("attacks", "intruder")
