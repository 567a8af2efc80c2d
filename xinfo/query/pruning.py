"""The steps of a statement without columns that nothing reads: planning takes longer with each that there is."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

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
