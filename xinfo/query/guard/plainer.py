"""Ways of writing that come to the same, brought to the one that the rules know. Judges nothing.

Texts in other quotes become plain ones, and a list worked out with FOR becomes the functions that do it.
"""

from __future__ import annotations

from sqlglot import exp

_EXACT = {"2": "log2", "10": "log10"}


def plainer(tree: exp.Expr) -> exp.Expr:
    """The tree with every such part in its plain form; what has none stays as it is."""
    return tree.transform(_plain, copy=False)


def _plain(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.RawString | exp.National | exp.ByteString):
        # What an E'' holds was read sign by sign as the engine does; the printed text is looked at once more.
        return exp.Literal.string(node.name)
    if isinstance(node, exp.Log) and node.expression and node.name in _EXACT:
        # As a quotient of two logarithms it may differ in the last digit.
        return exp.Anonymous(this=_EXACT[node.name], expressions=[node.expression])
    if isinstance(node, exp.Array) and len(node.expressions) == 1:
        inside = node.expressions[0]
        if isinstance(inside, exp.Comprehension) and _convertible(inside):
            return _applied(inside)
    return node


def _convertible(node: exp.Comprehension) -> bool:
    """With a place counted beside the value, a condition would count anew."""
    return not (node.args.get("position") and node.args.get("condition"))


def _applied(node: exp.Comprehension) -> exp.Expr:
    """`[x + 1 FOR x IN list IF x > 2]` as LIST_TRANSFORM(LIST_FILTER(list, x > 2), x + 1)."""
    names = [name for slot in ("expression", "position") if (name := node.args.get(slot))]
    values, condition = node.args["iterator"], node.args.get("condition")
    if condition:
        values = exp.ArrayFilter(this=values, expression=_function(condition, names))
    return exp.Transform(this=values, expression=_function(node.this, names))


def _function(body: exp.Expr, names: list[exp.Expr]) -> exp.Lambda:
    called = {name.name for name in names}

    def own(node: exp.Expr) -> exp.Expr:
        known = isinstance(node, exp.Column) and not node.table and node.name in called
        return exp.to_identifier(node.name) if known else node

    return exp.Lambda(this=body.transform(own), expressions=[name.copy() for name in names])
