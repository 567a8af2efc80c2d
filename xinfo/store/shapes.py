"""Which figures follow from which, for one series of one year: pure arithmetic on spans and parts, without a database.

A shape is the set of cells (span of months × parts) that a place published of one metric in one year. Places that
publish in the same way share a shape, so the work is done once for each shape and then applied to all figures in SQL
(`complete`). Implements rules 1, 2 and 3 of 'How figures combine' for flows and stocks.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xinfo.store.schema import DIMENSIONS

Dims = tuple[int, ...]  # the position of consumer, offering and sector in their closed lists; 0 is `all`
Span = tuple[int, int]  # first and last month
Terms = dict[int, int]  # position of a published cell in the shape -> its sign

_SIZES = tuple(len(values) for values in DIMENSIONS.values())
_QUARTER_SPANS = [(3 * a - 2, 3 * b) for a in range(1, 5) for b in range(a, 5)]
WANTED = frozenset([*_QUARTER_SPANS, *((m, m) for m in range(1, 13)), *((1, m) for m in range(1, 13))])


@dataclass(frozen=True)
class Recipe:
    """How one cell is made: the positions of the published cells in the shape, their signs, and the rule's name."""

    cell: int
    positions: tuple[int, ...]
    signs: tuple[int, ...]
    rule: str


def encode(dims: Dims, span: Span) -> int:
    """A cell as one number; `complete` has the same formula in SQL."""
    consumer, offering, sector = dims
    return ((consumer * _SIZES[1] + offering) * _SIZES[2] + sector) * 169 + span[0] * 13 + span[1]


def decode(cell: int) -> tuple[Dims, Span]:
    """The parts and the span of months of a cell."""
    rest, span = divmod(cell, 169)
    rest, sector = divmod(rest, _SIZES[2])
    consumer, offering = divmod(rest, _SIZES[1])
    return (consumer, offering, sector), divmod(span, 13)


def recipes(cells: tuple[int, ...], kind: str) -> list[Recipe]:
    """Every figure that follows from the published `cells` of a metric of `kind`, themselves included.

    Kept are the published cells, the ten spans of quarters, the single months and January to any month. A ratio follows
    from nothing here: ratios are made of combined parts.
    """
    if kind == "ratio":
        return [Recipe(cell, (position,), (1,), "published") for position, cell in enumerate(cells)]
    made = _stocks(cells) if kind == "stock" else _flows(cells)
    return [Recipe(encode(*key), tuple(terms), tuple(terms.values()), rule) for key, (terms, rule) in made.items()]


Known = dict[tuple[Dims, Span], tuple[Terms, str]]


def _flows(cells: tuple[int, ...]) -> Known:
    """Time and parts in turn until nothing new follows; what is known first is kept."""
    known: Known = {decode(cell): ({position: 1}, "published") for position, cell in enumerate(cells)}
    published, before = set(known), -1
    while before != len(known):
        before = len(known)
        for dims in sorted({dims for dims, _ in known}):
            spans = {span: terms for (at, span), (terms, _) in known.items() if at == dims}
            for span, (terms, rule) in _over_time(spans):
                known.setdefault((dims, span), (terms, rule))
        for total, terms in _totals({key: terms for key, (terms, _) in known.items()}):
            known.setdefault(total, (terms, "parts"))
    return {key: made for key, made in known.items() if key in published or key[1] in WANTED}


def _over_time(spans: dict[Span, Terms]) -> Iterator[tuple[Span, tuple[Terms, str]]]:
    """What sums and differences of `spans` give: a span is an edge between two month-ends, and a path is a sum.

    The shortest path is taken; among equals the one over the earliest months.
    """
    steps: dict[int, list[tuple[int, Span, int]]] = {}
    for first, last in sorted(spans):
        steps.setdefault(first - 1, []).append((last, (first, last), 1))
        steps.setdefault(last, []).append((first - 1, (first, last), -1))
    for start in sorted(steps):
        reached: dict[int, list[tuple[Span, int]]] = {start: []}
        queue = deque([start])
        while queue:
            at = queue.popleft()
            for end, span, sign in steps[at]:
                if end not in reached:
                    reached[end] = [*reached[at], (span, sign)]
                    queue.append(end)
        for end, path in reached.items():
            if end > start:
                rule = "difference" if any(sign < 0 for _, sign in path) else "sum"
                yield (start + 1, end), (_add((spans[span], sign) for span, sign in path), rule)


def _totals(known: dict[tuple[Dims, Span], Terms]) -> Iterator[tuple[tuple[Dims, Span], Terms]]:
    """The totals over a complete set of parts along one dimension."""
    for (dims, span), _ in list(known.items()):
        for at, size in enumerate(_SIZES):
            if dims[at] != 1:  # the first part stands for its set
                continue
            parts = [((*dims[:at], part, *dims[at + 1 :]), span) for part in range(1, size)]
            if all(part in known for part in parts):
                yield ((*dims[:at], 0, *dims[at + 1 :]), span), _add((known[part], 1) for part in parts)


def _add(pieces: Iterable[tuple[Terms, int]]) -> Terms:
    """The sum of pieces with their signs; what cancels out is gone."""
    total: Terms = {}
    for terms, sign in pieces:
        for position, own in terms.items():
            total[position] = total.get(position, 0) + sign * own
    return {position: sign for position, sign in sorted(total.items()) if sign}


def _stocks(cells: tuple[int, ...]) -> Known:
    """The value at the end month holds for every span that ends there; of several published, the shortest span's."""
    decoded = [decode(cell) for cell in cells]
    ends: dict[tuple[Dims, Span], tuple[Terms, int]] = {}
    for position, (dims, (first, last)) in enumerate(decoded):
        key = dims, (last, last)
        if key not in ends or ends[key][1] < first:
            ends[key] = {position: 1}, first
    at_end = {key: terms for key, (terms, _) in ends.items()}
    rules = dict.fromkeys(at_end, "end")
    before = -1
    while before != len(at_end):
        before = len(at_end)
        for total, terms in list(_totals(at_end)):
            at_end.setdefault(total, terms)
            rules.setdefault(total, "parts")
    known: Known = {key: ({position: 1}, "published") for position, key in enumerate(decoded)}
    for (dims, (month, _)), span in itertools.product(at_end, sorted(WANTED)):
        if span[1] == month:
            key = dims, (month, month)
            known.setdefault((dims, span), (at_end[key], rules[key]))
    return known
