"""PDF: A4, page numbers, fonts embedded, Chinese set as Chinese; the passport is a file attached to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from xinfo.answer.cells import clean
from xinfo.answer.export import FONTS, register_fonts
from xinfo.briefing.document import Paragraph
from xinfo.briefing.files.axes import told
from xinfo.briefing.files.charts import svg
from xinfo.briefing.files.look import Step
from xinfo.briefing.layout import Layout, Shown
from xinfo.briefing.letter import level
from xinfo.errors import XinfoError
from xinfo.language.texts import text

FOLDER = Path(__file__).parent
DRAWN, ANNEXED = (1.0, 0.94, 0.88, 0.82, 0.76), (1.0, 0.94, 0.88)
"""How much smaller charts and the type of the annex may be; that of official papers is always the type of the text."""
FILLED, FULL = 0.35, 0.8
"""So much of its last page, from the edge of the paper on, a text should reach at least and at most: with wider letters
and digits too, and with a few lines more, as other programs set it.
"""
STANDARD = "ua-1"
"""What everybody can read: PDF/UA-1, which typst refuses to break."""


def to_pdf(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as a PDF file with its seal; the same document gives the same bytes."""
    register_fonts()
    return set_page(_data(layout, step) | {"passport": seal})


def fitted(layout: Layout) -> Mapping[str, float]:
    """How wide charts are and how large the type of the annex, of 1, so that neither ends with a few lines on a page.

    Word files of official papers, which are set on the same grid, take them over.
    """
    return _fitting(json.dumps(_said(layout, lambda what, part: None), ensure_ascii=False))


@lru_cache(maxsize=8)
def _fitting(of: str) -> dict[str, float]:
    data, best = json.loads(of) | {"passport": ""}, {"drawn": 1.0, "annexed": 1.0}
    for at, sizes in enumerate((DRAWN,) if data["official"] else (DRAWN, ANNEXED)):
        name, fits = [*best][at], dict[float, float]()
        for size in sizes:
            fits[size] = min(_filled(data | best | {name: size, "wide": wide}, at) for wide in (False, True))
            if fits[size] >= FILLED:
                break
        best[name] = max(fits, key=lambda size: fits[size])
    return best


def _filled(data: Mapping[str, Any], which: int) -> float:
    """How much of its last page the text or the annex reaches; all of it where it has but one."""
    ends = _ends(data)
    if len(ends) <= which:
        return 1.0
    page, at = ends[which]["page"], ends[which]["at"]
    if page == 1 + (ends[0]["page"] if which else 0) and at <= FULL:
        return 1.0
    return at if at <= FULL else FILLED * 0.99


def _ends(data: Mapping[str, Any]) -> list[dict[str, float]]:
    """On which page the text and the annex end, and after which part of it."""
    query: Any = typst.query
    try:
        return list(json.loads(query(_source(data), "<end>", field="value", **_given(data))))
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
    made = _said(layout, step)
    return made | _fitting(json.dumps(made, ensure_ascii=False))


def _said(layout: Layout, step: Step) -> dict[str, Any]:
    document, lang = layout.document, layout.lang
    chapters, noted = list[dict[str, Any]](), set[str]()
    every = (*layout.chapters, *layout.back)
    for at, chapter in enumerate(every):
        step(chapter.title, at / len(every))
        elements = [_element(one, layout, noted) for one in chapter.elements]
        chapters.append({"title": clean(chapter.title), "elements": elements})
    body = len(layout.chapters)
    return {
        "title": clean(document.title), "author": clean(document.author), "head": layout.head, "state": layout.state,
        "mark": layout.mark, "keywords": [document.store, layout.mark_of_content], "lang": lang,
        "chapters": chapters[:body], "back": chapters[body:],
        "annex": layout.annex, "annex_mark": text("brief.annex_mark", lang),
        "enclosed": layout.enclosed,
        "official": layout.official, "wide": False, "colophon": layout.colophon,
        "running": [one for one in layout.running if one],
        "letter": {"issuer": layout.letter.issuer, "recipient": layout.letter.recipient, "above": layout.letter.above,
                   "closing": layout.letter.closing},
        "page": text("brief.page", lang, n="\0", all="\0").split("\0"),
        "disagreements": list(document.disagreements),
        "signatures_title": text("brief.signatures", lang),
        "signatures": [{"void": one.void, "said": clean(said)} for one, said in layout.signatures],
    }  # fmt: skip


def _runs(line: Paragraph, layout: Layout, noted: set[str]) -> Iterator[dict[str, Any]]:
    """Adds to `noted`, the footnotes that stand already."""
    for run in line.runs:
        note = clean(layout.note(run.notes))
        yield {"text": clean(run.text), "note": note, "again": note in noted}
        noted |= {note} - {""}


def _element(element: Paragraph | Shown, layout: Layout, noted: set[str]) -> dict[str, Any]:
    if isinstance(element, Paragraph):
        return {"kind": element.kind, "level": level(element), "runs": list(_runs(element, layout, noted))}
    exhibit = element.exhibit
    table = exhibit.table
    return {
        "kind": "shown",
        "alt": clean(told(exhibit, layout.lang)) if exhibit.chart else "",
        "chart": svg(exhibit.chart) if exhibit.chart else None,
        "chart_caption": element.chart_caption,
        "table_caption": element.table_caption,
        "table": table and {
            "columns": table.columns, "numeric": table.numeric, "total": table.total,
            "rows": [[clean(run.text) for run in row] for row in table.rows],
        },
        "below": [clean(said) for said in element.below],
    }  # fmt: skip
