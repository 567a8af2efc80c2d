"""What a role may not do is not shown, and refused behind; rights that are withdrawn end at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from panels import HERE, figure, write_csv
from streamlit.testing.v1 import AppTest

from xinfo.audit.verify import entries
from xinfo.store.build import build
from xinfo.ui import opening, session

ROOT = Path(__file__).resolve().parents[1]
RULES = """
people:
  li@office.cn: steward
  wang@office.cn: {roles: analyst, places: [西宁市]}
  zhao@office.cn: viewer
  chen@office.cn: reviewer
"""
TRIES = """
import streamlit as st
from xinfo.errors import NotAllowed, StoreError
from xinfo.ui import activity, briefing, session
from xinfo.ui.data.history import _restore
from xinfo.ui.data.load import draft

_restore(1, "en")
tries = {
    "load": lambda: draft.Draft(session.store()).load("2016", "x"),
    "set_aside": lambda: draft.Draft(session.store()).set_aside("2016", "x"),
    "fetch": lambda: draft.Draft(session.store()).try_again(1),
    "activity": activity.page,
}
for name, act in tries.items():
    try:
        act()
        st.markdown(f"{name} done")
    except NotAllowed as error:
        st.markdown(f"{name}: {error}")
    except StoreError:
        pass  # allowed, and there is no such file
st.markdown(f"who {session.who()}, briefings {briefing.readable()}")
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("access")
    write_csv(folder / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(folder / "store.duckdb", shipped=HERE, data=folder / "data", built_at="2016-01-10T08:00:00+08:00")
    return folder / "store.duckdb"


@pytest.fixture(autouse=True)
def served(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules of an office where people sign in."""
    rules = tmp_path / "access.yaml"
    rules.write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("XINFO_STORE", str(store))
    monkeypatch.setenv("XINFO_ACCESS", str(rules))
    opening.forget()
    for cached in (session._then, session._past):
        cached.cache_clear()
    return rules


def signed_in(page: AppTest, address: str, **claims: Any) -> AppTest:
    page.user = {"is_logged_in": True, "email": address, "name": address, "iat": time.time(), **claims}
    page.run()
    assert not page.exception
    return page


def app(address: str, **claims: Any) -> AppTest:
    return signed_in(AppTest.from_file(str(ROOT / "app.py"), default_timeout=180), address, **claims)


def said(page: AppTest) -> str:
    pieces = [*page.title, *page.markdown, *page.info, *page.error, *page.sidebar.markdown]
    return "\n".join(piece.value for piece in pieces).replace("\u2060", "").replace("\\", "")


def test_who_has_not_signed_in_sees_the_way_in_alone() -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)
    page.user = {"is_logged_in": False}
    page.run()
    assert [button.key for button in page.button] == ["sign-in"]
    assert "Please sign in" in said(page)


def test_a_login_of_yesterday_is_asked_for_again() -> None:
    page = app("li@office.cn", iat=time.time() - 13 * 3600)
    assert [button.key for button in page.button] == ["sign-in"]
    assert "signed in for 12 hours" in said(page)
    assert [button.key for button in app("li@office.cn", iat=None).button] == ["sign-in"]
    assert [button.key for button in app("li@office.cn", iat=time.time() + 3600).button] == ["sign-in"]


@pytest.mark.parametrize(
    ("address", "refused", "briefings"),
    [
        ("zhao@office.cn", {"load", "set_aside", "fetch", "activity"}, False),
        ("wang@office.cn", {"activity"}, True),
        ("chen@office.cn", {"load", "set_aside", "fetch", "activity"}, True),
    ],
)
def test_what_is_not_shown_is_refused_behind(store: Path, address: str, refused: set[str], briefings: bool) -> None:
    page = signed_in(AppTest.from_string(TRIES, default_timeout=180), address)
    told = said(page)
    assert {line.split(":")[0] for line in told.splitlines() if "you need the role" in line} == refused
    assert f"who {address}, briefings {briefings}" in told
    assert "To restore or remove versions, you need the role steward" in page.session_state["history-trouble"]
    mine = [entry for entry in entries(store) if entry.who == address and entry.did == "refuse"]
    assert {entry.what["action"] for entry in mine} >= {"restore", "teach"}


def test_the_name_of_a_login_cannot_be_typed() -> None:
    page = AppTest.from_string("from xinfo.ui.data.who import who\nwho('en', 'who-field')", default_timeout=180)
    page.session_state["who"] = "somebody else"
    signed_in(page, "li@office.cn")
    assert not page.text_input
    assert "Recorded under your login, li@office.cn" in said(page)


@pytest.mark.long
def test_withdrawn_rights_end_with_the_next_click(served: Path) -> None:
    page = app("zhao@office.cn")
    assert "Signed in as" in said(page)
    served.write_text(RULES.replace("  zhao@office.cn: viewer\n", ""), encoding="utf-8")
    page.run()
    assert "zhao@office.cn has no role here" in said(page)
    assert [button.key for button in page.button] == ["sign-out"]


def test_broken_rules_let_nobody_in(served: Path) -> None:
    page = app("li@office.cn")
    served.write_text("people: {li@office.cn: king}", encoding="utf-8")
    page.run()
    assert "cannot be read" in said(page)
    assert not page.button
