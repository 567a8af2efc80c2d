"""A store in SDMX: a structure message with its lists of codes in both languages, and the figures as SDMX-CSV 2.0.

Writes what was given, not what was worked out. Reads a store and never changes it.
"""

from __future__ import annotations

import math
from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.exchange import flows
from xinfo.exchange.flows import FLOWS, Flow
from xinfo.exchange.structure import structure_of
from xinfo.store import opening
from xinfo.store.export import Progress
from xinfo.store.folders import new_folder
from xinfo.store.journal import KEYS, given
from xinfo.store.schema import DIMENSIONS, insert
from xinfo.store.standing import MADE_UP
from xinfo.store.written import factor

_WHOLE = f"CASE {{0}} WHEN 'all' THEN '{flows.TOTAL}' ELSE {{0}} END"
_MEANT = {
    "FREQ": "time.freq",
    "REF_AREA": "place.code",
    "INDICATOR": "metric.code",
    **{name.upper(): _WHOLE.format(f"given.{name}") for name in DIMENSIONS},
    "METHOD": "method.code",
    "SOURCE": "source.code",
    "COMPARISON": "given.comparison",
    "TIME_PERIOD": "time.time",
    "OBS_VALUE": "given.value_written",
    "UNIT_MEASURE": "unit.code",
    "UNIT_MULT": "unit.power",
    "UNIT_WRITTEN": "given.unit_written",
    "OBS_STATUS": f"MAP {flows.STATUS_CODES}[given.status]",
    "STANDING": "given.mark",
    "CONFIDENCE": "given.confidence",
    "COMMENT_OBS": "given.note",
}
"""What each component is, in SQL on a given row and the codes of its words."""
_ONCE = "QUALIFY row_number() OVER (PARTITION BY {} ORDER BY mark LIKE 'unconfirmed%') = 1"
"""What waits unconfirmed beside a confirmed figure of the same source stays behind: SDMX has one value a key."""
_GIVEN = {
    "observation": f"(FROM {given('published', 'it')} {_ONCE.format(', '.join(KEYS['published']))})",
    "target": f"""(SELECT *, value::VARCHAR AS value_written, unit AS unit_written, '' AS method
        FROM {given("target", "it")} {_ONCE.format(", ".join(KEYS["target"]))})""",
}
_WORDS = {"place": "place_id", "metric": "metric_id", "method": "method", "source": "source_id"}


def export_sdmx(version: Path, folder: Path, progress: Progress) -> dict[str, int]:
    """Writes a version of a store to a new folder, whole or not at all; the number of rows by file.

    Raises InputError where the folder holds something or `pysdmx` is not there, StoreError where the store cannot be
    read or the disk written.
    """
    with new_folder(folder) as draft, opening.opened(it=version) as connection:
        progress("structure", 0.0)
        (draft / flows.STRUCTURE).write_bytes(structure_of(connection, opening.notes(version)))
        rows = {flow.file: _write(connection, flow, draft / flow.file) for flow in FLOWS}
    progress("done", 1.0)
    return rows


def _write(connection: DuckDBPyConnection, flow: Flow, path: Path) -> int:
    rows = f"{_GIVEN[flow.table]} AS given"
    for word, column in _WORDS.items():
        _keep_codes(connection, word, f"SELECT DISTINCT {column} FROM {rows}")
    _keep_times(connection, f"SELECT DISTINCT period_id FROM {rows}")
    _keep_units(connection, f"SELECT DISTINCT unit_written, unit FROM {rows}")
    head = [
        ("'dataflow'", "STRUCTURE"),
        (f"'{flows.AGENCY}:{flow.id}({flows.VERSION})'", "STRUCTURE_ID"),
        ("'I'", "ACTION"),
    ]
    cells = ", ".join(f"{sql} AS {id}" for sql, id in [*head, *((_MEANT[one.id], one.id) for one in flow.components)])
    joins = " ".join(f"JOIN code_{word} AS {word} ON {word}.word = given.{column}" for word, column in _WORDS.items())
    select = f"""SELECT {cells} FROM {rows} {joins}
        JOIN code_time AS time ON time.word = given.period_id
        JOIN code_unit AS unit ON unit.word = given.unit_written AND unit.base = given.unit
        WHERE given.status <> '{MADE_UP}' ORDER BY {", ".join(one.id for one in flow.components)}"""
    done = connection.execute(f"COPY ({select}) TO {opening.literal(path)} (FORMAT csv, HEADER)").fetchone()
    return int((done or (0,))[0])


def _keep(connection: DuckDBPyConnection, name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE code_{name} ({columns})")
    insert(connection, f"code_{name}", rows)


def _keep_codes(connection: DuckDBPyConnection, word: str, used: str) -> None:
    ids = connection.execute(used).fetchall()
    _keep(connection, word, "word VARCHAR, code VARCHAR", [(id, flows.code_of(id)) for (id,) in ids])


def _keep_times(connection: DuckDBPyConnection, used: str) -> None:
    ids = connection.execute(used).fetchall()
    rows: list[tuple[object, ...]] = [(id, flows.time_of(id), flows.frequency_of(id)) for (id,) in ids]
    _keep(connection, "time", "word VARCHAR, time VARCHAR, freq VARCHAR", rows)


def _keep_units(connection: DuckDBPyConnection, used: str) -> None:
    """Each written unit as a base unit and a power of ten, which is how SDMX says 亿元 and %."""
    rows: list[tuple[object, ...]] = [
        (written, base, flows.code_of(base), round(math.log10(factor(written, base))))
        for written, base in connection.execute(used).fetchall()
    ]
    _keep(connection, "unit", "word VARCHAR, base VARCHAR, code VARCHAR, power INTEGER", rows)
