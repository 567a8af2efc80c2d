"""Comes to the same state again and again, each time the quickest way that leads there."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.browser.crawl import use
from tests.browser.seen import Control, Looks, at_rest, controls, focus, looks, told
from tests.browser.states import State, go_to, settle

LASTING = (".versions", ".cache", ".audit")
"""What lies beside a store and stays; all else is what somebody has made or asked."""
Way = tuple[Control, ...]


@dataclass(frozen=True)
class Stop:
    """Where one step of a state led: the address, what it looked like, what lay beside the store then."""

    url: str
    looks: Looks
    beside: Path


@dataclass(frozen=True)
class Standing:
    """Where a page is: what was used on a fresh state, and what tells that nothing has happened since."""

    way: Way
    url: str
    looks: Looks
    told: list[float]


@dataclass
class Coming:
    """Brings a page into a state for somebody who is new, on a store that nobody has used."""

    page: Page
    address: str
    store: Path
    state: State
    kept: Path
    """An empty folder for what lies beside the store."""
    stops: list[Stop] = field(default_factory=list)
    skipped: int = 0
    """Stops that need not be made: where the last of these was, its address leads to, too."""
    standing: Standing | None = None

    def afresh(self, needed: Control | None = None) -> None:
        """Comes to the state, by a shorter way where that leads to what is `needed`: some keys count what was done."""
        self.standing = None
        while self.stops and self.skipped:
            self._forget()
            stop = self.stops[self.skipped]
            shutil.copytree(stop.beside, self.store.parent, dirs_exist_ok=True)
            with suppress(Error, AssertionError):  # Elsewhere the next step may be none.
                go_to(self.page, stop.url)
                for step in self.state.steps[self.skipped :]:
                    step(self.page)
                    settle(self.page)
                if looks(self.page).rest == self.stops[-1].looks.rest:
                    if needed is None or needed.mark in {one.mark for one in controls(self.page)}:
                        return
                    break
            self.skipped -= 1
        self._forget()
        for at, _ in enumerate(self.state.reached(self.page, self.address)):
            if at == len(self.stops):
                self._stop(at)

    def to(self, way: Way, then: Control | None = None) -> None:
        """Comes to where these controls were used one after the other, and nothing else was; `then` is used next."""
        if self.standing and self.standing.way == way and self._unchanged(self.standing):
            return
        self.afresh(next(iter(way), then))
        for control in way:
            use(self.page, control)
        self.standing = Standing(way, self.page.url, looks(self.page), told(self.page))

    def _unchanged(self, standing: Standing) -> bool:
        """Whether what was used since only opened something that is closed again: the server was told nothing."""
        for _ in range(2):
            at_rest(self.page)
            if self.page.url != standing.url or told(self.page) != standing.told:
                return False
            if looks(self.page).keyboard != standing.looks.keyboard:
                focus(self.page, standing.looks.keyboard)
            if looks(self.page).rest == standing.looks.rest:
                return True
            self.page.keyboard.press("Escape")
        return False

    def _stop(self, at: int) -> None:
        beside = self.kept / str(at)
        beside.mkdir()
        for made in self._made():
            shutil.copytree(made, beside / made.name) if made.is_dir() else shutil.copy2(made, beside)
        self.stops.append(Stop(self.page.url, looks(self.page), beside))
        self.skipped = at

    def _forget(self) -> None:
        for made in self._made():
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        if self.page.url.startswith(self.address):
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.page.context.clear_cookies()

    def _made(self) -> list[Path]:
        return [made for made in self.store.parent.glob(f"{self.store.name}.*") if made.suffix not in LASTING]
