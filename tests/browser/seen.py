"""What can be seen of a page: its controls, where they stand, all that may change. Knows none of them by name."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page

SEEING = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
NUMBER = re.compile(r"[0-9a-f]{7,}|\d+")
CHOICES = 8
"""More in one widget are a list to choose from, of which a few tell what the others do."""
FEW = 3
LOADS = 5
"""So often a page may be loaded by itself while it is looked at."""
TWINS = 3
"""So many controls that two things of a list have in the same way make them things of one kind."""


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
    kin: str
    """The same for controls of things of one kind."""

    def alike(self, opened: str) -> str:
        """The same for controls that differ only in numbers: the cards of a page; for what one list has to choose."""
        if self.kind == "option":
            return f"option|{NUMBER.sub('#', self.key) or opened}"
        return f"{self.kind}|{self.kin}"

    def on(self, page: Page) -> Locator:
        return page.locator(f"[data-control={json.dumps(self.mark, ensure_ascii=False)}]").first


@dataclass(frozen=True)
class Looks:
    """A page at one moment."""

    keyboard: str
    """Which element has it; empty for none."""
    given: int
    """How often it was given to an element."""
    rest: str

    def shows(self, before: Looks, control: Control) -> bool:
        """Whether something has happened since: that what was pressed has the keyboard is nothing."""
        elsewhere = self.keyboard not in ("", control.mark)
        return self.rest != before.rest or (
            elsewhere and (self.keyboard != before.keyboard or self.given > before.given)
        )


def controls(page: Page) -> list[Control]:
    """Every control that is on the page and can be used, at rest: some names are translated after all else."""
    at_rest(page)
    found = _seen(page, "controls")
    things, widgets = _things(found), Counter(one["key"] for one in found if one.pop("choice"))
    lists = {key for key, choices in widgets.items() if key and choices > CHOICES}
    rows = _rows(found)
    return [Control(**one, kin=rows.get(one["mark"]) or _kin(one, things, lists)) for one in found]


def _rows(found: list[dict[str, Any]]) -> dict[str, str]:
    """By the marks of what a long list has in each of its rows: the same for all but the first few of them."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in found:
        parts = one["key"].split("-")
        for at in (at for at in range(1, len(parts)) if not NUMBER.fullmatch(parts[at])):
            alike[(one["kind"], str(one["nth"]), *parts[:at], "#", *parts[at + 1 :])].append(one["mark"])
    long = {"|".join(key): marks for key, marks in alike.items() if len(marks) > CHOICES}
    return {mark: f"{key}|{min(at, FEW)}" for key, marks in long.items() for at, mark in enumerate(marks)}


def _things(found: list[dict[str, Any]]) -> set[str]:
    """What in keys names one of several things that have the same controls: the sections of a briefing.

    Numbers are told apart nowhere: what a card has is tried where it stands alone.
    """
    alike: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in found:
        parts = one["key"].split("-")
        for at in (at for at in range(1, len(parts)) if not NUMBER.fullmatch(parts[at])):
            alike[(one["kind"], one["name"], str(one["nth"]), str(at), *parts[:at], "", *parts[at + 1 :])].add(
                parts[at]
            )
    twins = Counter(pair for those in alike.values() for pair in combinations(sorted(those), 2))
    return {thing for pair, times in twins.items() if times >= TWINS for thing in pair}


def _kin(one: dict[str, Any], things: set[str], lists: set[str]) -> str:
    parts = one["key"].split("-")
    key = NUMBER.sub("#", "-".join("#" if part in things else part for part in parts))
    if things.intersection(parts):
        return f"{key}|{one['name']}"
    nth = min(one["nth"], FEW) if one["key"] in lists else one["nth"]
    return f"{key}|{nth}" if key else NUMBER.sub("#", one["name"])


def at_rest(page: Page) -> None:
    """Until the app has drawn everything and nothing moves: buttons move before, what fades in has other colours."""
    assert _seen(page, "rest"), "the app is still at work"


def told(page: Page) -> list[float]:
    """Another one once the page was loaded again, or has told its server anything."""
    return list(_seen(page, "sent"))


def focus(page: Page, keyboard: str) -> None:
    """Gives the keyboard back to what had it, the pointer to nothing."""
    page.mouse.move(0, 0)
    page.evaluate("() => document.activeElement.blur()")
    if (had := page.locator(f"[data-control={json.dumps(keyboard, ensure_ascii=False)}]")).count():
        had.first.focus()


def looks(page: Page) -> Looks:
    return Looks(*_seen(page, "looks"))


def out_of_place(page: Page) -> list[str]:
    """What cannot be seen whole; `controls` has to have looked before."""
    return [str(found) for found in _seen(page, "outOfPlace")]


def _seen(page: Page, what: str) -> Any:
    """What the script finds; it is asked again where another page has come meanwhile."""
    for _ in range(LOADS):
        with suppress(Error):
            page.wait_for_load_state()
            return page.evaluate(f"async () => {{ {SEEING}\nreturn {what}(); }}")
    raise AssertionError("the page is loaded again and again")
