"""How briefings look: figures where pages have room, points beside charts, blanks of drafts, properties of files."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from briefings import document
from docx import Document as read_docx
from docx.oxml.ns import qn
from pptx import Presentation

from xinfo.briefing.check.printed import _flowing
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.check.said import Unit
from xinfo.briefing.check.seal import opened
from xinfo.briefing.document import Chart, Exhibit, Paragraph, Run
from xinfo.briefing.files import render
from xinfo.briefing.files.floats import floated
from xinfo.briefing.files.official_page import KEPT, unstretched
from xinfo.briefing.files.paging import MOST, SHORT, pointed, sheets, text_width
from xinfo.briefing.layout import Chapter, Shown, laid_out
from xinfo.briefing.neighbours import among_neighbours
from xinfo.language.unbroken import JOINER, unbroken


def line(said: str) -> Paragraph:
    return Paragraph(said, (Run(said),))


def figure(name: str) -> Shown:
    return Shown(Exhibit(name, name, name, None, None, (), ()), ("Figure", name), None, ())


def order(chapters: tuple[Chapter, ...]) -> list[list[str]]:
    return [[one.exhibit.id if isinstance(one, Shown) else one.id for one in chapter.elements] for chapter in chapters]


def test_a_figure_without_room_waits_until_text_has_filled_the_page() -> None:
    first, second = Chapter("1", (line("a"), figure("f"), line("b"))), Chapter("2", (line("c"), figure("g")))
    heights = [[20, 100, 200, 100], [20, 100, 50]]
    assert order(floated((first, second), heights, 700, 0)) == [["a", "f", "b"], ["c", "g"]]
    assert order(floated((first, second), heights, 290, 0)) == [["a", "b", "f"], ["c", "g"]]
    assert order(floated((first, second), [[20, 20, 280, 20], *heights[1:]], 290, 0)) == [["a", "b"], ["c", "f", "g"]]


def test_a_figure_right_under_its_heading_stays_there() -> None:
    alone = Chapter("2", (figure("f"),))
    chapters = (Chapter("1", (line("a"),)), alone, Chapter("3", (line("b"),)))
    assert order(floated(chapters, [[20, 100], [20, 200], [20, 100]], 300, 0)) == [["a"], ["f"], ["b"]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_slides_have_few_points_and_one_size_of_titles(lang: str) -> None:
    made = sheets(laid_out(document(lang)).chapters)
    assert all(sum(text_width(one.text) > SHORT for one in sheet.lines) <= MOST for sheet in made)
    slides = [*Presentation(io.BytesIO(render(document(lang), "pptx"))).slides][1:]
    titles = [slide.shapes.title for slide in slides]
    assert len({title.text_frame.paragraphs[0].runs[0].font.size for title in titles}) == 1
    assert len({title.text for title in titles}) == len(titles)


def test_a_paragraph_that_stands_alone_is_told_in_sentences() -> None:
    assert [one.text for one in pointed([line("One is 1.5. Two. Three. Four.")])] == [
        "One is 1.5. Two.",
        "Three.",
        "Four.",
    ]
    assert [one.text for one in pointed([line("One. Two."), line("Three.")])] == ["One. Two.", "Three."]


def test_the_own_bar_is_seen_among_its_neighbours() -> None:
    names = tuple(map(str, range(20)))
    data = [{"label": name, "value": value} for name, value in zip(names, range(20, 0, -1), strict=True)]
    spec = {"data": {"values": data}, "encoding": {"x": {"scale": {"domain": [0, 20]}}, "y": {}}}
    chart = Chart("bar", spec, names, (("", tuple(float(one["value"]) for one in data)),), (names,), "", own=(15,))
    near = among_neighbours(chart)
    assert (near.categories, near.own) == (names[11:], (4,))
    assert near.spec["encoding"]["x"]["scale"]["domain"] == [0, 9]


def test_lines_of_an_official_paper_are_not_pulled_apart() -> None:
    few, many = unbroken("信息消费为88.9亿元。"), unbroken("依次是：" + "某某市（12,025亿元）、" * 12)
    assert JOINER in unstretched([Run(few)])[0].text
    assert KEPT.search(unstretched([Run(many)])[0].text) is None


def test_drafts_of_official_papers_have_blanks_and_issues_none() -> None:
    draft, issue = laid_out(document("zh")).paper, laid_out(replace(document("zh"), number=1)).paper
    assert (draft.recipient, draft.closing[0]) == ("（主送机关）：", "（发文机关署名）")
    assert [said[:3] for said in draft.imprint] == ["抄送：", "（印发"]
    assert (issue.recipient, issue.closing, issue.imprint) == ("", (), ())
    assert laid_out(document("en")).paper.imprint == ()


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_office_files_say_nothing_of_a_template(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render(document("en"), kind))) as parts:
        about = parts.read("docProps/core.xml") + parts.read("docProps/app.xml")
        assert not [name for name in parts.namelist() if "thumbnail" in name]
    assert b"Canny" not in about
    assert b"Macintosh" not in about
    assert b"2013-" not in about


def test_each_mark_has_a_note_of_its_own() -> None:
    with zipfile.ZipFile(io.BytesIO(render(document("zh"), "docx"))) as parts:
        text, below = parts.read("word/document.xml").decode(), parts.read("word/footnotes.xml").decode()
    marks, notes = (
        re.findall(r'footnoteReference w:id="(\d+)"', text),
        re.findall(r'<w:footnote w:id="([1-9]\d*)"', below),
    )
    assert marks == notes
    assert len(marks) > 1
    assert "NOTEREF" not in text


def test_a_sentence_of_a_printed_page_goes_on_over_its_foot() -> None:
    seal = opened(read_back(render(document("en"), "docx"), "docx").seal)
    seal = replace(seal, said=(Unit("edge", "The mark"), Unit("note", "Source: Yearbook")))
    pages = ["The mark\nA sentence that\n1 Source: Yearbook\n— 1 —", "The mark\ngoes on.\n— 2 —"]
    assert _flowing(pages, seal)[:2] == ["A sentence that", "goes on."]


def test_the_imprint_of_a_word_file_stands_in_a_frame_at_the_foot() -> None:
    word = read_docx(io.BytesIO(render(document("zh"), "docx")))
    imprint = word.tables[-1]
    assert [row.cells[0].text[:3] for row in imprint.rows] == ["抄送：", "（印发"]
    assert imprint._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


@pytest.mark.parametrize(("lang", "see"), [("en", "see "), ("zh", "见图")])
def test_a_slide_does_not_say_where_its_own_figure_is(lang: str, see: str) -> None:
    said = list[str]()
    for slide in Presentation(io.BytesIO(render(document(lang), "pptx"))).slides:
        shapes = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        if any(shape.has_chart for shape in slide.shapes):
            said += [one for one in shapes if see in one]
    assert said == []
    assert any(see in one.text for chapter in laid_out(document(lang)).chapters for one in chapter.elements
               if isinstance(one, Paragraph))  # fmt: skip
