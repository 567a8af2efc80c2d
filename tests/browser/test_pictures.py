"""The pictures of the documentation, taken anew from the demonstration store where XINFO_PICTURES names a folder."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

TREND = "How did information consumption in Xining develop by quarter from 2013 to 2015?"
LARGEST = 300_000
FOLDER = os.environ.get("XINFO_PICTURES")


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER, reason="XINFO_PICTURES names no folder")
@pytest.mark.parametrize("context", [{"viewport": {"width": 1280, "height": 860}}], indirect=True)
def test_a_question_and_its_answer_with_a_line(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(TREND)}")
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    page.wait_for_timeout(3000)  # Until the chart has its width, and the page has come to rest.
    picture = Path(str(FOLDER)) / "ask.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size < LARGEST
