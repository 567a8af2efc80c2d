"""Who a program asks for: the person of the token that it shows, with the roles that the rules grant him now.

Tokens and rules are read again when their files have changed, so that whatever is revoked counts from the next request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from xinfo.access import tokens
from xinfo.access.rules import rules_on
from xinfo.service.service import Caller
from xinfo.store import versions


class People:
    """Those whose tokens a store knows."""

    def __init__(self, store: Path, rules: Path, now: Callable[[], str]):
        """`now` gives the time as ISO text. Reads nothing yet."""
        self._store, self._path, self._now = store, rules, now

    def caller(self, shown: str, way: str) -> Caller | None:
        """On whose behalf somebody with this token asks; None where it is none. Raises InputError, StoreError."""
        path = tokens.beside(self._store)
        every = _tokens(self._store, path.stat().st_mtime_ns if path.exists() else 0)
        token = tokens.find(every, shown, self._now()[:10])
        if not token:
            return None
        rules = rules_on(self._path, versions.current(self._store))
        claims = {rules.address_claim: token.address, rules.groups_claim: list(token.groups)}
        return Caller(rules.person(claims), way, token.number)


@lru_cache(maxsize=4)
def _tokens(store: Path, written: int) -> tuple[tokens.Token, ...]:
    return tokens.listed(store)
