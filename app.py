"""The browser app: page set-up and navigation. What the pages show is in xinfo/ui."""

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language.texts import text
from xinfo.ui import activity, ask, data, past, session
from xinfo.ui.sidebar import sidebar
from xinfo.ui.templates import page as templates

# Before the navigation, which would fetch the pages' icons from outside for want of another.
st.set_page_config(page_title="xinfo", page_icon=str(session.ICON))
lang = session.language()
asking = st.Page(ask.page, title=text("activity.menu_ask", lang), icon=":material/forum:", default=True)
kept = st.Page(activity.page, title=text("activity.menu", lang), icon=":material/inbox:", url_path="activity")
held = st.Page(data.page, title=text("data.menu", lang), icon=":material/grid_on:", url_path="data")
saved = st.Page(templates.page, title=text("templates.menu", lang), icon=":material/bookmarks:", url_path="templates")
# Pages that lead to the conversation find it here: they cannot import the page set-up.
st.session_state["page-ask"] = asking
shown = st.navigation([asking, saved, held, kept])
st.set_page_config(layout="wide" if shown in (held, saved) else "centered")
sidebar()
try:
    if past.banner(session.language()):
        shown.run()
except StoreError as error:
    st.error(text("ui.no_store", session.language()), icon=":material/database_off:")
    st.code(str(error), language=None, wrap_lines=True)
