"""Parquet into a grid: the columns' names are its first row, typed values become the text people know them by."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xinfo.errors import InputError
from xinfo.intake.files.limits import check_cells
from xinfo.intake.files.written import written
from xinfo.intake.grid import Grid


def read_parquet(path: Path) -> tuple[Grid, ...]:
    """The file's one table. Raises InputError where it is damaged, empty, too large, or a cell is no single value."""
    try:
        with pq.ParquetFile(path) as file:
            check_cells(path.name, file.metadata.num_rows * file.metadata.num_columns)
            table = file.read()
    except pa.ArrowException as error:
        raise InputError(f"{path.name}: the Parquet file is damaged: {str(error).splitlines()[0]}") from error
    if not table.num_columns:
        raise InputError(f"{path.name}: the file is empty")
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    if nested:
        raise InputError(f"{path.name}: column '{nested[0]}' holds lists or records; expected one value a cell")
    columns = [[written(value) for value in column.to_pylist()] for column in table.columns]
    return (Grid(path.name, None, (tuple(table.column_names), *zip(*columns, strict=True))),)
