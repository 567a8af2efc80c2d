"""A file that was edited comes back: which figures stand, which were changed by hand, which the store has outrun."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from briefings import QUERIES, document, store, workspace
from docx import Document as read_docx
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfWriter

from xinfo.ask import open_workspace
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.check.verdict import Verdict, other_changes, verdicts
from xinfo.briefing.document import Document, Paragraph
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.form import written
from xinfo.errors import InputError

OLD = document().figures["level_level"].written
NEW = "9.172 billion yuan"


@cache
def made(kind: str) -> bytes:
    return render(document(), kind)


def docx(content: bytes) -> bytes:
    word = read_docx(io.BytesIO(content))
    run = next(run for p in word.paragraphs for run in p.runs if run.text == OLD)
    run.text = NEW
    return saved(word)


def pptx(content: bytes) -> bytes:
    deck = Presentation(io.BytesIO(content))
    runs = (
        r for s in deck.slides for f in s.shapes if f.has_text_frame for p in f.text_frame.paragraphs for r in p.runs
    )
    run = next(run for run in runs if OLD in run.text)
    run.text = run.text.replace(OLD, NEW)
    return saved(deck)


def xlsx(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    cell = next(row[0] for row in book.worksheets[0].iter_rows() if OLD in str(row[0].value))
    cell.value = cell.value.replace(OLD, NEW)
    return saved(book)


def html(content: bytes) -> bytes:
    return content.replace(f">{OLD}<".encode(), f">{NEW}<".encode(), 1)


def pdf(content: bytes) -> bytes:
    """As a PDF editor leaves it: other text, the same attachment."""
    other = PdfWriter(clone_from=io.BytesIO(render(edited(document()), "pdf")))
    del other.root_object["/Names"]
    if "/AF" in other.root_object:
        del other.root_object["/AF"]
    other.add_attachment("xinfo-passport.json", written(document(), charts=False).encode("utf-8"))
    out = io.BytesIO()
    other.write(out)
    return out.getvalue()


def edited(of: Document) -> Document:
    def changed(block: object) -> object:
        if not isinstance(block, Paragraph) or block.id != "level":
            return block
        runs = tuple(replace(run, text=NEW) if run.text == OLD and run.figure else run for run in block.runs)
        return replace(block, runs=runs)

    parts = tuple(replace(part, blocks=tuple(map(changed, part.blocks))) for part in of.parts)
    return replace(of, parts=parts)


def saved(file: object) -> bytes:
    out = io.BytesIO()
    file.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


EDITS: dict[str, Callable[[bytes], bytes]] = {"docx": docx, "pptx": pptx, "xlsx": xlsx, "html": html, "pdf": pdf}


def told(content: bytes, kind: str) -> tuple[Verdict, ...]:
    return verdicts(read_back(content, kind), workspace())


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_as_it_was_written_is_confirmed_figure_by_figure(kind: str) -> None:
    found = told(made(kind), kind)
    assert [(one.figure.id, one.verdict, one.now, one.why) for one in found if not one.good] == []
    assert len(found) == len(document().figures)


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_changed_by_hand_is_found_with_what_stands_there(kind: str) -> None:
    wrong = [one for one in told(EDITS[kind](made(kind)), kind) if not one.good]
    assert [(one.figure.id, one.verdict) for one in wrong] == [("level_level", "changed")]
    assert wrong[0].now.replace(" ", "").startswith("9.172")


def test_figures_that_the_store_has_outrun_are_told_with_the_new_value(tmp_path: Path) -> None:
    later = store(tmp_path, {("xining", "2015Q4"): 2e9})
    found = verdicts(read_back(made("docx"), "docx"), open_workspace(later, QUERIES))
    outdated = {one.figure.id: one.today for one in found if one.verdict == "outdated"}
    assert outdated["own_1"] == "2 billion yuan"
    assert outdated["course.12"] == "2 billion yuan"
    assert "course.11" not in outdated
    assert {one.verdict for one in found} == {"outdated", "confirmed"}


def test_slides_that_libreoffice_has_saved_are_checked_like_any() -> None:
    """It drops the part that PowerPoint keeps, and keeps the properties."""
    deck = Presentation(io.BytesIO(pptx(made("pptx"))))
    for id_, relation in list(deck.part.rels.items()):
        if relation.reltype.endswith("/customXml"):
            deck.part.rels.pop(id_)
    content = saved(deck)
    assert "customXml/item9.xml" not in zipfile.ZipFile(io.BytesIO(content)).namelist()
    wrong = [one for one in told(content, "pptx") if not one.good]
    assert [(one.figure.id, one.verdict) for one in wrong] == [("level_level", "changed")]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_a_file_that_libreoffice_itself_has_saved_is_checked(kind: str, tmp_path: Path) -> None:
    given = tmp_path / f"edited.{kind}"
    given.write_bytes(EDITS[kind](made(kind)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(given)]
    subprocess.run(office, check=True, capture_output=True, timeout=120)
    found = told((tmp_path / "out" / given.name).read_bytes(), kind)
    assert [(one.figure.id, one.verdict) for one in found if not one.good] == [("level_level", "changed")]
    assert len(found) == len(document().figures)


def test_a_number_in_a_table_and_one_in_a_chart_are_found_too() -> None:
    deck = Presentation(io.BytesIO(made("pptx")))
    shapes = {shape.name: shape for slide in deck.slides for shape in slide.shapes}
    shapes["table:who"].table.cell(1, 1).text_frame.paragraphs[0].runs[0].text = "4.986"
    plot = shapes["chart:course"].chart.plots[0]._element
    point = plot.xpath(".//c:val//c:pt/c:v")[2]
    point.text = "7.5"
    wrong = {one.figure.id: one.now for one in told(saved(deck), "pptx") if not one.good}
    assert wrong == {"who.1": "4.986", "course.3": "7.5"}


def test_a_paragraph_taken_out_is_told() -> None:
    word = read_docx(io.BytesIO(made("docx")))
    paragraph = next(p for p in word.paragraphs if "fell into the last quarter" in p.text)
    paragraph._p.getparent().remove(paragraph._p)
    wrong = [(one.figure.id, one.verdict) for one in told(saved(word), "docx") if not one.good]
    assert wrong == [("own_1", "removed")]


def test_words_changed_around_a_figure_are_told_apart_from_the_figure() -> None:
    word = read_docx(io.BytesIO(made("docx")))
    run = next(run for p in word.paragraphs for run in p.runs if run.text.startswith(" fell into the last"))
    run.text = " fell, sadly, into the last quarter."
    returned = read_back(saved(word), "docx")
    assert all(one.good for one in verdicts(returned, workspace()))
    assert len(other_changes(returned)) == 1


def test_a_passport_that_was_changed_itself_does_not_pass() -> None:
    forged = html(made("html")).replace(b'"value":5979', b'"value":9172').replace(OLD.encode(), NEW.encode())
    wrong = {one.figure.id: one for one in told(forged, "html") if not one.good}
    assert wrong["level_level"].verdict == "changed"
    assert wrong["level_level"].why


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_make_is_refused_in_a_clear_word(kind: str) -> None:
    with pytest.raises(InputError, match=r"passport|cannot be read|no file of an office program"):
        read_back(b"%PDF-1.4 nothing" if kind == "pdf" else b"PK nothing", kind)
    with pytest.raises(InputError, match="passport"):
        read_back(saved(read_docx()), "docx")
