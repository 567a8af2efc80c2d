"""The way of a question, step by step. The only module that knows all steps: read, bind, run, compose; and back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from xinfo.answer.answer import Answer, NotAnswered, Source
from xinfo.answer.caveats import as_known
from xinfo.answer.compose import compose
from xinfo.answer.offers import Offers
from xinfo.answer.origin.trace import Trace, trace
from xinfo.errors import EngineError
from xinfo.language.texts import text
from xinfo.nlu.parser import Parsers
from xinfo.query.apart import WORKERS, ApartEngine
from xinfo.query.bind import bind, expected_places
from xinfo.query.catalog import Contents, read_contents
from xinfo.query.engine import DuckEngine, Engine, Handle
from xinfo.query.failure import in_words
from xinfo.query.missing import why_none
from xinfo.query.proved import told_apart
from xinfo.query.reach import held
from xinfo.query.result import Bound, Result
from xinfo.query.spark.beside import Beside
from xinfo.query.statements import Statements, read_shared
from xinfo.shipped import DIVISIONS
from xinfo.store import history
from xinfo.store.assets import Assets, assets_of
from xinfo.store.history import Version
from xinfo.store.schema import PUBLISHED_ONLY
from xinfo.store.versions import current
from xinfo.understand.called import add_called
from xinfo.understand.catalog import Catalog
from xinfo.understand.correct import Speller
from xinfo.understand.drawn import read_drawn
from xinfo.understand.followed import Context
from xinfo.understand.read import Reader
from xinfo.understand.reading import Reading, Slots, Unclear
from xinfo.understand.template import Template, load_measures, load_templates
from xinfo.understand.text import language_of
from xinfo.understand.vocabulary import build_lexicon

ROW_CAP = 5000
EACH_PLACE, JUDGED = "value", "count"
"""The templates that tell whether there is a figure, and one that can be held against its bar."""


@dataclass(frozen=True)
class Workspace:
    """A store and a set of templates, ready to be asked; shared by all conversations."""

    contents: Contents
    statements: Statements
    reader: Reader
    engine: Engine
    apart: Engine
    """What runs the SQL that people wrote."""
    assets: Assets
    published_only: bool
    complaints: tuple[str, ...]
    known_on: tuple[date, Version] | None = None
    """The day as on which the figures were known, and the version of the store that counted then."""
    cluster: Beside | None = None
    """What questions are asked of; the engine is then for what is looked up beside them."""

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {source_id: Source(*row) for source_id, row in self.contents.sources.items()}

    def held(self, metric: str, places: Sequence[str]) -> Result:
        """The periods for which any of the places has the metric, newest first."""
        return held(self.engine, metric, places, self.published_only)

    def engine_of(self, template: Template) -> Engine:
        """What runs the statements of a template, where the store itself is asked."""
        return self.apart if template.written else self.engine

    @property
    def catalog(self) -> Catalog:
        return self.contents.catalog

    @property
    def meta(self) -> dict[str, str]:
        return self.contents.meta

    @property
    def templates(self) -> tuple[Template, ...]:
        return self.reader.templates

    def conversation(self, lang: str | None = None) -> Conversation:
        return Conversation(self, lang)


class Conversation:
    """Questions that may refer to the ones before."""

    def __init__(self, workspace: Workspace, lang: str | None = None):
        self.workspace, self.lang = workspace, lang
        self.context: Context | None = None

    def ask(self, question: str, lang: str | None = None, handle: Handle | None = None) -> Answer | NotAnswered:
        """The answer, or why there is none; `handle` can end it from another thread."""
        began = time.perf_counter()
        try:
            understood, context = read_drawn(question, self.workspace.reader, lang or self.lang, self.context)
        except EngineError as error:  # 'the latest' is looked up
            said = lang or self.lang or language_of(question)
            return NotAnswered(Unclear(question, said, "refused", in_words(error, said)), _total({}, began))
        took = {"understand": _ms(began)}
        if isinstance(understood, Unclear):
            self.context = context
            return NotAnswered(self._offers(handle).checked(understood), _total(took, began))
        answer = answer_reading(understood, self.workspace, took, began, handle)
        self.context = replace(context, focus=_focus(answer)) if context else None
        if isinstance(answer, NotAnswered) and answer.unclear.status == "no_data":
            return replace(answer, unclear=self._offers(handle).for_missing(understood, answer.unclear))
        return answer

    def _offers(self, handle: Handle | None) -> Offers:
        """What tries questions to offer; the figures at hand tell whether one has an answer, not a cluster's."""
        here = replace(self.workspace, cluster=None)
        return Offers(here.reader, lambda r: isinstance(answer_reading(r, here, handle=handle), Answer), here.held)


def open_workspace(
    store: Path, queries: Path, published_only: bool = False, known_on: date | None = None, processes: int = WORKERS
) -> Workspace:
    """Opens a store's current version, or the one that counted on a day, with the shipped templates and its own.

    `store` may be a version's own file, too; people's own SQL runs in so many `processes`. Raises StoreError.
    """
    then = history.known_on(store, known_on) if known_on else None
    file = then.path if then and then.path else current(store)
    engine = DuckEngine(file)
    as_known = (known_on, then) if known_on and then else None
    workspace = workspace_on(engine, assets_of(store, queries))
    only = published_only or workspace.published_only
    apart = ApartEngine(file, engine, workers=processes)
    return replace(workspace, apart=apart, published_only=only, known_on=as_known)


def workspace_on(engine: Engine, assets: Assets) -> Workspace:
    """The figures behind an engine, which runs everything, with the templates of its assets. Raises StoreError."""
    contents, shipped = read_contents(engine, DIVISIONS), assets.shipped
    loaded, complaints = load_templates(shipped, assets.templates)
    statements = Statements(loaded, load_measures(shipped), read_shared(shipped))
    lexicon = build_lexicon(shipped, (catalog := contents.catalog), assets.words, assets.cache)
    add_called(lexicon, loaded)
    reader = Reader(lexicon, loaded, catalog, Speller(lexicon, catalog), Parsers(shipped, catalog, assets.cache))
    published_only = PUBLISHED_ONLY in contents.meta
    return Workspace(contents, statements, reader, engine, engine, assets, published_only, complaints)


def answer_reading(
    reading: Reading, workspace: Workspace, took: dict[str, float] | None = None, began: float | None = None,
    handle: Handle | None = None,
) -> Answer | NotAnswered:  # fmt: skip
    """Binds, runs and composes; a figure that is not there is told with what is missing."""
    took, began, at = took or {}, began or time.perf_counter(), time.perf_counter()
    reading = workspace.statements.with_second(reading, workspace.catalog)
    try:
        sql, params = prepare(reading.template, reading.slots, workspace)
        took["validate"], at = _ms(at), time.perf_counter()
        result = _result(sql, params, reading, workspace, handle)
        each_place = partial(_of_each_place, workspace=workspace)
        reason = why_none(reading, result, workspace.catalog, each_place, workspace.held)
        judged = None if reason else _judged(reading, result, workspace)
    except EngineError as error:
        return _not_answered(reading, "refused", in_words(error, reading.lang), _total(took, began))
    took["execute"], at = _ms(at), time.perf_counter()
    if reason:
        only = [text("missing.published_only", reading.lang)] if workspace.published_only else []
        said = " ".join((reason, *only, *as_known(workspace.known_on, reading.lang)))
        return _not_answered(reading, "no_data", said, _total(took, began))
    answer = compose(
        reading, result, sql=sql, params=params, catalog=workspace.catalog, sources=workspace.sources,
        methods=workspace.contents.methods, noted=partial(workspace.contents.noted, workspace.published_only),
        fingerprint=workspace.meta.get("fingerprint", ""),
        expected_places=expected_places(reading.slots, workspace.catalog), timing=took, judged=judged,
    )  # fmt: skip
    took["compose"] = _ms(at)
    told = (*as_known(workspace.known_on, reading.lang), *answer.caveats)
    return replace(answer, caveats=told, timing_ms=_total(took, began))


def _result(sql: str, params: Bound, reading: Reading, workspace: Workspace, handle: Handle | None) -> Result:
    """What a statement gives; of people's own SQL with what of it rests on other than published figures."""
    store = workspace.engine_of(reading.template)
    here = replace(workspace.cluster, store=store) if workspace.cluster else store
    run = partial(here.execute, params=params, row_cap=ROW_CAP, seconds=here.patience, handle=handle)
    if not reading.template.written or workspace.published_only or workspace.contents.marks.all_count:
        return run(sql)
    only, _ = prepare(reading.template, reading.slots, replace(workspace, published_only=True))
    return told_apart(run(sql), run(only), workspace.contents.marks)


def traced(answer: Answer, at: int, workspace: Workspace, handle: Handle | None = None) -> Trace:
    """The published rows behind row `at` of an answer of this workspace. Raises EngineError and TookTooLong."""
    engine, methods = workspace.engine_of(answer.reading.template), workspace.contents.methods
    return trace(answer, at, engine, workspace.catalog, methods, workspace.published_only, handle)


def prepare(template: Template, slots: Slots, workspace: Workspace) -> tuple[str, dict[str, Any]]:
    """The SQL to run for a template with these slots, and the values of its parameters."""
    statement = workspace.statements.statement(template, slots, workspace.catalog)
    sql = statement.published_sql if workspace.published_only else statement.sql
    return sql, bind(slots, workspace.catalog, statement.parameters, template.parameters)


def _of_each_place(reading: Reading, workspace: Workspace) -> Result:
    """A row that holds something where any of the places has the asked-for figure, and what it is held against."""
    template, found = (JUDGED, "places") if reading.slots.cmp else (EACH_PLACE, "1")
    return _looked_up(template, reading, workspace, f"SELECT {found} AS found FROM ({{}}) AS each_place LIMIT 1")


def _judged(reading: Reading, result: Result, workspace: Workspace) -> Result | None:
    """What was judged where none of it passed: the list itself is empty then."""
    judging = reading.slots.metric and reading.slots.cmp
    return _looked_up(JUDGED, reading, workspace) if judging and not result.rows else None


def _looked_up(template_id: str, reading: Reading, workspace: Workspace, form: str = "{}") -> Result:
    template = next(one for one in workspace.templates if one.template_id == template_id)
    sql, params = prepare(template, reading.slots.but(also=None), workspace)
    return workspace.engine.execute(form.format(sql), params, row_cap=1, seconds=workspace.engine.patience)


def _not_answered(reading: Reading, status: str, reason: str, took: dict[str, float]) -> NotAnswered:
    return NotAnswered(Unclear(reading.question, reading.lang, status, reason, heard=reading.heard), took)


def _focus(answer: Answer | NotAnswered) -> tuple[str, ...]:
    """The places an answer was about, for 'it' in the next question."""
    rows = () if isinstance(answer, NotAnswered) else answer.rows
    return tuple(dict.fromkeys(str(row["place"]) for row in rows if row.get("place")))


def _ms(since: float) -> float:
    return round(1000 * (time.perf_counter() - since), 3)


def _total(took: dict[str, float], began: float) -> dict[str, float]:
    steps = {name: took.get(name, 0.0) for name in ("understand", "validate", "execute", "compose")}
    return {**steps, "total": _ms(began)}
