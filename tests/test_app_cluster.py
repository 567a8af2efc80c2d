"""The app beside a cluster: its questions are asked there; where that is gone the page says so, and goes on."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import ask, forget, said
from xinfo.answer.answer import Answer
from xinfo.cli import main
from xinfo.query.spark.engine import SparkEngine
from xinfo.store.assets import assets_of
from xinfo.ui import opening
from xinfo.ui.asking import Asking
from xinfo.ui.dialogue import Dialogue

ROOT = Path(__file__).resolve().parents[1]
FIRST, SECOND, THIRD = (f"GDP of Xining in {year}" for year in (2013, 2014, 2015))
pytestmark = pytest.mark.cluster


class Wire:
    """What lies between the app and its cluster; it can be held up, and cut."""

    def __init__(self, host: str, port: int):
        self._far = (host, port)
        self._near = socket.create_server(("127.0.0.1", 0))
        self.address = f"spark://127.0.0.1:{self._near.getsockname()[1]}"
        self.flowing = threading.Event()
        self.flowing.set()
        self.whole = True
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Whoever is connected is not any more, and nobody gets through."""
        self.whole = False
        ends, self._ends = self._ends, []
        for end in ends:
            # What waits in the other thread hears of a shutdown, not of a close.
            with contextlib.suppress(OSError):  # it may have gone by itself
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self._near.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._near.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.create_connection(self._far)
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while said := one.recv(65536):
                self.flowing.wait()
                other.sendall(said)
            other.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


@pytest.fixture
def wire(exported_store: Path, cluster_address: str, tables: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """The way to the cluster of an app that is started beside it."""
    host, port = cluster_address.removeprefix("spark://").rsplit(":", 1)
    wire = Wire(host, int(port))
    monkeypatch.setenv("XINFO_STORE", str(exported_store))
    monkeypatch.setenv("XINFO_ENGINE", wire.address)
    monkeypatch.setenv("XINFO_TABLES", tables)
    forget()
    yield wire
    wire.close()
    forget()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that the cluster has answered."""
    heard: list[str] = []
    collected = SparkEngine._collected

    def listening(engine: SparkEngine, sql: str, *more: object) -> object:
        rows = collected(engine, sql, *more)
        heard.append(sql)
        return rows

    monkeypatch.setattr(SparkEngine, "_collected", listening)
    return heard


def test_the_app_asks_the_cluster_and_says_where_it_asks(wire: Wire, asked: list[str]) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "answered by the cluster at 127.0.0.1" in said(app)
    assert not asked
    shown = said(ask(app, THIRD))
    assert "billion yuan" in shown
    assert len(asked) == 2
    assert "observation" in asked[1]
    # What lies behind a figure is in the store alone.
    app.session_state["origin-0"] = True
    app.run()
    assert not app.error
    assert len(asked) == 2


def test_a_lost_connection_is_said_and_the_next_question_is_answered(wire: Wire) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "billion yuan" in said(ask(app, FIRST))
    wire.cut()
    shown = said(ask(app, SECOND))
    assert "the connection to the cluster" in shown
    assert "was lost" in shown
    wire.whole = True
    shown = said(ask(app, THIRD))
    assert "in 2015" in shown
    assert shown.count("was lost") == 1


def test_a_question_that_the_cluster_sits_on_can_be_called_off(wire: Wire, exported_store: Path) -> None:
    here = opening.on_cluster(opening.opened(str(exported_store), assets_of(exported_store, ROOT / "queries"), False))
    dialogue = Dialogue(here, "en")
    assert Asking(dialogue, FIRST).finished(30)
    wire.flowing.clear()
    slow = Asking(dialogue, SECOND)
    assert not slow.finished(0.5)
    start = time.monotonic()
    slow.cancel()
    assert slow.finished(5)
    assert time.monotonic() - start < 1
    wire.flowing.set()
    quick = Asking(dialogue, THIRD)
    assert quick.finished(30)
    assert isinstance(quick.turns[0].reply, Answer)
    assert dialogue.questions() == [dialogue.questions()[0], THIRD]


def test_figures_that_the_cluster_has_not_are_asked_of_the_store(
    wire: Wire, asked: list[str], exported_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.duckdb"
    (tmp_path / "data").mkdir()
    figure = "place,metric,period,value,unit\nXining,gdp,2015,77,billion yuan\n"
    (tmp_path / "data" / "observation.csv").write_text(figure, encoding="utf-8")
    assert main(["build", "--store", str(other), "--data", str(tmp_path / "data")]) == 0
    monkeypatch.setenv("XINFO_STORE", str(other))
    forget()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "77 billion yuan" in said(ask(app, THIRD))
    assert len(asked) == 1
    assert "has different figures, so the store itself is used" in said(app.run())
