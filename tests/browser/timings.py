"""How long people wait, in a real browser on a served app: `python -m tests.browser.timings http://127.0.0.1:8501/`."""

from __future__ import annotations

import sys
import time

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, DESK, FLAGS

QUESTION = "GDP of Xining by year from 2013 to 2015"
TYPING = 60
"""Milliseconds from key to key, as a quick typist needs them."""
WAITS = 120_000


def waits(page: Page, address: str) -> dict[str, float]:
    """Seconds from the address to the first page, from Enter to the answer, and from Enter to its chart."""
    began = time.perf_counter()
    page.goto(address)
    page.locator(".box textarea").wait_for()
    first = time.perf_counter() - began
    page.locator(".box textarea").click()
    page.keyboard.type(QUESTION, delay=TYPING)
    page.keyboard.press("Enter")
    began = time.perf_counter()
    page.locator(".st-key-answer-0").get_by_text("GDP").first.wait_for()
    answer = time.perf_counter() - began
    page.locator(".st-key-answer-0 [data-testid=stVegaLiteChart]").locator("canvas, svg").first.wait_for()
    return {"first page": first, "Enter to answer": answer, "Enter to chart": time.perf_counter() - began}


def main(address: str) -> None:
    """Prints the waits of a first visitor, then of two that find the app warm."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for visitor in ("first", "second", "third"):
            page = browser.new_context(**DESK).new_page()
            page.set_default_timeout(WAITS)
            said = "  ".join(f"{what} {took:.2f} s" for what, took in waits(page, address).items())
            print(f"{visitor} visitor: {said}")


if __name__ == "__main__":
    main(sys.argv[1])
