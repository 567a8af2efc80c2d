"""A served store and a headless Chromium for the browser tests; without Chromium they are skipped, saying so."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.shipped import shipped_store

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("XINFO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--process-per-site", "--renderer-process-limit=1"),
]
"""Pages of a profile share a process, where what a page runs is compiled once: a quarter of what Chromium costs."""
DESK = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}}
PATIENCE = 20_000
"""Milliseconds; a first page on a slow machine takes several seconds."""
SERVE = """
import pathlib, sys
from xinfo.ui.serve import serve
from xinfo.ui.settings import Settings
serve(Settings(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium; apt install chromium, or name it in XINFO_CHROMIUM")
                )


Serving = Callable[..., AbstractContextManager[str]]


@contextmanager
def _serving(store: Path, port: int | None = None, program: str = SERVE) -> Iterator[str]:
    port = port or free_port()
    log = store.with_name("log")
    command = [sys.executable, "-c", program, str(store), str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with log.open("w", encoding="utf-8") as out:
        served = subprocess.Popen(command, cwd=store.parent, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", served, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        served.terminate()
        served.wait(40)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serves a store, as a program of its own in the store's folder, and gives the address."""
    return _serving


@pytest.fixture(scope="session")
def port() -> int:
    """A port that nobody uses."""
    return free_port()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> Iterator[str]:
    """Where the app answers from the demonstration store; started from a folder that is not the project's."""
    folder = tmp_path_factory.mktemp("served")
    with serving(shipped_store(folder)) as where:
        yield where


def _wait_for(url: str, served: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(480):
        assert served.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"the app did not answer: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser profile for given options, one for all tests that ask for the same: its cache spares them seconds."""
    made: dict[str, BrowserContext] = {}
    expect.set_options(timeout=PATIENCE)

    def profile(**options: Any) -> BrowserContext:
        if repr(options) not in made:
            made[repr(options)] = browser.new_context(**DESK | options)
            made[repr(options)].set_default_timeout(PATIENCE)
            _keep_process(made[repr(options)])
        return made[repr(options)]

    yield profile
    for context in made.values():
        context.close()


def _keep_process(profile: BrowserContext) -> None:
    """Leaves an empty page open, or the process would end with each test's page and what it has compiled with it."""
    page = profile.new_page()
    page.route("**", lambda route: route.fulfill(body=""))
    page.goto("http://127.0.0.1/")


@pytest.fixture
def context(profiles: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> BrowserContext:
    """A desk in English; `@pytest.mark.parametrize("context", [{…}], indirect=True)` sets other options."""
    profile = profiles(**getattr(request, "param", {}))
    profile.clear_cookies()  # What a test has chosen is nobody else's choice.
    return profile


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The Ask page, opened. Fails the test that made the browser ask any other host."""
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if _is_outside(request.url, address) else None)
    page.goto(address)
    yield page
    page.close()
    assert not outside


def _is_outside(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:"))
