"""A template's way to its readers: who did what, what a check finds, and the buttons that move it on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from xinfo.ask import Workspace
from xinfo.errors import Problems
from xinfo.frozen import Changed, freeze
from xinfo.language.texts import text
from xinfo.stewardship.desk import Desk
from xinfo.stewardship.removal import needed, of_template
from xinfo.stewardship.shelf import Entry, Overtaken
from xinfo.stewardship.trial import Trial, heard_too, with_frozen
from xinfo.ui import removing, rights, session
from xinfo.ui.plain import plain
from xinfo.ui.templates.browse import go
from xinfo.ui.templates.desk import WORKERS, desk, do, entries
from xinfo.ui.templates.editor import forget
from xinfo.ui.templates.preview import told, tried
from xinfo.ui.templates.versions import table, versions
from xinfo.understand.called import own_phrases
from xinfo.understand.catalog import Catalog
from xinfo.understand.template import Template

LONGEST = 300


def review(template: Template, workspace: Workspace, lang: str) -> None:
    """Draws the state, the check, the results vouched for, and the versions. Raises NotAllowed."""
    rights.require_any(*WORKERS)
    at = desk()
    entry = entries()[template.template_id]
    head = at.shelf.head(template.template_id)
    if head is None:
        return
    trial = tried(template.template_id, head.text)
    st.markdown(text("templates.newest", lang, version=head.number, state=text(f"templates.state.{entry.state}", lang)))
    if returned := _returned(entry):
        st.warning(plain(text("templates.returned", lang, who=returned[0], note=returned[1])), icon=":material/undo:")
    told(trial, lang)
    for changed in trial.changed:
        _changed(changed, workspace.catalog, lang)
    _buttons(entry, trial, at, lang)
    considered = partial(of_template, entry.template_id, at.workspace)
    removing.question(f"template-{entry.template_id}", considered, lang, partial(go, None))
    _vouched(template, head.text, trial, at, lang)
    versions(template.template_id, entry, workspace, lang)


def _returned(entry: Entry) -> tuple[str, str] | None:
    """Who gave the newest version back, and why."""
    last = entry.deeds[-1] if entry.deeds else None
    return (last.who, last.note) if last and last.did == "returned" else None


def _changed(changed: Changed, catalog: Catalog, lang: str) -> None:
    """A result that was frozen beside what it is now."""
    with st.container(border=True):
        st.badge(text("templates.result_changed", lang), icon=":material/difference:", color="orange")
        by = f"{changed.frozen.by} · {changed.frozen.on}".strip(" ·")
        st.markdown(f"**{plain(changed.frozen.question)}** :small[:gray[{plain(by)}]]")
        if changed.reason:
            st.markdown(f":small[{plain(changed.reason)}]")
        before, now = st.columns(2)
        for column, key, rows in ((before, "before", changed.frozen.rows), (now, "now", changed.rows)):
            with column:
                st.markdown(f":small[{text(f'templates.{key}', lang)}]")
                st.table(table(rows, catalog, lang), border="horizontal", hide_index=True)


def _buttons(entry: Entry, trial: Trial, at: Desk, lang: str) -> None:
    name = entry.template_id
    may_review, may_write = session.may("review"), session.may("template")
    own = at.why_not(entry)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if entry.state == "draft" and may_write:
            _button("submit", ":material/send:", lang, "template", lambda: at.submit(name), bool(trial.problems))
        if entry.state in ("draft", "in_review") or entry.outside:
            blocked = bool(trial.problems or own or not may_review)
            key = "accept" if trial.changed else "publish"
            _button(
                key,
                ":material/publish:",
                lang,
                "review",
                lambda: _publish(at, name, bool(trial.changed)),
                blocked,
                at.who,
            )
        if entry.state == "in_review" and may_review:
            with st.popover(text("templates.do.give_back", lang), icon=":material/undo:"):
                note = st.text_input(text("templates.why", lang), max_chars=LONGEST, key="templates-note")
                _button(
                    "give_back",
                    ":material/undo:",
                    lang,
                    "review",
                    lambda: at.give_back(name, st.session_state["templates-note"]),
                    not note.strip(),
                )
        if entry.heard is not None and may_review:
            _button("retire", ":material/archive:", lang, "review", lambda: at.retire(name), kind="tertiary")
        if session.may(needed(entry)):
            removing.button(f"template-{name}", lang)
    for reason in (text(own, lang) if own else "", "" if may_review else may_review.reason):
        if reason and entry.state in ("draft", "in_review"):
            st.markdown(f":small[:material/info: {plain(reason)}]")


def _button(
    key: str, icon: str, lang: str, action: str, work: Callable[[], object], disabled: bool = False, who: str = "",
    kind: str = "secondary",
) -> None:  # fmt: skip
    label = text(f"templates.do.{key}", lang, who=who or text("templates.me", lang))

    def act() -> None:
        def done() -> str:
            deed = {"template": st.query_params.get("template", ""), "step": key}
            session.begin("template", **deed)
            work()
            session.record("template", **deed)
            return text(f"templates.done.{key}", lang)

        do(action, done)

    if key in ("publish", "accept"):
        kind = "primary"
    st.button(plain(label), icon=icon, key=f"do-{key}", disabled=disabled, on_click=act, type=kind)  # type: ignore[arg-type]


def _publish(at: Desk, name: str, accept: bool) -> None:
    trial = at.publish(name, accept)
    if not trial.passed:
        raise Problems([*trial.problems, *map(str, trial.changed)])


def _vouched(template: Template, head: str, trial: Trial, at: Desk, lang: str) -> None:
    """Results that somebody vouched for, and the button that vouches for what is there now."""
    st.header(text("templates.results", lang), anchor=False)
    tested = trial.template.tests.frozen if trial.template else ()
    for one in tested:
        by = " · ".join(part for part in (one.by, one.on, one.store[:12]) if part)
        st.markdown(f":material/lock: {plain(one.question)} :small[:gray[{plain(by)}]]")
    if not tested:
        st.caption(text("templates.no_results", lang))
    if session.may("template") and trial.template and trial.template.pinned:
        st.button(
            text("templates.vouch", lang), icon=":material/lock:", key="vouch", on_click=_vouch,
            args=(template, head, trial, at, lang),
        )  # fmt: skip


def _vouch(template: Template, head: str, trial: Trial, at: Desk, lang: str) -> None:
    def work() -> str:
        assert trial.template
        here = heard_too(trial.template, at.workspace)
        asked = own_phrases(trial.template)[0]
        result = freeze(asked, "en", here, at.who, at.at[:10])
        others = tuple(one for one in trial.template.tests.frozen if one.question != asked)
        if isinstance(at.save(template.template_id, with_frozen(head, (*others, result)), head), Overtaken):
            raise Problems([text("templates.overtaken_now", lang)])
        forget(f"edit-{template.template_id}")
        return text("templates.vouched", lang, count=len(result.rows))

    do("template", work)
