"""An answer to take along: what it says, its figures where they are several, and where all that comes from."""

from __future__ import annotations

from html import escape

from xinfo.answer.answer import Answer
from xinfo.answer.cells import guarded
from xinfo.answer.crossed import crossed
from xinfo.answer.shown import Shown, shown
from xinfo.language.texts import text

MOST_ROWS = 200


def quotation(answer: Answer) -> str:
    """The headline with where it comes from, in one line, ready to paste into a text."""
    return f"{answer.headline} {named}" if (named := _source(answer)) else answer.headline


def taken_along(answer: Answer) -> tuple[str, str]:
    """The sentence, the figures where they are several, and the source: as text, and as HTML with a table."""
    if len(answer.rows) < 2:
        return quotation(answer), ""
    head, *rows = _figures(answer)[: MOST_ROWS + 1]
    lines = ["\t".join(row) for row in (head, *rows)]
    source = _source(answer)
    html = _paragraph(answer.headline) + _table(head, rows) + (_paragraph(source) if source else "")
    return "\n".join(filter(None, (answer.headline, *lines, source))), html


def _figures(answer: Answer) -> list[tuple[str, ...]]:
    """The table with its titles, of several places over time as place × period; a status that all share is left out."""
    if found := crossed(answer):
        cells = [[figure + sign for figure, sign in row] for row in found.cells]
        return [(found.title, *found.across), *((name, *row) for name, row in zip(found.down, cells, strict=True))]
    columns = [column for column in shown(answer) if column.name != "status" or len({*column.cells}) > 1]
    return [tuple(column.title for column in columns), *zip(*map(_cells, columns), strict=True)]


def _cells(column: Shown) -> list[str]:
    """As they are read; no spreadsheet takes a text for a formula."""
    return [said if column.unit else str(guarded(said)) for said in column.said]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    titles = "".join(f"<th>{escape(title)}</th>" for title in head)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{titles}</tr>{lines}</table>"


def _paragraph(said: str) -> str:
    return f"<p>{escape(said)}</p>"


def _source(answer: Answer) -> str:
    named = text("ui.semicolon", answer.reading.lang).join(one.title or one.source_id for one in answer.sources)
    return text("ui.quoted_source", answer.reading.lang, sources=named) if named else ""
