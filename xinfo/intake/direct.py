"""Files whose header is the import format: they are taken at their word, without a mapping.

CSV and Parquet go to the store as they are; sheets become rows with the place of each. A number that is written for
people (1,070 or 1.2万) is read where a file is small enough to be held.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xinfo.confined import confined
from xinfo.errors import InputError
from xinfo.intake.amounts import Amount, read_amount
from xinfo.intake.files import as_utf8, read
from xinfo.intake.files.unread import unread
from xinfo.intake.grid import Grid
from xinfo.intake.units import read_unit
from xinfo.store import checks, reference
from xinfo.store.add import Batch
from xinfo.store.read import is_parquet, parquet_header
from xinfo.store.written import UNITS

MOST_HELD = 200 << 20
"""Bytes of a CSV that may be read into memory."""
_TABLES = {**checks.FILES, **reference.FILES}
_OTHERS = tuple(table for table in _TABLES if table not in ("observation", "target"))
_LONGEST_HEADER = 10_000
_FILLED = re.compile(r'[^\s,"]')
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PAR1")


def table_of(header: Sequence[str], name: str) -> str | None:
    """The table whose rows stand under a header; where several fit, the one that the file or sheet is named after."""
    names = [cell.strip().lower() for cell in header]
    fits = [
        table
        for table, columns in _TABLES.items()
        if set(columns.required) <= set(names) <= set(columns.all) and len(set(names)) == len(names)
    ]
    named = [table for table in fits if table in name.lower()]
    return next(iter(named or fits), None)


def read_csv(path: Path, folder: Path) -> Batch | None:
    """A CSV in the import format, in any encoding; None for any other file. `folder` takes a copy in UTF-8.

    A file that has the very name of a list, such as place.csv, counts as one whatever its header, so that the store
    says what is wrong with it. Raises Unread for a header with nothing below it.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) in _PACKED:
                return None
        copy = as_utf8(path, folder)
        with copy.open(encoding="utf-8-sig", newline="") as text:
            header = next(csv.reader([text.readline(_LONGEST_HEADER)]), [])
            filled = any(_FILLED.search(piece) for piece in iter(lambda: text.read(1 << 20), ""))
    except (InputError, OSError, UnicodeDecodeError, csv.Error):
        return None
    table = table_of(header, path.stem) or next((one for one in _OTHERS if path.name == f"{one}.csv"), None)
    if table and not filled:
        raise unread(path.name, "header_only")
    return Batch(path, table, copy=None if copy == path else copy) if table else None


def read_columns(path: Path) -> Batch | None:
    """A Parquet file in the import format whose columns are text and numbers; None for any other file."""
    header = parquet_header(path) if is_parquet(path) else None
    table = table_of(header, path.stem) if header else None
    if table and not pq.read_metadata(path).num_rows:
        raise unread(path.name, "header_only")
    return Batch(path, table) if table in ("observation", "target") else None


def held(batch: Batch) -> Batch:
    """A file's rows in memory, numbers as the import format writes them; the batch itself where it is too large."""
    path = batch.read_from
    if batch.table not in ("observation", "target") or path.stat().st_size > MOST_HELD:
        return batch
    if is_parquet(path):
        [grid] = confined(read, path)
        return replace(batch, rows=_rows(grid, batch.table), copy=None)
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    if any(len(row) != len(rows[0]) for row in rows[1:] if row):
        return batch  # the store says which
    return replace(batch, rows=_rows(Grid(batch.file.name, None, rows), batch.table), copy=None)


def read_sheet(grid: Grid, table: str) -> pa.Table:
    """A sheet's rows in the import format, with `sheet`, `line` and `cell`."""
    return _rows(grid, table)


def write_sheet(grid: Grid, folder: Path) -> Path:
    """A sheet with a list of places, metrics or the like as CSV, which the store reads them from."""
    copy = folder / grid.file
    with copy.open("w", encoding="utf-8", newline="") as text:
        width = len(grid.rows[0])
        csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in grid.rows if any(row))
    return copy


def _rows(grid: Grid, table: str) -> pa.Table:
    names = [cell.strip().lower() for cell in grid.rows[0]]
    at = names.index("value")
    lines = [(n, dict(zip(names, _filled(row, len(names)), strict=True))) for n, row in _bodied(grid)]
    for _, row in lines:
        row |= _plain(row)
    columns = {name: pa.array([row.get(name) for _, row in lines], pa.string()) for name in _TABLES[table].all}
    columns["sheet"] = pa.array([grid.sheet] * len(lines), pa.string())
    columns["line"] = pa.array([n + 1 for n, _ in lines], pa.int64())
    cells = [None if grid.sheet is None else grid.cell(n, at) for n, _ in lines]
    columns["cell"] = pa.array(cells, pa.string())
    return pa.table(columns)


def _bodied(grid: Grid) -> Iterator[tuple[int, Sequence[str]]]:
    return ((n, row) for n, row in enumerate(grid.rows) if n and any(cell.strip() for cell in row))


def _filled(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _plain(row: Mapping[str, str]) -> dict[str, str]:
    """What a row's number says beyond plain digits: value, unit and status; nothing where it is plain or no number."""
    text, unit = row["value"].strip(), row["unit"].strip()
    plain = text.isascii() and text.replace(".", "", 1).isdigit()
    amount = None if plain else read_amount(text)
    if amount is None or amount.value is None:
        return {}
    said = _in_unit(amount, unit)
    if said is None:
        return {}
    status = next((mark for mark in amount.marks if mark in ("preliminary", "estimated")), None)
    return said | ({"status": status} if status and not row.get("status", "").strip() else {})


def _in_unit(amount: Amount, unit: str) -> dict[str, str] | None:
    """Value and unit of a cell such as 1.2亿元, 15.3% or 1,070; None where cell and unit contradict each other."""
    value = amount.value
    assert value is not None, "a missing value has no unit"
    if amount.unit is None:
        return {"value": format(value, "f")}
    said = read_unit(amount.unit)
    if said is None:
        return None
    base = UNITS.get(unit)
    if said.unit and (not unit or said.unit == unit or (said.unit == "%" and unit == "ratio")):
        return {"value": format(value * said.times, "f"), "unit": said.unit}
    if said.unit and base and base.counts == UNITS[said.unit].counts and base.factor == 1:
        return {"value": format(value * said.times, "f"), "unit": said.unit}
    if not said.unit and base and base.factor == 1:
        return {"value": format(value * said.times, "f")}
    return None
