"""Templates in a real browser: saved from an answer, found while typing, filled in as a form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.conftest import PATIENCE, ROOT, Serving
from playwright.sync_api import BrowserContext, Page, expect

from xinfo.store.build import build

BOARD = "The 3 pilots with the highest GDP in 2015 among the eastern pilots"
PROGRAM = """
import sys, pathlib, time
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from xinfo.ui import session
from xinfo.ui.serve import serve
session.QUERIES = pathlib.Path({queries!r})
begin = ScriptRunner._run_script_thread
def late(runner):
    time.sleep(0.5 if (session.QUERIES / "busy").exists() else 0)
    begin(runner)
ScriptRunner._run_script_thread = late
serve(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
"""
"""Serves a library; while a file `busy` lies there, what a browser says is taken up late, as where much is to do."""


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of its own: what people save here is not the project's."""
    folder = tmp_path_factory.mktemp("library") / "queries"
    shutil.copytree(ROOT / "queries", folder, ignore=shutil.ignore_patterns("own"))
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, queries: Path, serving: Serving) -> Iterator[str]:
    """The app on that library."""
    store = tmp_path_factory.mktemp("templates") / "demo.duckdb"
    build(store, shipped=ROOT / "data", data=None, built_at="2016-02-01T08:00:00")
    with serving(store, program=PROGRAM.format(queries=str(queries))) as where:
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
        named(page, name)
        return page

    yield somebody
    for page in pages:
        page.close()


def named(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Your name").fill(name)
    page.keyboard.press("Tab")


def go(page: Page, link: str) -> None:
    """Within the page, so that the session and its name stay."""
    page.get_by_role("link", name=link, exact=True).click()


def ask(page: Page, question: str) -> None:
    box = page.get_by_role("combobox", name="Ask about")
    box.fill(question)
    page.keyboard.press("Enter")


def open_card(page: Page, words: str) -> None:
    go(page, "Templates")
    page.get_by_role("textbox", name="Search").fill(words)
    page.keyboard.press("Tab")
    card = page.locator("[class*='st-key-open-']").filter(visible=True)
    expect(card).to_have_count(1)
    card.get_by_role("button").click()


def test_what_is_typed_is_not_lost_where_one_goes_on_before_it_is_taken_up(
    people: Callable[[str], Page], queries: Path
) -> None:
    page = people("")
    (queries / "busy").touch()
    page.get_by_role("textbox", name="Your name").fill("li wei")
    page.get_by_role("link", name="Ask", exact=True).click(delay=60)
    expect(page.get_by_role("combobox", name="Ask about")).to_be_visible()
    (queries / "busy").unlink()
    go(page, "Templates")
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("li wei")


@pytest.mark.slow
def test_a_question_is_saved_in_two_clicks_found_while_typing_and_filled_in(people: Callable[[str], Page]) -> None:
    author = people("li wei")
    go(author, "Ask")
    ask(author, BOARD)
    saved_in_two_clicks(author)
    found_while_typing(author)
    filled_in(author)


def saved_in_two_clicks(page: Page) -> None:
    page.locator(".st-key-keep-0").get_by_role("button").click()
    page.get_by_role("textbox", name="Name (English)").fill("coast board")
    page.get_by_role("textbox", name="Name (中文)").fill("沿海看板")
    page.get_by_role("textbox", name="Tags").fill("letter")
    page.get_by_role("button", name="Save as template").click()
    expect(page.get_by_text("Ask for it by its name: coast board")).to_be_visible()
    page.keyboard.press("Escape")


def found_while_typing(page: Page) -> None:
    box = page.get_by_role("combobox", name="Ask about")
    box.click()
    box.press_sequentially("coas", delay=60)
    expect(page.get_by_role("option", name="coast board")).to_be_visible()
    box.fill("coast board in 2014")
    page.keyboard.press("Enter")
    card = page.locator(".st-key-answer-1")
    expect(card).to_contain_text("Understood as: The 3 pilots with the highest GDP in 2014 among the eastern pilots")
    expect(card).to_contain_text("Draft by li wei")


def filled_in(page: Page) -> None:
    open_card(page, "coast board")
    expect(page.get_by_text("The 3 pilots with the highest GDP")).to_be_visible()
    page.get_by_role("combobox", name="period").fill("2013")
    page.get_by_role("option", name="2013", exact=True).click()
    expect(page.locator(".st-key-answer-900000")).to_contain_text("in 2013")
    expect(page).to_have_url(re.compile("with=.*2013"))
    page.get_by_role("button", name="Continue in the conversation").click()
    expect(page.locator(".st-key-answer-2")).to_contain_text("in 2013")
