"""The Briefings page on a real store: made from a template, composed, previewed, issued; without a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from briefings import briefing, store
from streamlit.testing.v1 import AppTest

from xinfo.access import keys
from xinfo.audit.verify import entries
from xinfo.briefing import edit, issues, saved
from xinfo.briefing.model import Ask, Text
from xinfo.language.texts import text
from xinfo.ui import opening
from xinfo.ui.plain import bold

PAGE = "from xinfo.ui import briefing\nbriefing.page()"
SECONDS = 240
PHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store(tmp_path_factory.mktemp("app"))


@pytest.fixture(autouse=True)
def _asked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINFO_STORE", str(place))
    opening.forget()


def test_a_briefing_is_made_from_a_template_composed_previewed_and_issued(place: Path) -> None:
    page = AppTest.from_string(PAGE, default_timeout=SECONDS).run()
    assert not page.exception
    page.selectbox(key="brief-place").set_value("xining")
    page.selectbox(key="brief-period").set_value("2015").run()
    page.button(key="brief-make").click().run()
    (name,) = saved.listed(place)
    made = saved.find(place, name)
    assert (made.made_from, made.period) == ("quarterly_progress", "2015")
    page.button(key="brief-make").click().run()
    assert [one.value.replace("\\", "") for one in page.warning] == [text("brief.ui.others.there", "en")]
    assert saved.listed(place) == (name,)
    assert page.button(key="brief-up-section-0").disabled
    assert not page.button(key="brief-down-section-0").disabled

    section = page.text_input(key=f"brief-{name}-section-0-en")
    section.set_value("In short").run()
    page.text_area(key="brief-words-0").set_value("So much: [[GDP of Xining in 2015]].")
    page.radio(key="brief-kind-0").set_value("text").run()
    theirs = saved.find(place, name)
    other = replace(theirs.sections[1], title={"en": "Changed by somebody else"})
    saved.save(place, theirs.with_section(1, other))
    page.button(key="brief-put-0").click().run()
    assert [one.value.replace("\\", "") for one in page.warning] == [text("brief.ui.others.merged", "en")]
    changed = saved.find(place, name)
    assert changed.sections[1] == other
    assert changed.sections[0].title["en"] == "In short"
    assert isinstance(changed.sections[0].items[-1], Text)

    page = AppTest.from_string(PAGE, default_timeout=SECONDS)
    page.session_state["brief-open"] = "files"
    page.run()
    shown = [str(one.value) for one in page.markdown]
    assert any(bold("54 billion yuan") in one for one in shown)
    assert [one for one in shown if one.startswith("#### ")], "what stands in the annex is a level below its heading"
    assert not page.exception

    page = AppTest.from_string(PAGE, default_timeout=SECONDS)
    page.session_state["brief-open"] = "issues"
    page.session_state["who"] = "Sun Wei"
    page.run()
    assert page.button(key="brief-issue").disabled
    page.text_input(key="brief-key-owner").set_value("Li Hua")
    page.text_input(key="brief-key-new").set_value(PHRASE)
    page.text_input(key="brief-key-again").set_value(PHRASE)
    page.button(key="brief-key-make").click().run()
    page.button(key="brief-key-close").click().run()
    page.text_input(key="brief-passphrase").set_value("something else")
    page.button(key="brief-key-open").click().run()
    assert page.button(key="brief-issue").disabled
    page.text_input(key="brief-passphrase").set_value(PHRASE)
    page.button(key="brief-key-open").click().run()
    page.button(key="brief-issue").click().run()
    assert [one.value.replace("\\", "") for one in page.success] == [text("brief.ui.issued", "en", n=1)]
    (signed,) = issues.opened(place, name, 1).signatures
    (key,) = keys.listed(place).values()
    assert (signed.who, signed.key, signed.void) == ("Li Hua", key.id, False)
    logged = [(one.did, one.who) for one in entries(place) if one.did in ("key", "refuse", "begin", "issue")]
    assert logged == [("key", "Li Hua"), ("refuse", "Sun Wei"), ("begin", "Li Hua"), ("issue", "Li Hua")]


def test_an_answer_of_the_template_library_is_added_to_a_briefing(place: Path) -> None:
    page = AppTest.from_string("from xinfo.ui.templates import page\npage.page()", default_timeout=SECONDS)
    page.query_params["template"], page.query_params["view"] = "value", "form"
    page.query_params["with"] = '{"periods":["2015"]}'
    page.run()
    before = set(saved.listed(place))
    page.session_state["to-brief-900000"] = True
    page.run()
    page.selectbox(key="to-which-900000").set_value("+").run()
    page.button(key="to-put-900000").click().run()
    assert not page.exception
    (name,) = set(saved.listed(place)) - before
    (item,) = saved.find(place, name).items()
    assert isinstance(item, Ask)
    assert item.question


def test_items_and_sections_move_and_go() -> None:
    of = briefing()
    assert [item.id for item in edit.moved(of, "own", -1).items()][:2] == ["own", "level"]
    over = edit.moved(edit.moved(of, "word", 1), "word", 1)
    assert [item.id for item in over.sections[1].items][:2] == ["who", "word"]
    assert edit.moved(of, "level", -1) == of
    assert "own" not in [item.id for item in edit.without(of, "own").items()]
    assert edit.section_moved(of, 0, 1).sections == of.sections[::-1]
    assert edit.section_removed(of, 0).sections == of.sections[1:]
    added = edit.added(of, 0, edit.new_item(of, "ask", "GDP of Xining in 2015", "en"))
    assert added.sections[0].items[-1] == Ask("ask1", "GDP of Xining in 2015")
