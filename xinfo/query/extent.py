"""How much a store holds: published figures, and the years that made-up ones fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xinfo.query.engine import Engine

PUBLISHED = "select count(*) from published where mark in ('reported', 'preliminary', 'estimated')"
MADE_UP = """
    select min(p.year), max(p.year) from observation as o inner join period as p on p.period_id = o.period_id
    where o.status = 'illustrative'
"""


@dataclass(frozen=True)
class Extent:
    published: int
    made_up: tuple[int, int] | None
    """The first and the last year with figures made up for demonstration; None where there are none."""


def read_extent(engine: Engine) -> Extent:
    """Raises EngineError."""
    [(published,)] = _rows(engine, PUBLISHED)
    [(first, last)] = _rows(engine, MADE_UP)
    return Extent(published, None if first is None else (first, last))


def _rows(engine: Engine, sql: str) -> Sequence[tuple[Any, ...]]:
    return engine.execute(sql, {}, row_cap=1, seconds=engine.patience).rows
