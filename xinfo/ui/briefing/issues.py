"""Issues of a briefing: the next one, its signatures, its files and its archive."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from xinfo.ask import Workspace
from xinfo.briefing import archive
from xinfo.briefing import issues as kept
from xinfo.briefing.check.kept import keep
from xinfo.briefing.document import Document
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.files.every import every, zipped
from xinfo.briefing.issues import Issue
from xinfo.briefing.layout import laid_out
from xinfo.briefing.letter import day
from xinfo.briefing.model import Briefing
from xinfo.briefing.names import file_name
from xinfo.briefing.saved import folder
from xinfo.errors import XinfoError
from xinfo.language.texts import languages, text
from xinfo.stewardship.desk import reviewers
from xinfo.ui import rights, session
from xinfo.ui.briefing import held, signing
from xinfo.ui.briefing.files import places_of
from xinfo.ui.plain import plain


def issues(briefing: Briefing, workspace: Workspace, lang: str) -> None:
    """Draws the tab."""
    st.markdown(text("brief.ui.issues_intro", lang))
    signing.panel(lang)
    st.button(
        text("brief.ui.issue", lang), type="primary", icon=":material/new_label:", key="brief-issue",
        on_click=_issue, args=(briefing, workspace, lang), disabled=not signing.who(),
    )  # fmt: skip
    for number in reversed(kept.numbers(session.store(), briefing.id)):
        try:
            _one(kept.opened(session.store(), briefing.id, number), workspace, lang)
        except XinfoError as error:
            st.error(plain(str(error)))


def _issue(briefing: Briefing, workspace: Workspace, lang: str) -> None:
    try:
        session.require("brief", briefing.places)
        langs = (briefing.lang, *(one for one in languages() if one != briefing.lang))
        by = signing.signer()
        session.begin("issue", by.who, briefing=briefing.id, key=by.key.id)
        made = kept.made(session.store(), briefing, workspace, langs, at=session.now(), by=by)
        session.record("issue", by.who, briefing=briefing.id, number=made.number, content=made.mark, key=by.key.id)
        held.say(text("brief.ui.issued", lang, n=made.number))
    except XinfoError as error:
        held.fail(str(error))


def _one(issue: Issue, workspace: Workspace, lang: str) -> None:
    document = issue.documents.get(lang) or next(iter(issue.documents.values()))
    head = f"{text('brief.issue', lang, n=issue.number)} · {day(document.made, lang)}"
    with st.expander(plain(head), key=f"brief-issue-{issue.number}", on_change="rerun") as opened:
        if not opened.open:
            return
        for signed, said in laid_out(document).signatures:
            (st.error if signed.void else st.success)(plain(said), icon=":material/draw:")
        for said in document.since:
            st.markdown(f":small[{plain(said)}]")
        _sign(issue, lang)
        if issue.waits(reviewers(session.store(), session.access_rules())):
            st.info(text("brief.ui.waits", lang), icon=":material/rate_review:")
        else:
            _take(issue, workspace, lang)


def _sign(issue: Issue, lang: str) -> None:
    """The button for the next signature."""
    there = {one.role for one in issue.signatures if not one.void}
    role = next((one for one in kept.ROLES if one not in there), None)
    if not role:
        return
    action = "brief" if role == "author" else "review" if role == "reviewer" else "sign"
    allowed = session.may(action, issue.briefing.places)
    st.button(
        text("brief.ui.sign", lang, role=text(f"brief.role.{role}", lang).lower(), who=plain(signing.who() or "…")),
        icon=":material/draw:", key=f"brief-sign-{issue.number}", on_click=_signed, args=(issue, role, action, lang),
        disabled=not signing.who() or not allowed, help=allowed.reason or None,
    )  # fmt: skip


def _signed(issue: Issue, role: str, action: str, lang: str) -> None:
    try:
        session.require(action, issue.briefing.places)
        by, named = signing.signer(), issue.briefing.id
        about = {"briefing": named, "number": issue.number, "role": role, "key": by.key.id}
        session.begin("sign", by.who, **about)
        done = kept.signed(session.store(), named, issue.number, role, at=session.now(), by=by)
        session.record("sign", by.who, content=done.mark, **about)
        held.say(text("brief.ui.signed", lang, n=issue.number))
    except XinfoError as error:
        held.fail(str(error))


def _written(document: Document, kind: str) -> bytes:
    """The file; what it says is kept beside the store."""
    content = render(document, kind)
    keep(folder(session.store()), content, kind)
    return content


def _take(issue: Issue, workspace: Workspace, lang: str) -> None:
    """Its files, each made when it is asked for, and the archive once all have signed."""
    if not session.may("export"):
        return
    with st.container(horizontal=True, gap="xsmall"):
        for one, document in issue.documents.items():
            for kind, mime in KINDS.items():
                st.download_button(
                    f"{kind.upper()} {text('ui.own_name', one)}",
                    data=rights.on_demand("export", partial(_written, document, kind)),
                    file_name=file_name(document, kind, places_of(document, workspace)(one)), mime=mime,
                    type="tertiary", key=f"brief-file-{issue.number}-{one}-{kind}", on_click="ignore",
                    icon=":material/download:",
                )  # fmt: skip
        st.download_button(
            text("brief.ui.every", lang), data=rights.on_demand("export", partial(_every, issue, workspace)),
            file_name=f"{issue.briefing.id}-{issue.number}-files.zip", mime="application/zip", type="tertiary",
            key=f"brief-files-{issue.number}", on_click="ignore", icon=":material/folder_zip:",
        )  # fmt: skip
    if issue.signed:
        st.download_button(
            text("brief.ui.seal", lang), data=rights.on_demand("export", _sealed(issue, workspace)),
            mime="application/zip", disabled=not signing.who(), help=text("brief.ui.seal_help", lang),
            file_name=f"{issue.briefing.id}-{issue.number}.zip", key=f"brief-seal-{issue.number}", on_click="ignore",
            icon=":material/archive:",
        )  # fmt: skip


def _every(issue: Issue, workspace: Workspace) -> bytes:
    """Its files in every format and both languages."""
    documents = list(issue.documents.values())
    files = every(documents, places_of(documents[0], workspace), lambda what, part: None)
    return zipped(files, partial(keep, folder(session.store())))


def _sealed(issue: Issue, workspace: Workspace) -> Callable[[], bytes]:
    """The archive, sealed by whoever is at this browser now, when it is asked for."""
    if not signing.who():
        return lambda: b""
    by = signing.signer()
    note = session.noting(
        "seal", by.who, briefing=issue.briefing.id, number=issue.number, content=issue.mark, key=by.key.id
    )

    def made() -> bytes:
        content = archive.sealed(issue, workspace, at=session.now(), by=by)
        note()
        return content

    return made
