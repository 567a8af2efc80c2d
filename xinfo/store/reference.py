"""The reference tables (place, metric, source, method, fact) from files, and what follows from them alone.

Figures, targets and projects are read in `load`.
"""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError, Problem
from xinfo.store.programme import CALLED, FILE, note_called
from xinfo.store.read import Columns, limited, scan
from xinfo.store.written import base_unit

_SYNONYMS = {"synonyms_en": "en", "synonyms_zh": "zh", "part_of": "part_of"} | {
    f"told_by_{lang}": f"told_by_{lang}" for lang in ("en", "zh")
}
"""What is said of a metric beside its columns: further names; whose part it is, and by which words it is told."""
FILES: dict[str, Columns] = {
    "place": Columns(
        ("place_id", "admin_type"),
        (
            "name_en",
            "name_zh",
            "adcode",
            "province_en",
            "province_zh",
            "region",
            "batch",
            "longitude",
            "latitude",
            "confidence",
            "note",
            "source_id",
        ),
    ),
    "metric": Columns(
        ("metric_id", "unit", "kind"),
        (
            "label_en",
            "label_zh",
            "definition_en",
            "definition_zh",
            "numerator",
            "denominator",
            "growth_of",
            "source_id",
            *_SYNONYMS,
        ),
    ),
    "source": Columns(("source_id", "title"), ("title_zh", "publisher", "url", "published")),
    "method": Columns(("method_id", "label_en", "label_zh"), ("note",)),
    "fact": Columns(("fact_id", "text_en", "text_zh", "source_id")),
}
_KINDS = {"metric": ("kind", ("flow", "stock", "ratio"))}
_NUMBERS = {"longitude", "latitude"}
_NAMES = {"place": ("name_en", "name_zh"), "metric": ("label_en", "label_zh")}
"""What must be told in one language; it then stands in the other one, too."""


def load_reference(connection: DuckDBPyConnection, shipped: Path, data: Path | None) -> list[tuple[Path, str, int]]:
    """Fills the reference tables: the shipped files, and from `data` rows that add or override by id.

    What was read comes back: each file, its table and the number of its rows. A place.csv in `data` replaces the
    shipped list of places; with a `programme.yaml` in it nothing shipped is read. Raises InputError where a file is
    missing, Problems where one is not as it should be.
    """
    read: list[tuple[Path, str, int]] = []
    apart = data is not None and (data / FILE).exists()
    for table in FILES:
        own = data / f"{table}.csv" if data else None
        base = shipped / f"{table}.csv"
        replaced = apart or (table == "place" and own is not None and own.exists())
        needed = own if apart and own else base
        if (apart or not replaced) and not needed.exists() and table in ("place", "metric"):
            whose = "a folder with a programme of its own lists its" if apart else "expected the shipped list of"
            raise InputError(f"{needed.name}: missing in {needed.parent}; {whose} {table}s there")
        for path in (None if replaced else base, own):
            if path and path.exists():
                read.append((path, table, add_file(connection, table, path)))
    return read


def add_unlisted(connection: DuckDBPyConnection) -> None:
    """Lists the sources and methods that rows name and no file describes, with their id as title."""
    used = "SELECT source_id FROM published UNION SELECT source_id FROM target UNION SELECT source_id FROM project"
    connection.execute(f"""
        INSERT INTO source (source_id, title) SELECT source_id, source_id FROM ({used})
        WHERE source_id NOT IN (SELECT source_id FROM source) ORDER BY 1""")
    connection.execute("""
        INSERT INTO method (method_id, label_en, label_zh) SELECT DISTINCT method, method, method FROM published
        WHERE method <> '' AND method NOT IN (SELECT method_id FROM method) ORDER BY 1""")


def add_file(connection: DuckDBPyConnection, table: str, path: Path) -> int:
    """One file's rows into the reference table `table`, in place of rows of the same id; how many. Raises Problems."""
    columns, key = FILES[table], FILES[table].required[0]
    scan(connection, path, columns, "reference_file")
    _check(connection, table, path.name)
    connection.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM reference_file)")
    held = [name for name in columns.all if name not in _SYNONYMS]
    chosen = f"SELECT {', '.join(_cell(table, name) for name in held)} FROM reference_file ORDER BY {key}"
    [rows] = connection.execute(f"INSERT INTO {table} ({', '.join(held)}) {chosen}").fetchone() or (0,)
    if table == "metric":
        _take_metrics(connection)
    return int(rows)


def as_file(table: str, store: str) -> str:
    """SQL: the rows of a list of an attached store, with the columns that a file of it has."""
    columns = ", ".join(name for name in FILES[table].all if table != "metric" or name not in _SYNONYMS)
    if table != "metric":
        return f"(SELECT {columns} FROM {store}.{table})"
    said = ", ".join(
        f"nullif(array_to_string(json_extract_string(value, '$.{key}[*]'), ';'), '') AS {name}"
        for name, key in _SYNONYMS.items()
    )
    return f"(SELECT {columns}, {said} FROM {store}.metric LEFT JOIN {store}.meta ON key = '{CALLED}' || metric_id)"


def _cell(table: str, name: str) -> str:
    """A cell as the table holds it."""
    if name in _NAMES.get(table, ()):
        return f"coalesce({name}, {', '.join(_NAMES[table])}) AS {name}"
    return f"{name}::DOUBLE" if name in _NUMBERS else f"coalesce({name}, '')" if name == "adcode" else name


def _take_metrics(connection: DuckDBPyConnection) -> None:
    """Gives the metrics of a file their base units, and notes what else they are called."""
    for (unit,) in connection.execute("SELECT DISTINCT unit FROM reference_file").fetchall():
        if (base := base_unit(unit).counts) != unit:
            ids = "SELECT metric_id FROM reference_file WHERE unit = ?"
            connection.execute(f"UPDATE metric SET unit = ? WHERE metric_id IN ({ids})", [base, unit])
    some = " OR ".join(f"{name} IS NOT NULL" for name in _SYNONYMS)
    found = connection.execute(f"SELECT metric_id, {', '.join(_SYNONYMS)} FROM reference_file WHERE {some}").fetchall()
    note_called(connection, {metric: dict(zip(_SYNONYMS.values(), said, strict=True)) for metric, *said in found})


def _check(connection: DuckDBPyConnection, table: str, name: str) -> None:
    """Raises Problems for missing cells, ids given twice, numbers that are none and values outside a closed list."""
    columns, key = FILES[table], FILES[table].required[0]
    tests = [(f"{need} IS NULL", need, "'is empty'") for need in columns.required]
    if names := _NAMES.get(table):
        tests.append((f"coalesce({', '.join(names)}) IS NULL", names[0], "'is empty'"))
    tests += [
        (f"{number} IS NOT NULL AND try_cast({number} AS DOUBLE) IS NULL", number, f"{number} || ' is no number'")
        for number in columns.all
        if number in _NUMBERS
    ]
    if table in _KINDS:
        column, values = _KINDS[table]
        wanted = ", ".join(f"'{value}'" for value in values)
        tests.append((f"{column} NOT IN ({wanted})", column, f"{column} || ' is none of {', '.join(values)}'"))
    tests.append((f"count(*) OVER (PARTITION BY {key}) > 1 AND {key} IS NOT NULL", key, f"{key} || ' is given twice'"))
    problems: list[tuple[int, str, str]] = []
    for test, column, message in tests:
        problems += connection.execute(
            f"SELECT line, '{column}', {message} FROM (SELECT *, {test} AS bad FROM reference_file) WHERE bad"
        ).fetchall()
    if problems:
        told = [Problem(what, name, line=line, column=column) for line, column, what in sorted(problems)]
        raise limited(name, told)
