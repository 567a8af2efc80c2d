"""The served app as machines see it: health, readiness, numbers, headers, its log, and stopping without cutting off."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from xinfo.cli import main
from xinfo.store.build import build
from xinfo.store.versions import folder as versions_of
from xinfo.ui.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
LONG = 2.0
"""Seconds that the answer takes which is under way when the server is told to stop."""
PROGRAM = f"""
import pathlib, signal, sys, threading, time
from streamlit import net_util
from xinfo.ui import stopping
from xinfo.ui.serve import serve
from xinfo.ui.settings import Settings

def answer():
    with stopping.answering():
        while not stopping.stopping():
            time.sleep(0.01)
        time.sleep({LONG})
        print("answered", flush=True)

def asked_outside(*_, **__):
    print("asked another host", flush=True)
    time.sleep(20)

net_util._make_blocking_http_get = asked_outside
threading.Thread(target=answer, daemon=True).start()
sys.exit(serve(Settings(pathlib.Path(sys.argv[1]), int(sys.argv[2]), json=True)))
"""

STILL_READYING = """
import pathlib, sys, time
from xinfo.ui.serve import serve
from xinfo.ui.settings import Settings
from xinfo.understand.suggest import Index

def prepare(_):
    print("readying", flush=True)
    time.sleep(300)

Index.prepare = prepare
sys.exit(serve(Settings(pathlib.Path(sys.argv[1]), int(sys.argv[2]), json=True)))
"""


class Served:
    """A server in a process of its own."""

    def __init__(self, store: Path, program: str = PROGRAM):
        self.store = store
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(store), str(self.port)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def get(self, path: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        return reply.status, reply.read().decode("utf-8", "replace"), reply.headers

    def wait(self) -> None:
        for _ in range(240):
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                assert self.process.poll() is None, self.process.communicate()
                time.sleep(0.25)
        pytest.fail("the app did not answer")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    write_csv(folder / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(folder / "store.duckdb", shipped=HERE, data=folder / "data", built_at="2016-01-10T08:00:00")
    server = Served(folder / "store.duckdb")
    try:
        server.wait()
        yield server
    finally:
        server.process.kill()
        server.process.communicate()


def test_it_says_whether_it_lives_and_takes_people_in(served: Served) -> None:
    assert served.get("/healthz")[:2] == (200, "ok")
    status, told, _ = served.get("/readyz")
    assert (status, json.loads(told)) == (200, {"ready": True, "version": "000001"})


def test_without_figures_it_takes_nobody_in(served: Served) -> None:
    pointer = versions_of(served.store) / "CURRENT"
    pointer.rename(pointer.with_name("gone"))
    status, told, _ = served.get("/readyz")
    assert status == 503
    assert "has lost CURRENT" in json.loads(told)["reason"]
    assert served.get("/healthz")[0] == 200, "starting it anew would not help"
    pointer.with_name("gone").rename(pointer)


def test_a_store_is_named_from_where_the_server_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app itself runs in the folder of its pages."""
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    monkeypatch.chdir(tmp_path)
    build(Path("store.duckdb"), shipped=HERE, data=Path("data"), built_at="2016-01-10T08:00:00")
    taken: list[Settings] = []
    monkeypatch.setattr("xinfo.ui.serve.serve", lambda settings, tell: taken.append(settings) or 0)
    assert main(["serve", "--store", "store.duckdb"]) == 0
    assert taken[0].store == tmp_path / "store.duckdb"


def test_its_numbers_are_prometheus_text(served: Served) -> None:
    status, told, headers = served.get("/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain; version=")
    values = dict(line.rsplit(" ", 1) for line in told.splitlines() if not line.startswith("#"))
    assert values["xinfo_store_version"] == "1.0"
    assert values["xinfo_running"] == "1.0"
    assert {"xinfo_sessions", "xinfo_store_age_seconds", "xinfo_answer_seconds_count"} <= set(values)
    assert {f'xinfo_questions_total{{status="{one}"}}' for one in ("answered", "no_data")} <= set(values)


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/_stcore/metrics", "//metrics"])
def test_its_numbers_are_not_for_whoever_comes_through_a_proxy(served: Served, path: str) -> None:
    assert served.get(path, X_Forwarded_For="192.0.2.7")[0] in (400, 403)


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/static/nothing"])
def test_every_reply_tells_the_browser_what_a_page_may_do(served: Served, path: str) -> None:
    headers = served.get(path)[2]
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


@pytest.mark.parametrize("origin", ["https://evil.cn", "http://localhost.evil.cn", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_site_is_refused_at_once_and_no_other_host_is_asked(served: Served, origin: str) -> None:
    began = time.monotonic()
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{served.port}/_stcore/stream", origin=Origin(origin), proxy=None)
    assert refused.value.response.status_code == 403
    assert served.get("/healthz")[0] == 200
    assert time.monotonic() - began < 5


def test_a_page_of_its_own_is_let_in(served: Served) -> None:
    own = Origin(f"http://127.0.0.1:{served.port}")
    with connect(f"ws://127.0.0.1:{served.port}/_stcore/stream", origin=own, proxy=None):
        pass


def test_files_for_a_session_that_is_none_are_not_taken(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request("PUT", "/_stcore/upload_file/nobody/1", body=b"x" * 1000)
    assert connection.getresponse().status in (400, 403)


def test_a_server_listens_before_it_loads_what_only_typing_needs() -> None:
    said = "import sys, xinfo.ui.serve; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], cwd=ROOT, check=False).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM is POSIX")
def test_it_stops_while_a_page_is_open_and_what_typing_needs_is_made(served: Served) -> None:
    server = Served(served.store, STILL_READYING)
    try:
        server.wait()
        own = Origin(f"http://127.0.0.1:{server.port}")
        assert server.process.stdout
        with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", origin=own, proxy=None):
            assert server.process.stdout.readline() == "readying\n"
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(15) == 0
    finally:
        server.process.kill()
        server.process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM is POSIX")
@pytest.mark.long
def test_it_lets_running_answers_end_before_it_stops(served: Served) -> None:
    began = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    time.sleep(LONG / 2)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", served.port), timeout=5)
    out, err = served.process.communicate(timeout=60)
    assert served.process.returncode == 0
    assert time.monotonic() - began >= LONG
    assert out == "answered\n"
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert [line["message"] for line in lines if line["logger"] == "xinfo"] == ["serving", "stopped"]
    assert {"at", "level", "port", "login"} <= set(lines[0])
