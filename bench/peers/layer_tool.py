"""The Boring Semantic Layer: measures and dimensions over the tables in DuckDB, asked with requests. Runs apart.

It takes no text. Each request is written by somebody who knows the figures, which is the best that can happen to it;
the measures from `gdp_q1` on hold what such a person knows of running totals, parts and restated bases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
from boring_semantic_layer import to_semantic_table

from bench.peers.process import Shown, serve

TEXT = {"city", "province", "region", "type", "batch", "year", "quarter", "period", "consumer", "method", "within"}
QUARTERS = {"gdp_q1": ("Q1", None), "gdp_q2": ("Q1-Q2", "Q1"), "gdp_q3": ("Q1-Q3", "Q1-Q2"), "gdp_q4": ("", "Q1-Q3")}


def ready(tables: dict[str, str]) -> Callable[[str, Any], Callable[[], Shown]]:
    """One model a table, on one connection."""
    connection = ibis.duckdb.connect()
    models = {name: _model(connection.create_table(name, connection.read_csv(path))) for name, path in tables.items()}

    def ask(data: str, request: dict[str, Any]) -> Callable[[], Shown]:
        frame = _query(models[data.split()[0]], request).execute()  # a request names its period of `published` itself
        figures = frame[[*request["measures"]]].astype(float)
        return lambda: [tuple(row) for row in figures.itertuples(index=False) if not any(map(_missing, row))]

    return ask


def _query(model: Any, request: dict[str, Any]) -> Any:
    filters = [_filter(*one) for one in request.get("where", [])]
    order = [tuple(one) for one in request.get("order", [])] or None
    asked = {"dimensions": request.get("by", []), "measures": request["measures"], "filters": filters}
    return model.query(**asked, order_by=order, limit=request.get("limit"))


def _filter(field: str, sign: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": sign, "values" if sign == "in" else "value": value}


def _missing(value: float) -> bool:
    return value != value


def _model(table: Any) -> Any:
    columns = set(table.columns)
    figures = columns - TEXT
    dimensions = {name: _column(name) for name in columns & TEXT}
    measures: dict[str, Any] = {name: _sum(name) for name in figures} | {"pilots": lambda t: t.city.nunique()}
    measures |= {f"average_{name}": _mean(name) for name in figures} | {"median_gdp": lambda t: t.gdp.median()}
    measures["share_of_gdp"] = lambda t: t.info_consumption.sum() / t.gdp.sum()
    if "lte_subscribers" in columns:
        measures["lte_share"] = lambda t: t.lte_subscribers.sum() / t.mobile_subscribers.sum()
        dimensions["gdp_of_place"] = _column("gdp")
    if "year" in columns and "period" not in columns:
        measures["gdp_growth_2015"] = lambda t: _of_year(t, "2015/01/01") / _of_year(t, "2014/01/01") - 1
    if "consumer" in columns:
        measures["public_share"] = lambda t: _part(t, "public") / t.info_consumption.sum()
    if "period" in columns:
        measures |= _rules()
    return to_semantic_table(table).with_dimensions(**dimensions).with_measures(**measures)


def _rules() -> dict[str, Any]:
    """Measures that know how these figures are published."""
    return {
        **{name: _quarter(*ends) for name, ends in QUARTERS.items()},
        "gdp_q2_growth_2014": lambda t: (
            (_gdp(t, "2014Q1-Q2") - _gdp(t, "2014Q1")) / (_gdp(t, "2013Q1-Q2") - _gdp(t, "2013Q1")) - 1
        ),
        "info_consumption_whole": _whole,
        "enterprise_share": lambda t: _part(t, "enterprise") / _whole(t),
        "info_consumption_growth_2014": _grown,
        "info_consumption_growth_published": lambda t: t.info_consumption_growth.max().coalesce(_grown(t)),
    }


def _column(name: str) -> Callable[[Any], Any]:
    return lambda t: t[name]


def _sum(name: str) -> Callable[[Any], Any]:
    return lambda t: t[name].sum()


def _mean(name: str) -> Callable[[Any], Any]:
    return lambda t: t[name].mean()


def _of_year(t: Any, year: str) -> Any:
    return t.gdp.sum(where=t.year == year)


def _part(t: Any, consumer: str) -> Any:
    return t.info_consumption.sum(where=t.consumer == consumer)


def _gdp(t: Any, period: str) -> Any:
    return t.gdp.sum(where=t.period == period)


def _quarter(end: str, start: str | None) -> Callable[[Any], Any]:
    """A quarter as the difference of two running totals of the year that is asked for."""

    def measured(t: Any) -> Any:
        year = t.year.cast("string")
        until = t.gdp.sum(where=t.period == year + end)
        return until - t.gdp.sum(where=t.period == year + start) if start else until

    return measured


def _whole(t: Any) -> Any:
    """The published total, or the sum where all three parts are there."""
    parts = t.consumer != "overall"
    summed = ibis.ifelse(t.info_consumption.count(where=parts) == 3, t.info_consumption.sum(where=parts), ibis.null())
    return t.info_consumption.sum(where=t.consumer == "overall").coalesce(summed)


def _grown(t: Any) -> Any:
    now, before = (t.info_consumption.sum(where=t.period == year) for year in ("2014", "2013"))
    return now / before - 1


if __name__ == "__main__":
    serve(ready, ("boring-semantic-layer", "ibis-framework", "duckdb"))
