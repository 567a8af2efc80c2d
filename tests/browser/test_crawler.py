"""The crawler finds each kind of fault where one is planted, and none where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.crawl import opened, used
from tests.browser.seen import controls

PAGE = (
    '<div data-testid="stApp" data-test-script-state="notRunning"><button onclick="{}">Go</button><p>At rest</p></div>'
)
ADDS = "document.body.insertAdjacentHTML('beforeend', `{}`)"
CUT = "<p style='width: 2rem; overflow: hidden; white-space: nowrap'>Longer than its place</p>"
HALF = "<p style='height: 1rem; overflow: hidden'>Two<br>lines</p>"
BESIDE = "<button style='position: absolute; left: 3000px'>Beside</button>"
PLANTED = {
    "does nothing": "",
    "does nothing ": "this.title = 'told to the pointer alone'",
    "console: lost": "console.error('lost'); this.textContent = 'Gone'",
    "raised: lost": "this.textContent = 'Gone'; throw new Error('lost')",
    "log: Traceback … KeyError: 'lost' is an error": "fail(); this.textContent = 'Gone'",
    "An error box": ADDS.format("<p data-testid='stException'>An error box</p>"),
    "cut off: Longer than its place": ADDS.format(CUT),
    "cut off: lines": ADDS.format(HALF),
    "off the screen: press||Beside|0": ADDS.format(BESIDE),
}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    log = tmp_path / "log"
    log.write_text("Traceback of long ago\n", encoding="utf-8")
    return log


@pytest.fixture
def blank(context: BrowserContext, log: Path) -> Iterator[Page]:
    """A page of no app, the server of which writes what fails into the log."""
    page = context.new_page()
    said = "Traceback\n  of a page\nKeyError: 'lost' is an error\n"
    page.expose_function("fail", lambda: log.write_text(log.read_text("utf-8") + said, encoding="utf-8"))
    yield page
    page.close()


@pytest.mark.parametrize(("fault", "does"), PLANTED.items())
def test_a_planted_fault_is_found(blank: Page, log: Path, fault: str, does: str) -> None:
    assert not opened(blank, log, lambda: blank.set_content(PAGE.format(does)))
    assert fault.strip() in used(blank, controls(blank)[0], log)


def test_a_control_that_works_has_no_fault(blank: Page, log: Path) -> None:
    blank.set_content(PAGE.format(ADDS.format("<p>An answer</p>")))
    assert not used(blank, controls(blank)[0], log)


@pytest.mark.parametrize("planted", [CUT, HALF, BESIDE])
def test_what_a_page_opens_with_is_looked_at(blank: Page, log: Path, planted: str) -> None:
    assert opened(blank, log, lambda: blank.set_content(PAGE.format("") + planted))
