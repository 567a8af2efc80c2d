"""Briefings as files: opened by other programs' readers, every figure held against the answer to its question."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from briefings import AT, QUERIES, briefing, document, store, workspace
from docx import Document as read_docx
from fontTools.ttLib import TTFont
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.briefing.check.amounts import amounts, same
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.document import Document, Exhibit, Figure, Paragraph
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.files.charts import spec
from xinfo.briefing.fill import fill
from xinfo.briefing.form import from_form, to_form
from xinfo.errors import InputError
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.language.unbroken import unbroken

LANGUAGES = ("en", "zh")


@cache
def made(kind: str, lang: str) -> bytes:
    return render(document(lang), kind)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.quiet = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.quiet = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.quiet = False

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.said.append(data)


def words(kind: str, lang: str) -> str:
    """All text of the shared briefing's file."""
    return words_of(kind, made(kind, lang))


def words_of(kind: str, file: bytes) -> str:
    """All text of a file without its blanks, as a reader of its own finds it."""
    content = io.BytesIO(file)
    if kind == "docx":
        word = read_docx(content)
        said = [p.text for p in word.paragraphs] + [
            cell.text for table in word.tables for row in table.rows for cell in row.cells
        ]
    elif kind == "pptx":
        said = [text for slide in Presentation(content).slides for text in of_slide(slide)]
    elif kind == "pdf":
        # What stands at the edges of a page would part a sentence that goes on behind it.
        edges = re.compile(
            r"^\s*草稿|^Information consumption in Xining in 2015\n|\s*— ?\d+ ?—\s*$|(?:\n\d+Source: .*)*\nDraft.*\s*$"
        )
        said = [edges.sub("", page.extract_text()) for page in PdfReader(content).pages]
    elif kind == "html":
        reader = _Words()
        reader.feed(content.getvalue().decode("utf-8"))
        said = reader.said
    else:
        book = load_workbook(content)
        said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    return re.sub(r"[\s\u2060]+", "", "".join(said))


def of_slide(slide: object) -> list[str]:
    said = []
    for shape in slide.shapes:  # type: ignore[attr-defined]
        if shape.has_text_frame:
            said.append(shape.text_frame.text)
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return said


def answered(figure: Figure, lang: str, of: Document) -> list[float]:
    """The numbers that the figure's own question has for its row, asked anew."""
    query = of.queries[figure.query]
    answer = workspace().conversation(lang).ask(query.question, lang)
    assert isinstance(answer, Answer), query.question
    assert (answer.sql, answer.reading.template.template_id) == (query.sql, query.template)
    return [row["value"] for row in answer.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_is_the_answer_to_its_question(lang: str) -> None:
    of = document(lang)
    for figure in of.figures.values():
        if figure.name == "value":
            assert figure.value in answered(figure, lang, of), figure.id
            said = amount(figure.value, figure.unit, lang)
            assert same(amounts(said)[0], amounts(figure.written)[0], [figure.value])
        assert figure.sources, figure.id


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_line_with_figures_stands_in_every_file(kind: str, lang: str) -> None:
    said = words(kind, lang)
    for key, runs in document(lang).lines():
        if kind in ("pptx", "xlsx") and ":" not in key and any(e.id == key for e in document(lang).exhibits()):
            continue  # there an exhibit's sentence is the slide's title, or its table says it
        for run in runs:
            plain = run.text.replace(",", "") if kind == "xlsx" and ":" in key else run.text
            # Before the last full stop what shows it may be named, and in Chinese the mark of a footnote.
            for part in re.sub(r"\s+", "", plain).split("。"):
                assert part.removesuffix(".0").rstrip(".") in said, (key, run)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_slides_have_native_charts_of_the_same_rounded_figures(lang: str) -> None:
    slides = Presentation(io.BytesIO(made("pptx", lang))).slides
    charts = {shape.name: shape.chart for slide in slides for shape in slide.shapes if shape.has_chart}
    exhibits = [one for one in document(lang).exhibits() if one.chart and one.table]
    assert charts.keys() == {f"chart:{one.id}" for one in exhibits}
    for exhibit in exhibits:
        drawn = [value for series in charts[f"chart:{exhibit.id}"].plots[0].series for value in series.values]
        assert drawn == pytest.approx(table_values(exhibit)[: len(drawn)])


def table_values(exhibit: Exhibit) -> list[float]:
    assert exhibit.table
    at = exhibit.table.numeric.index(True)
    return [float(row[at].text.replace(",", "")) for row in exhibit.table.rows]


def units(kind: str, what: str) -> list[str]:
    return [one.text for one in read_back(made(kind, "en"), kind).units if one.kind == what]


def test_native_charts_have_one_axis_and_bars_begin_at_zero() -> None:
    axes = [one for one in units("pptx", "axis") if one.startswith("valAx")]
    assert axes == [one for one in units("xlsx", "axis") if one.startswith("valAx")]
    assert axes == ["valAx min=0", "valAx min=0.8 max=1.8", "valAx min=0"]
    course = next(one.chart for one in document("en").exhibits() if one.id == "course")
    assert course
    assert spec(course)["encoding"]["y"]["scale"]["domain"] == [0.8, 1.8]


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "html"])
def test_a_chart_is_described_by_what_is_to_be_seen(kind: str) -> None:
    said = [one for one in units(kind, "alt") if "chart of" in one]
    assert len(said) >= 3
    assert "the highest point is 2015 Q4 1.572, the lowest 2013 Q1 1.004" in said[1]
    captions = {one.title for one in document("en").exhibits()}
    assert captions.isdisjoint(said)


def test_what_stands_below_a_slide_is_never_cut() -> None:
    of = document("en")
    exhibit = next(of.exhibits())
    long = replace(exhibit, cautions=tuple(f"A caution of some length, number {at}, that goes on." for at in range(30)))
    parts = tuple(
        replace(part, blocks=tuple(long if one is exhibit else one for one in part.blocks)) for part in of.parts
    )
    said = words_of("pptx", render(replace(of, parts=parts), "pptx"))
    assert "number29,thatgoeson.·Source:Yearbook2016" in said


def test_slides_say_one_message_each_with_details_in_the_notes() -> None:
    slides = Presentation(io.BytesIO(made("pptx", "en"))).slides
    titles = [slide.shapes.title.text for slide in slides if slide.shapes.title]
    assert all(unbroken(exhibit.message) in titles for exhibit in document("en").exhibits())
    assert any("2014 Q2 | " in slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)


def test_slides_stand_on_the_masters_of_a_house(tmp_path) -> None:  # type: ignore[no-untyped-def]
    house = Presentation()
    house.slide_width, house.slide_height = 9_000_000, 5_000_000
    house.slides.add_slide(house.slide_layouts[0])
    house.save(tmp_path / "house.pptx")
    deck = Presentation(io.BytesIO(render(document("en"), "pptx", house=tmp_path / "house.pptx")))
    assert (deck.slide_width, deck.slide_height) == (9_000_000, 5_000_000)
    assert len(deck.slides) == len(Presentation(io.BytesIO(made("pptx", "en"))).slides)


@pytest.mark.parametrize(
    "part", ["ppt/slideMasters/_rels/slideMaster1.xml.rels", "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"]
)
def test_a_house_without_one_of_its_parts_is_refused_by_name(tmp_path: Path, part: str) -> None:
    Presentation().save(tmp_path / "whole.pptx")
    with (
        zipfile.ZipFile(tmp_path / "whole.pptx") as whole,
        zipfile.ZipFile(tmp_path / "house.pptx", "w") as house,
    ):
        for name in whole.namelist():
            if name != part:
                house.writestr(name, whole.read(name))
    with pytest.raises(InputError, match=r"house\.pptx cannot be used as a template for slides"):
        render(document("en"), "pptx", house=tmp_path / "house.pptx")


def test_word_has_real_headings_captions_and_footnotes() -> None:
    word = read_docx(io.BytesIO(made("docx", "en")))
    styles = [(p.style.name, p.text) for p in word.paragraphs]
    assert (
        "Heading 1",
        "In detail: personal the largest part; Xining ranks 3rd of the 3 pilots with figures",
    ) in styles
    assert any(style == "Caption" and text.startswith("Table 1") for style, text in styles)
    notes = next(r.target_part for r in word.part.rels.values() if r.reltype.endswith("/footnotes"))
    assert "Yearbook 2016 (Statistics office, 2016-12-01)" in notes.blob.decode("utf-8")
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_a_pdf_is_a4_with_its_fonts_inside() -> None:
    reader = PdfReader(io.BytesIO(made("pdf", "zh")))
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in one or "/FontFile3" in one for one in inner)
    assert "—1—" in re.sub(r"\s", "", reader.pages[0].extract_text())


def test_a_page_needs_nothing_else() -> None:
    page = made("html", "en").decode("utf-8")
    shell = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href)="(?!#)', shell)
    assert shell.count('<svg role="img"') == sum(1 for one in document("en").exhibits() if one.chart)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_carries_the_face_it_is_set_in_with_every_character_it_shows(lang: str) -> None:
    page = made("html", lang).decode("utf-8")
    faces = re.findall(r"src:url\(data:font/woff;base64,([^)]+)\)", page)
    assert len(faces) == 2
    shown = {char for char in words("html", lang) if char.isprintable()}
    for face in faces:
        known = TTFont(io.BytesIO(b64decode(face))).getBestCmap()
        assert {char for char in shown if ord(char) not in known} == set()
        assert len(known) < 600


def test_a_workbook_has_figures_as_numbers_with_their_sources_and_sql() -> None:
    book = load_workbook(io.BytesIO(made("xlsx", "en")))
    listed = {row[0]: row for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    for figure in document("en").figures.values():
        assert listed[figure.id][4] == pytest.approx(figure.value)
        assert "Yearbook" in listed[figure.id][8]
    assert any("SELECT" in str(row[4]).upper() for row in book["Queries"].iter_rows(min_row=2, values_only=True))


def test_a_document_is_the_same_after_it_was_written_down() -> None:
    assert from_form(to_form(document("zh"))) == document("zh")


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_same_document_gives_the_same_file(kind: str) -> None:
    assert render(document("en"), kind) == made(kind, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_made_up_says_so_in_the_sentences_of_every_file(lang: str, tmp_path: Path) -> None:
    here = open_workspace(store(tmp_path, status="illustrative"), QUERIES)
    of = fill(briefing(), here, lang, made=AT, author="")
    mark = text("mark.illustrative.one", lang)
    blocks = [block for part in of.parts for block in part.blocks]
    told = [
        "".join(run.text for run in block.runs)
        for block in blocks
        if isinstance(block, Paragraph)
        if made_up(block, of)
    ]
    assert told
    assert [sentence for sentence in told if mark not in sentence] == []
    for kind in ("pptx", "xlsx"):
        titles = [one.text for one in read_back(render(of, kind), kind).units if one.kind == "title"]
        assert titles
        assert all(text("mark.illustrative.many", lang) in one.lower() for one in titles), kind
    for kind in ("docx", "pptx", "pdf", "html"):
        words = words_of(kind, render(of, kind))
        assert words.count(re.sub(r"\s+", "", mark)) >= len(told), kind


def made_up(block: Paragraph, of: Document) -> bool:
    return any("illustrative" in of.figures[run.figure].statuses for run in block.runs if run.figure)
