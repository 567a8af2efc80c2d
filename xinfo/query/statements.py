"""Every question's SQL, composed by its shape and checked once. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlglot.errors import SqlglotError

from xinfo.errors import InputError, Refused, did_you_mean
from xinfo.query.columns import DIALECT
from xinfo.query.failure import failed
from xinfo.query.guard import check, narrow
from xinfo.query.pairs import both
from xinfo.query.shape import Shape, shape_of
from xinfo.query.steps import Composer, composer
from xinfo.understand.catalog import Catalog
from xinfo.understand.choose import second_operation
from xinfo.understand.reading import Reading, Slots
from xinfo.understand.say import sentence
from xinfo.understand.template import Measure, Template

EACH = "figures_by_place"
"""The template that has a row for each of some places."""


@dataclass(frozen=True)
class Statement:
    """What may run: printed from the checked tree."""

    sql: str
    published_sql: str
    """The same over the published figures only."""
    parameters: frozenset[str]


class Statements:
    """The checked statement of each template and shape.

    It is composed and checked when first needed, once in a process: the same SQL and shape in another store or beside
    other templates has the same one.
    """

    def __init__(self, templates: Iterable[Template], measures: Mapping[str, Measure], shared: str):
        self.templates = tuple(templates)
        self.measures = measures
        self._composer = composer(tuple(measures.items()), shared)

    def statement(self, template: Template, slots: Slots, catalog: Catalog) -> Statement:
        """The checked statement of a template's question.

        Raises InputError where the guard refuses it, EngineError where it chooses places by too many other questions.
        """
        questions = [(template, shape_of(template, slots, catalog))]
        if second := slots.second:
            beside = self._second_template(template, slots)
            questions.append((beside, shape_of(beside, second, catalog)))
        return self._checked(questions)

    def with_second(self, reading: Reading, catalog: Catalog) -> Reading:
        """The reading with the question for its second figure, where it asks for two."""
        if (slots := reading.slots.second) is None:
            return reading
        template = self._second_template(reading.template, reading.slots)
        said = sentence(template, slots, catalog, reading.lang)
        return replace(reading, second=Reading(said, reading.lang, template, slots, said))

    def _second_template(self, template: Template, slots: Slots) -> Template:
        """The template that the second figure of a question is asked with."""
        if (second := slots.second) and second.operation:
            (found,) = second_operation(self.templates, second)
            return found
        if not slots.picks or (slots.also and slots.also.order):
            return template
        return next(one for one in self.templates if one.template_id == EACH)

    def _checked(self, questions: Sequence[tuple[Template, Shape]]) -> Statement:
        template = questions[0][0]
        for shape in (shape for _, shape in questions if shape.measure not in ("", *self.measures)):
            near = did_you_mean(shape.measure, self.measures)
            raise InputError(f"{template.path}: there is no measure '{shape.measure}'{near}")
        try:
            return _made(self._composer, tuple((one.sql, shape) for one, shape in questions))
        except (SqlglotError, Refused, RecursionError) as error:
            if any(shape.chosen for _, shape in questions):
                raise failed("too_deep") from error
            raise InputError(f"{template.path}: its SQL is refused: {error}") from error


@lru_cache(maxsize=2048)
def _made(by: Composer, questions: tuple[tuple[str, Shape], ...]) -> Statement:
    checked = check(_composed(by, questions))
    return Statement(checked.sql, narrow(checked, published_only=True), checked.parameters)


def _composed(by: Composer, questions: tuple[tuple[str, Shape], ...]) -> str:
    """The SQL of one question, or of two as one; that of a template without measures is its own."""
    [first, shape], *_ = questions
    if not shape.measure:
        return by.plain(first)
    trees = [by.composed(sql, shape) for sql, shape in questions]
    return (both(*trees) if len(trees) > 1 else trees[0]).sql(dialect=DIALECT, copy=False)


def read_shared(folder: Path) -> str:
    """The steps that all templates share."""
    return (folder / "figures.sql").read_text(encoding="utf-8")
