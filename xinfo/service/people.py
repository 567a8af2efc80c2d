"""Who a program asks for: the person of the token that it shows, with the roles that the rules grant him now.

Tokens and rules are read again when their files have changed, so that whatever is revoked counts from the next request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from xinfo.access import tokens
from xinfo.access.rules import Rules, read_rules
from xinfo.service.service import Caller
from xinfo.store import versions
from xinfo.store.names import names_of


class People:
    """Those whose tokens a store knows."""

    def __init__(self, store: Path, rules: Path, now: Callable[[], str]):
        """`now` gives the time as ISO text. Reads nothing yet."""
        self._store, self._path, self._now = store, rules, now

    def caller(self, shown: str, way: str) -> Caller | None:
        """On whose behalf somebody with this token asks; None where it is none. Raises InputError, StoreError."""
        every = _tokens(self._store, _written(tokens.beside(self._store)))
        token = tokens.find(every, shown, self._now()[:10])
        if not token:
            return None
        rules = _rules(self._path, _written(self._path), versions.current(self._store))
        claims = {rules.address_claim: token.address, rules.groups_claim: list(token.groups)}
        return Caller(rules.person(claims), way, token.number)


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=4)
def _tokens(store: Path, written: int) -> tuple[tokens.Token, ...]:
    return tokens.listed(store)


@lru_cache(maxsize=4)
def _rules(path: Path, written: int, version: Path) -> Rules:
    return read_rules(path, names_of(version).find)
