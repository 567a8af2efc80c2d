"""One file of a load: which way it takes to the store, and what it brings there. Opens no store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from xinfo.confined import confined
from xinfo.errors import InputError, Problems, Unread
from xinfo.intake import direct, files
from xinfo.intake.claimed import Claimed, of_name, together
from xinfo.intake.doubts import with_units
from xinfo.intake.grid import Grid
from xinfo.intake.look import Looked
from xinfo.intake.report import Counts, Line, Question, Said, Table
from xinfo.intake.single import since_january, totals
from xinfo.intake.tables import Brought, doubted, hidden_note, read_tables, reader_notes
from xinfo.store.add import Batch
from xinfo.store.read import is_parquet

if TYPE_CHECKING:
    from xinfo.intake.load import Load
from xinfo.exchange.received import beside, described_by, is_sdmx, structure_beside, write_lists, write_table
from xinfo.intake.files import as_utf8
from xinfo.intake.files.unread import unread


@dataclass(frozen=True)
class Piece:
    """What one file brings."""

    path: Path
    batches: tuple[Batch, ...] = ()
    brought: Brought = field(default_factory=Brought)
    refused: bool = False
    claimed: Claimed = field(default_factory=Claimed)
    """What is said of its figures as a whole, by the file or whoever loads it."""

    @property
    def questions(self) -> list[Question]:
        return self.brought.questions

    @property
    def figures(self) -> bool:
        """Whether it brings more than lists."""
        return any(batch.table in ("observation", "target", "project") for batch in self.batches)

    @property
    def lines(self) -> list[Line]:
        return self.brought.lines

    @property
    def tables(self) -> list[Table]:
        return self.brought.tables

    def counts(self, looked: Looked, problems: Problems | None) -> Counts:
        """What became of the file's rows."""
        loaded, conflicts = looked.loaded, looked.conflicts
        mine = [one for one in loaded if one.file == self.path.name]
        rows, new, revised, repeated = (
            sum(getattr(one, name) for one in mine) for name in ("rows", "new", "revised", "repeated")
        )
        wrong, twice = _wrong(self.path.name, problems)
        wrong += sum(line.kind == "refused" for line in self.lines if not self.brought.tables)
        wrong += sum(line.file == self.path.name for line in looked.beyond)
        return Counts(
            file=self.path.name,
            table=", ".join(dict.fromkeys(batch.table for batch in self.batches)),
            read=max(rows + repeated, self.brought.read) if mine or self.brought.tables else _lines(self),
            new=new,
            unchanged=rows - new - revised,
            revised=revised,
            repeated=repeated,
            conflict=conflicts.get(self.path.name, 0) + twice,
            refused=self.brought.refused + wrong,
            blank=self.brought.blanks,
            left=self.brought.left,
            formulas=self.brought.formulas,
        )


def read_piece(path: Path, load: Load, folder: Path) -> Piece:
    """A file's rows for the store, or why there are none. `folder` takes copies that the store can read."""
    piece = _read(path, load, folder)
    said = load.claim_of(path.name).over(of_name(path)).over(together(piece.brought.claims))
    batches = tuple(replace(one, publisher=said.publisher, kind=said.kind) for one in piece.batches)
    return replace(piece, batches=batches, claimed=said)


def _read(path: Path, load: Load, folder: Path) -> Piece:
    units, running = doubted(load.answers, set()), totals(load.answers)
    try:
        given = plain(path, folder)
        if batch := direct.read_csv(given.path, folder) or direct.read_columns(given.path):
            brought = Brought(lines=_ends_told(path))
            if given.path != path:
                batch = replace(batch, file=path, copy=batch.read_from)
            return Piece(path, (*given.lists, _answered(batch, units, running)), brought)
        grids = confined(files.read, given.path)
        piece = _read_grids(path, grids, load, folder, units)
        piece.brought.lines += _ends_told(path) if grids[0].sheet is None else []
        return replace(piece, batches=tuple(_answered(one, {}, running) for one in piece.batches))
    except InputError as error:
        what: str | Said = str(error).removeprefix(f"{path.name}: ")
        if isinstance(error, Unread):
            what = Said(f"unread.{error.kind}", error.values)
        return Piece(path, brought=Brought(lines=[Line("refused", what, path.name)]), refused=True)


def _ends_told(path: Path) -> list[Line]:
    """The note that a text's lines end in several ways."""
    mixed = not is_parquet(path) and files.mixed_ends(path)
    return [Line("note", Said("note.mixed_ends"), path.name)] if mixed else []


def _answered(batch: Batch, units: dict[str, str], running: frozenset[str]) -> Batch:
    """The batch with the units and periods that answers gave its figures; as it is where it is too large to be held."""
    if batch.table not in ("observation", "target") or not (units or running):
        return batch
    batch = batch if batch.rows is not None else direct.held(batch)
    if batch.rows is None:
        return batch
    rows = with_units(batch.rows, units)
    return replace(batch, rows=since_january(rows, running) if batch.table == "observation" else rows)


def second_look(batches: Sequence[Batch], problems: Problems) -> list[Batch]:
    """The batches, numbers that the store did not read put plainly; empty where nothing is to be gained."""
    wrong = {one.file for one in problems.each if one.column == "value"}
    again = [direct.held(one) if one.file.name in wrong and one.rows is None else one for one in batches]
    return again if any(one is not other for one, other in zip(again, batches, strict=True)) else []


def _read_grids(path: Path, grids: Sequence[Grid], load: Load, folder: Path, units: dict[str, str]) -> Piece:
    """Sheets in the import format as they are, the others through their mappings; all rows of one kind together."""
    named = {mapping.sheet for mapping in load.mappings}
    sheets = [(grid, _plain(grid, named)) for grid in grids]
    others = [grid for grid, table in sheets if table is None]
    brought = Brought()
    if any(table for _, table in sheets):
        brought.lines += [hidden_note(grid) for grid in others if grid.hidden and grid.sheet not in named]
        others = [grid for grid in others if not grid.hidden or grid.sheet in named]
    if others:
        read_tables(others, load.reading, brought)
    lists: list[Batch] = []
    for grid, table in sheets:
        if table in ("observation", "target"):
            brought.rows.setdefault(table, []).append(_plain_rows(grid, table, units, brought))
        elif table:
            lists.append(Batch(path, table, copy=direct.write_sheet(grid, folder)))
    rows = [Batch(path, table, _together(some)) for table, some in brought.rows.items()]
    batches = (*lists, *(one for one in rows if one.rows is not None and one.rows.num_rows))
    if not batches and not brought.questions and not brought.refused:
        brought.lines.append(Line("refused", Said("line.no_figure"), path.name))
    return Piece(path, batches, brought, any(line.kind == "refused" for line in brought.lines))


def _plain(grid: Grid, named: set[str | None]) -> str | None:
    """The table that a visible sheet in the import format holds rows of; None where a mapping is to read it."""
    seen = not grid.hidden and grid.sheet not in (named - {None}) and grid.rows
    return direct.table_of(grid.rows[0], grid.sheet or Path(grid.file).stem) if seen else None


def _plain_rows(grid: Grid, table: str, units: dict[str, str], brought: Brought) -> pa.Table:
    rows = with_units(direct.read_sheet(grid, table), units)
    brought.read += rows.num_rows
    brought.formulas += len(grid.formulas)
    brought.lines += reader_notes(grid)
    return rows


def _together(tables: Sequence[pa.Table]) -> pa.Table:
    """The rows of several tables as one; sheets in the import format have columns in another order."""
    return pa.concat_tables([table.select(tables[0].column_names) for table in tables])


def _wrong(file: str, problems: Problems | None) -> tuple[int, int]:
    """How many cells of a file are wrong, and how many figures are given twice (asked where nothing is wrong)."""
    kinds = {one.kind for one in problems.each if one.file == file} if problems else set()
    count = problems.count_of(file) if problems else 0
    return (0, count) if kinds == {"conflict"} else (count, 0)


def _lines(piece: Piece) -> int:
    """How many rows a CSV or Parquet file has that the store did not take."""
    if not piece.batches or piece.batches[0].rows is not None:
        return 0
    if is_parquet(path := piece.batches[0].read_from):
        return int(pq.read_metadata(path).num_rows)
    with path.open("rb") as file:
        return max(sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1, 0)


@dataclass(frozen=True)
class Plain:
    """A file as it is to be read: itself, or a table that it was made into, and the lists of the store beside that."""

    path: Path
    lists: tuple[Batch, ...] = field(default=())


def plain(path: Path, folder: Path) -> Plain:
    """The file itself unless it is SDMX-CSV. `folder` takes the copies. Raises InputError, Unread without structure."""
    if not is_sdmx(path):
        return Plain(path)
    message = beside(path)
    if message is None:
        raise unread(path.name, "no_structure")
    (folder / "given").mkdir()
    text = as_utf8(path, folder / "given")
    described = described_by(text)
    structure = confined(structure_beside, message, described)
    lists = write_lists(structure, folder, path.name)
    copy = folder / path.name
    write_table(text, structure, copy)
    return Plain(copy, tuple(Batch(path, table, copy=made) for table, made in lists.items()))
