"""A template's query with the steps that its question needs in front: figures, comparisons, the choice of places.

Composes trees of SQL from the steps of queries/figures.sql and the measures; judges and runs nothing. Three functions
in that SQL stand for what a question's shape says: combined(…) is the measure's formula, passes(value, bar) the
comparison, middle(value) the mean or the median.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sqlglot import exp, parse_one

from xinfo.query.shape import Shape
from xinfo.understand.template import Measure

DIALECT = "duckdb"
ARGUMENTS = ("numerator", "denominator", "base_numerator", "base_denominator")
COMPARISONS = {">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE}
MIDDLES = {"mean": exp.Avg, "median": exp.Median}
BESIDE = ("places", "statuses", "methods", "sources")

Steps = dict[str, exp.Expr]


def composed(sql: str, shape: Shape, measures: Mapping[str, Measure], shared: str) -> exp.Expr:
    """The whole statement of a question."""
    tree = parsed(sql).copy()
    own = {step.alias: step.this for step in tree.args["with_"].expressions} if tree.args.get("with_") else {}
    tree.set("with_", None)
    steps = _steps(shape, measures, parsed(f"with {shared} select 1"))
    steps |= {name: _for_shape(query, shape, measures) for name, query in own.items()}
    tree = _for_shape(tree, shape, measures)
    if shape.chosen:
        tree = _with_beside(tree)
    for name, query in _needed(steps, tree).items():
        tree = tree.with_(name, as_=query, copy=False)  # type: ignore[attr-defined]
    return tree


@lru_cache(maxsize=256)
def parsed(sql: str) -> exp.Expr:
    """SQL that many questions share, read once. The tree is shared too: copy what is put elsewhere or changed."""
    return parse_one(sql, dialect=DIALECT)


def _steps(shape: Shape, measures: Mapping[str, Measure], shared: exp.Expr) -> Steps:
    """Every step that a query of this shape may read, each after those that it reads itself."""
    given: Steps = {step.alias: step.this for step in shared.args["with_"].expressions}
    before: Steps = {}
    if shape.chosen:
        choice = {"": given["chosen_by_order" if shape.by_order else "chosen_by_bar"]}
        choice[""] = _for_shape(choice[""], shape.chosen, measures)
        before |= called("chosen", {**_steps(shape.chosen, measures, shared), **choice})
    if shape.held_against:
        before |= called("bar", _steps(shape.held_against, measures, shared))
    own = {"cell": parsed(measures[shape.measure].sql), **_alternatives(given, shape)}
    return before | {name: _for_shape(query, shape, measures) for name, query in own.items()}


def _alternatives(given: Steps, shape: Shape) -> Steps:
    """The shared steps; of those of which there are several under `<name>_of_…` or `<name>_by_…` the one that fits."""
    fitting = {"figures_of_one" if shape.one_period else "figures": "figures", f"judged_by_{shape.bar}": "judged"}
    others = ("figures", "figures_of_one", *(name for name in given if name.startswith(("judged_by", "chosen_by"))))
    return {fitting.get(name, name): query for name, query in given.items() if name in fitting or name not in others}


def called(prefix: str, steps: Steps) -> Steps:
    """The steps and their parameters called `<prefix>_…`, so that they stand beside those of the outer question."""
    names = {name: f"{prefix}_{name}" if name else prefix for name in steps}

    def renamed(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Table) and node.name in names:
            node.set("this", exp.to_identifier(names[node.name]))
        elif isinstance(node, exp.Placeholder):
            node.set("this", f"{prefix}_{node.this}")
        return node

    return {names[name]: query.transform(renamed) for name, query in steps.items()}


def _needed(steps: Steps, tree: exp.Expr) -> Steps:
    """Only the steps that the query reads, in their order."""
    wanted = {table.name for table in tree.find_all(exp.Table)}
    for name, query in reversed(steps.items()):
        if name in wanted:
            wanted |= {table.name for table in query.find_all(exp.Table)}
    return {name: query for name, query in steps.items() if name in wanted}


def _for_shape(query: exp.Expr, shape: Shape, measures: Mapping[str, Measure]) -> exp.Expr:
    """A copy of the query in which what hangs on the shape is written out."""
    formula = parsed(measures[shape.measure].formula) if shape.measure else None

    def written(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.ArrayContains) and shape.chosen:
            return _among_chosen(node, shape)
        if not isinstance(node, exp.Anonymous):
            return node
        name, given = node.name.lower(), node.expressions
        if name == "combined" and formula:
            return _combined(formula, dict(zip(ARGUMENTS, given, strict=True)))
        if name == "passes":
            return _passes(shape, *given)
        return MIDDLES[shape.middle](this=given[0]) if name == "middle" else node

    return query.transform(written)


def _combined(formula: exp.Expr, given: Mapping[str, exp.Expr]) -> exp.Expr:
    """The measure's formula over these."""
    filled = formula.copy().transform(
        lambda n: given[n.name].copy() if isinstance(n, exp.Column) and n.name in given else n
    )
    return exp.paren(filled)


def _passes(shape: Shape, value: exp.Expr, bar: exp.Expr) -> exp.Expr:
    """The question's comparison of a value with its bar, which may be a multiple; with two bounds; or of a rank."""
    if shape.bar == "order":
        ends = (exp.GTE(this=bar.copy(), expression=exp.Placeholder(this="first")),
                exp.LTE(this=bar.copy(), expression=exp.Placeholder(this="last")))  # fmt: skip
        return exp.paren(exp.and_(*ends))
    bar = exp.Mul(this=bar, expression=exp.Placeholder(this="factor")) if shape.times else bar
    test = COMPARISONS[shape.cmp](this=value.copy(), expression=bar.copy())
    if not shape.upto_cmp:
        return exp.paren(test)
    upper = COMPARISONS[shape.upto_cmp](this=value.copy(), expression=exp.Placeholder(this="upto"))
    return exp.paren(exp.and_(test, upper))


def _among_chosen(node: exp.ArrayContains, shape: Shape) -> exp.Expr:
    """Membership in the set of places, as membership in what was chosen of it."""
    asked = node.this.name if isinstance(node.this, exp.Placeholder) else ""
    if asked not in ("places", "members"):
        return node
    place = node.expression
    among: exp.Expr = exp.In(this=place.copy(), query=exp.Subquery(this=exp.select("place_id").from_("chosen")))
    if shape.own_set:
        among = exp.and_(among, node.copy())
    if asked == "places" and shape.named:
        named = exp.ArrayContains(this=exp.Placeholder(this="named"), expression=place.copy())
        among = exp.or_(among, named)
    return exp.paren(among)


def _with_beside(tree: exp.Expr) -> exp.Expr:
    """The query with what the choice of its places rests on."""
    told = (exp.alias_(exp.Subquery(this=exp.select(name).from_("beside")), f"chosen_{name}") for name in BESIDE)
    tree.set("expressions", [*tree.expressions, *told])
    return tree
