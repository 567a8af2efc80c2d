"""What each row of a table's body is about, from its label columns: one `State` a row, or why it has none.

Rows lean on those above them: a part on its total ('其中：居民'), a quarter on the year said last, a row on the line
that stands alone over it. Values are read in `rows`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from xinfo.intake.grid import Grid
from xinfo.intake.headers import is_note
from xinfo.intake.mapping import LABELS, OPEN, Mapping
from xinfo.intake.said import Said
from xinfo.intake.state import State, Unclear, read_label, with_parts, with_time
from xinfo.intake.units import read_units
from xinfo.intake.words import Words
from xinfo.understand.catalog import DIMENSIONS, PARTS

IGNORE = "ignore"
Texts = tuple[tuple[int, str, str], ...]
"""Labels of a row: column, role, text."""
FILLED_FROM = 1 / 3
"""A label column with this share of blanks is written once a group; with fewer, a blank is an omission."""


@dataclass
class Row:
    """A row of the body: what it is about, or what of it is unclear, or why it is left out."""

    index: int
    place: str | None = None
    state: State = field(default_factory=State)
    unclear: Unclear | None = None
    left: str | None = None


class Labels:
    """Reads the rows of one body from the top."""

    def __init__(self, mapping: Mapping, columns: Sequence[int | None], words: Words):
        self._mapping, self._words = mapping, words
        self._labels = [
            (n, column.role)
            for n, column in zip(columns, mapping.columns, strict=True)
            if n is not None and column.role in LABELS
        ]
        self._values = [
            n
            for n, column in zip(columns, mapping.columns, strict=True)
            if n is not None and column.role in ("value", OPEN)
        ]
        self._metric: str | None = mapping.fixed.get("metric")
        self._year: int | None = None
        self._over = Row(-1)
        self._last: dict[int, str] = {}
        self._lines = 0
        """How many texts have stood alone so far."""
        self._read: dict[
            tuple[Texts, str | None, int | None, bool, int],
            tuple[State | Unclear | str, str | None, int | None, bool],
        ] = {}
        self._has_parts = self._metric is not None
        """Whether a total may follow: of parts read before it, or of a metric that all rows share."""

    def read(self, grid: Grid, body: tuple[int, int]) -> Iterator[Row]:
        """Every row of the body that has values, or that would have if its labels were clear."""
        filled = self._filled(grid, body)
        top = {area.top: area for area in grid.merged if area.bottom > area.top}
        deep = {n for area in top.values() for n in range(area.left, area.right + 1)}
        for index in range(body[0], body[1] + 1):
            cells = grid.rows[index]
            texts = []
            for n, role in self._labels:
                text = grid.filled(index, n) if n in deep else grid.text(index, n)
                if not text.strip() and n in filled:
                    text = self._last.get(n, "")
                elif text.strip():
                    self._last[n] = text
                texts.append((n, role, text.strip()))
            shared = any(grid.filled(index, n).strip() for n in self._values if n in deep)
            if shared or any(cells[n].strip() for n in self._values if n < len(cells)):
                yield self._row(index, tuple(texts))
            elif len({cell.strip() for cell in cells} - {""}) == 1:
                self._line(index, grid)
            else:
                self._row(index, tuple(texts))

    def _filled(self, grid: Grid, body: tuple[int, int]) -> set[int]:
        """The label columns whose text stands once for several rows."""
        axes = [n for n, role in self._labels if role != "unit"]
        blank: Counter[int] = Counter()
        rows = 0
        for index in range(body[0], body[1] + 1):
            has = [n for n in axes if grid.text(index, n).strip()]
            if has and any(grid.text(index, n).strip() for n in self._values[:1] or axes):
                rows += 1
                blank.update(n for n in axes if n not in has)
        return {n for n, count in blank.items() if len(axes) > 1 and count >= rows * FILLED_FROM and count < rows}

    def _line(self, index: int, grid: Grid) -> None:
        """A text that stands alone over the rows below it: a place, a period, a metric, or a mere heading."""
        self._lines += 1
        n, text = next((n, text.strip()) for n, text in enumerate(grid.rows[index]) if text.strip())
        if is_note(text) or self._mapping.words.get(text) == IGNORE:
            return
        if [role for at, role in self._labels] == ["place"] and len(self._words.place(text)) == 1:
            return
        said = self._words.read(text, about=self._metric)
        place = self._known(text) or next(iter(self._words.place(text)), None) or said.place
        if place in (None, "?") and (said.rest or said.places or said.metrics):
            self._over = replace(self._over, unclear=Unclear("line", text, n, (*said.places, *said.metrics)))
            return
        self._metric = said.metric or self._metric
        self._year = said.time.year if said.time and said.time.year else self._year
        state = with_time(self._over.state, said.time)
        parts = with_parts((), said.parts) if said.parts or said.metric or place else state.parts
        unit = " ".join(one.written for one in said.units[:1]) or (state.unit if not said.metric else None)
        state = replace(state, metric=said.metric or state.metric, parts=parts, unit=unit)
        self._over = replace(self._over, place=place or self._over.place, unclear=None, state=state)

    def _known(self, text: str) -> str | None:
        """The place that an answer says a label means."""
        meant = self._mapping.words.get(text)
        return meant if meant in self._words.catalog.places else None

    def _row(self, index: int, texts: Texts) -> Row:
        if self._mapping.words and any(self._mapping.words.get(text) == IGNORE for _, _, text in texts):
            return Row(index, left="answered")
        row = Row(index, self._over.place, self._over.state, self._over.unclear)
        for n, role, text in texts:
            if role == "place":
                self._take(row, self._place(n, text))
        self._take(row, self._rest(tuple(one for one in texts if one[1] != "place")))
        return Row(index, left="total") if row.left else row

    @staticmethod
    def _take(row: Row, found: State | Unclear | str | None) -> None:
        if isinstance(found, State):
            row.state = found
        elif isinstance(found, Unclear):
            row.unclear = row.unclear or found
        elif found == "":
            row.left = "total"
        elif found:
            row.place = found

    def _rest(self, texts: Texts) -> State | Unclear | str:
        """What the labels besides the place say; worked out once for the same texts under the same circumstances."""
        before = (texts, self._metric, self._year, self._has_parts, self._lines)
        if before not in self._read:
            said = self._worked_out(texts)
            self._read[before] = (said, self._metric, self._year, self._has_parts)
        said, self._metric, self._year, self._has_parts = self._read[before]
        return said

    def _worked_out(self, texts: Texts) -> State | Unclear | str:
        state, unclear = self._over.state, None
        for n, role, text in texts:
            found = self._state(n, role, text, state)
            if isinstance(found, State):
                state = found
            elif isinstance(found, Unclear):
                unclear = unclear or found
            else:
                return found
        return unclear or state

    def _place(self, n: int, text: str) -> str | Unclear | None:
        """A place's id; '' for a total; None where the cell is blank and another text says the place."""
        if not text:
            over = self._over.place if len(self._labels) > 1 else None
            return Unclear("place", text, n) if over is None else None
        if known := self._known(text):
            return known
        found = self._words.place(text)
        if len(found) == 1:
            return found[0]
        said = self._words.read(text)
        if not found and "total" in said.flags and not said.place:
            return ""
        if said.place and not (said.rest or found or said.metric):
            return said.place
        candidates = tuple(place for place in found if place != "?") or self._words.nearest_places(text)
        return Unclear("place", text, n, candidates)

    def _state(self, n: int, role: str, text: str, state: State) -> State | Unclear | str:
        if role == "metric":
            return self._of_metric(n, text, state)
        if not text:
            return state
        if role == "unit":
            return replace(state, unit=text) if read_units(text) else Unclear("unit", text, n)
        if role in DIMENSIONS:
            part = self._mapping.words.get(text) or self._words.part(role, text)
            if part not in (*PARTS[role], "all"):
                return Unclear(role, text, n, PARTS[role])
            return replace(state, parts=with_parts(state.parts, {role: part}))
        return self._of_time(n, role, text, state)

    def _of_metric(self, n: int, text: str, state: State) -> State | Unclear | str:
        said = self._words.read(text, about=self._metric)
        meant = self._mapping.words.get(text)
        if meant in self._words.catalog.metrics:
            said = replace(said, metric=meant, metrics=(), rest=(), left=None)
        if said.left == "growth" and not said.rest and (said.metric or self._metric):
            return replace(self._said(said, state), metric=said.metric or self._metric, growth=True)
        if self._is_left(said):
            return ""
        if said.rest or said.metrics or said.places or not text:
            return Unclear("metric", text, n, said.metrics or self._words.nearest_metrics(text))
        if said.metric and "within" not in said.flags and not said.parts:
            self._metric, self._has_parts = said.metric, False
        metric = said.metric or self._metric
        self._has_parts = self._has_parts or bool(said.parts)
        if not said.metric and not said.parts and not self._has_parts and "total" in said.flags:
            return ""
        if not said.metric and not said.parts and "total" not in said.flags:
            return Unclear("metric", text, n, self._words.nearest_metrics(text))
        if metric is None or not set(said.parts) <= set(self._words.dimensions(metric)):
            return Unclear("metric", text, n)
        return replace(self._said(said, state), metric=metric)

    def _is_left(self, said: Said) -> bool:
        """Whether a label is of no figure of its own: a share, last year's beside this year's, a target."""
        aim = "target" in said.flags and self._mapping.table == "observation"
        return bool(said.left or aim) and not said.rest

    def _said(self, said: Said, state: State) -> State:
        """The state with the unit, the time, the parts and the reach that a metric's label says besides."""
        reach = "ytd" if "running" in said.flags else state.reach
        unit = " ".join(one.written for one in said.units[:1]) or state.unit
        parts = with_parts(state.parts, said.parts)
        status = said.status or state.status
        return replace(with_time(state, said.time), parts=parts, unit=unit, reach=reach, status=status)

    def _of_time(self, n: int, role: str, text: str, state: State) -> State | Unclear | str:
        time = read_label(role, text, self._words, self._mapping.fixed.get("dates"))
        said = self._words.read(text)
        if self._is_left(said) or (time is None and "total" in said.flags):
            return ""
        if time is None:
            return Unclear("period", text, n)
        state = replace(state, status=said.status or state.status)
        self._year = time.year or self._year
        if role == "year":
            return replace(state, year=time.year, part=time.part or state.part)
        return with_time(state, time if time.year else replace(time, year=self._year or state.year))
