"""The pieces of a question while they are being taken up: which are used, for what, and what stands between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Trouble
from xinfo.understand.reading import Heard
from xinfo.understand.segment import Piece
from xinfo.understand.text import Text

THIN = ("filler", "goes_with", "conj", "unit_word")


@dataclass
class Hearing:
    """Every piece must be taken for something, be filler, or count as not understood."""

    text: Text
    pieces: tuple[Piece, ...]
    catalog: Catalog
    used: dict[int, str] = field(default_factory=dict)
    """For each piece that was taken up: what it was taken for."""
    troubles: list[Trouble] = field(default_factory=list)

    def take(self, index: int, meaning: str) -> None:
        self.used[index] = meaning

    def free(self, *kinds: str) -> Iterator[tuple[int, Piece]]:
        """Pieces not yet taken up that have a sense of one of the kinds."""
        for index, piece in enumerate(self.pieces):
            if index not in self.used and not piece.first_kinds.isdisjoint(kinds):
                yield index, piece

    def any(self, kind: str, value: object = None) -> bool:
        """Whether any piece, taken or not, has such a sense."""
        return any(piece.has(kind, value) for piece in self.pieces)

    def trouble(self, kind: str, about: str = "", options: tuple[str, ...] = ()) -> None:
        self.troubles.append(Trouble(kind, about, options))

    def written(self, index: int) -> str:
        return self.text.written(self.pieces[index].start, self.pieces[index].end)

    def words(self, index: int) -> tuple[str, ...]:
        return self.text.words(self.pieces[index].start, self.pieces[index].end)

    def touching(self, a: int, b: int, through: Callable[[Piece], bool] | None = None) -> bool:
        """Whether nothing but filler (or what `through` allows) stands between two pieces."""
        first, last = sorted((a, b))
        return all(
            self._thin(piece) or (through is not None and through(piece)) for piece in self.pieces[first + 1 : last]
        )

    def next_of(self, index: int, *kinds: str) -> int | None:
        """The next piece with one of the kinds, where only filler stands between."""
        for later in range(index + 1, len(self.pieces)):
            piece = self.pieces[later]
            if (
                any(piece.has(kind) for kind in kinds)
                or ("time" in kinds and piece.atom)
                or ("number" in kinds and piece.quantity)
            ):
                return later
            if not self._thin(piece):
                return None
        return None

    def heard(self) -> tuple[Heard, ...]:
        """Every piece with what it was taken for, in the order of the question."""
        return tuple(self._heard(index, piece) for index, piece in enumerate(self.pieces))

    def left_over(self) -> list[int]:
        """Pieces that are neither taken up nor mere words."""
        return [
            index
            for index, piece in enumerate(self.pieces)
            if index not in self.used and not piece.mere and not piece.has("conj")
        ]

    def _heard(self, index: int, piece: Piece) -> Heard:
        tokens = self.text.tokens
        start, end = tokens[piece.start].start, tokens[piece.end - 1].end
        meaning = self.used.get(index, "")
        kind = "slot" if meaning else "filler" if piece.mere or piece.has("conj") else "unknown"
        if meaning.startswith("cue:"):
            kind = "cue"
        if piece.corrected:
            kind, meaning = "corrected", piece.corrected
        return Heard(self.text.original[start:end], start, end, kind, meaning)

    @staticmethod
    def _thin(piece: Piece) -> bool:
        return any(piece.has(kind) for kind in THIN)
