"""Uses a control of a page and tells what is wrong then. Knows no page and no control by name."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from tests.browser.seen import Control, Looks, at_rest, controls, looks, out_of_place

HIDDEN = "(one) => { const box = one.getBoundingClientRect(); return box.bottom < 0 || box.right < 0 || box.width < 2 }"
"""What comes into view where the keyboard reaches it."""
CHOSEN = """(one) => one.ariaCurrent === "page"
    || ([one.ariaSelected, one.ariaChecked].includes("true") && one.getAttribute("role") !== "switch")"""
"""What is chosen already may well stay so where it is used."""
BROKEN = "[data-testid=stException], [data-testid=stConnectionStatus], [data-testid=stAppError]"
FAILED = re.compile(r"Traceback|\b(?:error|critical|exception)\b", re.IGNORECASE)
"""What a server writes where something has failed."""
OVERLAY = "stFloatingOverlayPortal"
"""Where Streamlit puts what opens over a page."""
SHOWING = ("press", "tab", "tick", "option")
"""What shows that it was used; what is written may be what stood there, a link may lead elsewhere."""
WHILE = 8
"""Seconds after which nothing that was used has had no effect."""
PATIENCE = 15_000
"""Milliseconds that a busy machine has to bring something to where it can be used."""
HARMLESS = re.compile(r"favicon|WebGL|preload|ResizeObserver|Download the React DevTools", re.IGNORECASE)
TABLE = b"place,metric,period,value,unit\nxining,gdp,2012,851,CNY 100 million\n"


@dataclass
class Watched:
    """What a page complained of by itself, and the server of it."""

    log: Path
    errors: list[str] = field(default_factory=list)
    given: int = 0
    """Files that the browser was handed, or was asked for."""
    read: int = 0
    """Bytes of the log that were there before."""

    def faults(self) -> list[str]:
        with self.log.open("rb") as log:
            log.seek(self.read)
            said = log.read().decode(errors="replace").splitlines()
        failed = [line.strip() for line in said if FAILED.search(line)]
        return [*self.errors, *([f"log: {failed[0][:100]} … {failed[-1][:200]}"] if failed else [])]


@contextmanager
def watched(page: Page, log: Path) -> Iterator[Watched]:
    """What a page says on its console, and raises, while it is used, and what its server logs."""
    seen = Watched(log, read=log.stat().st_size)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not HARMLESS.search(message.text):
            seen.errors.append(f"console: {message.text[:200]}")

    def raised(error: Error) -> None:
        seen.errors.append(f"raised: {error.message[:200]}")

    def handed(_: Any) -> None:
        seen.given += 1

    heard: dict[str, Callable[..., None]] = {
        "console": said,
        "pageerror": raised,
        "download": handed,
        "filechooser": handed,
    }
    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]
    try:
        yield seen
    finally:
        for event, hear in heard.items():
            page.remove_listener(event, hear)


def opened(page: Page, log: Path, reach: Callable[[], None]) -> list[str]:
    """Comes to a state, and tells what is wrong with it before anything is used."""
    with watched(page, log) as seen:
        reach()
        controls(page)
        return [*_broken(page), *out_of_place(page), *seen.faults()]


def use(page: Page, control: Control) -> None:
    """Uses a control on the way to another."""
    _awaited(page, control)
    USES[control.kind](page, control.on(page))
    controls(page)


def used(page: Page, control: Control, log: Path) -> list[str]:
    """Uses a control as a person would, and tells what is wrong afterwards; what was out of place before is no news."""
    with watched(page, log) as seen:
        _awaited(page, control)
        placed, shows = out_of_place(page), control.kind in SHOWING and not control.on(page).evaluate(CHOSEN)
        lost = False
        try:
            if shows:
                lost = not _effect(page, control, seen)
            else:
                _done(page, control)
        except Error as error:
            return [f"cannot be used: {_why(error)}", *seen.faults()]
        controls(page)
        moved = [fault for fault in out_of_place(page) if fault not in placed]
        return [*(["does nothing"] if lost else []), *_broken(page), *moved, *seen.faults()]


def _effect(page: Page, control: Control, seen: Watched) -> bool:
    """Uses it, and tells whether that has had one once the app is at rest; that it was at work is none."""
    before, until = _done(page, control), time.monotonic() + WHILE
    while not (there := bool(seen.given) or looks(page).shows(before, control)) and time.monotonic() < until:
        page.wait_for_timeout(200)
        at_rest(page)
    return there


def _done(page: Page, control: Control) -> Looks:
    """Uses it, and tells what the page was like before. Raises Error where it cannot be used."""
    before = looks(page)
    try:
        USES[control.kind](page, control.on(page))
    except Error as error:
        if OVERLAY not in error.message:
            raise
        page.keyboard.press("Escape")  # What lies over it is closed first, as a person would.
        before = looks(page)
        USES[control.kind](page, control.on(page))
    at_rest(page)
    return before


def _broken(page: Page) -> list[str]:
    return [one.inner_text()[:200] for one in page.locator(BROKEN).all() if one.is_visible()]


def _awaited(page: Page, control: Control) -> None:
    """Until it is there: what is drawn late, or anew, bears no mark yet."""
    for _ in range(PATIENCE // 500):
        controls(page)
        if control.on(page).count():
            return
        page.wait_for_timeout(500)


def _why(error: Error) -> str:
    """What is in the way, where something is."""
    lines = error.message.splitlines()
    return next(
        (line.strip(" -")[:200] for line in lines if "intercepts" in line or "not stable" in line), lines[0][:160]
    )


def _pressed(page: Page, control: Locator) -> None:
    control.scroll_into_view_if_needed(timeout=PATIENCE)
    if box := control.bounding_box():  # Some come with the pointer, and something lies over them before.
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    control.click(timeout=PATIENCE)


def _ticked(page: Page, control: Locator) -> None:
    control.locator("xpath=ancestor::label[1]").click(timeout=PATIENCE)


def _chosen(page: Page, control: Locator) -> None:
    control.click(timeout=PATIENCE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def _written(page: Page, control: Locator) -> None:
    control.fill("Xining 2015", timeout=PATIENCE)
    at_rest(page)
    control.press("Tab")


def _stepped(page: Page, control: Locator) -> None:
    control.focus(timeout=PATIENCE)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")


def _given(page: Page, control: Locator) -> None:
    control.set_input_files({"name": "gdp.csv", "mimeType": "text/csv", "buffer": TABLE})


def _followed(page: Page, control: Locator) -> None:
    """Links to elsewhere are only looked at: nothing here asks another host."""
    where = control.get_attribute("href") or ""
    if control.evaluate(HIDDEN):
        control.focus(timeout=PATIENCE)
        page.keyboard.press("Enter")
        return
    if not where.startswith(("http", "mailto:")) or where.startswith(page.url.split("/", 3)[0] + "//127.0.0.1"):
        control.click(timeout=PATIENCE)


USES: dict[str, Callable[[Page, Locator], None]] = {
    "press": _pressed, "tab": _pressed, "option": _pressed, "tick": _ticked, "pick": _ticked, "choice": _chosen,
    "text": _written,
    "number": _stepped, "slide": _stepped, "date": _stepped, "file": _given, "link": _followed,
}  # fmt: skip
