"""The shape of a header, and mappings remembered by it: next quarter's file is read like this quarter's.

A shape is the header's texts with years and parts of a year replaced by their kind, each once: a file that has grown
by a quarter has the same shape. What a new file says of itself (its title's place, its periods) wins over memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from xinfo.errors import InputError, did_you_mean
from xinfo.intake.grid import Grid
from xinfo.intake.headers import Block, blocks
from xinfo.intake.layout import Proposal, judged, propose
from xinfo.intake.mapping import OPEN, Column, Mapping, from_yaml, keys, to_yaml
from xinfo.intake.times import normal, read_time
from xinfo.intake.words import Words
from xinfo.store.whole import write_whole

_TIMES = ("period", "year", "span")


def pattern(header: str) -> str:
    """A column's header with every year and part of a year replaced by its kind."""
    levels = []
    for text in re.sub(r" #\d+$", "", header).split(" / "):
        time, rest = read_time(normal(text))
        kinds = [*(["{year}"] if time and time.year else []), *(["{part}"] if time and time.part else [])]
        levels.append(" ".join(" ".join((*kinds, rest)).split()))
    return " / ".join(levels)


def shape(headers: Iterable[str]) -> str:
    """The shape of a table with these column headers (see `mapping.keys`)."""
    patterns = dict.fromkeys(pattern(header) for header in headers)
    patterns.pop("-", None)
    return hashlib.sha256("\n".join(patterns).encode()).hexdigest()[:16]


def shape_of(block: Block) -> str:
    """The shape of a table as it stands in a file."""
    return shape(keys(block.columns))


def remember(folder: Path, mapping: Mapping) -> Path:
    """Keeps a mapping for the next file of its shape, in place of an earlier one; where that is. Raises InputError."""
    path = folder / f"{shape(column.header for column in mapping.columns)}.yaml"
    write_whole(path, to_yaml(mapping))
    return path


def kept(path: Path) -> Mapping | None:
    """A remembered mapping; None where there is none, and where its file is damaged: people are then asked again."""
    try:
        return from_yaml(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError, InputError):
        return None


def forget(folder: Path, mapping: Mapping) -> None:
    """The next file of this mapping's shape is asked about again."""
    (folder / f"{shape(column.header for column in mapping.columns)}.yaml").unlink(missing_ok=True)


def recall(folder: Path, grid: Grid, words: Words, block: Block) -> Proposal | None:
    """The proposal that a remembered mapping makes for a table of its shape; None where none is remembered."""
    mapping = kept(folder / f"{shape_of(block)}.yaml")
    return _renewed(mapping, propose(grid, words, block), grid, words) if mapping else None


def fit(mapping: Mapping, grid: Grid, words: Words) -> Proposal:
    """A mapping given by the user, for the table of the grid that has its header, else one of its shape.

    Raises InputError that names the columns that are missing or unknown.
    """
    found = blocks(grid, words)
    if not found:
        raise InputError(f"{grid.file}: no table: no row of texts stands above rows of numbers")
    headers = [column.header for column in mapping.columns]
    for block in found:
        names = keys(block.columns)
        if (block.header[0] + 1, block.header[1] + 1) == mapping.header and set(headers) <= set(names):
            return judged(replace(mapping, sheet=grid.sheet), grid, words, block)
    for block in found:
        if shape_of(block) == shape(headers):
            return _renewed(mapping, propose(grid, words, block), grid, words, keep_time=True)
    names = keys(found[0].columns)
    absent = [f"'{header}'{did_you_mean(header, names)}" for header in headers if header not in names]
    where = f"{grid.file}{f', sheet {grid.sheet}' if grid.sheet else ''}"
    raise InputError(f"{where}: the mapping is of another header: there is no column {', '.join(absent) or headers[0]}")


def _renewed(old: Mapping, fresh: Proposal, grid: Grid, words: Words, keep_time: bool = False) -> Proposal:
    """The old mapping's decisions with the new file's periods and with what it says of itself."""
    kept = {key: value for key, value in old.fixed.items() if keep_time or key not in _TIMES}
    if keep_time and any(key in fresh.mapping.fixed for key in _TIMES):
        kept = {key: value for key, value in kept.items() if key not in _TIMES}
    mapping = replace(
        fresh.mapping,
        columns=tuple(_columns(old.columns, fresh.mapping.columns)),
        table=old.table,
        fixed={**kept, **fresh.mapping.fixed},
        words={**fresh.mapping.words, **old.words},
        units=old.units,
        cumulative=old.cumulative if fresh.mapping.cumulative is None else fresh.mapping.cumulative,
    )
    return judged(mapping, grid, words, fresh.block, [note for note in fresh.notes if note.kind == "target"])


def _columns(old: Sequence[Column], fresh: Sequence[Column]) -> Iterable[Column]:
    """Each new column as the old one of its pattern was decided, with its own period."""
    known: dict[str, list[Column]] = {}
    for column in old:
        known.setdefault(pattern(column.header), []).append(column)
    count = {key: sum(pattern(column.header) == key for column in fresh) for key in known}
    seen: dict[str, int] = {}
    for column in fresh:
        key = pattern(column.header)
        same = known.get(key, [])
        seen[key] = seen.get(key, 0) + 1
        if same and all(_decided(one) == _decided(same[0]) for one in same):
            yield _like(same[0], column)
        elif len(same) == count.get(key):
            yield _like(same[seen[key] - 1], column)
        else:
            yield column


def _decided(column: Column) -> tuple[str, dict[str, str]]:
    return column.role, {key: value for key, value in column.says.items() if key not in _TIMES}


def _like(old: Column, fresh: Column) -> Column:
    role, says = _decided(old)
    if role not in ("value", OPEN):
        return Column(fresh.header, role)
    return Column(fresh.header, role, {**says, **{key: fresh.says[key] for key in _TIMES if key in fresh.says}})
