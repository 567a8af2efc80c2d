"""Every page for people who see badly: axe finds nothing, and nothing sticks out where there is little room."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.states import STATES

LIGHT, DARK = {"color_scheme": "light"}, {"color_scheme": "dark", "locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN"}
ENLARGED = {"viewport": {"width": 640, "height": 450}}
"""What a window of 1280 by 900 has room for at 200 %."""
PAGES = ("start", "answers", "declined", "templates", "briefings", "coverage", "activity")
BEYOND = """Math.max(
    ...[document.scrollingElement, ...document.querySelectorAll("[data-testid=stMain]")]
        .map((one) => one.scrollWidth - one.clientWidth),
    ...[...document.querySelectorAll("[data-testid=stPopoverBody]")]
        .map((one) => one.getBoundingClientRect().right - window.innerWidth))"""
"""By how many pixels a page is wider than its window; wide tables scroll within themselves."""


@pytest.mark.long
@pytest.mark.parametrize("context", [LIGHT, DARK, PHONE], indirect=True, ids=["light", "dark", "phone"])
def test_axe_finds_no_violation_on_any_page(page: Page, address: str) -> None:
    found: list[str] = []
    for name in PAGES:
        STATES[name](page, address)
        found += violations(page, name)
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in STATES if name not in PAGES])
@pytest.mark.parametrize("context", [LIGHT, DARK, PHONE], indirect=True, ids=["light", "dark", "phone"])
def test_axe_finds_no_violation_in_any_state(page: Page, address: str, name: str) -> None:
    STATES[name](page, address)
    assert not violations(page, name)


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("context", [PHONE, ENLARGED], indirect=True, ids=["phone", "enlarged"])
def test_nothing_sticks_out_of_a_narrow_window(page: Page, address: str, name: str) -> None:
    STATES[name](page, address)
    assert page.evaluate(BEYOND) <= 0
