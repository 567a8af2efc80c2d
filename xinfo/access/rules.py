"""The file of rules: which roles an address or a group has, for which places. Decides nothing of a deed.

    login_hours: 12
    people:
      li.wei@example.gov.cn: steward
      wang.fang@example.gov.cn:
        roles: [analyst, reviewer]
        places: [西宁市]
    groups:
      statistics-office: viewer
    everyone: viewer

`people` go by the claim `email`, `groups` by the claim `groups`; `address_claim` and `groups_claim` name others.
`everyone` is whoever can log in. A key that starts with @ stands for all addresses that end so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xinfo.access.person import ROLES, Grant, Person, may
from xinfo.errors import InputError, did_you_mean
from xinfo.store.names import names_of

LARGEST = 1_000_000
"""Bytes of a file of rules."""
_FIELDS = ("login_hours", "address_claim", "groups_claim", "people", "groups", "everyone")
_OF_ENTRY = ("roles", "places")
Find = Callable[[str], str]
"""The id of a place by its name; raises InputError for a name that is none."""


@dataclass(frozen=True)
class Rules:
    """What each address and each group is granted."""

    people: Mapping[str, tuple[Grant, ...]]
    groups: Mapping[str, tuple[Grant, ...]]
    everyone: tuple[Grant, ...]
    address_claim: str = "email"
    groups_claim: str = "groups"
    login_hours: float = 12
    """A login is asked for again after so many hours."""
    unknown: tuple[str, ...] = ()
    """What is said of places that the store does not know; they are granted to nobody."""

    def person(self, claims: Mapping[str, Any]) -> Person:
        """Who logs in with these claims of the provider. An address that the provider says is not verified is none."""
        unverified = self.address_claim == "email" and claims.get("email_verified") is False
        written = "" if unverified else str(claims.get(self.address_claim) or "").strip()
        address = written.casefold()
        grants = [*self.everyone]
        if address:
            ending = address[address.rfind("@") :] if "@" in address else ""
            grants += [*self.people.get(address, ()), *self.people.get(ending, ())]
        for group in _groups(claims.get(self.groups_claim)):
            grants += self.groups.get(group, ())
        known_by = address or str(claims.get("sub") or "")
        return Person(known_by, str(claims.get("name") or written or known_by), tuple(dict.fromkeys(grants)))

    def able(self, action: str, addresses: Iterable[str] = ()) -> frozenset[str]:
        """Who may do something: of the people named here, and of further addresses."""
        named = (address for address in self.people if not address.startswith("@"))
        every = frozenset((*named, *addresses))
        return frozenset(one for one in every if may(self.person({self.address_claim: one}), action))


def beside(store: Path) -> Path:
    """Where the rules of a store are, unless they are said to be elsewhere."""
    return store.with_name(store.name + ".access.yaml")


def read_rules(path: Path, find: Find) -> Rules:
    """The rules of a file. Raises InputError that says what is wrong, where, and what was expected."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} is too large for a file of rules", f"at most {LARGEST:,} bytes")
        tree = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"the rules of access {path} cannot be read: {error.strerror}") from error
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(f"{path}{f', line {mark.line + 1}' if mark else ''}: no YAML") from error
    if not isinstance(tree, dict):
        raise InputError(f"{path} holds no rules", "'people', 'groups' or 'everyone'")
    return _Reading(path.name, find).rules(tree)


def rules_on(path: Path, version: Path) -> Rules:
    """The rules of a file as it stands now, for a version of a store, which knows the places. Raises the same."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0, version)


def checked_rules(path: Path, version: Path) -> Rules:
    """The same. Raises InputError for places that the store does not know, too."""
    found = rules_on(path, version)
    if found.unknown:
        raise InputError("; ".join(found.unknown))
    return found


@lru_cache(maxsize=4)
def _read(path: Path, written: int, version: Path) -> Rules:
    return read_rules(path, names_of(version).find)


class _Reading:
    """Takes the tree of one file apart; notes what places it names that there are not."""

    def __init__(self, file: str, find: Find):
        self.file, self.find = file, find
        self.unknown: list[str] = []

    def rules(self, tree: dict[Any, Any]) -> Rules:
        self._known("", tree, _FIELDS)
        people = {key.casefold(): grants for key, grants in self._entries("people", tree)}
        groups = dict(self._entries("groups", tree))
        everyone = tuple(self._grants("everyone", tree["everyone"])) if "everyone" in tree else ()
        claims = {name: str(tree[name]) for name in ("address_claim", "groups_claim") if name in tree}
        hours = tree.get("login_hours", 12)
        if isinstance(hours, bool) or not isinstance(hours, int | float) or hours <= 0:
            raise InputError(f"{self.file}: login_hours is '{hours}'", "a number of hours")
        return Rules(people, groups, everyone, login_hours=float(hours), unknown=tuple(self.unknown), **claims)

    def _entries(self, section: str, tree: dict[Any, Any]) -> Iterator[tuple[str, tuple[Grant, ...]]]:
        found = tree.get(section) or {}
        if not isinstance(found, dict):
            raise InputError(f"{self.file}: {section} is no list of names with their roles", "'name: role' a line")
        for key, entry in found.items():
            yield str(key).strip(), tuple(self._grants(f"{section}: {key}", entry))

    def _grants(self, where: str, entry: Any) -> Iterator[Grant]:
        """Of 'steward', [analyst, reviewer], or {roles: …, places: …}."""
        places = None
        if isinstance(entry, dict):
            self._known(where, entry, _OF_ENTRY)
            if "places" in entry:
                places = frozenset(self._places(where, entry["places"]))
            entry = entry.get("roles")
        roles = [entry] if isinstance(entry, str) else entry
        if not isinstance(roles, list) or not roles:
            raise InputError(f"{self.file}: {where}: no role", f"one or more of {', '.join(ROLES)}")
        for role in roles:
            self._known(where, [role], tuple(ROLES))
            yield Grant(role, places)

    def _places(self, where: str, names: Any) -> Iterator[str]:
        if not isinstance(names, list):
            raise InputError(f"{self.file}: {where}: places is no list", "such as [西宁市, Beijing]")
        for name in names:
            try:
                yield self.find(str(name))
            except InputError as error:
                self.unknown.append(f"{self.file}: {where}: {error}")

    def _known(self, where: str, found: Any, known: tuple[str, ...]) -> None:
        for name in found:
            if name not in known:
                at = f"{where}: " if where else ""
                hint = did_you_mean(str(name), known) or f"; expected one of {', '.join(known)}"
                raise InputError(f"{self.file}: {at}'{name}' is not known{hint}")


def _groups(claim: Any) -> list[str]:
    """The groups of a claim: a list, or one name."""
    return [str(name) for name in claim] if isinstance(claim, list | tuple) else [str(claim)] if claim else []
