"""What the tests of interfaces for programs share: a tiny store with rules and tokens, and `xinfo mcp` in a process."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from panels import HERE, figure, write_csv

from xinfo.access import tokens
from xinfo.store.build import build

ROOT = Path(__file__).resolve().parents[1]
RULES = "people: {li@office.cn: viewer, chen@office.cn: viewer}\n"
BILLION = {"unit": "billion yuan"}
ROWS = [
    figure("info_consumption", "2014Q1-Q2", "42.8", {"unit": "亿元", "source": "old"}),
    figure("info_consumption", "2014Q1-Q3", "130.1", {"unit": "亿元", "source": "new"}),
    *(figure("gdp", year, value, BILLION) for year, value in (("2013", "100"), ("2014", "110"), ("2015", "125"))),
    figure("gdp", "2014", "2000", BILLION | {"place": "beijing"}),
    figure("gdp", "2015", "2301", BILLION | {"place": "beijing"}),
    figure("population", "2015", "2.5", {"unit": "万人"}),
]


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, in a thread of its own: browser tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()


def tiny_store(folder: Path) -> Path:
    """A store of a few figures, with rules that let two people ask."""
    write_csv(folder / "data" / "observation.csv", ROWS)
    store = folder / "tiny.duckdb"
    build(store, shipped=HERE, data=folder / "data", built_at="2016-02-01T08:00:00+08:00")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return store


def token(store: Path, address: str = "li@office.cn", until: str = "2099-12-31") -> str:
    return tokens.make(store, address, [], until)


@contextmanager
def serving(*arguments: object, path: str) -> Iterator[int]:
    """A command that serves HTTP, in a process of its own; the port, once anything answers at `path`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "xinfo", *map(str, arguments), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                request(port, "GET", path)
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.25)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def request(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    return reply.status, reply.read(), reply.headers


def of_json(body: bytes) -> Any:
    return json.loads(body)
