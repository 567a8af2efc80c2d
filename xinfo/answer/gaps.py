"""Gaps in plain words: 'No growth for 2014 Q1: 2013 Q1 is missing for 3 places', and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xinfo.answer.labels import in_a_row, word
from xinfo.language.texts import listing, text
from xinfo.query.gaps import Gap
from xinfo.query.holdings import Part
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.say import sentence
from xinfo.understand.say_places import scope_phrase
from xinfo.understand.template import Template

MOST_NAMES = 6
"""Places said by name."""


def gap_words(gap: Gap, metric: str, order: Sequence[str], catalog: Catalog, lang: str) -> str:
    """The sentence for one gap of a metric; `order` is that of the periods shown."""
    about = {
        "set": _set(gap, catalog, lang),
        "periods": in_a_row(gap.periods, lang, order),
        "places": _places(gap, catalog, lang),
        "n": len(gap.places),
        "of": gap.of,
        "metric": word("metric", metric, catalog, lang),
    }
    if gap.kind == "parts":
        about["dimension"] = text(f"dimension.{gap.missing[0]}", lang)
    elif gap.kind == "ratio":
        about["missing"] = word("metric", gap.missing[0], catalog, lang)
    else:
        about["missing"] = in_a_row(gap.missing, lang)
    return text(f"gap.{gap.kind}", lang, **about)


def _places(gap: Gap, catalog: Catalog, lang: str) -> str:
    """'Xining', '3 places (Xining, Guiyang and Wuhan)', '12 places (… and 6 more)'."""
    names = [word("place", place, catalog, lang) for place in gap.places]
    shown = names[:MOST_NAMES]
    said = listing(shown, lang)
    if len(names) > len(shown):
        said = text("list.comma", lang).join(shown) + text("gap.more", lang, n=len(names) - len(shown))
    if len(names) < 2 or gap.kind == "total_some":
        return said
    return text("gap.several", lang, n=len(names), places=said)


def _set(gap: Gap, catalog: Catalog, lang: str) -> str:
    if gap.provinces:
        return listing([word("province", name, catalog, lang) for name in gap.provinces], lang)
    return scope_phrase(Scope(), catalog, lang)


def gap_question(gap: Gap, metric: str, part: Part, templates: Iterable[Template], catalog: Catalog, lang: str) -> str:
    """A question that would be answered, or answered in full, if the gap were filled; empty where none says it."""
    name = {"parts": "breakdown", "total_in": "total", "total_some": "total", "total": "total"}.get(gap.kind, "value")
    template = next((one for one in templates if one.template_id == name), None)
    if template is None or (metric_known := catalog.metrics.get(metric)) is None:
        return ""
    if name == "total" and metric_known.kind == "ratio":
        return ""
    return sentence(template, _slots(gap, metric, part), catalog, lang)


def _slots(gap: Gap, metric: str, part: Part) -> Slots:
    measure = {"growth": "growth", "growth_method": "growth", "target": "attainment"}.get(gap.kind, "value")
    parts = {name: (value,) for name, value in zip(DIMENSIONS, part, strict=True) if value != "all"}
    slots = Slots(measure, metric, periods=(When.of(parse_id(gap.periods[-1])),)).but(**parts)
    if gap.kind.startswith("total"):
        return slots.but(scope=Scope(province=gap.provinces[0] if gap.provinces else None))
    return slots.but(places=gap.places[:1], over=gap.missing[0] if gap.kind == "parts" else None)
