"""The server's key, and what it signs: the last entry of a log. Beside the log, so that no copy of that holds the key.

`.<store>.key` holds the key, for its owner alone; `.<store>.head` the last entry that was signed. Whoever can write the
log but not these cannot cut it back to what it once was, nor write it anew. Neither goes into a backup.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xinfo.errors import StoreError
from xinfo.store.locks import sync

OWNERS = 0o600
_SHORT = 12


@dataclass(frozen=True)
class Head:
    """The last entry of a log, as it was noted; `mac` and `key` are empty where nobody signed it."""

    number: int
    hash: str
    mac: str = ""
    key: str = ""
    """What tells the key from others; nothing of the key itself."""

    def line(self) -> str:
        return " ".join(filter(None, (str(self.number), self.hash, self.mac, self.key)))


@dataclass(frozen=True)
class Key:
    """A server's key."""

    secret: bytes

    @property
    def name(self) -> str:
        return hashlib.sha256(b"name " + self.secret).hexdigest()[:_SHORT]

    def signed(self, number: int, hash_: str) -> Head:
        return Head(number, hash_, self._mac(number, hash_), self.name)

    def holds(self, head: Head) -> bool:
        """Whether the signature is by this key and of this entry."""
        return hmac.compare_digest(head.mac, self._mac(head.number, head.hash))

    def _mac(self, number: int, hash_: str) -> str:
        return hmac.new(self.secret, f"xinfo log {number} {hash_}".encode(), "sha256").hexdigest()


def key_file(store: Path) -> Path:
    return store.with_name(f".{store.name}.key")


def head_file(store: Path) -> Path:
    return store.with_name(f".{store.name}.head")


def key_of(store: Path) -> Key | None:
    """The key that signs a store's log; None where there is none yet. Raises StoreError where it cannot be read."""
    path = key_file(store)
    try:
        return Key(bytes.fromhex(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"the key {path}, which signs the log, cannot be read: {error}") from error


def key_for(store: Path) -> Key:
    """The same; made where there is none. Whoever calls this holds the log's lock. Raises StoreError, OSError."""
    if found := key_of(store):
        return found
    made, path = secrets.token_bytes(32), key_file(store)
    draft = path.with_name(f"{path.name}.new")
    with suppress(FileNotFoundError):
        draft.unlink()
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS), "w", encoding="ascii") as file:
        file.write(made.hex())
    sync(draft)
    os.replace(draft, path)
    sync(path.parent)
    return Key(made)


def read_head(path: Path) -> Head | None:
    """What a file says is the last entry; None where it says nothing that can be read."""
    with suppress(OSError, ValueError, TypeError):
        number, *rest = path.read_text(encoding="ascii").split()
        return Head(int(number), *rest)
    return None


def write_head(path: Path, head: Head, wait: bool) -> None:
    """In one step; on the disk when this returns, where that is waited for."""
    draft = path.with_name(f"{path.name}.new")
    fresh = not path.exists()
    draft.write_text(f"{head.line()}\n", encoding="ascii")
    os.chmod(draft, OWNERS)
    if wait:
        sync(draft)
    os.replace(draft, path)
    if fresh:
        sync(path.parent)
