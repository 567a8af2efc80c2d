"""DOCX: a report in English, an official paper in Chinese; the seal in a part of its own."""

from __future__ import annotations

import io

from docx import Document as new_document
from docx.document import Document as Word
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from xinfo.briefing.check.carried import part
from xinfo.briefing.files.look import Step
from xinfo.briefing.files.official import Official
from xinfo.briefing.files.pdf import fitted
from xinfo.briefing.files.word import Writer
from xinfo.briefing.layout import Layout

TALLER = {True: 1.1, False: 1.2}
"""By how much text is higher than in a PDF, of official papers and of reports, where other faces stand for theirs."""
CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"


def to_docx(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as a Word file, with its seal."""
    word = new_document()
    layout, sizes = fitted(layout, step, TALLER[layout.official])
    writer = (Official if layout.official else Writer)(word, layout, sizes)
    writer.head()
    for chapter in layout.chapters:
        writer.chapter(chapter)
    writer.signatures()
    writer.closing()
    writer.annex()
    for chapter in layout.back:
        writer.chapter(chapter, writer.annexed)
    writer.end()
    writer.notes.close()
    _enclose(word, seal)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _enclose(word: Word, seal: str) -> None:
    """The seal as a custom XML part, which Word keeps when it saves."""
    package = word.part.package
    word.part.relate_to(Part(PackURI("/customXml/item9.xml"), "application/xml", part(seal), package), CUSTOM_XML)
