"""A Word page: its size, faces, head and foot, properties; fields that Word works out itself. Writes no content."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

from xinfo.answer.cells import clean
from xinfo.briefing.files.look import ACCENT, HAN, LATIN, MUTED, TAGS, WARNING
from xinfo.briefing.files.properties import describe
from xinfo.briefing.layout import Layout
from xinfo.language.texts import text

BODY, SMALL = Pt(11), Pt(9)


def page(word: Word, layout: Layout) -> None:
    """A4 with margins, faces that the reader has, the mark on top and page numbers below."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.3)
    for name, size in (
        *(("Normal", BODY), ("Title", Pt(22)), ("Heading 1", Pt(14)), ("Heading 2", Pt(12)), ("Caption", Pt(9.5))),
        *(("List Bullet", BODY), ("Quote", BODY), ("Header", SMALL), ("Footer", SMALL)),
    ):
        style = dressed(word, name, size, LATIN, HAN)
        if name in ("Title", "Heading 1", "Heading 2", "Caption"):
            style.font.color.rgb = RGBColor.from_string(ACCENT if name != "Caption" else "333333")
            style.font.bold = True
    normal: Any = word.styles["Normal"]
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.25, Pt(6)
    _edges(section, layout)
    about(word, layout)


def dressed(word: Word, name: str, size: Length, latin: str, han: str) -> Any:
    """A style in faces of its own rather than the theme's."""
    style: Any = word.styles[name]
    style.font.name, style.font.size = latin, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), han)
    return style


def about(word: Word, layout: Layout) -> None:
    """The file's languages and properties."""
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), TAGS["en"])
    tag.set(qn("w:eastAsia"), TAGS["zh"])
    normal: Any = word.styles["Normal"]
    normal.element.get_or_add_rPr().append(tag)
    describe(word.part.package, word.core_properties, layout)


def _edges(section: Any, layout: Layout) -> None:
    head = section.header.paragraphs[0]
    small(head, layout.document.title, MUTED)
    if layout.mark:
        mark = section.header.add_paragraph()
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        small(mark, layout.mark, WARNING, bold=True)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = text("brief.page", layout.lang, n="\0", all="\0").split("\0")
    small(foot, f"{layout.state} · {before}", MUTED)
    field(foot, "PAGE", "1")
    foot.add_run(between)
    field(foot, "NUMPAGES", "1")
    foot.add_run(after)
    for run in foot.runs:
        run.font.color.rgb = RGBColor.from_string(MUTED)


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out, with what it shows until then."""
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind is None:
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {code} "
            run._r.append(told)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def small(paragraph: Paragraph, said: str, color: str, bold: bool = False) -> None:
    run = paragraph.add_run(clean(said))
    run.font.size, run.bold = SMALL, bold
    run.font.color.rgb = RGBColor.from_string(color)
    paragraph.paragraph_format.space_after = Pt(3)
