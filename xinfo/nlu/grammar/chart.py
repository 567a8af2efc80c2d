"""A bottom-up chart parser: every meaning that rules give a stretch of tokens. Knows no language and no rule.

Edges are completed in the order of their ends, so that whatever waits at an edge's start is there when it comes; rules
with the same beginning are followed once (Kay 1980; Jurafsky and Martin, Speech and Language Processing, ch. 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from xinfo.nlu.grammar.compiled import END, Constraint, Grammar, Node
from xinfo.nlu.grammar.meaning import Meaning

MOST_EDGES = 6000
"""A question with more than so many is given up as not understood: time is bounded whatever is typed."""


class Edge(NamedTuple):
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

Lead = tuple[Constraint | None, Node, list[Begun]]
"""Where a category leads: what is asked of its meaning, the node behind, and what comes to that."""


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
            waiting.useful |= self.grammar.symbols.beginnings[self.goal]
        self._next = [END if self.anywhere else 0] * self.size + [END]
        """The lexical symbols that begin at a token, as bits."""
        self._led: dict[tuple[int, int, str], list[Lead]] = {}
        """What each stretch leads to as a category."""
        self._known: dict[tuple[int, int, str], list[Meaning]] = {}
        """The meanings that were found of each stretch as each category."""
        self._found = 0

    def parse(self, lexical: Iterable[Edge]) -> Chart:
        """Completes every edge that the rules make of the lexical ones."""
        ending: list[list[Edge]] = [[] for _ in range(self.size + 1)]
        for edge in lexical:
            if own := self.grammar.symbols.bits.get(edge.category):  # No rule asks for any other.
                ending[edge.end].append(edge)
                self._next[edge.start] |= own
        for ended in ending:
            agenda = [edge for edge in ended if self._useful(edge)]
            while agenda and not self.exhausted:
                self._complete(agenda.pop(), agenda)
        return self

    def found(self) -> Iterator[Edge]:
        """The edges of the goal over all tokens."""
        return (edge for edge in self.edges[self.size] if edge.category == self.goal and edge.start == 0)

    def _complete(self, edge: Edge, agenda: list[Edge]) -> None:
        known = self._known.setdefault((edge.start, edge.end, edge.category), [])
        if edge.meaning in known:
            return
        known.append(edge.meaning)
        self._found += 1
        self.exhausted = self._found > MOST_EDGES
        self.edges[edge.end].append(edge)
        for constraint, node, together in self._leads(edge.start, edge.end, edge.category):
            if constraint is None or constraint.holds(edge.meaning):
                for start, parts in together:
                    self._advance(node, (start, (*parts, edge)), edge.end, agenda)

    def _leads(self, start: int, end: int, category: str) -> list[Lead]:
        """Where a category leads: rules begin with it, and others that were begun wait for it, if the next word allows.

        Looked for once: nothing more is added at a token when the first edge that starts there is complete.
        """
        if (found := self._led.get((start, end, category))) is None:
            coming, waiting = self._next[end], self._waiting[start].at
            alone: list[Begun] = [(start, ())]
            found = self._led[start, end, category] = [
                (constraint, node, begun)
                for before, begun in ((self.grammar.root, alone), *waiting.items())
                for constraint, node in before.next.get(category, ())
                if node.coming & coming
            ]
        return found

    def _useful(self, edge: Edge) -> bool:
        """Whether something waits where it begins for what it may begin, and what comes next may follow it.

        What waits there is all known: whatever ends there was completed before (left-corner filter; look-ahead of one).
        """
        symbols, category = self.grammar.symbols, edge.category
        awaited = self._waiting[edge.start].useful & symbols.bits[category]
        return bool(awaited and self._next[edge.end] & symbols.followers[category])

    def _advance(self, node: Node, begun: Begun, end: int, agenda: list[Edge]) -> None:
        """Follows rules that were begun; of what they make only what is useful is kept: see `_useful`."""
        start, parts = begun
        awaited, coming = self._waiting[start].useful, self._next[end]
        for rule, result, followers in node.complete:
            if awaited & result and coming & followers:
                meaning = rule.apply([edge.meaning for edge in parts])
                if meaning is not None:
                    agenda.append(Edge(start, end, rule.result, meaning, parts))
        if node.useful & coming:
            self._waiting[end].add(node, begun)
