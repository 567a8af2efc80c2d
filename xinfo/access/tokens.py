"""Tokens by which programs show on whose behalf they ask. Knows no roles: those are what the rules say of the address.

`<store>.tokens/tokens.json` beside the store holds each token's number, its address and the hash of its secret, never
the secret: whoever reads the file can ask nothing with it. A token counts until its last day, or until it is revoked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

from xinfo.errors import InputError, StoreError
from xinfo.store.locks import alone
from xinfo.store.whole import write_whole

WRITTEN = re.compile(r"xinfo_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
OWNERS = 0o600
"""The mode of the file: for its owner alone."""
WAIT = 10.0
"""Seconds for others that change them."""


@dataclass(frozen=True)
class Token:
    """What is kept of a token."""

    number: str
    address: str
    """Of the person on whose behalf it asks."""
    groups: tuple[str, ...]
    until: str
    """The last day on which it counts: 2017-02-01."""
    hash: str


def beside(store: Path) -> Path:
    """The file of a store."""
    return store.with_name(store.name + ".tokens") / "tokens.json"


def listed(store: Path) -> tuple[Token, ...]:
    """Every token that was made and not revoked. Raises StoreError where the file cannot be read."""
    path = beside(store)
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Token(**{**entry, "groups": tuple(entry["groups"])}) for entry in entries)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"the tokens in {path} cannot be read; make them anew with: xinfo access token") from error


def make(store: Path, address: str, groups: Sequence[str], until: str) -> str:
    """A new token, as it is shown once. Raises StoreError, and InputError where it cannot be written."""
    number, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    with _changing(store):
        _write(store, (*listed(store), Token(number, address, tuple(groups), until, _hash(secret))))
    return f"xinfo_{number}_{secret}"


def revoke(store: Path, number: str) -> Token:
    """Takes a token away, at once. Raises InputError where there is none of this number, StoreError."""
    with _changing(store):
        every = listed(store)
        found = next((token for token in every if token.number == number), None)
        if not found:
            raise InputError(f"there is no token {number}", "one of those that 'xinfo access tokens' lists")
        _write(store, tuple(token for token in every if token != found))
    return found


def find(tokens: Sequence[Token], shown: str, today: str) -> Token | None:
    """Which of the tokens somebody shows; None where it is none, was revoked or has run out."""
    written = WRITTEN.fullmatch(shown)
    found = next((token for token in tokens if written and token.number == written[1]), None)
    if not (written and found and hmac.compare_digest(found.hash, _hash(written[2]))):
        return None
    return found if today <= found.until else None


def _changing(store: Path) -> AbstractContextManager[None]:
    place = beside(store).parent
    return alone(place / "LOCK", f"the tokens in {place} are being changed; try again", WAIT)


def _hash(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash: nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _write(store: Path, tokens: Sequence[Token]) -> None:
    content = json.dumps([asdict(token) for token in tokens], indent=1, ensure_ascii=False)
    write_whole(beside(store), content, mode=OWNERS)
