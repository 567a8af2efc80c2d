"""Runs one target for some minutes, case after case in a process that is started anew where it hangs or dies."""

from __future__ import annotations

import argparse
import contextlib
import json
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Protocol

from tests.fuzz.found import Found, memory

HANGS = 20.0
"""Seconds on the processor after which a case counts as one that does not end."""
PATIENCE = 300.0
"""Seconds after which one that waits counts so, too."""
LARGEST = 4 << 30
"""Bytes of memory at which the process that tries the cases is ended."""
ENDS = {signal.SIGPROF: "hangs", signal.SIGXFSZ: "memory"}
ROOT = Path(__file__).resolve().parents[2]


class Target(Protocol):
    """What is tried."""

    def attempt(self, seed: int) -> list[Found]:
        """What is wrong with the case of a seed."""

    def shown(self, seed: int) -> bytes:
        """The case itself."""


def target(name: str, folder: Path) -> Target:
    """A target by its name; each takes long to import, and only one is needed."""
    if name == "guard":
        from tests.fuzz.guard import Guard

        return Guard(folder)
    sys.path.insert(0, str(ROOT / "tests"))
    from tests.fuzz.readers import Readers

    return Readers(folder)


TARGETS = ("guard", "files")


def work(name: str, seed: int) -> None:
    """Tries every case from a seed on; says before each which it is, and behind it what was found."""
    with tempfile.TemporaryDirectory() as folder:
        tried = target(name, Path(folder))
        while True:
            print(json.dumps([seed, None]), flush=True)
            signal.setitimer(signal.ITIMER_PROF, HANGS)  # its signal ends the process
            for one in tried.attempt(seed):
                print(json.dumps([seed, [one.kind, one.what]]), flush=True)
            seed += 1


class Worker:
    """The process that tries the cases."""

    def __init__(self, name: str, seed: int):
        command = [sys.executable, "-m", "tests.fuzz", name, "--work", "--seed", str(seed)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        for task in (self._read, self._watch):
            threading.Thread(target=task, daemon=True).start()

    def said(self) -> tuple[int, list[str] | None] | None:
        """The next thing it says: a seed, and what was found; None where it is dead. Raises queue.Empty."""
        line = self._lines.get(timeout=PATIENCE)
        return tuple(json.loads(line)) if line else None

    def end(self) -> int:
        """Ends the process; with what it ended by itself, or 0."""
        time.sleep(0.1)
        ended = self._process.poll()
        self._process.kill()
        self._process.wait()
        return ended or 0

    def _watch(self) -> None:
        with contextlib.suppress(OSError, LookupError):  # it has ended
            while memory("VmRSS", self._process.pid) < LARGEST:
                time.sleep(0.2)
            self._process.send_signal(signal.SIGXFSZ)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")


class Run:
    """Some minutes of one target; the findings are written to a folder as they come up, a few of a kind."""

    ENOUGH = 5

    def __init__(self, name: str, seed: int, folder: Path):
        self._name, self._seed, self._folder = name, seed, folder
        self.counted: Counter[str] = Counter()
        self.tried = 0
        folder.mkdir(parents=True, exist_ok=True)

    def go(self, until: float) -> None:
        """Tries cases until then."""
        while time.monotonic() < until:
            worker = Worker(self._name, self._seed)
            try:
                while time.monotonic() < until and (said := worker.said()):
                    self._heard(*said)
            except queue.Empty:
                self._note(["hangs", f"more than {PATIENCE:.0f} s"])
            if code := worker.end():
                self._note([ENDS.get(-code, "dies"), f"with {code}"])
            self._seed += 1

    def _heard(self, seed: int, found: list[str] | None) -> None:
        self._seed = seed
        if found:
            self._note(found)
        else:
            self.tried += 1

    def _note(self, found: list[str]) -> None:
        kind, what = found
        sort = f"crash at {what.split('(')[-1].rstrip(')')}" if kind == "crash" else kind
        self.counted[sort] += 1
        if self.counted[sort] > self.ENOUGH:
            return
        with (self._folder / "findings.txt").open("a", encoding="utf-8") as file:
            file.write(f"{self._name} {self._seed}: {kind}: {what}\n")


def main() -> int:
    """1 where anything was found."""
    read = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    read.add_argument("target", choices=TARGETS)
    read.add_argument("--minutes", type=float, default=60)
    read.add_argument("--seed", type=int, default=0, help="the first case")
    read.add_argument("--findings", type=Path, default=ROOT / "var" / "fuzz")
    read.add_argument("--show", action="store_true", help="write the case of the seed, and what is wrong with it")
    read.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    asked = read.parse_args()
    if asked.work:
        return work(asked.target, asked.seed) or 0
    if asked.show:
        return show(asked.target, asked.seed)
    run = Run(asked.target, asked.seed, asked.findings)
    run.go(time.monotonic() + asked.minutes * 60)
    print(f"{asked.target}: {run.tried:,} cases from {asked.seed} on; found: {dict(run.counted) or 'nothing'}")
    return 1 if run.counted else 0


def show(name: str, seed: int) -> int:
    """Writes one case, and says what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        tried = target(name, Path(folder))
        sys.stdout.buffer.write(tried.shown(seed) + b"\n")
        sys.stdout.flush()
        found = tried.attempt(seed)
    for one in found:
        print(f"{one.kind}: {one.what}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
