"""A template's query with the steps that its question needs in front: figures, comparisons, the choice of places.

Composes trees of SQL from the steps of queries/figures.sql and the measures, without columns that nothing reads:
planning takes longer with each that there is. Judges and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from sqlglot import exp, parse_one

from xinfo.query.columns import DIALECT, SOURCES
from xinfo.query.macros import Macros
from xinfo.query.result import AT
from xinfo.query.shape import Shape
from xinfo.understand.template import Measure

TOLD = {"sum": "totals", "mean": "middles", "median": "middles"}
"""The step that puts places together."""
PROJECTS = "asked_projects"
"""The step that questions for no figure may read."""


@dataclass(frozen=True, eq=False)
class Composer:
    """Composes statements from the measures and the steps that all templates share; each is one of its own."""

    measures: Mapping[str, Measure]
    shared: str

    def composed(self, sql: str, shape: Shape) -> exp.Expr:
        """The whole statement of a question."""
        tree, own = _apart(sql)
        steps = self._steps(shape, {**own, "": tree})
        if shape.chosen:
            steps[""] = _with_beside(steps[""])
        return _after(_needed(steps, steps[""]))

    def plain(self, sql: str) -> str:
        """A statement that asks for no measure, after the projects it reads; one that reads none is as it stands."""
        if PROJECTS not in sql:
            return sql
        tree, own = _apart(sql)
        return _after(_needed({PROJECTS: self._shared[PROJECTS], **own, "": tree}, tree)).sql(dialect=DIALECT)

    def _steps(self, shape: Shape, query: Steps) -> Steps:
        """A query, under no name, after every step that it needs, each after those that it reads itself."""
        steps: Steps = {}
        if shape.chosen:
            choice = self._shared["chosen_by_order" if shape.chosen.bar == "order" else "chosen_by_bar"]
            steps |= called("chosen", self._steps(shape.chosen, {"": choice}))
            steps["beside"] = self._shared["beside"]
        if shape.held_against:
            steps |= called("bar", self._steps(shape.held_against, {"": parsed("select * from figures")}))
        names, macros = _names(shape), self._macros(shape)
        needed = _needed({**self._given(shape), **query}, query[""], names)
        return steps | {name: macros.written(_renamed(step.copy(), names)) for name, step in needed.items()}

    def _given(self, shape: Shape) -> Steps:
        """What a query of this shape may read, as it stands in the files."""
        figures = parsed(self.measures[shape.measure].sql)
        shared = {
            name: query for name, query in self._shared.items() if not name.startswith(("judged_", "chosen_", "beside"))
        }
        steps = {"figures_by_period": figures, **shared}
        if shape.one_period:
            steps["figures"] = figures
        if judged := self._shared.get(f"judged_by_{shape.bar}"):
            steps["judged"] = judged
        return steps

    def _macros(self, shape: Shape) -> Macros:
        return Macros(shape, parsed(self.measures[shape.measure].formula))

    @cached_property
    def _shared(self) -> Steps:
        return {step.alias: step.this for step in parsed(f"with {self.shared} select 1").args["with_"].expressions}


@lru_cache(maxsize=16)
def composer(measures: tuple[tuple[str, Measure], ...], shared: str) -> Composer:
    """The same one for the same measures and steps, so that what it composed once is known by it."""
    return Composer(dict(measures), shared)


def _apart(sql: str) -> tuple[exp.Expr, Steps]:
    """A query without its own steps, and these."""
    tree = parsed(sql).copy()
    own = {step.alias: step.this for step in tree.args["with_"].expressions} if tree.args.get("with_") else {}
    tree.set("with_", None)
    return tree, own


def _after(steps: Steps) -> exp.Expr:
    """The query under no name after the other steps, which keep only what is read of them."""
    tree = steps.pop("")
    for name, query in pruned(steps, tree).items():
        tree = tree.with_(name, as_=query, copy=False)  # type: ignore[attr-defined]
    return tree


@lru_cache(maxsize=256)
def parsed(sql: str) -> exp.Expr:
    """SQL that many questions share, read once. The tree is shared too: copy what is put elsewhere or changed."""
    return parse_one(sql, dialect=DIALECT)


def called(prefix: str, steps: Steps) -> Steps:
    """The steps and their parameters called `<prefix>_…`, so that they stand beside those of the outer question."""
    names = {name: f"{prefix}_{name}" if name else prefix for name in steps}

    def named(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Placeholder):
            node.set("this", f"{prefix}_{node.this}")
        return node

    return {names[name]: _renamed(query.transform(named), names) for name, query in steps.items()}


def _names(shape: Shape) -> dict[str, str]:
    """What stands for the names of steps of which a question has one or another."""
    base = "figures_by_period" if shape.by_period else "figures"
    rows = "labelled" if shape.groups else base
    if shape.contrast == "label":
        rows = "sided"
    elif shape.contrast == "period_id" and shape.pooled:
        rows = "paired"
    return {"base": base, "rows": rows, "told": TOLD.get(shape.combine, rows)}


def _renamed(query: exp.Expr, names: Mapping[str, str]) -> exp.Expr:
    """The query with other names of tables; what they are called in it stays."""
    for table in list(query.find_all(exp.Table)):
        if table.name in names:
            table.set("this", exp.to_identifier(names[table.name]))
    return query


def _needed(steps: Steps, tree: exp.Expr, names: Mapping[str, str] = MappingProxyType({})) -> Steps:
    """Only the steps that the query reads, under these other names, in their order, and the query itself."""
    wanted = {"", *_read(tree, names)}
    for name, query in reversed(steps.items()):
        if name in wanted:
            wanted |= _read(query, names)
    return {name: query for name, query in steps.items() if name in wanted}


def _read(query: exp.Expr, names: Mapping[str, str]) -> set[str]:
    return {names.get(table.name, table.name) for table in query.find_all(exp.Table)}


def _with_beside(tree: exp.Expr) -> exp.Expr:
    """The query with what the choice of its places rests on, told in every row."""
    names = [column.alias_or_name for column in tree.expressions]
    rows = numbered(tree)
    told = [exp.alias_(exp.column(name, "b"), f"chosen_{name}") for name in ("places", *SOURCES)]
    whole = exp.select(*(exp.column(name, "o") for name in names), *told)
    return whole.from_(rows.subquery("o")).join("beside AS b", join_type="cross").order_by(f"o.{AT}")  # type: ignore[attr-defined]


def numbered(tree: exp.Expr) -> exp.Expr:
    """The query with the number of each row in its order, in place of that order; 1 where no order is needed."""
    order = tree.args.get("order")
    number = exp.Window(this=exp.RowNumber(), order=order.copy()) if order else exp.convert(1)
    tree.set("expressions", [*tree.expressions, exp.alias_(number, AT)])
    if not tree.args.get("limit"):
        tree.set("order", None)
    return tree


Steps = dict[str, exp.Expr]


def pruned(steps: Steps, tree: exp.Expr) -> Steps:
    """The steps, each with what later ones or the query read of it; as they are where any asks for all columns."""
    if any(_asks_for_all(query) for query in (*steps.values(), tree)):
        return steps
    read, kept = _columns(tree), Steps()
    for name, query in reversed(steps.items()):
        kept[name] = _only(read, query.copy())
        read |= _columns(kept[name])
    return dict(reversed(kept.items()))


def _only(read: set[str], query: exp.Expr) -> exp.Expr:
    """The query without columns that are not read; the arms of a union keep the same ones."""
    arms = list(_arms(query))
    if any(arm.args.get("distinct") for arm in arms) or isinstance(query, exp.Intersect | exp.Except):
        return query
    kept = _kept(read, arms[0])
    for arm in arms:
        arm.set("expressions", [arm.expressions[at] for at in kept])
    return query


def _kept(read: set[str], arm: exp.Select) -> list[int]:
    """The columns that are read, and those that the arm itself reads by their names."""
    wanted = read | {name for key, part in arm.args.items() if key != "expressions" for name in _within(part)}
    kept: set[int] = set()
    while more := {at for at, one in enumerate(arm.expressions) if one.alias_or_name in wanted} - kept:
        kept |= more
        # A column may be made of one before it, which stands there without a table's name.
        wanted |= {c.name for at in more for c in arm.expressions[at].find_all(exp.Column) if not c.table}
    return sorted(kept) or [0]


def _arms(query: exp.Expr) -> Iterator[exp.Select]:
    if isinstance(query, exp.SetOperation):
        yield from _arms(query.left)
        yield from _arms(query.right)
    elif isinstance(query, exp.Subquery):
        yield from _arms(query.this)
    else:
        assert isinstance(query, exp.Select)
        yield query


def _within(part: object) -> Iterator[str]:
    for one in part if isinstance(part, list) else [part]:
        if isinstance(one, exp.Expr):
            yield from _columns(one)


def _columns(query: exp.Expr) -> set[str]:
    return {column.name for column in query.find_all(exp.Column)}


def _asks_for_all(query: exp.Expr) -> bool:
    """Whether a star stands for columns, and not for rows that are counted."""
    stars = (star.parent if isinstance(star.parent, exp.Column) else star for star in query.find_all(exp.Star))
    return any(not isinstance(star.parent, exp.Count) for star in stars) or query.find(exp.Columns) is not None
