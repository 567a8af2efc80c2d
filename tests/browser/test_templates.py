"""Templates in a real browser: a walk of two people through all that is done with them, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import keeping
from browser.conftest import PATIENCE, Serving
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.states import settle
from tests.shipped import shipped_store

SQL = """select place_id as place, value, unit, source_id from target
where metric_id = $metric and period_id = $period order by value desc, place_id limit 5"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN", "color_scheme": "dark"}
PROGRAM = """
import sys, pathlib, time
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from xinfo.ui.serve import serve
from xinfo.ui.settings import Settings
begin = ScriptRunner._run_script_thread
def late(runner):
    time.sleep(0.5 if pathlib.Path({busy!r}).exists() else 0)
    begin(runner)
ScriptRunner._run_script_thread = late
serve(Settings(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""
"""Serves a store; while a file `busy` lies there, what a browser says is taken up late, as where much is to do."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what people save here is kept, beside the store."""
    return tmp_path_factory.mktemp("templates") / "demo.duckdb.templates"


@pytest.fixture(scope="module")
def library(own: Path, serving: Serving) -> Iterator[str]:
    """The app on that store."""
    with serving(shipped_store(own.parent), program=PROGRAM.format(busy=str(own.with_name("busy")))) as where:
        expect.set_options(timeout=3 * PATIENCE)
        yield where
        expect.set_options(timeout=PATIENCE)


@pytest.fixture
def people(profiles: Callable[..., BrowserContext], library: str) -> Iterator[Callable[[str], Page]]:
    """Opens the Templates page under a name."""
    pages: list[Page] = []

    def somebody(name: str) -> Page:
        page = profiles(extra_http_headers={"X-Somebody": name}).new_page()
        page.set_default_timeout(3 * PATIENCE)
        pages.append(page)
        page.goto(f"{library}templates")
        keeping.named(page, name)
        return page

    yield somebody
    for page in pages:
        page.close()


@pytest.mark.long
def test_what_is_typed_is_not_lost_where_one_goes_on_before_it_is_taken_up(
    people: Callable[[str], Page], own: Path
) -> None:
    page = people("")
    own.with_name("busy").touch()
    page.get_by_role("textbox", name="Your name").fill("li wei")
    keeping.go(page, "Ask")
    expect(page.get_by_role("textbox", name="Ask about")).to_be_visible()
    own.with_name("busy").unlink()
    keeping.go(page, "Templates")
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("li wei")


@pytest.mark.long
def test_a_question_is_kept_found_changed_reviewed_compared_and_handed_on(
    people: Callable[[str], Page], own: Path, tmp_path: Path
) -> None:
    author = people("li wei")
    keeping.saved_in_two_clicks(author)
    keeping.found_while_typing(author)
    link = keeping.filled_in(author)
    keeping.listed(author)
    keeping.vouched_and_offered(author)
    reviewer = people("wang fang")
    keeping.given_back_and_offered_again(author, reviewer)
    keeping.published_by_another(reviewer, own)
    keeping.opened_by_its_link(people("zhao"), link)
    keeping.broken_test_blocks(author)
    keeping.two_editors(author, reviewer)
    keeping.compared_and_restored(author)
    keeping.handed_on(author, tmp_path)
    keeping.retired(reviewer, own)
    keeping.a_broken_file_is_listed(author, own)


@pytest.mark.long
def test_sql_is_checked_while_it_is_typed_and_what_is_refused_is_not_saved(
    people: Callable[[str], Page], own: Path
) -> None:
    page = people("li wei")
    page.get_by_role("button", name="New SQL template").click()
    field = page.get_by_role("textbox", name="SQL")
    expect(page.get_by_text("Passes the check; reads observation")).to_be_visible()
    field.fill("select value\nfrom meta")
    expect(page.get_by_text("(line 2, column 6)").first).to_be_visible()
    page.get_by_role("textbox", name="Name (English)").fill("aimlist sheet")
    page.get_by_role("textbox", name="Name (中文)").fill("瞄准表")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text("its SQL is refused").first).to_be_visible()
    assert not (own / "history" / "aimlist_sheet").exists()
    field.fill(SQL)
    expect(page.get_by_text("Passes the check; reads target")).to_be_visible()
    expect(page.locator(".st-key-answer-900001")).to_contain_text("Aimlist sheet for information consumption")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text("Version 1 is saved as a draft.")).to_be_visible()
    settle(page)
    assert not violations(page, "review and versions")
    keeping.view(page, "Edit")
    expect(page.get_by_text("Passes the check; reads target")).to_be_visible()
    settle(page)
    assert not violations(page, "change")
    keeping.go(page, "Ask")
    keeping.ask(page, "瞄准表")
    expect(page.locator(".st-key-answer-0")).to_contain_text("瞄准表")


@pytest.mark.long
@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_library_a_form_and_the_editor_fit_a_phone(context: BrowserContext, library: str) -> None:
    page = context.new_page()
    for path, words in (
        ("templates", "打开后可换地区、时间等再问"),
        ("templates?template=rank", "到对话中继续"),
        ("templates?template=new", "检查通过"),
        ("templates?template=rank&with=" + quote('{"n": 2}'), "2个试点"),
    ):
        page.goto(library + path)
        expect(page.get_by_text(words).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
