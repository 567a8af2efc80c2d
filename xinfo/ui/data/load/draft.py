"""What a session is about to load: the files, how their tables are read, what was answered, the last report.

Draws nothing and writes nothing into the store but by `load`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st

from xinfo.intake import quarantine
from xinfo.intake.claimed import Claimed
from xinfo.intake.load import Load, memory, set_aside, take, words_of
from xinfo.intake.mapping import Mapping
from xinfo.intake.report import Question, Report, Table
from xinfo.intake.shape import forget
from xinfo.intake.tables import CONFIRM
from xinfo.intake.words import Words
from xinfo.shipped import DIVISIONS
from xinfo.stewardship import vouched
from xinfo.stewardship.desk import Desk
from xinfo.store import versions
from xinfo.store.build import Progress
from xinfo.store.room import Passing
from xinfo.ui import session
from xinfo.ui.data.load.job import Job

Key = tuple[str, str | None, int]
"""A table: its file, its sheet and the first row of its header."""


def key_of(table: Table) -> Key:
    return table.file, table.sheet, table.mapping.header[0]


class Draft:
    """Files on their way into the store."""

    def __init__(self, store: Path):
        self.store = store
        self.files: list[Path] = []
        self.report: Report | None = None
        self.job: Job | None = None
        self.trouble = ""
        self.round = 0
        """Counts the reports, so that fields begin anew with each."""
        self.answers: dict[str, str] = {}
        """To doubts about figures, which are asked once for all files."""
        self.claims: dict[str, Claimed] = {}
        """By file, who is said to have published its figures and what they are said to be."""
        self._folder = Passing()
        self._added = 0
        self._mappings: dict[Key, Mapping] = {}
        self._settled: set[Key] = set()
        self._answers_of: dict[str, dict[str, str]] = {}
        self._version: Path | None = None
        self._own: frozenset[str] | None = None
        """For which places whoever sits there may load; None for all."""

    def add(self, name: str, content: bytes) -> None:
        """Takes a file in, in place of one of its name. Raises OSError."""
        name = Path(name).name
        self.drop(name)
        place = self._folder.path / str(self._added)
        place.mkdir()
        (place / name).write_bytes(content)
        self._added += 1
        self.files.append(place / name)

    def drop(self, name: str) -> None:
        """Leaves a file out, with all that was said of it."""
        self.files = [file for file in self.files if file.name != name]
        self._answers_of.pop(name, None)
        self.claims.pop(name, None)
        for key in [key for key in self._mappings if key[0] == name]:
            self._reset(key)

    def look(self) -> None:
        """Begins to find out what the files would bring; nothing is written."""
        if self._loading():
            return
        self.trouble, self._version = "", versions.current(self.store)
        self._own = session.person().places("load")
        self.job = Job("look", partial(self._take, dry_run=True), session.language()) if self.files else None
        self.report = self.report if self.files else None

    def load(self, at: str, who: str) -> bool:
        """Begins to load; False where the store has changed since the report, which then is made anew.

        Raises StoreError, and NotAllowed for somebody who may not load.
        """
        if self._loading():
            return True
        session.require("load")
        self._own = session.person().places("load")
        if versions.current(self.store) != self._version:
            self.look()
            return False
        self.trouble = ""
        self.job = Job("load", partial(self._take, dry_run=False, at=at, who=who), session.language())
        return True

    def finish(self) -> Job | None:
        """Takes over what the work gave, once it has ended; the work."""
        job = self.job
        if job:
            self.job, self.trouble, self.round = None, job.trouble, self.round + 1
            self.report = job.report or self.report
        return job

    def set_aside(self, at: str, who: str) -> Report | None:
        """Puts the refused files into the quarantine and goes on without them. Raises StoreError and NotAllowed."""
        session.require("load")
        report = self.report and set_aside(self.store, self.files, self.report, at=at, who=who)
        for name in report.wrong if report else ():
            self.drop(name)
        self.look()
        return report

    def try_again(self, number: int) -> None:
        """Takes a file out of the quarantine once more; it stays there. Raises XinfoError and OSError."""
        session.require("load")
        kept = quarantine.fetch(self.store, number)
        self.add(kept.file, kept.path.read_bytes())
        self.look()

    def read_as(self, table: Table, mapping: Mapping) -> None:
        """The table is read otherwise; that is still to be confirmed."""
        self._mappings[key_of(table)] = mapping
        self._settled.discard(key_of(table))
        self.look()

    def answer_running(self, table: Table, mapping: Mapping) -> None:
        """As `read_as`, where the figures speak for both answers: it is not asked again."""
        self._answers_of.setdefault(table.file, {})["running"] = "told"
        self.read_as(table, mapping)

    def confirm(self, tables: Iterable[Table]) -> None:
        """The tables are read rightly."""
        for table in tables:
            self._mappings[key_of(table)] = table.mapping
            self._settled.add(key_of(table))
        self.look()

    def forget(self, table: Table) -> None:
        """The table, and the next one of its shape, is asked about again. Raises NotAllowed."""
        session.require("load")
        forget(memory(self.store), table.mapping)
        self._reset(key_of(table))
        self.look()

    def settled(self, table: Table) -> bool:
        """Whether it is confirmed how a table is read, now or with an earlier file of its shape."""
        key = key_of(table)
        return not open_questions(table) and (key in self._settled or (table.remembered and key not in self._mappings))

    def unsettled(self) -> list[Table]:
        return [table for table in self.report.tables if not self.settled(table)] if self.report else []

    def doubts(self) -> list[Question]:
        """What is asked of the figures, not of how a table is read."""
        of_tables = [question for table in self.report.tables for question in table.questions] if self.report else []
        return [one for one in self.report.questions if one not in of_tables] if self.report else []

    def _loading(self) -> bool:
        """Whether a load is under way, which a second click must not begin again."""
        return self.job is not None and self.job.kind == "load"

    def _reset(self, key: Key) -> None:
        self._mappings.pop(key, None)
        self._settled.discard(key)

    def _load(self) -> Load:
        said = {
            file.name: (
                [mapping for key, mapping in self._mappings.items() if key[0] == file.name],
                self._answers_of.get(file.name, {}),
            )
            for file in self.files
        }
        words = partial(_words, self.store, versions.current(self.store))
        asks = vouched.doubt(self.store, session.QUERIES)
        return Load(self.store, words, (), self.answers, said, self.claims, self._own, asks)

    def _take(self, progress: Progress, dry_run: bool, at: str = "", who: str = "") -> Report:
        report = take(self._load(), self.files, at=at, who=who, dry_run=dry_run, progress=progress)
        return vouched.taken_over(report, partial(self._desk, at, who), self.answers)

    def _desk(self, at: str, who: str) -> Desk:
        return Desk(session.opened(str(versions.current(self.store)), False), who, at)


def under_way() -> Draft:
    """The draft of this session."""
    if "load-draft" not in st.session_state:
        st.session_state["load-draft"] = Draft(session.store())
    draft: Draft = st.session_state["load-draft"]
    return draft


def open_questions(table: Table) -> list[Question]:
    """What of a table is still to be decided before it can be confirmed."""
    return [question for question in table.questions if question.key != CONFIRM]


@lru_cache(maxsize=2)
def _words(store: Path, version: Path) -> Words:
    return words_of(store, session.QUERIES, DIVISIONS)
