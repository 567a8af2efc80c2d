"""Parquet into a grid: the columns' names are its first row, typed values become the text people know them by."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xinfo.errors import InputError
from xinfo.intake.files.unread import check_cells
from xinfo.intake.files.written import written
from xinfo.intake.grid import Grid


def read_parquet(path: Path) -> tuple[Grid, ...]:
    """The file's one table. Raises InputError where it is damaged, empty, too large, or a cell is no single value."""
    try:
        with pq.ParquetFile(path) as file:
            check_cells(path.name, file.metadata.num_rows * file.metadata.num_columns)
            columns = _columns(path.name, file.read())
    except (pa.ArrowException, UnicodeDecodeError, OverflowError) as error:
        raise InputError(f"{path.name}: the Parquet file is damaged: {str(error).splitlines()[0]}") from error
    if not columns:
        raise InputError(f"{path.name}: the file is empty: it has no columns")
    return (Grid(path.name, None, tuple(zip(*columns, strict=True))),)


def _columns(name: str, table: pa.Table) -> list[list[str]]:
    """Each column's name and its cells."""
    columns = []
    for field, column in zip(table.schema, table.columns, strict=True):
        if pa.types.is_nested(field.type):
            raise InputError(f"{name}: column '{field.name}' holds lists or records; expected one value a cell")
        if pa.types.is_binary(field.type):
            column = column.cast(pa.string())  # older writers leave it open that their bytes are text
        columns.append([field.name, *map(written, column.to_pylist())])
    return columns
