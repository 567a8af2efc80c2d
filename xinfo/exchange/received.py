"""SDMX-CSV with its structure beside it, as a plain table. Opens no store.

It is in the import format where the structure is xinfo's own; else it has the names of codes in place of codes, for a
mapping to read.

The structure is what strangers wrote: `structure_beside` is for a process that is thrown away.
"""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from xinfo.errors import InputError
from xinfo.exchange import flows
from xinfo.exchange.flows import AGENCY, BY_STATUS_CODE, FLOWS, LISTS, NAMED_BY, TOTAL, Flow
from xinfo.exchange.structure import ABOUT_ZH, NAME_ZH, require
from xinfo.store.opening import literal
from xinfo.store.schema import insert

if TYPE_CHECKING:
    from pysdmx.model import Code
    from pysdmx.model.dataflow import Component

HEAD = ("STRUCTURE", "STRUCTURE_ID")
"""The first columns of SDMX-CSV 2.0."""
_START = 40  # bytes that hold the first of them in any encoding
_KINDS = {"dataflow": "Dataflow", "datastructure": "DataStructure"}
_HEADERS = {
    "REF_AREA": "area",
    "TIME_PERIOD": "time period",
    "OBS_VALUE": "obs value",
    "UNIT_MEASURE": "unit of measure",
}
"""What a table made by hand calls these."""
_SAID = {code: f" ({status})" for code, status in BY_STATUS_CODE.items() if status != "reported"}


@dataclass(frozen=True)
class Structure:
    """What a structure message says of the columns of a file."""

    flow: Flow | None
    """The flow of xinfo's own that it describes."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column: the name of each code."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """By dimension: what it is called."""
    lists: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    """By table of the store: its rows, as the codes of xinfo's own lists carry them."""


def is_sdmx(path: Path) -> bool:
    """Whether a file's first cell is that of SDMX-CSV, in whatever encoding."""
    try:
        with path.open("rb") as file:
            start = file.read(_START).replace(b"\0", b"")
    except OSError:
        return False
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip(b'"').startswith(HEAD[0].encode())


def described_by(path: Path) -> str:
    """What a file of SDMX-CSV in UTF-8 says it is described by, such as `Dataflow=XINFO:FIGURES(1.0)`.

    Raises InputError where it names several or nothing, or asks for figures to be deleted.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader([file.readline()]), [])
    if missing := [name for name in HEAD if name not in header]:
        raise InputError(f"SDMX-CSV without the column {missing[0]}", "SDMX-CSV 2.0 or later")
    with _reading(path) as connection:
        action = "ACTION" if "ACTION" in header else "'I'"
        found = connection.execute(f"SELECT DISTINCT STRUCTURE, STRUCTURE_ID, {action} FROM given").fetchall()
    if any(action == "D" for *_, action in found):
        raise InputError("rows that delete figures are not taken", "ACTION I, A or R")
    of = {(_KINDS.get(str(kind).lower()), str(id).split(": ")[0]) for kind, id, _ in found}
    if len(of) != 1 or not (one := of.pop())[0]:
        raise InputError("a file of SDMX-CSV is read where one dataflow or data structure describes all its rows")
    return f"{one[0]}={one[1]}"


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The rows of a file as the view `given`, all text. Raises InputError for what the engine cannot read."""
    text = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
    try:
        with duckdb.connect() as connection:
            connection.execute(f"CREATE VIEW given AS FROM read_csv({literal(path)}, {text})")
            yield connection
    except duckdb.Error as error:
        raise InputError(f"cannot be read as SDMX-CSV: {str(error).splitlines()[0]}") from error


def beside(path: Path) -> Path | None:
    """The structure message that stands beside a file, by its name."""
    stems = (path.with_suffix(""), path.with_name("structure"))
    paths = (stem.with_name(f"{stem.name}{kind}") for stem in stems for kind in (".json", ".xml"))
    return next((one for one in paths if one.is_file()), None)


def structure_beside(path: Path, described: str) -> Structure:
    """What the message in a file says of the flow or structure with this short URN, checked against SDMX's schemas.

    Raises InputError where it does not describe it, is no structure message, or `pysdmx` is not there.
    """
    require()
    from pysdmx.errors import Invalid, NotFound
    from pysdmx.io import read_sdmx

    try:
        found = read_sdmx(path).structures or ()
    except (Invalid, NotFound) as error:
        raise InputError(f"{path.name} is no structure of SDMX: {error}") from error
    by_urn = {one.short_urn: one for one in found}
    one = by_urn.get(described)
    structure = by_urn.get(_short(one.structure)) if described.startswith("Dataflow") and one else one
    if structure is None:
        raise InputError(f"{path.name} does not describe {described}")
    own = next((flow for flow in FLOWS if structure.agency == AGENCY and structure.id == flow.id), None)
    if own:
        lists = {LISTS[each.id]: [_row(each.id, code) for code in each] for each in found if each.id in LISTS}
        return Structure(own, lists={table: [row for row in rows if row] for table, rows in lists.items()})
    parts = structure.components
    names = {part.id: {code.id: code.name or code.id for code in part.enumeration or ()} for part in parts}
    dimensions = [part for part in parts.dimensions if part.id != "FREQ"]
    return Structure(None, names, {part.id: _HEADERS.get(part.id) or _label(part) for part in dimensions})


def _short(structure: Any) -> str:
    """The short URN of what a data flow refers to: an object, or a text that ends with it."""
    if isinstance(structure, str):
        return "DataStructure" + structure.rpartition("DataStructure")[2]
    return str(getattr(structure, "short_urn", ""))


def _label(part: Component) -> str:
    return str(part.name or getattr(part.concept, "name", None) or part.id.replace("_", " ").lower())


def _row(list: str, code: Code) -> dict[str, str]:
    """The row of a table that a code of one of our lists carries; empty for one that stands for nothing."""
    if code.id in (flows.NOT_STATED, TOTAL):
        return {}
    table, told = LISTS[list], {one.type: one.text for one in code.annotations}
    cells = (code.name, told.pop(NAME_ZH, None), code.description, told.pop(ABOUT_ZH, None))
    named = {column: cell for column, cell in zip(NAMED_BY[table], cells, strict=True) if column}
    row = {flows.columns_of(list)[0]: flows.id_of(code.id), **named, **told}
    return {column: row.get(column) or "" for column in flows.columns_of(list)}


def write_lists(structure: Structure, folder: Path, name: str) -> dict[str, Path]:
    """The lists of the store that the structure carries, each as a CSV file of this name in a folder of its own."""
    paths = {}
    for table, rows in structure.lists.items():
        if rows:
            paths[table] = folder / table / name
            paths[table].parent.mkdir()
            with paths[table].open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return paths


def write_table(path: Path, structure: Structure, copy: Path) -> None:
    """The rows of SDMX-CSV in UTF-8 as a plain table, in their order. Raises InputError, also for missing columns."""
    with _reading(path) as connection:
        have = [str(name) for name, *_ in connection.execute("DESCRIBE given").fetchall()]
        needed = {*structure.labels, "TIME_PERIOD", "OBS_VALUE"}
        if missing := sorted(needed - {*have}):
            raise InputError(f"SDMX-CSV without the column {missing[0]}, which its structure has")
        cells = _own(connection, structure.flow, have) if structure.flow else _named(connection, structure, have)
        select = ", ".join(f"{sql} AS {_quoted(name)}" for name, sql in cells.items())
        connection.execute(f"COPY (SELECT {select} FROM given) TO {literal(copy)} (FORMAT csv, HEADER)")


def _own(connection: duckdb.DuckDBPyConnection, flow: Flow, have: list[str]) -> dict[str, str]:
    """By column of the import format: the SQL for it."""
    cells = {}
    for one in flow.components:
        meaning = _meaning(one.codes)
        if one.column and one.id in have:
            cells[one.column] = _translated(connection, one.id, meaning) if meaning else _quoted(one.id)
    cells["period"] = _translated(connection, "TIME_PERIOD", flows.period_of)
    if "UNIT_WRITTEN" not in have:
        cells |= {"value": _scaled(have), "unit": _translated(connection, "UNIT_MEASURE", flows.id_of)}
    return cells


def _meaning(codes: str) -> Callable[[str], str] | None:
    """What a code of one of our lists means; None where it says that itself."""
    if codes in LISTS:
        return flows.id_of
    if codes == "CL_OBS_STATUS":
        return lambda code: BY_STATUS_CODE.get(code, code)
    return (lambda code: "all" if code == TOTAL else code) if TOTAL in flows.CLOSED.get(codes, ()) else None


def _named(connection: duckdb.DuckDBPyConnection, structure: Structure, have: list[str]) -> dict[str, str]:
    """By heading: the SQL for it, codes by their names."""
    cells = {label: _translated(connection, id, _name(structure, id)) for id, label in structure.labels.items()}
    cells[_HEADERS["TIME_PERIOD"]] = _translated(connection, "TIME_PERIOD", flows.period_of)
    value = f"CASE WHEN OBS_VALUE = 'NaN' THEN NULL ELSE {_scaled(have)} END"
    mark = _translated(connection, "OBS_STATUS", lambda code: _SAID.get(code, "")) if "OBS_STATUS" in have else "''"
    cells[_HEADERS["OBS_VALUE"]] = f"{value} || coalesce({mark}, '')"
    if "UNIT_MEASURE" in have:
        cells[_HEADERS["UNIT_MEASURE"]] = _translated(connection, "UNIT_MEASURE", _name(structure, "UNIT_MEASURE"))
    return cells


def _name(structure: Structure, id: str) -> Callable[[str], str]:
    """What a code of a column is called; a code that no list has stays what it is."""
    names = structure.names.get(id, {})
    return lambda code: names.get(code, code)


def _scaled(have: list[str]) -> str:
    """The value in SQL, by its power of ten: written behind the digits, which rounds nothing."""
    if "UNIT_MULT" not in have:
        return "OBS_VALUE"
    times = "(OBS_VALUE::DOUBLE * pow(10, UNIT_MULT::INTEGER))::VARCHAR"
    power = "CASE WHEN coalesce(UNIT_MULT, '0') = '0' THEN '' ELSE 'e' || UNIT_MULT END"
    return f"CASE WHEN lower(OBS_VALUE) LIKE '%e%' THEN {times} ELSE OBS_VALUE || {power} END"


def _translated(connection: duckdb.DuckDBPyConnection, column: str, meaning: Callable[[str], str]) -> str:
    """SQL for a column's cells in other words: each distinct one is translated once."""
    cell, table = _quoted(column), _quoted(f"meant {column}")
    words = connection.execute(f"SELECT DISTINCT {cell} FROM given WHERE {cell} IS NOT NULL").fetchall()
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (word VARCHAR, meant VARCHAR)")
    insert(connection, table, [(word, meaning(word)) for (word,) in words])
    return f"(SELECT any_value(meant) FROM {table} WHERE word = given.{cell})"


def _quoted(name: str) -> str:
    """A name in a file as SQL."""
    return '"' + name.replace('"', '""') + '"'
