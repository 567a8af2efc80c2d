"""Mappings as files that people write, keep and change: one YAML document for each table, parted by `---`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from xinfo.errors import InputError
from xinfo.intake.mapping import Mapping, from_yaml, to_yaml
from xinfo.intake.report import Table

_PARTED = re.compile(r"^---[ \t]*$", re.MULTILINE)


def read_given(path: Path) -> tuple[Mapping, ...]:
    """The mappings in a file. Raises InputError that says what is wrong and what was expected."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name}: cannot be read as a mapping: {error}") from error
    found = tuple(from_yaml(part, path.name) for part in _PARTED.split(text) if part.strip())
    if not found:
        raise InputError(f"{path.name}: holds no mapping", "what 'xinfo load FILE --propose MAPPING' writes")
    return found


def written(tables: Iterable[Table], lang: str) -> str:
    """The tables' mappings as one file, each with what is still to be decided in it."""
    parts = []
    for table in tables:
        head = [f"# {table.file}{f', {table.sheet}' if table.sheet else ''}"]
        head += [f"# ? {one.what.text(lang)} {' | '.join(one.choices)}".rstrip() for one in table.questions]
        parts.append("\n".join([*head, to_yaml(table.mapping)]))
    return "---\n".join(parts)


def answers_of(mappings: Sequence[Mapping]) -> dict[str, str]:
    """The doubts that mappings say are right as they stand: 'unit gdp'."""
    return {":".join(said.split(" ", 1)): "keep" for mapping in mappings for said in mapping.confirmed}
