"""Gaps in plain words: 'No growth for 2014 Q1: 2013 Q1 is missing for 3 places'. Finds none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from xinfo.answer.labels import period, word
from xinfo.language.texts import listing, text
from xinfo.query.gaps import Gap
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import Catalog

MOST_NAMES = 6
"""Places said by name."""


def gap_words(gap: Gap, metric: str, order: Sequence[str], catalog: Catalog, lang: str) -> str:
    """The sentence for one gap of a metric; `order` is that of the periods shown."""
    about = {
        "set": _set(gap, catalog, lang),
        "periods": _periods(gap.periods, order, lang),
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
        about["missing"] = _periods(gap.missing, (), lang)
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


def _periods(periods: Sequence[str], order: Sequence[str], lang: str) -> str:
    """The periods in words; three or more that follow each other by their ends."""
    runs: list[list[str]] = []
    for name in periods:
        if runs and _follows(runs[-1][-1], name, order):
            runs[-1].append(name)
        else:
            runs.append([name])
    said = []
    for run in runs:
        if len(run) > 2:
            said.append(text("gap.run", lang, first=period(run[0], lang), last=period(run[-1], lang)))
        else:
            said += [period(name, lang) for name in run]
    return listing(said, lang)


def _follows(one: str, other: str, order: Sequence[str]) -> bool:
    """Whether a period comes right after another: in the order shown, else by the calendar."""
    if one in order and other in order:
        return order.index(other) == order.index(one) + 1
    return parse_id(other).start_date == parse_id(one).end_date + timedelta(days=1)
