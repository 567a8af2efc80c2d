"""Answers in the contract's JSON form. The names and shapes here are promises to other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.rows import plain
from xinfo.store.standing import MARKS, STATUSES, status_of
from xinfo.understand.reading import Slots, When

SINGLE = (
    "status", "question", "lang", "reading", "template", "sql", "headline", "chart", "chart_reason", "reason",
    "fingerprint",
)  # fmt: skip
LISTS = ("heard", "changed", "columns", "rows", "sources", "statuses", "marks", "methods", "caveats", "choices")
"""What has one value or none, and what has any number of them."""


def to_json(answer: Answer | NotAnswered, id: str | int | None = None) -> dict[str, Any]:
    """The JSON object for one question; `id` comes back as it was given. Every key is there, whatever the status."""
    told = _not_answered(answer) if isinstance(answer, NotAnswered) else _answered(answer)
    empty: dict[str, Any] = dict.fromkeys(SINGLE) | {name: [] for name in LISTS} | {"slots": {}, "params": {}}
    return {"id": id} | empty | told


def _answered(answer: Answer) -> dict[str, Any]:
    reading = answer.reading
    return {
        "status": "answered",
        "question": reading.question,
        "lang": reading.lang,
        "reading": reading.sentence,
        "heard": [asdict(heard) for heard in reading.heard],
        "changed": sorted(reading.changed),
        "template": reading.template.template_id,
        "slots": {name: slot(value) for name, value in reading.slots.filled().items()},
        "sql": answer.sql,
        "params": {name: plain(value) for name, value in answer.params.items()},
        "columns": [asdict(column) for column in answer.columns],
        "rows": [_row(row) for row in answer.rows],
        "headline": answer.headline,
        "chart": answer.chart,
        "chart_reason": answer.chart_reason,
        "sources": [{"source_id": s.source_id, "title": s.title, "url": s.url} for s in answer.sources],
        "statuses": [one for one in STATUSES if one in map(status_of, answer.statuses)],
        "marks": list(answer.statuses),
        "methods": list(answer.methods),
        "caveats": list(answer.caveats),
        "fingerprint": answer.fingerprint,
        "timing_ms": answer.timing_ms,
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its status as the contract has it, and its mark where that says more."""
    mark = row.get("status")
    if mark not in MARKS or mark == status_of(mark):
        return dict(row)
    return {**row, "status": status_of(mark), "mark": mark}


def _not_answered(answer: NotAnswered) -> dict[str, Any]:
    unclear = answer.unclear
    return {
        "status": unclear.status,
        "question": unclear.question,
        "lang": unclear.lang,
        "reason": unclear.reason,
        "heard": [asdict(heard) for heard in unclear.heard],
        "choices": list(unclear.choices),
        "timing_ms": answer.timing_ms,
    }


def slot(value: Any) -> Any:
    """A slot's value as JSON holds it: a stretch of time by its id, a set of places by its conditions."""
    if isinstance(value, When):
        return value.id
    if isinstance(value, tuple):
        return [slot(item) for item in value]
    if isinstance(value, Slots):
        return {name: slot(held) for name, held in value.filled().items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: slot(item) for name, item in asdict(value).items() if item not in (None, (), [])}
    return plain(value)
