"""Steps of people who keep templates, in a real browser; each says what it expects to see."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

BOARD = "The 3 pilots with the highest GDP in 2015 among the eastern pilots"
SAME_NAME = """id: mine
title: coast board
uses: rank
slots: {metric: gdp, periods: ['2015'], scope: {}, order: asc, n: 3}
"""
RIVER = """# What the river letter begins with.
id: river_board
title: {en: river board, zh: 沿河看板}
tags: [river]
uses: rank
slots: {metric: gdp, periods: ['2015'], scope: {region: west}, order: desc, n: 2}
free: [periods] # the rest is pinned
"""


def named(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Your name").fill(name)
    page.keyboard.press("Tab")


def go(page: Page, link: str) -> None:
    """Within the app, so that the session and its name stay."""
    page.get_by_role("link", name=link, exact=True).click(delay=60)
    seen = {"Ask": ("textbox", "Ask about"), "Templates": ("textbox", "Your name")}[link]
    expect(page).to_have_url(re.compile(r"/(\?.*)?$" if link == "Ask" else r"/templates(\?.*)?$"))
    expect(page.get_by_role(seen[0], name=seen[1])).to_be_visible()  # type: ignore[arg-type]


def ask(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name="Ask about")
    box.fill(question)
    page.keyboard.press("Enter")


def cards(page: Page) -> Locator:
    return page.locator("[class*='st-key-open-']").filter(visible=True)


def to_library(page: Page) -> None:
    """By the way back from a template that is open, else by the menu."""
    back = page.get_by_role("button", name="All templates")
    if back.is_visible():
        back.click()
    else:
        go(page, "Templates")
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(words)
    page.keyboard.press("Tab")


def view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


def open_card(page: Page, words: str, view_of: str = "") -> None:
    to_library(page)
    search(page, words)
    expect(cards(page)).to_have_count(1)
    cards(page).get_by_role("button").click()
    if view_of:
        view(page, view_of)


def saved_in_two_clicks(page: Page) -> None:
    go(page, "Ask")
    ask(page, BOARD)
    page.locator(".st-key-keep-0").get_by_role("button").click()
    page.get_by_role("textbox", name="Name (English)").fill("coast board")
    page.get_by_role("textbox", name="Name (中文)").fill("沿海看板")
    page.get_by_role("textbox", name="Synonyms").fill("seaside list")
    page.get_by_role("textbox", name="Tags").fill("letter, sea")
    page.get_by_role("button", name="Save as template").click()
    expect(page.get_by_text("Ask for it by its name: coast board")).to_be_visible()
    page.keyboard.press("Escape")


def found_while_typing(page: Page) -> None:
    box = page.get_by_role("textbox", name="Ask about")
    box.click()
    box.press_sequentially("coas", delay=60)
    expect(page.get_by_role("option", name="coast board")).to_be_visible()
    ask(page, "coast board in 2014")
    card = page.locator(".st-key-answer-1")
    expect(card).to_contain_text("Understood as: The 3 pilots with the highest GDP in 2014 among the eastern pilots")
    expect(card).to_contain_text("Draft by li wei")
    ask(page, "seaside list")
    expect(page.locator(".st-key-answer-2")).to_contain_text("in 2015 among the eastern pilots")


def filled_in(page: Page) -> str:
    """The form: answers as it is changed, into a briefing and the chat; the link that leads back to it."""
    open_card(page, "coast board")
    answer = page.locator(".st-key-answer-900000")
    page.get_by_role("combobox", name="period").fill("2013")
    page.get_by_role("option", name="2013", exact=True).click()
    expect(answer).to_contain_text("in 2013")
    expect(page).to_have_url(re.compile("with=.*2013"))
    link = page.url
    answer.get_by_role("button", name="Add to briefing").click()
    page.locator(".st-key-to-put-900000").get_by_role("button").click()
    expect(page.get_by_text("Added to “")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Continue in the conversation").click()
    expect(page.locator(".st-key-answer-3")).to_contain_text("in 2013")
    return link


def opened_by_its_link(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.locator(".st-key-answer-900000")).to_contain_text("in 2013")


def listed(page: Page) -> None:
    """By tag, whose it is, how often it was asked; with a picture of its chart."""
    to_library(page)
    page.get_by_role("button", name="letter", exact=True).click()
    expect(cards(page)).to_have_count(1)
    card = page.locator(".st-key-card-coast_board")
    expect(card.get_by_role("img", name="coast board")).to_be_visible()
    expect(card).to_contain_text("Times asked: 2")
    page.get_by_role("button", name="letter", exact=True).click()
    view(page, "Mine")
    expect(cards(page)).to_have_count(1)
    view(page, "Reviewed")
    expect(page.get_by_text("No template matches.")).to_be_visible()
    view(page, "All")
    page.get_by_role("combobox", name="Sort by").click()
    page.get_by_role("option", name="Most asked").click()
    first = page.locator("[class*='st-key-card-']").first
    expect(first).to_contain_text("Times asked")


def vouched_and_offered(page: Page) -> None:
    open_card(page, "coast board", "Review and versions")
    page.get_by_role("button", name="Approve the current result").click()
    expect(page.get_by_text("approved in a new version; rows: 3")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Submitted for review.", exact=True)).to_be_visible()


def given_back_and_offered_again(author: Page, reviewer: Page) -> None:
    open_card(reviewer, "coast", "Review and versions")
    reviewer.get_by_role("button", name="Return to author").click()
    reviewer.get_by_role("textbox", name="What needs fixing").fill("say what it is for")
    reviewer.keyboard.press("Tab")
    reviewer.locator(".st-key-do-give_back").get_by_role("button").click()
    expect(reviewer.get_by_text("Returned to its author.")).to_be_visible()
    open_card(author, "coast", "Review and versions")
    expect(author.get_by_text("wang fang returned it: say what it is for")).to_be_visible()
    expect(author.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    expect(author.get_by_text("You wrote this version, so someone else must publish it.")).to_be_visible()
    author.get_by_role("button", name="Submit for review").click()
    expect(author.get_by_text("Submitted for review.", exact=True)).to_be_visible()


def published_by_another(page: Page, own: Path) -> None:
    open_card(page, "coast", "Review and versions")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Now available to everyone")).to_be_visible()
    expect(page.get_by_text("Reviewed by wang fang").first).to_be_visible()
    assert (own / "coast_board.yaml").exists()
    to_library(page)
    view(page, "Reviewed")
    expect(cards(page)).to_have_count(1)


def broken_test_blocks(page: Page) -> None:
    """A sentence that must not mean it, and does: told at once, and what is not published."""
    open_card(page, "coast", "Edit")
    page.get_by_role("textbox", name="Should not match").fill("coast board in 2013")
    page.keyboard.press("Tab")
    expect(page.get_by_text("1 to fix")).to_be_visible()
    expect(page.get_by_text("must not mean it").first).to_be_visible()
    page.get_by_role("textbox", name="Should not match").fill("the coast")
    page.keyboard.press("Tab")
    expect(page.get_by_text("No problems").first).to_be_visible()


def two_editors(one: Page, other: Page) -> None:
    """Both begin with the same text; the second is told, sees both, and saves over it with eyes open."""
    for page in (one, other):
        open_card(page, "coast", "Edit")
        expect(page.get_by_role("textbox", name="Purpose")).to_be_visible()
    for page, purpose in ((other, "For the weekly letter"), (one, "For the mayor")):
        page.get_by_role("textbox", name="Tags").fill("letter, coast")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Save as a new version")).to_be_enabled()
        # Saved at once: what was typed last is in it, too.
        page.get_by_role("textbox", name="Purpose").fill(purpose)
        page.get_by_role("button", name="Save as a new version").click(delay=60)
        if page is other:
            expect(other.get_by_text("Version 3 is saved as a draft.")).to_be_visible()
    expect(one.get_by_text("wang fang saved this template while you were editing it")).to_be_visible()
    expect(one.locator(".st-key-overtaken")).to_contain_text("For the weekly letter")
    expect(one.locator(".st-key-overtaken")).to_contain_text("For the mayor")
    one.get_by_role("button", name="Save mine as the newest version").click()
    expect(one.get_by_text("Version 4 is saved as a draft.")).to_be_visible()


def compared_and_restored(page: Page) -> None:
    expect(page.get_by_text("+description: For the mayor")).to_be_visible()
    faces = page.locator(".st-key-faces")
    expect(faces.get_by_text("The 3 pilots with the highest GDP in 2015 among the eastern pilots")).to_have_count(2)
    expect(faces.get_by_role("cell", name="Shanghai")).to_have_count(2)
    page.get_by_role("button", name="Restore version 3").click()
    expect(page.get_by_text("Version 3 is restored as version 5.")).to_be_visible()


def retired(page: Page, own: Path) -> None:
    open_card(page, "river", "Review and versions")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Now available to everyone")).to_be_visible()
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("Retired. Its versions are kept.")).to_be_visible()
    assert not (own / "river_board.yaml").exists()
    go(page, "Ask")
    ask(page, "river board")
    expect(page.get_by_text("river board").last).to_be_visible()


def open_exchange(page: Page) -> None:
    """Opened while the page is still being drawn it closes again."""
    page.get_by_text("Import and export").click()
    page.wait_for_timeout(1500)
    if not page.get_by_role("button", name="Import as drafts").is_visible():
        page.get_by_text("Import and export").click()


def handed_on(page: Page, folder: Path) -> None:
    to_library(page)
    open_exchange(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all").click()
    download.value.save_as(folder / "templates.zip")
    for name, content in (("mine", SAME_NAME), ("river", RIVER)):
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(folder / "mine.yaml")
    page.get_by_role("button", name="Import as drafts").click()
    expect(page.get_by_text("“coast board” fits coast_board and mine").first).to_be_visible()
    go(page, "Ask")
    go(page, "Templates")
    open_exchange(page)
    page.locator("input[type=file]").set_input_files([folder / "river.yaml", folder / "templates.zip"])
    page.get_by_role("button", name="Import as drafts").click()
    expect(page.get_by_text("Imported as your drafts: 2.")).to_be_visible()


def a_broken_file_is_listed(page: Page, own: Path) -> None:
    (own / "half.yaml").write_text("id: half\nuses: rank\nslots: {metric: gdp", encoding="utf-8")
    go(page, "Ask")
    go(page, "Templates")
    expect(page.get_by_text("no YAML")).to_have_text(re.compile("half.{1,3}yaml.{1,3}3.*no YAML"))
    (own / "half.yaml").unlink()
    go(page, "Ask")
    ask(page, "coast board in 2014")
    expect(page.get_by_text("Draft by li wei").last).to_be_visible()
