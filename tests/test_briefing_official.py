"""Chinese briefings as official papers after GB/T 9704-2012: measured by a checker of others, and by hand."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from briefings import AT, briefing, document, workspace
from docx import Document as read_docx
from docx.oxml.ns import qn
from pypdf import PdfReader

from xinfo.briefing import saved
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.document import Document, Paragraph, Run
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.fill import fill
from xinfo.briefing.form import fingerprint, from_form, to_form
from xinfo.briefing.model import Briefing
from xinfo.errors import InputError
from xinfo.language.unbroken import unbroken

LETTERHEAD = {
    "issuer": {"zh": "西宁市工业和信息化局", "en": "Xining Bureau of Industry"},
    "number": {"zh": "宁工信〔2016〕12号"},
    "recipient": {"zh": "市人民政府", "en": "The municipal government"},
    "date": {"zh": "2016-02-26"},
}
STANDARD = {"CHK-C001": "37mm", "CHK-C011": "35mm", "CHK-C002": "28mm", "CHK-C003": "26mm", "CHK-C006": "28pt",
            "CHK-C032": "28pt", "CHK-C035": "28pt", "CHK-C037": "28pt", "CHK-C049": "28pt"}  # fmt: skip
"""What GB/T 9704-2012 itself demands where the checker follows one province."""


def sent() -> Briefing:
    return replace(briefing(), letterhead=LETTERHEAD)


@cache
def paper(lang: str) -> Document:
    return fill(sent(), workspace(), lang, made=AT, author="Li Hua")


@cache
def made(kind: str, lang: str = "zh") -> bytes:
    return render(paper(lang), kind)


def without_annex(content: bytes) -> bytes:
    word = read_docx(io.BytesIO(content))
    behind = False
    for paragraph in word.paragraphs:
        behind = behind or paragraph.text == "附件"
        if behind:
            paragraph._p.getparent().remove(paragraph._p)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


@pytest.fixture
def findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("GONGWEN_DATA_DIR", str(tmp_path / "own"))
    from engine.core.document.parser import parse_docx
    from engine.core.rules.checker import check_document
    from engine.core.rules.manager import load_rules_merged

    rules = load_rules_merged("")
    for rule in rules["check_rules"]:
        rule["expected"] = STANDARD.get(rule["id"], rule.get("expected"))

    def check(content: bytes) -> list[tuple[str, str, str]]:
        # Of what stands behind the signature the checker would take a line for it.
        (tmp_path / "paper.docx").write_bytes(without_annex(content))
        found = check_document(parse_docx(tmp_path / "paper.docx"), rules)
        return [(one.severity, one.rule_id, one.original_text) for one in found if one.severity in ("P0", "P1")]

    return check


def test_an_independent_checker_has_no_grave_finding(findings) -> None:  # type: ignore[no-untyped-def]
    assert findings(made("docx")) == []
    assert findings(render(document("zh"), "docx")) == []
    assert len(findings(made("docx", "en"))) > 9


def test_headings_that_an_author_counts_are_headings(findings) -> None:  # type: ignore[no-untyped-def]
    of = paper("zh")
    told = ("（一）居民消费", "1.通信服务", "（1）移动通信", "1.这是一句完整的话。")
    lines = tuple(Paragraph(f"own{at}", (Run(said),)) for at, said in enumerate(told))
    first = replace(of.parts[0], blocks=(*lines, *of.parts[0].blocks))
    content = render(replace(of, parts=(first, *of.parts[1:])), "docx")
    styles = {p.text: p.style.name for p in read_docx(io.BytesIO(content)).paragraphs}
    assert [styles[said] for said in told] == ["Heading 2", "Heading 3", "Heading 4", "Normal"]
    assert findings(content) == []


def test_a_page_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    section = read_docx(io.BytesIO(made("docx"))).sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    line, character = int(grid.get(qn("w:linePitch"))) / 20, 16 + int(grid.get(qn("w:charSpace"))) / 4096
    high = (section.page_height - section.top_margin - section.bottom_margin) / 12700
    wide = (section.page_width - section.left_margin - section.right_margin) / 12700
    assert (int(high // line), round(wide / character, 2)) == (22, 28)


def test_numbers_of_pages_stand_between_dashes_on_the_outer_side() -> None:
    section = read_docx(io.BytesIO(made("docx"))).sections[0]
    feet = section.first_page_footer, section.footer, section.even_page_footer
    assert [(foot.paragraphs[0].text, foot.paragraphs[0].alignment.name) for foot in feet] == [
        ("— 1 —", "RIGHT"), ("— 1 —", "RIGHT"), ("— 1 —", "LEFT")]  # fmt: skip
    pages = PdfReader(io.BytesIO(made("pdf"))).pages
    shown = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    assert [said for at, said in enumerate(shown, 1) if f"—{at}—" not in said] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_who_sends_it_to_whom_stands_in_every_file(kind: str, lang: str) -> None:
    said = re.sub(r"\s", "", read_back(made(kind, lang), kind).text)
    for name in ("issuer", "number", "recipient"):
        told = LETTERHEAD[name].get(lang, LETTERHEAD[name]["zh"])
        assert re.sub(r"\s", "", told) in said, name


def test_a_letterhead_is_kept_in_the_briefing_and_the_document(tmp_path: Path) -> None:
    assert saved.from_text(saved.written(sent()), "here").letterhead == LETTERHEAD
    assert from_form(to_form(paper("zh"))) == paper("zh")
    with pytest.raises(InputError, match="there is no field 'isuer'; did you mean issuer"):
        saved.from_text("id: a\ntitle: b\nletterhead: {isuer: c}", "here")


def test_papers_signed_before_there_were_letterheads_keep_their_fingerprint() -> None:
    assert "letterhead" not in to_form(document("zh"))
    assert fingerprint(document("zh")) != fingerprint(replace(document("zh"), letterhead=paper("zh").letterhead))


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("为65.52亿元，", "为65.52\u2060亿\u2060元，"),
        ("提高3.5个百分点", "提高3.5\u2060个\u2060百\u2060分\u2060点"),
        ("of 6.552 billion yuan in 2015", "of 6.552\u00a0billion\u00a0yuan in 2015"),
        ("by 3.5 percentage points", "by 3.5\u00a0percentage\u00a0points"),
    ],
)
def test_a_figure_and_its_unit_stay_on_one_line(said: str, whole: str) -> None:
    assert unbroken(said) == whole


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pdf_says_that_it_is_universally_accessible(lang: str) -> None:
    reader = PdfReader(io.BytesIO(made("pdf", lang)))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.root_object["/Metadata"].get_object().get_data()
    assert reader.root_object["/Lang"].lower().startswith(lang)
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_a_sign_that_no_face_has_is_no_reason_for_no_pdf() -> None:
    content = render(replace(paper("zh"), title="信息消费𰻝"), "pdf")
    assert b"pdfuaid" not in PdfReader(io.BytesIO(content)).root_object["/Metadata"].get_object().get_data()
