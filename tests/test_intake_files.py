"""Files as officials have them, nasty ones too: which become a grid, and which are refused with what words."""

from __future__ import annotations

import codecs
import datetime
import random
import warnings
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import bombs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import workbook, zipped

from xinfo.errors import InputError
from xinfo.intake import files
from xinfo.intake.files import unread
from xinfo.intake.files import workbook as sheets
from xinfo.intake.grid import Area, Grid, Note
from xinfo.intake.tables import reader_notes

TABLE = [["地区", "2014年", "备注"], ["西宁市", "65.52", "初步，未审"], ["海淀区", "1,234", ""]]
ENCODINGS = {
    # name -> codec, byte order mark
    "UTF-8": ("utf-8", b""),
    "UTF-8 with BOM": ("utf-8", codecs.BOM_UTF8),
    "UTF-16 LE": ("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16 BE": ("utf-16-be", codecs.BOM_UTF16_BE),
    "UTF-16 LE without BOM": ("utf-16-le", b""),
    "UTF-16 BE without BOM": ("utf-16-be", b""),
    "UTF-32 LE": ("utf-32-le", codecs.BOM_UTF32_LE),
    "GBK": ("gbk", b""),
    "GB18030": ("gb18030", b""),
}


def saved(folder: Path, content: bytes | str, name: str = "表.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def table(path: Path) -> Grid:
    [grid] = files.read(path)
    return grid


def cells(path: Path) -> list[list[str]]:
    return [list(row) for row in table(path).rows]


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        files.read(path)
    assert str(caught.value).startswith(path.name)
    return str(caught.value)


def grid_or_refusal(path: Path) -> str:
    """What was said, or how many grids there are; any other error comes through."""
    try:
        return f"{len(files.read(path))} grid"
    except InputError as error:
        return str(error)


def written(delimiter: str, line_end: str = "\r\n") -> str:
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in TABLE]
    return line_end.join(delimiter.join(row) for row in quoted) + line_end


WANTED = [*TABLE[:2], TABLE[2][:2]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_in_any_encoding_parted_by_anything_is_the_same_table(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    codec, mark = ENCODINGS[encoding]
    grid = table(saved(tmp_path, mark + written(delimiter).encode(codec)))
    assert (grid.rows, grid.sheet, grid.file) == (WANTED, None, "表.csv")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_as_utf8_gives_the_same_rows_in_utf8_with_commas(tmp_path: Path, encoding: str, delimiter: str) -> None:
    codec, mark = ENCODINGS[encoding]
    source = saved(tmp_path, mark + written(delimiter).encode(codec))
    (folder := tmp_path / "copies").mkdir()
    copy = files.as_utf8(source, folder)
    assert (copy == source) == (codec == "utf-8" and delimiter == ",")
    assert copy.name == source.name
    copy.read_bytes().decode("utf-8")
    assert table(copy).rows == WANTED
    assert Note("delimiter", {"sign": "commas"}) in table(copy).notes


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_lines_end_as_on_any_machine(tmp_path: Path, line_end: str) -> None:
    assert cells(saved(tmp_path, written(",", line_end))) == WANTED


TEXTS: dict[str, tuple[str, list[list[str]]]] = {
    # what is odd about it -> the text, its rows
    "delimiter declared": ("sep=;\r\na;b,c\r\n1;2\r\n", [["a", "b,c"], ["1", "2"]]),
    "tab declared": ("sep=\t\na\tb,c,d\n1\t2,3,4\n", [["a", "b,c,d"], ["1", "2,3,4"]]),
    "delimiter declared as Excel writes it back": ('"sep=;"\na;b\n', [["a", "b"]]),
    "quotes within quotes": ('a,"say ""x"", y"\n1,2\n', [["a", 'say "x", y'], ["1", "2"]]),
    "line break in quotes": ('a,"b\nc"\n1,2\n', [["a", "b\nc"], ["1", "2"]]),
    "quote in the middle of a cell": ('a,5" tube\n1,2\n', [["a", '5" tube'], ["1", "2"]]),
    "uneven rows": ("a,b,c\n1\n1,2,3,4,5\n", [["a", "b", "c"], ["1"], ["1", "2", "3", "4", "5"]]),
    "blank lines": ("\n\na,b\n\n1,2\n\n\n", [[], [], ["a", "b"], [], ["1", "2"]]),
    "trailing delimiters": ("a,b,,,\n1,2,,,\n,,,,\n", [["a", "b"], ["1", "2"]]),
    "no line end at the end": ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    "title above": ("西宁市统计表\n单位：亿元\n地区;一季度;二季度\n西宁;1,5;2,5\n", []),
    "commas as decimals": ("地区;值\n西宁;1,5\n海淀;2,5\n", [["地区", "值"], ["西宁", "1,5"], ["海淀", "2,5"]]),
    "thousands in every row": ("a\t1,234\nb\t5,678\n", [["a", "1,234"], ["b", "5,678"]]),
    "one column": ("地区\n西宁\n", [["地区"], ["西宁"]]),
    "one cell": ("地区", [["地区"]]),
    "semicolons in remarks": ("a,b\n1,x;y\n2,z\n3,w\n", [["a", "b"], ["1", "x;y"], ["2", "z"], ["3", "w"]]),
    "the end sign of DOS": ("a,b\n1,2\n\x1a", [["a", "b"], ["1", "2"]]),
    "blanks at the ends of cells": ("a , b\n", [["a ", " b"]]),
}
TEXTS["title above"] = (
    TEXTS["title above"][0],
    [["西宁市统计表"], ["单位：亿元"], ["地区", "一季度", "二季度"], ["西宁", "1,5", "2,5"]],
)


@pytest.mark.parametrize("what", TEXTS)
def test_an_odd_text_keeps_its_rows_and_their_numbers(tmp_path: Path, what: str) -> None:
    text, rows = TEXTS[what]
    assert cells(saved(tmp_path, text)) == rows


def test_gbk_with_rare_characters_is_read(tmp_path: Path) -> None:
    text = "地区,姓名\n西宁,㛃镕喆龑\n湟中,𠀀\n"
    grid = table(saved(tmp_path, text.encode("gb18030")))
    assert [row[1] for row in grid.rows] == ["姓名", "㛃镕喆龑", "𠀀"]
    assert Note("encoding", {"encoding": "GBK (GB18030)"}) in grid.notes


def test_merged_areas_reach_no_further_than_the_cells(tmp_path: Path) -> None:
    path = bombs.merged(tmp_path / "a.xlsx", ["A1:XFD1", "B2:XFD1048576", "C9:XFD1048576"])
    assert path.stat().st_size < 10_000
    grid = table(path)
    assert grid.merged == (Area(0, 0, 0, 1), Area(1, 1, 1, 1))
    assert [grid.filled(0, 1), grid.filled(1, 0), grid.filled(1, 1)] == ["城市", "西宁市", "1065.8"]
    assert grid.area(1, 0) is None


def test_merged_areas_upon_each_other_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_MERGED", 100)
    assert "merged cells that overlap" in refusal(bombs.merged(tmp_path / "a.xlsx", ["A1:B2"] * 40))


def test_how_a_file_was_read_is_told_in_the_language_of_the_page(tmp_path: Path) -> None:
    grid = table(saved(tmp_path, "地区;姓名\n西宁;㛃\n".encode("gb18030")))
    said = {lang: [line.what.text(lang) for line in reader_notes(grid)] for lang in ("en", "zh")}
    assert said["en"] == ["read as GBK (GB18030)", "cells separated by semicolons"]
    assert said["zh"] == ["按GBK (GB18030)编码读取", "单元格以分号分隔"]


def test_a_single_chinese_sign_in_gbk_is_not_taken_for_a_letter(tmp_path: Path) -> None:
    assert cells(saved(tmp_path, "place,unit\nxining,元\n".encode("gbk")))[1] == ["xining", "元"]


def test_letters_of_other_tongues_in_utf8_stay(tmp_path: Path) -> None:
    text = "place,name\nxining,Синин\nharbin,Харбин\nlhasa,Müller\n"
    assert cells(saved(tmp_path, text))[2] == ["harbin", "Харбин"]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_within_a_character_is_refused(tmp_path: Path, codec: str) -> None:
    path = saved(tmp_path, "地区,值\n西宁,12\n西宁".encode(codec)[:-1])
    assert "was cut" in refusal(path)
    with pytest.raises(InputError, match="was cut"):
        files.as_utf8(path, tmp_path)


def test_zero_bytes_are_told_and_never_join_two_numbers(tmp_path: Path) -> None:
    text = "地区,值\n" + "西宁,12\n" * 50 + "西宁,1\x002\n"
    grid = table(saved(tmp_path, text))
    assert grid.rows[-1] == ["西宁", "1\ufffd2"]
    assert Note("zeros", {"count": "1"}) in grid.notes
    assert "was cut: it ends in zero bytes" in refusal(saved(tmp_path, text + "\0" * 4))


def test_a_cell_over_many_lines_is_told(tmp_path: Path) -> None:
    grid = table(saved(tmp_path, 'a,"b\n' + "1,2\n" * 8 + '3,"4\n'))
    assert Note("long_row", {"row": "1", "lines": "10"}) in grid.notes


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
REFUSED: dict[str, tuple[str, bytes, str]] = {
    # what it is -> its name, its bytes, what is said
    "empty": ("a.csv", b"", "the file is empty"),
    "only a byte order mark": ("a.csv", codecs.BOM_UTF8, "the file is empty"),
    "only delimiters": ("a.csv", b",,,\n,,,\n", "the file is empty"),
    "only zero bytes": ("a.csv", bytes(5000), "empty but for zero bytes"),
    "a PNG named .csv": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "a JPEG named .xlsx": ("a.xlsx", b"\xff\xd8\xff\xe0" + bytes(100), "a picture"),
    "a PDF": ("a.pdf", b"%PDF-1.7\n", "a PDF"),
    "a packed file": ("a.csv.gz", b"\x1f\x8b\x08" + bytes(20), "unpack it"),
    "an old workbook": ("a.xls", OLE + "Workbook".encode("utf-16-le"), "Excel 97 to 2003"),
    "an old workbook renamed": ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), "Excel 97 to 2003"),
    "a protected workbook": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old Word document": ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "old Office document"),
    "a web page named .xls": ("a.xls", "<html><table><tr><td>西宁".encode(), "web page or XML"),
    "XML with a BOM": ("a.xls", codecs.BOM_UTF8 + b'<?xml version="1.0"?><Workbook/>', "web page or XML"),
    "random bytes": ("a.csv", b"\x01" + random.Random(1).randbytes(4000), "neither UTF-8 nor GBK"),
    "control bytes": ("a.csv", b"ab\x01\x02\x03\x04" * 100, "binary"),
    "Latin letters of Western Europe": ("a.csv", "place;name\nx;Café\n".encode("cp1252"), "neither UTF-8 nor GBK"),
    "UTF-8 with wrong bytes": ("a.csv", ("西宁市,海淀区\n" * 30).encode() + b"\xff\xfe,1\n", "mostly|most of the file"),
    "a UTF-16 mark before UTF-8": ("a.csv", codecs.BOM_UTF16_LE + b"\xd8\xd8\xd8\xd8", "is not UTF-16"),
    "a quote never closed": ("a.csv", b'a,b\n1,"2\n3,4\n', "row 2: a quote is opened and never closed"),
    "a cell without end": ("a.csv", b'a,"' + b"x" * 200_000 + b'"\n', "row 1: .*quote"),
    "half a zip": ("a.xlsx", b"PK\x03\x04" + bytes(200), "damaged or was cut"),
    "half a Parquet file": ("a.parquet", b"PAR1" + bytes(200), "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_table_is_refused_in_plain_words(tmp_path: Path, what: str) -> None:
    name, content, words = REFUSED[what]
    path = saved(tmp_path, content, name)
    with pytest.raises(InputError, match=words) as caught:
        files.read(path)
    assert str(caught.value).startswith(name)


def test_a_missing_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in refusal(tmp_path / "none.csv")


def test_a_file_with_too_many_cells_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "MOST_CELLS", 100)
    assert "too many" in refusal(saved(tmp_path, "1,2,3\n" * 50))
    assert files.as_utf8(saved(tmp_path, "1,2,3\n" * 50), tmp_path) == tmp_path / "表.csv"
    pq.write_table(pa.table({"a": range(101)}), tmp_path / "a.parquet")
    assert "too many" in refusal(tmp_path / "a.parquet")


Fill = Callable[[xlsxwriter.Workbook], object]


def excel(folder: Path, fill: Fill, name: str = "表.xlsx") -> Path:
    with xlsxwriter.Workbook(folder / name) as book:
        fill(book)
    return folder / name


def test_every_sheet_with_cells_is_a_grid_and_hidden_ones_say_so(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("2013年", "2014年", "底稿", "深藏", "空白"):
            sheet = book.add_worksheet(name)
            if name != "空白":
                sheet.write("B2", name)
        book.get_worksheet_by_name("底稿").hide()
        book.get_worksheet_by_name("深藏").very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=底稿!$B$2:$B$2"})
        book.add_chartsheet("图").set_chart(chart)

    grids = files.read(excel(tmp_path, fill))
    assert [(grid.sheet, grid.hidden) for grid in grids] == [
        ("2013年", False),
        ("2014年", False),
        ("底稿", True),
        ("深藏", True),
    ]
    assert grids[1].text(1, 1) == "2014年"
    assert grids[1].cell(1, 1) == "B2"


def test_merged_headers_below_title_rows_fill_their_cells(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:E1", "西宁市信息消费情况")
        sheet.merge_range("A3:A4", "地区")
        sheet.merge_range("B3:C3", "总量")
        sheet.write_row("B4", ["一季度", "二季度"])
        sheet.write_row("A5", ["西宁市", 1, 2])

    grid = table(excel(tmp_path, fill))
    assert Area(2, 1, 2, 2) in grid.merged
    assert [grid.filled(2, column) for column in range(4)] == ["地区", "总量", "总量", ""]
    assert [grid.filled(3, column) for column in range(4)] == ["地区", "一季度", "二季度", ""]
    assert grid.text(2, 2) == ""
    assert grid.rows[4] == ["西宁市", "1", "2"]


def test_typed_cells_become_the_text_people_know(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row("A1", [2014, 65.52, 0.1 + 0.2, 1e16, 1e-7, -0.0, 12345678901234, True])
        for column, (value, code) in enumerate(
            [(0.153, "0.0%"), (0.07, "0%"), (-0.5, '0%;[Red]-0%;"零"'), (3.2, '0.0"%"'), (0.2, "[$-804]0.00%")]
        ):
            sheet.write_number(1, column, value, book.add_format({"num_format": code}))
        month = book.add_format({"num_format": 'yyyy"年"m"月"'})
        minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_datetime("A3", datetime.datetime(2014, 3, 1), month)
        sheet.write_datetime("B3", datetime.datetime(2014, 3, 1, 8, 30), minute)
        sheet.write_string("C3", "1,234")
        sheet.write_string("D3", "2014")
        sheet.write_rich_string("E3", book.add_format({"bold": True}), "西宁", book.add_format(), "市")

    rows = table(excel(tmp_path, fill)).rows
    assert rows[0] == ["2014", "65.52", "0.3", "10000000000000000", "0.0000001", "0", "12345678901234", "TRUE"]
    assert rows[1] == ["15.3%", "7%", "-50%", "3.2", "20%"]
    assert rows[2] == ["2014-03-01", "2014-03-01 08:30:00", "1,234", "2014", "西宁市"]


def test_formulas_are_marked_and_read_as_their_stored_values(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1+1</f><v>3</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="F1"><f t="shared" si="0"/><v>7</v></c><c r="G1"><v>8</v></c></row>'
        '<row r="2"><c r="A2"><f t="array" ref="A2:B2">C2:D2</f><v>1</v></c><c r="B2"><v>2</v></c>'
        '<c r="C2"><v>5</v></c></row>'
    )
    grid = table(workbook(tmp_path / "a.xlsx", rows))
    assert grid.rows == [["3", "", "", "", "#DIV/0!", "7", "8"], ["1", "2", "5"]]
    assert grid.formulas == {(0, column) for column in range(6)} | {(1, 0), (1, 1)}
    assert grid.notes == (Note("unstored", {"cells": "B1, C1"}),)


def test_a_sheet_of_formulas_that_were_never_worked_out_is_told_and_not_taken_for_empty(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><f>1+1</f></c></row>' for row in range(1, 9))
    grid = table(workbook(tmp_path / "a.xlsx", rows))
    assert grid.rows == []
    assert grid.notes == (Note("unstored", {"cells": "A1, A2, A3, A4, A5 … (+3)"}),)


def test_text_is_read_wherever_a_workbook_keeps_it(tmp_path: Path) -> None:
    strings = (
        '<si><t xml:space="preserve"> 西宁 </t></si><si><r><t>海</t></r><r><t>淀</t></r></si>'
        '<si><t>湟源</t><rPh sb="0" eb="2"><t>huangyuan</t></rPh></si>'
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="D1" t="inlineStr"><is><t>直书</t></is></c><c r="E1" t="str"><v>2014</v></c></row>'
        "<row><c><v>5</v></c><c/><c><v>6</v></c></row>"
    )
    grid = table(workbook(tmp_path / "a.xlsx", rows, strings=strings))
    assert grid.rows == [[" 西宁 ", "海淀", "湟源", "直书", "2014"], ["5", "", "6"]]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_an_error_in_a_cell_stays_as_it_is(tmp_path: Path, error: str) -> None:
    rows = f"""
        <row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>{error}</v>
        </c></row>
        <row r="2"><c r="A2" t="e"><v>{error}</v></c></row> <row r="3"/> text"""
    assert cells(workbook(tmp_path / "a.xlsx", rows)) == [["1", error], [error]]


def test_xml_with_prefixes_is_read_like_any_other(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>', prefix="x")
    assert (cells(path), table(path).formulas) == ([["1"]], {(0, 0)})


def test_dates_of_chinese_excel_are_read(tmp_path: Path) -> None:
    styles = '<xf numFmtId="0"/><xf numFmtId="57"/>'
    rows = '<row r="1"><c r="A1" s="1"><v>41699</v></c><c r="B1" t="d"><v>2014-03-01</v></c></row>'
    assert cells(workbook(tmp_path / "a.xlsx", rows, styles=styles)) == [["2014-03-01", "2014-03-01"]]


def test_what_is_hidden_or_shown_otherwise_than_stored_is_told(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row in range(12):
            sheet.write_row(row, 0, [row, row])
        for row in (2, 3, 4, 8):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column("D:F", None, None, {"hidden": True})
        sheet.write_number("C1", 123456, book.add_format({"num_format": '0!.0,"万元"'}))
        sheet.write_number("C2", 1, book.add_format({"num_format": "[Red]#,##0.00;-#,##0.00"}))

    grid = table(excel(tmp_path, fill))
    assert grid.text(0, 2) == "123456"
    assert grid.notes == (Note("shown", {"cell": "C1", "format": '0!.0,"万元"'}),)
    assert (grid.hidden_rows, grid.hidden_columns) == ("3–5, 9", "D–F")


def test_a_sheet_of_two_hundred_columns_keeps_every_cell(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row in range(30):
            sheet.write_row(row, 0, [row * 200 + column for column in range(200)])

    grid = table(excel(tmp_path, fill))
    assert [list(map(int, row)) for row in grid.rows] == [list(range(row * 200, row * 200 + 200)) for row in range(30)]
    assert grid.cell(29, 199) == "GR30"


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    assert cells(workbook(tmp_path / "a.csv", '<row r="1"><c r="A1"><v>1</v></c></row>')) == [["1"]]


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    path = excel(tmp_path, lambda book: book.add_worksheet().write_row("A1", range(200)))
    whole = path.read_bytes()
    for kept in (30, 400, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:kept])
        assert "damaged or was cut" in refusal(path)
    middle = whole.index(b"xl/worksheets/sheet1.xml") + 60
    path.write_bytes(whole[:middle] + b"\xff" * 40 + whole[middle + 40 :])
    assert "damaged" in refusal(path)
    assert "damaged" in refusal(workbook(path, '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'))
    assert "damaged" in refusal(workbook(path, '<row r="1"><c r="A1">'))


def test_a_zip_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    for part, words in {
        "xl/workbook.bin": ".xlsb",
        "content.xml": "OpenDocument",
        "word/document.xml": "Word",
        "a.csv": "a zip without a workbook",
    }.items():
        assert words in refusal(zipped(tmp_path / "a.xlsx", {part: "x"}))


ROW = '<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>'
TWICE = {
    # what is there twice -> the rows of the sheet, what is said
    "a cell": ('<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>', "sheet S contains the cell A2 twice"),
    "a cell without a name": (
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c><c><v>2</v></c></row>',
        "sheet S contains the cell B2 twice",
    ),
    "a row": (ROW.format(n=3) * 2, "sheet S has two rows with the number 3"),
    "a row out of order": (ROW.format(n=3) + ROW.format(n=4) + ROW.format(n=3), "two rows with the number 3"),
    "a value": ('<row r="1"><c r="C1"><v>1</v><v>2</v></c></row>', "cell C1 of sheet S has two values"),
    "a value as text too": ('<row r="1"><c r="C1" t="inlineStr"><is><t>1</t></is><v>2</v></c></row>', "has two values"),
    "all cells": (f"{ROW.format(n=1)}</sheetData><sheetData>{ROW.format(n=2)}", "sheet S contains its cells twice"),
}


@pytest.mark.parametrize("what", TWICE)
def test_what_a_sheet_gives_twice_is_refused_by_name(tmp_path: Path, what: str) -> None:
    rows, words = TWICE[what]
    assert words in refusal(workbook(tmp_path / "a.xlsx", rows))


@pytest.mark.parametrize("again", ["xl/worksheets/sheet1.xml", "xl/Worksheets/SHEET1.xml", "xl/./workbook.xml"])
def test_a_zip_that_holds_a_part_twice_is_refused_by_name(tmp_path: Path, again: str) -> None:
    path = workbook(tmp_path / "a.xlsx", ROW.format(n=1))
    with zipfile.ZipFile(path, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.writestr(again, "<worksheet/>")
    assert f"the part {again.replace('./', '').lower()} twice" in refusal(path)


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROW.format(n=1))
    parts = {name: text.decode() for name, text in contents(path).items()}
    sheet = '<sheet name="S" sheetId="1" r:id="rId1"/>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(sheet, sheet + sheet.replace('"S"', '"s"'))
    assert "two sheets are called s" in refusal(zipped(path, parts))


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_text_of_comments_alone_is_refused_in_plain_words(tmp_path: Path) -> None:
    assert "every line is a comment" in refusal(saved(tmp_path, "# 2015\n\n  # xining,gdp,1\n"))


ENDS = {
    # a text -> whether its lines end in several ways; what stands in quotes is no end of a line
    'a,"x\ny"\r\n1,2\r\n': False,
    "a,b\r1,2\r": False,
    "a,b\n1,2\r\n": True,
    "a,b\r\n1,2\r": True,
    "a\r\n" * 400_000: False,
    "a\r\n" * 400_000 + "b\n": True,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_that_end_in_several_ways_are_known_and_made_to_end_in_one(tmp_path: Path, encoding: str) -> None:
    (folder := tmp_path / "copies").mkdir()
    for text, mixed in ENDS.items():
        path = saved(tmp_path, text.encode(encoding))
        assert files.mixed_ends(path) is mixed
        if mixed:
            assert b"\r" not in files.as_utf8(path, folder).read_bytes()


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "password" in refusal(path)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert "the file is empty" in refusal(excel(tmp_path, lambda book: book.add_worksheet()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "MOST_BYTES", 10 << 20)
    path = workbook(tmp_path / "a.xlsx", "", before=" " * (11 << 20))
    assert path.stat().st_size < 1 << 20
    assert "too large: 11 MB" in refusal(path)


def test_a_single_cell_at_the_far_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "cells are too many" in refusal(workbook(tmp_path / "a.xlsx", rows))


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = workbook(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>', before=bomb)
    assert "XML entities" in refusal(path)
    reach = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert "XML entities" in refusal(workbook(path, '<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>', before=reach))


def test_parquet_with_typed_columns_becomes_text_below_its_names(tmp_path: Path) -> None:
    pq.write_table(
        pa.table(
            {
                "地区": pa.array(["西宁市", None]).dictionary_encode(),
                "value": [2014.0, float("nan")],
                "exact": pa.array([Decimal("65.5200"), None]),
                "count": pa.array([12, None], pa.int64()),
                "day": [datetime.date(2014, 3, 1), None],
                "at": [datetime.datetime(2014, 3, 1, 8), None],
                "done": [True, None],
                "bytes": pa.array(["海淀".encode(), None], pa.binary()),
            }
        ),
        tmp_path / "a.parquet",
    )
    grid = table(tmp_path / "a.parquet")
    assert grid.sheet is None
    assert [list(row) for row in grid.rows] == [
        ["地区", "value", "exact", "count", "day", "at", "done", "bytes"],
        ["西宁市", "2014", "65.52", "12", "2014-03-01", "2014-03-01 08:00:00", "TRUE", "海淀"],
        [""] * 8,
    ]
    assert grid.cell(1, 1) == "row 2, column 2"


def test_parquet_with_lists_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [[1, 2]]}), tmp_path / "a.parquet")
    assert "column 'a' holds lists" in refusal(tmp_path / "a.parquet")


def test_as_utf8_streams_what_is_larger_than_a_piece(tmp_path: Path) -> None:
    text = "place;value\n" + "西宁市;65,52\n" * 200_000
    (folder := tmp_path / "out").mkdir()
    copy = files.as_utf8(saved(tmp_path, text.encode("gbk")), folder)
    assert copy.read_text(encoding="utf-8").count('西宁市,"65,52"\n') == 200_000


def test_as_utf8_drops_a_line_that_only_declares_the_delimiter(tmp_path: Path) -> None:
    (folder := tmp_path / "out").mkdir()
    copy = files.as_utf8(saved(tmp_path, "sep=,\nplace,value\n西宁,1\n"), folder)
    assert copy.read_text(encoding="utf-8") == "place,value\n西宁,1\n"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    content=st.binary(max_size=200)
    | st.text(max_size=100).map(str.encode)
    | st.text('西宁市地区亿元0123456789,;\t\n"|', max_size=80).flatmap(
        lambda text: st.sampled_from(["gb18030", "utf-16-le", "utf-16", "utf-8-sig"]).map(text.encode)
    )
)
def test_any_bytes_are_a_grid_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    said = grid_or_refusal(saved(tmp_path, content))
    assert said.startswith("表.csv: ") or said.startswith("表.csv, row ") or said == "1 grid"


SHEET = (
    '<row r="1" hidden="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><f t="array" ref="B1:C1">1</f><v>2</v></c></row>'
    '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="s"><v>0</v></c></row>'
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    start=st.integers(0, len(SHEET)),
    length=st.integers(0, 6),
    put=st.text('0123456789AZ<>/"= :-sneb', max_size=8),
)
def test_a_workbook_with_odd_xml_is_a_grid_or_a_refusal(tmp_path: Path, start: int, length: int, put: str) -> None:
    sheet = SHEET[:start] + put + SHEET[start + length :]
    path = workbook(
        tmp_path / "a.xlsx", sheet, strings="<si><t>a</t></si>", styles='<xf numFmtId="9"/><xf numFmtId="10"/>'
    )
    said = grid_or_refusal(path)
    assert said.startswith(("a.xlsx: ", "a.xlsx, sheet 'S': ")) or said == "1 grid"


def test_a_cell_that_names_another_row_is_refused_before_a_reader_makes_room_for_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", '<row r="1"><c r="XFD999999999"><v>1</v></c></row>')
    assert "cell XFD999999999 stands in row 1" in refusal(path)
