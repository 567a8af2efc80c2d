"""SDMX-CSV among the files of a load: its structure is found beside it, and both become a table and lists as CSV."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xinfo.confined import confined
from xinfo.exchange.received import beside, described_by, is_sdmx, structure_beside, write_lists, write_table
from xinfo.intake.files import as_utf8
from xinfo.intake.files.unread import unread
from xinfo.store.add import Batch


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
