"""All that a file says, as units in reading order: sentences, rows, notes, marks, charts with their values and axes.

Every format's reader gives these; what is only layout never gets in. Knows no format and compares nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

CELL = "\t"
"""Between the cells of a row."""
NOTE = "†"
"""Where the number of a footnote or of a page stands: every program counts them by itself."""
LOST = "–"
"""What stands for the description of a chart that the program which saved the file does not keep."""
_LONG = re.compile(r"\d+\.\d{10,}")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPELLED = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "\u2011": "-",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
    }
)
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}]) +| +(?=[{_WIDE}])")
_SENTENCE = re.compile(rf"(?<=[。！？])(?={NOTE}*)(?!{NOTE})|(?<=[。！？]{NOTE}) *|(?<=[^\W\d_][.!?]) +(?=\S)|"
                       rf"(?<=[\d)%\"'][.!?]) +(?=[A-Z\"(])|(?<=[.!?]{NOTE}) +")  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """One thing that a file says.

    `kind` is text (a sentence), row, note, edge (at the head or foot of every page), title, axis, series, categories,
    alt, picture, drawing, comment, object, script, hiding or sheet.
    """

    kind: str
    text: str
    where: str = ""
    """The slide, the sheet, the page: what is dropped as a whole."""
    name: str = ""
    """Of the shape it stands in, where the order of shapes is only layout."""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.text

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(self.text.split(CELL))


Said = tuple[Unit, ...]


def plain(said: str) -> str:
    """One spelling for what looks the same: blanks, quotes, signs that nobody sees."""
    said = unicodedata.normalize("NFC", said).translate(_UNSEEN).translate(_SPELLED)
    return _BESIDE_WIDE.sub("", re.sub(r"\s+", " ", said)).strip()


def sentences(said: str) -> Iterator[str]:
    """The sentences of a paragraph; where paragraphs are broken is layout."""
    yield from filter(None, (one.strip() for one in _SENTENCE.split(plain(said))))


def texts(kind: str, said: str, where: str = "", name: str = "") -> Iterator[Unit]:
    """A unit for each sentence."""
    for one in sentences(said):
        yield Unit(kind, one, where, name)


def row(cells: Iterable[str], where: str = "", name: str = "") -> Unit | None:
    """A row of a table; none where it is empty."""
    said = [plain(cell) for cell in cells]
    while said and not said[-1]:
        said.pop()
    return Unit("row", CELL.join(said), where, name) if said else None


def number(value: float) -> str:
    """A bare number in as many digits as every program keeps: some save fewer than they were given."""
    return f"{float(f'{value:.12g}'):.15g}"


def to_form(said: Said) -> list[list[str]]:
    """As plain values for JSON."""
    return [list(astuple(unit)) for unit in said]


def from_form(form: Sequence[Sequence[str]]) -> Said:
    """The units of such a list. Raises TypeError or ValueError where it is none."""
    units = (Unit(*map(str, one)) for one in form)
    return tuple(replace(one, text=_LONG.sub(lambda found: number(float(found[0])), one.text)) if one.kind == "row"
                 else one for one in units)  # fmt: skip
