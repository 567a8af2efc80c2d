"""Roles, choices and figures of a load in words: names for ids. Draws nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping as Says
from dataclasses import replace
from decimal import Decimal

from xinfo.answer.labels import period, word
from xinfo.intake.mapping import Column
from xinfo.intake.report import Line, Said
from xinfo.language.numbers import exact
from xinfo.language.texts import text, texts
from xinfo.store.written import UNITS
from xinfo.understand.catalog import DIMENSIONS, Catalog

DOT = " · "
NAMED = ("place", "metric", "period")
TIMES = ("period", "year", "span")
LEFT_OUT = "ignore"
OF_CSV = re.compile(r"row (\d+), column (\d+)")
"""A cell of a file without sheets, as `Grid.cell` has it."""
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
EARLIER = re.compile(r"(?P<value>-?[\d.]+) (?P<unit>.+?)(?: \((?P<status>[a-z]+)\))?")
"""An earlier value as `changes` writes it."""


def named(kind: str, value: str, catalog: Catalog, lang: str) -> str:
    """The words for what a column or a table says: ('metric', 'gdp') -> GDP; what has none stays as it is."""
    if kind in ("measure", "reach", "dates", "table"):
        key = f"load.{kind}.{value}"
        return text(key, lang) if key in texts(lang) else value
    if kind in (*NAMED, *DIMENSIONS, "status"):
        return word(kind, value, catalog, lang)
    return value


def says(what: Says[str, str], catalog: Catalog, lang: str) -> str:
    """All that a column or a table says: GDP · 亿元 · 2014."""
    return DOT.join(named(kind, value, catalog, lang) for kind, value in what.items())


def reading(column: Column, catalog: Catalog, lang: str) -> str:
    """How a column is read."""
    role = text(f"load.role.{'open' if column.role == '?' else column.role}", lang)
    return f"{role}{text('ui.colon', lang)}{says(column.says, catalog, lang)}" if column.says else role


def choice(about: str, value: str, catalog: Catalog, lang: str) -> str:
    """A ready answer in words; `about` is what the question is about, or the role of its column."""
    key = f"load.choice.{value}"
    if key in texts(lang):
        return text(key, lang)
    kind, _, rest = value.rpartition(" ")
    if about == "column":
        return named(kind or "metric", rest, catalog, lang)
    return named(about, value, catalog, lang)


def told(said: Said | str, catalog: Catalog, lang: str) -> str:
    """What the report says, with names for ids."""
    if isinstance(said, str):
        return said
    values = {
        name: word(name, value, catalog, lang) if name in NAMED and isinstance(value, str) else value
        for name, value in said.values.items()
    }
    if said.key == "ask.unit":
        values["text"] = word("metric", values["text"], catalog, lang)
    return replace(said, values=values).text(lang)


def where(line: Line, lang: str) -> str:
    """'book.xlsx, 2014年!C7', 'table.csv, row 7'."""
    if line.cell and line.sheet:
        return text("origin.at_cell", lang, file=line.file, sheet=line.sheet, cell=line.cell)
    if line.cell:
        return text("list.comma", lang).join((line.file, cell(line, lang)))
    if line.row:
        return text("origin.at", lang, file=line.file, line=line.row)
    return text("list.comma", lang).join(filter(None, (line.file, line.sheet)))


def cell(line: Line, lang: str) -> str:
    """'C7', 'row 7, column 3'."""
    found = OF_CSV.fullmatch(line.cell or "")
    return text("load.cell", lang, row=found[1], column=found[2]) if found else line.cell or ""


def figure(line: Line, catalog: Catalog, lang: str) -> str:
    """'Xining · GDP · 2014 Q3 · enterprise'."""
    parts = [text(f"part.{part}", lang) for part in line.parts.split() if f"part.{part}" in texts(lang)]
    said = [
        word("place", line.place, catalog, lang) if line.place else "",
        word("metric", line.metric, catalog, lang) if line.metric else "",
        period(line.period, lang) if line.period else "",
        *parts,
    ]
    return DOT.join(filter(None, said))


def value(line: Line, catalog: Catalog, lang: str) -> str:
    """'6.552 billion yuan' for 65.52 亿元: the reader's units, nothing rounded away; what is no number as it is."""
    return _restated(line.value or "", line.unit or "", line.metric, catalog, lang)


def written(line: Line) -> str:
    """'655,200 万元', in the file's own unit."""
    return "\u00a0".join(filter(None, (_grouped(line.value or ""), line.unit)))


def before(line: Line, catalog: Catalog, lang: str) -> str:
    """What the store has, as `value` tells it."""
    found = EARLIER.fullmatch(line.earlier or "")
    if not found:
        return line.earlier or ""
    status = f" ({word('status', found['status'], catalog, lang)})" if found["status"] else ""
    return _restated(found["value"], found["unit"], line.metric, catalog, lang) + status


def what(line: Line, catalog: Catalog, lang: str) -> str:
    """What there is to say of a line, the earlier value in the reader's units."""
    if isinstance(line.what, str) or "earlier" not in line.what.values or not line.earlier:
        return told(line.what, catalog, lang)
    values = {**line.what.values, "earlier": before(line, catalog, lang)}
    return told(replace(line.what, values=values), catalog, lang)


def _restated(value: str, unit: str, metric: str | None, catalog: Catalog, lang: str) -> str:
    known, measured = catalog.metrics.get(metric or ""), UNITS.get(unit) or UNITS.get(unit.lower())
    if not known or not PLAIN.fullmatch(value) or not (measured or unit == known.unit):
        return "\u00a0".join(filter(None, (_grouped(value), unit)))
    return exact(float(Decimal(value) * Decimal(str(measured.factor if measured else 1))), known.unit, lang)


def _grouped(value: str) -> str:
    """A plain number with commas between its thousands."""
    if not PLAIN.fullmatch(value):
        return value
    whole, point, rest = value.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-") else value
