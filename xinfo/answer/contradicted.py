"""Caveats about published totals that their parts do not add up to, for every answer that uses either of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xinfo.answer.findings import Findings
from xinfo.answer.headline import shortened
from xinfo.answer.labels import long_period, periods_of, word
from xinfo.answer.rows import listed
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.store.adding_up import Unequal
from xinfo.store.periods import FIRST_YEAR, Period, parse_id
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import Slots

NAMED = 5
_ID = re.compile(r"\d{4}(?:-\d{2}|[QM].+)?")


def metrics_of(findings: Findings) -> tuple[str, ...]:
    """The amounts that an answer is made of: a ratio's are those that it divides."""
    slots, known = findings.slots, findings.catalog.metrics
    asked = [name for name in (slots.metric, slots.against) if name and name in known]
    made = [part for name in asked for part in (known[name].numerator, known[name].denominator, known[name].growth_of)]
    return tuple(dict.fromkeys(name for name in (*asked, *made) if name))


def contradicted(findings: Findings, noted: Iterable[Unequal]) -> Iterator[str]:
    """One sentence for all that an answer uses, of which so many are named."""
    places, periods = _places(findings), _periods(findings)
    used = [one for one in noted if _uses(one, places, periods, findings.slots)]
    if used:
        said = shortened(used, NAMED, findings.lang, lambda one: _said(one, findings))
        yield text("caveat.unequal", findings.lang, figures=said)


def _said(one: Unequal, findings: Findings) -> str:
    lang, unit = findings.lang, findings.catalog.metrics[one.metric].unit
    about = {
        "place": word("place", one.place, findings.catalog, lang),
        "metric": word("metric", one.metric, findings.catalog, lang),
        "period": long_period(one.period, lang),
    }
    said = {"value": amount(one.value, unit, lang), "added": amount(one.added, unit, lang)}
    return text("caveat.unequal_figure", lang, **about, **said)


def _uses(one: Unequal, places: frozenset[str], periods: Iterable[Period], slots: Slots) -> bool:
    whole = parse_id(one.period)
    of_part = all(slots.over == name or getattr(one, name) in (getattr(slots, name) or ("all",)) for name in DIMENSIONS)
    return of_part and one.place in places and any(_overlap(whole, period) for period in periods)


def _overlap(one: Period, other: Period) -> bool:
    return one.year == other.year and one.first <= other.last and other.first <= one.last


def _places(findings: Findings) -> frozenset[str]:
    rows = (str(row["place"]) for row in findings.rows if "place" in row)
    return frozenset((*rows, *findings.gathered("places"), *findings.slots.places, findings.slots.than or ""))


def _periods(findings: Findings) -> tuple[Period, ...]:
    """Those that the statement was asked for and those of the rows; of a growth those of the year before, too."""
    given = [*findings.params.values(), *(row.get("period") for row in findings.rows)]
    found = [end for value in given for name in listed(value) if _ID.fullmatch(name) for end in periods_of(name)]
    before = [p.years_on(-1) for p in found if p.year > FIRST_YEAR] if findings.slots.measure == "growth" else []
    return tuple(dict.fromkeys((*found, *before)))
