"""Builds and loads that come to grief on purpose, each in a fork of a process that has imported all they need.

A fork of the tests' own process would inherit its threads' locks.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xinfo.errors import XinfoError
from xinfo.store.add import add
from xinfo.store.build import build

HERE = Path(__file__).parent
CHANGES = ("os.rename", "os.link", "os.remove", "os.mkdir")
AT = "2016-02-01"


class Crasher:
    """Starts jobs and tells how they ended."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process, self.pid = process, 0

    def start(self, kind: str, store: Path, step: int = 0, largest: int = 0) -> None:
        """Begins to `load` or `build` from the folder `data` beside the store.

        The job is killed before the `step`th time that it writes, renames or removes something in the folder of
        versions, and can write no file larger than `largest`, where these are given.
        """
        job = {"kind": kind, "store": str(store), "step": step, "largest": largest}
        print(json.dumps(job), file=self.process.stdin, flush=True)
        self.pid = int(self._line())

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def join(self) -> tuple[int, str]:
        """Waits for the job's end: its exit code, and what it complained of."""
        status, said = json.loads(self._line())
        return status, said

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()


@contextlib.contextmanager
def crasher() -> Iterator[Crasher]:
    roots = os.pathsep.join(str(HERE.parents[level]) for level in (0, 1))
    with subprocess.Popen(
        [sys.executable, "-m", "panels.crashes"],
        env=os.environ | {"PYTHONPATH": roots},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Crasher(process)
        assert process.stdin
        process.stdin.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:  # what is read once is read before the first fork
        build(Path(folder) / "store.duckdb", shipped=HERE, data=Path(folder), built_at=AT)
    for line in sys.stdin:
        told, tell = os.pipe()
        pid = os.fork()
        if not pid:
            _work(json.loads(line), tell)
        os.close(tell)
        print(pid, flush=True)
        with os.fdopen(told, encoding="utf-8") as said:
            words = said.read()
        print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), words]), flush=True)


def _work(job: dict[str, Any], tell: int) -> None:
    """Does a job and ends the process."""
    store, status = Path(job["store"]), 1
    try:
        _hinder(job)
        if job["kind"] == "load":
            add(store, [store.parent / "data" / "observation.csv"], built_at=AT)
        else:
            build(store, shipped=HERE, data=store.parent / "data", built_at=AT)
        status = 0
    except XinfoError as error:
        os.write(tell, str(error).encode())
    finally:
        os._exit(status)


def _hinder(job: dict[str, Any]) -> None:
    seen, place = 0, f"{job['store']}.versions"

    def watch(event: str, details: tuple[object, ...]) -> None:
        nonlocal seen
        changes = event in CHANGES or (event == "open" and set(str(details[1])) & set("wax"))
        if changes and str(details[0]).startswith(place):
            seen += 1
            if seen == job["step"]:
                os.kill(os.getpid(), signal.SIGKILL)

    if job["step"]:
        sys.addaudithook(watch)
    if job["largest"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest"], job["largest"]))


if __name__ == "__main__":
    main()
