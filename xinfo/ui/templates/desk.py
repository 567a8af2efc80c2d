"""The session's desk: whose it is, on which figures, and what stands on the shelf. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache

import streamlit as st

from xinfo.ask import Workspace
from xinfo.errors import Problems, XinfoError
from xinfo.language.texts import text
from xinfo.stewardship.desk import Desk
from xinfo.stewardship.shelf import Entry, Shelf
from xinfo.stewardship.trial import heard_too, made
from xinfo.store.assets import Assets
from xinfo.ui import opening, session
from xinfo.understand.template import Template

SAID = "templates-said"
"""Of the session: what came of the last thing that was done, told once."""
WORKERS = ("template", "review")
"""Whoever may do one of these sees what is not published."""


def desk() -> Desk:
    """What this person works at. Raises StoreError."""
    shared = session.opened(*session.figures())
    return Desk(shared, session.who(), session.now(), session.access_rules())


def entries() -> dict[str, Entry]:
    """How each template of one's own stands, by id."""
    return _entries(session.assets(), session.edition()[1])


@lru_cache(maxsize=4)
def _entries(assets: Assets, edition: tuple[int, int]) -> dict[str, Entry]:
    return {entry.template_id: entry for entry in Shelf(assets.store).entries()}


def is_own(template: Template) -> bool:
    return session.assets().is_own(template.path)


def at_work() -> bool:
    """Whether the person at the browser writes or reviews templates."""
    return any(session.may(action) for action in WORKERS)


def known(workspace: Workspace) -> tuple[Template, ...]:
    """What this person hears, and for those who work on templates what else stands on the shelf.

    Others' drafts and retired ones are no one else's, by a link neither.
    """
    if not at_work():
        return workspace.templates
    assets = session.assets()
    return (
        *workspace.templates,
        *_beside(session.figures()[0], assets, session.edition(), session.who()),
    )


@lru_cache(maxsize=8)
def _beside(version: str, assets: Assets, edition: object, person: str) -> tuple[Template, ...]:
    workspace = opening.hearing(version, assets, False, person)
    heard = {template.template_id for template in workspace.templates}
    shelf, found = Shelf(assets.store), []
    for name, entry in entries().items():
        if name not in heard and entry.newest:
            with suppress(XinfoError):
                found.append(made(shelf.version(name, entry.newest).text, shelf.file(name), workspace))
    return tuple(found)


def hearing_too(template: Template, workspace: Workspace) -> Workspace:
    """The workspace, with the template where this person does not hear it yet."""
    if any(template is one for one in workspace.templates):
        return workspace
    return heard_too(template, workspace)


def do(action: str, work: Callable[[], str]) -> bool:
    """Does something this person must be allowed to do; what came of it is told once at the top of the page."""
    try:
        session.require(action)
        st.session_state[SAID] = ("green", (work(),))
    except Problems as problems:
        st.session_state[SAID] = ("red", problems.problems)
    except XinfoError as error:
        st.session_state[SAID] = ("red", (str(error),))
    return bool(st.session_state[SAID][0] == "green")


def problems(said: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """What a trial found, without the folders that files lie in."""
    return without_folders(said) or (text("templates.nothing_wrong", lang),)


def without_folders(said: Iterable[str]) -> tuple[str, ...]:
    """What was found in files, which are named without the folders of the assets."""
    assets = session.assets()
    return tuple(one.replace(f"{assets.templates}/", "").replace(f"{assets.shipped}/", "") for one in said)
