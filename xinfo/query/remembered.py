"""Statements that the guard has let through before, so that a start need not check hundreds of them anew.

An entry is found by the hash of everything its statement was made from and of the guard itself: after any change to a
template, a measure, a rule of the guard or a parser's version it is checked again. The file lies among the templates
and is kept with them, as a lock file is: whoever can write there can write the program, too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from xinfo.query import guard, schema
from xinfo.store.whole import write_whole


@dataclass(frozen=True)
class Statement:
    """What may run: printed from the checked tree."""

    sql: str
    published_sql: str
    """The same over the published figures only."""
    parameters: frozenset[str]


class Remembered:
    """Checked statements in a JSON file; without a file they are remembered for this process only."""

    def __init__(self, path: Path | None):
        self.path = path
        self._entries: dict[str, list[object]] = _read(path) if path else {}

    def get(self, *made_from: str) -> Statement | None:
        """The statement made from these texts, if it was let through before."""
        entry = self._entries.get(key(*made_from))
        return Statement(str(entry[0]), str(entry[1]), frozenset(map(str, entry[2:]))) if entry else None

    def put(self, statement: Statement, *made_from: str) -> None:
        self._entries[key(*made_from)] = [statement.sql, statement.published_sql, *sorted(statement.parameters)]

    def save(self, only: set[str] | None = None) -> None:
        """Writes the file anew, whole or not at all; `only` these keys are kept where given. Raises InputError."""
        if self.path is None:
            return
        kept = {key: entry for key, entry in sorted(self._entries.items()) if only is None or key in only}
        write_whole(self.path, json.dumps(kept, ensure_ascii=False, indent=0) + "\n")


def _read(path: Path) -> dict[str, list[object]]:
    """The entries of a file; one that is missing or broken holds none, and everything is checked again."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(entries, dict):
        return {}
    return {key: entry for key, entry in entries.items() if isinstance(entry, list) and len(entry) >= 2}


def key(*made_from: str) -> str:
    """The key of a statement made from these texts."""
    return hashlib.sha256("\0".join((_guard_version(), *made_from)).encode()).hexdigest()


@cache
def _guard_version() -> str:
    """A hash of the guard's rules and its parsers' versions."""
    files = sorted(Path(guard.__file__).parent.glob("*.py"))
    texts = [file.read_text(encoding="utf-8") for file in (*files, Path(schema.__file__))]
    return hashlib.sha256("\0".join([*texts, version("sqlglot"), version("duckdb")]).encode()).hexdigest()
