"""Every page for people who cannot see it well: axe finds nothing, in both themes and with what opens on a page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

NUMBER = "GDP of Xining in 2014"
RANKING = "Which five pilots had the highest information consumption in 2015?"
PAGES = {
    "start": "",
    "answers": f"?q={quote(NUMBER)}&q={quote(RANKING)}",
    "declined": f"?q={quote('吉林2014年GDP')}",
    "templates": "templates",
    "briefings": "briefings",
    "data": "data",
    "activity": "activity",
}
LIGHT, DARK = {"color_scheme": "light"}, {"color_scheme": "dark", "locale": "zh-CN"}
RESTING = """document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getComputedTiming().iterations === Infinity)"""


@pytest.mark.parametrize("context", [LIGHT, DARK], indirect=True, ids=["light", "dark"])
def test_axe_finds_no_violation_on_any_page(page: Page, address: str) -> None:
    found: list[str] = []
    for name, where in PAGES.items():
        page.goto(address + where)
        settle(page)
        found += violations(page, name)
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("context", [LIGHT, DARK], indirect=True, ids=["light", "dark"])
def test_axe_finds_no_violation_in_what_opens_on_an_answer(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(NUMBER)}")
    settle(page)
    found: list[str] = []
    for key in ("origin-0", "how-0", "chip-0-more", "keep-0", "to-brief-0"):
        page.locator(f"[class*=st-key-{key}]").locator("summary, button:visible").first.click()
        settle(page)
        found += violations(page, key)
        page.keyboard.press("Escape")
    assert not found, "\n".join(found)


def violations(page: Page, where: str) -> list[str]:
    """A line for each kind of violation, with the first place where it was found."""
    found = Axe().run(page).response["violations"]
    return [f"{where}: {one['id']}: {one['nodes'][0]['html']} {one['nodes'][0]['failureSummary']}" for one in found]


def settle(page: Page) -> None:
    """Until the app has drawn everything."""
    expect(page.get_by_test_id("stMain").get_by_test_id("stMarkdown").first).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    for _ in range(50):  # What fades in has other colours meanwhile.
        if page.evaluate(RESTING):
            return
        page.wait_for_timeout(100)
