"""The switch to published figures only, as a person meets it: on the first page, after a reload, in a new tab."""

from __future__ import annotations

from urllib.parse import quote

from browser.states import settle
from playwright.sync_api import Locator, Page, expect

from xinfo.ui.published import COOKIE

MADE_UP = "What was Xining's information consumption in 2015?"


def switch(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar").locator("[class*=st-key-published] input")


def remembered(page: Page, chosen: str) -> None:
    """Waits until the browser holds the choice."""
    for _ in range(200):
        if any((one["name"], one["value"]) == (COOKIE, chosen) for one in page.context.cookies()):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{COOKIE} is not {chosen}")


def test_the_first_page_tells_what_is_held_and_leaves_the_made_up_out(page: Page, address: str) -> None:
    settle(page)
    held = page.locator(".st-key-held")
    expect(held).to_contain_text("of 104 pilots known")
    expect(held).to_contain_text("demonstration figures for")
    held.get_by_role("button").click()
    expect(held).to_contain_text("left out")
    expect(switch(page)).to_be_checked()
    page.wait_for_url("**published=true**")
    remembered(page, "true")
    page.goto(f"{address}?q={quote(MADE_UP)}")  # A link that says nothing of it, on the same browser.
    expect(page.get_by_text("There is no figure").first).to_be_visible()
    expect(switch(page)).to_be_checked()
    page.goto(address)
    expect(switch(page)).to_be_checked()
    settle(page)
    page.locator(".st-key-held").get_by_role("button").click()
    expect(page.locator(".st-key-held")).to_contain_text("demonstration figures for")
    remembered(page, "false")
    page.goto(f"{address}?q={quote(MADE_UP)}")
    expect(page.get_by_text("(demonstration figure)").first).to_be_visible()


def test_the_way_to_the_coverage(page: Page) -> None:
    page.locator(".st-key-held").get_by_role("link", name="Coverage").click()
    expect(page.get_by_role("tab", name="Coverage")).to_be_visible()
