"""Published totals that their parts do not add up to, as the store noted them: looked up when a metric is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xinfo.query.engine import Engine
from xinfo.store.adding_up import Unequal

UNEQUAL = """
  select place_id, metric_id, consumer, offering, sector, period_id, value, added, parts
  from unequal where metric_id = $metric order by period_id, place_id, consumer, offering, sector
"""
MOST = 100_000


class Contradictions:
    """By metric. Looking up raises EngineError and TookTooLong; safe to share between threads."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._found: dict[str, tuple[Unequal, ...]] = {}

    def of(self, metrics: Iterable[str]) -> tuple[Unequal, ...]:
        """Those of any of the metrics."""
        return tuple(one for metric in metrics for one in self._of(metric))

    def _of(self, metric: str) -> tuple[Unequal, ...]:
        if metric not in self._found:
            here = self._engine
            rows: Sequence[tuple[Any, ...]] = here.execute(
                UNEQUAL, {"metric": metric}, row_cap=MOST, seconds=here.patience
            ).rows
            self._found[metric] = tuple(Unequal(*row) for row in rows)
        return self._found[metric]
