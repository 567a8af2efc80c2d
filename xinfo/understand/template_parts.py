"""What a template is made of, and how the parts of its file are read: slots, tests, who made it. Reads no file.

A template says what must be heard for it (`needs`), what else may be (`takes`), how it is said back, and its SQL over
the figures of a measure. A kept question names one that it `uses` and the values of its slots instead.

Slots are written as examples write them: `{metric: gdp, places: [xining], periods: ["2014"], scope: {region: west}}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from xinfo.errors import InputError, did_you_mean
from xinfo.store.periods import parse_id
from xinfo.understand.frame import SIDED
from xinfo.understand.reading import Scope, Slots, When

LANGUAGES = ("en", "zh")
SIGNS = frozenset(
    (
        "place places scope two_scopes metric part parts period periods span grain over_place "
        "over_part over_group over_two in_each order n threshold bounds than measure count list how_many average "
        "median total distribution quartiles correlation two_metrics compare difference multiple trend pace position "
        "required implied near where_is definition fact project projects dated field by_project ask_place ask_period "
        "first_time last_time quantifier passing is_pilot chosen extremes excess no_target holders used portion so_far"
    ).split()
)
"""Everything that can be heard in a question and that a template may need or take."""
GRAMMAR = frozenset("quantifier passing dated chosen holders used portion so_far first_time last_time".split())
"""Those of them that only the grammar hears."""
SLOTS = tuple(f.name for f in fields(Slots))
SCOPE = tuple(f.name for f in fields(Scope))
LISTS = ("named", "without", "among")
TOGETHER = (
    frozenset(["places", "scope", "chosen"]),
    frozenset(["cmp", "threshold", "upto_cmp", "upto", "bar", "bar_of", "factor"]),
    frozenset(["n", "nth", "rest"]),
)
"""Slots of which one takes the other's place: where one is free, the other is too."""
WHOLE = ("n", "nth")
SEVERAL = frozenset(["consumer", "offering", "sector", "places"])


@dataclass(frozen=True)
class Example:
    """A question in each language that must be read as this template with these slots."""

    en: str
    zh: str
    slots: Mapping[str, Any]


@dataclass(frozen=True)
class Pinned:
    """A question that was kept: the values of its slots, and which of them may be changed when it is asked."""

    slots: Slots
    free: frozenset[str] = frozenset()

    def may_change(self, names: frozenset[str]) -> bool:
        together = [group for group in TOGETHER if group & self.free]
        return names <= self.free.union(*together)


@dataclass(frozen=True)
class Frozen:
    """A result as it was when somebody vouched for it: the rows of a question, and the store they came from."""

    question: str
    lang: str
    rows: tuple[tuple[Any, ...], ...]
    """What each row is about, its value last."""
    store: str
    """The store's fingerprint."""
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Tests:
    """What must go on holding: sentences by language that mean this template, or must not; frozen results."""

    must: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    must_not: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frozen: tuple[Frozen, ...] = ()


@dataclass(frozen=True)
class Card:
    """What people go by when they look for a template."""

    description: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True)
class Template:
    template_id: str
    version: int
    title: Mapping[str, str]
    needs: frozenset[str]
    takes: frozenset[str]
    measures: tuple[str, ...]
    """Measures it can be asked for; empty where the SQL stands alone."""
    sentence: Mapping[str, str]
    headline: Mapping[str, str | Mapping[str, str]]
    """By language; a mapping holds a wording for each circumstance or measure: see `answer.headline`."""
    sql: str
    chart: str
    examples: tuple[Example, ...] = ()
    path: str = ""
    may_be_empty: bool = False
    """Whether no rows are an answer: a list of none, a count of none."""
    complete: bool = False
    """Whether every place, period and part that was named must have its figure: a comparison of what is not there."""
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its own cue words by language: they call for this template and no other."""
    combine: str = ""
    """How it puts figures of places together: each, sum, mean or median; empty where its SQL does that itself."""
    uses: str = ""
    """The template that a kept question is of; empty for one that stands by itself."""
    pinned: Pinned | None = None
    """The values that it is asked with where nothing else is said."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """The type of each `$name` that its SQL declares: see `declared`."""
    card: Card = field(default_factory=Card)
    tests: Tests = field(default_factory=Tests)
    written: bool = False
    """Whether people wrote its SQL: it runs apart from what xinfo ships."""

    @property
    def is_sided(self) -> bool:
        """Whether its one number is made of two figures."""
        return not self.needs.isdisjoint(SIDED)

    @property
    def is_own(self) -> bool:
        """Whether it is called by cue words of its own."""
        return any(self.phrases.values())


@dataclass(frozen=True)
class Measure:
    """What of a figure is asked for: itself, its growth, …; `sql` makes the rows of `cell`."""

    measure_id: str
    unit: str
    """`metric` for the metric's own unit, or ratio."""
    formula: str
    sql: str


def read_pinned(entry: Mapping[str, Any]) -> Pinned:
    """The fields `slots` and `free` of a file. Raises InputError where a name or value is none."""
    slots, free = entry.get("slots") or {}, entry.get("free") or ()
    _known_slots(_words("free", free))
    return Pinned(read_slots("slots", slots), frozenset(map(str, free)))


def read_slots(name: str, given: Any) -> Slots:
    """Slots as files write them. Raises InputError where a name or value is none."""
    if not isinstance(given, Mapping):
        raise InputError(f"'{name}' holds no values by name", "such as {metric: gdp, periods: [2014]}")
    _known_slots(given)
    return Slots(**{slot: _value(slot, value) for slot, value in given.items()})


def _known_slots(names: Iterable[Any]) -> None:
    for name in names:
        if name not in SLOTS:
            raise InputError(f"there is no slot '{name}'{did_you_mean(str(name), SLOTS)}")


def _value(name: str, value: Any) -> Any:
    """A slot's value as it is held, from how it is written."""
    if name in ("scope", "other", "bar_of"):
        if not isinstance(value, Mapping) or (strange := [key for key in value if key not in SCOPE]):
            named = f"'{strange[0]}'" if isinstance(value, Mapping) else f"'{value}'"
            raise InputError(f"'{name}' has {named}", f"values of {', '.join(SCOPE)}")
        return Scope(**{k: tuple(map(str, v)) if k in LISTS else str(v) for k, v in value.items()})  # type: ignore[arg-type]
    if name in ("chosen", "also"):
        return read_slots(name, value)
    if name in ("ends", "per_year"):
        return bool(value)
    if name == "periods":
        return tuple(read_when(str(one)) for one in _words(name, value))
    if name in SEVERAL:
        return tuple(map(str, _words(name, value)))
    if name in (*WHOLE, "threshold", "upto", "factor"):
        return _number(name, value)
    return str(value)


def _number(name: str, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float) or (name in WHOLE and value != int(value)):
        raise InputError(f"'{name}' is {value!r}", "a number")
    return int(value) if name in WHOLE else float(value)


def read_when(text: str) -> When:
    """A stretch of time as it is written: `2014Q3`, `2013..2015`. Raises InputError."""
    start, _, end = text.partition("..")
    return When(parse_id(start), parse_id(end or start))


def read_tests(entry: Mapping[str, Any]) -> Tests:
    """The fields `tests` and `frozen` of a file. Raises InputError."""
    tests = entry.get("tests") or {}
    if not isinstance(tests, Mapping) or not set(tests) <= {"must", "must_not"}:
        raise InputError("'tests' is not as it should be", "sentences by language under must and must_not")
    must, must_not = (by_language(f"tests: {name}", tests.get(name)) for name in ("must", "must_not"))
    return Tests(must, must_not, tuple(_frozen(one) for one in entry.get("frozen") or ()))


def _frozen(one: Any) -> Frozen:
    try:
        rows = tuple(tuple(row) for row in one["rows"])
        on, by = str(one.get("on", "")), str(one.get("by", ""))
        return Frozen(str(one["question"]), str(one["lang"]), rows, str(one["store"]), by, on)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"'frozen' lacks {error}", "question, lang, store and rows") from error


def read_card(entry: Mapping[str, Any]) -> Card:
    """The fields `description`, `tags` and `author` of a file. Raises InputError."""
    described = entry.get("description") or {}
    if isinstance(described, str):
        described = dict.fromkeys(LANGUAGES, described)
    if not isinstance(described, Mapping):
        raise InputError("'description' is not as it should be", "a text in each language")
    tags = tuple(dict.fromkeys(str(tag) for tag in _words("tags", entry.get("tags") or ())))
    return Card({lang: str(said) for lang, said in described.items()}, tags, str(entry.get("author") or ""))


def by_language(name: str, given: Any) -> dict[str, tuple[str, ...]]:
    """Texts by language. Raises InputError where they are anything else."""
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not set(given) <= set(LANGUAGES):
        raise InputError(f"'{name}' is not as it should be", f"texts under {' and '.join(LANGUAGES)}")
    return {lang: tuple(map(str, _words(name, words or ()))) for lang, words in given.items()}


def _words(name: str, given: Any) -> Sequence[Any]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise InputError(f"'{name}' is '{given}'", "a list in [ ]")
    return given
