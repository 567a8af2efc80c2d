"""Slots on the page: what each holds in words, and a field to change it. Asks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from xinfo.language import times
from xinfo.language.numbers import exact
from xinfo.language.texts import listing, text, texts
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import PARTS, Catalog
from xinfo.understand.frame import GROUPS, PROJECT_GROUPS
from xinfo.understand.naming import measured_unit
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.say_places import place_name, scope_phrase
from xinfo.understand.suggest import Coverage

FREE_AT_FIRST = frozenset(["periods"])
"""What of a question is most likely another one next time."""
WORDS = {"order": "order", "cmp": "cmp", "grain": "grain", "field": "field", "content_area": "content_area",
         "level": "level", "project_status": "project_status"}  # fmt: skip
"""Slots with a handful of values, and where their words stand."""


def told(name: str, slots: Slots, catalog: Catalog, lang: str) -> str:
    """'period: 2014'."""
    return f"{text(f'slot.{name}', lang)}{text('ui.colon', lang)}{value_in_words(name, slots, catalog, lang)}"


def value_in_words(name: str, slots: Slots, catalog: Catalog, lang: str) -> str:
    value = getattr(slots, name)
    if name == "metric":
        return catalog.metrics[value].label(lang) if value in catalog.metrics else str(value)
    if name in ("places", "than"):
        return listing([place_name(p, catalog, lang) for p in ([value] if name == "than" else value)], lang)
    if name in ("scope", "other", "bar_of"):
        return scope_phrase(value, catalog, lang)
    if name == "periods":
        return listing([times.span(when.start, when.end, lang) for when in value], lang)
    if name == "threshold":
        return exact(value, measured_unit(slots, catalog) or "yuan", lang)
    if name in PARTS:
        return listing([text(f"part.{part}", lang) for part in value], lang)
    return word_of(name, str(value), lang)


def word_of(name: str, value: str, lang: str) -> str:
    for key in (f"templates.{name}.{value}", f"{WORDS.get(name, name)}.{value}", f"dimension.{value}"):
        if key in texts(lang):
            return text(key, lang)
    return value


class Fields:
    """Fields for slots; each gives the value that stands in it."""

    def __init__(self, measures: Sequence[str], catalog: Catalog, coverage: Coverage, lang: str, key: str):
        self.measures, self.catalog, self.coverage, self.lang, self.key = measures, catalog, coverage, lang, key

    def draw(self, name: str, slots: Slots) -> Any:
        """The field of a slot."""
        drawn: Mapping[str, Callable[[str, Slots], Any]] = {
            "metric": self._metric, "places": self._places, "scope": self._scope, "other": self._scope,
            "bar_of": self._scope,
            "periods": self._periods, "n": self._n, "threshold": self._threshold, "than": self._than,
        }  # fmt: skip
        return drawn.get(name, self._choice)(name, slots)

    def _select(self, name: str, options: Sequence[Any], value: Any, say: Callable[[Any], str], part: str = "") -> Any:
        label = text(f"templates.part.{part}" if part else f"slot.{name}", self.lang)
        key = f"{self.key}-{name}{'-' + part if part else ''}"
        options = list(dict.fromkeys([*options, *([value] if value is not None else [])]))
        return st.selectbox(label, options, options.index(value) if value in options else 0, say, key=key, width=240)

    def _metric(self, name: str, slots: Slots) -> str:
        known = [m for m in self.coverage.metrics(self.catalog) if m in self.catalog.metrics]
        return str(self._select(name, known, slots.metric, lambda m: self.catalog.metrics[m].label(self.lang)))

    def _places(self, name: str, slots: Slots) -> tuple[str, ...]:
        known = list(self.catalog.places)
        chosen = st.multiselect(
            text(f"slot.{name}", self.lang), known, list(slots.places), self._place, key=f"{self.key}-{name}",
            width=320, placeholder=text("templates.choose", self.lang),
        )  # fmt: skip
        return tuple(chosen)

    def _place(self, place: str) -> str:
        return place_name(place, self.catalog, self.lang)

    def _than(self, name: str, slots: Slots) -> str:
        return str(self._select(name, list(self.catalog.places), slots.than, self._place))

    def _scope(self, name: str, slots: Slots) -> Scope:
        """Conditions that hold at once, behind the set that they make; none of them means all pilots."""
        scope = getattr(slots, name) or Scope()
        pilots = [self.catalog.places[place] for place in self.catalog.pilots()]
        offered = {
            "region": sorted({place.region for place in pilots if place.region}),
            "province": sorted({place.province_en for place in pilots}),
            "admin_type": sorted({place.admin_type for place in pilots}),
        }
        key = f"{self.key}-{name}"
        chosen = {part: st.session_state.get(f"{key}-{part}", getattr(scope, part)) for part in offered}
        label = scope_phrase(replace(scope, **chosen), self.catalog, self.lang)
        said = {}
        with st.popover(label, icon=":material/tune:", key=key):
            for part, values in offered.items():
                said[part] = self._select(name, [None, *values], getattr(scope, part), self._condition(part), part)
        return replace(scope, **said)

    def _condition(self, part: str) -> Callable[[str | None], str]:
        def say(value: str | None) -> str:
            if value is None:
                return text("templates.any", self.lang)
            if part == "province":
                return self.catalog.provinces.get(value, value) if self.lang == "zh" else value
            return text(f"{'region_name' if part == 'region' else part}.{value}", self.lang)

        return say

    def _periods(self, name: str, slots: Slots) -> tuple[When, ...]:
        found = []
        for at, when in enumerate(slots.periods):
            if when.start == when.end:
                found.append(When.of(parse_id(self._period(name, when.start.id, f"{at}", slots))))
                continue
            start = parse_id(self._period(name, when.start.id, f"{at}-from", slots))
            end = parse_id(self._period(name, when.end.id, f"{at}-to", slots))
            found.append(When(start, end) if start.start_date <= end.start_date else When(end, start))
        return tuple(found)

    def _period(self, name: str, value: str, at: str, slots: Slots) -> str:
        known = self.coverage.known(slots.metric or "", ()) or frozenset(
            period for metric in self.coverage.periods for period in self.coverage.known(metric, ())
        )
        # Whole years first, then their parts; the newest of each on top.
        newest = sorted({*known, value}, key=lambda one: (len(one) == 4, parse_id(one).end_date, one), reverse=True)
        label = text("slot.periods", self.lang)
        key = f"{self.key}-{name}-{at}-{slots.metric}"
        return str(st.selectbox(label, newest, newest.index(value), self._time, key=key, width=240))

    def _time(self, period: str) -> str:
        return times.short(parse_id(period), self.lang)

    def _n(self, name: str, slots: Slots) -> int:
        label = text(f"slot.{name}", self.lang)
        return int(st.number_input(label, 1, 400, slots.n or 1, 1, key=f"{self.key}-{name}", width=140))

    def _threshold(self, name: str, slots: Slots) -> float:
        unit = measured_unit(slots, self.catalog) or "yuan"
        scale = {"yuan": 1e8, "ratio": 0.01}.get(unit, 1.0)
        words = {"yuan": "templates.hundred_million", "ratio": "templates.percent"}.get(unit)
        label = text(f"slot.{name}", self.lang) + (f" ({text(words, self.lang)})" if words else "")
        value = (slots.threshold or 0.0) / scale
        said = st.number_input(label, value=round(value, 6), key=f"{self.key}-{name}-{unit}", width=200)
        return round(float(said) * scale, 6)

    def _choice(self, name: str, slots: Slots) -> Any:
        """One of a handful of values; of parts one or none."""
        value = getattr(slots, name)
        if name in PARTS:
            chosen = st.multiselect(
                text(f"slot.{name}", self.lang), PARTS[name], list(value), lambda part: text(f"part.{part}", self.lang),
                key=f"{self.key}-{name}", width=240,
            )  # fmt: skip
            return tuple(chosen)
        return self._select(name, self._values(name), value, lambda one: word_of(name, str(one), self.lang))

    def _values(self, name: str) -> Sequence[str]:
        if name == "measure":
            return self.measures
        if name == "over":
            return (*PARTS, *GROUPS, *PROJECT_GROUPS, "place")
        if name == "fact":
            return sorted(self.catalog.facts)
        key = f"{WORDS.get(name, name)}."
        return [known.removeprefix(key) for known in texts(self.lang) if known.startswith(key)]
