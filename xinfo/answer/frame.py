"""What every chart has around its marks: data inside, title, unit, notes of caution. Draws no marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xinfo.answer.findings import Findings
from xinfo.answer.lying import title
from xinfo.answer.owning_up import who_of, words
from xinfo.answer.theme import config
from xinfo.language.texts import listing, text

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the version; nothing reads that address."""

READ_OUT = 24
"""Figures of a chart that its description tells; the table beside it has them all."""


@dataclass(frozen=True)
class Frame:
    """The figures of a chart and what its drawing needs to know about them."""

    findings: Findings
    kind: str
    data: list[Spec]
    by: tuple[str, ...]
    """The columns that tell the rows apart."""
    unit: str
    """Of the scaled values, in words: 亿元."""
    all: int
    """So many rows there were before folding."""


def framed(drawing: Spec, frame: Frame) -> Spec:
    """The drawing with its title; a look of its own is in it, so that the object stands alone."""
    drawing = {"data": {"values": frame.data}} | drawing
    title = _title(frame, drawing)
    around = {"$schema": SCHEMA, "title": title, "description": _description(title, frame)}
    return around | {"width": "container", "config": config("light")} | drawing


def _title(frame: Frame, drawing: Spec) -> Spec:
    """What the figures are, then where, when and in which unit, then what to beware of."""
    findings = frame.findings
    said = findings.said
    main = title(findings) or said["figure"] or said["field"] or said["projects"]
    where = "" if "place" in frame.by and findings.slots.places else said["places"]
    if frame.kind == "map" and frame.findings.template.chart == "map":
        near = "near" in findings.template.needs
        main, where = text("chart.near", findings.lang, places=said["places"]) if near else said["places"], ""
    about = " · ".join(filter(None, (capital(where), _when(said["when"], frame), _unit(frame))))
    notes = " · ".join(filter(None, (_caution(frame), _cut_off(frame, drawing), _folded(frame))))
    return {"text": capital(main), "subtitle": [line for line in (about, notes) if line]}


def _description(title: Spec, frame: Frame) -> str:
    """The chart for who cannot see it: what it shows, then its figures one by one."""
    lang = frame.findings.lang
    told = [f"{datum['label']}: {datum['said']}" for datum in frame.data if datum.get("said")]
    more = len(told) - READ_OUT
    rest = [text("chart.described_more", lang, n=more)] if more > 0 else []
    return text("list.full_stop", lang).join(
        [title["text"], *title["subtitle"], text("list.semicolon", lang).join(told[:READ_OUT] + rest)]
    )


def capital(said: str) -> str:
    """With its first letter large."""
    return said[:1].upper() + said[1:]


def _when(phrase: str, frame: Frame) -> str:
    """The period without its English preposition; columns name their periods themselves."""
    if "period" in frame.by and frame.kind != "line":
        return ""
    for preposition in ("in ", "from ") if frame.findings.lang == "en" else ():
        phrase = phrase.removeprefix(preposition)
    return capital(phrase)


def _unit(frame: Frame) -> str:
    """The unit of an axis; bars say theirs with each figure."""
    return capital(frame.unit) if frame.kind in ("line", "heat") else ""


def _caution(frame: Frame) -> str:
    """What the figures are that are drawn lighter."""
    found, lang = frame.findings.statuses, frame.findings.lang
    faint = [mark for mark in found if mark != "reported"]
    if len(faint) > 1:
        kinds = listing([text(f"status.{mark}", lang) for mark in faint], lang)
        return text("chart.faint_several", lang, kinds=kinds)
    if not faint:
        return ""
    said = words(faint[0], who_of(faint[0], frame.findings), lang)
    return capital(text("chart.faint_all" if found == faint else "chart.faint_some", lang, **said))


def _cut_off(frame: Frame, drawing: Spec) -> str:
    """That the axis of a course begins where its figures do, which makes it look steeper than it is."""
    low = drawing["encoding"]["y"]["scale"]["domain"][0] if frame.kind == "line" else 0
    return text("chart.not_from_zero", frame.findings.lang) if low > 0 else ""


def _folded(frame: Frame) -> str:
    if frame.all <= len(frame.data) or frame.kind == "histogram":
        return ""
    return text("chart.folded", frame.findings.lang, shown=len(frame.data), all=frame.all)
