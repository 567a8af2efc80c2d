"""A person's conversations, kept beside the store for that person alone, who can search, reopen and delete them.

One SQLite file for each store, `<store>.conversations.sqlite`. Whose a conversation is stands there as a hash, so that
nobody becomes another by reading it. Questions are kept and never answers: what is reopened is asked anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from xinfo.store.sqlite import opened
from xinfo.understand.text import key

DAYS = 365
"""How long a conversation is kept after its last question."""
VERSION = 1
TABLE = """
  create table if not exists conversation(
    id text primary key, whose text not null, questions text not null, address text not null, last_asked text not null
  ) strict
"""
KEEP = """
  insert into conversation values (:id, :whose, :questions, :address, :at)
  on conflict (id) do update set questions = :questions, address = :address, last_asked = :at where whose = :whose
"""
FIND = "select id, questions, last_asked from conversation where whose = ?"
NEWEST = "order by last_asked desc, rowid desc"


@dataclass(frozen=True)
class Kept:
    """A conversation as it stood when its last question was asked."""

    id: str
    questions: tuple[str, ...]
    last_asked: str
    """ISO time, as it was handed in."""

    def holding(self, words: str) -> tuple[str, ...]:
        """Its questions that hold all of these words, however they are written."""
        wanted = ["".join(key(word)) for word in words.split()]
        return tuple(said for said in self.questions if all(word in "".join(key(said)) for word in wanted))


def beside(store: Path) -> Path:
    """The file of a store."""
    return store.with_name(store.name + ".conversations.sqlite")


def keep(store: Path, whose: str, name: str, questions: Iterable[str], address: Iterable[str], at: datetime) -> None:
    """Keeps how a conversation stands now, which its page's address tells, and drops what is too old.

    Raises StoreError.
    """
    row = {"id": name, "whose": _hash(whose), "questions": _list(questions), "address": _list(address)}
    with opened(beside(store), TABLE, VERSION) as kept:
        kept.execute(KEEP, row | {"at": at.isoformat(timespec="seconds")})
        kept.execute("delete from conversation where last_asked < ?", ((at - timedelta(DAYS)).isoformat(),))


def listed(store: Path, whose: str, most: int | None = None) -> tuple[Kept, ...]:
    """Somebody's conversations, the last one first. Raises StoreError."""
    return _found(store, f"{FIND} {NEWEST} limit ?", _hash(whose), -1 if most is None else most)


def called(store: Path, whose: str, name: str) -> Kept | None:
    """Somebody's conversation of this name. Raises StoreError."""
    return next(iter(_found(store, f"{FIND} and id = ?", _hash(whose), name)), None)


def at_address(store: Path, whose: str, address: Iterable[str]) -> Kept | None:
    """Somebody's last conversation that stood at this address. Raises StoreError."""
    return next(iter(_found(store, f"{FIND} and address = ? {NEWEST} limit 1", _hash(whose), _list(address))), None)


def forget(store: Path, whose: str, names: Iterable[str] | None = None) -> None:
    """Deletes somebody's conversations of these names, or all of them. Raises StoreError."""
    with opened(beside(store), TABLE, VERSION) as kept:
        if names is None:
            kept.execute("delete from conversation where whose = ?", (_hash(whose),))
        else:
            kept.executemany("delete from conversation where whose = ? and id = ?", [(_hash(whose), n) for n in names])


def _found(store: Path, statement: str, *values: object) -> tuple[Kept, ...]:
    if not beside(store).exists():
        return ()
    with opened(beside(store), TABLE, VERSION, reading=True) as kept:
        rows = kept.execute(statement, values).fetchall()
    return tuple(Kept(name, tuple(json.loads(questions)), last) for name, questions, last in rows)


def _list(said: Iterable[str]) -> str:
    return json.dumps(list(said), ensure_ascii=True)


def _hash(whose: str) -> str:
    return sha256(whose.encode()).hexdigest()
