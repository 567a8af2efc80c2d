"""A question's readings by the grammar: every frame that a derivation over all of its tokens gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import isfunction
from pathlib import Path
from typing import Any

from xinfo.nlu import (
    bars,
    comparisons,
    contrasts,
    dates,
    members,
    places,
    productions,
    ratios,
    reckoning,
    relations,
    timed,
)
from xinfo.nlu.chunks import covers, left_over, read_chunks
from xinfo.nlu.frames import frame_of
from xinfo.nlu.grammar.chart import Chart, Edge
from xinfo.nlu.grammar.compiled import Grammar, compiled
from xinfo.nlu.grammar.rules import Production, Rule, read_rules, unified
from xinfo.nlu.grammar.stored import plain_values, read_back
from xinfo.nlu.lattice import lexical_edges
from xinfo.nlu.leftovers import heard_of, troubles, unheard
from xinfo.store.cache import kept, uncollected
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.lexicon import Lexicon
from xinfo.understand.reading import Heard
from xinfo.understand.segment import Piece
from xinfo.understand.text import Text

QUESTION, CLAUSE = "Question", "Clause"
NAMING = ("metric", "per", "one_of")
"""Features of rules that hold a metric's id, or several."""
TIMES = ("year", "part", "span", "relative")
MODULES = (productions, members, dates, timed, places, contrasts, bars, relations, ratios, comparisons, reckoning)
PRODUCTIONS: dict[str, Production] = {
    name.removesuffix("_"): made
    for module in MODULES
    for name, made in vars(module).items()
    if isfunction(made) and made.__module__ == module.__name__ and not name.startswith("_")
}
"""What rule files may name behind a colon: the public functions of these modules."""
_LOADED: dict[tuple[Path, frozenset[str] | None], Parser] = {}
"""The parsers of this process."""


@dataclass(frozen=True)
class Parser:
    """The grammar of one language."""

    grammar: Grammar
    literals: frozenset[str]
    """Every word that a rule asks for."""

    def chart(
        self, text: Text, lexicon: Lexicon, catalog: Catalog, pieces: Sequence[Piece] = (), clauses: bool = False
    ) -> Chart:
        """All that the rules make of a text; of `pieces` those count that are taken for another spelling."""
        respelt = [piece for piece in pieces if piece.corrected]
        edges = lexical_edges(text, lexicon, catalog, self.literals, respelt)
        return Chart(self.grammar, len(text.tokens), CLAUSE if clauses else QUESTION, clauses).parse(edges)

    def frames(self, text: Text, lexicon: Lexicon, catalog: Catalog, pieces: Sequence[Piece] = ()) -> tuple[Frame, ...]:
        """The frames of the derivations that cover every token; none where there is none."""
        chart = self.chart(text, lexicon, catalog, pieces)
        found = ((edge, frame_of(edge.meaning, catalog)) for edge in chart.found())
        return tuple(f.but(heard=tuple(_heard(edge, text, f, pieces))) for edge, f in found if f is not None)

    def chunked(self, text: Text, lexicon: Lexicon, catalog: Catalog, pieces: Sequence[Piece]) -> Frame:
        """What is understood of a text that nothing derives, with a trouble for every word that is not."""
        covered, frame = read_chunks(covers(self.chart(text, lexicon, catalog, pieces, clauses=True)), catalog)
        left = unheard(text, pieces, frozenset(left_over(covered, len(text.tokens))))
        heard = [one for chunk in covered.chunks for one in _heard(chunk, text, frame, pieces)]
        heard += [heard_of(text, piece) for piece in left]
        return frame.but(
            heard=tuple(sorted(heard, key=lambda one: one.start)),
            troubles=(*frame.troubles, *troubles(text, left, self.literals)),
        )


def _heard(question: Edge, text: Text, frame: Frame, pieces: Sequence[Piece]) -> Iterator[Heard]:
    """What each word of a derivation was taken for, for people to look at."""
    respelt = [piece for piece in pieces if piece.corrected]
    for leaf in question.leaves():
        if piece := next((p for p in respelt if p.start <= leaf.start and leaf.end <= p.end), None):
            if leaf.start == piece.start:
                yield _respelt(text, piece)
            continue
        said = text.tokens[leaf.start].start, text.tokens[leaf.end - 1].end
        kind = "slot" if leaf.meaning else "filler"
        features = " ".join(filter(None, (_told(name, value, frame) for name, value in leaf.meaning.items())))
        yield Heard(text.original[slice(*said)], *said, kind, features or leaf.category.lower())


def _respelt(text: Text, piece: Piece) -> Heard:
    """A piece that was taken for another spelling; names keep their capitals."""
    start, end = text.tokens[piece.start].start, text.tokens[piece.end - 1].end
    written = text.original[start:end]
    return Heard(written, start, end, "corrected", piece.corrected.title() if written.istitle() else piece.corrected)


def _told(name: str, value: Any, frame: Frame) -> str:
    """A feature in words: an id by its name, a place of several by the one that was meant, a time by its kind."""
    if name in TIMES:
        return f"time={name}"
    if name == "candidates":
        meant = [place.place_id for place in value if place.place_id in (*frame.places, *frame.than)]
        return " ".join(f"place={one}" for one in meant or [value[0].place_id])
    listed = value if isinstance(value, tuple) else (value,)
    return " ".join(f"{name}={one}" for one in listed if isinstance(one, str))


def load_parser(folder: Path, metrics: frozenset[str] | None = None, cache: Path | None = None) -> Parser:
    """The parser of a folder of rule files; with `metrics` of the rules that name no other. Raises InputError.

    `cache` is a folder where it is kept, put together.
    """
    if (folder, metrics) not in _LOADED:
        files = [path.read_bytes() for path in sorted(folder.glob("*.rules"))]
        made_from = (*files, repr(sorted(metrics or ())).encode(), repr(metrics is None).encode())
        name = f"grammar-{folder.name}"
        with uncollected():
            values = kept(cache, name, made_from, lambda: plain_values(_put_together(folder, metrics), PRODUCTIONS))
            grammar = read_back(values, PRODUCTIONS, unified)
        literals = frozenset(symbol[1:] for symbol in grammar.symbols.bits if symbol.startswith("'"))
        _LOADED[folder, metrics] = Parser(grammar, literals)
    return _LOADED[folder, metrics]


def _put_together(folder: Path, metrics: frozenset[str] | None) -> Grammar:
    every = (rule for path in sorted(folder.glob("*.rules")) for rule in read_rules(path, PRODUCTIONS))
    return compiled((rule for rule in every if metrics is None or _named(rule) <= metrics), (QUESTION, CLAUSE))


def _named(rule: Rule) -> frozenset[str]:
    """The metrics that a rule itself speaks of: 'most populous' of the population."""
    said = [rule.features[name] for name in NAMING if name in rule.features]
    return frozenset(str(one) for value in said for one in (value if isinstance(value, frozenset) else (value,)))


class Parsers(Mapping[str, Parser]):
    """The parsers of `queries`/grammar by language, each read when it is first asked for.

    What rules say of the programme's metrics is left out where a catalog is of other figures. `cache` is a folder where
    they are kept.
    """

    def __init__(self, queries: Path, catalog: Catalog | None = None, cache: Path | None = None):
        self.cache = cache
        self.metrics = frozenset(catalog.metrics) if catalog and catalog.own else None
        self.folders = {path.name: path for path in sorted((queries / "grammar").glob("*")) if path.is_dir()}

    def __getitem__(self, lang: str) -> Parser:
        return load_parser(self.folders[lang], self.metrics, self.cache)

    def __iter__(self) -> Iterator[str]:
        return iter(self.folders)

    def __len__(self) -> int:
        return len(self.folders)
