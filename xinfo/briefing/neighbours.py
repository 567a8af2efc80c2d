"""A ranking that shows the own place: with those just above and below it, numbered, where it is not among the first.

And which bars stand out for it. Asks for the whole ranking; the words are its answer's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from xinfo.answer.caveats import of_list
from xinfo.answer.chart import Charts
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, counted_in, find, reading_of
from xinfo.briefing.document import Chart, Run, Table
from xinfo.briefing.findings import standing
from xinfo.briefing.lead import AROUND, rank_in, told
from xinfo.language.texts import text
from xinfo.understand.reading import Reading, Scope
from xinfo.understand.say_places import place_name

SLIVER, NEAR = 0.1, 4
"""Of the longest bar so little is too short to be seen beside it; of so many on each side it is."""
GAP = "…"
"""In the place of those that are left out."""


@dataclass(frozen=True)
class Ranking:
    """A whole ranking and the numbers of the rows that are shown of it."""

    asked: Reading
    whole: Found
    kept: tuple[int, ...]
    place: str
    near: bool = False
    """Whether the chart has the own place among its neighbours alone."""

    @property
    def shown(self) -> Found:
        """The rows that are shown, as an answer of their own."""
        found, answer = self.whole.findings, self.whole.answer
        rows = tuple(found.rows[at] for at in self.kept)
        records = tuple(found.records[at] for at in self.kept)
        findings = replace(found, reading=self.asked, rows=rows, records=records)
        drawn = next(iter(Charts(findings).values()), (None, ""))[0]
        rests = tuple(self.whole.rests[at] for at in self.kept)
        written = {new: said for new, at in enumerate(self.kept) if (said := self.whole.written.get(at))}
        caveats = tuple(one for one in answer.caveats if one not in of_list(found))  # Which names only those of it all.
        answer = replace(answer, reading=self._named, rows=rows, chart=drawn, caveats=caveats)
        made = Found(answer, findings, rests, written)
        return counted_in(made, found)

    @property
    def extended(self) -> bool:
        """Whether more is shown than was asked for."""
        return len(self.kept) > (self.asked.slots.n or len(self.kept))

    @property
    def finding(self) -> str:
        """Where the own place stands, in a ranking of all pilots from the top."""
        found = self.whole.findings
        if found.slots.order != "desc" or found.slots.scope != Scope():
            return ""
        rank = rank_in(found.rows, [row["place"] for row in found.rows].index(self.place))
        return standing("rank", self.place, rank, len(found.rows), found.catalog, found.lang)

    @property
    def _named(self) -> Reading:
        """What was asked for, and that the own place is shown too where it is not among the first."""
        lang = self.asked.lang
        if not self.extended:
            return self.asked
        said, place = self.whole.findings.said, place_name(self.place, self.whole.findings.catalog, lang)
        if self.near:
            told = {name: said[name] for name in ("figure", "when", "scope")}
            return replace(self.asked, sentence=text("brief.near_own", lang, place=place, **told))
        return replace(self.asked, sentence=text("brief.with_own", lang, title=self.asked.sentence, place=place))


def ranking(found: Found, place: str, workspace: Workspace, drawn: bool = False, again: bool = False) -> Ranking | None:
    """The ranking with the place and its neighbours, its first sentence about them; nothing of what is no ranking.

    Where it is only `drawn`, its chart leaves out bars beside which the own one is not seen. With `again` its figure
    and rank have been said already.
    """
    slots, rows = found.reading.slots, found.findings.rows
    if found.reading.template.template_id != "rank" or len(rows) < 2 or slots.chosen or slots.nth or slots.rest:
        return None
    if not place:
        return None
    every = slots.but(n=len(found.findings.expected_places))
    whole = find(reading_of("rank", every, workspace, found.reading.lang), workspace)
    places = [row.get("place") for row in whole.findings.rows] if isinstance(whole, Found) else []
    if not isinstance(whole, Found) or place not in places:
        return None
    at = places.index(place)
    near = drawn and at >= len(rows) and _sliver([row.get("value") for row in whole.findings.rows], at)
    beside = NEAR if near else 1
    kept = {*range(len(rows)), *range(max(at - beside, 0), min(at + beside + 1, len(places)))}
    if slots.order == "desc":
        whole = told(whole, place, len(rows), workspace, again)
    else:
        whole = replace(whole, answer=replace(whole.answer, headline=found.answer.headline))
    return Ranking(found.reading, whole, tuple(sorted(kept)), place, near)


def _sliver(values: Sequence[Any], at: int) -> bool:
    lengths = [abs(one) for one in values if isinstance(one, int | float)]
    return isinstance(values[at], int | float) and abs(values[at]) < SLIVER * max(lengths, default=0)


def among_neighbours(chart: Chart) -> Chart:
    """The bars around the own one."""
    first = max(chart.own[0] - NEAR, 0)
    cut = slice(first, chart.own[0] + NEAR + 1)
    categories = chart.categories[cut]
    data = [one for one in chart.spec["data"]["values"] if one["label"] in categories]
    return replace(
        chart, categories=categories, series=tuple((name, values[cut]) for name, values in chart.series),
        figures=tuple(ids[cut] for ids in chart.figures), own=(chart.own[0] - first,),
        spec=_in_order(_as_long({**chart.spec, "data": {"values": data}}), list(categories)),
    )  # fmt: skip


def _as_long(spec: dict[str, Any]) -> dict[str, Any]:
    """With an axis as long as the bars that are left."""
    values = [one["value"] for one in spec["data"]["values"] if one["value"] is not None]
    x = spec["encoding"]["x"]
    x = x | {"scale": x["scale"] | {"domain": [min(0, *values), max(0, *values)]}}
    return {name: one for name, one in spec.items() if name != "description"} | {
        "encoding": spec["encoding"] | {"x": x}
    }


def numbered_table(table: Table, ranks: tuple[int, ...]) -> Table:
    """With each row's number in the ranking before its name, and a row of dots where some are left out."""
    rows = [
        (replace(row[0], text=_numbered(at, row[0].text)), *row[1:]) for at, row in zip(ranks, table.rows, strict=True)
    ]
    for at in reversed(_gaps(ranks)):
        rows.insert(at, tuple(Run(GAP) for _ in table.columns))
    return replace(table, rows=tuple(rows))


def numbered_chart(chart: Chart, ranks: tuple[int, ...]) -> Chart:
    """The same for its bars."""
    names = dict(zip(chart.categories, ranks, strict=True))
    data = [one | {"label": _numbered(names[one["label"]], one["label"])} for one in chart.spec["data"]["values"]]
    categories = [_numbered(at, name) for name, at in names.items()]
    series, figures = [[*values] for _, values in chart.series], [[*ids] for ids in chart.figures]
    for at in reversed(_gaps(ranks)):
        data.insert(at, {"label": GAP, "value": None, "said": "", "faint": False})
        categories.insert(at, GAP)
        for values, ids in zip(series, figures, strict=True):
            values.insert(at, None)
            ids.insert(at, "")
    return replace(
        chart,
        categories=tuple(categories),
        series=tuple((name, tuple(values)) for (name, _), values in zip(chart.series, series, strict=True)),
        figures=tuple(map(tuple, figures)),
        own=tuple(at + sum(gap <= at for gap in _gaps(ranks)) for at in chart.own),
        spec=_in_order({**chart.spec, "data": {"values": data}}, categories),
    )


def _in_order(spec: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """With all names along its axis, also that of no bar."""
    encoding = spec["encoding"]
    y = encoding["y"] | {"scale": encoding["y"].get("scale", {}) | {"domain": names}}
    return {**spec, "encoding": {**encoding, "y": y}}


def _gaps(ranks: tuple[int, ...]) -> list[int]:
    """Before which of the rows that are shown others are left out."""
    return [at for at in range(1, len(ranks)) if ranks[at] - ranks[at - 1] > 1]


def standing_out(chart: Chart, found: Found, place: str) -> Chart:
    """With the bars of the own place, or of its region, in another colour."""
    rows = [row for row in found.findings.rows if row.get("value") is not None]
    by, bars = found.findings.subject, chart.spec.get("layer") or [{}]
    if len(by) != 1 or chart.kind not in ("bar", "column") or "color" in bars[0].get("encoding", {}):
        return chart
    mine = {"place": place} | {name: getattr(found.findings.catalog.places.get(place), name, None) for name in AROUND}
    own = tuple(at for at, row in enumerate(rows) if row.get(by[0]) == mine.get(by[0]) is not None)
    if len(own) != 1 or len(chart.categories) != len(rows):
        return chart
    test = f"datum.place === {json.dumps(place)}" if by == ("place",) else _named(chart.categories[own[0]])
    return replace(chart, own=own, spec={**chart.spec, "layer": [coloured(bars[0], test), *bars[1:]]})


def coloured(bars: dict[str, Any], test: str) -> dict[str, Any]:
    """Bars of which those that pass a test have the second colour of the theme, all others its first."""
    which = {"calculate": f"({test}) ? 1 : 0", "as": "stands_out"}
    look = {"field": "stands_out", "type": "nominal", "scale": {"domain": [0, 1]}, "legend": None}
    encoding = bars.get("encoding", {}) | {"color": look, "stroke": look}
    return bars | {"transform": [*bars.get("transform", []), which], "encoding": encoding}


def _named(category: str) -> str:
    return f"datum.label === {json.dumps(category)}"


def _numbered(at: int, name: str) -> str:
    return f"{at + 1}. {name}"
