"""'Published figures only': the one switch for it, kept in the person's browser and in links, or set for all.

A link decides for the session that it opens; else what the person chose last; a server or store that is set so for
all leaves no choice.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import streamlit as st

from xinfo.errors import StoreError
from xinfo.language.texts import text
from xinfo.store.opening import notes
from xinfo.store.schema import PUBLISHED_ONLY
from xinfo.ui import address

COOKIE, KEY, CHOSEN = "xinfo_published", "published", "published-chosen"
FOR_ALL = "XINFO_PUBLISHED_ONLY"
"""Set where the server was started for published figures only."""
JS = """
export default function ({ data }) {
  const kept = `path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  document.cookie = `${data.name}=${data.chosen}; ${kept}`;
}
"""

_keep = st.components.v2.component("xinfo_published", js=JS)


def toggle(lang: str, held: bool) -> None:
    """Draws the switch; `held`, it stands still: nobody may choose."""
    # In every run, as the language: a click before the first one has ended would else find nothing chosen.
    st.session_state[KEY] = held or bool(st.session_state.get(KEY, _came_with()))
    only = st.toggle(
        text("ui.published", lang),
        key=KEY,
        help=text("ui.published_for_all" if held else "ui.published_help", lang),
        disabled=held,
        on_change=_chosen,
    )
    address.keep(KEY, "true" if only else "")
    if CHOSEN in st.session_state:
        _keep(key="published-kept", data={"name": COOKIE, "chosen": str(st.session_state[CHOSEN]).lower()}, height=0)


def choose(only: bool) -> None:
    """From the next run on the published figures are asked, alone or with the others, as if the switch was moved."""
    st.session_state[KEY] = only
    _chosen()


def only(version: str) -> bool:
    """Whether the published figures of a version are asked alone."""
    return for_all(version) or bool(st.session_state.get(KEY, False))


def for_all(version: str) -> bool:
    """Whether the server, or the store in this version, is set to answer from published figures only."""
    return bool(os.environ.get(FOR_ALL)) or _is_set(version)


@lru_cache(maxsize=16)
def _is_set(version: str) -> bool:
    try:
        return PUBLISHED_ONLY in notes(Path(version))
    except StoreError:
        return False  # whoever opens it to ask says what is wrong


def _came_with() -> bool:
    """What the link says that opened the session, else the choice that the browser keeps."""
    return str(st.query_params.get(KEY, st.context.cookies.get(COOKIE, ""))).lower() == "true"


def _chosen() -> None:
    st.session_state[CHOSEN] = bool(st.session_state[KEY])
