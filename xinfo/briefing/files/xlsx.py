"""XLSX: the text, every exhibit as a table with a native chart, then each figure with its sources and its SQL.

The seal is on a sheet that is not shown.
"""

from __future__ import annotations

import io
import json
import math
import re
from itertools import count
from typing import Any

import xlsxwriter

from xinfo.answer.cells import CELL_LIMIT, clean
from xinfo.answer.marks import text_width
from xinfo.briefing.annex import sources
from xinfo.briefing.check.seal import PASSPORT
from xinfo.briefing.document import Figure, Paragraph, Run
from xinfo.briefing.files.look import ACCENT, MUTED, WARNING, Step
from xinfo.briefing.files.properties import author, moment
from xinfo.briefing.files.wide import is_wide
from xinfo.briefing.files.xlsx_chart import NATIVE, ROW, Shortest, draw
from xinfo.briefing.layout import Chapter, Layout, Shown
from xinfo.language.numbers import scale_of
from xinfo.language.texts import text

WIDE = 72
DIGITS = 12
"""Of a figure in full: what calculating leaves behind them says nothing."""
WIDTH = 760
"""Pixels of the columns that are printed."""


def to_xlsx(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as a workbook, with its seal."""
    out, quiet = io.BytesIO(), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    document = layout.document
    with xlsxwriter.Workbook(out, quiet) as book:
        book.set_properties({"title": clean(document.title), "author": author(layout),
                             "comments": layout.mark, "created": moment(document.made),
                             "keywords": layout.mark_of_content})  # fmt: skip
        book.set_custom_property("xinfo store", document.store or "–")
        writer = _Writer(book, layout)
        writer.reading()
        chapters = (*layout.chapters, *layout.back)
        exhibits = [one for chapter in chapters for one in chapter.elements if isinstance(one, Shown)]
        for at, shown in enumerate(exhibits):
            step(shown.exhibit.title, at / len(exhibits))
            writer.exhibit(shown)
        writer.figures()
        writer.queries()
        _enclose(book, seal)
    return out.getvalue()


class _Writer:
    """The book's formats, and the titles of sheets given so far."""

    def __init__(self, book: Any, layout: Layout):
        self.book, self.layout, self.lang = book, layout, layout.lang
        self._titles: set[str] = set()
        made = book.add_format
        self.head = made({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.big = made({"bold": True, "font_size": 16, "text_wrap": True, "font_color": f"#{ACCENT}"})
        self.title = made({"bold": True, "font_size": 12, "text_wrap": True, "font_color": f"#{ACCENT}"})
        self.wrap = made({"text_wrap": True, "valign": "top"})
        self.own = made({"text_wrap": True, "valign": "top", "bold": True})
        self.small = made({"text_wrap": True, "valign": "top", "font_color": f"#{MUTED}", "font_size": 9})
        self.warning = made({"bold": True, "font_color": f"#{WARNING}"})

    def sheet(self, title: str, columns: tuple[int, ...]) -> tuple[Any, int]:
        """A new sheet fit to print, and its first free row: the mark stands above."""
        name = re.sub(r"[\[\]:*?/\\']", " ", title)[:28].strip() or "–"
        free = next(one for at in count(1) if (one := name if at == 1 else f"{name} {at}").lower() not in self._titles)
        self._titles.add(free.lower())
        sheet = self.book.add_worksheet(free)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&C{self.layout.state.replace('&', '&&')} · &P / &N")
        for at, width in enumerate(columns):
            sheet.set_column(at, at, width)
        if not self.layout.mark:
            return sheet, 0
        sheet.set_header(f'&C&"-,Bold"&K{WARNING}{self.layout.mark.replace("&", "&&")}')
        sheet.write_string(0, 0, self.layout.mark, self.warning)
        return sheet, 1

    def reading(self) -> None:
        """The text of the briefing, as it is read."""
        layout = self.layout
        sheet, row = self.sheet(text("brief.sheet.text", self.lang), (WIDE,))
        lines = [(one, self.small) for one in layout.letter.above]
        lines += [(layout.document.title, self.big), (f"{layout.state} · {layout.head}", self.small)]
        lines += [(one, self.warning) for one in layout.document.disagreements]
        lines += [(layout.letter.recipient, self.wrap)] if layout.letter.recipient else []
        lines += [line for chapter in layout.chapters for line in self._chapter(chapter)]
        lines += [(said, self.warning if one.void else self.wrap) for one, said in layout.signatures]
        lines += [(one, self.wrap) for one in layout.letter.closing]
        lines += [("", self.wrap), (layout.annex, self.big)]
        lines += [line for chapter in layout.back for line in self._chapter(chapter)]
        for said, style in lines:
            sheet.write_string(row, 0, clean(said), style)
            row += 1
        sheet.print_area(0, 0, row - 1, 0)

    def _chapter(self, chapter: Chapter) -> list[tuple[str, Any]]:
        """The text of a section, and what its charts and tables are about."""
        lines = list[tuple[str, Any]]()
        for one in chapter.elements:
            if isinstance(one, Paragraph):
                lines.append((one.text, self.small if one.kind == "caution" else self.wrap))
            elif caption := one.table_caption or one.chart_caption:
                lines.append(("  ".join(caption), self.small))
        return [("", self.wrap), (chapter.title, self.title), *lines]

    def exhibit(self, shown: Shown) -> None:
        exhibit, caption = shown.exhibit, shown.table_caption or shown.chart_caption
        table, chart = exhibit.table, exhibit.chart
        label, title = caption or ("", exhibit.title)
        wide = table is not None and is_wide(table)
        last_column = len(table.columns) - 1 if table and wide else 5
        sheet, row = self.sheet(label, (30, *[14 if wide else 18] * max(last_column, 6)))
        if wide:
            sheet.set_landscape()
        self._wide(sheet, row, f"{label}  {title}", self.title, 12, last_column)
        row += 2
        if table:
            for at, one in enumerate(table.columns):
                sheet.write_string(row, at, clean(one), self.head)
            for number, line in enumerate(table.rows):
                row += 1
                for at, run in enumerate(line):
                    self._cell(sheet, row, at, run, table.numeric[at], number in table.own)
            row += 2
        for said in shown.below:
            self._wide(sheet, row, said, self.small, 9, last_column)
            row += 1
        last = row
        if chart and chart.kind in NATIVE:
            last = row + 2 + draw(self.book, sheet, row + 1, exhibit, chart, self.layout) // ROW
        # The chart's own block of figures stands beside it, and is not printed.
        sheet.print_area(0, 0, last, last_column)

    def _wide(self, sheet: Any, row: int, said: str, style: Any, size: int, last: int) -> None:
        """A text over all columns, in a row as high as it needs: no program finds the height of joined cells."""
        lines = math.ceil(text_width(said) * size / 12 / WIDTH)
        sheet.set_row(row, lines * size * 1.45)
        sheet.merge_range(row, 0, row, last, clean(said), style)

    def _cell(self, sheet: Any, row: int, at: int, run: Run, numeric: bool, own: bool) -> None:
        """A number as a number, rounded as everywhere."""
        plain = run.text.replace(",", "")
        if not numeric or not re.fullmatch(r"-?\d+(\.\d+)?", plain):
            sheet.write_string(row, at, clean(run.text), self.own if own else self.wrap)
            return
        decimals = len(plain.partition(".")[2])
        shown = {"num_format": "#,##0" + ("." + "0" * decimals if decimals else ""), "bold": own}
        style = self.book.add_format(shown)
        sheet.write_number(row, at, Shortest(plain), style)

    def figures(self) -> None:
        """Each figure with its passport in words."""
        sheet, row = self.sheet(text("brief.sheet.figures", self.lang), (20, 34, 16, 12, 22, 14, 16, 24, 40, 20))
        names = ("id", "label", "written", "unit", "value", "period", "status", "methods", "sources", "second")
        sheet.set_landscape()
        for at, name in enumerate(names):
            sheet.write_string(row, at, text(f"brief.column.{name}", self.lang), self.head)
        for figure in self.layout.document.figures.values():
            row += 1
            for at, cell in enumerate(self._figure(figure)):
                if isinstance(cell, float):
                    sheet.write_number(row, at, Shortest(f"{cell:.{DIGITS}g}"))
                elif cell:
                    sheet.write_string(row, at, clean(cell), self.wrap)
        self._printed(sheet, row, len(names) - 1)

    def _figure(self, figure: Figure) -> tuple[str | float | None, ...]:
        document, comma = self.layout.document, text("list.comma", self.lang)
        statuses = comma.join(text(f"status.{one}", self.lang) for one in figure.statuses)
        cited = "; ".join(sources([one for one in figure.sources if one in document.sources], document))
        return (figure.id, figure.label, figure.written, _unit(figure.unit, self.lang), figure.value, figure.period,
                statuses, comma.join(figure.methods), cited, figure.second)  # fmt: skip

    def queries(self) -> None:
        """What was asked for the figures, with the SQL and its parameters."""
        sheet, row = self.sheet(text("brief.sheet.queries", self.lang), (20, 50, 20, 14, 80, 60))
        sheet.set_landscape()
        for at, name in enumerate(("id", "question", "template", "loaded", "sql", "parameters")):
            sheet.write_string(row, at, text(f"brief.column.{name}", self.lang), self.head)
        for query in self.layout.document.queries.values():
            row += 1
            told = (query.id, query.question, f"{query.template} {query.version}", query.loaded, query.sql,
                    json.dumps(query.params, ensure_ascii=False))  # fmt: skip
            for at, cell in enumerate(told):
                sheet.write_string(row, at, clean(cell), self.wrap)
        self._printed(sheet, row, 3)  # SQL is for who runs it.

    def _printed(self, sheet: Any, last: int, columns: int) -> None:
        """A list whose head stands on every page, and above what is scrolled."""
        head = 1 if self.layout.mark else 0
        sheet.freeze_panes(head + 1, 1)
        sheet.repeat_rows(head)
        sheet.print_area(0, 0, last, columns)


def _unit(unit: str | None, lang: str) -> str:
    """The unit of a value as it is stored, in words; none of a bare number."""
    return text("brief.ratio", lang) if unit == "ratio" else scale_of(0, unit, lang)[1]


def _enclose(book: Any, seal: str) -> None:
    """In pieces, as a cell holds no more."""
    sheet = book.add_worksheet(PASSPORT)
    for at in range(0, len(seal), CELL_LIMIT):
        sheet.write_string(at // CELL_LIMIT, 0, seal[at : at + CELL_LIMIT])
    sheet.very_hidden()
