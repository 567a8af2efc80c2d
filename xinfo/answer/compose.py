"""The last step of a question: a statement's result becomes the Answer. Decides no wording, chart or caveat itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from xinfo.answer.answer import Answer, Column, Source
from xinfo.answer.caveats import Methods, caveats, method_names
from xinfo.answer.chart import Charts, Spec, reason
from xinfo.answer.claims import apart, one_number
from xinfo.answer.contradicted import metrics_of, places_of
from xinfo.answer.doubts import doubts
from xinfo.answer.findings import Findings, find_each
from xinfo.answer.frame import capital
from xinfo.answer.headline import headline
from xinfo.answer.labels import word
from xinfo.answer.lying import statistic, title
from xinfo.answer.rows import OF_RIVALS
from xinfo.language.texts import text, texts
from xinfo.query.disputes import Noted
from xinfo.query.result import Result
from xinfo.store.standing import MARKS
from xinfo.understand.catalog import Catalog
from xinfo.understand.drawn import closest
from xinfo.understand.reading import Reading

NAMED = ("place", "province", "metric")


def compose(
    reading: Reading, result: Result, *, sql: str, params: dict[str, Any], catalog: Catalog,
    sources: Mapping[str, Source], methods: Methods, fingerprint: str, expected_places: tuple[str, ...],
    timing: dict[str, float], judged: Result | None = None,
    noted: Callable[[Collection[str], Collection[str]], Noted] = lambda metrics, places: Noted(),
) -> Answer:  # fmt: skip
    """The answer to `reading` from what its statement gave back; where that is nothing, `judged` tells what of.

    `methods` labels a method id in English and Chinese; `noted` looks up what contradicts figures of some metrics
    and places; `expected_places` are the ids of the set that was asked about; `timing` is in milliseconds by step.
    """
    every = find_each(reading, result, catalog, params, expected_places, judged)
    drawn, rows = Charts(every[0]), rows_of(every)
    drawing, why = _shown(every[0], drawn)
    against = [(found, noted(metrics_of(found), places_of(found))) for found in every]
    return Answer(
        reading=reading,
        sql=sql,
        params=params,
        columns=_columns(rows, every),
        rows=rows,
        headline=_headline(every),
        chart=drawing,
        chart_reason=why,
        charts=drawn,
        sources=_sources(every, sources),
        statuses=tuple(mark for mark in dict.fromkeys(MARKS) if any(mark in found.statuses for found in every)),
        uploaders=every[0].uploaders(_each([*found.sources, *found.gathered(OF_RIVALS)] for found in every)),
        methods=_each(method_names(found, methods) for found in every),
        caveats=_each(caveats(found, methods, known, sources) for found, known in against),
        doubts=_each(doubts(found, known, sources) for found, known in against),
        fingerprint=fingerprint,
        timing_ms=timing,
        names=_names(rows, every[0]),
        one_number=one_number(every[0]) if len(rows) == 1 else "",
    )


def _sources(every: Sequence[Findings], known: Mapping[str, Source]) -> tuple[Source, ...]:
    names = _each(found.sources for found in every)
    return tuple(known[name].told_in(every[0].lang) for name in names if name in known)


def rows_of(every: Sequence[Findings]) -> tuple[dict[str, Any], ...]:
    """The rows of a question; of two figures those of both, which tell what of it they are where that differs."""
    kinds = {"measure": [found.slots.measure for found in every], "statistic": [statistic(found) for found in every]}
    told = [{name: each[at] for name, each in kinds.items() if len(set(each)) > 1} for at in range(len(every))]
    return tuple({**more, **row} for found, more in zip(every, told, strict=True) for row in found.rows)


def _headline(every: Sequence[Findings]) -> str:
    """What is said of each figure."""
    first, *others = map(headline, every)
    for other in others:
        first = text("answer.both", every[0].lang, first=first.rstrip(".。"), second=other)
    return first + apart(every)


def _each(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def _shown(findings: Findings, drawn: Charts) -> tuple[Spec | None, str]:
    """The chart in the form that was asked for, else the best one, and why it is that."""
    asked, lang = findings.reading.form, findings.lang
    form = closest(asked, tuple(drawn))
    drawing, why = drawn[form or next(iter(drawn))] if drawn else (None, reason(findings))
    if asked and not form:
        why = text("chart.not_so", lang, kind=text(f"chart.kind.{asked}", lang), reason=why)
    return drawing, why


def _names(rows: Sequence[Mapping[str, Any]], findings: Findings) -> dict[str, str]:
    """The words for the ids whose words the store holds; all others are the texts' own."""
    ids = dict.fromkeys((name, row[name]) for row in rows for name in NAMED if name in row)
    return {value: word(name, value, findings.catalog, findings.lang) for name, value in ids}


def _columns(rows: Sequence[Mapping[str, Any]], every: Sequence[Findings]) -> tuple[Column, ...]:
    """The columns that any row has, in the order of the rows' own."""
    found = every[0]
    columns = [
        Column(name, _label(name, found), _unit(name, found)) for name in dict.fromkeys(chain.from_iterable(rows))
    ]
    if len(every) == 1:
        return tuple(columns)
    mixed = len({one.unit for one in every}) > 1
    of_both = Column("value", text("column.value", found.lang), None if mixed else found.unit)
    return tuple(of_both if column.name == "value" else column for column in columns)


def _label(name: str, findings: Findings) -> str:
    """A column's title; `value` is named after what was asked for."""
    lang, against = findings.lang, findings.catalog.metrics.get(findings.slots.against or "")
    if name == "other" and against:
        return capital(against.label(lang))
    if name != "value":
        return text(f"column.{name}", lang) if f"column.{name}" in texts(lang) else name
    if (findings.unit in ("km", "count") and not findings.template.measures) or "count" in findings.template.needs:
        return text("column.distance" if findings.unit == "km" else "column.count", lang)
    named = "" if against else capital(title(findings))
    return named or findings.said["Figure"] or findings.said["Field"] or text("column.value", lang)


def _unit(name: str, findings: Findings) -> str | None:
    against = findings.catalog.metrics.get(findings.slots.against or "")
    other = against.unit if against else None
    units = {
        **dict.fromkeys(("value", "bar"), findings.unit),
        **dict.fromkeys(("counted", "passing", "rank"), "count"),
        **dict.fromkeys(("budget", "spent"), "yuan"),
    }
    return units.get(name, other if name == "other" else None)
