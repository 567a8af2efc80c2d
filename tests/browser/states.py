"""How to come to every page and to what opens on it, by the names of elements: so in any language. Checks nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from playwright.sync_api import Page, expect

NUMBER = "GDP of Xining in 2014"
TREND = "How did information consumption in Xining develop by quarter from 2013 to 2015?"
RANKING = "Which five pilots had the highest information consumption in 2015?"
MAP = "Map of information consumption by pilot in 2015"
AMBIGUOUS = "吉林2014年GDP"
TABLE = "地区,指标,时期,数值,单位\n西宁市,地区生产总值,2016年,1248.16,亿元\n西宁市,地区生产总值,2017年,12480,亿元\n"
RESTING = """document.getAnimations().every(
    (one) => one.playState !== "running" || one.effect.getComputedTiming().iterations === Infinity)"""

State = Callable[[Page, str], None]


def at(where: str, *steps: Callable[[Page], None]) -> State:
    """A state: an address within the app, and what is done there."""

    def reached(page: Page, address: str) -> None:
        page.goto(address + where)
        settle(page)
        for step in steps:
            step(page)
            settle(page)

    return reached


def asked(*questions: str) -> str:
    return "?" + "&".join(f"q={quote(question)}" for question in questions)


def press(key: str) -> Callable[[Page], None]:
    """Presses or opens the element whose name begins so."""
    return lambda page: page.locator(f"[class*=st-key-{key}]").locator("summary, button:visible").first.click()


def tab(number: int) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("tab").nth(number).click()


def typed(page: Page) -> None:
    page.locator(".box textarea").press_sequentially("GDP", delay=60)
    expect(page.get_by_role("listbox").first).to_be_visible(timeout=60_000)  # The first list waits for its index.


def doubtful(page: Page) -> None:
    typed(page)
    page.locator(".box textarea").press_sequentially(" of Shenzen qwrtz ", delay=60)
    expect(page.locator(".doubt").first).to_be_visible()


def conversations(page: Page) -> None:
    """All that was asked is listed; one is there in any case."""
    page.locator(".box textarea").fill(NUMBER)
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-answer-]").first).to_be_visible()
    at_rest(page)
    page.goto(page.url.split("?")[0])
    settle(page)
    beside = (page.viewport_size or {"width": 0})["width"] > 768
    page.locator(f"[class*=st-key-{'latest' if beside else 'go-on'}-all] button:visible").first.click()
    expect(page.get_by_role("dialog").locator("[class*=st-key-delete-] button:visible").first).to_be_visible()


def uploaded(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {"name": "gdp.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    expect(page.locator("[class*=st-key-load-table-]").first).to_be_visible()


def briefing(page: Page) -> None:
    """A briefing is open; the first to come here makes it."""
    press("brief-new-")(page)
    page.locator("[class*=st-key-brief-make]").get_by_role("button").click()
    page.keyboard.press("Escape")
    expect(page.locator("[class*=st-key-brief-tab]")).to_be_visible()


STATES: dict[str, State] = {
    "start": at(""),
    "proposals": at("", typed),
    "doubts": at("", doubtful),
    "conversations": at("", conversations),
    "answers": at(asked(NUMBER, TREND, RANKING, MAP)),
    "declined": at(asked(AMBIGUOUS)),
    "where from": at(asked(NUMBER), press("origin-0")),
    "how": at(asked(NUMBER), press("how-0")),
    "chip": at(asked(NUMBER), press("chip-0-more")),
    "keep": at(asked(NUMBER), press("keep-0")),
    "to briefing": at(asked(NUMBER), press("to-brief-0")),
    "templates": at("templates"),
    "template": at("templates?template=rank"),
    "own statement": at("templates?template=new"),
    "briefings": at("briefings"),
    "new briefing": at("briefings", press("brief-new-")),
    "composed": at("briefings", briefing),
    "previewed": at("briefings", briefing, tab(1)),
    "issued": at("briefings", briefing, tab(2)),
    "checked": at("briefings", press("brief-check")),
    "coverage": at("data"),
    "load": at("data", tab(1)),
    "read": at("data", tab(1), uploaded),
    "history": at("data", tab(2)),
    "sources": at("data", tab(3)),
    "definitions": at("data", tab(4)),
    "activity": at("activity"),
}


def at_rest(page: Page) -> None:
    """Until the app has drawn everything: before that buttons move, and a click may meet the next one."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def settle(page: Page) -> None:
    """Until the app has drawn everything and nothing moves."""
    expect(page.get_by_test_id("stMain").get_by_test_id("stMarkdown").first).to_be_visible()
    at_rest(page)
    still(page)


def still(page: Page) -> None:
    """Until nothing moves: what fades in has other colours meanwhile, what folds out is cut off."""
    for _ in range(50):
        if page.evaluate(RESTING):
            return
        page.wait_for_timeout(100)
