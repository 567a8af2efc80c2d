"""The Templates page, driven without a browser on a tiny store and a library of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import kept
from xinfo.language.texts import languages, texts
from xinfo.review import CHARTS
from xinfo.ui import opening, welcome
from xinfo.ui.templates import browse, desk, preview

PAGE = "from xinfo.ui.templates import page\npage.page()"
HALF = "id: half\nuses: rank\nslots: {metric: gdp"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store, and where its own templates lie: one that is published, and half a file."""
    folder = tmp_path_factory.mktemp("page")
    kept.store(folder)
    return folder / "tiny.duckdb", kept.own(folder, coast_board=kept.BOARD, half=HALF)


@pytest.fixture
def page(shared: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("XINFO_STORE", str(shared[0]))
    for cached in (welcome.starters, desk._entries, desk._beside, preview._tried):
        cached.cache_clear()
    browse.first_answer.cache_clear()
    page = AppTest.from_string(PAGE, default_timeout=90)
    page.session_state["who"] = "li wei"
    yield page
    opening.forget()


def said(page: AppTest) -> str:
    assert not page.exception, page.exception
    pieces = [
        *page.title,
        *page.header,
        *page.subheader,
        *page.markdown,
        *page.success,
        *page.error,
        *page.info,
        *page.warning,
    ]
    return "\n".join(piece.value for piece in pieces).replace("\\", "").replace("\u2060", "")


def pressed(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def opened(page: AppTest, template: str, view: str = "form") -> AppTest:
    page.query_params["template"], page.query_params["view"] = template, view
    return page.run()


def test_the_library_finds_what_is_searched_and_lists_a_broken_file_with_its_line(page: AppTest) -> None:
    page.run()
    found = said(page)
    assert re.search(r"(?m)^:small\[half\.yaml:\d: no YAML", found), found
    page.text_input(key="templates-search").input("letter coast").run()
    cards = [button.key for button in page.button if str(button.key).startswith("open-")]
    assert cards == ["open-coast_board"]
    assert "Not reviewed" in said(page)
    page.text_input(key="templates-search").input("e-commerce grew fastest").run()
    assert "open-rank" in [button.key for button in page.button]
    page.segmented_control(key="templates-kind").set_value("drafts").run()
    assert "No template matches." in said(page)


def test_a_form_answers_with_what_stands_in_its_fields_and_the_address_keeps_it(page: AppTest) -> None:
    page.query_params["with"] = '{"periods":["2013"]}'
    opened(page, "coast_board")
    assert "in 2013" in said(page)
    assert "metric: GDP" in said(page)
    page.selectbox(key="form-coast_board-periods-0-gdp").set_value("2014").run()
    assert "in 2014" in said(page)
    assert "2014" in str(page.query_params["with"])


def test_a_shipped_template_opens_as_a_form_too(page: AppTest) -> None:
    opened(page, "rank")
    assert "The" in said(page)
    assert page.number_input(key="form-rank-n").value


def test_what_makes_a_question_one_of_its_kind_has_no_field(page: AppTest) -> None:
    opened(page, "yes_no_of_sets")
    assert not page.exception
    assert page.selectbox(key="form-yes_no_of_sets-cmp").value == ">"


def test_a_new_one_with_sql_has_its_fields_and_every_chart_a_name(page: AppTest) -> None:
    opened(page, "new")
    assert "edit-new-name-en" in [field.key for field in page.text_input]
    assert all(f"templates.charts.{name}" in texts(lang) for name in CHARTS for lang in languages())


@pytest.mark.long
def test_a_change_is_a_draft_until_somebody_else_publishes_it(page: AppTest, shared: tuple[Path, Path]) -> None:
    opened(page, "coast_board", "edit")
    page.text_input(key="edit-coast_board-tags").input("letter, sea").run()
    pressed(page, "edit-coast_board-save")
    assert "Version 2 is saved as a draft." in said(page)
    assert "tags: [letter]" in (shared[1] / "coast_board.yaml").read_text(encoding="utf-8")
    pressed(page, "vouch")
    assert "rows: 2" in said(page)
    page.session_state["who"] = "wang fang"
    opened(page, "coast_board", "review")
    pressed(page, "do-publish")
    assert "Now available to everyone" in said(page)
    text = (shared[1] / "coast_board.yaml").read_text(encoding="utf-8")
    assert "tags: [letter, sea]" in text
    assert "# the rest is pinned" in text


def test_a_link_to_what_is_not_there_says_so(page: AppTest) -> None:
    opened(page, "gone")
    assert "There is no template “gone” here" in said(page)
