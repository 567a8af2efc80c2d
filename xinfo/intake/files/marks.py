"""What a sheet's XML tells beside its values, in one pass: formulas, percent cells, errors, what is hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from xml.parsers import expat

from xinfo.errors import Unread
from xinfo.intake.files.package import Attributes, Sheet, feed, local
from xinfo.intake.files.unread import unread
from xinfo.intake.files.written import Styles
from xinfo.intake.grid import Area, letters

Place = tuple[int, int]


@dataclass
class Marks:
    formulas: set[Place] = field(default_factory=set)
    texts: set[Place] = field(default_factory=set)
    """Formulas whose stored value is text, and may be the empty one."""
    percents: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    telling: dict[str, Place] = field(default_factory=dict)
    """Format -> the first number in it, for formats that show a word or a scale."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[Area] = field(default_factory=list)
    height: int = 0
    width: int = 0
    """Up to the last cell with a value."""


def read_marks(package: zipfile.ZipFile, sheet: Sheet, styles: Styles) -> Marks:
    """The marks of a sheet. Raises Unread where a cell, a row or all of them are there twice: readers take either."""
    reader = _Reader(styles, partial(unread, Path(package.filename or "").name, sheet=sheet.name))
    feed(package, sheet.part, reader.parser)
    return reader.marks


class _Reader:
    """Where the pass stands: starts of elements are enough, but for the text of an error."""

    def __init__(self, styles: Styles, refuse: Callable[..., Unread]):
        self.marks = Marks()
        self.styles = styles
        self.refuse = refuse
        self.sheets = 0
        self.rows: set[int] = set()
        self.cells: set[int] = set()
        """The columns of the row that have come."""
        self.valued = False
        """Whether the cell has had its value."""
        self.row = self.column = -1
        self.row_number = self.kind = self.style = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.element
        self.handlers = {
            "sheetData": self.start_cells,
            "c": self.cell,
            "v": self.value,
            "is": self.value,
            "row": self.start_row,
            "f": self.formula,
            "col": self.columns,
        }

    def element(self, name: str, attributes: Attributes) -> None:
        handler = self.handlers.get(name) or self.handlers.get(local(name))
        if handler:
            handler(attributes)

    def start_cells(self, _: Attributes) -> None:
        self.sheets += 1
        if self.sheets > 1:
            raise self.refuse("cells_twice")

    def start_row(self, attributes: Attributes) -> None:
        self.row_number = attributes.get("r") or str(self.row + 2)
        self.row = int(self.row_number) - 1
        self.column, self.kind = -1, ""
        self.cells.clear()
        if self.row in self.rows:
            raise self.refuse("row_twice", row=self.row_number)
        self.rows.add(self.row)
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.marks.hidden_rows.append(self.row)

    def columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            self.marks.hidden_columns.append(Area(0, first, 0, last))

    def cell(self, attributes: Attributes) -> None:
        if reference := attributes.get("r"):
            name = reference.rstrip("0123456789")
            self.column = _column(name)
            if reference[len(name) :] != self.row_number:
                raise ValueError(f"cell {reference} stands in row {self.row_number}")
        else:
            self.column += 1
        if self.column in self.cells:
            raise self.refuse("cell_twice", cell=self.name)
        self.cells.add(self.column)
        self.kind, self.style, self.valued = attributes.get("t", "n"), attributes.get("s", ""), False

    @property
    def name(self) -> str:
        return f"{letters(self.column)}{self.row_number}"

    def value(self, _: Attributes) -> None:
        marks = self.marks
        if self.valued:
            raise self.refuse("value_twice", cell=self.name)
        self.valued = True
        if self.row >= marks.height:
            marks.height = self.row + 1
        if self.column >= marks.width:
            marks.width = self.column + 1
        if self.kind == "n":
            if self.style in self.styles.percents:
                marks.percents.add((self.row, self.column))
            if self.style in self.styles.telling:
                marks.telling.setdefault(self.styles.telling[self.style], (self.row, self.column))
        elif self.kind == "e":
            self.parser.CharacterDataHandler, self.parser.EndElementHandler = self.error, self.end_error

    def error(self, text: str) -> None:
        place = (self.row, self.column)
        self.marks.errors[place] = self.marks.errors.get(place, "") + text

    def end_error(self, _: str) -> None:
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None

    def formula(self, attributes: Attributes) -> None:
        self.marks.formulas.add((self.row, self.column))
        if self.kind == "str":
            self.marks.texts.add((self.row, self.column))
        if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
            self.marks.formulas.update(_places(attributes["ref"]))


def _places(reference: str) -> Iterator[Place]:
    """The cells of 'B2:C3'; of a block too large to be one formula's, none."""
    first, _, last = reference.replace("$", "").partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    if (bottom - top + 1) * (right - left + 1) <= 1_000_000:
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _place(reference: str) -> Place:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]) - 1, _column(letters)


@cache
def _column(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(f"'{letters}' is no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
