"""A few published rows as their files had them, so that people see what a file may look like. Says no words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xinfo.query.engine import Engine

COLUMNS = ("place", "metric", "period", "value", "unit", "status", "method", "source")
"""Those of the import format that such a row needs."""
ROWS = """
    select place_id, metric_id, period_id, value_written, unit_written, status, method, source_id from published
    where mark = 'reported' and consumer = 'all' and offering = 'all' and sector = 'all'
      and value_written is not null and unit_written is not null
      and metric_id = (select metric_id from published where mark = 'reported'
                       group by metric_id order by count(*) desc, metric_id limit 1)
    order by period_id desc, place_id limit 6
"""


def read_sample(engine: Engine) -> Sequence[tuple[Any, ...]]:
    """Rows of COLUMNS, all of the metric with most of them; none in a store without. Raises EngineError."""
    return engine.execute(ROWS, {}, row_cap=10, seconds=engine.patience).rows
