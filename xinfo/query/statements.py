"""Every question's SQL, composed by its shape and checked once. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlglot import exp
from sqlglot.errors import SqlglotError

from xinfo.errors import InputError, Refused, did_you_mean
from xinfo.query.columns import DIALECT, SOURCES
from xinfo.query.failure import failed
from xinfo.query.guard import check, narrow
from xinfo.query.result import AT, SIDE
from xinfo.query.shape import Shape, shape_of
from xinfo.query.steps import Composer, Steps, called, composer, numbered
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


LISTED = (*SOURCES, "places", "periods", "comparisons")
"""How the names of columns end that hold lists."""


def both(first: exp.Expr, second: exp.Expr) -> exp.Expr:
    """Two statements as one, which has the rows of each in their order."""
    one, other = _apart(first), called("also", _apart(second))
    sides = {"first": _columns(one[""]), "also": _columns(other["also"])}
    names = list(dict.fromkeys(name for columns in sides.values() for name in columns))
    arms = [_side(at, side, columns, names) for at, (side, columns) in enumerate(sides.items(), 1)]
    tree = exp.select("*").from_(exp.union(*arms, distinct=False).subquery("sides")).order_by(SIDE, AT)
    for name, query in {**one, **other}.items():
        tree = tree.with_(name or "first", as_=query, copy=False)
    return tree


def _columns(query: exp.Expr) -> list[str]:
    return [column.alias_or_name for column in query.args["expressions"]]


def _apart(tree: exp.Expr) -> Steps:
    """The steps of a statement, and the query itself under no name, with the number of each of its rows."""
    steps = {step.alias: step.this for step in tree.args["with_"].expressions}
    tree.set("with_", None)
    return {**steps, "": numbered(tree)}


def _side(at: int, side: str, columns: list[str], names: list[str]) -> exp.Select:
    """The rows of one statement with the columns of both."""
    told = [exp.column(name) if name in columns else exp.alias_(_nothing(name), name) for name in names]
    return exp.select(exp.alias_(exp.convert(at), SIDE), *told).from_(side)


def _nothing(column: str) -> exp.Expr:
    """NULL, of lists as one: an engine may not make a list of it."""
    return exp.cast(exp.null(), "VARCHAR[]", dialect=DIALECT) if column.endswith(LISTED) else exp.null()
