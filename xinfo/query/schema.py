"""The tables and columns that a query may name, in the engine's order. Knows nothing of how the store fills them.

Other tables stand in the store too but are not for queries: `published` repeats figures that the store has already
combined, and `unequal` and `disputed` tell where those contradict each other; `meta`, `load`, `loaded_file` and
`revision` describe the store itself.
"""

from __future__ import annotations

from collections.abc import Mapping

TABLES: Mapping[str, tuple[str, ...]] = {
    "place": (
        *("place_id", "name_en", "name_zh", "admin_type", "province_en", "province_zh", "region", "batch", "adcode"),
        *("longitude", "latitude", "confidence", "note", "source_id"),
    ),
    "containment": ("place_id", "container_id"),
    "metric": (
        *("metric_id", "label_en", "label_zh", "unit", "kind", "definition_en", "definition_zh"),
        *("numerator", "denominator", "growth_of", "source_id"),
    ),
    "period": ("period_id", "period_type", "year", "quarter", "start_date", "end_date", "year_before"),
    "observation": (
        *("place_id", "metric_id", "period_id", "consumer", "offering", "sector", "value", "unit", "status", "method"),
        *("source_id", "numerator", "denominator", "origin", "rule", "sources", "confidence", "note", "mark"),
    ),
    "target": (
        *("place_id", "metric_id", "period_id", "value", "unit", "comparison", "source_id"),
        *("status", "confidence", "note", "mark", "load_id"),
    ),
    "project": (
        *("project_id", "place_id", "name_en", "name_zh", "content_area", "level", "status", "budget", "spent"),
        *("start_date", "due_date", "source_id", "mark", "load_id"),
    ),
    "source": (
        *("source_id", "title", "publisher", "url", "published", "title_zh", "claimed", "unconfirmed", "uploaded_by"),
    ),
    "method": ("method_id", "label_en", "label_zh", "note"),
    "fact": ("fact_id", "text_en", "text_zh", "source_id"),
}

PUBLISHED_VIEWS: Mapping[str, str] = {table: f"published_{table}" for table in ("observation", "target", "project")}
"""For each table that may hold rows that do not count as published (estimates, internal, unconfirmed or made up), the
view of it that leaves them out, with the same columns."""

RESERVED: frozenset[str] = frozenset(
    {*TABLES, *PUBLISHED_VIEWS.values(), "published", "rival_target", "unequal", "disputed", "meta"}
    | {"load", "loaded_file", "revision"}
)
"""Every relation of a store: a CTE of such a name is told apart from it before the query is judged."""
