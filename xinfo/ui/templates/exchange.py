"""Handing templates on: all of one's own as one file, and files taken in as drafts, each with the same checks."""

from __future__ import annotations

import streamlit as st

from xinfo.errors import Problems, XinfoError
from xinfo.language.texts import text
from xinfo.stewardship.shelf import Overtaken, read_text
from xinfo.stewardship.text import packed, unpacked
from xinfo.ui import rights, session
from xinfo.ui.templates.desk import desk, do
from xinfo.ui.upload import uploader
from xinfo.understand.template import parse_yaml


def exchange(lang: str) -> None:
    """Draws both ways."""
    own = sorted(session.assets().templates.glob("*.yaml"))
    with st.expander(text("templates.exchange", lang), icon=":material/swap_horiz:"):
        if own and session.may("export"):
            st.download_button(
                text("templates.export", lang, count=len(own)),
                data=rights.on_demand("export", lambda: packed({path.stem: read_text(path) for path in own})),
                file_name="templates.zip", mime="application/zip", on_click="ignore", icon=":material/download:",
            )  # fmt: skip
        if session.may("template"):
            files = uploader(
                text("templates.import", lang),
                lang,
                type=["yaml", "yml", "zip"],
                accept_multiple_files=True,
                key="templates-files",
            )
            st.button(
                text("templates.take_in", lang),
                disabled=not files,
                on_click=_take_in,
                args=(lang,),
                key="templates-take",
            )


def _take_in(lang: str) -> None:
    files = st.session_state["templates-files"] or []
    do("template", lambda: take_in([(file.name, file.getvalue()) for file in files], lang))


def take_in(files: list[tuple[str, bytes]], lang: str) -> str:
    """Each file as a draft; all or none. Raises Problems."""
    at = desk()
    texts = [pair for name, content in files for pair in unpacked(content, name).items()]
    problems, tried = [], []
    for name, said in texts:
        try:
            entry = parse_yaml(said.encode("utf-8"), name)
            template_id = str(entry["id"]) if isinstance(entry, dict) and "id" in entry else "template"
            trial = at.try_out(template_id, said)
            problems += [f"{name}: {one}" for one in trial.problems]
            tried.append((template_id, said))
        except XinfoError as error:
            problems.append(str(error))
    if problems:
        raise Problems(problems)
    for template_id, said in tried:
        head = at.shelf.head(template_id)
        if isinstance(at.save(template_id, said, head.text if head else None), Overtaken):
            raise Problems([text("templates.overtaken_now", lang)])
    return text("templates.taken_in", lang, count=len(tried))
