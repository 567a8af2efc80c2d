"""PDF: A4, page numbers, fonts embedded, Chinese set as Chinese; the passport is a file attached to it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst

from xinfo.answer.cells import clean
from xinfo.answer.export import FONTS, register_fonts
from xinfo.answer.marks import text_width
from xinfo.briefing.document import Paragraph
from xinfo.briefing.files.axes import told
from xinfo.briefing.files.charts import svg
from xinfo.briefing.files.floats import floated
from xinfo.briefing.files.look import Step
from xinfo.briefing.files.wide import is_measured, is_wide, widths
from xinfo.briefing.layout import Layout, Shown
from xinfo.briefing.letter import level
from xinfo.errors import XinfoError
from xinfo.language.texts import text

FOLDER = Path(__file__).parent
SIZES = {"drawn": 1.0, "annexed": 1.0}
DRAWN, ANNEXED = (1.0, 0.94, 0.88, 0.82, 0.76), (1.0, 0.94, 0.88)
"""How much smaller charts and the type of the annex may be; that of official papers is always the type of the text."""
FILLED, FULL = 0.35, 0.8
"""So much of its last page, from the edge of the paper on, a text should reach at least and at most: with wider letters
and digits too, and with a few lines more, as other programs set it.
"""
NOTED, NOTE_LINE = 840, 12.0
"""How much text a line of a footnote holds, in pixels at twelve points, and how high it is."""
STANDARD = "ua-1"
"""What everybody can read: PDF/UA-1, which typst refuses to break."""


def to_pdf(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as a PDF file with its seal; the same document gives the same bytes."""
    register_fonts()
    return set_page(_data(layout, step) | {"passport": seal})


def fitted(layout: Layout, step: Step, taller: float = 1.0) -> tuple[Layout, Mapping[str, float]]:
    """The document with its figures where pages have room for them; how wide charts are and how large the type of the
    annex, of 1, so that the last page has more than a few lines.

    Word files, whose pages are much the same, take both over; their text may be `taller`, by so much.
    """
    said = _said(layout, step)
    if at := _galley(json.dumps(said, ensure_ascii=False)):
        (top, room), first, *_ = at
        heights = _heights(layout, at[1:], taller)
        layout = replace(layout, chapters=floated(layout.chapters, heights, room, first - top))
        said = _said(layout, _untold)
    return layout, _fitting(json.dumps(said, ensure_ascii=False))


def _untold(what: str, part: float) -> None:
    """The charts are drawn."""


def _heights(layout: Layout, at: Sequence[float], taller: float) -> list[list[float]]:
    """For each section that of its heading and its elements, each with its footnotes."""
    high = (later - one for one, later in pairwise(at))
    return [[next(high) * taller, *(next(high) * (taller if isinstance(one, Paragraph) else 1) + _noted(one, layout)
                                    for one in chapter.elements)] for chapter in layout.chapters]  # fmt: skip


def _noted(element: Paragraph | Shown, layout: Layout) -> float:
    """The height of an element's footnotes, which stand at the end of its page."""
    said = [layout.note(run.notes) for run in element.runs] if isinstance(element, Paragraph) else []
    return sum(math.ceil(text_width(one) / NOTED) * NOTE_LINE for one in said if one)


@lru_cache(maxsize=8)
def _galley(of: str) -> list[Any]:
    """Where the text of a page begins and how high it is; then where on one endless page each heading and element of
    the text begins and the last one ends: in points.
    """
    return _asked(json.loads(of) | SIZES | {"passport": "", "galley": True}, "<at>")


@lru_cache(maxsize=8)
def _fitting(of: str) -> dict[str, float]:
    data, best = json.loads(of) | {"passport": ""}, dict(SIZES)
    for name, sizes in (("drawn", DRAWN),) if data["official"] else (("annexed", ANNEXED), ("drawn", DRAWN)):
        fits = dict[float, float]()
        for size in sizes:
            fits[size] = min(_filled(data | best | {name: size, "wide": wide}) for wide in (False, True))
            if fits[size] >= FILLED:
                break
        best[name] = max(fits, key=lambda size: fits[size])
    return best


def _filled(data: Mapping[str, Any]) -> float:
    """How much of its last page the text reaches, in a report with the annex; all of it where it has but one."""
    ends = _asked(data, "<end>")
    if not ends:
        return 1.0
    page, at = ends[0 if data["official"] else -1].values()
    if page == 1 and at <= FULL:
        return 1.0
    return float(at) if at <= FULL else FILLED * 0.99


def _asked(data: Mapping[str, Any], label: str) -> list[Any]:
    """What stands under a label."""
    query: Any = typst.query
    try:
        return list(json.loads(query(_source(data), label, field="value", **_given(data))))
    except typst.TypstError:
        return []  # What is wrong with it is told where it is set.


def set_page(data: Mapping[str, Any]) -> bytes:
    """What `_data` gives, set as pages; where it holds what the standard cannot, a sign of no face, without it."""
    try:
        return _compiled(data, {"pdf_standards": STANDARD})
    except typst.TypstError:
        pass
    try:
        return _compiled(data, {})
    except typst.TypstError as error:
        raise XinfoError(f"the PDF could not be set: {error}") from error


def _compiled(data: Mapping[str, Any], standard: Mapping[str, str]) -> bytes:
    compile_: Any = typst.compile
    made: bytes = compile_(_source(data), timestamp=0, **_given(data), **standard)
    return made


def _source(data: Mapping[str, Any]) -> bytes:
    parts = ("common", "official" if data["official"] else "report")
    return b"".join((FOLDER / f"{name}.typ").read_bytes() for name in parts)


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return {"sys_inputs": inputs, "font_paths": [str(FONTS)], "ignore_system_fonts": True}


def _data(layout: Layout, step: Step) -> dict[str, Any]:
    paged, sizes = fitted(layout, step)
    return {**_said(paged, _untold), **sizes}


def _said(layout: Layout, step: Step) -> dict[str, Any]:
    document, lang = layout.document, layout.lang
    chapters = list[dict[str, Any]]()
    every = (*layout.chapters, *layout.back)
    for at, chapter in enumerate(every):
        step(chapter.title, at / len(every))
        elements = [_element(one, layout) for one in chapter.elements]
        chapters.append({"title": clean(chapter.title), "elements": elements})
    body = len(layout.chapters)
    return {
        "title": clean(document.title), "author": clean(document.author), "head": layout.head, "state": layout.state,
        "mark": layout.mark, "keywords": [document.store, layout.mark_of_content], "lang": lang,
        "chapters": chapters[:body], "back": chapters[body:],
        "annex": layout.annex, "annex_mark": text("brief.annex_mark", lang),
        "enclosed": layout.enclosed,
        "official": layout.official, "wide": False, "galley": False, "colophon": layout.colophon,
        "running": [one for one in layout.running if one],
        "letter": {"issuer": layout.letter.issuer, "recipient": layout.paper.recipient, "above": layout.letter.above,
                   "closing": layout.paper.closing, "imprint": layout.paper.imprint},
        "page": text("brief.page", lang, n="\0", all="\0").split("\0"),
        "disagreements": list(document.disagreements),
        "signatures_title": text("brief.signatures", lang),
        "signatures": [{"void": one.void, "said": clean(said)} for one, said in layout.signatures],
    }  # fmt: skip


def _element(element: Paragraph | Shown, layout: Layout) -> dict[str, Any]:
    if isinstance(element, Paragraph):
        return {
            "kind": element.kind,
            "level": level(element),
            "runs": [{"text": clean(run.text), "note": clean(layout.note(run.notes))} for run in element.runs],
        }
    exhibit = element.exhibit
    table = exhibit.table
    return {
        "kind": "shown",
        "alt": clean(told(exhibit, layout.lang)) if exhibit.chart else "",
        "chart": svg(exhibit.chart) if exhibit.chart else None,
        "chart_caption": element.chart_caption,
        "table_caption": element.table_caption,
        "table": table and {
            "columns": table.columns, "numeric": table.numeric, "total": table.total, "own": table.own,
            "widths": widths(table) if is_measured(table) else (), "small": is_wide(table),
            "rows": [[clean(run.text) for run in row] for row in table.rows],
        },
        "below": [clean(said) for said in element.below],
    }  # fmt: skip
