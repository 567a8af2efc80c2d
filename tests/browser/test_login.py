"""The login with a real provider on this machine: each role sees and does what it may, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from xinfo.audit.verify import entries, verify
from xinfo.store.build import build
from xinfo.store.history import history

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120_000

RULES = """
people:
  li.wei@office.cn: steward
  wang.fang@xining.cn: {roles: analyst, places: [西宁市]}
  zhao@office.cn: viewer
"""
PEOPLE = [
    User(sub="li", claims={"email": "li.wei@office.cn", "name": "Li Wei"}),
    User(sub="wang", claims={"email": "wang.fang@xining.cn", "name": "王芳"}),
    User(sub="zhao", claims={"email": "zhao@office.cn", "name": "Zhao"}),
    User(sub="stranger", claims={"email": "someone@elsewhere.cn", "name": "Someone"}),
]
HEAD = "place,metric,period,value,unit\n"
XINING, BEIJING = "西宁市,gdp,2016,1248.16,亿元\n", "北京市,gdp,2016,25669,亿元\n"
SERVE = """
import pathlib, sys
from xinfo.ui.doors import doors
from xinfo.ui.serve import serve
from xinfo.ui.settings import Settings
store = pathlib.Path(sys.argv[1])
serve(Settings(store, int(sys.argv[2]), doors(store, login=store.with_name("login.toml"))))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, serving: Any, port: int) -> Iterator[tuple[str, Path]]:
    """The app's address, and its store."""
    folder = tmp_path_factory.mktemp("office")
    store = folder / "figures.duckdb"
    (folder / "own").mkdir()
    (folder / "own" / "observation.csv").write_text(HEAD + "西宁市,gdp,2014,1066,亿元\n", encoding="utf-8")
    build(store, shipped=ROOT / "data", data=folder / "own", built_at="2016-02-01T08:00:00")
    store.with_name("figures.duckdb.access.yaml").write_text(RULES, encoding="utf-8")
    with run_server_in_thread(user_claims=PEOPLE) as provider:
        settings = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": "c" * 40,
            "client_id": "xinfo",
            "client_secret": "s" * 40,
            "server_metadata_url": f"http://localhost:{provider.server_port}/.well-known/openid-configuration",
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        (folder / "login.toml").write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
        with serving(store, port, SERVE) as address:
            yield address, store


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A browser of one's own, in which nobody is signed in."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Page, address: str, sub: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=sub, exact=True).click()
    page.wait_for_url(address)


def links(page: Page) -> list[str]:
    return [link.inner_text().split("\n")[-1] for link in page.get_by_test_id("stSidebarNavLink").all()]


def tabs(page: Page, address: str) -> list[str]:
    page.goto(f"{address}data")
    expect(page.get_by_role("tab", name="Sources")).to_be_visible()
    return [tab.inner_text() for tab in page.get_by_role("tab").all()]


def give(page: Page, file: Path, rows: str) -> None:
    file.write_text(HEAD + rows, encoding="utf-8")
    page.get_by_role("tab", name="Load", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)


def loads(store: Path) -> list[str]:
    return [version.who for version in history(store) if version.kind == "load"]


@pytest.mark.long
def test_nobody_sees_anything_before_he_signs_in(desk: Page, office: tuple[str, Path]) -> None:
    address, _ = office
    desk.goto(f"{address}?q={quote('GDP of Xining in 2014')}")
    expect(desk.get_by_role("heading", name="Please sign in")).to_be_visible()
    expect(desk.get_by_text("billion yuan")).to_have_count(0)
    assert links(desk) == []
    assert not violations(desk, "sign in")


@pytest.mark.long
def test_a_link_with_a_question_survives_the_login(desk: Page, office: tuple[str, Path]) -> None:
    address, _ = office
    desk.goto(f"{address}?q={quote('GDP of Xining in 2014')}")
    desk.get_by_role("button", name="Sign in").click()
    desk.get_by_role("button", name="zhao", exact=True).click()
    expect(desk.get_by_text("billion yuan").first).to_be_visible()
    assert "q=GDP" in desk.url


@pytest.mark.long
def test_somebody_without_a_role_is_told_so(desk: Page, office: tuple[str, Path]) -> None:
    address, _ = office
    sign_in(desk, address, "stranger")
    expect(desk.get_by_text("has no role here")).to_be_visible()
    assert links(desk) == []


@pytest.mark.long
def test_a_viewer_asks_and_cannot_load(desk: Page, office: tuple[str, Path]) -> None:
    address, store = office
    sign_in(desk, address, "zhao")
    expect(desk.get_by_text("Signed in as Zhao")).to_be_visible()
    desk.goto(f"{address}?q={quote('GDP of Xining in 2014')}")
    expect(desk.get_by_text("billion yuan").first).to_be_visible()
    assert links(desk) == ["Ask", "Templates", "Data"]
    assert tabs(desk, address) == ["Coverage", "History", "Sources", "Definitions"]
    assert loads(store) == []


@pytest.mark.long
def test_an_analyst_of_a_city_loads_that_city_alone(desk: Page, office: tuple[str, Path], tmp_path: Path) -> None:
    address, store = office
    sign_in(desk, address, "wang")
    assert "Load" in tabs(desk, address)
    give(desk, tmp_path / "both.csv", XINING + BEIJING)
    expect(desk.get_by_text("you may only load figures for Xining 西宁市").first).to_be_visible()
    expect(desk.get_by_role("button", name="Load figures (2)")).to_have_count(0)
    assert loads(store) == []
    tabs(desk, address)
    give(desk, tmp_path / "own.csv", XINING)
    expect(desk.get_by_text("Recorded under your login, wang.fang@")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Your name")).to_have_count(0)
    desk.get_by_role("button", name="Load figures (1)").click()
    expect(desk.get_by_text("Loaded as version 2")).to_be_visible()
    assert loads(store) == ["wang.fang@xining.cn"]


@pytest.mark.long
def test_a_steward_does_everything_and_the_log_tells_it_all(
    desk: Page, office: tuple[str, Path], tmp_path: Path
) -> None:
    address, store = office
    sign_in(desk, address, "li")
    expect(desk.get_by_text("Signed in as Li Wei")).to_be_visible()
    assert links(desk) == ["Ask", "Templates", "Briefings", "Data", "Activity"]
    assert "Load" in tabs(desk, address)
    give(desk, tmp_path / "capital.csv", BEIJING)
    desk.get_by_role("button", name="Load figures (1)").click()
    expect(desk.get_by_text("Loaded as version")).to_be_visible()
    assert loads(store)[-1] == "li.wei@office.cn"
    desk.get_by_role("button", name="Sign out").click()
    desk.wait_for_url("**/oauth2/end_session?**")
    desk.goto(address)
    expect(desk.get_by_role("button", name="Sign in")).to_be_visible()
    told = [(entry.who, entry.did) for entry in entries(store)]
    assert {("li.wei@office.cn", did) for did in ("login", "load", "logout")} <= {*told}
    assert verify(store).whole
