"""A file of one's own in a real browser: uploaded, confirmed, loaded, asked; and the store brought back to before."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from browser.states import settle
from playwright.sync_api import Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN"}
TABLE = "地区生产总值\n地区,2016年,2017年\n西宁市,1248.16,1284.91\n"
QUESTION = "GDP of Xining in 2017"


def open_tab(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}data")
    page.get_by_role("tab", name=name, exact=True).click()


@pytest.mark.long
def test_a_table_is_loaded_asked_and_taken_back(page: Page, address: str, tmp_path: Path) -> None:
    (tmp_path / "gdp.csv").write_text(TABLE, encoding="gb18030")
    open_tab(page, address, "Load")
    page.locator("input[type=file]").set_input_files(tmp_path / "gdp.csv")
    page.get_by_role("combobox", name="What is the unit").click()
    page.get_by_role("option", name="亿元", exact=True).click()
    page.get_by_role("button", name="Confirm this answer").click()
    expect(page.get_by_role("table").last).to_contain_text("128.491 billion yuan")
    page.get_by_role("button", name="Confirm this table").click()
    page.get_by_role("textbox", name="Your name").fill("li wei")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Load figures (2)").click()
    expect(page.get_by_text("Loaded as version 2: 2 new.")).to_be_visible()
    page.goto(f"{address}?q={quote(QUESTION)}")
    expect(page.get_by_role("heading", name="128.5 billion yuan")).to_be_visible()
    page.locator("summary").get_by_text("Sources", exact=True).click()
    expect(page.locator(".st-key-answer-0").get_by_test_id("stTable")).to_contain_text("gdp.csv")
    _taken_back(page, address)
    page.goto(f"{address}?q={quote(QUESTION)}")
    expect(page.get_by_role("heading", name="128.5 billion yuan")).to_have_count(0)


def _taken_back(page: Page, address: str) -> None:
    """Brings the first version back, which makes a third one."""
    open_tab(page, address, "History")
    expect(page.get_by_role("table").first).to_contain_text("li wei")
    page.get_by_role("combobox", name="Version").first.click()
    page.get_by_role("option").filter(has_text="Version 1").click()
    page.get_by_role("button", name="Restore version 1…").click()
    page.get_by_role("button", name="Restore version 1", exact=True).click()
    expect(page.get_by_text("Version 3 is now current")).to_be_visible()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
@pytest.mark.parametrize("tab", ["加载", "历史版本"])
def test_loading_and_history_fit_a_phone(page: Page, address: str, tab: str, tmp_path: Path) -> None:
    (tmp_path / "gdp.csv").write_text(TABLE, encoding="utf-8")
    open_tab(page, address, tab)
    if tab == "加载":
        page.locator("input[type=file]").set_input_files(tmp_path / "gdp.csv")
        expect(page.get_by_text("表格读取方式")).to_be_visible()
    else:
        expect(page.get_by_text("查看版本")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_earlier_day_is_said_on_every_page_and_one_click_leads_back(page: Page, address: str) -> None:
    page.goto(f"{address}?known_on=2016-03-01")
    settle(page)
    for link in ("Data", "Activity", "Ask"):
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.get_by_text("As known on 1 March 2016: version 1")).to_be_visible()
        expect(page).to_have_url(re.compile("known_on=2016-03-01"))
        settle(page)
    page.get_by_role("button", name="Back to the current figures").click()
    expect(page.get_by_text("As known on 1 March 2016")).to_have_count(0)


def test_each_click_on_a_tab_opens_it(page: Page, address: str) -> None:
    page.goto(f"{address}data")
    tabs = page.get_by_role("tab")
    for at in (1, 2, 1, 3, 0, 2):
        tabs.nth(at).click()
        expect(page.locator("[data-stale=true]")).to_have_count(0)
        page.wait_for_timeout(500)  # What goes back does so when the page has been drawn.
        expect(tabs.nth(at)).to_have_attribute("aria-selected", "true")
