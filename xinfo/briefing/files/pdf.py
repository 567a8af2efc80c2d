"""PDF: A4, page numbers, fonts embedded, Chinese set as Chinese; the passport is a file attached to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from xinfo.answer.cells import clean
from xinfo.answer.export import FONTS, register_fonts
from xinfo.briefing.document import Paragraph, Run
from xinfo.briefing.files.axes import told
from xinfo.briefing.files.charts import svg
from xinfo.briefing.files.look import Step
from xinfo.briefing.layout import Layout, Shown
from xinfo.briefing.letter import level
from xinfo.errors import XinfoError
from xinfo.language.texts import text

FOLDER = Path(__file__).parent
STANDARD = "ua-1"
"""What everybody can read: PDF/UA-1, which typst refuses to break."""


def to_pdf(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as a PDF file with its seal; the same document gives the same bytes."""
    register_fonts()
    return set_page(_data(layout, step) | {"passport": seal})


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
    parts = ("common", "official" if data["official"] else "report")
    compile_: Any = typst.compile
    made: bytes = compile_(
        b"".join((FOLDER / f"{name}.typ").read_bytes() for name in parts),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        timestamp=0,
        **standard,
    )
    return made


def _data(layout: Layout, step: Step) -> dict[str, Any]:
    document, lang = layout.document, layout.lang
    chapters, known = list[dict[str, Any]](), list[str]()
    every = (*layout.chapters, *layout.back)
    for at, chapter in enumerate(every):
        step(chapter.title, at / len(every))
        elements = [_element(one, layout, known) for one in chapter.elements]
        chapters.append({"title": clean(chapter.title), "elements": elements})
    body = len(layout.chapters)
    return {
        "title": clean(document.title), "author": clean(document.author), "head": layout.head, "state": layout.state,
        "mark": layout.mark, "store": document.store, "lang": lang, "chapters": chapters[:body],
        "back": chapters[body:], "annex": layout.annex, "annex_mark": text("brief.annex_mark", lang),
        "enclosed": layout.enclosed,
        "official": layout.official, "running": [one for one in layout.running if one], "colophon": layout.colophon,
        "letter": {"issuer": layout.letter.issuer, "recipient": layout.letter.recipient, "above": layout.letter.above,
                   "closing": layout.letter.closing},
        "page": text("brief.page", lang, n="\0", all="\0").split("\0"),
        "disagreements": list(document.disagreements),
        "signatures_title": text("brief.signatures", lang),
        "signatures": [{"void": one.void, "said": clean(said)} for one, said in layout.signatures],
    }  # fmt: skip


def _element(element: Paragraph | Shown, layout: Layout, known: list[str]) -> dict[str, Any]:
    if isinstance(element, Paragraph):
        runs = [_run(run, layout, known) for run in element.runs]
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


def _run(run: Run, layout: Layout, known: list[str]) -> dict[str, Any]:
    """A run with its footnote; one that stands in the document already is pointed to."""
    note = clean(layout.note(run.notes)) if run.notes else ""
    again = note in known
    if note and not again:
        known.append(note)
    return {"text": clean(run.text), "note": note, "again": again, "name": f"note{known.index(note)}" if note else ""}
