"""How to come to every page and to what opens on it, by the names of elements: so in any language. Checks nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.seen import at_rest
from tests.samples import CHARTS

NUMBER = "GDP of Xining in 2014"
TREND, RANKING, MAP = (CHARTS[kind] for kind in ("line", "ranked", "map"))
CHARTLESS = {
    "bare place": "Xining",
    "bare metric": "GDP",
    "help": "What can I ask?",
    "why": "Why did GDP of Xining rise?",
    "too early": "GDP of Xining in 1990",
    "unknown word": "What is the weather in Xining?",
    "projects": "Projects in Xining",
    "target": "Did information consumption of Xining reach its target in 2015?",
}
"""Answers without a chart, and each kind of no answer."""
AMBIGUOUS = "吉林2014年GDP"
TABLE = "地区,指标,时期,数值,单位\n西宁市,地区生产总值,2016年,1248.16,亿元\n西宁市,地区生产总值,2017年,12480,亿元\n"
Step = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """An address within the app, and what is done there."""

    where: str
    steps: tuple[Step, ...]

    def __call__(self, page: Page, address: str) -> None:
        for _ in self.reached(page, address):
            pass

    def reached(self, page: Page, address: str) -> Iterator[None]:
        """Stops after each step, the first of which opens the address."""
        go_to(page, address + self.where)
        yield
        for step in self.steps:
            step(page)
            settle(page)
            yield


def at(where: str, *steps: Step) -> State:
    return State(where, steps)


def asked(*questions: str) -> str:
    return "?" + "&".join(f"q={quote(question)}" for question in questions)


def press(key: str) -> Step:
    """Presses or opens the element whose name begins so."""
    return lambda page: page.locator(f"[class*=st-key-{key}]").locator("summary, button:visible").first.click()


def tab(number: int) -> Step:
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
    go_to(page, page.url.split("?")[0])
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
    "trend": at(asked(TREND)),
    "ranking": at(asked(RANKING)),
    "map": at(asked(MAP)),
    **{kind: at(asked(question)) for kind, question in CHARTS.items() if question not in (TREND, RANKING, MAP)},
    "declined": at(asked(AMBIGUOUS)),
    **{name: at(asked(question)) for name, question in CHARTLESS.items()},
    "where from": at(asked(NUMBER), press("origin-0")),
    "how": at(asked(NUMBER), press("how-0")),
    "chip": at(asked(NUMBER), press("chip-0-more")),
    "keep": at(asked(NUMBER), press("keep-0")),
    "to briefing": at(asked(NUMBER), press("to-brief-0")),
    "answers": at(asked(NUMBER, TREND, RANKING, MAP)),
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


def go_to(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Until a page is there and at rest."""
    main = page.get_by_test_id("stMain")
    expect(main.get_by_test_id("stMarkdown").or_(main.get_by_test_id("stAlert")).first).to_be_visible()
    at_rest(page)
