"""Conversations kept, and Back and Forward, in a real browser: one person's way, and that nobody else sees it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.states import at_rest

FIRST, SECOND, OTHER = "GDP of Xining in 2014", "and in 2013?", "Which pilots are in the west?"


def ask(page: Page, question: str) -> None:
    page.locator(".box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-question-]").last).to_contain_text(question)
    at_rest(page)


def questions(page: Page) -> Locator:
    """The questions that are drawn; of those before them there is a line."""
    return page.locator("[class*=st-key-question-]")


def stands(page: Page, *asked: str) -> None:
    expect(questions(page)).to_have_count(len(asked))
    for at, question in enumerate(asked):
        expect(questions(page).nth(at)).to_contain_text(question)
    at_rest(page)


def test_back_and_forward_go_through_questions_and_pages_and_nowhere_else(page: Page, address: str) -> None:
    ask(page, FIRST)
    ask(page, SECOND)
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_role("tab").first).to_be_visible()
    at_rest(page)
    page.get_by_text("中文", exact=True).click()
    expect(page.get_by_role("link", name="数据")).to_be_visible()
    at_rest(page)
    page.get_by_test_id("stSidebar").get_by_text("只用公开发布的数据").click()
    expect(page.get_by_test_id("stSidebar").locator("input[type=checkbox]")).to_be_checked()
    at_rest(page)
    page.go_back()
    stands(page, FIRST, SECOND)
    page.go_back()
    stands(page, FIRST)
    page.go_back()
    expect(page.get_by_text("您想了解什么？")).to_be_visible()
    at_rest(page)
    assert page.url.startswith(address)
    expect(page.get_by_test_id("stSidebar").locator("input[type=checkbox]")).to_be_checked()
    page.go_forward()
    stands(page, FIRST)
    page.go_forward()
    stands(page, FIRST, SECOND)
    page.go_forward()
    expect(page).to_have_url(re.compile("/data"))
    expect(page.get_by_role("tab").first).to_be_visible()
    expect(page.get_by_role("link", name="数据")).to_be_visible()


@pytest.mark.parametrize("pause", [0, 100], ids=["at once", "a moment later"])
def test_settings_go_along_with_whoever_goes_back_while_the_page_is_at_work(
    page: Page, address: str, pause: int
) -> None:
    ask(page, FIRST)
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_role("tab").first).to_be_visible()
    at_rest(page)
    page.get_by_text("中文", exact=True).click()
    page.get_by_test_id("stSidebar").locator("[class*=st-key-published] label").first.click()
    page.go_back()
    page.wait_for_timeout(pause)
    page.go_back()
    expect(page.get_by_text("您想了解什么？")).to_be_visible()
    at_rest(page)
    expect(page.get_by_test_id("stSidebar").locator("input[type=checkbox]")).to_be_checked()
    assert "published=true" in page.url
    assert "lang=zh" in page.url


def test_conversations_are_found_reopened_and_deleted_and_are_one_s_own(
    page: Page, address: str, profiles: Callable[..., BrowserContext]
) -> None:
    ask(page, FIRST)
    ask(page, SECOND)
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_role("tab").first).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_text("What would you like to know?")).to_be_visible()
    at_rest(page)
    expect(page.locator(".box textarea")).to_be_focused()
    ask(page, OTHER)
    page.reload()
    stands(page, OTHER)
    page.locator("[class*=st-key-latest-0] button:visible").click()
    stands(page, FIRST, SECOND)
    ask(page, "and in 2012?")
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_text("What would you like to know?")).to_be_visible()
    at_rest(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("[class*=st-key-go-on-0] button:visible")).to_have_text(FIRST)
    page.locator("[class*=st-key-go-on-all] button").click()
    window = page.get_by_role("dialog")
    rows = window.locator("[class*=st-key-open-] button")
    expect(rows).to_have_count(2)
    window.get_by_role("textbox").fill("west")
    page.keyboard.press("Enter")
    expect(rows).to_have_text([OTHER])
    window.locator("[class*=st-key-delete-] button:visible").click()
    expect(window.get_by_text("None of your questions contains these words.")).to_be_visible()
    window.get_by_role("textbox").fill("2012")
    page.keyboard.press("Enter")
    rows.click()
    expect(window).to_have_count(0)
    expect(page.locator("[class*=st-key-question-2]")).to_contain_text("and in 2012?")
    somebody = profiles(locale="zh-CN")
    somebody.clear_cookies()  # Other tests have asked in this profile.
    other = somebody.new_page()
    other.goto(address)
    expect(other.get_by_text("您想了解什么？")).to_be_visible()
    at_rest(other)
    expect(other.locator("[class*=st-key-go-on]")).to_have_count(0)
    other.close()
