"""Every control of every page and card is used once on a fresh state: nothing breaks, is lost or is out of place.

`XINFO_CRAWL=turned` uses them in the language and theme in which states are otherwise only opened, and the other way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Error, Page

from tests.browser.coming import Coming, Way
from tests.browser.conftest import Serving
from tests.browser.crawl import opened, used
from tests.browser.seen import Control, controls
from tests.browser.states import STATES, go_to
from tests.shipped import ROOT, shipped_store
from xinfo.ask import open_workspace

DESK = {"viewport": {"width": 1440, "height": 900}}
TABLET = {"viewport": {"width": 1024, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
ENGLISH, CHINESE = {"locale": "en-US"}, {"locale": "zh-CN"}
LIGHT, DARK = {"color_scheme": "light"}, {"color_scheme": "dark"}
USED = {"desk": DESK | ENGLISH | LIGHT, "tablet": TABLET | CHINESE | DARK, "phone": PHONE | CHINESE | LIGHT}
OPENED = {"desk": DESK | CHINESE | DARK, "tablet": TABLET | ENGLISH | LIGHT, "phone": PHONE | ENGLISH | DARK}
"""The other language and theme, in which controls do the same and their names are longer or shorter."""
if os.environ.get("XINFO_CRAWL") == "turned":
    USED, OPENED = OPENED, USED
DIALOGUE = "window.showSaveFilePicker = () => Promise.reject(new Error('nobody is there to choose'))"
"""A headless browser asks nobody where a file is to be saved, and tells of none: what downloads it instead is seen."""
DEEP = 2
"""So many controls are used one after the other to come to what they open."""


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


@pytest.fixture
def coming(page: Page, address: str, store: Path, name: str, tmp_path: Path) -> Coming:
    page.add_init_script(DIALOGUE)
    return Coming(page, address, store, STATES[name], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("context", OPENED.values(), indirect=True, ids=OPENED)
def test_every_state_is_whole(page: Page, coming: Coming, name: str) -> None:
    found = opened(page, coming.store.with_name("log"), coming.afresh)
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("context", OPENED.values(), indirect=True, ids=OPENED)
def test_every_template_opens_whole(page: Page, address: str, store: Path) -> None:
    """Of the cards of the library only the first few are opened by a click."""
    for template in open_workspace(store, ROOT / "queries").reader.templates:
        where = f"{address}templates?template={quote(template.template_id)}"
        found = opened(page, store.with_name("log"), partial(go_to, page, where))
        assert not found, f"{template.template_id}: {found}"


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("context", USED.values(), indirect=True, ids=USED)
def test_every_control_works(
    page: Page, coming: Coming, name: str, known: dict[str, set[str]], request: pytest.FixtureRequest
) -> None:
    """What a control opens is used, too."""
    log, done = coming.store.with_name("log"), known.setdefault(request.node.callspec.id.split("-")[0], set())
    found = opened(page, log, lambda: coming.to(()))
    ways = _news(controls(page), (), done)
    while ways:
        way = ways.pop(0)
        try:
            coming.to(way[:-1], way[-1])
            where, there = page.url, {control.alike("") for control in controls(page)}
            faults = used(page, way[-1], log)
            if len(way) < DEEP and page.url == where:  # Another address is another state.
                ways += _news([one for one in controls(page) if one.alike("") not in there], way, done)
        except (Error, AssertionError) as error:
            faults = [str(error)[:300]]
        found += [f"{' > '.join(one.mark for one in way)}: {fault}" for fault in faults]
        coming.standing = None if faults else coming.standing
    assert not found, "\n".join(found)


def _news(there: list[Control], way: Way, done: set[str]) -> list[Way]:
    """Ways to the controls of which none alike is done; they count as done from now on."""
    opened_by, ways = way[-1].alike("") if way else "", []
    for control in there:
        if (alike := control.alike(opened_by)) not in done:
            done.add(alike)
            ways.append((*way, control))
    return ways
