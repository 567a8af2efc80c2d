"""A bottom-up chart parser: every meaning that rules give a stretch of tokens. Knows no language and no rule.

Edges are completed in the order of their ends, so that whatever waits at an edge's start is there when it comes; rules
with the same beginning are followed once (Kay 1980; Jurafsky and Martin, Speech and Language Processing, ch. 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.grammar.rules import Grammar, Node, plain

MOST_EDGES = 6000
"""A question with more than so many is given up as not understood: time is bounded whatever is typed."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Tokens `start` to `end` as a category with a meaning."""

    start: int
    end: int
    category: str
    meaning: Meaning
    parts: tuple[Edge, ...] = ()
    """What it was made of; none for a lexical edge."""

    def leaves(self) -> Iterator[Edge]:
        """The lexical edges it was made of, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Begun:
    """A rule whose first symbols were found; `node` is what may follow."""

    node: Node
    start: int
    parts: tuple[Edge, ...]


@dataclass
class Chart:
    """The edges that were found, by where they end."""

    grammar: Grammar
    size: int
    goal: str
    """The category that the whole text is to be."""
    anywhere: bool = False
    """Whether that category is looked for wherever it may begin, not only over the whole text."""
    edges: list[list[Edge]] = field(init=False)
    exhausted: bool = False
    """Whether parsing was given up."""

    def __post_init__(self) -> None:
        self.edges = [[] for _ in range(self.size + 1)]
        self._waiting: list[dict[str, list[Begun]]] = [{} for _ in range(self.size + 1)]
        everywhere = range(self.size + 1) if self.anywhere else (0,)
        self._awaited = [{self.goal} if at in everywhere else set[str]() for at in range(self.size + 1)]
        self._known: set[tuple[int, int, str, frozenset[tuple[str, object]]]] = set()

    def parse(self, lexical: Iterable[Edge]) -> Chart:
        """Completes every edge that the rules make of the lexical ones."""
        ending: list[list[Edge]] = [[] for _ in range(self.size + 1)]
        for edge in lexical:
            ending[edge.end].append(edge)
        for agenda in ending:
            while agenda and not self.exhausted:
                self._complete(agenda.pop(), agenda)
        return self

    def found(self) -> Iterator[Edge]:
        """The edges of the goal over all tokens."""
        return (edge for edge in self.edges[self.size] if edge.category == self.goal and edge.start == 0)

    def _complete(self, edge: Edge, agenda: list[Edge]) -> None:
        known = (edge.start, edge.end, edge.category, edge.meaning.signature())
        if known in self._known or self._useless(edge):
            return
        self._known.add(known)
        self.exhausted = len(self._known) > MOST_EDGES
        self.edges[edge.end].append(edge)
        for symbol in self._symbols(edge):
            if node := self.grammar.root.next.get(symbol):
                self._advance(Begun(node, edge.start, (edge,)), edge.end, agenda)
            for begun in tuple(self._waiting[edge.start].get(symbol, ())):
                self._advance(Begun(begun.node.next[symbol], begun.start, (*begun.parts, edge)), edge.end, agenda)

    def _useless(self, edge: Edge) -> bool:
        """Whether nothing that ends where the edge begins waits for what it may be a part of (left-corner filter)."""
        if edge.end < self.size and edge.category in self.grammar.whole:
            return True
        return self._awaited[edge.start].isdisjoint(self.grammar.beginnings.get(edge.category, ()))

    def _symbols(self, edge: Edge) -> Iterator[str]:
        yield edge.category
        for constraint in self.grammar.constraints.get(edge.category, ()):
            if constraint.holds(edge.meaning):
                yield constraint.symbol

    def _advance(self, begun: Begun, end: int, agenda: list[Edge]) -> None:
        meanings = [edge.meaning for edge in begun.parts] if begun.node.rules else []
        for rule in begun.node.rules:
            meaning = rule.apply(meanings)
            if meaning is not None:
                agenda.append(Edge(begun.start, end, rule.result, meaning, begun.parts))
        for symbol in begun.node.next:
            self._waiting[end].setdefault(symbol, []).append(begun)
            self._awaited[end].add(plain(symbol))
