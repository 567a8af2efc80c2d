"""Every control of every page and card is used once on a fresh state: nothing breaks, is lost or is out of place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import Control, controls, out_of_place, used
from tests.browser.states import STATES

DESK = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "locale": "en-US"}
TABLET = {"viewport": {"width": 1024, "height": 768}, "color_scheme": "dark", "locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "color_scheme": "light", "locale": "zh-CN"}


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """The controls that were used, by window: those of every page need no second try."""
    return {}


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("context", [DESK, TABLET, PHONE], indirect=True, ids=["desk", "tablet", "phone"])
def test_every_control_works(
    page: Page, address: str, name: str, known: dict[str, set[str]], request: pytest.FixtureRequest
) -> None:
    STATES[name](page, address)
    done = known.setdefault(request.node.callspec.id.split("-")[0], set())
    there = controls(page)
    found = out_of_place(page)
    for control in there:
        if control.alike not in done:
            done.add(control.alike)
            found += [f"{control.mark}: {fault}" for fault in _tried(page, address, name, control)]
    assert not found, "\n".join(found)


def _tried(page: Page, address: str, name: str, control: Control) -> list[str]:
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.context.clear_cookies()
    STATES[name](page, address)
    controls(page)
    return used(page, control)
