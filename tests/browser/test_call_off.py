"""An answer that takes long shows that it is worked on, and a button ends it: in a real browser, on a slow engine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import ROOT, _wait_for
from xinfo.store.build import build

SLOW = """
import sys, pathlib
import xinfo.query.engine as engine
run = engine.DuckEngine.execute
LONG = "SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = -1"
def slow(self, sql, params, **how):
    if how.get("handle"):
        run(self, LONG, {}, **(how | {"seconds": 60}))
    return run(self, sql, params, **how)
engine.DuckEngine.execute = slow
from xinfo.ui.serve import serve
serve(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
"""
"""The app on an engine that takes a minute for whatever can be called off."""


@pytest.fixture(scope="module")
def slow_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("slow")
    build(folder / "demo.duckdb", shipped=ROOT / "data", data=None, built_at="2016-02-01T08:00:00")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SLOW, str(folder / "demo.duckdb"), str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (folder / "log").open("w", encoding="utf-8") as log:
        served = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", served, Path(folder / "log"))
        yield f"http://127.0.0.1:{port}/"
    finally:
        served.terminate()
        served.wait(20)


@pytest.mark.slow
def test_a_slow_answer_is_called_off_with_one_click(slow_address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(slow_address)
    page.get_by_role("combobox").fill("GDP of Xining in 2014")
    page.keyboard.press("Enter")
    waiting = page.locator(".st-key-asking")
    expect(waiting).to_contain_text("Working on it")
    if "XINFO_PICTURES" in os.environ:
        page.screenshot(path=os.environ["XINFO_PICTURES"])
    page.get_by_role("button", name="Call it off").click()
    expect(waiting).to_have_count(0)
    expect(page.get_by_text("Understood as:")).to_have_count(0)
    assert "q=" not in page.url
    page.close()
