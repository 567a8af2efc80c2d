"""The quarantine on the page: refused files with their reports, to be taken along, tried again or removed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from xinfo.errors import XinfoError
from xinfo.intake import quarantine
from xinfo.intake.quarantine import Kept
from xinfo.language.texts import text
from xinfo.ui import rights, session
from xinfo.ui.plain import plain

DOT = " · "


def shelf(try_again: Callable[[int], None], lang: str) -> None:
    """A card for each refused file, the newest first; `try_again` takes its number.

    Whoever may load for some places alone sees the files that he brought himself: what is in others is not published.
    """
    kept = [one for one in quarantine.listed(session.store()) if _own(one)]
    if not kept:
        return
    st.header(text("load.shelf.title", lang), anchor=False)
    st.markdown(text("load.shelf.intro", lang))
    for one in reversed(kept):
        with st.container(border=True, key=f"load-kept-{one.number}"):
            _card(one, try_again, lang)


def _own(one: Kept) -> bool:
    return session.person().places("load") is None or one.who == session.who()


def _card(one: Kept, try_again: Callable[[int], None], lang: str) -> None:
    about = (one.at[:16].replace("T", " "), one.who, text("load.shelf.problems", lang, n=f"{one.problems:,}"))
    st.markdown(f"**{plain(one.file)}**  \n:small[:gray[{plain(DOT.join(filter(None, about)))}]]")
    with st.container(horizontal=True, gap="xsmall"):
        _download(one, "report", one.report.read_bytes, "text/csv", f"{one.path.stem}-report.csv", lang)
        _download(one, "file", one.path.read_bytes, "application/octet-stream", one.file, lang)
        st.button(
            text("load.shelf.again", lang),
            icon=":material/replay:",
            type="tertiary",
            key=f"load-again-{one.number}",
            help=text("load.shelf.again_help", lang),
            on_click=try_again,
            args=(one.number,),
        )
        st.button(
            text("load.shelf.remove", lang),
            icon=":material/delete:",
            type="tertiary",
            key=f"load-remove-{one.number}",
            on_click=_consider,
            args=(one.number,),
        )
    if st.session_state.get("load-considered") == one.number:
        st.warning(text("load.shelf.confirm", lang, file=plain(one.file)), icon=":material/help:")
        with st.container(horizontal=True):
            st.button(
                text("load.shelf.do_remove", lang),
                type="primary",
                key=f"load-removed-{one.number}",
                on_click=_remove,
                args=(one.number,),
            )
            st.button(text("load.shelf.leave", lang), key=f"load-stays-{one.number}", on_click=_consider, args=(None,))


def _download(one: Kept, kind: str, content: Callable[[], bytes], mime: str, name: str, lang: str) -> None:
    st.download_button(
        text(f"load.shelf.{kind}", lang),
        rights.on_demand("load", content),
        name,
        mime,
        icon=":material/download:",
        type="tertiary",
        key=f"load-{kind}-{one.number}",
        on_click="ignore",
    )


def _consider(number: int | None) -> None:
    st.session_state["load-considered"] = number


def _remove(number: int) -> None:
    """Removes it for good; somebody else may have been quicker."""
    try:
        session.require("load")
        if _own(quarantine.fetch(session.store(), number)):
            session.record("remove_refused", file=quarantine.remove(session.store(), number).file)
    except XinfoError as error:
        st.session_state["load-trouble"] = str(error)
    _consider(None)
