"""The whole way of a load: files of any kind, what they bring and what is asked, and then a new version or none.

Files in the import format go to the store as they are; others through a mapping that the user has confirmed. Nothing is
loaded while anything is refused or unanswered; a refused file is kept in the quarantine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Says
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from xinfo import audit
from xinfo.audit.verify import BEGUN, LOAD
from xinfo.errors import InputError, Problems, StoreError
from xinfo.intake import quarantine
from xinfo.intake.claimed import Claimed
from xinfo.intake.look import Doubt, Looked
from xinfo.intake.mapping import Mapping
from xinfo.intake.pieces import Piece, read_piece, second_look
from xinfo.intake.report import Line, Report, Said, as_csv, bounded, line_of
from xinfo.intake.shape import remember
from xinfo.intake.tables import Reading
from xinfo.intake.unsaid import KEY, known_of
from xinfo.intake.words import Words
from xinfo.query.catalog import read_contents
from xinfo.query.engine import DuckEngine
from xinfo.store.add import AddReport, Batch, Prove, add
from xinfo.store.assets import assets_of
from xinfo.store.build import Progress
from xinfo.store.opening import notes
from xinfo.store.room import room
from xinfo.store.versions import current, number
from xinfo.understand.vocabulary import build_lexicon


@dataclass(frozen=True)
class Load:
    """A store and how files are to be loaded into it."""

    store: Path
    words: Callable[[], Words]
    """Gives the words that tables are read by, once there is a table to read: see `words_of`."""
    mappings: Sequence[Mapping] = ()
    """Given by the user; a table that one of them fits needs no confirmation."""
    answers: Says[str, str] = field(default_factory=dict)
    """Question's key -> choice; see `report.Question`."""
    of_file: Says[str, tuple[Sequence[Mapping], Says[str, str]]] = field(default_factory=dict)
    """File's name -> mappings and answers for its tables alone, beside those for all."""
    claims: Says[str, Claimed] = field(default_factory=dict)
    """File's name -> who is said to have published its figures and what they are; under '' what is said of all."""
    own: frozenset[str] | None = None
    """The ids of the places that may be loaded for; None for all."""
    doubt: Doubt | None = None
    """What is asked of the finished store, beside what is asked of its new rows."""

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.words(), self.mappings, self.answers, memory(self.store), known_of(self.store))

    def claim_of(self, file: str) -> Claimed:
        """What whoever loads a file says of it."""
        return self.claims.get(file, Claimed()).over(self.claims.get("", Claimed()))

    def for_file(self, file: str) -> Load:
        """The same load with what was said of one file alone."""
        mappings, answers = self.of_file.get(file, ((), {}))
        return replace(self, mappings=(*mappings, *self.mappings), answers={**self.answers, **answers}, of_file={})


def memory(store: Path) -> Path:
    """Where the mappings of tables that were loaded are kept for the next ones of their shape."""
    return store.with_name(store.name + ".mappings")


def words_of(store: Path, queries: Path, divisions: Path) -> Words:
    """The words of a store with the shipped vocabulary and its own; `divisions` is the gazetteer's CSV file."""
    engine = DuckEngine(current(store))
    try:
        catalog = read_contents(engine, divisions).catalog
    finally:
        engine.close()
    return Words(catalog, build_lexicon(queries, catalog, assets_of(store, queries).words))


def take(
    load: Load, files: Sequence[Path], *, at: str, who: str, dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Loads files whole or not at all and reports on them; with `dry_run` only reports, and nothing is written.

    `at` and `who` are kept with the version. What is wrong in the files is in the report. Raises StoreError where the
    store cannot be read or written, InputError for two files of one name.
    """
    tell = progress or (lambda _, __: None)
    current(load.store)
    _refuse_namesakes(files)
    with room() as folder, _told():
        pieces = []
        for done, file in enumerate(files):
            tell(f"reading {file.name}", 0.1 * done / len(files))
            place = folder / str(done)
            place.mkdir()
            pieces.append(read_piece(file, load.for_file(file.name) if file.name in load.of_file else load, place))
        report = _taken(load, pieces, at, who, dry_run, tell)
    if dry_run:
        return report
    report = _logged(load.store, report, at, who)
    if report.outcome == "refused":
        return set_aside(load.store, files, report, at=at, who=who)
    return _remembered(load.store, report) if report.outcome == "loaded" else report


@contextmanager
def _told() -> Iterator[None]:
    """What the system refuses while files are read and written, in words."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{error.filename or 'a temporary file'} cannot be read or written: {error.strerror}"
        ) from error


def _logged(store: Path, report: Report, at: str, who: str) -> Report:
    """Notes in the log what came of a load; where that cannot be written, the report says so."""
    what = {
        "outcome": report.outcome,
        "files": [one.file for one in report.files],
        "new": report.count("new"),
        "revised": report.count("revised"),
        "version": number(report.version) if report.version else None,
    }
    try:
        audit.record(store, LOAD, who=who, at=at, what=what, fingerprint=report.fingerprint)
    except StoreError as error:
        note = Line("note", Said("note.not_logged", {"why": str(error)}))
        return replace(report, lines=(*report.lines, note))
    return report


def _remembered(store: Path, report: Report) -> Report:
    """Keeps the mappings for the next files of their shapes; where that cannot be done, the report says so."""
    try:
        for table in report.tables:
            remember(memory(store), table.mapping)
    except InputError as error:
        note = Line("note", Said("note.not_remembered", {"why": str(error)}))
        return replace(report, lines=(*report.lines, note))
    return report


def _refuse_namesakes(files: Sequence[Path]) -> None:
    names = [file.name for file in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise InputError(f"two files are called {min(twice)}; rename one, so that its rows can be told apart")


def _taken(load: Load, pieces: list[Piece], at: str, who: str, dry_run: bool, tell: Progress) -> Report:
    """Adds what can be added, or tries to; what every file brought, and what stood in the way."""
    batches = [batch for piece in pieces for batch in piece.batches]
    refused = any(piece.refused for piece in pieces)
    waiting = any(piece.questions for piece in pieces)
    only_try = dry_run or refused or waiting or not batches
    doubt = None if refused or waiting else load.doubt
    settled = [one.path.name for one in pieces if one.tables and _running(one, load)]
    looked = Looked(load.answers, not only_try, load.own, doubt, settled)
    added, problems = _added(load.store, batches, looked, at, who, only_try, tell)
    if problems and (again := second_look(batches, problems)):
        looked = Looked(load.answers, not only_try, load.own, doubt, settled)
        added, problems = _added(load.store, again, looked, at, who, only_try, tell)
    questions = [question for piece in pieces for question in piece.questions] + looked.questions
    refused = refused or bool(problems or looked.beyond) or not (batches or questions)
    outcome = "refused" if refused else "questions" if questions else "ready"
    done = added is not None and outcome == "ready" and not only_try
    found = [line for piece in pieces for line in piece.lines] + looked.lines + looked.beyond
    found += [line_of(problem) for problem in (problems.each if problems else ())]
    return Report(
        outcome="loaded" if done else outcome,
        files=tuple(piece.counts(looked, problems) for piece in pieces),
        lines=bounded(found),
        questions=tuple({question.key: question for question in reversed(questions)}.values())[::-1],
        tables=tuple(table for piece in pieces for table in piece.tables),
        claims={piece.path.name: piece.claimed for piece in pieces if piece.figures},
        version=added.version if added and done else None,
        fingerprint=added.fingerprint if added and done else "",
    )


def _running(piece: Piece, load: Load) -> bool:
    """Whether it was asked of the file's tables if their quarters run from January."""
    asked = any(question.key == KEY for question in piece.questions)
    return asked or KEY in load.for_file(piece.path.name).answers


def _added(
    store: Path, batches: Sequence[Batch], looked: Looked, at: str, who: str, only_try: bool, tell: Progress
) -> tuple[AddReport | None, Problems | None]:
    """What adding the rows gave: the report, or the problems; neither where there are none or a question stopped it."""
    if not batches:
        return None, None
    try:
        prove: Prove | None = looked.prove if looked.proves else None
        if not only_try:
            prove = _begun(store, prove, [batch.file.name for batch in batches], at, who)
        return add(
            store, batches, built_at=at, who=who, dry_run=only_try, look=looked, prove=prove, progress=tell
        ), None
    except Problems as problems:
        return None, problems
    except InputError:
        if looked.stopped:
            return None, None
        raise


def _begun(store: Path, prove: Prove | None, files: list[str], at: str, who: str) -> Prove:
    """Says in the log what is to count next, before it does: what cannot be logged is not loaded."""

    def proved(draft: Path) -> None:
        if prove:
            prove(draft)
        what = {"files": files, "version": number(draft)}
        audit.record(store, BEGUN, who=who, at=at, what=what, fingerprint=notes(draft).get("fingerprint", ""))

    return proved


def set_aside(store: Path, files: Sequence[Path], report: Report, *, at: str, who: str) -> Report:
    """Keeps the files that were refused, each with the whole report, in the quarantine."""
    content, kept, notes = as_csv(report, "en"), [], []
    for file in files:
        if file.name in report.wrong and file.is_file():
            problems = sum(one.refused for one in report.files if one.file == file.name)
            try:
                kept.append(quarantine.keep(store, file, content, at=at, who=who, problems=problems).number)
            except StoreError as error:
                notes.append(Line("note", Said("note.not_kept", {"why": str(error)}), file.name))
    return replace(report, kept=tuple(kept), lines=(*report.lines, *notes))
