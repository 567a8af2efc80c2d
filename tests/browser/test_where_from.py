"""Where a figure comes from, in a real browser: two clicks from an answer, one from a cell of the Data page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

FIRST = "What was Xining's information consumption in the first three quarters of 2013?"
GROWTH = "growth of information consumption in China by year from 2012 to 2015"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_two_clicks_lead_from_a_row_to_its_published_rows(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(GROWTH)}")
    page.locator("summary").get_by_text("Sources", exact=True).click()
    page.get_by_role("radio", name="2015").click()
    card = page.locator(".st-key-answer-0")
    expect(card.get_by_text("14.29% = 3.2 trillion yuan ÷ 2.8 trillion yuan − 1")).to_be_visible()
    rows = card.get_by_test_id("stTable").last
    expect(rows).to_contain_text("32000 亿元")
    expect(rows).to_contain_text("observation.csv, row 116")
    expect(rows.get_by_role("link").first).to_have_attribute(
        "href", "http://en.xinhua08.com/a/20150206/1452033.shtml?f=arelated"
    )


def test_one_click_is_enough_for_the_only_figure(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(FIRST)}")
    page.locator("summary").get_by_text("Sources", exact=True).click()
    card = page.locator(".st-key-answer-0")
    expect(card.get_by_text("6.552 billion yuan: as published")).to_be_visible()
    expect(card.get_by_test_id("stTable")).to_contain_text("65.52 亿元")


@pytest.mark.long
def test_a_cell_of_the_coverage_is_told_with_its_rows(page: Page, address: str) -> None:
    page.goto(f"{address}data")
    cells = page.get_by_test_id("stVegaLiteChart")
    expect(cells.locator("canvas, svg").first).to_be_visible()
    page.wait_for_timeout(1500)  # Until the chart has its width.
    cells.click(position={"x": 400, "y": 200})
    expect(page.locator(".st-key-data-cell").get_by_text("published", exact=False).first).to_be_visible()
    expect(page.get_by_text("What cannot be answered because figures are missing")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_data_page_fits_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}data")
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
