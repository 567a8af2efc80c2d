"""When two given rows are the same figure, target or project, and which of the two counts.

Says so in SQL, on rows by the names of their tables; runs nothing.
"""

from __future__ import annotations

from xinfo.store.journal import REVISED
from xinfo.store.schema import DIMENSIONS
from xinfo.store.standing import MADE_UP

KEYS = {
    "published": ("place_id", "metric_id", "period_id", *DIMENSIONS, "method", "source_id"),
    "target": ("place_id", "metric_id", "period_id", "comparison", "source_id"),
    "project": ("project_id",),
}
"""What makes two rows the same figure from the same source: the later one takes the place of the earlier one, but that
an unconfirmed one stands beside what is confirmed. Of projects, which nothing chooses from, there is never but one."""
VALUES = {
    "published": REVISED,
    "target": ("value",),
    "project": (
        *("place_id", "name_en", "name_zh", "content_area", "level", "status"),
        *("budget", "spent", "start_date", "due_date", "source_id"),
    ),
}
"""What has changed where a figure is revised."""


def given(table: str, store: str = "main") -> str:
    """SQL: all given rows of a table of a store that is finished; of targets those, too, that do not count."""
    if table != "target":
        return f"{store}.{table}"
    return f"(FROM {store}.target UNION ALL SELECT * EXCLUDE (why) FROM {store}.rival_target)"


def vouched(row: str) -> str:
    """SQL: whether somebody has said of a row's figure what it is, and it is not made up."""
    return f"({row}.mark NOT LIKE 'unconfirmed%' AND {row}.mark <> '{MADE_UP}')"


def stands_for(fresh: str, earlier: str) -> str:
    """SQL: whether a row takes the place of an earlier one of the same figure, source and all.

    What nobody has vouched for only stands beside what somebody has: the marks choose, until it is confirmed.
    """
    return f"({vouched(fresh)} OR NOT {vouched(earlier)})"


def replaced(table: str) -> str:
    """SQL: whether the row `fresh` takes the place of the row `earlier`."""
    same = " AND ".join(f"fresh.{name} = earlier.{name}" for name in KEYS[table])
    return same if table == "project" else f"{same} AND {stands_for('fresh', 'earlier')}"
