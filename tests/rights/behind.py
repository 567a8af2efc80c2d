"""What stands behind each page, link and button, run as a page: whatever is refused leaves the reason in the log.

`tried` of the session says which of them to run.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from xinfo.audit.verify import entries
from xinfo.briefing import issues as kept_issues
from xinfo.briefing import saved
from xinfo.errors import XinfoError
from xinfo.loop.proposals import Proposal, Trial
from xinfo.stewardship import removal
from xinfo.stewardship.desk import Desk
from xinfo.store import bin
from xinfo.ui import activity, ask, briefing, data, removing, rights, session, teach
from xinfo.ui.briefing import held
from xinfo.ui.briefing.issues import _issue, _signed
from xinfo.ui.data import confirm
from xinfo.ui.data.history import _restore
from xinfo.ui.data.load import load
from xinfo.ui.data.load.draft import Draft
from xinfo.ui.templates import desk, page
from xinfo.ui.templates.editor import _save
from xinfo.ui.templates.exchange import _take_in
from xinfo.ui.templates.review import _publish
from xinfo.ui.templates.versions import _restore as _restore_template

BOARD = "coast_board"


def linked(**to: str) -> None:
    """The Templates page by a link."""
    st.query_params.clear()
    st.query_params.from_dict(to)
    page.page()
    st.query_params.clear()


def draft_by_link() -> None:
    """Others' drafts are there for those who work on templates; nobody else finds any by their link."""
    shown = [template.template_id for template in desk.known(session.here())]
    if "harbour" not in shown:
        session.require("template")


def of(place: str) -> Any:
    return saved.find(session.store(), f"{place}-paper")


def changed(place: str) -> None:
    held.take(replace(of(place), title={"en": "Changed"}), of(place))


def moved() -> None:
    """Another's briefing cannot become one's own by saying that it is about one's own place."""
    held.take(replace(of("beijing"), place="xining"), of("beijing"))


def removed(place: str) -> None:
    removing._remove(lambda: removal.of_briefing(session.store(), f"{place}-paper"), "en", None)


def put_back() -> None:
    with suppress(StopIteration):
        removing._put_back(next(one.number for one in bin.listed(session.store()) if one.name == "beijing-gone"), "en")


def signed(role: str, action: str) -> None:
    _signed(kept_issues.opened(session.store(), "beijing-paper", 1), role, action, "en")


def at_desk(action: str, work: Callable[[Desk], object]) -> None:
    desk.do(action, lambda: str(work(desk.desk())))


def of_version() -> None:
    removing._remove(partial(removal.of_version, 1, session.assets()), "en", None)


def take_in() -> None:
    st.session_state["templates-files"] = []
    _take_in("en")


def loaded() -> None:
    Draft(session.store()).load("2016", "x")


TRIES: dict[str, Callable[[], object]] = {
    "ask": ask.page,
    "data": data.page,
    "library": linked,
    "load tab": lambda: load(session.here(), "en"),
    "load": loaded,
    "set aside": lambda: Draft(session.store()).set_aside("2016", "x"),
    "try again": lambda: Draft(session.store()).try_again(1),
    "restore version": lambda: _restore(1, "en"),
    "remove version": of_version,
    "confirm": lambda: confirm._confirm(confirm.waiting(session.store())[0], 1, ()),
    "activity": activity.page,
    "teach": lambda: teach._take(Trial(Proposal("x", "metric", "gdp"), (), (), (), 0), (), "en"),
    "new SQL": lambda: linked(template="new"),
    "editor": lambda: linked(template=BOARD, view="edit"),
    "review": lambda: linked(template=BOARD, view="review"),
    "others' draft": draft_by_link,
    "save template": lambda: _save(BOARD, "", "", "edit", "en"),
    "take in": take_in,
    "restore template": lambda: _restore_template(BOARD, 1, "en"),
    "publish": lambda: at_desk("review", lambda at: _publish(at, BOARD, False)),
    "remove published": lambda: removing._remove(partial(removal.of_template, BOARD, session.here()), "en", None),
    "briefings": briefing.page,
    "change Xining's": lambda: changed("xining"),
    "change Beijing's": lambda: changed("beijing"),
    "take Beijing's over": moved,
    "remove Xining's": lambda: removed("xining"),
    "remove Beijing's": lambda: removed("beijing"),
    "put Beijing's back": put_back,
    "issue Beijing's": lambda: _issue(of("beijing"), session.here(), "en"),
    "sign as author": lambda: signed("author", "brief"),
    "sign as reviewer": lambda: signed("reviewer", "review"),
    "sign at last": lambda: signed("signer", "sign"),
    "export": rights.on_demand("export", lambda: b""),
    "take the log": rights.on_demand("audit", lambda: b""),
}


def refused() -> int:
    return sum(entry.did == "refuse" for entry in entries(session.store()))


name = st.session_state["tried"]
before = refused()
with suppress(XinfoError, IndexError, KeyError):
    TRIES[name]()
st.session_state[f"refused-{name}"] = refused() > before
