"""A file that was edited comes back: all that it says is laid beside all that it said, in every format and language."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from briefings import AT, QUERIES, briefing, document, store, workspace
from briefings.editing import File, opened, pages, pdf, xlsx_charts
from briefings.edits import ABSENT, ANY, EDITS, MARK, NOTHING, OTHERWISE, Edit
from briefings.forged import DOCX, HTML, PPTX, XLSX, Change, Forged
from docx import Document as read_docx
from docx.shared import Pt
from pptx import Presentation
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject

from xinfo.answer.export import FONTS
from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.check import kept, words
from xinfo.briefing.check.amounts import amounts, same
from xinfo.briefing.check.differences import Difference
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.check.seal import Seal
from xinfo.briefing.check.whole import Checked, apart, checked, sealed_in
from xinfo.briefing.document import Document
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.files import pdf as printing
from xinfo.briefing.fill import fill
from xinfo.briefing.layout import laid_out
from xinfo.errors import InputError

LANGUAGES = ("en", "zh")
NEW = "9.172 billion yuan"


@cache
def made_up() -> Workspace:
    """A store whose figures are made up, so that every file bears the mark."""
    return open_workspace(store(Path(mkdtemp()), status="illustrative"), QUERIES)


@cache
def filled(lang: str) -> Document:
    return fill(briefing(), made_up(), lang, made=AT, author="Li Hua")


@cache
def made(kind: str, lang: str) -> bytes:
    return render(filled(lang), kind)


@cache
def seal(kind: str, lang: str) -> Seal:
    found, _ = sealed_in(read_back(made(kind, lang), kind))
    assert found
    return found


@cache
def place() -> Path:
    """The folder of briefings that has kept what these files said."""
    folder = Path(mkdtemp())
    for kind in KINDS:
        kept.keep(folder, made(kind, "en"), kind)
        kept.keep(folder, render(document(), kind), kind)
    return folder


@cache
def names() -> frozenset[str]:
    return frozenset(one.name(lang) for one in made_up().catalog.places.values() for lang in LANGUAGES)


def told(content: bytes, kind: str, lang: str) -> tuple[Difference, ...]:
    returned = read_back(content, kind)
    assert sealed_in(returned)[0] == seal(kind, lang)
    return apart(returned, seal(kind, lang), names())


def opener(kind: str, lang: str) -> Callable[[], File]:
    if kind != "pdf":
        return lambda: opened(made(kind, lang), kind)
    data = printing._data(laid_out(filled(lang)), lambda what, part: None)
    data["passport"] = read_back(made(kind, lang), kind).seal
    return lambda: pdf(data, printing.set_page)


def own(kind: str, lang: str) -> Iterator[tuple[Edit, Callable[[], File]]]:
    """The edits that only this format has: its charts, its sheets, its slides."""

    def edit(name: str) -> Edit:
        return Edit(name, lambda file, _: file.edit[name]())

    open_ = opener(kind, lang)
    yield from ((edit(name), open_) for name in open_().edit)
    if kind == "xlsx":
        charts = made(kind, lang)
        yield from ((edit(name), lambda: xlsx_charts(charts)) for name in xlsx_charts(charts).edit)


def rightly(found: tuple[Difference, ...], wanted: str) -> bool:
    grave = [one for one in found if one.grave]
    if wanted == NOTHING:
        return not found
    if wanted == OTHERWISE:
        return bool(found) and not grave
    return bool(grave) and (not wanted or bool(found[0].change and found[0].change.kinds[0] == wanted))


@pytest.mark.parametrize(
    ("lang", "step"), [("en", 4), *(pytest.param(lang, 1, marks=pytest.mark.long) for lang in LANGUAGES)]
)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_edit_is_named_and_layout_is_nothing(kind: str, lang: str, step: int) -> None:
    open_ = opener(kind, lang)
    # Before a release every kind in every format and language.
    some = EDITS[list(KINDS).index(kind) % step :: step]
    every = [(edit, open_) for edit in some if edit.name not in ABSENT[kind]]
    wrong = []
    for edit, start in (*every, *own(kind, lang)):
        file = start()
        edit.do(file, lang)
        found = told(file.save(), kind, lang)
        # In flowing text the number of a note may stick to a sentence: what is named first is not held to there.
        wanted = ANY if kind == "pdf" and edit.told not in (OTHERWISE, NOTHING) else edit.told
        if not rightly(found, wanted):
            wrong.append((edit.name, edit.told, [(one.verdict, one.kind, one.old, one.new) for one in found[:3]]))
    assert wrong == []


def saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def other_fonts(content: bytes) -> bytes:
    word = read_docx(io.BytesIO(content))
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.name, run.bold = Pt(13), "Arial", True
    return saved(word)


def moved_shapes(content: bytes) -> bytes:
    deck = Presentation(io.BytesIO(content))
    for slide in deck.slides:
        for shape in slide.shapes:
            shape.left, shape.top = shape.left + 9000, shape.top + 9000
        slide.shapes._spTree.append(slide.shapes[0]._element)
    return saved(deck)


def written_anew(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


LAYOUT: dict[str, Callable[[bytes], bytes]] = {
    "docx": other_fonts,
    "pptx": moved_shapes,
    "pdf": written_anew,
    "html": lambda content: content.replace(b"<style>", b"<style>p{font-size:20px;color:#333}"),
    "xlsx": lambda content: opened(content, "xlsx").save(),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_as_it_was_written_or_set_otherwise_is_intact(kind: str, lang: str) -> None:
    assert told(made(kind, lang), kind, lang) == ()
    assert told(LAYOUT[kind](made(kind, lang)), kind, lang) == ()


def test_pages_dropped_or_turned_round_and_what_is_stuck_on_them_are_told() -> None:
    content = made("pdf", "en")
    last = len(PdfReader(io.BytesIO(content)).pages) - 1
    gone = told(pages(content, range(last)), "pdf", "en")
    assert any(one.verdict == "dropped" and "yearbook" in one.old.lower() for one in gone if one.kind != "part") or any(
        one.kind == "part" for one in gone
    )
    turned = told(pages(content, [*range(1, last + 1), 0]), "pdf", "en")
    assert {one.verdict for one in turned} == {"moved"}
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_annotation(0, FreeText(text="Target reached", rect=(100, 500, 300, 520)))
    out = io.BytesIO()
    writer.write(out)
    assert [(one.verdict, one.kind) for one in told(out.getvalue(), "pdf", "en")] == [("added", "comment")]


def whole(content: bytes, kind: str, over: Workspace | None = None, folder: Path | None = None) -> Checked:
    return checked(content, kind, over or workspace(), folder or place())


def changed(kind: str) -> bytes:
    """The shared briefing with its first figure changed by hand."""
    content = render(document(), kind)
    if kind == "pdf":
        data = printing._data(laid_out(document()), lambda what, part: None)
        file = pdf(data | {"passport": read_back(content, kind).seal}, printing.set_page)
    else:
        file = opened(content, kind)
    old = document().figures["level_level"].written
    piece = file.at(old)
    piece.put(piece.text.replace(old, NEW, 1))
    return file.save()


@pytest.mark.parametrize("kind", KINDS)
def test_each_figure_is_confirmed_or_told_with_what_stands_there(kind: str) -> None:
    content = render(document(), kind)
    found = whole(content, kind)
    assert found.good
    assert len(found.figures) == len(document().figures)
    found = whole(changed(kind), kind)
    assert [(one.figure.id, one.verdict, one.now) for one in found.figures if not one.good] == [
        ("level_level", "changed", NEW)
    ]
    assert not found.intact


def test_figures_that_the_store_has_outrun_are_told_with_the_new_value(tmp_path: Path) -> None:
    later = open_workspace(store(tmp_path, {("xining", "2015Q4"): 2e9}), QUERIES)
    found = whole(render(document(), "docx"), "docx", later)
    outdated = {one.figure.id: one.today for one in found.figures if one.verdict == "outdated"}
    assert outdated["own_1"] == "2 billion yuan"
    assert outdated["course.12"] == "2 billion yuan"
    assert "course.11" not in outdated
    assert found.intact
    assert not found.good


def test_a_number_in_a_table_and_one_in_a_chart_are_found_too() -> None:
    deck = Presentation(io.BytesIO(render(document(), "pptx")))
    shapes = {shape.name: shape for slide in deck.slides for shape in slide.shapes}
    shapes["table:who"].table.cell(1, 1).text_frame.paragraphs[0].runs[0].text = "4.986"
    point = shapes["chart:course"].chart.plots[0]._element.xpath(".//c:val//c:pt/c:v")[2]
    point.text = "7.5"
    wrong = {one.figure.id: one.now for one in whole(saved(deck), "pptx").figures if not one.good}
    assert wrong == {"who.1": "4.986", "course.3": "7.5"}


def test_a_figure_whose_sentence_is_gone_is_removed() -> None:
    file = opened(render(document(), "docx"), "docx")
    file.at("fell into the last quarter").drop()
    wrong = [(one.figure.id, one.verdict) for one in whole(file.save(), "docx").figures if not one.good]
    assert wrong == [("own_1", "removed")]


def without_seal(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.startswith("customXml/item9"):
                new.writestr(name, old.read(name))
    return out.getvalue()


def test_a_seal_that_is_gone_is_told_and_what_is_kept_is_used() -> None:
    found = whole(without_seal(render(document(), "docx")), "docx")
    assert (found.seal, found.intact) == ("missing", True)
    found = whole(without_seal(changed("docx")), "docx")
    assert [one.change and one.change.kinds[0] for one in found.differences] == ["number"]
    assert "kept" in words.seal(found, "en")


def test_a_seal_that_was_rewritten_does_not_pass() -> None:
    """Neither one whose hash no longer fits, nor one that was forged whole."""
    forged = changed("html").replace(b'"value":5979', b'"value":9172')
    found = whole(forged, "html")
    assert (found.seal, found.intact) == ("broken", False)
    assert any(one.change and one.change.new.startswith("9.172") for one in found.differences)
    other = replace(document(), author="Somebody else")
    found = whole(render(other, "html"), "html")
    assert (found.seal, found.intact) == ("unknown", False)


def test_a_file_kept_nowhere_is_no_briefing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="seal"):
        whole(without_seal(render(document(), "docx")), "docx", folder=tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_and_one_of_another_make_are_refused_in_a_clear_word(kind: str) -> None:
    content = render(document(), kind)
    with pytest.raises(InputError, match=r"seal|cannot be read|no file of an office program"):
        whole(content[: len(content) // 2] if kind != "html" else b"\0\1", kind)
    with pytest.raises(InputError, match=r"seal|cannot be read|no file of an office program"):
        whole(b"%PDF-1.4 nothing" if kind == "pdf" else b"PK nothing", kind)


def test_the_same_value_is_told_from_another() -> None:
    (old,), truths = amounts("5.979 billion yuan"), [5979400000.0]
    for said in ("5,979.4 million yuan", "5.98 billion yuan", "5.9794 billion yuan", "6 billion yuan"):
        assert same(old, amounts(said)[0], truths), said
    for said in ("5.979 million yuan", "5.97 billion yuan", "5.9799 billion yuan", "-5.979 billion yuan", "5.979%"):
        assert not same(old, amounts(said)[0], truths), said
    assert same(amounts("59.79亿元")[0], amounts("597,940万元")[0], truths)


def forged(content: bytes, changes: Mapping[str, Change]) -> bytes:
    """The package with some of its parts changed as text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            said = old.read(name)
            for change in (one for part, one in changes.items() if re.fullmatch(part, name)):
                said = change(said.decode("utf-8")).encode("utf-8")
            new.writestr(name, said)
    assert out.getvalue() != content
    return out.getvalue()


@pytest.mark.parametrize(("kind", "every"), [("docx", DOCX), ("pptx", PPTX), ("xlsx", XLSX)])
def test_what_a_forger_does_inside_a_package_is_told(kind: str, every: Forged) -> None:
    content = made(kind, "en")
    missed = [name for name, changes in every.items()
              if not any(one.grave for one in told(forged(content, changes), kind, "en"))]  # fmt: skip
    assert missed == []


def test_what_a_forger_does_inside_a_page_is_told() -> None:
    page = made("html", "en").decode("utf-8")
    changed_ = {name: change(page) for name, change in HTML.items()}
    assert [name for name, said in changed_.items() if said == page] == []
    missed = [name for name, said in changed_.items() if not told(said.encode("utf-8"), "html", "en")]
    assert missed == []


@pytest.mark.parametrize("painted", [b"60 600 300 20 re f", b"60 600 m 360 600 l 360 620 l 60 620 l f"])
def test_what_is_painted_over_a_page_is_told(painted: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made("pdf", "en"))))
    contents, over = writer.pages[0].get_contents(), DecodedStreamObject()
    assert contents is not None
    over.set_data(contents.get_data() + b" q 1 1 1 rg " + painted + b" Q")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(over)
    out = io.BytesIO()
    writer.write(out)
    assert [one.kind for one in told(out.getvalue(), "pdf", "en")] == ["drawing"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_written_in_another_unit_as_a_whole_is_the_same(lang: str) -> None:
    """Its head and all its numbers; with one of them left as it was it is not."""
    scale, words_ = (1000, ("billion", "million")) if lang == "en" else (10000, ("亿元", "万元"))
    for left in (False, True):
        file = opened(made("docx", lang), "docx")
        head = next(piece for piece in file.pieces if piece.row is not None and words_[0] in piece.text)
        table = head.row.getparent()
        for piece in [one for one in file.pieces if one.row is not None and one.row.getparent() is table]:
            if piece.text.replace(".", "").isdigit() and not (left and piece.text == file.pieces[-1].text):
                piece.put(f"{float(piece.text) * scale:,.0f}")
                if left:
                    break
        head.put(head.text.replace(*words_))
        found = told(file.save(), "docx", lang)
        assert {one.verdict for one in found} == ({"changed"} if left else {"otherwise"})


needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")


def office(content: bytes, kind: str, to: str, folder: Path) -> bytes:
    """A file that LibreOffice has saved or printed."""
    fonts = folder / ".fonts"
    fonts.mkdir(exist_ok=True)
    for font in FONTS.glob("*.ttf"):
        shutil.copy(font, fonts)
    (folder / f"given.{kind}").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / f"given.{kind}")], check=True, capture_output=True, timeout=120,
                   env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})  # fmt: skip
    return (folder / "out" / f"given.{to}").read_bytes()


@pytest.mark.long
@needs_office
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_a_file_that_libreoffice_has_saved_is_checked_like_any(kind: str, lang: str, tmp_path: Path) -> None:
    assert told(office(made(kind, lang), kind, kind, tmp_path), kind, lang) == ()
    file = opened(made(kind, lang), kind)
    file.at(MARK[lang]).drop()
    found = told(office(file.save(), kind, kind, tmp_path), kind, lang)
    assert found
    assert {one.verdict for one in found} == {"dropped"}


@pytest.mark.long
@needs_office
@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_a_pdf_printed_from_a_file_is_compared_by_its_text(kind: str, tmp_path: Path) -> None:
    found = whole(office(made(kind, "en"), kind, "pdf", tmp_path), "pdf", made_up())
    assert (found.seal, [one for one in found.differences if one.grave]) == ("missing", [])
    file = opened(made(kind, "en"), kind)
    piece = file.at("was a rise of")
    piece.put(piece.text.replace("was a rise of", "was a fall of"))
    found = whole(office(file.save(), kind, "pdf", tmp_path), "pdf", made_up())
    assert not found.intact
    if kind != "xlsx":  # There a sentence is broken wherever its cell is.
        assert [one.change and one.change.kinds[0] for one in found.differences] == ["direction"]
