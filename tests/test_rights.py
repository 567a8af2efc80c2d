"""Roles × what they do × the doors to it: each tried as each role, past whatever buttons a page shows or hides."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import token
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from tests import kept
from xinfo.access.signing import of_login
from xinfo.ask import open_workspace
from xinfo.briefing import issues, saved
from xinfo.briefing.model import Ask, Briefing, Section
from xinfo.errors import NotAllowed
from xinfo.stewardship import removal
from xinfo.stewardship.shelf import Shelf
from xinfo.store.assets import Assets
from xinfo.ui import programs, session
from xinfo.ui.doors import Doors
from xinfo.ui.templates import desk

BEHIND = Path(__file__).parent / "rights" / "behind.py"
AT = "2016-03-01T08:00:00+08:00"
RULES = """
people:
  viewer@office.cn: viewer
  local@office.cn: {roles: analyst, places: [西宁市]}
  analyst@office.cn: analyst
  reviewer@office.cn: reviewer
  steward@office.cn: steward
"""
NOBODY, VIEWER, LOCAL, ANALYST, REVIEWER, STEWARD = ROLES = (
    "nobody", "viewer", "local", "analyst", "reviewer", "steward",
)  # fmt: skip
ANYBODY = {VIEWER, LOCAL, ANALYST, REVIEWER, STEWARD}
ANALYSTS = {LOCAL, ANALYST, STEWARD}
REVIEWERS = {REVIEWER, STEWARD}
BEIJING = {ANALYST, STEWARD}
BEHIND_THE_PAGE = {
    "ask": ANYBODY,
    "data": ANYBODY,
    "library": ANYBODY,
    "load tab": ANALYSTS,
    "load": ANALYSTS,
    "set aside": ANALYSTS,
    "try again": ANALYSTS,
    "restore version": {STEWARD},
    "remove version": {STEWARD},
    "confirm": {STEWARD},
    "activity": {STEWARD},
    "teach": {STEWARD},
    "new SQL": ANALYSTS,
    "editor": ANALYSTS,
    "review": ANALYSTS | REVIEWERS,
    "others' draft": ANALYSTS | REVIEWERS,
    "save template": ANALYSTS,
    "take in": ANALYSTS,
    "restore template": ANALYSTS,
    "publish": REVIEWERS,
    "remove published": REVIEWERS,
    "briefings": ANALYSTS | REVIEWERS,
    "change Xining's": ANALYSTS,
    "change Beijing's": BEIJING,
    "take Beijing's over": BEIJING,
    "remove Xining's": ANALYSTS,
    "remove Beijing's": BEIJING,
    "put Beijing's back": BEIJING,
    "issue Beijing's": BEIJING,
    "sign as author": BEIJING,
    "sign as reviewer": REVIEWERS,
    "sign at last": REVIEWERS,
    "export": ANYBODY,
    "take the log": {STEWARD},
}
OVER_HTTP = (
    "/ask?question=GDP of Beijing in 2014",
    "/prove?question=GDP of Beijing in 2014",
    "/suggest?text=GDP",
    "/held",
    "/figures",
    "/templates",
    "/templates/rank",
    "/definitions",
    "/definitions/gdp",
    "/export?format=csv&question=GDP of Beijing in 2014",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Figures that wait to be confirmed, a board that is heard, somebody's draft, briefings of two cities, an issue."""
    folder = tmp_path_factory.mktemp("rights")
    store, _ = kept.with_something_to_confirm(folder)
    draft = kept.BOARD.replace("coast_board", "harbour").replace("seaside list", "harbour list")
    Shelf(store).save("harbour", draft, None, "li wei", AT)
    for place, name in (("xining", "paper"), ("beijing", "paper"), ("beijing", "gone")):
        section = Section({}, (Ask("a", f"GDP of {place.title()} in 2014"),))
        saved.save(store, Briefing(f"{place}-{name}", {"en": "Paper"}, "en", (section,), place))
    workspace = open_workspace(store, kept.QUERIES)
    issues.made(store, saved.find(store, "beijing-paper"), workspace, ("en",), at=AT, by=of_login(store, "li wei", AT))
    removal.remove(store, removal.of_briefing(store, "beijing-gone"), who="li wei", at=AT)
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """As it was made, for each role anew; the versions stay where they are, so that they are opened once."""
    aside = tmp_path / "as-made"
    shutil.copytree(made, aside, ignore=_versions)
    monkeypatch.setenv("XINFO_STORE", str(made / "tiny.duckdb"))
    monkeypatch.setenv("XINFO_ACCESS", str(made / "rules.yaml"))
    for cached in (session._then, session._past, desk._entries, desk._beside):
        cached.cache_clear()
    yield made / "tiny.duckdb"
    for path in set(made.iterdir()) - {made / name for name in _versions(made, [one.name for one in made.iterdir()])}:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(aside, made, dirs_exist_ok=True)


def _versions(_: object, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith((".duckdb", ".versions"))]


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=pytest.mark.long if role in (LOCAL, ANALYST, REVIEWER, STEWARD) else ())
        for role in ROLES
    ],
)
def test_each_page_link_and_deed_asks_for_the_right_itself(role: str, store: Path) -> None:
    page = AppTest.from_file(str(BEHIND), default_timeout=180)
    address = f"{role}@office.cn"
    page.user = {"is_logged_in": True, "email": address, "name": role, "iat": time.time()}
    for name in BEHIND_THE_PAGE:
        page.session_state["tried"] = name
        page.run()
        assert not page.exception, page.exception
    refused = {name for name in BEHIND_THE_PAGE if page.session_state[f"refused-{name}"]}
    assert refused == {name for name, able in BEHIND_THE_PAGE.items() if role not in able}


@pytest.mark.parametrize("role", ROLES)
def test_each_endpoint_asks_for_the_right_itself(role: str, store: Path) -> None:
    served = Starlette(routes=programs.routes(
        programs.service(Assets(kept.QUERIES, store)), store, Doors(rules=store.with_name("rules.yaml"))
    ))  # fmt: skip
    api = TestClient(served, base_url="http://127.0.0.1:8501", raise_server_exceptions=False)
    assert {api.get(f"/api{path}").status_code for path in OVER_HTTP} == {401}, "nobody without a token"
    api.headers["authorization"] = f"Bearer {token(store, f'{role}@office.cn')}"
    replies = {path: api.get(f"/api{path}").status_code for path in OVER_HTTP}
    assert replies == dict.fromkeys(OVER_HTTP, 200 if role in ANYBODY else 403)
    assert "harbour" not in api.get("/api/templates").text, "nobody's draft but his own"


def test_whoever_lost_a_right_cannot_use_what_an_open_page_still_offers(store: Path) -> None:
    page = AppTest.from_string(
        "import streamlit as st\nfrom xinfo.ui import rights\n"
        "st.session_state['file'] = rights.on_demand('export', lambda: b'x')",
        default_timeout=60,
    )
    page.user = {"is_logged_in": True, "email": "viewer@office.cn", "name": "v", "iat": time.time()}
    page.run()
    file = page.session_state["file"]
    assert file() == b"x"
    rules = store.with_name("rules.yaml")
    rules.write_text(RULES.replace("  viewer@office.cn: viewer\n", ""), encoding="utf-8")
    with pytest.raises(NotAllowed, match="has no role here"):
        file()
