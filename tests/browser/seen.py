"""What can be seen of a page: its controls, where they stand, all that may change. Knows none of them by name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

SEEING = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
NUMBER = re.compile(r"[0-9a-f]{7,}|\d+")


@dataclass(frozen=True)
class Control:
    """One thing that can be used: what kind it is, the widget it belongs to, what it says."""

    kind: str
    key: str
    name: str
    nth: int
    """Of those of this kind that the widget has."""
    mark: str
    """Finds it on a page that came about in the same way."""

    def alike(self, opened: str) -> str:
        """The same for controls that differ only in numbers: the cards of a page; for what one list has to choose."""
        if self.kind == "option":
            return f"option|{NUMBER.sub('#', self.key) or opened}"
        own = f"{NUMBER.sub('#', self.key)}|{self.nth}" if self.key else NUMBER.sub("#", self.name)
        return f"{self.kind}|{own}"

    def on(self, page: Page) -> Locator:
        return page.locator(f"[data-control={json.dumps(self.mark, ensure_ascii=False)}]").first


@dataclass(frozen=True)
class Looks:
    """A page at one moment."""

    keyboard: str
    """Which element has it; empty for none."""
    rest: str

    def shows(self, before: Looks, control: Control) -> bool:
        """Whether something has happened since: that what was pressed has the keyboard is nothing."""
        return self.rest != before.rest or self.keyboard not in ("", before.keyboard, control.mark)


def controls(page: Page) -> list[Control]:
    """Every control that is on the page and can be used, once their names stay: some are translated after all else."""
    before: list[Any] = []
    while before != (before := _seen(page, "controls")):
        page.wait_for_timeout(200)
    return [Control(**found) for found in before]


def looks(page: Page) -> Looks:
    return Looks(*_seen(page, "looks"))


def out_of_place(page: Page) -> list[str]:
    """What cannot be seen whole; `controls` has to have looked before."""
    return [str(found) for found in _seen(page, "outOfPlace")]


def _seen(page: Page, what: str) -> Any:
    return page.evaluate(f"() => {{ {SEEING}\nreturn {what}(); }}")
