"""The engine's own reading of a statement, held against lists too: where two parsers differ, both must agree.

The text is only parsed, by a database of its own in memory that holds nothing; it is never bound or run.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import duckdb
from sqlglot import exp

from xinfo.errors import Refused, did_you_mean
from xinfo.query.guard import allow
from xinfo.query.guard.functions import ENGINE_FUNCTIONS
from xinfo.query.guard.scope import fold
from xinfo.query.guard.shadows import SCHEMA
from xinfo.query.schema import TABLES

_PARSE = "SELECT json_serialize_sql($written, skip_null := true, skip_empty := true, skip_default := true)"
_FORBIDDEN_PARTS = frozenset(
    "sample at_clause schema catalog catalog_name export_state key_targets "
    "payload_aggregates delim_flipped duplicate_eliminated_columns ranking_expression nearest_approx".split()
)
_NOT_WRITTEN_OUT = frozenset({"COLUMN_REF", "SUBQUERY", "VALUE_PARAMETER", "STAR", "LAMBDA"})
_lock = threading.Lock()


@dataclass(frozen=True)
class Reading:
    """What the engine sees in a statement."""

    functions: frozenset[str]
    tables: frozenset[str]
    parameters: frozenset[str]
    casts: frozenset[tuple[str, str]]
    """The types of casts that stand one right in another, the outer one first."""


def second_opinion(sql: str) -> Reading:
    """What the engine reads in `sql`. Raises Refused unless it is one SELECT of listed parts, functions, tables."""
    reading = _parsed(sql)
    if reading.get("error") or len(reading.get("statements", ())) != 1:
        raise Refused("the database does not read this as one SELECT statement")
    functions, tables, parameters, known = set[str](), set[str](), set[str](), set(TABLES)
    casts = set[tuple[str, str]]()
    for node in _nodes(reading["statements"][0]):
        known.update(fold(entry["key"]) for entry in node.get("map", ()) if "key" in entry)
        _check_node(node)
        if "function_name" in node:
            functions.add(fold(node["function_name"]))
        inner = node.get("child") if node.get("type") == "OPERATOR_CAST" else None
        if isinstance(inner, dict) and inner.get("type") == "OPERATOR_CAST":
            casts.add((_cast(node), _cast(inner)))
        if node.get("type") == "BASE_TABLE":
            tables.add(fold(node["table_name"]))
        if node.get("type") == "VALUE_PARAMETER":
            parameters.add(node["identifier"])
    _listed("function", functions, ENGINE_FUNCTIONS)
    _listed("table", tables, frozenset(known))
    return Reading(frozenset(functions), frozenset(tables), frozenset(parameters), frozenset(casts))


def _check_node(node: dict[str, Any]) -> None:
    """One node: of a listed kind, with no part that reaches further, and a plain name."""
    kind = node.get("type")
    if isinstance(kind, str) and kind not in allow.ENGINE_NODES:
        raise Refused(f"{kind.replace('_', ' ').lower()} may not be used in a query")
    parts = sorted(part for part in _FORBIDDEN_PARTS & node.keys() if node[part])
    if parts:
        raise Refused(f"{parts[0].replace('_', ' ')} may not be used in a query")
    if kind == "STAR" and not _plain(node.get("expr")):
        raise Refused("COLUMNS takes a pattern or names that are written out")
    if kind == "PIVOT" and any("entries" not in values for values in node["pivots"]):
        raise Refused("the values that a PIVOT makes columns of are written out in brackets")
    if kind == "PIVOT" and _columns(node) > allow.MAX_PIVOTED:
        raise Refused(f"a PIVOT makes at most {allow.MAX_PIVOTED} columns")
    if kind == "TABLE_FUNCTION" and (node.get("with_ordinality") or not _for_from(node.get("function"))):
        raise Refused("FROM takes no function but unnest, range and generate_series")
    if node.get("function_name") == "repeat" and not _few(_arguments(node)[-1]):
        raise Refused(f"a text is repeated up to {allow.MAX_FEW} times")
    if "type_name" in node and fold(str(node["type_name"])) not in allow.ENGINE_TYPES:
        raise Refused(f"nothing may be cast to {node['type_name']}")
    path = node.get("qualified_name")
    if isinstance(path, dict) and len(path.get("path", ())) > 1 and not _of_schema(node):
        raise Refused("names of schemas and databases may not be used")


def _of_schema(node: dict[str, Any]) -> bool:
    """A table of the store with nothing but its schema in front."""
    path = node["qualified_name"]["path"]
    of_store = fold(str(path[0])) == SCHEMA and fold(str(path[-1])) in TABLES
    return node.get("type") == "BASE_TABLE" and len(path) == 2 and of_store


def _columns(pivot: dict[str, Any]) -> int:
    """How many columns a PIVOT makes."""
    return prod(len(values["entries"]) for values in pivot["pivots"]) * max(1, len(pivot.get("aggregates", ())))


@functools.cache
def _kind(name: str) -> str:
    """One name for all of a type's spellings: INT4 is an INTEGER."""
    return str(exp.DataType.build(name, dialect="duckdb", udt=True).this)


def _cast(node: dict[str, Any]) -> str:
    return _kind(str(node.get("type_expr", {}).get("type_name")))


def _few(value: object) -> bool:
    """A small number that is written out."""
    text = str(value.get("literal", {}).get("text")) if isinstance(value, dict) else ""
    return text.isdecimal() and int(text) <= allow.MAX_FEW


def _plain(value: object) -> bool:
    """A value that is written out, a list of such, or none."""
    if not isinstance(value, dict):
        return value is None
    return value.get("type") == "VALUE_CONSTANT" or (
        value.get("function_name") == "list_value" and all(map(_plain, _arguments(value)))
    )


def _for_from(call: object) -> bool:
    """A list made into rows, or a series between numbers or days that are written out."""
    if not isinstance(call, dict):
        return False
    name = call.get("function_name")
    within = [node for argument in _arguments(call) for node in _nodes(argument)]
    return name == "unnest" or (
        name in ("range", "generate_series") and all(node.get("type") not in _NOT_WRITTEN_OUT for node in within)
    )


def _arguments(call: dict[str, Any]) -> list[object]:
    return [argument.get("expression") for argument in call.get("arguments", ())]


def _listed(what: str, found: set[str], known: frozenset[str]) -> None:
    for name in sorted(found - known):
        raise Refused(f"the {what} {name[:40]} may not be used{did_you_mean(name, known)}")


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


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
