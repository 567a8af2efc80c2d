"""A bottom-up chart parser: every meaning that rules give a stretch of tokens. Knows no language and no rule.

Edges are completed in the order of their ends, so that whatever waits at an edge's start is there when it comes; rules
with the same beginning are followed once (Kay 1980; Jurafsky and Martin, Speech and Language Processing, ch. 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xinfo.nlu.grammar.compiled import END, Grammar, Node
from xinfo.nlu.grammar.meaning import Meaning

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


Begun = tuple[int, tuple[Edge, ...]]
"""A rule whose first symbols were found: where it starts, and those."""


@dataclass
class Waiting:
    """The rules that were begun before a token; those at one node of the grammar are kept together."""

    at: dict[Node, list[Begun]] = field(default_factory=dict)
    useful: int = 0
    """The symbols that may be the first part of what is awaited here, as bits."""

    def add(self, node: Node, begun: Begun) -> None:
        if node in self.at:
            self.at[node].append(begun)
        else:
            self.at[node] = [begun]
            self.useful |= node.useful


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
        self._waiting = [Waiting() for _ in range(self.size + 1)]
        for waiting in self._waiting if self.anywhere else self._waiting[:1]:
            waiting.useful |= self.grammar.beginnings[self.goal]
        self._next = [END if self.anywhere else 0] * self.size + [END]
        """The lexical symbols that begin at a token, as bits."""
        self._known: set[tuple[int, int, str, frozenset[tuple[str, object]]]] = set()

    def parse(self, lexical: Iterable[Edge]) -> Chart:
        """Completes every edge that the rules make of the lexical ones."""
        ending: list[list[Edge]] = [[] for _ in range(self.size + 1)]
        for edge in lexical:
            ending[edge.end].append(edge)
            self._next[edge.start] |= self.grammar.bits.get(edge.category, 0)
        for agenda in ending:
            while agenda and not self.exhausted:
                self._complete(agenda.pop(), agenda)
        return self

    def found(self) -> Iterator[Edge]:
        """The edges of the goal over all tokens."""
        return (edge for edge in self.edges[self.size] if edge.category == self.goal and edge.start == 0)

    def _complete(self, edge: Edge, agenda: list[Edge]) -> None:
        known = (edge.start, edge.end, edge.category, edge.meaning.signature())
        if known in self._known or not self._useful(edge.start, edge.end, edge.category):
            return
        self._known.add(known)
        self.exhausted = len(self._known) > MOST_EDGES
        self.edges[edge.end].append(edge)
        for symbol in self._symbols(edge):
            if behind := self.grammar.root.next.get(symbol):
                self._advance(behind, (edge.start, (edge,)), edge.end, agenda)
            for node, together in self._waiting[edge.start].at.items():
                if behind := node.next.get(symbol):
                    for start, parts in together:
                        self._advance(behind, (start, (*parts, edge)), edge.end, agenda)

    def _useful(self, start: int, end: int, category: str) -> bool:
        """Whether something waits where it begins for what it may be a part of, and what comes next may follow it.

        What waits there is all known: whatever ends there was completed before (left-corner filter; look-ahead of one).
        """
        if not self._waiting[start].useful & self.grammar.bits.get(category, 0):
            return False
        return bool(self._next[end] & self.grammar.followers[category])

    def _symbols(self, edge: Edge) -> Iterator[str]:
        yield edge.category
        if constraints := self.grammar.constraints.get(edge.category):
            yield from constraints.held_by(edge.meaning)

    def _advance(self, node: Node, begun: Begun, end: int, agenda: list[Edge]) -> None:
        start, parts = begun
        for rule in node.rules:
            if self._useful(start, end, rule.result):
                meaning = rule.apply([edge.meaning for edge in parts])
                if meaning is not None:
                    agenda.append(Edge(start, end, rule.result, meaning, parts))
        if node.useful & self._next[end]:
            self._waiting[end].add(node, begun)
