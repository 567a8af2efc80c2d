"""An answer that takes long shows that it is worked on, and a button ends it: in a real browser, on a slow engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.shipped import shipped_store

ROOT = Path(__file__).resolve().parents[2]
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
from xinfo.ui.settings import Settings
serve(Settings(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""
"""The app on an engine that takes a minute for whatever can be called off."""
PATIENCE = 60_000


@pytest.fixture(scope="module")
def slow_address(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("slow")
    with serving(shipped_store(folder), program=SLOW) as where:
        yield where


@pytest.mark.long
def test_a_slow_answer_is_called_off_with_one_click(slow_address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(slow_address)
    page.locator(".box textarea").fill("GDP of Xining in 2014")
    page.keyboard.press("Enter")
    waiting = page.locator(".st-key-asking")
    expect(waiting).to_contain_text("Working on it", timeout=PATIENCE)
    page.get_by_role("button", name="Cancel").click()
    expect(waiting).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_text("Understood as:")).to_have_count(0)
    assert "q=" not in page.url
    page.close()
