"""The pictures of the documentation, taken anew from the demonstration store where XINFO_PICTURES names a folder."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

TREND = "How did information consumption in Xining develop by quarter from 2013 to 2015?"
QUARTERS = "What was Xining's information consumption in the first three quarters of 2013?"
TABLE = "地区生产总值（亿元）\n地区,2016年,2017年\n西宁市,1248.16,1284.91\n"
LARGEST = 300_000
FOLDER = os.environ.get("XINFO_PICTURES")


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FOLDER, reason="XINFO_PICTURES names no folder"),
    pytest.mark.parametrize("context", [{"viewport": {"width": 1280, "height": 860}}], indirect=True),
]


def taken(page: Page, name: str) -> None:
    page.wait_for_timeout(3000)  # Until charts have their width, and the page has come to rest.
    picture = Path(str(FOLDER)) / f"{name}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size < LARGEST


def test_a_question_and_its_answer_with_a_line(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(TREND)}")
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    taken(page, "ask")


def test_where_a_figure_is_from(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(QUARTERS)}")
    page.locator("summary").get_by_text("Sources", exact=True).click()
    expect(page.locator(".st-key-answer-0").get_by_test_id("stTable").first).to_be_visible()
    page.locator("summary").get_by_text("Sources", exact=True).scroll_into_view_if_needed()
    taken(page, "where-from")


def test_which_figures_there_are(page: Page, address: str) -> None:
    page.goto(f"{address}data")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    taken(page, "coverage")


def test_a_table_that_is_read_and_confirmed(page: Page, address: str, tmp_path: Path) -> None:
    (tmp_path / "gdp.csv").write_text(TABLE, encoding="gb18030")
    page.goto(f"{address}data")
    page.get_by_role("tab", name="Load", exact=True).click()
    page.locator("input[type=file]").set_input_files(tmp_path / "gdp.csv")
    expect(page.get_by_role("table").last).to_contain_text("128.491 billion yuan")
    page.get_by_role("table").last.scroll_into_view_if_needed()
    taken(page, "load")


def test_the_library(page: Page, address: str) -> None:
    page.goto(f"{address}templates")
    expect(page.locator("[class*='st-key-open-']").filter(visible=True).first).to_be_visible()
    taken(page, "templates")


def test_a_briefing_in_the_making(page: Page, address: str) -> None:
    page.goto(f"{address}briefings")
    page.get_by_role("button", name="New briefing").click()
    page.get_by_role("button", name="Create", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Preview and files").click()
    expect(page.get_by_role("button", name="Create DOCX")).to_be_visible()
    taken(page, "briefing")
