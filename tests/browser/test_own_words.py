"""Streamlit's own words in the language of the page, and in another one once that is chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

CHINESE = {"locale": "zh-CN"}


@pytest.mark.parametrize("context", [CHINESE], indirect=True)
def test_what_streamlit_says_itself_is_in_the_language_of_the_page(page: Page) -> None:
    expect(page.get_by_role("button", name="只用公开发布的数据：说明")).to_be_visible()
    expect(page.get_by_role("link", name="跳到正文")).to_be_attached()
    page.locator(".st-key-lang").get_by_text("English", exact=True).click()
    expect(page.get_by_role("button", name="Help for Published figures only")).to_be_visible()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_attached()


@pytest.mark.parametrize("context", [CHINESE], indirect=True)
def test_words_of_people_stay(page: Page) -> None:
    page.locator(".box textarea").fill("Open")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-question-0")).to_have_text("Open")
