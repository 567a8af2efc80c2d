"""Slides and what stands on them: titles, text, native charts and tables. Decides no order and no words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from xinfo.answer.cells import clean
from xinfo.briefing.document import Chart, Exhibit, Table
from xinfo.briefing.files.axes import above, axis, colors, number_format, told, unsure
from xinfo.briefing.files.charts import png
from xinfo.briefing.files.labels import bounded, every_name, labelled
from xinfo.briefing.files.look import ACCENT, INK, MUTED, PALE, SERIES, TAGS, WARNING
from xinfo.briefing.files.wide import is_measured, is_wide, widths
from xinfo.briefing.layout import Layout
from xinfo.language.texts import text

NATIVE = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED_100,
}
MOST_ROWS = 12
"""Of a table on one slide; the rest stands in the notes and in the other files."""
NOTHING = "\u00a0"
"""In a cell that holds nothing, whose line is as high as those of the others."""
SMALL = 9
"""The type of tables of many columns."""
FIELD = "{5B3E6B1A-0C5D-4A53-9C0A-6D2B8E1F7A10}"
"""The id that a field of PowerPoint bears; any will do."""
NAMED = {12: 11, 16: 9}
"""Up to so many bars, the size of their names; of more they are smaller still."""
LEAST = 8


# Neither has types.
_color: Any = RGBColor.from_string
_data: Any = CategoryChartData


class Slides:
    """A deck that slides are added to; the page's measures are the deck's own."""

    def __init__(self, deck: Any, layout: Layout):
        self.deck, self.layout = deck, layout
        self.width, self.height = deck.slide_width, deck.slide_height
        self.margin = int(self.width * 0.055)

    def slide(self, kind: int) -> Any:
        """A slide on the deck's own layout, its empty placeholders but the title taken out."""
        layouts = self.deck.slide_layouts
        slide = self.deck.slides.add_slide(layouts[min(kind * 5 if len(layouts) > 5 else kind, len(layouts) - 1)])
        for shape in list(slide.placeholders):
            if kind == 0 or shape.placeholder_format.type not in (1, 3):
                shape._element.getparent().remove(shape._element)
        if self.layout.mark:
            self.placed(slide, self.layout.mark, top=0.012, height=0.05, size=11, bold=True, color=WARNING, right=True)
        foot = self.placed(slide, f"{self.layout.state} · ", top=0.94, height=0.04, size=9, color=MUTED, right=True)
        self._number(foot, len(self.deck.slides))
        return slide

    def title(self, slide: Any, said: str, size: int) -> None:
        title = slide.shapes.title
        if title is None:
            self.placed(slide, said, top=0.06, height=0.13, size=size, bold=True, color=ACCENT)
            return
        title.left, title.top = Emu(self.margin), Emu(int(self.height * 0.06))
        title.width, title.height = Emu(self.width - 2 * self.margin), Emu(int(self.height * 0.12))
        title.text_frame.word_wrap = True
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = title.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        self.write(paragraph, said, size, bold=True, color=ACCENT)

    def box(self, slide: Any, top: float, height: float, share: float = 1.0) -> Any:
        wide = int((self.width - 2 * self.margin) * share)
        box = slide.shapes.add_textbox(self.margin, int(self.height * top), wide, int(self.height * height))
        box.text_frame.word_wrap = True
        return box

    def placed(
        self, slide: Any, said: str, *, top: float, height: float, size: int, color: str, bold: bool = False,
        right: bool = False,
    ) -> Any:  # fmt: skip
        paragraph = self.box(slide, top, height).text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self.write(paragraph, said, size, bold=bold, color=color)
        return paragraph

    def write(self, paragraph: Any, said: str, size: int, *, bold: bool = False, color: str = INK) -> None:
        """In the faces of the deck's own theme; a point that may hang over the edge would break numbers behind it."""
        paragraph._p.get_or_add_pPr().set("hangingPunct", "0")
        run = paragraph.add_run()
        run.text = clean(said)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _color(color)
        run._r.get_or_add_rPr().set("lang", TAGS[self.layout.lang])

    def _number(self, paragraph: Any, number: int) -> None:
        """A field that programs count by themselves, in the look of what stands before it."""
        field = paragraph._p.makeelement(qn("a:fld"), {"id": FIELD, "type": "slidenum"})
        text_ = field.makeelement(qn("a:t"), {})
        text_.text = str(number)
        field.append(deepcopy(paragraph.runs[-1]._r.rPr))
        field.append(text_)
        paragraph._p.append(field)

    def chart(self, slide: Any, exhibit: Exhibit, left: float, right: float, begins: float) -> None:
        """Between `left` and `right`, shares of what is between the margins."""
        chart, inner = exhibit.chart, self.width - 2 * self.margin
        assert chart is not None
        at, wide = self.margin + int(inner * left), int(inner * (right - left))
        top, high = int(self.height * begins), int(self.height * (0.85 - begins))
        if chart.kind not in NATIVE:
            drawn = slide.shapes.add_picture(io.BytesIO(png(chart)), at, top, height=high)
            drawn._element.nvPicPr.cNvPr.set("descr", clean(told(exhibit, self.layout.lang)))
            if drawn.width > wide:  # Beside a table it keeps to its share.
                drawn.height, drawn.width = Emu(drawn.height * wide // drawn.width), Emu(wide)
            return
        data = _data()
        data.categories = [clean(one) for one in chart.categories]
        for name, values in chart.series:
            data.add_series(clean(name), values)
        frame = slide.shapes.add_chart(NATIVE[chart.kind], at, top, wide, high, data)
        frame.name = f"chart:{exhibit.id}"
        described = frame._element.nvGraphicFramePr.cNvPr
        described.set("descr", clean(told(exhibit, self.layout.lang)))
        self._dressed(frame.chart, chart)

    def _dressed(self, made: Any, chart: Chart) -> None:
        """Colours, labels, the unit as title; horizontal bars from the top down, as tables read."""
        made.font.size = Pt(11)
        made.has_title = True
        self.write(made.chart_title.text_frame.paragraphs[0], above(chart), 11, color=MUTED)
        made.has_legend = len(chart.series) > 1
        if made.has_legend:
            made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        bounded(made.value_axis, axis(chart))
        unsure_ = unsure(chart, self.layout.document.figures)
        for at, series in enumerate(made.plots[0].series):
            color = _color(SERIES[at % len(SERIES)])
            self._faint(series, unsure_[at], at, chart)
            if chart.kind == "line":
                series.format.line.color.rgb, series.format.line.width, series.smooth = color, Pt(2.25), False
                series.format.line.dash_style = MSO_LINE.DASH if all(unsure_[at]) else None
                series.marker.format.fill.solid()
                series.marker.format.fill.fore_color.rgb = color
            else:
                series.format.fill.solid()
                series.format.fill.fore_color.rgb = color
        if chart.kind in ("bar", "stacked"):
            made.category_axis.reverse_order = True
        if chart.kind != "line":
            made.plots[0].gap_width = 55
            made.value_axis.visible = False
        made.value_axis.major_gridlines.format.line.color.rgb = _color("E2DCCE")
        made.value_axis.has_major_gridlines = chart.kind == "line"
        if chart.kind == "line":  # Names of periods stand level, on two lines where they are long.
            made.category_axis.tick_labels.font.size = Pt(min(NAMED.values()))
            made.category_axis._element.txPr.bodyPr.set("rot", "0")
        count = len(chart.categories)
        size = next((size for most, size in NAMED.items() if count <= most), LEAST)
        if chart.kind == "bar" and count > min(NAMED):
            made.category_axis.tick_labels.font.size = Pt(size)
        if chart.kind == "bar":
            every_name(made.category_axis)
        if chart.kind == "stacked" or (len(chart.series) == 1 and (count <= max(NAMED) or chart.kind == "bar")):
            labelled(made.plots[0], chart.kind, min(size, 10), number_format(chart))

    def _faint(self, series: Any, unsure_: Sequence[bool], at: int, chart: Chart) -> None:
        """What is no counted figure is drawn lighter with a dashed edge, everywhere; the own place stands out."""
        for number, faint in enumerate(unsure_):
            point, color = series.points[number], colors(chart, at, number) % len(SERIES)
            if faint or number in chart.own:
                look = point.marker.format if chart.kind == "line" else point.format
                look.fill.solid()
                filled = SERIES[color] if not faint else "FFFFFF" if chart.kind == "line" else PALE[color]
                look.fill.fore_color.rgb, look.line.color.rgb = _color(filled), _color(SERIES[color])
            if faint:
                look.line.dash_style = MSO_LINE.DASH

    def table(self, slide: Any, table: Table, id_: str, left: float, begins: float, whole: Table | None = None) -> None:
        """A native table, which may be a part of a `whole`; a long one is cut, and says so, where it is no wide one."""
        wide = is_wide(table)
        rows = table.rows[:MOST_ROWS] if len(table.rows) > MOST_ROWS + 1 and not wide else table.rows
        inner = self.width - 2 * self.margin
        at = self.margin + int(inner * left)
        # A title of the table runs over lines: it has the room of a row and a half more.
        step = min(0.05, (0.82 - begins) / (len(rows) + 2.5))
        top, high = int(self.height * (begins + 0.01)), int(self.height * step * (len(rows) + 1))
        frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), at, top, int(inner * (1 - left)), high)
        frame.name = f"table:{id_}"
        made = frame.table
        for column, title in enumerate(table.columns):
            self._cell(made.cell(0, column), title, table.numeric[column], bold=True, color="FFFFFF", fill=ACCENT)
        for number, row in enumerate(rows):
            bold = number in table.own or (table.total and row is table.rows[-1])
            for column, run in enumerate(row):
                fill = "F4F1EA" if number % 2 else "FFFFFF"
                self._cell(made.cell(number + 1, column), run.text, table.numeric[column], bold=bold, fill=fill)
        if is_measured(table):
            for one, part in zip(made.columns, widths(whole or table), strict=True):
                one.width = Emu(int(inner * (1 - left) * part))
        if wide:
            _narrow(made)
        if len(rows) < len(table.rows):
            said = text("brief.cut", self.layout.lang, n=len(rows), all=len(table.rows))
            self.placed(slide, said, top=0.83, height=0.04, size=9, color=MUTED, right=True)

    def _cell(self, cell: Any, said: str, numeric: bool, *, bold: bool, fill: str, color: str = INK) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _color(fill)
        cell.margin_top = cell.margin_bottom = Emu(20000)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if numeric else PP_ALIGN.LEFT
        self.write(paragraph, said, 11, bold=bold, color=color)


def _narrow(table: Any) -> None:
    """Small type, with little beside what columns hold."""
    for cell in table.iter_cells():
        cell.margin_left = cell.margin_right = Emu(36000)
        [run] = cell.text_frame.paragraphs[0].runs
        run.font.size = Pt(SMALL)
        run.text = run.text or NOTHING
