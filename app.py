"""The browser app: page set-up and navigation. What the pages show is in xinfo/ui."""

import logging

import streamlit as st

from xinfo import shares
from xinfo.errors import InputError, NotAllowed, StoreError, TookTooLong
from xinfo.language.texts import text
from xinfo.query.failure import in_words
from xinfo.ui import activity, ask, briefing, conversations, data, login, past, session, stopping
from xinfo.ui.looks import looks
from xinfo.ui.plain import plain
from xinfo.ui.sidebar import sidebar
from xinfo.ui.templates import page as templates

# Before the navigation, which would fetch the pages' icons from outside for want of another.
st.set_page_config(page_title="xinfo", page_icon=session.ICON)
looks()
lang = session.language()
PAGES = {
    "": ask.page,
    "templates": templates.page,
    "briefings": briefing.page,
    "data": data.page,
    "activity": activity.page,
}


def pages() -> None:
    """Draws the page of the address; those are not there that somebody may not use."""
    asking = st.Page(ask.page, title=text("activity.menu_ask", lang), icon=":material/forum:", default=True)
    kept = st.Page(activity.page, title=text("activity.menu", lang), icon=":material/inbox:", url_path="activity")
    held = st.Page(data.page, title=text("data.menu", lang), icon=":material/grid_on:", url_path="data")
    saved = st.Page(
        templates.page, title=text("templates.menu", lang), icon=":material/bookmarks:", url_path="templates"
    )
    briefings = st.Page(
        briefing.page, title=text("brief.ui.menu", lang), icon=":material/description:", url_path="briefings"
    )
    # Pages that lead to others find them here: they cannot import the page set-up.
    st.session_state.update({"page-ask": asking, "page-data": held, "page-templates": saved})
    shown = st.navigation(
        [
            asking,
            saved,
            *([briefings] if briefing.readable() else []),
            held,
            *([kept] if session.may("teach") else []),
        ]
    )
    st.set_page_config(layout="wide" if shown in (held, saved, kept) else "centered")
    if st.session_state.pop(conversations.TO_ASK, False) and shown is not asking:
        st.switch_page(asking)
    place = sidebar()
    if past.banner(session.language()):
        # Not by `run`: what is typed on a page that runs so is lost where somebody goes on before it has arrived.
        PAGES[shown.url_path]()
    with place:
        conversations.latest(session.language(), "latest")


try:
    with stopping.answering(), shares.PAGES.turn():
        if login.admitted(lang):
            pages()
except NotAllowed as error:
    st.error(plain(str(error)), icon=":material/block:")
except TookTooLong as error:
    st.error(plain(in_words(error, lang)), icon=":material/hourglass:")
except (StoreError, InputError) as error:
    st.error(text(session.stopped(), session.language()), icon=":material/database_off:")
    st.code(str(error), language=None, wrap_lines=True)
except Exception:
    # Fragments and callbacks that fail are Streamlit's to tell; a page that fails says so in its own language.
    logging.getLogger("xinfo.app").exception("a page failed")
    st.error(text("ui.failed", session.language()), icon=":material/error:")
