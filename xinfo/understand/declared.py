"""The `$names` that a template's SQL declares, each with a type: what they are filled with, and how they are said.

A type stands for something that questions can say. Of a type that may come twice the second takes what is said second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xinfo.errors import InputError, did_you_mean
from xinfo.understand.reading import Slots


@dataclass(frozen=True)
class Type:
    """What a parameter is filled with, first and second, and what questions say for it."""

    filled_with: tuple[str, ...]
    """Names of values of `query.bind`."""
    slot: str
    sign: str
    further: tuple[str, ...] = ()
    """Further signs that may be heard for it."""
    english: str = ""
    chinese: str = ""
    """How a sentence says it; a Chinese one before the template's own words where `before`."""
    before: bool = True
    cmp: str | None = None
    needed: bool = True
    """Whether it must be said where it has no value: without a place, all pilots are meant."""


TYPES: Mapping[str, Type] = {
    "metric": Type(("metric",), "metric", "metric", (), " for {metric}", "{metric}"),
    "place": Type(("place", "other_place"), "places", "place", (), " of {places}", "{places}"),
    "places": Type(("members",), "places", "scope", ("place", "places"), " of {places}", "{places}", needed=False),
    "period": Type(("period", "other_period"), "periods", "period", (), " {when}", "{when}"),
    "periods": Type(("periods",), "periods", "period", ("periods", "span"), " {when}", "{when}"),
    "above": Type(("threshold",), "threshold", "threshold", (), " over {threshold}", "超过{threshold}", False, ">"),
    "below": Type(("threshold",), "threshold", "threshold", (), " under {threshold}", "低于{threshold}", False, "<"),
}
"""In the order that an English sentence says them."""
HAN_ORDER = ("places", "place", "period", "periods", "metric", "above", "below")
ASKING = frozenset(["ask_place", "list", "how_many"])
"""Words around a question that change nothing of what is asked."""


def read_parameters(given: Any) -> dict[str, str]:
    """The field `parameters` of a file: `{city: place}`. Raises InputError for a type that is none, or too many."""
    if not isinstance(given, Mapping):
        raise InputError("'parameters' is not as it should be", "a type by name, such as {city: place}")
    for name, kind in given.items():
        if kind not in TYPES:
            raise InputError(f"there is no type '{kind}' for ${name}{did_you_mean(str(kind), TYPES)}", ", ".join(TYPES))
    counts = Counter(TYPES[kind].filled_with for kind in given.values())
    for values, count in counts.items():
        if count > len(values):
            raise InputError(f"{count} parameters are filled with {values[0]}", f"at most {len(values)}")
    if len({TYPES[kind].slot for kind in given.values()}) < len(set(given.values())):
        raise InputError("two types of 'parameters' are filled from the same words of a question")
    return {str(name): str(kind) for name, kind in given.items()}


def filled_with(parameters: Mapping[str, str]) -> dict[str, str]:
    """For each declared name that of the value it is filled with: see `query.bind`."""
    seen: Counter[str] = Counter()
    found = {}
    for name, kind in parameters.items():
        found[name] = TYPES[kind].filled_with[seen[kind]]
        seen[kind] += 1
    return found


def signs_of(parameters: Mapping[str, str], given: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """(needs, takes): a parameter whose slot has a value already may be said, any other must be."""
    types = [TYPES[kind] for kind in parameters.values()]
    needs = {kind.sign for kind in types if kind.needed and kind.slot not in given}
    takes = ASKING.union(*((kind.sign, *kind.further) for kind in types))
    counts = Counter(parameters.values())
    takes |= {several for kind, several in (("place", "places"), ("period", "periods")) if counts[kind] > 1}
    return frozenset(needs), frozenset(takes)


def not_declared(parameters: Mapping[str, str], slots: Slots) -> tuple[str, ...]:
    """Slots with a value that no parameter takes: what is said there would be lost."""
    types = [TYPES[kind] for kind in parameters.values()]
    taken = {kind.slot for kind in types}
    taken |= {"scope"} if "places" in parameters.values() else set()
    if slots.cmp is not None and slots.cmp in {kind.cmp for kind in types}:
        taken |= {"cmp"}
    return tuple(name for name in slots.filled() if name not in taken)


def sentence_of(words: str, parameters: Mapping[str, str], lang: str) -> str:
    """A canonical sentence: the template's own words with what its parameters are."""
    said = words.replace("{", "{{").replace("}", "}}")
    kinds = set(parameters.values())
    if lang == "zh":
        before = [TYPES[kind].chinese for kind in HAN_ORDER if kind in kinds and TYPES[kind].before]
        return "".join((*before, said, *(TYPES[kind].chinese for kind in kinds if not TYPES[kind].before)))
    return "".join((said, *(kind.english for name, kind in TYPES.items() if name in kinds)))
