"""What many measurements of one thing come to, in milliseconds: median and spread by the clock, and processor time.

Processor time is what ratios are made of: other work on the machine lengthens the one and hardly the other.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Taken = dict[str, float]
"""Milliseconds by the clock (`wall`) and of all the process's threads (`cpu`)."""


def spread(times: Sequence[float]) -> dict[str, float]:
    """Of times in milliseconds: the median, the quarters around it and the slowest in twenty."""
    ordered = sorted(times)
    low, middle, high = statistics.quantiles(ordered, n=4) if len(ordered) > 1 else [ordered[0]] * 3
    slow = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {"n": len(ordered), "p25": low, "p50": middle, "p75": high, "p95": slow}


def taken(done: Callable[[], Any]) -> Taken:
    """How long one call takes."""
    began, worked = time.perf_counter(), time.process_time()
    done()
    return {"wall": (time.perf_counter() - began) * 1000, "cpu": (time.process_time() - worked) * 1000}


def in_turn(calls: dict[str, Callable[[], Any]], times: int) -> dict[str, Taken]:
    """The medians of each call, all taken in turn so that what else the machine does meets them alike; the first round
    does not count."""
    found: dict[str, list[Taken]] = {name: [] for name in calls}
    for round_number in range(times + 1):
        for name, call in calls.items():
            took = taken(call)
            if round_number:
                found[name].append(took)
    return {name: middle(some) for name, some in found.items()}


def middle(some: Sequence[Taken]) -> Taken:
    """The median of each clock."""
    return {clock: statistics.median(one[clock] for one in some) for clock in ("wall", "cpu")}
