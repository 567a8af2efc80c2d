"""Every control of every page and card is used once on a fresh state: nothing breaks, is lost or is out of place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Serving
from tests.browser.crawl import Control, controls, out_of_place, used
from tests.browser.states import STATES
from tests.shipped import shipped_store

DESK = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "locale": "en-US"}
TABLET = {"viewport": {"width": 1024, "height": 768}, "color_scheme": "dark", "locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "color_scheme": "light", "locale": "zh-CN"}


LASTING = (".versions", ".cache", ".audit")
"""What lies beside a store and stays; all else is what somebody has made or asked."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shipped_store(tmp_path_factory.mktemp("crawled"))


@pytest.fixture(scope="module")
def address(store: Path, serving: Serving) -> Iterator[str]:
    """Where a store is served that is as it was shipped before each control is used."""
    with serving(store) as where:
        yield where


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """The controls that were used, by window: those of every page need no second try."""
    return {}


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("context", [DESK, TABLET, PHONE], indirect=True, ids=["desk", "tablet", "phone"])
def test_every_control_works(
    page: Page, address: str, store: Path, name: str, known: dict[str, set[str]], request: pytest.FixtureRequest
) -> None:
    _come_to(page, address, store, name)
    done = known.setdefault(request.node.callspec.id.split("-")[0], set())
    there = controls(page)
    found = out_of_place(page)
    for control in there:
        if control.alike not in done:
            done.add(control.alike)
            found += [f"{control.mark}: {fault}" for fault in _tried(page, address, store, name, control)]
    assert not found, "\n".join(found)


def _tried(page: Page, address: str, store: Path, name: str, control: Control) -> list[str]:
    _come_to(page, address, store, name)
    controls(page)
    return used(page, control)


def _come_to(page: Page, address: str, store: Path, name: str) -> None:
    """Brings a page into a state, for somebody who is new on a store that nobody has used."""
    for made in store.parent.glob(f"{store.name}.*"):
        if made.suffix not in LASTING:
            shutil.rmtree(made) if made.is_dir() else made.unlink()
    if page.url.startswith(address):
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.context.clear_cookies()
    STATES[name](page, address)
