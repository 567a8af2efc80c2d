"""Real footnotes for DOCX, which python-docx does not write: the part that holds them, and the marks in the text."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FIRST = 1
"""Ids −1 and 0 belong to the separators that Word expects."""


class Footnotes:
    """Collects footnotes while a document is written; `close` puts them into it."""

    def __init__(self, word: Word):
        self._word = word
        self._texts: list[str] = []
        style: Any = word.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        style.element.set(qn("w:styleId"), "FootnoteReference")
        style.font.superscript = True

    def mark(self, paragraph: Paragraph, text: str) -> None:
        """A footnote after what the paragraph holds so far."""
        number = len(self._texts) + FIRST
        self._texts.append(text)
        run = paragraph.add_run(style="footnote reference")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)

    def close(self) -> None:
        """Writes the part."""
        notes = "".join(_note(number, said) for number, said in enumerate(self._texts, FIRST))
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        xml = f"{head}<w:footnotes {nsdecls('w')}>{_SEPARATORS}{notes}</w:footnotes>"
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE, xml.encode("utf-8"), self._word.part.package)
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings: Any = self._word.settings.element
        declared = OxmlElement("w:footnotePr")
        for number in (-1, 0):
            separator = OxmlElement("w:footnote")
            separator.set(qn("w:id"), str(number))
            declared.append(separator)
        settings.insert_element_before(declared, "w:endnotePr", "w:compat", "w:rsids", "m:mathPr", "w:themeFontLang",
                                       "w:clrSchemeMapping", "w:decimalSymbol", "w:listSeparator")  # fmt: skip


def _note(number: int, said: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(said)}</w:t></w:r></w:p></w:footnote>'
    )


_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:separator/></w:r>'
    '</w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p>'
    '<w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
