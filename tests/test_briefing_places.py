"""Every place that ranks count stands in the annex, with what it is ranked by and what makes it comparable."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from briefings import AT, QUERIES, spent, store
from docx import Document as read_docx
from openpyxl import load_workbook
from panels import HERE, figure
from pptx import Presentation

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.check.verdict import current
from xinfo.briefing.document import Document, Exhibit, Paragraph
from xinfo.briefing.files import render
from xinfo.briefing.files.wide import split, widths
from xinfo.briefing.fill import fill
from xinfo.briefing.form import from_form, to_form
from xinfo.briefing.model import Account, Ask, Briefing, Section
from xinfo.language.unbroken import headed

SIZES = {"city1": 5.1e10, "xining": 1e11, "city2": 1.9e11, "city3": 1.2e11, "city4": 2.1e11}
"""GDP; of city5 there is none, of city6 nothing else."""
QUESTION = "Information consumption of Xining in 2015"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return opened_with(tmp_path_factory.mktemp("places"), {})


def opened_with(folder: Path, made_up: dict[str, float]) -> Workspace:
    """Pilots around Xining with their GDP; that of `made_up` places is a demonstration figure."""
    head, *places = (HERE / "place.csv").read_text(encoding="utf-8").splitlines()
    xining = next(line for line in places if line.startswith("xining,"))
    alike = [xining.replace("xining,Xining,西宁市", f"city{n},City {n},{n}号市") for n in range(1, 7 + len(made_up))]
    lines = [f"{xining},high", *(f"{line},{'low' if '1' in line[:6] else 'high'}" for line in alike)]
    (folder / "data").mkdir()
    (folder / "data" / "place.csv").write_text("\n".join([f"{head},confidence", *lines]), encoding="utf-8")
    given = [figure("gdp", "2014", size, {"place": place, "source": "new"}) for place, size in SIZES.items()]
    given += [
        figure("gdp", "2014", size, {"place": place, "source": "new", "status": "illustrative"})
        for place, size in made_up.items()
    ]
    given += [spent(place, "2015", 1e10 + at * 1e9) for at, place in enumerate([*SIZES, "city5", *made_up])]
    given += [figure("gdp", "2014", 1.1e11, {"place": "city6", "source": "new"})]
    return open_workspace(store(folder, given=given), QUERIES)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same with one place more, whose GDP is made up."""
    return opened_with(tmp_path_factory.mktemp("made_up"), {"city7": 9e10})


def filled(opened: Workspace, lang: str = "en") -> Document:
    top = Ask("top", "The two pilots with the highest information consumption in 2015", ("sentence", "chart"))
    items = (Account("level", QUESTION, ("level", "rank", "comparable")), top)
    of = Briefing("places", {"en": "Places"}, "en", (Section({"en": "A"}, items),), place="xining", period="2015")
    return fill(of, opened, lang, made=AT, author="")


def table(document: Document) -> tuple[Exhibit, list[list[str]]]:
    [exhibit] = document.annexed
    assert exhibit.table
    return exhibit, [[run.text for run in row] for row in exhibit.table.rows]


def test_the_table_has_every_place_its_figures_ranks_and_what_makes_it_comparable(opened: Workspace) -> None:
    exhibit, rows = table(filled(opened))
    assert exhibit.table
    assert exhibit.table.columns == (
        "Pilot", "Confirmed as pilot", "Information consumption, 2015 (billion yuan)", "Rank",
        "GDP, 2014 (billion yuan)", "Rank among comparable pilots",
    )  # fmt: skip
    assert rows == [
        ["City 5", "yes", "15", "1", "–", ""],
        ["City 4", "yes", "14", "2", "210", ""],
        ["City 3", "yes", "13", "3", "120", "1"],
        ["City 2", "yes", "12", "4", "190", "2"],
        ["Xining", "yes", "11", "5", "100", "3"],
        ["City 1", "no", "10", "6", "51", "4"],
        ["City 6", "yes", "–", "–", "110", ""],
    ]
    assert exhibit.table.own == (4,)
    assert exhibit.cautions == (
        "Comparable are the prefecture-level cities with GDP in 2014 from half to double that of Xining; the table "
        "gives it for all prefecture-level cities listed.",
        "Left out of the comparison for want of GDP in 2014: City 5.",
        "Source of GDP in 2014: Yearbook 2016.",
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Xining ranked 5th, and 5th of the 5 confirmed as pilots (no figure for City 6)",
                "it ranked 3rd of the 4, and 3rd of the 3 confirmed as pilots",
                "The pilots of this paper are the 7 listed in the annex, 1 of them not confirmed")),
        ("zh", ("居第5位，在已核实的5个试点中居第5位（6号市无数据）", "在4个中居第3位，在已核实的3个试点中居第3位",
                "本文所称试点为附件所列7个")),
    ],
)  # fmt: skip
def test_ranks_are_told_without_the_unconfirmed_too_and_who_has_no_figure_once(
    lang: str, said: tuple[str, ...], opened: Workspace
) -> None:
    told = "\n".join(one.text for one in filled(opened, lang).blocks() if isinstance(one, Paragraph))
    assert [one for one in said if one not in told] == []
    assert told.count({"en": "no figure for City 6", "zh": "6号市无数据"}[lang]) == 1


@pytest.mark.parametrize(
    ("lang", "said", "noted"),
    [
        ("en", ("not counted, though of that size: City 7 as its GDP is not a published figure",
                "City 6 as it has no figure"), "as their GDP in 2014 is not a published figure: City 7."),
        ("zh", ("规模相当的7号市因地区生产总值不是公开发布的数据", "6号市因无数据，未计入"),
         "因2014年地区生产总值不是公开发布的数据而未参与比较的有：7号市。"),
    ],
)  # fmt: skip
def test_places_of_that_size_that_are_not_counted_are_named_with_the_reason(
    lang: str, said: tuple[str, ...], noted: str, made_up: Workspace
) -> None:
    document = filled(made_up, lang)
    told = "\n".join(one.text for one in document.blocks() if isinstance(one, Paragraph))
    assert [one for one in said if one not in told] == []
    [exhibit] = document.annexed
    assert any(noted in one for one in exhibit.cautions)


def test_the_figures_of_the_table_have_their_passports_and_are_asked_anew(opened: Workspace) -> None:
    document = filled(opened)
    assert {f"top.{at}" for at in range(1, 7)} | {"places_size.1"} <= document.figures.keys()
    assert current(document, opened) == pytest.approx({name: one.value for name, one in document.figures.items()})
    assert from_form(to_form(document)) == document


def test_what_ranks_nothing_has_no_table(opened: Workspace) -> None:
    of = Briefing("none", {"en": "None"}, "en", (Section({}, (Account("a", QUESTION, ("level",)),)),), place="xining")
    document = fill(of, opened, "en", made=AT, author="")
    assert document.annexed == ()
    assert "annexed" not in to_form(document)


def test_every_format_has_the_table(opened: Workspace) -> None:
    document = filled(opened)
    _, rows = table(document)
    word = read_docx(io.BytesIO(render(document, "docx")))
    assert [[cell.text for cell in row.cells] for row in word.tables[-1].rows][1:] == rows
    deck = Presentation(io.BytesIO(render(document, "pptx")))
    shown = [shape.table for slide in deck.slides for shape in slide.shapes if shape.name == "table:places"]
    assert [[cell.text.strip() for cell in row.cells] for one in shown for row in [*one.rows][1:]] == rows
    book = load_workbook(io.BytesIO(render(document, "xlsx")))
    sheet = book["Annex table 1"]
    assert sheet.sheet_state == "visible"
    assert ["Xining", "yes", 11, 5, 100, 3] in [[*line] for line in sheet.iter_rows(max_col=6, values_only=True)]
    assert "Left out of the comparison" in render(document, "html").decode("utf-8")


def test_a_wide_table_has_columns_by_what_they_hold_and_parts_for_slides(opened: Workspace) -> None:
    [exhibit] = filled(opened).annexed
    assert exhibit.table
    parts = widths(exhibit.table)
    assert sum(parts) == pytest.approx(1)
    assert parts[2] > parts[3], "the head of a rank is short"
    long = exhibit.table.rows * 5
    pages = split(type(exhibit.table)(exhibit.table.columns, exhibit.table.numeric, long))
    assert tuple(row for page in pages for row in page.rows) == long
    assert max(len(page.rows) for page in pages) - min(len(page.rows) for page in pages) <= len(pages)


def test_where_places_lie_in_several_regions_the_table_says_in_which(tmp_path: Path) -> None:
    given = [spent(place, "2015", size) for place, size in (("xining", 1e10), ("beijing", 2e10))]
    document = filled(open_workspace(store(tmp_path, given=given), QUERIES))
    exhibit, rows = table(document)
    assert exhibit.table
    assert exhibit.table.columns[:2] == ("Pilot", "Region")
    assert [row[:2] for row in rows if row[0] in ("Beijing", "Xining")] == [["Beijing", "East"], ["Xining", "West"]]


def test_columns_of_any_table_are_as_wide_as_what_they_hold_and_units_in_heads_one_piece(opened: Workspace) -> None:
    word = read_docx(io.BytesIO(render(filled(opened, "zh"), "docx")))
    head = word.tables[-2].rows[0].cells
    assert len({cell.width for cell in head}) > 1
    assert any(headed("（亿元）") in cell.text for cell in head)


def test_a_chart_writes_its_figures_as_the_text_does_in_every_format(tmp_path: Path) -> None:
    sizes = {"beijing": 10.712e9, "suzhou-jiangsu": 8.89e9, "xining": 7.8972e9}
    here = open_workspace(store(tmp_path, given=[spent(one, "2015", n) for one, n in sizes.items()]), QUERIES)
    top = Ask("top", "The three pilots with the highest information consumption in 2015")
    document = fill(
        Briefing("top", {"en": "Top"}, "en", (Section({"en": "A"}, (top,)),), place="xining"),
        here,
        "en",
        made=AT,
        author="",
    )
    [exhibit] = document.exhibits()
    assert exhibit.chart
    assert exhibit.table
    assert [one["said"] for one in exhibit.chart.spec["data"]["values"]] == [
        "10.71 billion yuan", "8.89 billion yuan", "7.90 billion yuan",
    ]  # fmt: skip
    assert [row[-1].text for row in exhibit.table.rows] == ["10.71", "8.89", "7.90"]
    assert "7.90 billion yuan" in "".join(one.text for one in document.blocks() if isinstance(one, Paragraph))
    deck = Presentation(io.BytesIO(render(document, "pptx")))
    [chart] = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert chart.plots[0].data_labels.number_format == "#,##0.00"
    book = load_workbook(io.BytesIO(render(document, "xlsx")))
    every = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert 8.89 in every
    assert [one for one in every if isinstance(one, float) and len(repr(one)) > 15] == []
    assert all(sheet.print_area for sheet in book.worksheets if sheet.sheet_state == "visible")
