"""HTML: one file that needs nothing else. Charts are drawn into it and come alive where scripts may run."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from xinfo.answer.cells import clean
from xinfo.briefing.check.seal import PASSPORT
from xinfo.briefing.document import Paragraph, Run, Table
from xinfo.briefing.files.axes import above, told
from xinfo.briefing.files.charts import spec, svg
from xinfo.briefing.files.glyphs import faces
from xinfo.briefing.files.look import Step
from xinfo.briefing.files.wide import is_wide
from xinfo.briefing.layout import Chapter, Layout, Shown
from xinfo.language.texts import text
from xinfo.language.unbroken import JOINER

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
VEGA = Path(__file__).parent / "vega.js.gz"
"""Written by deploy/live.py."""
ALIVE = """
  document.querySelectorAll('figure.chart').forEach(function (figure) {
    var spec = JSON.parse(figure.querySelector('script').textContent), at = figure.querySelector('.drawn');
    var shadow = at.attachShadow({mode: 'open'}), live = document.createElement('div');
    live.style.width = '100%';
    shadow.append(live);
    vegaEmbed(live, spec, {actions: false, renderer: 'svg', logLevel: 1, tooltip: {disableDefaultStyle: true}}).catch(
      function () { live.replaceWith(document.createElement('slot')); });
  });
"""
"""Charts come alive in a shadow of what is drawn, so that a page which a browser saves is still the page as written."""


def to_html(layout: Layout, step: Step, seal: str) -> bytes:
    """The document as one page, with its seal."""
    writer = _Writer(layout)
    body = []
    for at, chapter in enumerate(layout.chapters):
        step(chapter.title, at / len(layout.chapters))
        body.append(writer.chapter(chapter, 2))
    back = "".join(writer.chapter(chapter, 3) for chapter in layout.back)
    closing = "".join(f'<p class="closing">{_said(one)}</p>' for one in layout.letter.closing)
    annex = f'<section class="annex"><h2>{_said(layout.annex)}</h2>{back}</section>'
    inside = "".join(body) + writer.signatures() + closing + annex + writer.notes()
    return _page(layout, inside, writer.charts > 0, seal).encode("utf-8")


class _Writer:
    """What is numbered while the page is written."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.charts = 0
        self._notes: list[str] = []

    def chapter(self, chapter: Chapter, level: int) -> str:
        inside = "".join(map(self.element, chapter.elements))
        return f"<section><h{level}>{_said(chapter.title)}</h{level}>{inside}</section>"

    def element(self, element: Paragraph | Shown) -> str:
        if isinstance(element, Shown):
            return self._shown(element)
        inside = self.runs(element.runs)
        return f"<ul><li>{inside}</li></ul>" if element.kind == "item" else f'<p class="{element.kind}">{inside}</p>'

    def runs(self, runs: Sequence[Run]) -> str:
        return "".join(_figure(run) + (self._note(run.notes) if run.notes else "") for run in runs)

    def signatures(self) -> str:
        if not self.layout.signatures:
            return ""
        lines = [
            f'<p class="{"void" if one.void else "signed"}">{_said(said)}</p>' for one, said in self.layout.signatures
        ]
        return f"<section><h2>{_said(text('brief.signatures', self.layout.lang))}</h2>{''.join(lines)}</section>"

    def notes(self) -> str:
        items = [f'<li id="note-{at}">{_said(said)}</li>' for at, said in enumerate(self._notes, 1)]
        return f'<ol class="notes">{"".join(items)}</ol>' if items else ""

    def _note(self, ids: Sequence[str]) -> str:
        said = self.layout.note(ids)
        if not said:
            return ""
        if said not in self._notes:
            self._notes.append(said)
        number = self._notes.index(said) + 1
        # Joiners keep the mark with what it is about and the stop with the mark.
        return f'{JOINER}<sup><a href="#note-{number}" title="{_said(said)}">{number}</a></sup>{JOINER}'

    def _shown(self, shown: Shown) -> str:
        exhibit, made = shown.exhibit, ""
        if exhibit.chart and shown.chart_caption:
            self.charts += 1
            alive = json.dumps(spec(exhibit.chart, "container"), ensure_ascii=False).replace("<", "\\u003c")
            drawn = svg(exhibit.chart, headed=False).replace(
                "<svg ", f'<svg role="img" aria-label="{_said(told(exhibit, self.layout.lang))}" ', 1
            )
            made += f'<figure class="chart"><p class="head">{_said(above(exhibit.chart))}</p>'
            made += f'<div class="drawn">{drawn}</div>'
            made += f'<script type="application/json">{alive}</script>{_caption(shown.chart_caption)}</figure>'
        if exhibit.table and shown.table_caption:
            made += f"<figure>{_caption(shown.table_caption)}{_table(exhibit.table)}</figure>"
        return made + "".join(f'<p class="caution">{_said(said)}</p>' for said in shown.below)


@cache
def _bundle() -> str:
    return gzip.decompress(VEGA.read_bytes()).decode("utf-8")


def _page(layout: Layout, body: str, charts: bool, seal: str) -> str:
    document = layout.document
    mark = f'<div class="mark">{_said(layout.mark)}</div>' if layout.mark else ""
    wrong = "".join(f'<p class="void">{_said(one)}</p>' for one in document.disagreements)
    inert = seal.replace("<", "\\u003c")
    scripts = f"<script>{_bundle()}</script><script>{ALIVE}</script>" if charts else ""
    letter = layout.letter
    above = "".join(f'<p class="head">{_said(one)}</p>' for one in letter.above)
    to = f"<p>{_said(letter.recipient)}</p>" if letter.recipient else ""
    main = (
        f"{mark}<main>{above}<h1>{_said(document.title)}</h1>"
        f'<p class="head">{_said(layout.state)} · {_said(layout.head)}</p>{wrong}{to}{body}</main>'
    )
    return (
        f'<!DOCTYPE html><html lang="{"zh-CN" if layout.lang == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="author" content="{_said(document.author)}"><title>{_said(document.title)}</title>'
        f"<style>{faces(main)}{STYLE}</style></head><body>{main}"
        f'<script type="application/json" id="{PASSPORT}">{inert}</script>{scripts}</body></html>'
    )


def _figure(run: Run) -> str:
    said = _said(run.text)
    return f'<data class="figure" data-figure="{_said(run.figure)}">{said}</data>' if run.figure else said


def _caption(caption: tuple[str, str]) -> str:
    return f"<figcaption><b>{_said(caption[0])}</b> {_said(caption[1])}</figcaption>"


def _table(table: Table) -> str:
    def cells(tag: str, given: Sequence[str]) -> str:
        kinds = [' class="number"' if numeric else "" for numeric in table.numeric]
        return "".join(f"<{tag}{kind}>{said}</{tag}>" for kind, said in zip(kinds, given, strict=True))

    head = cells("th", [_said(title) for title in table.columns])
    rows = [cells("td", [_figure(run) for run in row]) for row in table.rows]
    last = len(rows) - 1 if table.total else -1
    looks = {**dict.fromkeys(table.own, " class=own"), last: " class=total"}
    body = "".join(f"<tr{looks.get(at, '')}>{row}</tr>" for at, row in enumerate(rows))
    look = " class=wide" if is_wide(table) else ""
    return f"<table{look}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _said(said: str) -> str:
    return escape(clean(said), quote=True)
