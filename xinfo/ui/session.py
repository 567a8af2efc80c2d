"""What a browser session holds: the workspace it asks on, its language and its dialogue. Draws nothing.

Of the keys in the session, `lang`, `published` and `known_on` belong to widgets of the sidebar; the address holds them
as well. `who` is the name that loads are made under where there is no login.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from xinfo import audit
from xinfo.access import person as access
from xinfo.access.person import Person, Verdict, anybody
from xinfo.access.rules import Rules, rules_on
from xinfo.ask import Workspace
from xinfo.errors import NotAllowed, StoreError, XinfoError
from xinfo.language.texts import languages
from xinfo.service.form import deed
from xinfo.shipped import SHIPPED
from xinfo.store import history, versions
from xinfo.store.assets import Assets
from xinfo.store.history import Version
from xinfo.ui import metrics, opening, published
from xinfo.ui.clock import now as now
from xinfo.ui.dialogue import Dialogue, Turn

ICON, LOGO = "/app/static/icon.png", "/app/static/logo.png"
"""Addresses: a file would be read, looked into and sent at each click."""
QUERIES = SHIPPED / "queries"


def store() -> Path:
    """The store that the app was started on."""
    return Path(os.environ.get("XINFO_STORE") or versions.DEFAULT_STORE)


def assets() -> Assets:
    """The templates and words of the store that the app was started on."""
    return Assets(QUERIES, store())


def edition() -> tuple[opening.Changes, opening.Changes]:
    """As what they stand now: it differs once a word or a template has changed."""
    return opening.edition(assets())


def figures() -> tuple[str, bool]:
    """The version of the store that is asked, and whether its published figures alone. Raises StoreError."""
    day = known_on()
    version = then(day).path if day else versions.current(store())
    return str(version), published.only(str(version))


def here() -> Workspace:
    """The workspace that this session asks on: it hears this person's own drafts, and knows of an earlier state.

    Raises StoreError.
    """
    workspace = opening.hearing(figures()[0], assets(), figures()[1], who())
    day = known_on()
    return replace(workspace, known_on=(day, then(day))) if day else workspace


def known_on() -> date | None:
    """The day as on which the figures are asked for: chosen, else named by the address; None for now."""
    if "known_on" in st.session_state:
        chosen: date | None = st.session_state["known_on"]
        return chosen
    with contextlib.suppress(ValueError):
        return date.fromisoformat(st.query_params.get("known_on", ""))
    return None


def then(day: date) -> Version:
    """The version that counted on a day. Raises StoreError where that cannot be told."""
    return _then(store(), day, tuple(versions.listed(store())))


@lru_cache(maxsize=16)
def _then(store: Path, day: date, at_hand: tuple[Path, ...]) -> Version:
    return history.known_on(store, day)


def past() -> tuple[Version, ...]:
    """Every version of the store, oldest first. Raises StoreError where there is no store."""
    pointed: Path | None = None
    with contextlib.suppress(StoreError):
        pointed = versions.current(store())
    return _past(store(), tuple(versions.listed(store())), pointed)


@lru_cache(maxsize=4)
def _past(store: Path, at_hand: tuple[Path, ...], current: Path | None) -> tuple[Version, ...]:
    return history.history(store)


def kept() -> dict[str, str]:
    """What an address must hold beside its question, so that it leads to the same figures."""
    only, day = st.session_state.get("published"), known_on()
    return ({"published": "true"} if only else {}) | ({"known_on": day.isoformat()} if day else {})


def stopped() -> str:
    """Which text says why a page cannot go on at all."""
    with contextlib.suppress(StoreError):
        if versions.missing(store()):
            return "ui.no_store"
    return "ui.stopped"


def opened(version: str, published: bool) -> Workspace:
    """The workspace on these figures that everybody shares."""
    return opening.opened(version, assets(), published)


def browser_language() -> str:
    """The browser's language where there are texts for it, else English."""
    wanted = (st.context.locale or "").split("-")[0].lower()
    return wanted if wanted in languages() else "en"


def language() -> str:
    """The chosen language, else the one that the address names, else the browser's."""
    named = st.session_state.get("lang") or st.query_params.get("lang")
    return str(named) if named in languages() else browser_language()


def dialogue() -> Dialogue:
    """This session's dialogue on the current figures in the chosen language; it begins with what is `linked`."""
    workspace = opening.on_cluster(here())
    if "dialogue" not in st.session_state:
        st.session_state.dialogue = Dialogue(workspace, language())
        st.session_state.linked = st.query_params.get_all("q")
    held: Dialogue = st.session_state.dialogue
    if (held.workspace, held.lang) != (workspace, language()):
        held.ask_again(workspace, language())
    return held


def linked() -> list[str]:
    """The questions that the address held when the dialogue began, told once."""
    questions: list[str] = st.session_state.pop("linked", [])
    return questions


def person() -> Person:
    """Who sits at the browser, as the rules know him; without a login whoever says a name, who may do everything.

    Raises InputError where the rules cannot be read: then nobody may do anything.
    """
    if not (rules := access_rules()):
        return anybody(str(st.session_state.get("who", "")))
    return person_of(st.user.to_dict(), rules)


def person_of(claims: Mapping[str, Any], rules: Rules) -> Person:
    """Who a login says somebody is; nobody, where it is none or too old."""
    if not claims.get("is_logged_in") or stale(claims, rules):
        return Person("")
    return rules.person(claims)


AHEAD = 300
"""Seconds that the login's clock may be ahead of this machine's."""


def stale(claims: Mapping[str, Any], rules: Rules) -> bool:
    """Whether a login is so long ago that it is asked for again, or of a time to come: then a clock was set back."""
    since = claims.get("iat")
    return not isinstance(since, int | float) or not -AHEAD <= time.time() - since <= 3600 * rules.login_hours


def access_rules() -> Rules | None:
    """The rules of who may do what; None where the app was started without a login. Raises InputError."""
    if not (named := os.environ.get("XINFO_ACCESS")):
        return None
    return rules_on(Path(named), versions.current(store()))


def may(action: str, places: Iterable[str] = ()) -> Verdict:
    """Whether the person at the browser may do something, one of access.person.ACTIONS; if not, why, in words."""
    known = here().catalog.places if places else {}
    lang = language()

    def named(place: str) -> str:
        return known[place].name(lang) if place in known else place

    return access.may(person(), action, places, lang, named)


def require(action: str, places: Iterable[str] = ()) -> None:
    """Raises NotAllowed, with the reason in words, unless the person at the browser may do this."""
    if not (verdict := may(action, places)):
        record("refuse", action=action, reason=verdict.reason)
        raise NotAllowed(verdict.reason)


def who() -> str:
    """What stands under the deeds of this session: the login's address, else the name that was given; may be empty."""
    return person().signature


def record(did: str, by: str = "", **what: Any) -> None:
    """Notes a deed of this session in the log. Where that cannot be written the deed stands; the app's log tells."""
    noting(did, by, **what)()


def begin(did: str, by: str = "", **what: Any) -> None:
    """Notes that a deed of this session is about to count; `by` signs it with a key. Raises StoreError.

    What cannot be noted is not done.
    """
    audit.record(store(), audit.BEGUN, who=by or who(), at=now(), what={"deed": did, **what})


def asked(turn: Turn, **how: str) -> None:
    """Notes and counts a question of this session."""
    record("ask", **deed(turn.question, turn.reply), **how)
    metrics.asked(turn.reply)


def noting(did: str, by: str = "", **what: Any) -> Callable[..., None]:
    """What notes a deed of this session later, from any thread, with more that is known then."""
    at_hand, by = store(), by or who()
    mark = ""
    with contextlib.suppress(StoreError):
        mark = here().meta.get("fingerprint", "")

    def note(**more: str) -> None:
        try:
            audit.record(at_hand, did, who=by, at=now(), what=more | what, fingerprint=mark)
        except XinfoError:
            metrics.UNLOGGED.inc()
            logging.getLogger(__name__).exception("the log could not be written")

    return note
