"""A store as CSV in the import format, described for programs by CSVW and by a Data Package. Never changes the store.

`xinfo build --data` takes such a folder at its word. So what nobody has confirmed stays behind, and what is internal or
made up: there is no word in the import format that says so of a figure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from xinfo.exchange.flows import FLOWS
from xinfo.language.texts import languages, text
from xinfo.store import opening
from xinfo.store.checks import FILES as FIGURES
from xinfo.store.export import Progress
from xinfo.store.folders import new_folder
from xinfo.store.journal import given
from xinfo.store.programme import FILE, KEY
from xinfo.store.reference import FILES as LISTS
from xinfo.store.reference import as_file
from xinfo.store.schema import COMPARISONS, CONFIDENCES, CONTENT_AREAS, DIMENSIONS, LEVELS, PROJECT_STATUSES
from xinfo.store.standing import MADE_UP, STATUSES

CSVW, PACKAGE = "csv-metadata.json", "datapackage.json"
"""What stands beside the tables; CSVW's name is the one that its readers look for."""
_TABLES = {**LISTS, **FIGURES}
_CELLS = {
    "observation": {"place": "place_id", "metric": "metric_id", "period": "period_id", "value": "value_written",
                    "unit": "unit_written", "source": "source_id"},
    "target": {"place": "place_id", "metric": "metric_id", "period": "period_id", "source": "source_id"},
    "project": {"place": "place_id", "source": "source_id"},
}  # fmt: skip
"""Columns of the import format that the store calls otherwise."""
_TYPES = {"number": ("value", "longitude", "latitude", "budget", "spent"), "date": ("start_date", "due_date")}
_CSVW_TYPES = {"number": "double", "date": "date", "string": "string"}
_VALUES = {**DIMENSIONS, "status": STATUSES[:-1], "confidence": CONFIDENCES, "comparison": COMPARISONS}
_VALUES |= {"content_area": CONTENT_AREAS, "level": LEVELS, "kind": ("flow", "stock", "ratio")}
_REFERS = {"place": "place", "metric": "metric", "method": "method", "source": "source", "source_id": "source"}
"""Columns that name a row of a list."""
_LABELS = {one.column: f"sdmx.component.{one.id}" for flow in FLOWS for one in flow.components if one.column}


@dataclass(frozen=True)
class _Column:
    """One column of a table, as both descriptions tell of it."""

    table: str
    name: str
    required: bool

    @property
    def kind(self) -> str:
        return next((kind for kind, names in _TYPES.items() if self.name in names), "string")

    @property
    def values(self) -> tuple[str, ...]:
        if (self.table, self.name) == ("project", "status"):
            return PROJECT_STATUSES
        return _VALUES.get(self.name, ()) if self.table in FIGURES or self.name == "kind" else ()

    @property
    def refers(self) -> str:
        """The list of which it names a row; empty where it names none."""
        return _REFERS.get(self.name, "") if (self.table, self.name) != ("source", "source_id") else ""

    def label(self, lang: str) -> str:
        key = _LABELS.get(self.name)
        return text(key, lang) if key and self.table in FIGURES else ""


def _columns(table: str) -> tuple[_Column, ...]:
    columns = _TABLES[table]
    return tuple(_Column(table, name, name in columns.required) for name in columns.all)


def export_csv(version: Path, folder: Path, progress: Progress) -> dict[str, int]:
    """Writes a version of a store to a new folder, whole or not at all; the number of rows by table.

    Raises InputError where the folder holds something, StoreError where the store cannot be read or the disk written.
    """
    notes = opening.notes(version)
    with new_folder(folder) as draft, opening.opened(it=version) as connection:
        progress("tables", 0.0)
        rows = {table: _write(connection, table, draft / f"{table}.csv") for table in _TABLES}
        if programme := notes.get(KEY):
            (draft / FILE).write_text(programme, encoding="utf-8")  # JSON is YAML, too
        for name, described in ((CSVW, _csvw(notes)), (PACKAGE, _package(notes, draft))):
            content = json.dumps(described, ensure_ascii=False, indent=1)
            (draft / name).write_text(content, encoding="utf-8")
    progress("done", 1.0)
    return rows


def _write(connection: DuckDBPyConnection, table: str, path: Path) -> int:
    names = _CELLS.get(table, {})
    cells = ", ".join(f"{names.get(one.name, one.name)} AS {one.name}" for one in _columns(table))
    if table in LISTS:
        rows = as_file(table, "it")
    else:
        status = "'reported'" if table == "project" else "status"
        source = "it.published" if table == "observation" else given(table, "it")
        rows = f"{source} WHERE mark = {status} AND mark <> '{MADE_UP}'"
    done = connection.execute(
        f"COPY (SELECT {cells} FROM {rows} ORDER BY ALL) TO {opening.literal(path)} (FORMAT csv, HEADER)"
    ).fetchone()
    return int((done or (0,))[0])


def _key(table: str) -> list[str]:
    """What a list is looked up by. A figure's key has a method, which may be empty, so it is told of none."""
    return [_TABLES[table].required[0]] if table in LISTS or table == "project" else []


def _csvw(notes: dict[str, str]) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": notes["name"],
        "dc:identifier": notes["fingerprint"],
        "dc:created": notes["built_at"],
        "tables": [_csvw_table(table) for table in _TABLES],
    }


def _csvw_table(table: str) -> dict[str, Any]:
    columns = _columns(table)
    described: dict[str, Any] = {"columns": [_csvw_column(one) for one in columns]}
    if key := _key(table):
        described["primaryKey"] = key
    described["foreignKeys"] = [
        {
            "columnReference": [one.name],
            "reference": {"resource": f"{one.refers}.csv", "columnReference": _key(one.refers)},
        }
        for one in columns
        if one.refers
    ]
    return {"url": f"{table}.csv", "tableSchema": described}


def _csvw_column(one: _Column) -> dict[str, Any]:
    titles = {lang: [*([one.name] if lang == "en" else []), *filter(None, [one.label(lang)])] for lang in languages()}
    datatype: dict[str, Any] = {"base": _CSVW_TYPES[one.kind]}
    if one.values:
        datatype["format"] = "|".join(one.values)
    titled = {lang: some for lang, some in titles.items() if some}
    return {"name": one.name, "titles": titled, "datatype": datatype, "required": one.required}


def _package(notes: dict[str, str], folder: Path) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "xinfo",
        "title": notes["name"],
        "id": notes["fingerprint"],
        "created": notes["built_at"],
        "resources": [_resource(table, folder / f"{table}.csv") for table in _TABLES],
    }


def _resource(table: str, path: Path) -> dict[str, Any]:
    columns = _columns(table)
    schema: dict[str, Any] = {"fields": [_field(one) for one in columns]}
    if key := _key(table):
        schema["primaryKey"] = key
    schema["foreignKeys"] = [
        {"fields": [one.name], "reference": {"resource": one.refers, "fields": _key(one.refers)}}
        for one in columns
        if one.refers
    ]
    content = path.read_bytes()
    told = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    kind = {
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    return {"name": table, "path": path.name, **kind, **told, "schema": schema}


def _field(one: _Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if one.required else {}
    if one.values:
        constraints["enum"] = list(one.values)
    said = dict(_told(one))
    return {"name": one.name, "type": one.kind, **said, **({"constraints": constraints} if constraints else {})}


def _told(one: _Column) -> Iterator[tuple[str, str]]:
    """The label in English as the title, and in Chinese as the description: a Data Package knows no languages."""
    for name, lang in (("title", "en"), ("description", "zh")):
        if label := one.label(lang):
            yield name, label
