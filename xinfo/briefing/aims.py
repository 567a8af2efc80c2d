"""The target in a chart: a bar of its own beside what is reached of it, in every format alike. Finds, and adds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xinfo.answer.labels import long_period
from xinfo.answer.owning_up import GIVEN
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Chart
from xinfo.briefing.neighbours import coloured
from xinfo.briefing.sentence import value_of
from xinfo.briefing.way import Way, finding_of, way_of
from xinfo.language.numbers import amount, number, scale_for
from xinfo.language.texts import text
from xinfo.store.periods import parse_id
from xinfo.understand.reading import When


@dataclass(frozen=True)
class Aim:
    """The target of what a chart shows month by month from January on."""

    way: Way

    @property
    def target(self) -> Found:
        return self.way.target

    @property
    def of(self) -> str:
        """The year, as an id."""
        return str(self.way.so_far.year)

    def drawn(self, chart: Chart, found: Found, figure: str) -> Chart:
        """With the target as its last bar; `figure` is the id of its figure."""
        findings, lang, value = found.findings, found.reading.lang, value_of(self.target)
        label = text("brief.aim", lang, year=long_period(self.of, lang))
        unit = scale_for(findings.values, findings.unit, lang)[0]
        bar = {"label": label, "value": value / unit, "said": amount(value, findings.unit, lang), "aim": True}
        shown = float(number(value / unit).replace(",", ""))
        (name, values), (ids, *_) = chart.series[0], chart.figures
        # The last part of a figure's id is the number of its row.
        asked = [findings.rows[int(one.rpartition(".")[2]) - 1] for one in ids]
        ends = [parse_id(str(row["period"])).last for row in asked]
        rows = [row for _, row in sorted(zip(ends, zip(chart.categories, values, ids, strict=True), strict=True))]
        categories, values, ids = zip(*rows, (label, shown, figure), strict=True)
        spec = _with(chart.spec, bar, categories)
        if set(findings.statuses) - {GIVEN} and set(self.target.findings.statuses) <= {GIVEN}:
            spec = _marked(spec, text("brief.aim_given", lang), lang)
        return replace(
            chart, spec=spec, categories=categories, series=((name, values),),
            figures=(ids,), own=(len(rows),),
        )  # fmt: skip

    def titled(self, title: str) -> str:
        """The caption of a chart that has the target too."""
        lang = self.target.reading.lang
        return text("brief.with_aim", lang, title=title, year=long_period(self.of, lang))

    @property
    def finding(self) -> str:
        """How the way to the target goes."""
        return finding_of(self.way, self.target.reading.lang)


def aim(found: Found, chart: Chart, workspace: Workspace) -> Aim | None:
    """The target of a year whose months are added up in a chart; none of what is no such chart or has none."""
    slots, findings = found.reading.slots, found.findings
    spans = [parse_id(str(row["period"])) for row in findings.rows if row.get("period")]
    months = {span.last for span in spans}
    running = findings.subject == ("period",) and len({span.year for span in spans}) == 1 and len(months) == len(spans)
    if not running or any(span.first != 1 for span in spans) or len(slots.places) != 1 or slots.measure != "value":
        return None
    if chart.kind not in ("bar", "column") or len(chart.series) != 1 or len(chart.categories) != len(spans):
        return None
    latest = max(spans, key=lambda span: span.last)
    way = way_of(replace(found.reading, slots=slots.but(periods=(When.of(latest),))), workspace)
    return Aim(way) if way else None


def _marked(spec: Any, said: str, lang: str) -> dict[str, Any]:
    """The drawing with one more thing to beware of, behind what its other bars are."""
    title = spec.get("title") or {}
    about, *cautions = title.get("subtitle") or [""]
    told = {**title, "subtitle": [about, text("list.semicolon", lang).join([*cautions, said])]}
    return {**spec, "title": told}


def _with(spec: Any, bar: dict[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    """The drawing with one more bar, in the colour of what stands out, the bars in this order."""
    encoding = dict(spec["encoding"])
    for axis in ("x", "y"):
        if "sort" in encoding.get(axis, {}):
            encoding[axis] = encoding[axis] | {"sort": list(order)}
    first, *others = spec["layer"]
    values = [*spec["data"]["values"], bar]
    described = f"{spec.get('description', '')}; {bar['label']}: {bar['said']}"
    return {
        **spec,
        "encoding": encoding,
        "data": {"values": values},
        "layer": [coloured(first, "datum.aim"), *others],
        "description": described,
    }
