"""Caveats about figures that others contradict, for every answer that uses either of them.

Those are published totals that their parts do not add up to, and figures that sources give differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from xinfo.answer.answer import Source
from xinfo.answer.findings import Findings
from xinfo.answer.headline import shortened
from xinfo.answer.labels import long_period, periods_of, word
from xinfo.answer.origin.cells import OF_TARGETS as SPEAKING_OF_TARGETS
from xinfo.answer.rows import listed
from xinfo.language.numbers import amount, exact
from xinfo.language.texts import text
from xinfo.query.disputes import Noted
from xinfo.query.shape import OF_TARGETS
from xinfo.store.adding_up import Unequal
from xinfo.store.disputed import Disputed
from xinfo.store.periods import FIRST_YEAR, Period, parse_id
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import Slots

NAMED = 5
_ID = re.compile(r"\d{4}(?:-\d{2}|[QM].+)?")


def metrics_of(findings: Findings) -> tuple[str, ...]:
    """The amounts that an answer is made of: a ratio's are those that it divides."""
    slots, known = findings.slots, findings.catalog.metrics
    asked = [name for name in (slots.metric, slots.against, slots.per) if name and name in known]
    made = [part for name in asked for part in (known[name].numerator, known[name].denominator, known[name].growth_of)]
    return tuple(dict.fromkeys(name for name in (*asked, *made) if name))


def contradicted(findings: Findings, noted: Iterable[Unequal]) -> Iterator[str]:
    """One sentence for all that an answer uses, of which so many are named."""
    places, periods = places_of(findings), _periods(findings)
    used = [one for one in noted if _uses(one, places, periods, findings.slots)]
    if used:
        said = shortened(used, NAMED, findings.lang, lambda one: _said(one, findings))
        yield text("caveat.unequal", findings.lang, figures=said)


def disputed(findings: Findings, noted: Noted, sources: Mapping[str, Source]) -> Iterator[str]:
    """One sentence for all figures that an answer uses and sources give differently: both, and why the one counts."""
    periods = _periods(findings)
    used = [one for one in noted.disputed if _of_part(one, findings.slots) and _in(one, periods, noted, findings)]
    aims = [one for one in noted.targets if parse_id(one.period) in periods] if _of_targets(findings) else []
    if used or aims:
        told = [(one, "disputed_figure") for one in used] + [(one, "disputed_target") for one in aims]
        said = shortened(told, NAMED, findings.lang, lambda one: _both(*one, findings, sources))
        yield text("caveat.disputed", findings.lang, figures=said)


def _of_targets(findings: Findings) -> bool:
    """Whether an answer is made of targets."""
    slots = findings.slots
    return slots.measure in OF_TARGETS or slots.bar == "target" or bool(findings.template.needs & SPEAKING_OF_TARGETS)


def _in(one: Disputed, periods: Iterable[Period], noted: Noted, findings: Findings) -> bool:
    """Whether figures of the periods rest on it: on the very one, or on any of the year where one is worked out.

    Of a stock those that end with it.
    """
    mine, flow = parse_id(one.period), findings.catalog.metrics[one.metric].kind == "flow"
    worked_out = (period for period in periods if period == mine or one.key(period.id) not in noted.given)
    return any(period.year == mine.year and (flow or period.last == mine.last) for period in worked_out)


def _both(one: Disputed, words: str, findings: Findings, sources: Mapping[str, Source]) -> str:
    lang, unit = findings.lang, findings.catalog.metrics[one.metric].unit
    said = {name: word(name, getattr(one, name), findings.catalog, lang) for name in ("place", "metric")}
    said |= {"period": long_period(one.period, lang), "why": text(f"caveat.counts.{one.why}", lang)}
    said |= {"value": exact(one.value, unit, lang), "other": exact(one.other, unit, lang)}
    for name, source in (("source", one.source), ("other_source", one.other_source)):
        said[name] = sources[source].told_in(lang).title if source in sources else source
    return text(f"caveat.{words}", lang, **said)


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
    return _of_part(one, slots) and one.place in places and any(_overlap(whole, period) for period in periods)


def _of_part(one: Unequal | Disputed, slots: Slots) -> bool:
    return all(slots.over == name or getattr(one, name) in (getattr(slots, name) or ("all",)) for name in DIMENSIONS)


def _overlap(one: Period, other: Period) -> bool:
    return one.year == other.year and one.first <= other.last and other.first <= one.last


def places_of(findings: Findings) -> frozenset[str]:
    """The places that an answer is about."""
    rows = (str(row["place"]) for row in findings.rows if "place" in row)
    return frozenset((*rows, *findings.gathered("places"), *findings.slots.places, findings.slots.than or ""))


def _periods(findings: Findings) -> tuple[Period, ...]:
    """Those that the statement was asked for and those of the rows; of a growth those of the year before, too."""
    given = [*findings.params.values(), *(row.get("period") for row in findings.rows)]
    found = [end for value in given for name in listed(value) if _ID.fullmatch(name) for end in periods_of(name)]
    before = [p.years_on(-1) for p in found if p.year > FIRST_YEAR] if findings.slots.measure == "growth" else []
    return tuple(dict.fromkeys((*found, *before)))
