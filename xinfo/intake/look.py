"""The look at new rows before they are written: what they change, and what of them is doubted. Writes nothing.

A published total that its parts do not add up to is told where new figures are one of them. Whoever may load for some
places alone may load no figures of others, and none of the lists that are everybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problems
from xinfo.intake.changes import elsewhere, told
from xinfo.intake.doubts import KEEP, amiss, improbable
from xinfo.intake.falling import fallen, falling
from xinfo.intake.remains import remains
from xinfo.intake.report import MOST_LINES, Line, Question, Said
from xinfo.intake.single import single
from xinfo.store.adding_up import Unequal, unequal
from xinfo.store.complete import note_stretches
from xinfo.store.journal import KEYS, Loaded
from xinfo.store.read import MOST_PROBLEMS
from xinfo.store.reference import FILES

Doubt = Callable[[Path], Sequence[Question]]
"""What is asked of a store that is worked out, before it counts."""


class Looked:
    """What was seen. With `stop`, doubts that are not answered stop the load, and rows of other places than `own`."""

    def __init__(
        self,
        answers: Mapping[str, str],
        stop: bool,
        own: frozenset[str] | None = None,
        doubt: Doubt | None = None,
        settled: Collection[str] = (),
    ):
        """`settled` are the files of which it is asked otherwise whether their quarters are single ones."""
        self._answers, self._stop, self._own, self._doubt, self._settled = answers, stop, own, doubt, settled
        self.loaded: tuple[Loaded, ...] = ()
        self.questions: list[Question] = []
        self.lines: list[Line] = []
        self.conflicts: dict[str, int] = {}
        self.beyond: list[Line] = []
        self.stopped = False

    def __call__(self, connection: DuckDBPyConnection, loaded: tuple[Loaded, ...]) -> None:
        """Raises Problems for running totals that fall, InputError to stop the load."""
        self.loaded = loaded
        self.lines = [
            Line("note", Said("note.repeated", {"count": one.repeated}), one.file) for one in loaded if one.repeated
        ]
        if self._own is not None:
            self.beyond = list(beyond(connection, loaded, self._own))
            if self.beyond and self._stop:
                self.stopped = True
                raise InputError("some of it is not for them to load")
        if all(one.table not in ("observation", "target") for one in loaded):
            return
        note_stretches(connection)
        if problems := falling(connection):
            raise Problems(problems)
        falls, named = fallen(connection), single(connection)
        doubts = [*improbable(connection), *amiss(connection), *falls]
        doubts += [one for one in named if any(line.file not in self._settled for line in one.lines)]
        doubts += remains(connection, (*falls, *named))
        self.lines += [*told(connection), *contradicted(connection)]
        self.conflicts = elsewhere(connection)
        self._ask(doubts)

    @property
    def proves(self) -> bool:
        return self._doubt is not None

    def prove(self, draft: Path) -> None:
        """Raises InputError to stop the load for what is asked of the finished store."""
        if self._doubt:
            self._ask(self._doubt(draft))

    def _ask(self, doubts: Sequence[Question]) -> None:
        open_ = [one for one in doubts if self._answers.get(one.key) not in ("", KEEP)]
        self.questions += open_
        if open_ and self._stop:
            self.stopped = True
            raise InputError("questions are open")


_OF_PROJECTS = """
    SELECT fresh.project_id, unnest([fresh.place_id, earlier.place_id]) AS place_id
    FROM project AS fresh LEFT JOIN old.project AS earlier USING (project_id)"""
"""A project that is taken over from another place is about both."""


def beyond(connection: DuckDBPyConnection, loaded: Sequence[Loaded], own: frozenset[str]) -> Iterator[Line]:
    """A refused line for each place of the new rows that is not among `own`, and for each list that is everybody's."""
    values = [sorted(own)]
    names = "SELECT name_en || ' ' || name_zh FROM place WHERE list_contains(?, place_id) ORDER BY place_id"
    said = {"own": ", ".join(name for (name,) in connection.execute(names, values).fetchall()) or "–"}
    figures = f"""
        SELECT file, arg_min(sheet, line), min(line), arg_min(cell, line), place_id FROM published
        WHERE NOT list_contains(?, place_id) GROUP BY file, place_id ORDER BY 1, 3 LIMIT {MOST_PROBLEMS}"""
    for file, sheet, line, cell, place in connection.execute(figures, values).fetchall():
        yield Line("refused", Said("line.beyond", said), file, sheet, line, cell, "place", place)
    files = {one.table: one.file for one in loaded}
    for table, source in (("target", "target"), ("project", f"({_OF_PROJECTS})")):
        places = f"SELECT DISTINCT place_id FROM {source} WHERE NOT list_contains(?, place_id) ORDER BY 1"
        for (place,) in connection.execute(f"{places} LIMIT {MOST_PROBLEMS}", values).fetchall():
            yield Line("refused", Said("line.beyond", said), files.get(table, ""), column="place", place=place)
    for one in loaded:
        if one.table in FILES:
            yield Line("refused", Said("line.everybodys", said), one.file)


_TOUCHED = f"""CREATE OR REPLACE TEMP VIEW touched AS
    SELECT * FROM published UNION ALL
    SELECT * FROM old.published ANTI JOIN published USING ({", ".join(KEYS["published"])})
    WHERE status <> 'illustrative' AND EXISTS (FROM published AS fresh
        WHERE fresh.place_id = old.published.place_id AND fresh.metric_id = old.published.metric_id
        AND left(fresh.period_id, 4) = left(old.published.period_id, 4))"""


def contradicted(connection: DuckDBPyConnection) -> Iterator[Line]:
    """A note for each, with the new figures in `published` and those of the store `old` of the same years."""
    connection.execute(_TOUCHED)
    for one in unequal(connection, "touched")[:MOST_LINES]:
        yield _unequal(one)
    connection.execute("DROP VIEW touched")


def unequal_said(one: Unequal) -> Said:
    """The warning."""
    about = {"place": one.place, "metric": " ".join(filter(None, (one.metric, _parts(one)))), "period": one.period}
    amounts = {"value": f"{one.value_written} {one.unit_written}", "added": one.added_written}
    return Said("note.unequal", {**about, **amounts, "parts": ", ".join(one.parts)})


def _parts(one: Unequal) -> str:
    return " ".join(part for part in (one.consumer, one.offering, one.sector) if part != "all")


def _unequal(one: Unequal) -> Line:
    return Line(
        kind="note", what=unequal_said(one), file=one.file, sheet=one.sheet, row=one.line, cell=one.cell,
        place=one.place, metric=one.metric, period=one.period, parts=_parts(one), value=one.value_written,
        unit=one.unit_written,
    )  # fmt: skip
