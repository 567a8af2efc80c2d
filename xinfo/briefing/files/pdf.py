"""PDF: A4, page numbers, fonts embedded, Chinese set as Chinese; the passport is a file attached to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
SMALLER: Mapping[str, tuple[float, ...]] = {"drawn": (1.0, 0.92, 0.84, 0.76), "annexed": (1.0, 0.94, 0.88)}
"""How much smaller charts and the type of the annex may be."""
FILLED = 0.4
"""As much of its last page, from the upper edge of the paper on, a text should reach."""
STANDARD = "ua-1"
"""What everybody can read: PDF/UA-1, which typst refuses to break."""


def to_pdf(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as a PDF file with its seal; the same document gives the same bytes."""
    register_fonts()
    return set_page(_data(layout, step) | {"passport": seal})


@lru_cache(maxsize=8)
def _fitting(of: str) -> dict[str, float]:
    """How wide charts are and how large the type of the annex, so that neither ends with a few lines on a page."""
    data, best = json.loads(of) | {"passport": ""}, dict.fromkeys(SMALLER, 1.0)
    for at, name in enumerate(SMALLER):
        for size in SMALLER[name]:
            ends = _ends(data | best | {name: size})
            first = 1 + (ends[0]["page"] if at and ends else 0)
            if len(ends) <= at or ends[at]["at"] > FILLED or ends[at]["page"] == first:
                best[name] = size
                break
    return best


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
    document, lang = layout.document, layout.lang
    chapters = list[dict[str, Any]]()
    every = (*layout.chapters, *layout.back)
    for at, chapter in enumerate(every):
        step(chapter.title, at / len(every))
        elements = [_element(one, layout) for one in chapter.elements]
        chapters.append({"title": clean(chapter.title), "elements": elements})
    body = len(layout.chapters)
    made = {
        "title": clean(document.title), "author": clean(document.author), "head": layout.head, "state": layout.state,
        "mark": layout.mark, "keywords": [document.store, layout.mark_of_content], "lang": lang,
        "chapters": chapters[:body], "back": chapters[body:],
        "annex": layout.annex, "annex_mark": text("brief.annex_mark", lang),
        "enclosed": layout.enclosed,
        "official": layout.official, "running": [one for one in layout.running if one], "colophon": layout.colophon,
        "letter": {"issuer": layout.letter.issuer, "recipient": layout.letter.recipient, "above": layout.letter.above,
                   "closing": layout.letter.closing},
        "page": text("brief.page", lang, n="\0", all="\0").split("\0"),
        "disagreements": list(document.disagreements),
        "signatures_title": text("brief.signatures", lang),
        "signatures": [{"void": one.void, "said": clean(said)} for one, said in layout.signatures],
    }  # fmt: skip
    return made | _fitting(json.dumps(made, ensure_ascii=False))


def _element(element: Paragraph | Shown, layout: Layout) -> dict[str, Any]:
    if isinstance(element, Paragraph):
        runs = [{"text": clean(run.text), "note": clean(layout.note(run.notes))} for run in element.runs]
        return {"kind": element.kind, "level": level(element), "runs": runs}
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
