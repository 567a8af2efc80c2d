"""The History tab and questions as known on a day, on a real store with three versions; without a browser."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv
from streamlit.testing.v1 import AppTest

from xinfo.language.texts import text
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.confirm import confirm
from xinfo.store.history import history
from xinfo.ui import opening, session, welcome
from xinfo.ui.data.differences import to_csv

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "GDP of Xining in 2014"
PAGE = "from xinfo.ui import data, past, session\npast.control('en')\npast.banner('en')\ndata.page()"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built in January; in March 2014 is revised and 2015 added; in April both are confirmed."""
    folder = tmp_path_factory.mktemp("three")
    store = folder / "store.duckdb"
    write_csv(
        folder / "data" / "observation.csv",
        [figure("gdp", "2013", 4_000_000_000), figure("gdp", "2014", 5_000_000_000)],
    )
    build(store, shipped=HERE, data=folder / "data", built_at="2016-01-10T08:00:00+08:00", who="li")
    more = folder / "march" / "observation.csv"
    write_csv(more, [figure("gdp", "2014", 6_000_000_000), figure("gdp", "2015", 7_000_000_000)])
    add(store, [more], built_at="2016-03-10T09:30:00+08:00", who="wang")
    confirm(store, "observation.csv", "published", at="2016-04-10T09:30:00+08:00", who="wang")
    return folder


@pytest.fixture
def store(three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the store with three versions."""
    store = tmp_path / "store.duckdb"
    shutil.copytree(three, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("XINFO_STORE", str(store))
    opening.forget()
    for cached in (session._then, session._past, welcome.starters):
        cached.cache_clear()
    yield store
    opening.forget()


@pytest.fixture
def tab(store: Path) -> AppTest:
    page = AppTest.from_string(PAGE, default_timeout=60)
    page.session_state["data-open"] = "history"
    return page.run()


def said(page: AppTest) -> str:
    pieces = [
        *page.title,
        *page.header,
        *page.subheader,
        *page.markdown,
        *page.warning,
        *page.success,
        *page.info,
        *page.error,
    ]
    return "\n".join(piece.value for piece in pieces).replace("\\", "")


def cells(table: object) -> list[list[str]]:
    frame = table.value  # type: ignore[attr-defined]
    hidden = str.maketrans({"\\": None, "\u2060": None, "\u2011": "-"})
    return [[str(cell).translate(hidden) for cell in row] for row in frame.values.tolist()]


def test_versions_are_listed_newest_first_and_the_current_one_is_marked(tab: AppTest) -> None:
    assert not tab.exception
    rows = cells(tab.table[0])
    assert rows[0][:2] == ["**3** :green-badge[current]", "2016-04-10 09:30 · wang"]
    assert "observation.csv" in rows[0][2]
    assert rows[1][3] == "1 new, 1 revised"
    assert rows[2][1:3] == ["2016-01-10 08:00 · li", "Build: observation.csv"]


def test_any_two_versions_are_compared_in_words(tab: AppTest) -> None:
    waiting = "uploaded, not confirmed"
    assert cells(tab.table[1]) == [
        [
            "changed",
            "Xining · GDP · 2014 · observation.csv",
            "5000000000 yuan · published",
            "6000000000 yuan · published",
        ],
        ["removed", "Xining · GDP · 2014 · observation.csv", f"6000000000 yuan · {waiting}", "–"],
        [
            "changed",
            "Xining · GDP · 2015 · observation.csv",
            f"7000000000 yuan · {waiting}",
            "7000000000 yuan · published",
        ],
    ]
    tab.selectbox(key="history-old-3").set_value(1).run()
    assert {row[0] for row in cells(tab.table[1])} == {"changed", "added"}
    tab.selectbox(key="history-new-3").set_value(1).run()
    assert text("data.compare.itself", "en") in said(tab)


def test_the_differences_can_be_taken_along_whole(store: Path, tab: AppTest) -> None:
    here = session.opened(str(history(store)[-1].path), False)
    content = to_csv(store, 1, 3, here.catalog, here.contents.methods, "en").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) == 3
    assert rows[0][:4] == ["Change", "Figure", "From", "To"]
    assert rows[1][4:] == ["published", "xining gdp 2014 observation.csv"]


def test_a_version_is_brought_back_once_that_is_confirmed(store: Path, tab: AppTest) -> None:
    tab.selectbox(key="history-one").set_value(1).run()
    tab.button(key="history-restore").click().run()
    assert "copied into a new version, 4" in said(tab)
    assert len(history(store)) == 3
    tab.text_input(key="history-who").set_value("  zhao ").run()
    tab.button(key="history-confirm").click().run()
    assert not tab.exception
    last = history(store)[-1]
    assert (last.number, last.restored, last.who, last.current) == (4, 1, "zhao", True)
    assert "Version 4 is now current" in said(tab)
    assert cells(tab.table[0])[0][0] == "**4** :green-badge[current]"


def test_a_restore_that_is_left_changes_nothing(store: Path, tab: AppTest) -> None:
    tab.selectbox(key="history-one").set_value(2).run()
    tab.button(key="history-restore").click().run()
    tab.button(key="history-leave").click().run()
    assert "copied into a new version" not in said(tab)
    assert len(history(store)) == 3


def test_a_damaged_version_cannot_be_brought_back_and_that_is_said(store: Path, tab: AppTest) -> None:
    tab.selectbox(key="history-one").set_value(2).run()
    tab.button(key="history-restore").click().run()
    path = history(store)[1].path
    assert path
    path.write_bytes(b"")
    tab.button(key="history-confirm").click().run()
    assert not tab.exception
    assert "damaged" in said(tab)


def app_on(store: Path, day: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if day:
        app.query_params["known_on"] = day
    app.query_params["q"] = [QUESTION]
    return app.run()


def test_a_link_keeps_the_day_and_one_click_leads_back_to_now(store: Path) -> None:
    app = app_on(store, "2016-02-01")
    assert not app.exception
    assert "5 billion yuan" in said(app)
    said_first = "As known on 1 February 2016: version 1, made on 10 January 2016. Nothing loaded later is included."
    assert app.warning[0].value == said_first
    assert "As known on 1 February 2016: figures from version 1" in said(app)
    assert any("known_on=2016-02-01" in str(copied.proto) for copied in app.get("bidi_component"))
    app.button(key="known-back").click().run()
    assert "6 billion yuan" in said(app)
    assert not app.warning
    assert "known_on" not in app.query_params


def test_a_day_is_chosen_in_the_sidebar_and_goes_into_the_address(store: Path) -> None:
    app = app_on(store)
    assert "6 billion yuan" in said(app)
    app.date_input(key="known_on").set_value(date(2016, 1, 20)).run()
    assert "5 billion yuan" in said(app)
    assert app.query_params["known_on"] in ("2016-01-20", ["2016-01-20"])


def test_a_day_before_the_first_version_is_said_on_the_page(store: Path) -> None:
    app = app_on(store, "2010-06-01")
    assert not app.exception
    assert app.warning[0].value == "No figures were known on 1 June 2010."
    app.button(key="known-back").click().run()
    assert "6 billion yuan" in said(app)


def test_a_version_can_be_asked_from_its_place_in_the_history(tab: AppTest) -> None:
    tab.selectbox(key="history-one").set_value(2).run()
    tab.button(key="history-ask").click().run()
    assert tab.session_state["known_on"] == date(2016, 3, 10)
    assert tab.warning[0].value.startswith("As known on 10 March 2016: version 2")
