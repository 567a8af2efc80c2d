"""Words of the vocabulary that lead nowhere, and signs of templates that nothing makes heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from xinfo.understand.catalog import Catalog
from xinfo.understand.coverage.report import DeadCue
from xinfo.understand.lexicon import Lexicon
from xinfo.understand.settled import signs_of
from xinfo.understand.template import Template

GRAMMAR = frozenset(
    "pronoun follow new_topic only conj except except_end not_among others filler by_how_much rank cumulative".split()
)
"""Cue words that reading itself acts on, whatever templates there are."""
FROM_SLOTS = frozenset(
    "place places scope two_scopes metric part parts period periods span grain over_place over_part over_group "
    "by_project order n threshold than measure projects project field fact two_metrics over_two bounds in_each "
    "is_pilot extremes excess no_target".split()
)
"""Signs that are heard from what fills the slots; all others are heard from cue words alone."""


def dead_cues(templates: Iterable[Template], lexicon: Lexicon, catalog: Catalog) -> tuple[DeadCue, ...]:
    """Cue words that no template needs or takes, signs never heard, words for what the store has not."""
    wanted = frozenset(sign for template in templates for sign in template.needs | template.takes)
    counted = Counter(
        pair for senses in lexicon.senses.values() for sense in senses for pair in sense.means if _is_name(*pair)
    )
    cues = {str(value) for kind, value in counted if kind == "cue"}
    heard = FROM_SLOTS.union(*(signs_of(frozenset([cue])) for cue in cues)) if cues else FROM_SLOTS
    return (
        *_unused(cues, wanted, counted),
        *_unknown(counted, catalog),
        *(DeadCue("sign", sign, 0, "no word makes it heard") for sign in sorted(wanted - heard)),
    )


def _is_name(kind: str, value: object) -> bool:
    return kind in ("cue", "metric", "fact") and isinstance(value, str)


def _unused(cues: set[str], wanted: frozenset[str], counted: Counter[tuple[str, object]]) -> Iterator[DeadCue]:
    for cue in sorted(cues - GRAMMAR):
        if not signs_of(frozenset([cue])) & wanted:
            yield DeadCue("cue", cue, counted["cue", cue], "no template needs or takes it")


def _unknown(counted: Counter[tuple[str, object]], catalog: Catalog) -> Iterator[DeadCue]:
    held = {"metric": frozenset(catalog.metrics), "fact": catalog.facts}
    for kind, known in held.items():
        for (of, value), phrases in sorted(counted.items(), key=str):
            if of == kind and value not in known:
                yield DeadCue(kind, str(value), phrases, f"this store has no such {kind}")
