"""Targets of which sources give several: which of them counts, and why. The others stand in `rival_target`.

They count in the order in which figures do (`complete.sql`): made-up ones last, then by mark, by the day of
publication, by load, by name. All that the source which counts gives goes together, a lower and an upper bound alike.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from xinfo.store.schema import one_of
from xinfo.store.standing import MADE_UP, MARKS, STATUSES

_KEY = "place_id, metric_id, period_id"
_GIVEN = f"""CREATE OR REPLACE TEMP TABLE aimed AS
    SELECT target.rowid AS row, {_KEY}, source_id, comparison, value, source.published AS dated, load_id,
        mark = '{MADE_UP}' AS made_up, list_position({one_of(MARKS)}, mark) AS place,
        (place - 1) // {len(STATUSES)} AS stands
    FROM target LEFT JOIN source USING (source_id)"""
_BEST_FIRST = "made_up, place, dated DESC NULLS LAST, load_id DESC, source_id, comparison, value"
_ORDERED = f"""CREATE OR REPLACE TEMP TABLE ordered AS
    SELECT *, row_number() OVER (PARTITION BY {_KEY} ORDER BY {_BEST_FIRST}) AS number,
        row_number() OVER (PARTITION BY {_KEY}, source_id, comparison ORDER BY {_BEST_FIRST}) AS version
    FROM aimed"""
_OUTDONE = f"""CREATE OR REPLACE TEMP TABLE outdone AS
    SELECT mine.row, CASE WHEN mine.made_up <> first.made_up OR mine.stands <> first.stands THEN 'standing'
        WHEN mine.place <> first.place THEN 'status'
        WHEN mine.dated IS DISTINCT FROM first.dated THEN 'publication'
        WHEN mine.load_id IS DISTINCT FROM first.load_id THEN 'load' ELSE 'name' END AS why
    FROM ordered AS mine JOIN ordered AS first USING ({_KEY})
    WHERE first.number = 1 AND (mine.source_id <> first.source_id OR mine.version > 1)"""
_MOVED = (
    "INSERT INTO rival_target SELECT target.*, why FROM target JOIN outdone ON row = target.rowid ORDER BY ALL",
    "DELETE FROM target WHERE rowid IN (SELECT row FROM outdone)",
    "DROP TABLE outdone",
    "DROP TABLE ordered",
    "DROP TABLE aimed",
)


def choose_targets(connection: DuckDBPyConnection) -> None:
    """Leaves in `target` those that count, once all are there that were given."""
    for sql in (_GIVEN, _ORDERED, _OUTDONE, *_MOVED):
        connection.execute(sql)
