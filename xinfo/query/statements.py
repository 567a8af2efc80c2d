"""Every template's SQL, put together with its measure's and checked once. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from xinfo.errors import InputError, Refused, did_you_mean
from xinfo.query.guard import Checked, check, narrow
from xinfo.query.remembered import Remembered, Statement, key
from xinfo.understand.template import Measure, Template

ARGUMENTS = ("numerator", "denominator", "base_numerator", "base_denominator")


class Statements:
    """The checked statement of each template and measure; each is put together and checked once, when first needed."""

    def __init__(
        self,
        templates: Iterable[Template],
        measures: Mapping[str, Measure],
        shared: str,
        remembered: Remembered | None = None,
    ):
        self.templates = tuple(templates)
        self.measures = measures
        self.remembered = remembered or Remembered(None)
        self._shared = f"with {shared} select 1"
        self._statements: dict[tuple[str, str, bool], Statement] = {}
        self._made: list[tuple[Template, str, bool]] = []

    def statement(self, template: Template, measure: str, one_period: bool = False) -> Statement:
        """The checked statement for a template asked for a measure, over one period or several.

        Raises InputError where the guard refuses it.
        """
        name = measure if template.measures else ""
        found = (template.sql, name, one_period and bool(name))
        if found not in self._statements:
            self._statements[found] = self._found(template, name, one_period)
            self._made.append((template, name, one_period))
        return self._statements[found]

    def warm(self) -> list[str]:
        """Checks every statement; a complaint for each template that the guard refuses."""
        complaints = []
        for template in self.templates:
            try:
                for measure, one_period in product(template.measures or ("",), (True, False)):
                    self.statement(template, measure, one_period)
            except InputError as error:
                complaints.append(str(error))
        return complaints

    def remember(self) -> list[str]:
        """Like `warm`, and keeps what passed for the next start."""
        complaints = self.warm()
        self.remembered.save(only={key(*self.made_from(*made)) for made in self._made})
        return complaints

    def made_from(self, template: Template, name: str, one_period: bool) -> tuple[str, ...]:
        """Every text that goes into a statement: when one of them changes, it is checked anew."""
        if not name:
            return (template.sql,)
        measure = self.measures[name]
        return (template.sql, measure.sql, measure.formula, self._shared, str(one_period))

    def _found(self, template: Template, name: str, one_period: bool) -> Statement:
        if name and name not in self.measures:
            raise InputError(f"{template.path}: there is no measure '{name}'{did_you_mean(name, self.measures)}")
        made_from = self.made_from(template, name, one_period)
        if (statement := self.remembered.get(*made_from)) is None:
            checked = self._checked(template, name, one_period)
            statement = Statement(checked.sql, narrow(checked, published_only=True), checked.parameters)
            self.remembered.put(statement, *made_from)
        return statement

    def _checked(self, template: Template, name: str, one_period: bool) -> Checked:
        try:
            tree = parse_one(template.sql, dialect="duckdb")
            if name:
                tree = _with_figures(tree, self.measures[name], _parsed(self._shared), one_period)
            return check(tree.sql(dialect="duckdb", pretty=True))
        except (SqlglotError, Refused, RecursionError) as error:
            raise InputError(f"{template.path}: its SQL is refused: {error}") from error


def _with_figures(tree: exp.Expr, measure: Measure, shared: exp.Expr, one_period: bool) -> exp.Expr:
    """The template's query with the shared steps it needs in front: cell, figures_by_period, figures, …"""
    steps = [("cell", _parsed(measure.sql))]
    given = {step.alias: step.this for step in shared.args["with_"].expressions}
    if one_period:
        given["figures"] = given["figures_of_one"]
    steps += [step for step in given.items() if step[0] != "figures_of_one"]
    own = [(step.alias, step.this) for step in tree.args["with_"].expressions] if tree.args.get("with_") else []
    tree.set("with_", None)
    for name, query in _needed([*steps, *own], tree):
        tree = tree.with_(name, as_=query.copy(), copy=False)  # type: ignore[attr-defined]
    formula = _parsed(measure.formula)
    return tree.transform(lambda node: _combined(node, formula), copy=False)


@lru_cache(maxsize=64)
def _parsed(sql: str) -> exp.Expr:
    """SQL that many templates share, read once. The tree is shared too: copy what is put elsewhere or changed."""
    return parse_one(sql, dialect="duckdb")


def _needed(steps: list[tuple[str, exp.Expr]], tree: exp.Expr) -> list[tuple[str, exp.Expr]]:
    """Only the steps that the query reads, in their order."""
    wanted = {table.name for table in tree.find_all(exp.Table)}
    for name, query in reversed(steps):
        if name in wanted:
            wanted |= {table.name for table in query.find_all(exp.Table)}
    return [(name, query) for name, query in steps if name in wanted]


def _combined(node: exp.Expr, formula: exp.Expr) -> exp.Expr:
    """combined(numerator, denominator, base_numerator, base_denominator) as the measure's formula over those."""
    if not (isinstance(node, exp.Anonymous) and node.name.lower() == "combined"):
        return node
    given = dict(zip(ARGUMENTS, node.expressions, strict=True))
    filled = formula.copy().transform(
        lambda n: given[n.name].copy() if isinstance(n, exp.Column) and n.name in given else n
    )
    return exp.paren(filled)


def read_shared(folder: Path) -> str:
    """The steps that all templates share."""
    return (folder / "figures.sql").read_text(encoding="utf-8")
