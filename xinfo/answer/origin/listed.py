"""Published rows as people read them: words for ids, the value as it was written, where it stands. Finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from xinfo.answer.caveats import Methods
from xinfo.answer.labels import period, word
from xinfo.answer.origin.cells import Cell
from xinfo.answer.origin.figures import Figure, Published
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS, Catalog

COLUMNS = (
    *("sign", "place", "metric", "period", "part", "value", "earlier", "status", "method"),
    *("source", "link", "at", "load"),
)
"""Of a listed row, in the order they are shown."""


def listed(
    figures: Iterable[Figure], catalog: Catalog, methods: Methods, enters: Callable[[Cell], str], lang: str
) -> tuple[Mapping[str, str], ...]:
    """Every published row behind the figures, each once for each way it goes in.

    `enters` tells how a figure goes into the answer: taken away (−), divided by (÷), or as it is (nothing).
    """
    rows = [
        _row(row, catalog, methods, lang) | {"sign": _entering(enters(figure.cell), row.sign)}
        for figure in figures
        for row in figure.rows
    ]
    return tuple({tuple(row.items()): row for row in rows}.values())


def _entering(how: str, sign: str) -> str:
    """A row's sign in the answer, from that in its figure and the figure's own."""
    if how == "÷" and "÷" not in sign:
        return f"÷ {sign}".removesuffix(" +")
    if how == "−" and "÷" not in sign:
        return "−" if sign == "+" else "+"
    return sign


def _row(row: Published, catalog: Catalog, methods: Methods, lang: str) -> dict[str, str]:
    parts = [word(name, getattr(row, name), catalog, lang) for name in DIMENSIONS if getattr(row, name) != "all"]
    label = methods.get(row.method)
    return {
        "sign": row.sign,
        "place": word("place", row.place, catalog, lang),
        "metric": word("metric", row.metric, catalog, lang),
        "period": period(row.period, lang),
        "part": text("list.comma", lang).join(parts),
        "value": _written(row, lang),
        "earlier": _earlier(row, lang),
        "status": text(f"status.{row.status}", lang),
        "method": (label[lang == "zh"] if label else "") or row.method,
        "source": (row.title_zh if lang == "zh" else "") or row.title or row.source_id,
        "link": row.url,
        "at": _at(row, lang),
        "load": _loaded(row, lang),
    }


def _written(row: Published, lang: str) -> str:
    """The value as its source has it; a target's own entry keeps only the amount."""
    return f"{row.value_written} {row.unit_written}" if row.value_written else amount(row.value, row.unit_written, lang)


def _at(row: Published, lang: str) -> str:
    """The file, with the cell or the row in it."""
    if row.cell and row.sheet:
        return text("origin.at_cell", lang, file=row.file, sheet=row.sheet, cell=row.cell)
    return text("origin.at", lang, file=row.file, line=row.line) if row.line else row.file


def _loaded(row: Published, lang: str) -> str:
    """Which load brought the row, when, and who did it."""
    said = text("origin.load", lang, n=row.load, at=row.loaded_at[:10]) if row.load else ""
    return text("origin.by", lang, load=said, who=row.who) if said and row.who else said


def _earlier(row: Published, lang: str) -> str:
    """What later loads replaced."""
    values = text("list.comma", lang).join(row.earlier)
    return text("origin.earlier", lang, values=values) if values else ""
