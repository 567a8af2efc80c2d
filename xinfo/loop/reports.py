"""What people say of answers, right or wrong, with the question, the query and the answer. Knows nobody's name.

One SQLite file for each store, `<store>.reports.sqlite`; addresses, telephone numbers and names that a person gives of
themselves are masked before anything is written. A report stays until somebody has looked into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

from xinfo.answer.answer import Answer
from xinfo.answer.rows import plain
from xinfo.loop.asked import masked
from xinfo.store.sqlite import opened

RIGHT, WRONG = "right", "wrong"
LONGEST = 1_000
VERSION = 1
TABLE = """
  create table if not exists report(
    number integer primary key, at text not null, verdict text not null, note text not null, question text not null,
    reading text not null, lang text not null, sql text not null, params text not null, answer text not null,
    fingerprint text not null, settled text not null default '') strict
"""


@dataclass(frozen=True)
class Report:
    """What was said of one answer; all that is needed to look into it."""

    at: str
    """ISO time."""
    verdict: str
    note: str
    """In the person's own words; may be empty."""
    question: str
    reading: str
    lang: str
    sql: str
    params: str
    answer: str
    fingerprint: str
    """Of the store that was asked."""
    settled: str = ""
    """When somebody had looked into it, ISO time."""
    number: int = 0


def report(answer: Answer, verdict: str, note: str, at: datetime) -> Report:
    """What is to be kept; `at` is now."""
    reading, params = answer.reading, {name: plain(value) for name, value in answer.params.items()}
    said = masked(note.strip()[:LONGEST]), masked(reading.question[:LONGEST])
    told = (reading.sentence, reading.lang, answer.sql, json.dumps(params, ensure_ascii=False), answer.headline)
    return Report(at.isoformat(timespec="seconds"), verdict, *said, *told, answer.fingerprint)


def beside(store: Path) -> Path:
    """The file of a store."""
    return store.with_name(store.name + ".reports.sqlite")


def keep(store: Path, one: Report) -> None:
    """Raises StoreError where it cannot be written."""
    names = [field.name for field in fields(Report)][:-1]
    marks = ", ".join("?" * len(names))
    with opened(beside(store), TABLE, VERSION) as kept:
        kept.execute(f"insert into report({', '.join(names)}) values ({marks})", astuple(one)[:-1])


def listed(store: Path) -> tuple[Report, ...]:
    """Every report, the newest first. Raises StoreError."""
    if not beside(store).exists():
        return ()
    names = ", ".join(field.name for field in fields(Report))
    with opened(beside(store), TABLE, VERSION, reading=True) as kept:
        return tuple(Report(*row) for row in kept.execute(f"select {names} from report order by number desc"))


def settle(store: Path, number: int, at: datetime) -> None:
    """Somebody has looked into it. Raises StoreError."""
    with opened(beside(store), TABLE, VERSION) as kept:
        kept.execute("update report set settled = ? where number = ?", (at.isoformat(timespec="seconds"), number))


def open_ones(said: Iterable[Report]) -> list[Report]:
    """Those that are said to be wrong and that nobody has looked into."""
    return [one for one in said if one.verdict == WRONG and not one.settled]
