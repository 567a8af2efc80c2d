"""Two browsers in two processes of one server: each loads a file on its page, and both ask what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from browser.conftest import Serving
from browser.test_load import open_tab
from panels import HERE, figure, write_csv
from playwright.sync_api import BrowserContext, Page, expect

from xinfo.audit.verify import entries, verify
from xinfo.store.build import build

SERVE = """
import pathlib, sys
from xinfo.ui.processes.front import serve
from xinfo.ui.settings import Settings
serve(Settings(pathlib.Path(sys.argv[1]), int(sys.argv[2])), 2, print)
"""
TABLE = "place,metric,period,value,unit\nxining,gdp,{year},{value},亿元\n"


@pytest.mark.long
def test_files_are_loaded_through_both_processes(
    profiles: Callable[..., BrowserContext], serving: Serving, tmp_path: Path
) -> None:
    store = tmp_path / "two.duckdb"
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(store, shipped=HERE, data=tmp_path / "data", built_at="2016-01-10T08:00:00")
    with serving(store, program=SERVE) as address:
        first, second = (_loading(profiles, address, tmp_path, number) for number in (0, 1))
        _load(first, 2)
        expect(second.get_by_role("button", name="Load figures (1)")).to_be_visible()
        second.get_by_role("button", name="Load figures (1)").click()
        expect(second.get_by_text("the data has changed")).to_be_visible()
        _load(second, 3)
        for page, year in ((first, 2013), (second, 2012)):
            page.goto(f"{address}?q={quote(f'GDP of Xining in {year}')}")
            expect(page.get_by_role("heading", name="billion yuan")).to_be_visible()
    every = [*entries(store)]
    assert [one.who for one in every if one.did == "load"] == ["clerk 0", "clerk 1"]
    assert [one.number for one in every] == [*range(1, len(every) + 1)]
    assert verify(store).whole


def _loading(profiles: Callable[..., BrowserContext], address: str, folder: Path, number: int) -> Page:
    """A browser in the process of this number, with a file that is looked at."""
    profile = profiles(timezone_id=("Asia/Shanghai", "Asia/Urumqi")[number])
    parts = urlsplit(address)
    profile.add_cookies([{"name": f"xinfo_process_{parts.port}", "value": str(number), "url": address}])
    file = folder / f"{number}.csv"
    file.write_text(TABLE.format(year=2013 - number, value=970 - 50 * number), encoding="utf-8")
    page = profile.new_page()
    open_tab(page, address, "Load")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("textbox", name="Your name").fill(f"clerk {number}")
    page.keyboard.press("Tab")
    return page


def _load(page: Page, version: int) -> None:
    page.get_by_role("button", name="Load figures (1)").click()
    expect(page.get_by_text(f"Loaded as version {version}")).to_be_visible()
