"""An analyst's quarter in a real browser: a table comes in, is checked, asked about, kept, and goes out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from browser import keeping
from browser.conftest import PATIENCE, Serving
from playwright.sync_api import BrowserContext, Page, expect

from tests.shipped import shipped_store

TABLE = "信息消费（亿元）\n地区,2016年,2017年\n西宁市,138.6,151.2\n"
QUESTION = "Information consumption of Xining in 2017"


@pytest.fixture
def office(tmp_path: Path, serving: Serving) -> Iterator[str]:
    """The app on a store of its own, which is changed here."""
    with serving(shipped_store(tmp_path / "store")) as where:
        yield where


@pytest.mark.long
def test_a_quarter_from_the_file_to_the_briefing(context: BrowserContext, office: str, tmp_path: Path) -> None:
    page = context.new_page()
    page.set_default_timeout(3 * PATIENCE)
    (tmp_path / "quarter.csv").write_text(TABLE, encoding="utf-8")
    _loaded(page, office, tmp_path / "quarter.csv")
    _asked(page)
    _kept(page)
    _put_into_a_briefing(page)
    taken = _written(page, tmp_path)
    page.close()
    sheets = openpyxl.load_workbook(taken).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert {15.12e9, "15.12 billion yuan", "quarter.csv", "reported"} <= set(cells)


def _loaded(page: Page, address: str, file: Path) -> None:
    page.goto(f"{address}data")
    page.get_by_role("tab", name="Load", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("table").last).to_contain_text("151.2")
    page.get_by_role("button", name="Confirm this table").click()
    keeping.named(page, "li wei")
    page.get_by_role("button", name="Load figures (2)").click()
    expect(page.get_by_text("Loaded as version 2: 2 new.")).to_be_visible()


def _asked(page: Page) -> None:
    page.get_by_role("link", name="Ask", exact=True).click()
    keeping.ask(page, QUESTION)
    expect(page.get_by_role("heading", name="15.12 billion yuan")).to_be_visible()
    page.locator("summary").get_by_text("Sources", exact=True).click()
    expect(page.locator(".st-key-answer-0").get_by_test_id("stTable")).to_contain_text("quarter.csv")


def _kept(page: Page) -> None:
    page.locator(".st-key-keep-0").get_by_role("button").click()
    page.get_by_role("textbox", name="Name (English)").fill("quarter board")
    page.get_by_role("textbox", name="Name (中文)").fill("季度看板")
    page.get_by_role("button", name="Save as template").click()
    expect(page.get_by_text("Ask for it by its name: quarter board")).to_be_visible()
    page.keyboard.press("Escape")


def _put_into_a_briefing(page: Page) -> None:
    page.locator(".st-key-to-brief-0").get_by_role("button").click()
    page.locator(".st-key-to-put-0").get_by_role("button").click()
    expect(page.get_by_text("Added to “Untitled briefing”.")).to_be_visible()
    page.keyboard.press("Escape")


def _written(page: Page, folder: Path) -> Path:
    page.get_by_role("link", name="Briefings", exact=True).click()
    page.get_by_role("tab", name="Preview and files").click()
    page.get_by_role("combobox", name="File").click()
    page.get_by_role("option", name="XLSX", exact=True).click()
    page.get_by_role("button", name="Write XLSX").click()
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    return Path(shutil.copy(download.value.path(), folder / "briefing.xlsx"))
