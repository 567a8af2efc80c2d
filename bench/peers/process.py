"""A tool's process: reads what to ask from stdin, asks, writes what was shown and how long it took to stdout.

Runs in the tools' own environment, with the standard library alone.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable
from importlib import metadata
from typing import Any

from bench.memory import peak_megabytes

Shown = list[tuple[float, ...]] | None
Ask = Callable[[str, Any], Callable[[], Shown]]
"""Asks something of a table; what is left to call works the shown figures out, for which the tool takes no blame."""


def serve(ready: Callable[[dict[str, str]], Ask], packages: tuple[str, ...]) -> None:
    """Makes the tool ready with the tables, asks it one question to warm up, then each so often as told to."""
    job = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        ask = ready(job["tables"])
        found: dict[str, Any] = {"ready_seconds": time.time() - job["started"]}
        first = next(one for one in job["questions"] if one["asked"])
        _asked(ask, first["data"], first["asked"][0], rounds=1)
        found["answers"] = {
            one["id"]: [_asked(ask, one["data"], what, job["rounds"]) for what in one["asked"]]
            for one in job["questions"]
        }
    found["megabytes"] = peak_megabytes()
    found["versions"] = {package: metadata.version(package) for package in packages}
    json.dump(found, sys.stdout)


def _asked(ask: Ask, data: str, what: Any, rounds: int) -> dict[str, Any]:
    """What one question shows, with the milliseconds of each time, by the clock and of the processor.

    An error of the tool is no answer.
    """
    times: list[float] = []
    worked: list[float] = []
    shown: Shown = None
    failed = ""
    for _ in range(rounds):
        began, work = time.perf_counter(), time.process_time()
        try:
            work_out = ask(data, what)
        except Exception as error:
            failed = f"{type(error).__name__}: {error}"
        times.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - work) * 1000)
    if not failed:
        shown = work_out()
    return {"shown": shown, "ms": times, "cpu": worked, "failed": failed[:200]}
