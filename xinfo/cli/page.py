"""An answer as a page of plain text: sentence, figure, table, what to know about it, sources, origin. Asks nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from xinfo.answer.answer import Answer
from xinfo.answer.origin.trace import Trace
from xinfo.answer.shown import Shown, shown
from xinfo.language.texts import text
from xinfo.understand.reading import Unclear

MOST_ROWS = 30
WIDEST = 60
"""Of a column, in places of a terminal."""


def page(answer: Answer, traces: Sequence[Trace] = ()) -> str:
    """Everything a person needs of the answer; what one number says already has no table. `traces` come last."""
    lang = answer.reading.lang
    colon = text("ui.colon", lang)
    parts = [text("export.reading", lang) + colon + answer.reading.sentence, answer.headline]
    if len(answer.rows) > 1:
        parts.append(_table(answer))
    parts.append("\n".join(f"! {caveat}" for caveat in answer.caveats))
    sources = [" · ".join(filter(None, (s.title, s.publisher, s.published, s.url))) for s in answer.sources]
    said = text("export.sources", lang) + colon.rstrip()
    parts.append("\n".join([said, *(f"- {source}" for source in sources)] if sources else []))
    parts += [_trace(traced, answer) for traced in traces[:MOST_ROWS]]
    return "\n\n".join(part for part in parts if part)


def _trace(traced: Trace, answer: Answer) -> str:
    """Where one row comes from: the sums in words, then every published row."""
    lang = answer.reading.lang
    title = text("origin.open", lang) + (text("ui.colon", lang) + traced.label if traced.label else "")
    lines = [title, *traced.words]
    for row in traced.table:
        where = " · ".join(filter(None, (row[name] for name in ("source", "link", "at", "load"))))
        said = (row[name] for name in ("place", "metric", "part", "period", "value", "earlier", "status", "method"))
        lines.append(f"  {row['sign']} {' · '.join(filter(None, said))} ({where})")
    return "\n".join([*lines, traced.note] if traced.note else lines)


def choices(unclear: Unclear) -> str:
    """The questions that would be answered."""
    return "\n".join([text("ui.choices", unclear.lang), *(f"- {choice}" for choice in unclear.choices)])


def _table(answer: Answer) -> str:
    columns = shown(answer)
    cells = [[" ".join(cell.split()) for cell in column.said[:MOST_ROWS]] for column in columns]
    widths = [min(max(map(_width, [column.title, *said])), WIDEST) for column, said in zip(columns, cells, strict=True)]
    lines = [_line([column.title for column in columns], columns, widths), "  ".join("-" * width for width in widths)]
    lines += [_line(row, columns, widths) for row in zip(*cells, strict=True)]
    if len(answer.rows) > MOST_ROWS:
        lines.append(text("caveat.truncated", answer.reading.lang, n=MOST_ROWS))
    return "\n".join(lines)


def _line(row: Sequence[str], columns: Sequence[Shown], widths: Sequence[int]) -> str:
    """One line; numbers stand at the right of their column."""
    padded = []
    for cell, column, width in zip(row, columns, widths, strict=True):
        blank = " " * (width - _width(cell))
        padded.append(blank + cell if column.unit else cell + blank)
    return "  ".join(padded).rstrip()


def _width(said: str) -> int:
    """Places on a terminal: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in said)
