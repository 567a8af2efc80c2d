"""Statements by chance for the guard: judged at once and in little memory, and harmless where they are let through."""

from __future__ import annotations

import time
from pathlib import Path

from tests.fuzz.found import Found, crash, forget_peak, memory
from tests.sql.mutants import text_of
from tests.sql.trap import MARK, Trap
from xinfo.errors import Refused
from xinfo.query.guard import Checked, check

SECONDS, BYTES = 0.5, 200 << 20
SAMPLES = ("sample", "random", "reservoir", "any_value", "first", "last", "arg_m", "approx")
"""Words of statements that may give other rows each time."""


class Guard:
    """Tries one statement after another."""

    def __init__(self, folder: Path):
        self._trap = Trap(folder)
        check("select a.name_en, sum(b.value) from place a join observation b using (place_id) group by all")

    def attempt(self, seed: int) -> list[Found]:
        """What is wrong with what the guard makes of the statement of this seed."""
        sql = text_of(seed)
        forget_peak()
        held, began = memory("VmRSS"), time.process_time()
        checked, found = _judged(sql)
        seconds, taken = time.process_time() - began, memory("VmHWM") - held
        if seconds > SECONDS:
            found.append(Found("slow", f"{seconds:.2f} s"))
        if taken > BYTES:
            found.append(Found("memory", f"{taken >> 20} MB"))
        return [*found, *(self._harm(sql, checked) if checked else ())]

    def close(self) -> None:
        self._trap.close()

    def shown(self, seed: int) -> bytes:
        """The statement of a seed."""
        return text_of(seed).encode()

    def _harm(self, sql: str, checked: Checked) -> list[Found]:
        said = self._trap.run(checked.sql, checked.parameters)
        found = []
        if MARK in said and said != MARK:
            found.append(Found("leak", said[:200]))
        if not self._trap.unchanged:
            found.append(Found("change", "tables, settings or files are others"))
        if check(checked.sql).sql != checked.sql:
            found.append(Found("unsettled", checked.sql[:200]))
        if said not in ("", MARK) and not any(word in sql.lower() for word in SAMPLES):
            plain = self._trap.run(sql, checked.parameters)
            if plain not in ("", MARK) and sorted(plain) != sorted(said):
                found.append(Found("other rows", f"{plain[:200]} as written, {said[:200]} as printed"))
        return found


def _judged(sql: str) -> tuple[Checked | None, list[Found]]:
    try:
        return check(sql), []
    except Refused:
        return None, []
    except Exception as error:
        return None, [crash(error)]
