"""Where files are dropped, with its words in the language of the page: Streamlit has its own in English alone."""

from __future__ import annotations

from typing import Any

import streamlit as st

from xinfo.language.texts import text

_DROP = "[data-testid=stFileUploaderDropzone]"
_STYLE = """<style>
{drop} button p {{ font-size: 0; }} /* Still the name of the button, which has no other. */
{drop} button p::after {{ content: "{upload}"; font-size: 1rem; }}
{drop} [data-testid=stFileUploaderDropzoneInstructions] span {{ display: none; }}
{drop} [data-testid=stFileUploaderDropzoneInstructions]::after {{ content: "{limit}"; font-size: 0.875rem; }}
</style>"""


def uploader(label: str, lang: str, **options: Any) -> Any:
    """`st.file_uploader` with these options; what it gives."""
    limit = text("ui.upload_limit", lang, size=st.get_option("server.maxUploadSize"))
    st.html(_STYLE.format(drop=_DROP, upload=text("ui.upload", lang), limit=limit))
    return st.file_uploader(label, **options)
