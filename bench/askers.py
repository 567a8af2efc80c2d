"""Many people asking at once: threads that each ask their questions one after the other on one workspace."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Any

from bench.answers import questions
from bench.spread import spread
from xinfo.ask import Workspace


def measure(workspace: Workspace, people: tuple[int, ...] = (1, 10, 50)) -> dict[str, Any]:
    """By the number of askers: the spread of an answer's time, and answers a second."""
    some = list(islice(questions(7), 60))
    return {str(count): _asked(workspace, count, max(6, 120 // count), some) for count in people}


def _asked(workspace: Workspace, count: int, each: int, some: list[tuple[str, str]]) -> dict[str, Any]:
    def one(person: int) -> list[float]:
        times = []
        for question, lang in islice(cycle(some), person, person + each):
            began = time.perf_counter()
            workspace.conversation(lang).ask(question)
            times.append((time.perf_counter() - began) * 1000)
        return times

    began = time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        taken = [took for times in pool.map(one, range(count)) for took in times]
    return {**spread(taken), "per_second": len(taken) / (time.perf_counter() - began)}
