"""The engine's own reading of a statement, held against lists too: where two parsers differ, both must agree.

The text is only parsed, by a database of its own in memory that holds nothing; it is never bound or run.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from xinfo.errors import Refused, did_you_mean
from xinfo.query.guard import allow
from xinfo.query.guard.scope import fold
from xinfo.query.schema import TABLES

_PARSE = "SELECT json_serialize_sql($written, skip_null := true, skip_empty := true, skip_default := true)"
_FORBIDDEN_PARTS = frozenset(
    "sample at_clause replace_list rename_list expr schema schema_name catalog catalog_name export_state key_targets "
    "payload_aggregates delim_flipped duplicate_eliminated_columns ranking_expression nearest_approx".split()
)
_lock = threading.Lock()


@dataclass(frozen=True)
class Reading:
    """What the engine sees in a statement."""

    functions: frozenset[str]
    tables: frozenset[str]
    parameters: frozenset[str]


def second_opinion(sql: str) -> Reading:
    """What the engine reads in `sql`. Raises Refused unless it is one SELECT of listed parts, functions, tables."""
    reading = _parsed(sql)
    if reading.get("error") or len(reading.get("statements", ())) != 1:
        raise Refused("the database does not read this as one SELECT statement")
    functions, tables, parameters, known = set[str](), set[str](), set[str](), set(TABLES)
    for node, around in _nodes(reading["statements"][0]):
        known.update(fold(entry["key"]) for entry in node.get("map", ()) if "key" in entry)
        _check_node(node, around)
        if "function_name" in node:
            functions.add(fold(node["function_name"]))
        if node.get("type") == "BASE_TABLE":
            tables.add(fold(node["table_name"]))
        if node.get("type") == "VALUE_PARAMETER":
            parameters.add(node["identifier"])
    _listed("function", functions, allow.ENGINE_FUNCTIONS)
    _listed("table", tables, frozenset(known))
    return Reading(frozenset(functions), frozenset(tables), frozenset(parameters))


def _check_node(node: dict[str, Any], around: dict[str, Any]) -> None:
    """One node: of a listed kind, with no part that reaches further, and a plain name."""
    kind = node.get("type")
    if isinstance(kind, str) and kind not in allow.ENGINE_NODES:
        raise Refused(f"{kind.replace('_', ' ').lower()} may not be used in a query")
    parts = sorted(part for part in _FORBIDDEN_PARTS & node.keys() if node[part])
    if parts:
        raise Refused(f"{parts[0].replace('_', ' ')} may not be used in a query")
    # ORDER BY ALL is read as an order by COLUMNS(*).
    if kind == "STAR" and node.get("columns") and "null_order" not in around:
        raise Refused("COLUMNS may not be used in a query")
    if kind == "TABLE_FUNCTION":
        call = node.get("function")
        if not isinstance(call, dict) or call.get("function_name") != "unnest" or node.get("with_ordinality"):
            raise Refused("FROM takes no function but unnest")
    if "type_name" in node and fold(str(node["type_name"])) not in allow.ENGINE_TYPES:
        raise Refused(f"nothing may be cast to {node['type_name']}")
    path = node.get("qualified_name")
    if isinstance(path, dict) and len(path.get("path", ())) > 1:
        raise Refused("names of schemas and databases may not be used")


def _listed(what: str, found: set[str], known: frozenset[str]) -> None:
    for name in sorted(found - known):
        raise Refused(f"the {what} {name[:40]} may not be used{did_you_mean(name, known)}")


def _nodes(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every node with the one that it stands in."""
    waiting: list[tuple[Any, dict[str, Any]]] = [(value, {})]
    while waiting:
        part, around = waiting.pop()
        if isinstance(part, dict):
            yield part, around
            waiting.extend((inner, part) for inner in part.values())
        elif isinstance(part, list):
            waiting.extend((inner, around) for inner in part)


@functools.cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A database in memory that can reach nothing; it is made once."""
    connection = duckdb.connect(
        ":memory:",
        config={"enable_external_access": "false", "python_enable_replacements": "false", "threads": "1"},
    )
    connection.execute("SET lock_configuration = true")
    return connection


def _parsed(sql: str) -> dict[str, Any]:
    try:
        with _lock:
            row = _parser().execute(_PARSE, {"written": sql}).fetchone()
        return dict(json.loads(row[0])) if row else {}
    except (duckdb.Error, RecursionError, ValueError):
        raise Refused("the database does not read this as one SELECT statement") from None
