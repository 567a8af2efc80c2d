"""The demonstration figures: made up from a seed and a plan (demonstration.yaml), the same whenever a store is built.

Every row is `illustrative`, with `demonstration` as method and source. Nothing is made up beside what is published: no
target, and no figure of a place's metric in a year of which anything of it is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xinfo.errors import InputError
from xinfo.store.made_up_projects import Draw, make_projects, split
from xinfo.store.schema import DEMONSTRATION
from xinfo.store.standing import MADE_UP

Plan = Mapping[str, Any]
Figure = dict[str, Any]  # place_id, metric_id, period_id, value in base units, and the parts that are not `all`
_MONEY = 10_000  # amounts are whole multiples of 10,000 yuan, as most authorities publish them
_HUNDRED_MILLION = 100_000_000


def add_demonstration(connection: DuckDBPyConnection, path: Path, load_id: int) -> int:
    """Adds figures, targets and projects for every pilot of the list of places, as the plan at `path` says; how many.

    What is counted are the figures. Raises InputError where there is no such plan or it is no YAML.
    """
    plan = _plan(path)
    pilots = connection.execute("""
        SELECT place_id, name_en, name_zh FROM place WHERE batch IS NOT NULL ORDER BY place_id""").fetchall()
    draw = Draw(plan["seed"])
    figures = [figure for place_id, *_ in pilots for figure in _figures(plan, draw, place_id)]
    _add_figures(connection, figures, path.name, load_id)
    _add_targets(connection, plan, draw, figures)
    _append(connection, "project", [one for pilot in pilots for one in make_projects(plan["projects"], draw, *pilot)])
    connection.execute(
        """INSERT INTO source (source_id, title, title_zh)
        SELECT $it, 'Made-up demonstration figures', '演示用虚构数据' WHERE $it NOT IN
        (SELECT source_id FROM source)""",
        {"it": DEMONSTRATION},
    )
    connection.execute(
        """INSERT INTO method SELECT $it, 'Made up for demonstration', '演示用虚构数据', NULL WHERE $it NOT IN
        (SELECT method_id FROM method)""",
        {"it": DEMONSTRATION},
    )
    return len(figures)


def give_way(connection: DuckDBPyConnection) -> None:
    """Takes made-up figures back where anything was published of the same place and metric in the same year.

    A made-up quarter under a published year, or a made-up year over published quarters, would be taken for its part.
    """
    made_up = "SELECT 1 FROM published WHERE source_id = ? LIMIT 1"
    if not connection.execute(made_up, [DEMONSTRATION]).fetchone():
        return  # most stores are of people's own figures, and large ones take their time
    connection.execute(
        """DELETE FROM published WHERE source_id = $it AND EXISTS (
            FROM published AS given WHERE given.source_id <> $it AND given.place_id = published.place_id
            AND given.metric_id = published.metric_id AND left(given.period_id, 4) = left(published.period_id, 4))""",
        {"it": DEMONSTRATION},
    )


def _plan(path: Path) -> Plan:
    try:
        plan: Plan = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; expected the demonstration's plan") from error
    except YAMLError as error:
        raise InputError(f"{path.name}: {error}") from error
    return plan


def _figures(plan: Plan, draw: Draw, place: str) -> Iterator[Figure]:
    """All figures of one place."""
    scale = plan["places"].get(place, plan["unlisted"])
    for metric, shape in plan["flows"].items():
        amounts = _amounts(plan, draw, place, metric, scale, shape)
        if metric == "info_consumption":
            yield from _cells(plan, draw, place, amounts)
        else:
            yield from (_figure(place, metric, period, amount * _MONEY) for period, amount in amounts.items())
    people = scale["population"] * 10_000
    growth = draw.between(plan["population_growth"], place, "population")
    for number, year in enumerate(plan["years"]):
        yield _figure(place, "population", str(year), round(people * (1 + growth) ** number, -3))
    for metric, shape in plan["stocks"].items():
        for period, value in _levels(plan, draw, shape, people, place, metric):
            yield _figure(place, metric, period, value)
    for sector, shape in plan["terminals"].items():
        for period, value in _levels(plan, draw, shape, people, place, sector):
            yield _figure(place, "connected_terminals", period, value, sector=sector)


def _figure(place: str, metric: str, period: str, value: float, **parts: str) -> Figure:
    return {"place_id": place, "metric_id": metric, "period_id": period, "value": float(value), **parts}


def _quarters(plan: Plan) -> list[str]:
    return [f"{year}Q{quarter}" for year in plan["years"] for quarter in (1, 2, 3, 4)]


def _amounts(plan: Plan, draw: Draw, place: str, metric: str, scale: Plan, shape: Plan) -> dict[str, int]:
    """A flow's quarters in units of 10,000 yuan."""
    growth = 1 + draw.between(shape["growth"], place, metric, "growth")
    yearly = scale["gdp"] * _HUNDRED_MILLION / _MONEY * draw.between(shape["share"], place, metric, "share")
    seasons = [
        season * draw.near(plan["season_noise"], place, metric, number)
        for number, season in enumerate(list(plan["season"]) * len(plan["years"]))
    ]
    tied = scale.get("tied", {}).get(metric)
    if tied:
        start, end = (tied[key] * _HUNDRED_MILLION / _MONEY for key in ("2013Q1-Q3", 2015))
        yearly = start / sum(seasons[:3])
        growth = (end / (yearly * sum(seasons[8:12]))) ** 0.5
    values = [round(yearly * growth ** (number // 4) * season) for number, season in enumerate(seasons)]
    if tied:
        values[2] = round(start) - values[0] - values[1]
    return dict(zip(_quarters(plan), values, strict=True))


def _cells(plan: Plan, draw: Draw, place: str, amounts: Mapping[str, int]) -> Iterator[Figure]:
    """Information consumption by consumer and offering; the parts of a quarter sum to its amount."""
    parts = plan["parts"]
    consumers = {one: w * draw.near(parts["noise"], place, one) for one, w in parts["consumer"].items()}
    offerings = {one: w * draw.near(parts["noise"], place, one) for one, w in parts["offering"].items()}
    for period, amount in amounts.items():
        by_consumer = split(amount, list(consumers.values()))
        for consumer, whole in zip(consumers, by_consumer, strict=True):
            weights = [w * draw.near(0.03, place, consumer, one, period) for one, w in offerings.items()]
            for offering, piece in zip(offerings, split(whole, weights), strict=True):
                yield _figure(place, "info_consumption", period, piece * _MONEY, consumer=consumer, offering=offering)


def _levels(plan: Plan, draw: Draw, shape: Plan, people: int, *name: str) -> Iterator[tuple[str, int]]:
    """A stock at the end of each quarter."""
    start, step = (draw.between(shape[key], *name, key) for key in ("start", "step"))
    for number, period in enumerate(_quarters(plan)):
        yield period, round(people * (start + step * number) * draw.near(0.005, *name, period))


def _add_figures(connection: DuckDBPyConnection, figures: list[Figure], file: str, load_id: int) -> None:
    [before] = connection.execute("SELECT coalesce(max(published_id), 0) FROM published").fetchone() or (0,)
    units = dict(connection.execute("SELECT metric_id, unit FROM metric").fetchall())
    missing = {figure["metric_id"] for figure in figures} - set(units)
    if missing:
        raise InputError(f"{file}: metrics that metric.csv does not list: {', '.join(sorted(missing))}")
    marks = {"status": MADE_UP, "mark": MADE_UP, "method": DEMONSTRATION, "source_id": DEMONSTRATION, "file": file}
    whole = {"consumer": "all", "offering": "all", "sector": "all"}
    rows = [
        {
            "published_id": before + number,
            "load_id": load_id,
            **whole,
            **marks,
            "unit": units[figure["metric_id"]],
            **figure,
        }
        for number, figure in enumerate(figures, 1)
    ]
    for row in rows:
        row |= {"value_written": str(int(row["value"])), "unit_written": row["unit"]}
    _append(connection, "published", rows)


def _add_targets(connection: DuckDBPyConnection, plan: Plan, draw: Draw, figures: list[Figure]) -> None:
    """Targets for 2015 near what the place reaches, where no published one stands."""
    last = str(plan["years"][-1])
    published = set(connection.execute("SELECT place_id, metric_id FROM target WHERE period_id = ?", [last]).fetchall())
    reached = _reached(connection, figures, last)
    marks = {"period_id": last, "status": MADE_UP, "mark": MADE_UP, "source_id": DEMONSTRATION}
    rows = []
    for place in sorted({place for place, _ in reached}):
        if draw.unit(place, "target") >= plan["targets"]["places"]:
            continue
        amount, gdp = reached[place, "info_consumption"], reached[place, "gdp"]
        aim = round(amount * draw.between(plan["targets"]["info_consumption"], place, "aim"), -8)
        share = round(amount / gdp * draw.between(plan["targets"]["share"], place, "share aim"), 3)
        own = (
            ("info_consumption", aim, "yuan", "at_least"),
            ("info_consumption_share_of_gdp", share, "ratio", "about"),
        )
        for metric, value, unit, comparison in own:
            if (place, metric) not in published:
                row = {"place_id": place, "metric_id": metric, "value": value, "unit": unit, "comparison": comparison}
                rows.append(row | marks)
    _append(connection, "target", rows)


def _reached(connection: DuckDBPyConnection, figures: list[Figure], year: str) -> dict[tuple[str, str], float]:
    """What each place with made-up figures has in a year of what targets are made of; the published amount first."""
    reached: dict[tuple[str, str], float] = {}
    for figure in figures:
        if figure["period_id"].startswith(year) and figure["metric_id"] in ("info_consumption", "gdp"):
            key = figure["place_id"], figure["metric_id"]
            reached[key] = reached.get(key, 0) + figure["value"]
    given = connection.execute(
        """SELECT place_id, metric_id, value FROM published WHERE period_id = ? AND source_id <> ?
        AND consumer = 'all' AND offering = 'all' ORDER BY published_id DESC""",
        [year, DEMONSTRATION],
    ).fetchall()
    return reached | {(place, metric): value for place, metric, value in given if (place, metric) in reached}


def _append(connection: DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.register("made_up", pa.Table.from_pylist(rows))
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM made_up")
        connection.unregister("made_up")
