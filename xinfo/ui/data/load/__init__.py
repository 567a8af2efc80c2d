"""The Load tab: files, how their tables are read, what they bring, and then a new version. A step shows the next."""

from __future__ import annotations

import streamlit as st

from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.intake.report import Report
from xinfo.language.texts import text
from xinfo.store import versions
from xinfo.ui import metrics, session
from xinfo.ui.data.load import job as jobs
from xinfo.ui.data.load import report as reports
from xinfo.ui.data.load.claims import claims
from xinfo.ui.data.load.done import done, note
from xinfo.ui.data.load.doubts import doubts
from xinfo.ui.data.load.draft import Draft, under_way
from xinfo.ui.data.load.files import files, take_in, troubles, try_again
from xinfo.ui.data.load.job import Job
from xinfo.ui.data.load.reading import tables
from xinfo.ui.data.load.sample import sample
from xinfo.ui.data.load.shelf import shelf
from xinfo.ui.data.who import who
from xinfo.understand.catalog import Catalog

EVERY = 1.0
"""Seconds between two looks at how far the work is."""


def load(workspace: Workspace, lang: str) -> None:
    """Draws the tab; files go into the current version, whatever state is being asked. Raises NotAllowed."""
    session.require("load")
    draft = under_way()
    if draft.job and draft.job.finished(jobs.PATIENCE):
        _ended(draft, lang)
    done(lang)
    if session.known_on():
        st.info(text("load.into_now", lang), icon=":material/history:")
    if draft.job:
        _working(draft.job, lang)
        return
    files(draft, lang)
    troubles(draft, lang)
    if draft.files:
        # Names for ids are those of now, also where an earlier state is asked.
        catalog = session.opened(str(versions.current(session.store())), False).catalog
        _steps(draft, catalog, lang)
    else:
        sample(workspace, lambda name, content: take_in([(name, content)]), lang)
    shelf(try_again, lang)


def _ended(draft: Draft, lang: str) -> None:
    """What the work gave: after a load the tab begins anew."""
    job = draft.finish()
    if job and job.cancelled and not job.report:
        draft.trouble = text("load.cancelled", lang)
    if job and job.kind == "load":
        metrics.loaded(job.report.outcome if job.report else "failed")
    if job and job.kind == "load" and job.report and job.report.outcome == "loaded":
        note(job.report)
        del st.session_state["load-draft"]
        st.rerun()


def _working(job: Job, lang: str) -> None:
    """How far it is, looked at once a second, and the button that calls it off."""

    @st.fragment(run_every=EVERY)
    def watched() -> None:
        if job.finished():
            st.rerun()
        st.progress(job.done, text(f"load.working.{job.kind}", lang, percent=f"{job.done:.0%}"))
        st.button(
            text("load.stopping" if job.cancelled else "load.cancel", lang),
            icon=":material/stop_circle:",
            disabled=job.cancelled,
            on_click=job.cancel,
            key="load-cancel",
        )

    watched()


def _steps(draft: Draft, catalog: Catalog, lang: str) -> None:
    """How tables are read; once that is confirmed, what the files bring; once nothing is open, the load itself."""
    report = draft.report
    if not report:
        return
    tables(draft, catalog, lang)
    if draft.unsettled() and not report.wrong:
        return
    st.header(text("load.brings", lang), anchor=False)
    reports.counts(report, lang)
    doubts(draft, catalog, lang)
    reports.lines(report, catalog, lang)
    if report.outcome == "refused":
        _refused(draft, report, lang)
    elif not draft.unsettled() and report.outcome == "ready":
        _go(draft, report, lang)


def _refused(draft: Draft, report: Report, lang: str) -> None:
    """Nothing of a refused file is loaded; it is kept for mending, and the others may go on."""
    good = [file for file in draft.files if file.name not in report.wrong]
    told = "load.some_refused" if good else "load.all_refused"
    st.error(text(told, lang, n=len(report.wrong), all=len(draft.files)), icon=":material/block:")
    who(lang, "load-who")
    st.button(
        text("load.set_aside_some" if good else "load.set_aside", lang),
        type="primary",
        icon=":material/inventory_2:",
        key="load-set-aside",
        on_click=_set_aside,
    )


def _set_aside() -> None:
    draft = under_way()
    try:
        draft.set_aside(session.now(), session.who())
    except XinfoError as error:
        draft.trouble = str(error)


def _go(draft: Draft, report: Report, lang: str) -> None:
    """The name, and the button that writes."""
    changes = report.count("new") + report.count("revised")
    if not changes:
        st.info(text("load.nothing_new", lang), icon=":material/task_alt:")
        return
    if report.count("conflict"):
        st.warning(text("load.conflicts", lang), icon=":material/call_split:")
    claims(draft, report, lang)
    who(lang, "load-who")
    st.button(
        text("load.go", lang, n=f"{changes:,}"),
        type="primary",
        icon=":material/upload:",
        key="load-go",
        on_click=_begin,
        args=(lang,),
    )


def _begin(lang: str) -> None:
    try:
        if not under_way().load(session.now(), session.who()):
            st.session_state["load-trouble"] = text("load.changed", lang)
    except XinfoError as error:
        st.session_state["load-trouble"] = str(error)
