"""Who someone is here and what he may do, with the reason in words. Reads no file and knows no login.

A role is a set of actions; a grant is a role, for some places or for all. Whoever has no grant may do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xinfo.language.texts import listing, text

ACTIONS = ("ask", "export", "load", "restore", "teach", "template", "brief", "review", "sign", "audit", "confirm")
"""Ask and see; download; load files; bring versions back; teach the vocabulary; write templates; write briefings;
review templates and briefings; sign issues; read the log; confirm who published loaded figures and what they are."""
_SEEING = frozenset({"ask", "export"})
ROLES = {
    "viewer": _SEEING,
    "analyst": _SEEING | {"load", "template", "brief"},
    "reviewer": _SEEING | {"review", "sign"},
    "steward": frozenset(ACTIONS),
}
"""What each role may do, the least first."""


@dataclass(frozen=True)
class Grant:
    """A role that someone has; `places` are the ids of those it holds for, None for all."""

    role: str
    places: frozenset[str] | None = None


@dataclass(frozen=True)
class Person:
    """Someone who uses xinfo."""

    address: str
    """What the login knows him by; empty where there is no login."""
    name: str = ""
    grants: tuple[Grant, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """In the order of ROLES."""
        held = {grant.role for grant in self.grants}
        return tuple(role for role in ROLES if role in held)

    @property
    def signature(self) -> str:
        """What stands under his deeds: the address, which nobody can choose, or else the name."""
        return self.address or self.name

    def places(self, action: str) -> frozenset[str] | None:
        """The places that he may do it for; None for all, none where he may not at all."""
        able = [grant.places for grant in self.grants if action in ROLES[grant.role]]
        if any(places is None for places in able):
            return None
        return frozenset().union(*(places for places in able if places is not None))


@dataclass(frozen=True)
class Verdict:
    """Whether someone may, and if not, why."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def anybody(name: str = "") -> Person:
    """Whoever sits at a machine without login: he may do everything, under the name that he gives."""
    return Person("", name, (Grant("steward"),))


def may(
    person: Person, action: str, places: Iterable[str] = (), lang: str = "en", named: Callable[[str], str] = str
) -> Verdict:
    """Whether someone may do something, for all of these places; `named` says a place's id in words."""
    if not person.grants:
        return Verdict(False, text("access.no_role", lang, who=person.signature))
    what = text(f"access.action.{action}", lang)
    if not any(action in ROLES[grant.role] for grant in person.grants):
        able = [text(f"access.role.{role}", lang) for role, actions in ROLES.items() if action in actions]
        held = listing([text(f"access.role.{role}", lang) for role in person.roles], lang)
        needed = text("access.or", lang).join(able)
        return Verdict(False, text("access.not_of_role", lang, what=what, needed=needed, held=held))
    own = person.places(action)
    if own is None or not (others := sorted(set(places) - own)):
        return Verdict(True)
    said = {
        "others": listing([named(place) for place in others], lang),
        "own": listing([named(place) for place in sorted(own)], lang) or text("access.nowhere", lang),
    }
    return Verdict(False, text("access.not_of_place", lang, what=what, **said))
