"""Every template's SQL, put together with its measure's and checked once, when the library is made. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from xinfo.errors import InputError, Refused
from xinfo.query.guard import Checked, check
from xinfo.understand.template import Measure, Template

ARGUMENTS = ("numerator", "denominator", "base_numerator", "base_denominator")


class Library:
    """The checked statement of each template and measure."""

    def __init__(self, templates: Iterable[Template], measures: Mapping[str, Measure], shared: str):
        self.shared = f"with {shared} select 1"
        self.measures = measures
        self.statements: dict[tuple[str, str], Checked] = {}
        self.templates: list[Template] = []
        self.complaints: list[str] = []
        for template in templates:
            try:
                self._add(template)
                self.templates.append(template)
            except InputError as error:
                self.complaints.append(str(error))

    def statement(self, template: Template, measure: str) -> Checked:
        """The checked statement for a template asked for a measure."""
        return self.statements[template.template_id, measure if template.measures else ""]

    def _add(self, template: Template) -> None:
        for name in template.measures or ("",):
            if name and name not in self.measures:
                raise InputError(f"{template.path}: there is no measure '{name}'")
            self.statements[template.template_id, name] = self._checked(template, self.measures.get(name))

    def _checked(self, template: Template, measure: Measure | None) -> Checked:
        try:
            tree = parse_one(template.sql, dialect="duckdb")
            if measure is not None:
                tree = _with_figures(tree, measure, parse_one(self.shared, dialect="duckdb"))
            return check(tree.sql(dialect="duckdb", pretty=True))
        except (SqlglotError, Refused, RecursionError) as error:
            raise InputError(f"{template.path}: its SQL is refused: {error}") from error


def _with_figures(tree: exp.Expr, measure: Measure, shared: exp.Expr) -> exp.Expr:
    """The template's query with the shared steps it needs in front: cell, figures_by_period, figures, …"""
    steps = [("cell", parse_one(measure.sql, dialect="duckdb"))]
    steps += [(step.alias, step.this) for step in shared.args["with_"].expressions]
    own = [(step.alias, step.this) for step in tree.args["with_"].expressions] if tree.args.get("with_") else []
    tree.set("with_", None)
    for name, query in _needed([*steps, *own], tree):
        tree = tree.with_(name, as_=query)  # type: ignore[attr-defined]
    formula = parse_one(measure.formula, dialect="duckdb")
    return tree.transform(lambda node: _combined(node, formula))


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
    filled = formula.copy().transform(lambda n: given[n.name].copy() if isinstance(n, exp.Column) and n.name in given else n)
    return exp.paren(filled)


def read_shared(folder: Path) -> str:
    """The steps that all templates share."""
    return (folder / "figures.sql").read_text(encoding="utf-8")
