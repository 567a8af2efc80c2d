"""What is understood of a text that no derivation covers: its chunks, put together as far as they go.

Chunks are clauses anywhere in the text (Abney 1991, 'Parsing by chunks'); as few of them as can be, with as few tokens
left over as can be. What they give is never answered: ready questions are made from it, and what is told of the rest.
Knows no word of any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xinfo.nlu.complete import as_far_as_it_goes
from xinfo.nlu.features import SCOPE
from xinfo.nlu.frames import rough_frame
from xinfo.nlu.grammar.chart import Chart, Edge
from xinfo.nlu.grammar.meaning import GATHERED, Meaning
from xinfo.nlu.sides import MIDDLES
from xinfo.nlu.verbs import NOT
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import Frame, Trouble

CHUNK, LEFT_OVER, CLASH = 1.0, 2.0, 1.0
"""What a chunk, a token in none, and two chunks that contradict each other cost a cover."""
MOST = 6
"""Covers of a beginning that are followed."""
LISTED = frozenset(["places", "than", "options", "time", *DIMENSIONS])
"""Features of which two chunks may each name some."""
RIVALS = {"metric": "two_metrics", "template": "two_templates"}
"""Features that a question has one of: the trouble that two of them are."""
SINGLY = frozenset(["cmp", "quantifier", "_every"])
"""What is told of each member of a set, not of all together."""
CALLED_FOR = {
    "place": "ask_one", "list": "list", "number": "how_many", "amount": "how_many", "count": "count",
    "position": "position", "difference": "difference", "multiple": "multiple", "points": "difference",
    "passing": "passing", "period": "ask_period",
}  # fmt: skip
"""The cue that stands for what a question asks, where its clause could not be completed."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Chunks of a beginning of the text, with what they mean together."""

    cost: float
    meaning: Meaning
    chunks: tuple[Edge, ...] = ()

    def with_chunk(self, chunk: Edge) -> Cover:
        meaning, clashes = _together(self.meaning, chunk.meaning)
        return Cover(self.cost + CHUNK + CLASH * clashes, meaning, (*self.chunks, chunk))

    def with_token(self) -> Cover:
        return Cover(self.cost + LEFT_OVER, self.meaning, self.chunks)


def covers(chart: Chart) -> list[Cover]:
    """The best covers of a chart that looked for its goal anywhere, the cheapest first."""
    found: list[list[Cover]] = [[Cover(0.0, Meaning())]]
    for end in range(1, chart.size + 1):
        ways = [one.with_token() for one in found[end - 1]]
        chunks = (edge for edge in chart.edges[end] if edge.category == chart.goal)
        ways += [one.with_chunk(chunk) for chunk in chunks for one in found[chunk.start]]
        found.append(_best(ways))
    return found[-1]


def read_chunks(found: Sequence[Cover], catalog: Catalog) -> tuple[Cover, Frame]:
    """Of covers the one whose chunks say together what goes together best, with what they say."""
    ways = [(one, _frame(one, catalog)) for one in found]
    return min(ways, key=lambda way: way[0].cost + CLASH * _doubt(way[0].meaning, way[1]))


def _frame(covered: Cover, catalog: Catalog) -> Frame:
    """What chunks say together; a second metric or template beside the first is a trouble."""
    meaning = _not_turned(_chosen_by_it(as_far_as_it_goes(_of_both_sets(covered.meaning))))
    cue = CALLED_FOR.get(str(meaning.get("asks")))
    frame = rough_frame(meaning.cued(cue) if cue else meaning, catalog)
    rivals = (Trouble(kind, options=meaning[f"_{name}"]) for name, kind in RIVALS.items() if f"_{name}" in meaning)
    return frame.but(troubles=(*frame.troubles, *rivals))


def _of_both_sets(meaning: Meaning) -> Meaning:
    """'Did the west grow faster than the east': no question tells whether it did, the figures of both show it."""
    if "than_set" not in meaning or "places" in meaning or SCOPE.isdisjoint(meaning) or not SINGLY.isdisjoint(meaning):
        return meaning
    cue = "compare" if MIDDLES.isdisjoint(meaning.get("cues", ())) else "difference"
    rest = meaning.without("than_set", "degree", "asks", "auxiliary", "verb")
    rest = rest.but(measure="growth") if meaning.get("verb") in ("grow", "shrink") else rest
    return rest.but(other=meaning["than_set"], nominal=True).cued(cue)


def _not_turned(meaning: Meaning) -> Meaning:
    """'Was it not below that of Wuxi': what is offered never says the opposite."""
    turned = "negated" in meaning and meaning.get("cmp") in NOT
    return meaning.without("negated").but(cmp=NOT[meaning["cmp"]]) if turned else meaning


def _chosen_by_it(meaning: Meaning) -> Meaning:
    """'The growth of GDP of the five largest': likeliest they are the largest by GDP, though nothing says so."""
    inner = meaning.get("chosen")
    if inner is None or "metric" in inner or not isinstance(meaning.get("metric"), str):
        return meaning
    time = {"time": meaning["time"]} if "time" in meaning else {}
    return meaning.but(chosen=Meaning({"metric": meaning["metric"], **time, **inner}))


def _doubt(meaning: Meaning, frame: Frame) -> int:
    """How many things leave open what is meant, or mean nothing; a province alone is no set of pilots."""
    headless = frame.also is not None and not frame.metric
    bare = "province" in meaning and "nominal" not in meaning
    return len(frame.troubles) + bool(frame.per) + bool(frame.metrics) + headless + bare


def left_over(covered: Cover, size: int) -> Iterator[int]:
    """The tokens that are in no chunk."""
    inside = {at for chunk in covered.chunks for at in range(chunk.start, chunk.end)}
    return (at for at in range(size) if at not in inside)


def _best(ways: Iterable[Cover]) -> list[Cover]:
    """The cheapest few, one for each meaning."""
    kept: dict[Meaning, Cover] = {}
    for way in sorted(ways, key=lambda way: way.cost):
        if len(kept) == MOST:
            break
        kept.setdefault(way.meaning, way)
    return list(kept.values())


def _together(said: Meaning, more: Meaning) -> tuple[Meaning, int]:
    """Both meanings as one, and how often they contradict each other: then the first holds."""
    found, clashes = dict(said), 0
    for name, value in more.items():
        if name not in found:
            found[name] = value
        elif name in GATHERED:
            found[name] = found[name] | value
        elif found[name] == value or name.startswith("_"):
            continue
        elif name in LISTED and isinstance(value, tuple) and isinstance(found[name], tuple):
            found[name] = tuple(dict.fromkeys((*found[name], *value)))
        else:
            clashes += 1
            if name in RIVALS and isinstance(value, str) and isinstance(found[name], str):
                found[f"_{name}"] = tuple(dict.fromkeys((*found.get(f"_{name}", (found[name],)), value)))
    return Meaning(found), clashes
