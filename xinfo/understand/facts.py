"""What is asked about the programme itself, found by composing words: a topic and what is asked of it, in any order.

The vocabulary's `programme` names concepts by their phrases, and for each fact the concepts that call for it. A fact is
asked for only where every word of the question is one of its concepts or a mere function word: one word beyond them,
and the question is about something else. Knows no places but by the lexicon, reads no figures, answers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from xinfo.understand.phrases import expand
from xinfo.understand.text import key

if TYPE_CHECKING:
    from xinfo.understand.lexicon import Lexicon

SKIPPED, PLACE, GROUP = "skipped", "place", "group"
NAMED = ("pilot", "consumption", "places")
"""Concepts that only the programme has, not its projects."""
"""The concept of words that mean nothing by themselves, of every name of a place, of every name of a set of places."""
WITHIN = "within"
"""'In', 'there', 有: mere words of a fact, but 'are there pilots in Jiangsu' does not ask whether Jiangsu is one."""
NAMES = {
    **dict.fromkeys(("place", "province", "outer"), PLACE),
    **dict.fromkeys(("region", "admin_type", "capital"), GROUP),
}
"""The kinds of senses that the lexicon has for them."""
NEAR, MOST_NEAR = 0.6, 2
"""The part of a question's words that a fact must account for to be offered, and how many are."""
Span = tuple[int, int, str]
"""First token, end token, and the concept that they stand for."""


@dataclass(frozen=True)
class Rule:
    """Concepts that together call for a fact: each of `needs` must be said, each of `takes` may be."""

    fact: str
    """Or, of a place, the sign of the template that answers it."""
    needs: tuple[str, ...]
    takes: frozenset[str]

    @cached_property
    def admits(self) -> frozenset[str]:
        return frozenset((*self.needs, *self.takes, SKIPPED))


@dataclass(frozen=True)
class FactAsked:
    """A fact with the words it was heard in."""

    fact: str
    spans: tuple[Span, ...]

    def span(self, concept: str) -> tuple[int, int] | None:
        """From where to where a concept was said: 'Suzhou in Jiangsu' is one place."""
        said = [(start, end) for start, end, kind in self.spans if kind == concept]
        return (said[0][0], said[-1][1]) if said else None


@dataclass
class Programme:
    """The words of the programme and the rules of its facts."""

    concepts: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Programme:
        """From the vocabulary's file: `words`, `together` and `facts`."""
        sets = content["together"]
        programme = cls(rules=(*_rules(content["facts"], sets, {WITHIN}), *_rules(content["of_place"], sets, set())))
        for concept, words in content["words"].items():
            for phrase in (phrase for patterns in words.values() for p in patterns for phrase in expand(str(p))):
                programme._add(key(phrase), concept)
        return programme

    def plain(self) -> tuple[Any, ...]:
        """As values that a file takes."""
        return self.concepts, self.longest, tuple((rule.fact, rule.needs, rule.takes) for rule in self.rules)

    @classmethod
    def read_back(cls, said: tuple[Any, ...]) -> Programme:
        """From what `plain` gave."""
        concepts, longest, rules = said
        return cls(concepts, longest, tuple(Rule(*rule) for rule in rules))

    def asked(self, words: Sequence[str], lexicon: Lexicon) -> FactAsked | None:
        """The fact that a whole question asks for; of several the one that needs most of what was said."""
        spans = self._spans(words, lexicon)
        said = {concept for at in spans for _, _, concept in at}
        ways = ((rule, way) for rule in self.rules if said.issuperset(rule.needs) and (way := _cover(rule, spans)))
        best = max(ways, key=lambda found: _weight(*found), default=None)
        return FactAsked(best[0].fact, best[1]) if best else None

    def near(self, words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
        """Facts that a question seems to be about though not all of it is understood so, the nearest first."""
        spans = [span for start in range(len(words)) for span in self._at(words, start, lexicon)]
        said = {concept for _, _, concept in spans}
        found: dict[str, int] = {}
        for rule in self.rules:
            held = {i for start, end, one in spans if one in rule.admits for i in range(start, end)}
            if said.issuperset(rule.needs) and PLACE not in rule.needs and len(held) >= NEAR * len(words):
                found[rule.fact] = max(found.get(rule.fact, 0), 10 * len(rule.needs) + len(held))
        return tuple(sorted(found, key=lambda fact: -found[fact]))[:MOST_NEAR]

    def _add(self, words: tuple[str, ...], concept: str) -> None:
        self.concepts[words] = self.concepts.get(words, frozenset()) | {concept}
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def _spans(self, words: Sequence[str], lexicon: Lexicon) -> list[list[Span]]:
        """For each token what may begin there; nothing more after one that no concept reaches."""
        spans: list[list[Span]] = [[] for _ in words]
        reached = 0
        for start in range(len(words)):
            if start > reached:
                break
            spans[start] = list(self._at(words, start, lexicon))
            reached = max([reached, *(end for _, end, _ in spans[start])])
        return spans

    def _at(self, words: Sequence[str], start: int, lexicon: Lexicon) -> Iterator[Span]:
        """Every concept that a token begins."""
        for end in range(start + 1, min(len(words), start + self.longest.get(words[start], 0)) + 1):
            yield from ((start, end, one) for one in self.concepts.get(tuple(words[start:end]), ()))
        for end, senses in lexicon.at(tuple(words), start):
            for concept in {NAMES[sense.kind] for sense in senses if sense.kind in NAMES}:
                yield start, end, concept


def _weight(rule: Rule, way: tuple[Span, ...]) -> tuple[int, int]:
    """How much of what was said a rule needs: concepts, then words."""
    return len(rule.needs), sum(end - start for start, end, concept in way if concept in rule.needs)


def _cover(rule: Rule, spans: list[list[Span]]) -> tuple[Span, ...] | None:
    """The concepts of a rule laid over the whole question, with all that it needs; the fewest there can be."""
    ways: list[dict[frozenset[str], tuple[Span, ...]]] = [{} for _ in range(len(spans) + 1)]
    ways[0][frozenset()] = ()
    for start, at in enumerate(spans):
        for span in (span for span in at if span[2] in rule.admits):
            for said, way in ways[start].items():
                known = ways[span[1]].get(now := said | ({span[2]} & set(rule.needs)))
                if known is None or len(known) > len(way) + 1:
                    ways[span[1]][now] = (*way, span)
    return ways[-1].get(frozenset(rule.needs))


def _rules(facts: Mapping[str, Iterable[str]], together: Mapping[str, str], always: set[str]) -> Iterator[Rule]:
    """Rules as they are written: 'chosen|applied number pilot?' needs one of the first two, and may hold the last."""
    for fact, written in facts.items():
        for line in written:
            words = [one for word in str(line).split() for one in together.get(word, word).split()]
            takes = always.union(*(word[:-1].split("|") for word in words if word.endswith("?")))
            for needs in product(*(word.split("|") for word in words if not word.endswith("?"))):
                yield Rule(fact, needs, frozenset(takes))
