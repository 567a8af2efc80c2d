"""An answer's rows as an exhibit: its table in the document's one rounding, and its chart twice over. Asks nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from xinfo.answer.chart import choose
from xinfo.answer.coverage import asked_periods
from xinfo.answer.findings import Findings
from xinfo.answer.frame import capital
from xinfo.answer.labels import row_label, word
from xinfo.answer.rows import Row
from xinfo.answer.shown import Shown, shown
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Chart, Figure, Run, Table
from xinfo.language.numbers import amount, column, in_one_unit, scale_for
from xinfo.language.texts import text

OFFICE = {"line": "line", "ranked": "bar", "bar": "bar", "parts": "bar", "column": "column", "stacked": "stacked"}
"""What office programs draw for each kind of chart; a map is a picture."""
MOST_ROWS = 40
Said = Mapping[tuple[float, str | None], str]
"""Numbers of a column as they are written, by value and unit."""
SAID = ("said", "said_share")
"""What a drawing has its numbers written in."""
LEAST, LEAST_OF_PARTS = 3, 4
"""Significant digits of the least number of a list, in text, tables and charts."""


def cells(amounts: Collection[float], unit: str | None, lang: str, least: int = LEAST) -> dict[float, str]:
    """How each number of a column or a chart is written in its unit: with as many decimals each, as in a sentence."""
    return dict(zip(amounts, column(amounts, unit, lang, least), strict=True))


def table(found: Found, ids: Sequence[str], total: Figure | None = None) -> Table | None:
    """The rows with a figure in each; `total` becomes the last row."""
    answer, lang = found.answer, found.reading.lang
    columns = [one for one in shown(answer) if _tells(one, len(answer.rows))]
    if not answer.rows or not columns:
        return None
    values = [v for row in answer.rows if isinstance(v := row.get("value"), int | float)]
    amounts = [*values, *([total.value] if total else [])]
    units, least = {row.get("unit") for row in answer.rows}, _least(found.findings)
    said = {(value, unit): told for unit in units for value, told in cells(amounts, unit, lang, least).items()}
    rows = [
        tuple(_run(one, at, answer.rows[at], ids[at], said) for one in columns)
        for at in range(min(len(answer.rows), MOST_ROWS))
    ]
    if total:
        rows.append(tuple(_of_total(one, at, total, said, lang) for at, one in enumerate(columns)))
    titles = tuple(_title(one, amounts, lang) for one in columns)
    return Table(titles, tuple(bool(one.unit) for one in columns), tuple(rows), total is not None)


def _least(findings: Findings) -> int:
    return LEAST_OF_PARTS if choose(findings) == "parts" else LEAST


def adds_up(parts: Table, total: Figure, figures: Sequence[Figure], lang: str) -> str:
    """What to say where the parts do not make the total: rounding, or figures that differ; nothing where they do."""
    gap = total.value - sum(figure.value for figure in figures)
    if abs(gap) > 1e-6 * abs(total.value):
        return text("brief.parts_differ", lang, gap=amount(abs(gap), total.unit, lang))
    at = next(at for at, numeric in enumerate(parts.numeric) if numeric)
    *written, whole = [Decimal(row[at].text.replace(",", "")) for row in parts.rows]
    return text("brief.rounding", lang) if sum(written) != whole else ""


def _shares(values: Sequence[float]) -> list[float]:
    whole = sum(values)
    return [value / whole if whole else 0.0 for value in values]


def shares_off(found: Found) -> str:
    """What to say where the percentages of parts do not make 100 as they are written."""
    if choose(found.findings) != "parts":
        return ""
    said = (amount(one, "ratio", "en") for one in _shares(found.findings.values))
    return "" if sum(Decimal(one.rstrip("%")) for one in said) == 100 else text("brief.rounding", found.reading.lang)


def chart(found: Found, ids: Sequence[str], title: str) -> Chart | None:
    """The answer's chart, where it has one; `title` names a series that is alone."""
    findings = found.findings
    kind = choose(findings)
    if found.answer.chart is None:
        return None
    if kind not in OFFICE:
        return Chart("picture", found.answer.chart, (), (), (), "")
    categories, series, figures = _series(findings, ids, kind, title)
    spec = found.answer.chart
    if kind == "line" and (empty := next((at for at, one in enumerate(zip(*figures, strict=True)) if any(one)), 0)):
        # What comes before the first figure is told below the chart.
        categories, spec = categories[empty:], _from(spec, empty)
        series = tuple((name, values[empty:]) for name, values in series)
        figures = tuple(one[empty:] for one in figures)
    amounts, lang = findings.values, findings.lang
    unit = scale_for(amounts, findings.unit, lang)[1]
    written = cells(amounts, findings.unit, lang, _least(findings))

    def rounded(value: float | None) -> float | None:
        """As the table has it."""
        return None if value is None else float(written[value].replace(",", ""))

    if kind == "parts":
        categories = tuple(
            text("brief.part", lang, part=one, share=amount(value, "ratio", lang))
            for one, value in zip(categories, _shares(amounts), strict=True)
        )
    scaled = tuple((name, tuple(map(rounded, values))) for name, values in series)
    return Chart(OFFICE[kind], _labelled(spec, findings), categories, scaled, figures, unit, findings.unit == "ratio")


def _labelled(spec: dict[str, Any], findings: Findings) -> dict[str, Any]:
    """The drawing with its numbers written as those of one list are."""
    amounts, unit, lang = findings.values, findings.unit, findings.lang
    scale = scale_for(amounts, unit, lang)[0]
    said = in_one_unit(amounts, unit, lang, _least(findings))
    by_value: dict[float | None, str] = {one / scale: written for one, written in zip(amounts, said, strict=True)}

    def labelled(datum: dict[str, Any]) -> dict[str, Any]:
        told = by_value.get(datum.get("value"))
        if told is None:
            return datum
        return {name: told + one.removeprefix(datum["said"]) if name in SAID else one for name, one in datum.items()}

    return {**spec, "data": {**spec["data"], "values": [labelled(one) for one in spec["data"]["values"]]}}


def _from(spec: dict[str, Any], first: int) -> dict[str, Any]:
    """A course that begins at a later period."""
    x = spec["encoding"]["x"]
    scale = {**x["scale"], "domain": x["scale"]["domain"][first:]}
    return {**spec, "encoding": {**spec["encoding"], "x": {**x, "scale": scale}}}


Series = tuple[tuple[str, tuple[float | None, ...]], ...]


def _series(
    findings: Findings, ids: Sequence[str], kind: str, title: str
) -> tuple[tuple[str, ...], Series, tuple[tuple[str, ...], ...]]:
    """Categories, named rows of values, and the figures behind them."""
    by = findings.subject
    rows = [(row, name) for row, name in zip(findings.rows, ids, strict=True) if name]
    along = ("period",) if kind == "line" else by[:1] if len(by) > 1 else by
    across = tuple(name for name in by if name not in along)
    categories = _categories(findings, rows, along)
    names = list(dict.fromkeys(row_label(row, across, findings) if across else "" for row, _ in rows))
    held = {
        (_label(row, along, findings), row_label(row, across, findings) if across else ""): (row["value"], name)
        for row, name in rows
    }
    nothing = (None, "")
    grid = {key: held.get(key, nothing) for key in product(categories, names)}
    series = tuple((capital(name) or title, tuple(grid[c, name][0] for c in categories)) for name in names)
    return categories, series, tuple(tuple(grid[c, name][1] for c in categories) for name in names)


def _categories(findings: Findings, rows: Sequence[tuple[Row, str]], along: tuple[str, ...]) -> tuple[str, ...]:
    if along == ("period",) and (asked := asked_periods(findings)):
        return tuple(word("period", period, findings.catalog, findings.lang) for period in asked)
    return tuple(dict.fromkeys(_label(row, along, findings) for row, _ in rows))


def _label(row: Row, along: tuple[str, ...], findings: Findings) -> str:
    return capital(row_label(row, along, findings))


def _tells(column: Shown, rows: int) -> bool:
    """A column of words that are all the same is said once, in the caption."""
    return bool(column.unit) or len(set(column.cells)) > 1 or (rows == 1 and column.name != "status")


def _run(column: Shown, at: int, row: Row, figure: str, said: Said) -> Run:
    told = column.cells[at]
    if column.name == "value" and figure:
        return Run(said[row["value"], row.get("unit")], figure)
    return Run(column.said[at] if isinstance(told, int | float) else capital(told or "–"))


def _of_total(column: Shown, at: int, total: Figure, said: Said, lang: str) -> Run:
    if column.name == "value":
        return Run(said[total.value, total.unit], total.id)
    return Run(text("brief.total", lang) if at == 0 else "")


def _title(column: Shown, amounts: Collection[float], lang: str) -> str:
    """The column's title with the unit of its numbers."""
    if column.name != "value" or not column.unit:
        return column.title
    label = column.title.rsplit(" (", 1)[0] if lang == "en" else column.title.rsplit("（", 1)[0]
    unit = scale_for(amounts, column.unit, lang)[1]
    return text("export.in_base_unit", lang, label=label, unit=unit) if unit else column.title
