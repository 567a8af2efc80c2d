"""Gaps in plain words: 'No growth for 2014 Q1: 2013 Q1 is missing for 3 places'. Finds none."""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.answer.labels import in_a_row, word
from xinfo.language.texts import listing, text
from xinfo.query.gaps import Gap
from xinfo.understand.catalog import Catalog

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
    return text("sentence.all_pilots", lang)
