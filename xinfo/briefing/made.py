"""Figures that are made of other figures, or of the calendar: each with its passport like every other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from xinfo.briefing.document import Figure, Query, Run
from xinfo.briefing.labels import of_two
from xinfo.briefing.sentence import Made
from xinfo.store.periods import Period, parse_id

MADE_OF: Mapping[str, Callable[[float, float], float]] = {
    "share": lambda one, two: one / two,
    "growth": lambda one, two: one / two - 1,
    "points": lambda one, two: one - two,
    "distance": lambda one, two: one - two,
    "apart": lambda one, two: abs(one - two),
    "off": lambda one, two: abs(one / two - 1),
    "grown": lambda one, two: one * (1 + two),
}
"""What figures are made of two others, by their names."""
QUOTIENTS = frozenset({"share", "growth", "off"})
"""Those that need a second one that is not nothing."""
ELAPSED = "elapsed"
"""The name of a figure that is none of the store's: how much of the year is gone at the end of its period."""


@dataclass
class Numbers:
    """The figures and passports of a document while it is filled."""

    figures: dict[str, Figure] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)


def elapsed(period: str) -> float:
    """The part of its year that is gone at the end of a period."""
    return parse_id(period).last / 12


def entered(made: Made, id_: str, ids: dict[str, str], numbers: Numbers, lang: str) -> Figure:
    """A number that is made of two others, as a figure; `ids` learns its name."""
    one, two = (numbers.figures[ids[name]] for name in (made.one, made.two))
    ids[made.name] = id_
    numbers.figures[id_] = _time(one, id_, made, lang) if made.kind == ELAPSED else _of_two(one, two, id_, made, lang)
    return numbers.figures[id_]


def combined(
    runs: tuple[Run, ...], made: Made, id_: str, ids: dict[str, str], numbers: Numbers, lang: str
) -> tuple[Run, ...]:
    """A number that is made of two others becomes a figure where it is first said; `ids` learns its name."""
    entered(made, id_, ids, numbers, lang)
    whole = re.compile(rf"(?<![\d.,]){re.escape(made.written)}(?!\d|[.,]\d)")
    for at, run in enumerate(runs):
        if not run.figure and (found := whole.search(run.text)):
            before, after = run.text[: found.start()], run.text[found.end() :]
            return (*runs[:at], replace(run, text=before), Run(found[0], id_), Run(after), *runs[at + 1 :])
    return runs


def _of_two(one: Figure, two: Figure, id_: str, made: Made, lang: str) -> Figure:
    # What is carried on with growth so far is of the year of that.
    of = Period(parse_id(two.period).year).id if made.kind == "grown" else one.period
    return replace(
        one, id=id_, name=made.kind, value=MADE_OF[made.kind](one.value, two.value), unit=made.unit,
        written=made.written, label=of_two(made.kind, one, two, lang), period=of, of=(one.id, two.id),
        statuses=tuple(dict.fromkeys(one.statuses + two.statuses)),
        sources=tuple(dict.fromkeys(one.sources + two.sources)),
        second=None if one.second is None or two.second is None else MADE_OF[made.kind](one.second, two.second),
    )  # fmt: skip


def _time(one: Figure, id_: str, made: Made, lang: str) -> Figure:
    """How much of the year is gone at the end of a figure's period: of no source, true by the calendar."""
    gone = elapsed(one.period)
    return replace(
        one, id=id_, name=ELAPSED, value=gone, second=gone, unit=made.unit, written=made.written,
        label=of_two(ELAPSED, one, one, lang), statuses=(), methods=(), sources=(), rests=(), of=(),
    )  # fmt: skip
