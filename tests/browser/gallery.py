"""Every state of every element on one page: `streamlit run tests/browser/gallery.py`, `?part=charts` for one part."""

from __future__ import annotations

import re
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.cards import CATALOG, META, TURNS
from tests.samples import CHARTS
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace
from xinfo.store.build import build
from xinfo.ui.card import STATUS_BADGES, turn_card
from xinfo.ui.chart import chart
from xinfo.ui.code.box import Verdict, code_box
from xinfo.ui.looks import looks
from xinfo.ui.templates.badges import COLOURS, ICONS
from xinfo.ui.typeahead.box import Heard, ask_box
from xinfo.ui.upload import uploader
from xinfo.understand.suggest import Suggestion

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("primary", "secondary", "tertiary")
WORDS = ("Newest", "Most asked")
PROPOSALS = tuple(Suggestion(f"GDP of {place} in 2015", "place", "Place") for place in ("Xining", "Wuhan"))


def cards() -> None:
    """An answer, and why there is none."""
    chosen = st.query_params.get_all("card")
    for turn in TURNS:
        if not chosen or str(turn.number) in chosen:
            turn_card(turn, CATALOG, META, ask=lambda question: None)


@st.cache_resource
def demonstration() -> Workspace:
    store = Path(tempfile.mkdtemp()) / "demo.duckdb"
    build(store, shipped=ROOT / "data", data=None, built_at="2016-02-01T08:00:00")
    return open_workspace(store, ROOT / "queries")


def charts() -> None:
    """Each kind of chart, as an answer of the demonstration store draws it."""
    for kind, question in CHARTS.items():
        answer = demonstration().conversation("en").ask(question, "en")
        assert isinstance(answer, Answer)
        st.subheader(kind, anchor=False)
        with st.container(border=True):
            chart(answer, f"chart-{kind}")


def controls() -> None:
    """What is pressed, chosen and filled in: at rest, chosen, and where it cannot be used."""
    for disabled in (False, True):
        with st.container(horizontal=True):
            for kind in KINDS:
                st.button(kind, type=kind, icon=":material/add:", disabled=disabled, key=f"{kind}-{disabled}")  # type: ignore[arg-type]
        end = f"-{disabled}"
        st.segmented_control("Order", WORDS, default=WORDS[0], disabled=disabled, key="segmented" + end)
        st.pills("Tags", WORDS, default=WORDS[0], disabled=disabled, key="pills" + end)
        st.radio("Language", WORDS, horizontal=True, disabled=disabled, key="radio" + end)
        st.selectbox("Period", WORDS, disabled=disabled, key="select" + end)
        st.text_input("Name", "li wei", disabled=disabled, key="text" + end)
        st.text_area("Account", "For the mayor", disabled=disabled, key="area" + end)
        st.toggle("Published figures only", disabled=disabled, key="toggle" + end)
        st.checkbox("All of them", disabled=disabled, key="check" + end)
    with st.expander("How this was calculated"), st.popover("Save", icon=":material/bookmark_add:"):
        st.text_input("Name (English)")
    st.tabs(["Compose", "Preview and files", "Issues"])
    uploader("Files", "en")


def badges() -> None:
    """What figures can be, and who stands behind a template."""
    with st.container(horizontal=True):
        for status, (colour, icon) in STATUS_BADGES.items():
            st.badge(status, icon=icon, color=colour)  # type: ignore[arg-type]
    with st.container(horizontal=True):
        for state, colour in COLOURS.items():
            st.badge(state, icon=ICONS[state], color=colour)  # type: ignore[arg-type]


def messages() -> None:
    """What went well, what is to know, what needs care, what failed, and what is under way."""
    st.success("Saved.", icon=":material/check:")
    st.info("12 figures are new.", icon=":material/info:")
    st.warning("The figures of 1 March 2016 are asked.", icon=":material/history:")
    st.error("Row 3, column “value”: “12,4” is no number. Expected: digits, as in 12.4.", icon=":material/error:")
    st.code("xinfo build", language=None)
    st.progress(0.4, "1,200 of 3,000 rows")
    st.caption("Still working, 3 s")


def boxes() -> None:
    """The box empty and with a question to be changed; the field for SQL with good and with bad."""
    ask_box(lambda text: Heard(PROPOSALS), "en", "Ask about the figures", 400, key="box-empty")
    ask_box(lambda text: Heard(), "zh", "输入问题", 400, begin="西宁市2015年地区生产总值", key="box-begun")
    code_box("SQL", "select value from observation", lambda text: Verdict(True, "Passes the guard"), "code-good")
    bad = Verdict(False, "There is no table “figures” (line 2, column 6).", 2, 6)
    code_box("SQL", "select value\nfrom figures", lambda text: bad, "code-bad")


def font() -> None:
    """The app's own face, which `xinfo serve` gives to its page alone."""
    static = ROOT / "static"
    rules = re.sub(
        r"url\((.*?)\)",
        lambda found: f"url(data:font/woff2;base64,{b64encode((static / found[1]).read_bytes()).decode()})",
        (static / "faces.css").read_text(encoding="utf-8"),
    )
    st.html(f"<style>{rules}</style>")


PARTS: dict[str, Callable[[], None]] = {
    "cards": cards, "charts": charts, "controls": controls, "badges": badges, "messages": messages, "boxes": boxes,
}  # fmt: skip

st.set_page_config(page_title="xinfo gallery", layout="centered")
looks()
font()
for name, part in PARTS.items():
    if name in (st.query_params.get_all("part") or PARTS):
        st.header(name, anchor=False)
        part()
