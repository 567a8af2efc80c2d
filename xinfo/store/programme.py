"""Whose figures a store holds, where not the pilots': its `programme.yaml`, and what else metrics are called.

Both are noted in `meta`, where neither is content of the store: they say how it is spoken of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xinfo.errors import InputError

FILE = "programme.yaml"
KEY = "programme"
CALLED = "called:"
"""What a key in `meta` begins with that holds what else is said of a metric, as JSON."""
_MAY_SAY = ("name", "vocabulary")


def read_programme(folder: Path | None) -> dict[str, Any] | None:
    """What the folder's `programme.yaml` says: {name: {en, zh}, vocabulary: {kind: {value: {en, zh: [phrase]}}}}.

    An empty file says that the figures are of no programme; None where there is no file. Raises InputError.
    """
    path = folder / FILE if folder else None
    if path is None or not path.exists():
        return None
    try:
        said = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {}
    except (YAMLError, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{FILE}: cannot be read: {str(error).splitlines()[0]}") from error
    if not isinstance(said, dict) or any(key not in _MAY_SAY or not isinstance(one, dict) for key, one in said.items()):
        raise InputError(f"{FILE}: not as it should be", "'name' and 'vocabulary', each with what it holds by language")
    return said


def named(said: Mapping[str, Any] | None) -> str:
    """What the figures are called, in the first of its languages; empty where that is not said."""
    return str(next(iter((said or {}).get("name", {}).values()), ""))


def as_note(said: Mapping[str, Any]) -> dict[str, str]:
    """The programme as a row of `meta`."""
    return {KEY: json.dumps(said, ensure_ascii=False, sort_keys=True)}


def note_called(connection: DuckDBPyConnection, called: Mapping[str, Mapping[str, str | None]]) -> None:
    """Notes of each metric, by what they are, the texts that are said of it, several parted by ';'."""
    for metric, names in called.items():
        split = {lang: [one.strip() for one in (said or "").split(";") if one.strip()] for lang, said in names.items()}
        note = json.dumps(split, ensure_ascii=False, sort_keys=True)
        connection.execute("DELETE FROM meta WHERE key = ?", [CALLED + metric])
        connection.execute("INSERT INTO meta VALUES (?, ?)", [CALLED + metric, note])


def called(meta: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """By metric: its further names (`en`, `zh`), whose part it is (`part_of`), what tells it (`told_by_en`, …)."""
    return {key.removeprefix(CALLED): json.loads(said) for key, said in meta.items() if key.startswith(CALLED)}
