"""The figures of a store as flat tables, one column a metric: what tools for tables can be asked about.

Made from what the store has worked out already (quarters summed, parts totalled, ratios of totals), so that a tool is
spared that. Only `published` is as authorities give it: running totals, parts beside totals, gaps. Money is in
billion yuan.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from xinfo.store.opening import literal

BILLION = 1e9
YEARS = ("2013", "2014", "2015")
MONEY = ("gdp", "info_consumption", "ecommerce_sales", "online_retail_sales", "telecom_revenue", "software_revenue")
COUNTS = ("population", "broadband_subscribers", "mobile_subscribers", "lte_subscribers", "lte_base_stations")
RATIOS = ("info_consumption_share_of_gdp", "lte_share_of_mobile", "info_consumption_per_capita")
PLACE = "name_en AS city, province_en AS province, region, admin_type AS type, batch"
TOTAL = "consumer = 'all' AND offering = 'all' AND sector = 'all'"
YEAR = ", left(period_id, 4) || '/01/01' AS year"
QUARTER = (
    """, left(period_id, 4) || '/' || lpad((right(period_id, 1)::INT * 3 - 2)::VARCHAR, 2, '0') || '/01' AS quarter"""
)
ONE = "max(value) FILTER (metric_id = '{}'){} AS {}"
PILOTS = """
  SELECT {place}{when}, {figures} FROM observation JOIN place USING (place_id)
  WHERE batch IS NOT NULL AND {total} AND regexp_full_match(period_id, '{periods}') GROUP BY ALL ORDER BY ALL
"""
PARTS = f"""
  SELECT {PLACE}, consumer, value / {BILLION} AS info_consumption FROM observation JOIN place USING (place_id)
  WHERE batch IS NOT NULL AND metric_id = 'info_consumption' AND period_id = '2015' AND consumer <> 'all'
    AND offering = 'all' AND sector = 'all' ORDER BY ALL
"""
PUBLISHED = """
  SELECT name_en AS city, region, period_id AS period, left(period_id, 4)::INT AS year,
    if(consumer <> 'all', consumer, 'overall') AS consumer,
    coalesce(method, '') AS method, CASE place_id WHEN 'haidian-district' THEN 'Beijing' ELSE 'none' END AS within,
    {figures}
  FROM place LEFT JOIN (FROM published WHERE regexp_full_match(period_id, '{periods}')) AS p USING (place_id)
  WHERE batch IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
AS_PUBLISHED = {"published": ".*"} | {f"published {one}": one for one in ("2014", "2014Q2", "2014Q4", "2014Q1-Q2")}
GIVEN = ("gdp", "info_consumption"), ("broadband_subscribers", "info_consumption_growth")


def write(store: Path, published: Path, folder: Path) -> dict[str, Path]:
    """Every table as a CSV file, by its name; `store` is the sample, `published` what authorities gave."""
    made = {}
    with duckdb.connect(str(store), read_only=True) as connection:
        for name in (*YEARS, "2014Q2"):
            made[name] = _copy(connection, _pilots("", name), folder, name)
        made["years"] = _copy(connection, _pilots(YEAR, "|".join(YEARS)), folder, "years")
        made["quarters"] = _copy(connection, _pilots(QUARTER, "201[345]Q[1-4]"), folder, "quarters")
        made["parts"] = _copy(connection, PARTS, folder, "parts")
    with duckdb.connect(str(published), read_only=True) as connection:
        for name, periods in AS_PUBLISHED.items():
            made[name] = _copy(connection, PUBLISHED.format(figures=_figures(*GIVEN), periods=periods), folder, name)
    return made


def expected(path: Path, sql: str) -> list[tuple[float, ...]]:
    """The figures that SQL written by hand finds in a table, called `t` there; a cell without one is none."""
    with duckdb.connect() as connection:
        connection.execute("SET default_null_order = 'nulls_last'")
        connection.execute(f"CREATE VIEW t AS FROM read_csv({literal(path)})")
        return [tuple(map(float, row)) for row in connection.execute(sql).fetchall() if None not in row]


def _pilots(when: str, periods: str) -> str:
    return PILOTS.format(
        place=PLACE, when=when, figures=_figures(MONEY, (*COUNTS, *RATIOS)), total=TOTAL, periods=periods
    )


def _figures(money: tuple[str, ...], others: tuple[str, ...]) -> str:
    told = [ONE.format(metric, f" / {BILLION}", metric) for metric in money]
    return ", ".join([*told, *(ONE.format(metric, "", metric) for metric in others)])


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, folder: Path, name: str) -> Path:
    path = folder / f"{name}.csv"
    connection.execute(f"COPY ({sql}) TO {literal(path)} (HEADER)")
    return path
