"""The main states of the app beside kept pictures of them, so coarse that fonts make no difference but layout does.

`XINFO_LOOKS=renew pytest tests/browser/test_looks.py` takes the pictures anew: look at what changed before keeping it.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from tests.browser.states import settle

KEPT = Path(__file__).with_name("looks")
BLOCK = 16
"""Pixels of the page that become one of the picture: about a line of text."""
CLEARLY = 0.05
"""Of the range from black to white: how far a block is off before it counts as another one."""
MOST = 0.012
"""Of all blocks that may be others: text that runs a little differently, a date."""
DESK = {"viewport": {"width": 1280, "height": 900}}
DARK = DESK | {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 400, "height": 840}, "has_touch": True, "locale": "zh-CN"}
TREND = "How did information consumption in Xining develop by quarter from 2013 to 2015?"
CHINESE = "2015年信息消费最高的五个试点是哪些"
STATES = [
    ("first-dark", DARK, ""),
    ("answer", DESK, f"?q={quote(TREND)}"),
    ("answer-dark", DARK, f"?q={quote(TREND)}"),
    ("answer-phone", PHONE, f"?q={quote(CHINESE)}"),
    ("coverage", DESK, "data"),
]


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "context", "where"), STATES, ids=[name for name, _, _ in STATES], indirect=["context"]
)
def test_a_state_looks_as_kept(name: str, where: str, page: Page, address: str) -> None:
    page.goto(f"{address}{where}")
    _at_rest(page, drawn="answer" in name or name == "coverage")
    seen = coarse(page.screenshot())
    if os.environ.get("XINFO_LOOKS") == "renew":
        seen.save(KEPT / f"{name}.png", optimize=True)
    kept = Image.open(KEPT / f"{name}.png").convert("RGB")
    assert seen.size == kept.size
    assert apart(seen, kept) < MOST


def test_a_missing_block_is_seen_and_another_font_is_not() -> None:
    kept = Image.open(KEPT / "answer.png").convert("RGB")
    assert apart(kept.point(lambda level: min(level + 10, 255)), kept) == 0
    lost = kept.copy()
    lost.paste(kept.getpixel((kept.width - 1, 0)), (22, 24, 60, 44))  # The chart.
    assert apart(lost, kept) > MOST


def coarse(png: bytes) -> Image.Image:
    """A screenshot in blocks, each of their mean colour."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    return whole.resize((whole.width // BLOCK, whole.height // BLOCK), Image.Resampling.BOX)


def apart(one: Image.Image, other: Image.Image) -> float:
    """The share of blocks that clearly differ in one of their colours."""
    off = [max(levels) for levels in ImageChops.difference(one, other).get_flattened_data()]
    return sum(level > CLEARLY * 255 for level in off) / len(off)


def _at_rest(page: Page, drawn: bool) -> None:
    """Waits until the page is drawn and nothing on it moves any more."""
    settle(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    if drawn:
        expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    before = b""
    for _ in range(20):
        page.wait_for_timeout(700)
        if before == (before := page.screenshot()):
            return
