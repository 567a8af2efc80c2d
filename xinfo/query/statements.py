"""Every question's SQL, composed by its shape and checked once. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlglot.errors import SqlglotError

from xinfo.errors import InputError, Refused, did_you_mean
from xinfo.query.guard import check, narrow
from xinfo.query.shape import Shape, shape_of
from xinfo.query.steps import DIALECT, composed
from xinfo.understand.reading import Slots
from xinfo.understand.template import Measure, Template


@dataclass(frozen=True)
class Statement:
    """What may run: printed from the checked tree."""

    sql: str
    published_sql: str
    """The same over the published figures only."""
    parameters: frozenset[str]


class Statements:
    """The checked statement of each template and shape; each is composed and checked once, when first needed."""

    def __init__(self, templates: Iterable[Template], measures: Mapping[str, Measure], shared: str):
        self.templates = tuple(templates)
        self.measures = measures
        self.shared = shared
        self._statements: dict[tuple[str, Shape], Statement] = {}

    def statement(self, template: Template, slots: Slots) -> Statement:
        """The checked statement of a template's question. Raises InputError where the guard refuses it."""
        made_from = template.sql, shape_of(template, slots)
        if made_from not in self._statements:
            self._statements[made_from] = self._made(template, made_from[1])
        return self._statements[made_from]

    def _made(self, template: Template, shape: Shape) -> Statement:
        if shape.measure and shape.measure not in self.measures:
            near = did_you_mean(shape.measure, self.measures)
            raise InputError(f"{template.path}: there is no measure '{shape.measure}'{near}")
        try:
            sql = template.sql
            if shape.measure:
                sql = composed(sql, shape, self.measures, self.shared).sql(dialect=DIALECT)
            checked = check(sql)
        except (SqlglotError, Refused, RecursionError) as error:
            raise InputError(f"{template.path}: its SQL is refused: {error}") from error
        return Statement(checked.sql, narrow(checked, published_only=True), checked.parameters)


def read_shared(folder: Path) -> str:
    """The steps that all templates share."""
    return (folder / "figures.sql").read_text(encoding="utf-8")
