"""People asking at once, and many open pages: how fast, how much memory, and does anybody get another's answer?

    python tests/load/load.py --people 50 --idle 200 --minutes 30 --processes 2

It starts the app on a demonstration store, opens the idle pages, and lets everybody else ask one question after the
other without a pause, each in a session of his own over the websocket that browsers speak. The core is asked every
question before; an answer on a page that is not that of its own question, or any other's, is an error. Not a test of
the suite: run it before a release, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from xinfo.answer.answer import Answer  # noqa: E402
from xinfo.ask import open_workspace  # noqa: E402
from xinfo.store.build import build  # noqa: E402

QUESTIONS = {
    "en": ("{metric} of {place} in {year}", ("GDP", "Information consumption", "Broadband subscribers", "Population")),
    "zh": ("{place}{year}年的{metric}", ("地区生产总值", "信息消费", "宽带用户数", "人口")),
}
BOX = re.compile(rb"\$\$ID-[0-9a-f]+-box")
PATIENCE = 300.0
SESSION_LENGTH = 10
"""Questions that one session asks before it is closed and another begins."""


@dataclass
class Tally:
    """What has happened so far."""

    took: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Minutes since the start, and megabytes."""
    processor: float = 0.0
    """Seconds of a core that the server took meanwhile."""


class Session:
    """One page of one browser."""

    def __init__(self, address: str):
        self.address = address
        self.box = b""
        self.earlier: set[str] = set()
        """What it has asked: all of that stands on the page."""

    async def __aenter__(self) -> Session:
        self.socket = await websockets.connect(
            f"ws://{self.address}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        await self.run(BackMsg())
        return self

    async def __aexit__(self, *trouble: object) -> None:
        await self.socket.close()

    async def run(self, message: BackMsg, wanted: bytes = b"") -> bytes:
        """Everything that the page says until the script has finished, and until it has said `wanted`."""
        message.rerun_script.query_string = "lang=en"
        await self.socket.send(message.SerializeToString())
        said, until = b"", time.monotonic() + PATIENCE
        while True:
            received = await asyncio.wait_for(self.socket.recv(), max(0.1, until - time.monotonic()))
            found = BOX.search(received)
            self.box = found[0] if found else self.box
            said += received.replace(b"\\", b"")
            forward = ForwardMsg()
            forward.ParseFromString(received)
            if forward.WhichOneof("type") == "script_finished" and wanted in said:
                return said

    async def ask(self, question: str, wanted: str) -> bytes:
        message = BackMsg()
        sent = message.rerun_script.widget_states.widgets.add()
        sent.id = f"$$STREAMLIT_INTERNAL_KEY_{self.box.decode()}__events"
        sent.json_trigger_value = json.dumps([{"event": "asked", "value": question}])
        return await self.run(message, wanted.encode())


def expected(store: Path) -> dict[str, str]:
    """Each question with the sentence that answers it; no two have the same."""
    workspace = open_workspace(store, ROOT / "queries")
    places = list(workspace.catalog.places.values())
    known: dict[str, str] = {}
    for (lang, (pattern, metrics)), place, year in itertools.product(QUESTIONS.items(), places, (2013, 2014, 2015)):
        for metric in metrics:
            name = place.name_en if lang == "en" else place.name_zh
            question = pattern.format(metric=metric, place=name, year=year)
            reply = workspace.conversation("en").ask(question, lang)
            if isinstance(reply, Answer) and len(reply.headline) > 20:
                known[question] = reply.headline
    return {question: said for question, said in known.items() if list(known.values()).count(said) == 1}


async def person(address: str, known: dict[str, str], until: float, tally: Tally, chance: random.Random) -> None:
    """Asks until the time is over, a new session every so often."""
    questions = list(known)
    while time.monotonic() < until:
        try:
            began = time.monotonic()
            async with Session(address) as session:
                tally.opened.append(time.monotonic() - began)
                for question in chance.sample(questions, SESSION_LENGTH):
                    if time.monotonic() < until:
                        await _one(session, question, known, tally)
        except Exception as error:
            tally.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(1)


async def _one(session: Session, question: str, known: dict[str, str], tally: Tally) -> None:
    before, began = session.earlier, time.monotonic()
    said = await session.ask(question, known[question])
    tally.took.append(time.monotonic() - began)
    session.earlier = {*before, question}
    foreign = [other for other, words in known.items() if other not in session.earlier and words.encode() in said]
    if foreign:
        tally.errors.append(f"asked {question}, shown the answer to {foreign[0]}")


async def watch(process: int, until: float, began: float, tally: Tally) -> None:
    """Notes the server's memory now and then."""
    while time.monotonic() < until:
        tally.memory.append(((time.monotonic() - began) / 60, memory(process)))
        print(
            f"{tally.memory[-1][0]:5.1f} min {tally.memory[-1][1]:6.0f} MB {len(tally.took):6d} answers "
            f"{len(tally.errors)} errors",
            flush=True,
        )
        await asyncio.sleep(15)


async def load(address: str, process: int, known: dict[str, str], given: argparse.Namespace) -> Tally:
    tally, began = Tally(), time.monotonic()
    async with Session(address) as first:
        await first.ask(*next(iter(known.items())))
    print(f"the first answer came after {time.monotonic() - began:.0f} s, {memory(process):.0f} MB", flush=True)
    began, idle = time.monotonic(), []
    for _ in range(given.idle):
        idle.append(await Session(address).__aenter__())
    print(f"{given.idle} idle pages open after {time.monotonic() - began:.0f} s, {memory(process):.0f} MB", flush=True)
    until = time.monotonic() + 60 * given.minutes
    people = [person(address, known, until, tally, random.Random(number)) for number in range(given.people)]
    before = processor(process)
    await asyncio.gather(watch(process, until, time.monotonic(), tally), *people)
    tally.processor = processor(process) - before
    for session in idle:
        await session.run(BackMsg())
        await session.__aexit__()
    print("every idle page still answers", flush=True)
    return tally


def tree(process: int) -> list[Path]:
    """A process and all that it has started, as folders of /proc."""
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(place.parent.name)] = int(place.read_text().rpartition(")")[2].split()[1])
    of = {process}
    while more := {one for one, parent in parents.items() if parent in of} - of:
        of |= more
    return [Path(f"/proc/{one}") for one in of]


def memory(process: int) -> float:
    """Megabytes that a process holds, with all that it has started."""
    found = 0
    for place in tree(process):
        with suppress(OSError):
            found += int(place.joinpath("statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return found / 2**20


def processor(process: int) -> float:
    """Seconds that a process has had a core, with all that it has started."""
    ticks = 0
    for place in tree(process):
        with suppress(OSError):
            ticks += sum(map(int, place.joinpath("stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def serve(store: Path, port: int, given: argparse.Namespace) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "xinfo", "serve", "--store", str(store), "--port", str(port)]
    command += ["--processes", str(given.processes), "--query-processes", str(given.query_processes)]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    for _ in range(240):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return started
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the app did not start")


def report(tally: Tally, given: argparse.Namespace) -> None:
    took, opened = sorted(tally.took), sorted(tally.opened)
    cut = [memory for minutes, memory in tally.memory if minutes >= given.minutes / 3]
    print(
        f"people {given.people}, idle pages {given.idle}, minutes {given.minutes}, processes {given.processes}, "
        f"cores {os.cpu_count()}"
    )
    print(f"answers {len(took)}, {len(took) / given.minutes / 60:.1f} a second, errors {len(tally.errors)}")
    print(f"the server took {1000 * tally.processor / max(1, len(took)):.0f} ms of a core for an answer")
    for name, times in (("answer", took), ("page", opened)):
        if len(times) > 1:
            middle, late = statistics.median(times), times[int(0.95 * len(times))]
            print(f"{name}: p50 {middle:.2f} s, p95 {late:.2f} s, longest {times[-1]:.2f} s")
    if len(cut) > 1:
        print(f"memory: {cut[0]:.0f} MB after a third of the time, {cut[-1]:.0f} MB at the end, {max(cut):.0f} at most")
    for error in tally.errors[:10]:
        print("  " + error)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--idle", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--query-processes", type=int, default=2)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "demo.duckdb"
        build(store, shipped=ROOT / "data", data=None, built_at="2016-02-01T08:00:00")
        known = expected(store)
        print(f"{len(known)} questions, each with an answer of its own", flush=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", given.port))
            port = free.getsockname()[1]
        served = serve(store, port, given)
        try:
            tally = asyncio.run(load(f"127.0.0.1:{port}", served.pid, known, given))
        finally:
            served.terminate()
            served.wait(60)
    report(tally, given)
    return 1 if tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
