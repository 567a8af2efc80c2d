"""Finds every control of a page, uses one, and tells what is wrong then. Knows no page and no control by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from tests.browser.states import at_rest

CONTROLS = """() => {
  const kinds = [
    ["file", "input[type=file]"], ["choice", "[data-baseweb=select] input"],
    ["tick", "input[type=checkbox]"], ["pick", "input[type=radio]"], ["slide", "[role=slider]"],
    ["number", "input[type=number]"], ["date", "[data-testid=stDateInput] input"],
    ["text", "input:not([type]), input[type=text], input[type=search], input[type=password], textarea"],
    ["tab", "[role=tab]"], ["link", "a[href]"], ["press", "button, summary, [role=button], [role=menuitem]"],
  ];
  const FOLDED = "[aria-expanded=false], [data-collapsed=true]";
  const seen = new Set(), found = [], same = {};
  for (const [kind, selector] of kinds) {
    for (const one of document.querySelectorAll(selector)) {
      const shown = ["tick", "pick", "file"].includes(kind) ? one.closest("label, section, div") : one;
      const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
      if (seen.has(one) || one.disabled || !box.width || !box.height || style.visibility === "hidden") continue;
      if (getComputedStyle(one.parentElement).clipPath === "inset(50%)") continue; // For screen readers alone.
      if (one.closest("[aria-hidden=true], [inert]")) continue;
      if (one.closest("[data-testid=stSidebar]")?.matches(FOLDED)) continue;
      seen.add(one);
      const keyed = one.closest("[class*=st-key-]");
      const key = keyed ? [...keyed.classList].find((name) => name.startsWith("st-key-")).slice(7) : "";
      const label = one.labels && one.labels[0] ? one.labels[0].innerText : "";
      const said = one.getAttribute("aria-label") || label || one.innerText || one.placeholder || one.title || "";
      const name = said.trim().replace(/\\s+/g, " ").slice(0, 80);
      const which = `${kind}|${key}|${name}`;
      same[which] = (same[which] ?? -1) + 1;
      one.dataset.control = `${which}|${same[which]}`;
      found.push({kind, key, name, mark: one.dataset.control});
    }
  }
  return found;
}"""
"""Every control that is on the page and can be used; each is marked so that it is found again."""
LOOKS = """() => JSON.stringify([
  location.href, document.activeElement && document.activeElement.outerHTML.slice(0, 200), document.body.innerText,
  [...document.querySelectorAll("input, textarea")].map((one) => [one.value, one.checked]),
  [...document.querySelectorAll("[aria-expanded], [aria-selected], [aria-pressed], details")]
    .map((one) => [one.ariaExpanded, one.ariaSelected, one.ariaPressed, one.open]),
  document.querySelectorAll("*").length,
])"""
"""All that may change where a control does something."""
OUT_OF_PLACE = """() => {
  const scrolls = (one) => one && (one === document.body ? false
    : /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth
      || scrolls(one.parentElement));
  const found = [];
  for (const one of document.querySelectorAll("[data-control]")) {
    const box = one.getBoundingClientRect();
    const wide = box.width && (box.right > innerWidth + 1 || box.left < -1) && one.type !== "file";
    if (wide && !scrolls(one.parentElement)) found.push(`off the screen: ${one.dataset.control}`);
  }
  for (const one of document.querySelectorAll("button p, button span, label p, h1, h2, h3, summary p, [role=tab] p")) {
    if (one.closest("[data-testid=stIconMaterial], [aria-hidden=true]")) continue;
    if (one.clientWidth < 2) continue; // Told to screen readers alone.
    const style = getComputedStyle(one), cut = one.scrollWidth > one.clientWidth + 1;
    if (cut && style.overflowX === "hidden" && style.textOverflow !== "ellipsis" && one.innerText.trim())
      found.push(`cut off: ${one.innerText.trim().slice(0, 60)}`);
  }
  return found;
}"""
"""Controls beside the window, and labels of which a part is not to be seen."""
HIDDEN = "(one) => { const box = one.getBoundingClientRect(); return box.bottom < 0 || box.right < 0 || box.width < 2 }"
"""What comes into view where the keyboard reaches it."""
BROKEN = "[data-testid=stException], [data-testid=stConnectionStatus], [data-testid=stAppError]"
OVERLAY = "stFloatingOverlayPortal"
"""Where Streamlit puts what opens over a page."""
WHILE = 8_000
"""Milliseconds after which nothing that was used has had no effect."""
PATIENCE = 15_000
"""Milliseconds that a busy machine has to bring something to where it can be used."""
HARMLESS = re.compile(r"favicon|WebGL|preload|ResizeObserver|Download the React DevTools", re.IGNORECASE)
TABLE = b"place,metric,period,value,unit\nxining,gdp,2012,851,CNY 100 million\n"


@dataclass(frozen=True)
class Control:
    """One thing that can be used: what kind it is, the widget it belongs to, what it says."""

    kind: str
    key: str
    name: str
    mark: str
    """Finds it on a page that came about in the same way."""

    @property
    def alike(self) -> str:
        """The same for controls that differ only in their number: the cards of one page."""
        return re.sub(r"\d+|[0-9a-f]{8,}", "#", f"{self.kind}|{self.key or self.name}")

    def on(self, page: Page) -> Locator:
        return page.locator(f'[data-control="{self.mark.replace(chr(34), chr(92) + chr(34))}"]').first


@dataclass
class Watched:
    """What a page complained of by itself."""

    errors: list[str] = field(default_factory=list)
    downloads: int = 0


@contextmanager
def watched(page: Page) -> Iterator[Watched]:
    """What a page says on its console, and raises, while it is used."""
    seen = Watched()

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not HARMLESS.search(message.text):
            seen.errors.append(f"console: {message.text[:200]}")

    def raised(error: Error) -> None:
        seen.errors.append(f"raised: {error.message[:200]}")

    def downloaded(_: Any) -> None:
        seen.downloads += 1

    heard: dict[str, Callable[..., None]] = {"console": said, "pageerror": raised, "download": downloaded}
    for event, hear in heard.items():
        page.on(event, hear)  # type: ignore[call-overload]
    try:
        yield seen
    finally:
        for event, hear in heard.items():
            page.remove_listener(event, hear)


def controls(page: Page) -> list[Control]:
    """Every control that is on the page and can be used."""
    return [Control(**found) for found in page.evaluate(CONTROLS)]


def out_of_place(page: Page) -> list[str]:
    """What cannot be seen whole; `controls` has to have looked before."""
    return [str(found) for found in page.evaluate(OUT_OF_PLACE)]


def used(page: Page, control: Control) -> list[str]:
    """Uses a control as a person would, and tells what is wrong afterwards."""
    with watched(page) as seen:
        _awaited(page, control)
        before = page.evaluate(LOOKS)
        try:
            try:
                USES[control.kind](page, control.on(page))
            except Error as error:
                if OVERLAY not in error.message:
                    raise
                page.keyboard.press("Escape")  # What lies over it is closed first, as a person would.
                USES[control.kind](page, control.on(page))
        except Error as error:
            return [f"cannot be used: {_why(error)}"]
        lost = not _changed(page, before, seen) and control.kind in ("press", "tab", "tick")
        broken = [one.inner_text()[:200] for one in page.locator(BROKEN).all() if one.is_visible()]
    return [*(["does nothing"] if lost else []), *broken, *seen.errors]


def _awaited(page: Page, control: Control) -> None:
    """Until it is there: what is drawn late, or anew, bears no mark yet."""
    for _ in range(PATIENCE // 500):
        if control.on(page).count():
            return
        page.wait_for_timeout(500)
        controls(page)


def _why(error: Error) -> str:
    """What is in the way, where something is."""
    lines = error.message.splitlines()
    return next(
        (line.strip(" -")[:200] for line in lines if "intercepts" in line or "not stable" in line), lines[0][:160]
    )


def _changed(page: Page, before: str, seen: Watched) -> bool:
    """Whether anything is different, once the app is at rest."""
    for _ in range(WHILE // 200):
        page.wait_for_timeout(200)
        if seen.downloads or page.evaluate(LOOKS) != before:
            at_rest(page)
            return True
    at_rest(page)
    return False


def _pressed(page: Page, control: Locator) -> None:
    control.click(timeout=PATIENCE)


def _ticked(page: Page, control: Locator) -> None:
    control.locator("xpath=ancestor::label[1]").click(timeout=PATIENCE)


def _chosen(page: Page, control: Locator) -> None:
    control.click(timeout=PATIENCE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def _written(page: Page, control: Locator) -> None:
    control.fill("Xining 2015", timeout=PATIENCE)
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
    "press": _pressed, "tab": _pressed, "tick": _ticked, "pick": _ticked, "choice": _chosen, "text": _written,
    "number": _stepped, "slide": _stepped, "date": _stepped, "file": _given, "link": _followed,
}  # fmt: skip
