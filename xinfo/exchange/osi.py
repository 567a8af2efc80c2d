"""A store's metrics, dimensions, synonyms and relations in the format of Open Semantic Interchange (0.1.1).

That format adds up what a query selects and knows of no year to date, no methods and no places within places. So each
metric's expression gives nothing rather than a wrong figure where the rows of a query may not be combined; the rules
themselves go with it as extensions. Holds no figures. Reads a store and never changes it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from ruamel.yaml import YAML

from xinfo.language.texts import languages, text
from xinfo.store import opening
from xinfo.store.schema import DIMENSIONS
from xinfo.store.whole import write_whole

VERSION, VENDOR, DIALECT = "0.1.1", "XINFO", "ANSI_SQL"
MOST = 20
"""Synonyms of one thing in Latin letters, and as many in Chinese: the vocabulary has thousands of some."""
Synonyms = Mapping[tuple[str, str], Sequence[str]]
"""By kind and value of the vocabulary (`metric`, `gdp`): the phrases that mean it."""
_KEYS = {
    "place": ("place_id",),
    "metric": ("metric_id",),
    "period": ("period_id",),
    "source": ("source_id",),
    "method": ("method_id",),
    "observation": ("place_id", "metric_id", "period_id", *DIMENSIONS),
    "target": ("place_id", "metric_id", "period_id", "comparison"),
    "project": ("project_id",),
}
"""The tables that are datasets, and what makes their rows unique."""
_MEASURED = ("value", "numerator", "denominator", "budget", "spent", "longitude", "latitude")
_TIMES = ("start_date", "end_date", "due_date", "year", "quarter", "period_type")
_REFERS = {"place_id": "place", "metric_id": "metric", "period_id": "period", "source_id": "source", "method": "method"}
_RULES = ("year_to_date", "combining", "parts", "method", "containment", "growth", "status")
_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


@dataclass(frozen=True)
class _Metric:
    id: str
    names: dict[str, str]
    about: dict[str, str]
    unit: str
    kind: str
    numerator: str | None
    denominator: str | None
    growth_of: str | None
    has_parts: bool


def export_osi(version: Path, file: Path, synonyms: Synonyms) -> int:
    """Writes the model of a version of a store; how many metrics it has.

    Raises StoreError where the store cannot be read, InputError where the file cannot be written.
    """
    notes = opening.notes(version)
    with opening.opened(it=version) as connection:
        metrics = [_Metric(*row) for row in _read(connection)]
        datasets = [_dataset(connection, table, synonyms) for table in _KEYS]
        relations = list(_relations(connection))
    model: dict[str, Any] = {
        "name": notes["name"],
        "description": text("osi.about", "en"),
        "ai_context": {"instructions": text("osi.instructions", "en")},
        "datasets": datasets,
        "relationships": relations,
        "metrics": [made for metric in metrics for made in _metrics(metric, synonyms)],
        "custom_extensions": _extension({"fingerprint": notes["fingerprint"], "rules": _rules()}),
    }
    said = io.StringIO()
    yaml = YAML()
    yaml.width = 120
    yaml.dump({"version": VERSION, "semantic_model": [model]}, said)
    write_whole(file, said.getvalue())
    return len(metrics)


def _read(connection: DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """The metrics with figures, and whether any of those is of a part."""
    parts = " OR ".join(f"{name} <> 'all'" for name in DIMENSIONS)
    return connection.execute(f"""
        SELECT metric_id, {{'en': label_en, 'zh': label_zh}}, {{'en': definition_en, 'zh': definition_zh}},
            metric.unit, kind, metric.numerator, metric.denominator, growth_of, bool_or({parts})
        FROM it.metric JOIN it.observation USING (metric_id) GROUP BY ALL ORDER BY metric_id""").fetchall()


def _rules() -> dict[str, dict[str, str]]:
    return {rule: {lang: text(f"osi.rule.{rule}", lang) for lang in languages()} for rule in _RULES}


def _extension(data: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"vendor_name": VENDOR, "data": json.dumps(data, ensure_ascii=False)}]


def _expression(sql: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": DIALECT, "expression": sql}]}


def _dataset(connection: DuckDBPyConnection, table: str, synonyms: Synonyms) -> dict[str, Any]:
    columns = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'it' AND table_name = ? "
        "AND data_type NOT LIKE '%[]' ORDER BY column_index",
        [table],
    ).fetchall()
    fields = [_field(name, synonyms) for (name,) in columns if name != "load_id"]
    described = text(f"osi.dataset.{table}", "en")
    return {
        "name": table,
        "source": f"xinfo.main.{table}",
        "primary_key": list(_KEYS[table]),
        "description": described,
        "fields": fields,
    }


def _field(name: str, synonyms: Synonyms) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "expression": _expression(name)}
    if name not in _MEASURED:
        field["dimension"] = {"is_time": name in _TIMES}
    if name in DIMENSIONS:
        field["label"] = text(f"dimension.{name}", "en")
        field["ai_context"] = {"synonyms": [text(f"dimension.{name}", lang) for lang in languages()]}
        values = {value: _chosen(synonyms.get((name, value), ())) for value in DIMENSIONS[name][1:]}
        field["custom_extensions"] = _extension({"values": values, "whole": DIMENSIONS[name][0]})
    return field


def _relations(connection: DuckDBPyConnection) -> Iterable[dict[str, Any]]:
    """Each column that names a row of another dataset."""
    columns = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'it'")
    have = set(columns.fetchall())
    for table in ("observation", "target", "project"):
        for column, to in _REFERS.items():
            if (table, column) in have:
                key = list(_KEYS[to])
                name = f"{table}_{to}"
                yield {"name": name, "from": table, "to": to, "from_columns": [column], "to_columns": key}


def _metrics(metric: _Metric, synonyms: Synonyms) -> Iterable[dict[str, Any]]:
    """The metric as a whole, and one by parts where there are figures of parts."""
    said = list(dict.fromkeys([*metric.names.values(), *_chosen(synonyms.get(("metric", metric.id), ()))]))
    told = {"unit": metric.unit, "kind": metric.kind, "names": metric.names, "definition": metric.about}
    told |= {name: one for name in ("numerator", "denominator", "growth_of") if (one := getattr(metric, name))}
    whole = " AND ".join(f"observation.{name} = 'all'" for name in DIMENSIONS)
    yield {
        "name": metric.id,
        "expression": _expression(_sql(metric, whole)),
        "description": metric.about["en"] or metric.names["en"],
        "ai_context": {"synonyms": said},
        "custom_extensions": _extension(told),
    }
    if metric.has_parts:
        yield {
            "name": f"{metric.id}_of_part",
            "expression": _expression(_sql(metric, f"NOT ({whole})", parts=True)),
            "description": text("osi.of_part", "en", metric=metric.names["en"]),
            "custom_extensions": _extension(told | {"metric": metric.id}),
        }


def _sql(metric: _Metric, rows: str, parts: bool = False) -> str:
    """The figure of the rows that a query selects; nothing where the rules do not let them be combined."""
    mine = f"observation.metric_id = '{metric.id}' AND {rows}"

    def of(column: str) -> str:
        return f"CASE WHEN {mine} THEN {column} END"

    alike = ["observation.period_id", "COALESCE(observation.method, '')", "COALESCE(place.admin_type, '')"]
    alike += [f"observation.{name}" for name in DIMENSIONS] if parts else []
    combined = " AND ".join(f"COUNT(DISTINCT {of(one)}) = 1" for one in alike)
    value = of("observation.value")
    if metric.kind != "ratio":
        return f"CASE WHEN {combined} THEN SUM({value}) END"
    above, below = of("observation.numerator"), of("observation.denominator")
    known = f"COUNT({above}) = COUNT({value}) AND COUNT({below}) = COUNT({value})"
    ratio = f"SUM({above}) / NULLIF(SUM({below}), 0)"
    return f"CASE WHEN COUNT({value}) = 1 THEN MAX({value}) WHEN {combined} AND {known} THEN {ratio} END"


def _chosen(phrases: Iterable[str]) -> list[str]:
    """The shortest of the phrases, as they are written."""
    written = sorted({_HAN.sub("", phrase) for phrase in phrases}, key=lambda one: (len(one), one))
    chinese = [one for one in written if not one.isascii()]
    return [one for one in written if one.isascii()][:MOST] + chinese[:MOST]
