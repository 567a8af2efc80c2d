"""The Ask page in a real browser: the journeys of a newcomer, an analyst and an official with a phone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.states import at_rest
from tests.cards import NASTY
from xinfo.ui.ahead.ahead import CHARTS, files

FIRST = "What was Xining's information consumption in the first three quarters of 2013?"
RANKING = "Which five pilots had the highest information consumption in 2015?"
CHINESE = {"locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def ask(page: Page, question: str) -> None:
    page.locator(".box textarea").fill(question)
    page.keyboard.press("Enter")


@pytest.mark.long
def test_the_first_question_is_one_click_away(page: Page) -> None:
    page.get_by_role("button", name=FIRST).click()
    expect(page.get_by_role("heading", name="6.552 billion yuan")).to_be_visible()
    expect(page.get_by_text("Understood as:")).to_be_visible()


def test_an_answer_waits_for_no_script(page: Page, address: str) -> None:
    page.wait_for_function(
        "(name) => performance.getEntriesByName(name).length", arg=f"{address}static/js/{files(CHARTS)[0]}"
    )
    page.wait_for_load_state("networkidle")
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url) if request.resource_type == "script" else None)
    ask(page, "GDP of Xining by year from 2013 to 2015")
    expect(page.locator(".st-key-answer-0 [data-testid=stVegaLiteChart] svg.marks")).to_be_visible()
    assert not [url for url in scripts if url.endswith(".js")]


def test_a_follow_up_keeps_the_rest_and_shows_what_changed(page: Page) -> None:
    ask(page, "GDP of Xining in 2014")
    expect(page.get_by_text("Understood as:")).to_have_count(1)
    ask(page, "and 2015?")
    expect(page.get_by_text("Understood as:")).to_have_count(2)
    expect(
        page.locator("[data-testid=stMarkdownColoredBackground], .stMarkdownColoredBackground").last
    ).to_contain_text("2015")


def test_the_last_question_is_changed_in_the_box_and_takes_its_own_place(page: Page) -> None:
    ask(page, "GDP of Xining in 2014")
    expect(page.get_by_text("Understood as:")).to_have_count(1)
    ask(page, "and in 2013?")
    expect(page.get_by_text("Understood as:")).to_have_count(2)
    box = page.locator(".box textarea")
    for edited in ("and in 2013?", "and in 2015?"):  # Twice: what is put into the box is not kept from the first time.
        page.locator(".st-key-edit-1").get_by_role("button").click()
        expect(box).to_have_value(edited)
        expect(box).to_be_focused()
        ask(page, "and in 2015?")
        expect(page.locator(".st-key-answer-1")).to_contain_text("2015")
        expect(box).to_have_value("")
        expect(page.locator(".st-key-edit-1")).to_be_visible()
    expect(page.get_by_text("Understood as:")).to_have_count(2)


def test_a_question_that_is_left_as_it_is_leaves_the_box_empty(page: Page) -> None:
    ask(page, "GDP of Xining in 2014")
    page.locator(".st-key-edit-0").get_by_role("button").click()
    expect(page.locator(".box textarea")).to_have_value("GDP of Xining in 2014")
    at_rest(page)
    page.locator(".st-key-leave-0").get_by_role("button").click()
    expect(page.locator(".box textarea")).to_have_value("")
    expect(page.get_by_text("Understood as:")).to_have_count(1)


def test_a_clarification_is_one_click(page: Page) -> None:
    ask(page, "GDP of Jilin in 2014")
    choice = page.locator("[class*=st-key-choice-0-0] button")
    asked = choice.inner_text()
    choice.click()
    expect(page.locator("[class*=st-key-answer-1], [class*=st-key-declined-1]")).to_be_visible()
    expect(page.get_by_text(asked).first).to_be_visible()


@pytest.mark.parametrize("context", [CHINESE], indirect=True)
def test_a_chinese_browser_gets_a_chinese_page(page: Page) -> None:
    page.get_by_role("button", name="西宁市2013年前三季度信息消费是多少").click()
    expect(page.get_by_role("heading", name="65.52亿元")).to_be_visible()


def test_the_language_is_switched_at_once_and_kept(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(FIRST)}")
    page.get_by_text("中文", exact=True).click()
    expect(page.get_by_role("heading", name="65.52亿元")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="65.52亿元")).to_be_visible()
    expect(page.get_by_text("只用公开发布的数据")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh")


def test_made_up_figures_are_marked_and_can_be_left_out(page: Page) -> None:
    ask(page, RANKING)
    made_up = page.locator(".stMarkdownBadge", has_text="Demonstration figures")
    expect(made_up).to_be_visible()
    page.get_by_text("Published figures only").click()
    expect(made_up).to_have_count(0)


def test_a_new_answer_comes_into_view(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(RANKING)}&q={quote(RANKING)}")
    expect(page.get_by_text("Understood as:")).to_have_count(2)
    ask(page, FIRST)
    expect(page.locator(".st-key-question-2")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="6.552 billion yuan")).to_be_in_viewport()


def test_a_reload_keeps_the_conversation(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(FIRST)}")
    expect(page.get_by_role("heading", name="6.552 billion yuan")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="6.552 billion yuan")).to_be_visible()


def test_the_figures_can_be_taken_along(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(FIRST)}")
    expect(page.get_by_role("heading", name="6.552 billion yuan")).to_be_visible()
    at_rest(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert any("6552000000" in cell for row in rows for cell in row)
    assert download.value.suggested_filename.endswith(".csv")


def test_how_it_was_worked_out_opens_with_query_and_sources(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(FIRST)}")
    page.get_by_text("How this was calculated").click()
    expect(page.get_by_text("Sources", exact=False).first).to_be_visible()
    expect(page.get_by_test_id("stCode").first).to_contain_text("SELECT")


def test_text_from_people_is_shown_as_typed(page: Page) -> None:
    ask(page, NASTY)
    expect(page.locator("[class*=st-key-declined-0]")).to_be_visible()
    typed = page.locator("[class*=st-key-question-0]").inner_text()
    assert typed.replace("\u2060", "").split() == NASTY.split()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_nothing_sticks_out_on_a_phone(page: Page) -> None:
    ask(page, RANKING)
    expect(page.get_by_text("Understood as:")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".box textarea")).to_be_in_viewport()
