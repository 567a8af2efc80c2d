"""An answer as a file: CSV, XLSX and PNG as bytes. Each says what was asked, how sure it is and where it comes from.

Text from questions, files and templates is text: never a formula, a link or a control character in a spreadsheet.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert
import xlsxwriter

from xinfo.answer.answer import Answer
from xinfo.answer.cells import clean, csv_of, guarded
from xinfo.answer.picture import picture, small
from xinfo.answer.rows import plain
from xinfo.answer.shown import Shown, shown
from xinfo.errors import InputError
from xinfo.language.texts import text
from xinfo.shares import DRAWINGS
from xinfo.store.standing import standing_of

FONTS = Path(__file__).parent / "fonts"
VEGA_LITE = "6.4"


def to_csv(answer: Answer) -> bytes:
    """The rows with names, statuses and sources, as they are read and in base units; below, what one has to know."""
    columns = in_file(answer, every=True)
    head = [[column.title for column in columns]] if answer.rows else []
    return csv_of([*head, *zip(*map(_plain, columns), strict=True), [], *about(answer)])


@DRAWINGS.shared
def to_xlsx(answer: Answer) -> bytes:
    """A workbook with the figures, in readable units and in base ones, and a sheet about them."""
    lang, out = answer.reading.lang, io.BytesIO()
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, quiet) as book:
        # A fixed date keeps the same answer the same file.
        book.set_properties({"title": clean(answer.reading.sentence), "created": datetime(2000, 1, 1)})
        _figures(book, book.add_worksheet(text("export.figures", lang)), answer)
        _about(book, book.add_worksheet(text("export.about", lang)), answer)
    return out.getvalue()


@DRAWINGS.shared
def to_png(answer: Answer, scale: float = 2) -> bytes:
    """The chart as a picture on white, with its source line; InputError where there is no chart or no font for it."""
    if answer.chart is None:
        raise InputError(answer.chart_reason)
    register_fonts()
    return vl_convert.vegalite_to_png(picture(answer), vl_version=VEGA_LITE, scale=scale)


FILES: dict[str, tuple[Callable[[Answer], bytes], str]] = {
    "csv": (to_csv, "text/csv"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "png": (to_png, "image/png"),
}
"""By ending: what makes the bytes, and their kind."""


@DRAWINGS.shared
def to_thumbnail(answer: Answer, theme: str) -> bytes:
    """The chart alone, small, in a theme; InputError where the answer has none."""
    if answer.chart is None:
        raise InputError(answer.chart_reason)
    register_fonts()
    return vl_convert.vegalite_to_png(small(answer.chart, theme), vl_version=VEGA_LITE, scale=1)


def in_file(answer: Answer, every: bool = False) -> list[Shown]:
    """The table as it is shown, or `every` column, then each amount once more in its base unit."""
    columns = [column for column in shown(answer, every) if column.name != "unit" or _mixed(answer)]
    for column in answer.columns:
        if column.unit in ("yuan", "count") and any(c.name == column.name and c.title != column.label for c in columns):
            title = text("export.in_base_unit", answer.reading.lang, label=column.label, unit=column.unit)
            columns.append(Shown(column.name, title, column.unit, tuple(row.get(column.name) for row in answer.rows)))
    return columns


def _mixed(answer: Answer) -> bool:
    """Whether the rows are in several units, so that no title can say theirs."""
    return len({row.get("unit") for row in answer.rows}) > 1


def _plain(column: Shown) -> list[Any]:
    """The cells for programs: numbers as they are rounded for people, without commas."""
    told = zip(column.cells, column.said, strict=True)
    return [float(said.replace(",", "")) if isinstance(cell, int | float) else guarded(cell) for cell, said in told]


def about(answer: Answer) -> list[tuple[str, str]]:
    """What stands beside the figures in every file: label and text, one line each."""
    lang, reading = answer.reading.lang, answer.reading
    pairs = [("question", reading.question), ("reading", reading.sentence), ("answer", answer.headline)]
    pairs += [("caveats", caveat) for caveat in answer.caveats]
    pairs += [("statuses", told_of(mark, answer)) for mark in answer.statuses]
    pairs += [("methods", method) for method in answer.methods]
    pairs += [("sources", " · ".join(filter(None, (s.title, s.publisher, s.published, s.url)))) for s in answer.sources]
    pairs.append(("template", f"{reading.template.template_id} {reading.template.version}"))
    pairs += [("sql", answer.sql), ("parameters", _as_text(answer.params)), ("fingerprint", answer.fingerprint)]
    return [(text(f"export.{name}", lang), said) for name, said in pairs]


def told_of(mark: str, answer: Answer) -> str:
    """What figures are, and who loaded them where nobody has confirmed that."""
    said = text(f"status.{mark}", answer.reading.lang)
    if standing_of(mark) != "unconfirmed" or not answer.uploaders:
        return said
    return text("export.uploaded", answer.reading.lang, status=said, who=answer.uploaders)


def _figures(book: xlsxwriter.Workbook, sheet: Any, answer: Answer) -> None:
    """The table as it is shown, then each amount once more in its base unit."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    styles = cache(lambda decimals: book.add_format({"num_format": f"#,##0.{'0' * decimals}".removesuffix(".")}))
    for at, column in enumerate(in_file(answer)):
        sheet.write_string(0, at, clean(column.title), head)
        sheet.set_column(at, at, 22)
        for row, (cell, said) in enumerate(zip(column.cells, column.said, strict=True), start=1):
            if isinstance(cell, (int, float)):
                sheet.write_number(row, at, cell, styles(len(said.partition(".")[2])))
            elif cell:
                sheet.write_string(row, at, clean(cell))
    sheet.freeze_panes(1, 0)


def _about(book: xlsxwriter.Workbook, sheet: Any, answer: Answer) -> None:
    """The facts about the figures, and the sources' addresses as links that were checked to be web addresses."""
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for row, (label, said) in enumerate(about(answer)):
        sheet.write_string(row, 0, clean(label), bold)
        sheet.write_string(row, 1, clean(said), wrap)
    links = [source.url for source in answer.sources if re.match(r"https?://[^\s]+$", source.url or "")]
    for row, url in enumerate(links, start=len(about(answer)) + 1):
        sheet.write_url(row, 1, clean(url)[:2000], string=clean(url)[:255])


def _as_text(params: dict[str, Any]) -> str:
    return json.dumps({name: plain(value) for name, value in params.items()}, ensure_ascii=False)


@cache
def register_fonts() -> None:
    """Once a process. Raises InputError where the fonts are missing: Chinese would come out as boxes."""
    if not any(FONTS.glob("*.ttf")):
        raise InputError(f"the fonts that come with xinfo are missing from {FONTS}; install xinfo again")
    vl_convert.register_font_directory(str(FONTS))
