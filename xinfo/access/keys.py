"""The public halves of the keys that sign, listed beside the store: whose each is, and since when it is revoked.

`<store>.keys/keys.json` may be given to whoever receives what was signed: it is what he proves it by. A person's key
signs for its owner; a server's for whoever is logged in there. Private halves are in `access/signing.py`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from xinfo.errors import InputError, StoreError
from xinfo.store.locks import alone
from xinfo.store.whole import write_whole

PERSON, SERVER = "person", "server"
WAIT = 10.0
"""Seconds for others that change the list."""
LEAST = 6
"""Characters of a fingerprint that name a key."""


@dataclass(frozen=True)
class Key:
    """The public half of a key."""

    owner: str
    """A person, or the store that a server works on."""
    kind: str
    public: str
    made: str
    revoked: str = ""
    """When it was revoked; what it signed before still counts."""
    stolen: bool = False
    """Whether nothing counts that it ever signed: a thief writes whatever time he likes."""

    @property
    def id(self) -> str:
        """Its fingerprint, of the owner as well: under another name it is another key."""
        said = json.dumps([self.kind, self.owner, self.public], ensure_ascii=True)
        return sha256(said.encode("ascii")).hexdigest()[:32]

    def speaks_for(self, who: str) -> bool:
        return self.kind == SERVER or self.owner == who

    def counts(self, at: str) -> bool:
        """Whether what it signed then counts; where one of the times cannot be read, nothing of a revoked key does."""
        return not self.revoked or (not self.stolen and _time(at, datetime.max) < _time(self.revoked, datetime.min))

    def holds(self, message: bytes, signature: str) -> bool:
        """Whether the signature of this message is by this key."""
        # Whoever only reads what is on a page needs none of it.
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public)).verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True


Keys = Mapping[str, Key]
"""By fingerprint."""


def beside(store: Path) -> Path:
    """The list of a store."""
    return store.with_name(store.name + ".keys") / "keys.json"


def listed(store: Path) -> Keys:
    """Every key that was ever made for a store, oldest first. Raises StoreError where the list cannot be read."""
    try:
        return read(beside(store).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, InputError) as error:
        raise StoreError(f"the list of keys {beside(store)} cannot be read: {error}") from error


def read(content: bytes) -> Keys:
    """A list as it was written. Raises InputError for anything else."""
    try:
        return {key.id: key for key in (_key(**one) for one in json.loads(content))}
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"this is no list of keys: {error}") from error


def written(keys: Iterable[Key]) -> bytes:
    return json.dumps([asdict(one) for one in keys], ensure_ascii=False, indent=1).encode("utf-8")


def find(keys: Keys, named: str) -> Key:
    """The key of this fingerprint or its beginning, else the one of this owner that counts. Raises InputError."""
    found = [one for id_, one in keys.items() if len(named) >= LEAST and id_.startswith(named.lower())]
    found = found or [one for one in keys.values() if _same(one.owner, named) and not one.revoked]
    if len(found) != 1:
        there = ", ".join(f"{one.id[:12]} ({one.owner})" for one in keys.values() if not one.revoked) or "none"
        raise InputError(
            f"there is no key '{named}'; there are: {there}",
            "--by NAME for another one, or make one: xinfo brief keys new NAME",
        )
    return found[0]


def add(store: Path, key: Key) -> None:
    """Puts a key on the list. Whoever calls this holds the lock. Raises InputError for a name that has one already."""
    keys = listed(store)
    theirs = (one for one in keys.values() if PERSON == one.kind == key.kind and _same(one.owner, key.owner))
    if taken := next((one for one in theirs if not one.revoked), None):
        raise InputError(f"{taken.owner} has a key already, {taken.id[:12]}", "another name, or revoke that one")
    write_whole(beside(store), written([*keys.values(), key]).decode("utf-8"))


def revoke(store: Path, named: str, at: str, stolen: bool) -> Key:
    """From now on a key signs nothing that counts; stolen, it never has. Raises InputError for no key, StoreError."""
    with changing(store):
        keys = listed(store)
        gone = find(keys, named)
        gone = replace(gone, revoked=gone.revoked or at, stolen=gone.stolen or stolen)
        write_whole(beside(store), written({**keys, gone.id: gone}.values()).decode("utf-8"))
    return gone


def changing(store: Path) -> AbstractContextManager[None]:
    place = beside(store).parent
    return alone(place / "LOCK", f"the list of keys in {place} is being changed; try again", WAIT)


def _key(**told: Any) -> Key:
    if not all(isinstance(value, bool if name == "stolen" else str) for name, value in told.items()):
        raise ValueError("a key has texts")
    if told["kind"] not in (PERSON, SERVER):
        raise ValueError(f"a key is of a {PERSON} or a {SERVER}")
    return Key(**told)


def _same(one: str, other: str) -> bool:
    """Whether people would take two names for the same."""
    plain = [" ".join(unicodedata.normalize("NFKC", name).casefold().split()) for name in (one, other)]
    return plain[0] == plain[1]


def _time(at: str, unknown: datetime) -> datetime:
    """What was written, or `unknown` in its place."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        found = unknown
    return found if found.tzinfo else found.replace(tzinfo=UTC)
