"""Figures that sources give differently: which of them counts, and why. Noted in the table `disputed` for answers.

Held against each other are given figures of one key and method, as far as they differ by more than rounds off with the
last digit as written. In what order they count is `complete`'s matter; here it is told of the figures that do.

Targets count in the same order: made-up ones last, then by mark, by the day of publication, by load, by name. All that
the source which counts gives goes together, a lower and an upper bound alike; the others stand in `rival_target`.
"""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from xinfo.store.adding_up import ROUNDING, WRITTEN_OFF
from xinfo.store.schema import DIMENSIONS, one_of
from xinfo.store.standing import MADE_UP, MARKS, STATUSES

_KEY = ("place_id", "metric_id", "period_id", *DIMENSIONS)
_SAME = ", ".join((*_KEY, "method"))
_MARK = f"list_position({one_of(MARKS)}, {{}}.mark)"
_STANDS = f"({_MARK} - 1) // {len(STATUSES)}"
_FIGURES = f"""CREATE OR REPLACE TEMP TABLE rival AS
    SELECT published.*, source.published AS dated, {WRITTEN_OFF} AS off
    FROM published LEFT JOIN source USING (source_id)
    WHERE status <> 'illustrative' AND hash({_SAME}) IN (
        SELECT hash({_SAME}) FROM published GROUP BY 1 HAVING count(DISTINCT source_id) > 1)"""
_NOTED = f"""INSERT INTO disputed
    SELECT {", ".join(f"one.{name}" for name in _KEY)}, one.value, one.source_id, one.mark,
        other.value, other.source_id, other.mark,
        CASE WHEN {_STANDS.format("one")} <> {_STANDS.format("other")} THEN 'standing'
            WHEN one.mark <> other.mark THEN 'status'
            WHEN one.dated IS DISTINCT FROM other.dated THEN 'publication'
            WHEN one.load_id IS DISTINCT FROM other.load_id THEN 'load' ELSE 'name' END
    FROM rival AS one JOIN rival AS other ON {" AND ".join(f"other.{name} = one.{name}" for name in (*_KEY, "method"))}
        AND other.source_id <> one.source_id
        AND abs(one.value - other.value)
            > greatest(one.off, other.off, {ROUNDING} * greatest(abs(one.value), abs(other.value)))
    SEMI JOIN observation AS counts ON {" AND ".join(f"counts.{name} = one.{name}" for name in (*_KEY, "method"))}
        AND counts.rule = 'published' AND counts.source_id = one.source_id AND counts.value = one.value
    ORDER BY ALL"""


@dataclass(frozen=True)
class Disputed:
    """A figure that counts and what another source gives in its place, in base units."""

    place: str
    metric: str
    period: str
    consumer: str
    offering: str
    sector: str
    value: float
    source: str
    mark: str
    other: float
    other_source: str
    other_mark: str
    why: str
    """Why the first counts: standing, status, publication, load; `name` where nothing else tells them apart."""

    def key(self, period: str) -> tuple[str, ...]:
        """The key of another period's figure of the same series."""
        return self.place, self.metric, period, self.consumer, self.offering, self.sector


def note_disputed(connection: DuckDBPyConnection) -> None:
    """Fills the table `disputed` once `observation` is worked out."""
    connection.execute(_FIGURES)
    connection.execute(_NOTED)
    connection.execute("DROP TABLE rival")


_AIM = "place_id, metric_id, period_id"
_GIVEN = f"""CREATE OR REPLACE TEMP TABLE aimed AS
    SELECT target.rowid AS row, {_AIM}, source_id, comparison, value, source.published AS dated, load_id,
        mark = '{MADE_UP}' AS made_up, list_position({one_of(MARKS)}, mark) AS place,
        (place - 1) // {len(STATUSES)} AS stands
    FROM target LEFT JOIN source USING (source_id)"""
_BEST_FIRST = "made_up, place, dated DESC NULLS LAST, load_id DESC, source_id, comparison, value"
_ORDERED = f"""CREATE OR REPLACE TEMP TABLE ordered AS
    SELECT *, row_number() OVER (PARTITION BY {_AIM} ORDER BY {_BEST_FIRST}) AS number,
        row_number() OVER (PARTITION BY {_AIM}, source_id, comparison ORDER BY {_BEST_FIRST}) AS version
    FROM aimed"""
_OUTDONE = f"""CREATE OR REPLACE TEMP TABLE outdone AS
    SELECT mine.row, CASE WHEN mine.made_up <> first.made_up OR mine.stands <> first.stands THEN 'standing'
        WHEN mine.place <> first.place THEN 'status'
        WHEN mine.dated IS DISTINCT FROM first.dated THEN 'publication'
        WHEN mine.load_id IS DISTINCT FROM first.load_id THEN 'load' ELSE 'name' END AS why
    FROM ordered AS mine JOIN ordered AS first USING ({_AIM})
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
