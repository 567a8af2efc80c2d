"""The last step of a question: a statement's result becomes the Answer. Decides no wording, chart or caveat itself."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from xinfo.answer.answer import Answer, Column, Source
from xinfo.answer.caveats import Methods, caveats, method_names
from xinfo.answer.chart import Drawn, Spec, charts, reason
from xinfo.answer.findings import Findings, find
from xinfo.answer.frame import capital
from xinfo.answer.headline import headline
from xinfo.answer.labels import word
from xinfo.answer.lying import title
from xinfo.language.texts import text, texts
from xinfo.query.result import Result
from xinfo.understand.catalog import Catalog
from xinfo.understand.drawn import closest
from xinfo.understand.reading import Reading

NAMED = ("place", "province", "metric")


def compose(
    reading: Reading,
    result: Result,
    *,
    sql: str,
    params: dict[str, Any],
    catalog: Catalog,
    sources: Mapping[str, Source],
    methods: Methods,
    fingerprint: str,
    expected_places: tuple[str, ...],
    timing: dict[str, float],
) -> Answer:
    """The answer to `reading` from what its statement gave back.

    `methods` labels a method id in English and Chinese; `expected_places` are the ids of the set that was asked about;
    `timing` is in milliseconds by step.
    """
    findings = find(reading, result, catalog, params, expected_places)
    drawn = charts(findings)
    drawing, why = _shown(findings, drawn)
    return Answer(
        reading=reading,
        sql=sql,
        params=params,
        columns=_columns(findings),
        rows=findings.rows,
        headline=headline(findings),
        chart=drawing,
        chart_reason=why,
        charts=drawn,
        sources=tuple(sources[name] for name in findings.sources if name in sources),
        statuses=tuple(findings.statuses),
        methods=tuple(method_names(findings, methods)),
        caveats=caveats(findings, methods),
        fingerprint=fingerprint,
        timing_ms=timing,
        names=_names(findings),
    )


def _shown(findings: Findings, drawn: Mapping[str, Drawn]) -> tuple[Spec | None, str]:
    """The chart in the form that was asked for, else the best one, and why it is that."""
    asked, lang = findings.reading.form, findings.lang
    form = closest(asked, tuple(drawn))
    drawing, why = drawn.get(form or next(iter(drawn), ""), (None, reason(findings)))
    if asked and not form:
        why = text("chart.not_so", lang, kind=text(f"chart.kind.{asked}", lang), reason=why)
    return drawing, why


def _names(findings: Findings) -> dict[str, str]:
    """The words for the ids whose words the store holds; all others are the texts' own."""
    ids = dict.fromkeys((name, row[name]) for row in findings.rows for name in NAMED if name in row)
    return {value: word(name, value, findings.catalog, findings.lang) for name, value in ids}


def _columns(findings: Findings) -> tuple[Column, ...]:
    """The columns that any row has, in the order of the rows' own."""
    names = dict.fromkeys(chain.from_iterable(findings.rows))
    return tuple(Column(name, _label(name, findings), _unit(name, findings)) for name in names)


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
