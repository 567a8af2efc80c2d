"""The box in a real browser: keys, clicks, touch, input methods, pinyin, and what is typed staying text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cards import NASTY

CHINESE = {"locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DARK = {"color_scheme": "dark"}
COMPOSE = """(box, [kind, text]) => {
  if (kind === "compositionend") box.value = text;
  box.dispatchEvent(new CompositionEvent(kind, { data: text, bubbles: true, composed: true }));
}"""


def box(page: Page) -> Locator:
    return page.locator(".box textarea")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    box(page).press_sequentially(text, delay=40)
    expect(options(page).first).to_be_visible()
    return options(page)


def asked(page: Page, question: str) -> None:
    expect(page.locator("[class*=st-key-question-0]")).to_contain_text(question)
    expect(box(page)).to_have_value("")


def test_arrows_choose_and_enter_asks(page: Page) -> None:
    found = typed(page, "GDP of Shenz")
    expect(found.first).to_contain_text("GDP of Shenzhen in 2018")
    page.keyboard.press("ArrowDown")
    expect(found.first).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == found.first.get_attribute("id")
    page.keyboard.press("Enter")
    asked(page, "GDP of Shenzhen in 2018")
    expect(options(page)).to_have_count(0)


def test_enter_asks_what_was_typed_where_nothing_is_chosen(page: Page) -> None:
    typed(page, "gdp of shenzhen in 2014")
    page.keyboard.press("Enter")
    asked(page, "gdp of shenzhen in 2014")


def test_tab_takes_and_escape_closes(page: Page) -> None:
    typed(page, "GDP of Shenz")
    expect(options(page).first).to_contain_text("GDP of Shenzhen in 2018")
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value("GDP of Shenzhen in 2018")
    expect(box(page)).to_be_focused()
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(box(page)).to_have_value("GDP of Shenzhen in 2018")


def test_a_click_asks(page: Page) -> None:
    typed(page, "GDP of Shenz").filter(has_text="GDP of Shenzhen in 2018").click()
    asked(page, "GDP of Shenzhen in 2018")


def test_an_empty_box_offers_questions_to_begin_with_and_then_what_leads_on(page: Page) -> None:
    box(page).click()
    expect(options(page).first).to_contain_text("example")
    box(page).fill("GDP of Shenzhen in 2014")
    page.keyboard.press("Enter")
    asked(page, "GDP of Shenzhen in 2014")
    box(page).click()
    expect(options(page).first).to_contain_text("ask next")
    expect(options(page).filter(has_text="asked before")).to_contain_text("GDP of Shenzhen in 2014")
    expect(options(page)).to_have_count(6)


@pytest.mark.parametrize("context", [CHINESE], indirect=True)
def test_pinyin_initials_find_place_and_metric(page: Page) -> None:
    expect(typed(page, "xnxxxf").first).to_contain_text("西宁市2015年信息消费")
    expect(options(page).first).to_contain_text("时间")


@pytest.mark.parametrize("context", [CHINESE], indirect=True)
def test_enter_that_takes_a_candidate_of_an_input_method_asks_nothing(page: Page) -> None:
    box(page).click()
    box(page).evaluate(COMPOSE, ["compositionstart", ""])
    box(page).press("Enter")
    expect(page.locator("[class*=st-key-question-0]")).to_have_count(0)
    box(page).evaluate(COMPOSE, ["compositionend", "西宁信息"])
    expect(options(page).first).to_contain_text("西宁市")
    expect(box(page)).to_have_value("西宁信息")
    # Safari sends the Enter that ends a composition after its end, with this code.
    box(page).evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229 }))")
    expect(page.locator("[class*=st-key-question-0]")).to_have_count(0)
    box(page).press("Enter")
    asked(page, "西宁信息")


@pytest.mark.parametrize("context", [PHONE, PHONE | CHINESE | DARK], indirect=True)
def test_a_phone_shows_the_list_whole_and_a_tap_asks(page: Page) -> None:
    found = typed(page, "xining")
    expect(found.first).to_contain_text(re.compile("Xining|西宁"))  # What was proposed before is gone.
    frame = page.get_by_role("listbox").bounding_box()
    assert frame
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    said = ""
    while said != (now := found.first.locator(".question").inner_text()):  # The list of the last letter may still come.
        said = now
        page.wait_for_timeout(500)
    found.first.tap()
    asked(page, said)


def test_the_button_asks_and_is_off_while_there_is_nothing_to_ask(page: Page) -> None:
    send = page.get_by_role("button", name="Ask", exact=True)
    expect(send).to_be_disabled()
    box(page).fill("GDP of Shenzhen in 2014")
    send.click()
    asked(page, "GDP of Shenzhen in 2014")


def test_what_is_typed_stays_text(page: Page) -> None:
    box(page).fill(NASTY)
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-declined-0]")).to_be_visible()
    box(page).fill("<img src=x onerror=document.title='broken'>")
    page.wait_for_timeout(500)
    assert page.title() != "broken"


def test_unknown_words_are_underlined_while_typing_and_mended_with_one_click(page: Page) -> None:
    typed(page, "GDP")
    box(page).press_sequentially(" of Shenzen qwrtz in 2014 ")
    expect(options(page)).to_have_count(0)
    expect(page.locator(".mirror span")).to_have_text(["Shenzen", "qwrtz"])
    expect(page.locator(".doubt").nth(1)).to_have_text("“qwrtz” is not known.")
    page.locator(".doubt").get_by_role("button", name="Shenzhen").click()
    expect(box(page)).to_have_value("GDP of Shenzhen qwrtz in 2014 ")
    expect(page.locator(".mirror span")).to_have_text(["qwrtz"])
    box(page).fill("GDP of Shenzhen in 2014")
    expect(page.locator(".mirror span")).to_have_count(0)


def test_the_box_is_ready_holds_several_lines_and_says_when_it_is_full(page: Page) -> None:
    expect(box(page)).to_be_focused()
    page.get_by_text("What would you like to know?").click()
    expect(box(page)).not_to_be_focused()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.type("GDP of Shenzhen")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in 2014")
    expect(box(page)).to_have_value("GDP of Shenzhen\nin 2014")
    expect(page.locator(".room")).to_have_text("")
    box(page).fill("a" * 450)
    expect(page.locator(".room")).to_have_text("Characters left: 50")
    box(page).fill("a" * 503)
    expect(page.locator(".room")).to_have_text("Over the limit by 3: please shorten the question")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_disabled()
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("a" * 503)
    box(page).fill("GDP of Shenzhen\nin 2014")
    page.keyboard.press("Enter")
    asked(page, "GDP of Shenzhen in 2014")
    expect(page.locator(".st-key-answer-0")).to_be_visible()


def test_proposals_show_what_is_new_and_follow_the_conversation(page: Page) -> None:
    box(page).fill("GDP of Xining in 2014")
    page.keyboard.press("Enter")
    asked(page, "GDP of Xining in 2014")
    found = typed(page, "shenz")
    expect(found.first.locator(".question")).to_have_text("GDP of Shenzhen in 2014")
    expect(found.first.locator(".new")).to_have_text(["GDP of ", "hen in 2014"])
    expect(page.locator(".keys")).to_contain_text("↑↓")
