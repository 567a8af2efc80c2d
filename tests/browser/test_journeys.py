"""People's ways through the app in a real browser, on the one server and the one Chromium of the run.

What the box, loading and the origin of figures do in detail is tried beside this.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

FIRST = "What was Xining's information consumption in the first three quarters of 2013?"
CHINESE = {"locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN"}


def ask(page: Page, question: str) -> None:
    page.locator(".box textarea").fill(question)
    page.keyboard.press("Enter")


def card(page: Page, number: int = 0) -> Locator:
    return page.locator(f".st-key-answer-{number}")


def chip(page: Page, slot: str) -> Locator:
    """The button of a part of the last reading; the row keeps a hidden twin of it for measuring."""
    return page.locator(f"[class*='-{slot}-0-'][class*=st-key-chip] button:visible").first


def test_a_part_of_the_reading_is_changed_in_place(page: Page) -> None:
    ask(page, "GDP of Xining in 2014")
    expect(card(page)).to_contain_text("GDP of Xining in 2014")
    chip(page, "periods").click()
    inside = page.get_by_test_id("stPopoverBody")
    inside.get_by_text("2015", exact=True).click()
    expect(card(page)).to_contain_text("GDP of Xining in 2015")
    expect(card(page).locator(".stMarkdownColoredBackground").first).to_contain_text("2015")
    expect(page.get_by_text("Understood as:")).to_have_count(1)


def test_the_chart_is_changed_by_word_and_by_click(page: Page) -> None:
    ask(page, "GDP of Xining and Guiyang by year from 2013 to 2015")
    expect(card(page)).to_contain_text("A line chart, because")
    card(page).get_by_role("button", name="Heat map").or_(card(page).get_by_role("radio", name="Heat map")).click()
    expect(card(page)).to_contain_text("Heat map, as you chose.")
    ask(page, "as grouped bars")
    expect(card(page, 1)).to_contain_text("Grouped bars, as you chose.")


@pytest.mark.parametrize("context", [CHINESE], indirect=True)
def test_a_conversation_is_chinese_throughout(page: Page) -> None:
    ask(page, "西宁2014年信息消费")
    expect(card(page)).to_contain_text("理解为")
    ask(page, "2015年呢")
    expect(card(page, 1)).to_contain_text("2015年")
    ask(page, "吉林2014年GDP")
    expect(page.locator(".st-key-declined-2")).to_contain_text("请补充说明")
    words = page.get_by_test_id("stMain").inner_text()
    for english in ("Understood", "Ask next", "How this was", "Sources", "Demonstration", "Copy", "More"):
        assert english not in words


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_an_official_asks_and_changes_the_place_on_a_phone(page: Page) -> None:
    ask(page, "西宁市2015年信息消费")
    expect(card(page)).to_contain_text("理解为")
    chip(page, "places").tap()
    inside = page.get_by_test_id("stPopoverBody").get_by_role("combobox")
    inside.fill("贵阳")
    page.get_by_role("option", name="贵阳市").tap()
    expect(card(page)).to_contain_text("贵阳市2015年信息消费")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_people_side_by_side_see_their_own_answers(
    page: Page, address: str, profiles: Callable[..., BrowserContext]
) -> None:
    other = profiles(**CHINESE).new_page()
    other.goto(address)
    ask(page, "GDP of Xining in 2014")
    ask(other, "贵阳2015年信息消费")
    expect(card(page)).to_contain_text("GDP of Xining in 2014")
    expect(card(other)).to_contain_text("贵阳市2015年信息消费")
    expect(card(page)).not_to_contain_text("贵阳")
    other.close()


def test_the_conversation_outlives_other_pages_a_reload_and_the_back_button(page: Page) -> None:
    ask(page, "GDP of Xining in 2014")
    expect(card(page)).to_contain_text("GDP of Xining in 2014")
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_role("tab").first).to_be_visible()
    page.go_back()
    expect(card(page)).to_contain_text("GDP of Xining in 2014")
    page.reload()
    expect(card(page)).to_contain_text("GDP of Xining in 2014")


def test_the_keyboard_alone_asks_and_opens_a_chip(page: Page) -> None:
    expect(page.get_by_role("button", name=FIRST)).to_be_visible()
    page.locator(".box textarea").focus()
    page.keyboard.type("GDP of Xining in 2014")
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("GDP of Xining in 2014")
    chip(page, "periods").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody").get_by_role("radiogroup")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def test_an_answer_is_copied_enlarged_widened_and_said_to_be_wrong(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "GDP of Xining in 2014")
    copy = card(page).locator("[class*=st-key-copy-0] button")
    copy.click()
    expect(copy).to_contain_text("Copied")
    assert "(Source: " in page.evaluate("navigator.clipboard.readText()")
    chip(page, "add").click()
    page.get_by_test_id("stPopoverBody").get_by_text("2015", exact=True).click()
    expect(card(page)).to_contain_text("GDP of Xining in 2014 and in 2015")
    card(page).locator("[class*=st-key-large-0] button").click()
    expect(page.get_by_role("dialog").locator("svg.marks")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    card(page).locator("[class*=st-key-wrong-0] button").first.click()
    page.get_by_test_id("stPopoverBody").get_by_role("textbox").fill("the yearbook has another figure")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(card(page)).to_contain_text("The data steward will look into it.")
    page.goto(f"{address}activity")
    page.locator("[class*=st-key-report-] summary").first.click()
    expect(page.get_by_text("the yearbook has another figure")).to_be_visible()
    page.locator("[class*=st-key-report-settle] button").click()
    expect(page.locator("[class*=st-key-report-] summary")).to_have_count(0)
