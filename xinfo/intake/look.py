"""The look at new rows before they are written: what they change, and what of them is doubted. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problems
from xinfo.intake.adding_up import contradicted
from xinfo.intake.amiss import amiss
from xinfo.intake.beyond import beyond
from xinfo.intake.changes import elsewhere, told
from xinfo.intake.doubts import KEEP, improbable
from xinfo.intake.falling import fallen, falling
from xinfo.intake.remains import remains
from xinfo.intake.report import Line, Question, Said
from xinfo.intake.single import single
from xinfo.store.complete import note_stretches
from xinfo.store.journal import Loaded

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
