"""What hangs on a question's shape, written out in the SQL of steps and templates, where it stands as functions.

`queries/figures.sql` says what each of them means. Works on trees of SQL; judges and runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from sqlglot import exp

from xinfo.query.columns import DIALECT, in_order, keys, keys_of, ordered, parsed_anew, written_out
from xinfo.query.shape import Shape
from xinfo.understand.catalog import DIMENSIONS

ARGUMENTS = ("numerator", "denominator", "base_numerator", "base_denominator")
COMPARISONS = {">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE}
MIDDLES = {"mean": exp.Avg, "median": exp.Median}
GROUPS = {"province": "province_en", "region": "region", "batch": "batch", "admin_type": "admin_type"}
"""The column of `place` for each group."""
SIDES = {
    "place_id": ("$place", "$other_place"),
    "period_id": ("$period", "$other_period"),
    "label": ("'a'", "'b'"),
}
"""The values of the two sides of a difference; of one of parts they are the parts."""


@dataclass(frozen=True)
class Macros:
    """The functions, for one shape of a question; `formula` is that of its measure."""

    shape: Shape
    formula: exp.Expr

    def written(self, query: exp.Expr) -> exp.Expr:
        """The query, which is changed, with every function written out."""
        query = query.transform(self._value, copy=False)
        for select in list(query.find_all(exp.Select)):
            select.set("expressions", list(written_out(select.expressions, self.shape)))
            if (group := select.args.get("group")) and group.expressions:
                group.set("expressions", list(written_out(group.expressions, self.shape)))
                if not group.expressions:
                    group.pop()
        for order in list(query.find_all(exp.Order)):
            terms = list(chain.from_iterable(map(self._term, order.expressions)))
            if terms:
                order.set("expressions", terms)
            else:
                order.pop()
        return query

    def _value(self, node: exp.Expr) -> exp.Expr:
        """A function that stands for one value, as that."""
        if isinstance(node, exp.ArrayContains) and self.shape.chosen:
            return self._among_chosen(node)
        if not isinstance(node, exp.Anonymous):
            return node
        made = VALUES.get(node.name.lower())
        return made(self, *node.expressions) if made else node

    def _term(self, term: exp.Expr) -> Iterator[exp.Expr]:
        """A term of an order, with what stands for others written out."""
        inner = term.this if isinstance(term, exp.Ordered) else term
        name = inner.name.lower() if isinstance(inner, exp.Anonymous) else ""
        if name == "ranked":
            yield ordered(inner.expressions[0].copy(), self.shape.order == "desc")
        elif name == "keys":
            yield from map(ordered, keys(self.shape, inner.expressions[0].name))
        elif name == "in_order":
            yield from in_order(self.shape, inner.expressions[0].name)
        else:
            yield term

    def same(self, a: exp.Expr, b: exp.Expr) -> exp.Expr:
        return _equal((*self.shape.labels, *self.shape.each), a.name, b.name)

    def alike(self, a: exp.Expr, b: exp.Expr) -> exp.Expr:
        return _equal(self.shape.parts, a.name, b.name)

    def pair(self, a: exp.Expr, b: exp.Expr) -> exp.Expr:
        """Whether two rows are the sides of the question's difference."""
        column = self.shape.contrast
        first, second = SIDES.get(column, ("$part", "$other_part"))
        shared = _equal(tuple(name for name in keys_of(self.shape) if name != column), a.name, b.name)
        return exp.and_(parsed_anew(f"{a.name}.{column} = {first} and {b.name}.{column} = {second}"), shared)

    def asked(self, row: exp.Expr) -> exp.Expr:
        """Whether a row is of the parts asked for, the total where none is."""
        named = {name: f"list_contains(${name}s, {row.name}.{name})" for name in self.shape.asked}
        return parsed_anew(" and ".join(named.get(name, f"{row.name}.{name} = 'all'") for name in DIMENSIONS))

    def group_of(self, place: exp.Expr, which: exp.Expr) -> exp.Expr:
        """The first or second group of a place."""
        groups = self.shape.groups or ("admin_type",)
        return exp.column(GROUPS[groups[min(int(which.name), len(groups)) - 1]], place.name)

    def combined(self, *given: exp.Expr) -> exp.Expr:
        """The measure's formula over these; an amount is not divided by anything."""
        named = dict(zip(ARGUMENTS, given, strict=True))

        def filled(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Div) and isinstance(node.expression, exp.Coalesce) and not self.shape.divided:
                return node.this.transform(filled)  # type: ignore[no-any-return]
            return named[node.name].copy() if isinstance(node, exp.Column) and node.name in named else node

        return exp.paren(self.formula.copy().transform(filled))

    def passes(self, value: exp.Expr, bar: exp.Expr) -> exp.Expr:
        """The question's comparison of a value with its bar, or a multiple; with two bounds; of a place in an order."""
        shape = self.shape
        if shape.bar == "order":
            return parsed_anew(f"({bar.sql(DIALECT)} >= $first and {bar.sql(DIALECT)} <= $last)")
        bar = exp.Mul(this=bar, expression=exp.Placeholder(this="factor")) if shape.times else bar
        test = COMPARISONS[shape.cmp](this=value.copy(), expression=bar.copy())
        if not shape.upto_cmp:
            return exp.paren(test)
        upper = COMPARISONS[shape.upto_cmp](this=value.copy(), expression=exp.Placeholder(this="upto"))
        return exp.paren(exp.and_(test, upper))

    def middle(self, value: exp.Expr) -> exp.Expr:
        return MIDDLES[self.shape.middle or self.shape.combine](this=value.copy())

    def beside(self, row: exp.Expr, column: exp.Expr) -> exp.Expr:
        """What a figure rests on, with what its bar does."""
        own = f"{row.name}.{column.name}"
        joined = f"list_concat({own}, {row.name}.beside_{column.name})" if self.shape.bar == "set" else own
        return exp.alias_(parsed_anew(joined), column.name)

    def _among_chosen(self, node: exp.ArrayContains) -> exp.Expr:
        """Membership in the set of places, as membership in what was chosen of it."""
        asked = node.this.name if isinstance(node.this, exp.Placeholder) else ""
        cut = ("places", "members") if self.shape.bar_apart else ("places", "members", "bar_members")
        if asked not in cut or (asked == "places" and self.shape.measure == "share_of_set"):
            return node  # Of a share the whole is not cut down, nor another set that is held against.
        place = node.expression
        among: exp.Expr = exp.In(this=place.copy(), query=exp.Subquery(this=exp.select("place_id").from_("chosen")))
        if self.shape.own_set:
            among = exp.and_(among, node.copy())
        if asked == "places" and self.shape.named:
            named = exp.ArrayContains(this=exp.Placeholder(this="named"), expression=place.copy())
            among = exp.or_(among, named)
        return exp.paren(among)


VALUES: Mapping[str, Callable[..., exp.Expr]] = {
    name: getattr(Macros, name)
    for name in ("same", "alike", "pair", "asked", "group_of", "combined", "passes", "middle", "beside")
}


def _equal(names: tuple[str, ...], a: str, b: str) -> exp.Expr:
    """Whether two rows have the same in these columns; true where there are none."""
    if not names:
        return exp.true()
    return exp.and_(*(exp.column(name, a).eq(exp.column(name, b)) for name in names))
