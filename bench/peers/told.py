"""The comparison with other tools as tables. Measures and judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

COUNTED = {"right": "right", "among": "among others", "declined": "declined", "wrong": "wrong"}


def beside(peers: dict[str, Any]) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]:
    """Title, columns and rows of each table."""
    columns = ("tool", *COUNTED.values(), "right of its kinds", "median", "slowest in 20", "median of processor time")
    lines = [
        (name, *(one[what] for what in COUNTED), _within(one), *_times(one)) for name, one in peers["lines"].items()
    ]
    yield f"Beside other tools: {len(peers['questions'])} questions (times in ms)", columns, lines
    yield "Right, by kind of question", ("kind", "asked", *peers["lines"]), _kinds(peers["kinds"])
    columns = ("tool", "versions", "seconds", "most memory, MB")
    about = [
        (name, ", ".join(f"{package} {version}" for package, version in one["versions"].items()), *_start(one))
        for name, one in peers["about"].items()
    ]
    yield "Until each is ready, in a new process", columns, about


def _within(one: dict[str, Any]) -> str:
    return f"{one['within_right']} of {one['within']}"


def _times(one: dict[str, Any]) -> tuple[float, float, float]:
    return one["ms"]["p50"], one["ms"]["p95"], one["cpu"]["p50"]


def _start(one: dict[str, Any]) -> tuple[float, str]:
    return one["ready_seconds"], f"{one['megabytes']:.0f}"


def _kinds(kinds: dict[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(kind, *row.values()) for kind, row in kinds.items()]
