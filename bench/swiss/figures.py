"""Tables of StatBot.Swiss with made-up figures: as flat tables for its SQL, and as a folder that xinfo builds from.

The published questions come without their figures. So each cell of a table is drawn by a seed, by place, year and
category; totals are sums of what they are totals of, the country is the sum of its cantons. A share in per cent is
drawn, too. Both sides are given the same figures.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any

import duckdb
import pyarrow as pa
from ruamel.yaml import YAML

HERE = Path(__file__).parent
SMALL = {"canton": 10, "municipality": 1, "residential area": 10}
"""How much larger the figures of a canton are than those of a municipality; those of a town's parts have no total."""
FLAGS = {"country": "country", "canton": "canton", "district": "district"}
FLAGS |= {"municipal": "municipality", "residence_area": "residential area"}
"""By columns of the questions' SQL the kind of place that they tell."""


@dataclass(frozen=True)
class Table:
    """A table of the questions, and what a steward makes of it."""

    name: str
    of: Mapping[str, Any]

    @property
    def categories(self) -> dict[str, list[str]]:
        """By category its values without the total."""
        return dict(self.of.get("values", {}))

    def holds(self, place: Mapping[str, str]) -> bool:
        """Whether a place below the country has figures of its own."""
        if "only" in self.of:
            return place["uid"] in self.of["only"]
        level, within = place["level"], self.of.get("within", place["canton"])
        return level in self.of["levels"] and level != "country" and place["canton"] == within

    def whole_of(self, place: Mapping[str, str]) -> str:
        """The uid of what has the sum of such places: the country of cantons, the canton where it has figures, too."""
        if "only" in self.of:
            return ""
        if place["level"] == "canton":
            return "0_CH"
        summed = "canton" in self.of["levels"] and place["level"] == "municipality"
        return next(one["uid"] for one in places() if one["name"] == place["canton"]) if summed else ""

    @property
    def years(self) -> range:
        first, last = self.of["years"]
        return range(first, last + 1)


def places() -> list[dict[str, str]]:
    """Every place: uid, name, name_de, level, canton."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(table: Table) -> list[dict[str, Any]]:
    """Every row of the flat table: the place's uid, the year, the categories and the measures."""
    draw = random.Random(table.name)
    found: dict[tuple[Any, ...], dict[str, float]] = {}
    for place in filter(table.holds, places()):
        for key, cell in _cells(table, SMALL[place["level"]], draw):
            found[place["uid"], *key] = cell
            if whole := table.whole_of(place):
                _add(found.setdefault((whole, *key), {}), cell, table)
    if table.of["levels"] == ["country"]:
        found = {("0_CH", *key): cell for key, cell in _cells(table, 10, draw)}
    return [
        {"spatialunit_uid": uid, "year": year, "jahr": year, **dict(zip(table.categories, values, strict=True)), **cell}
        for (uid, year, *values), cell in found.items()
    ]


def _cells(table: Table, size: int, draw: random.Random) -> Iterator[tuple[tuple[Any, ...], dict[str, float]]]:
    """The figures of a place: for every year and all categories at once, totals among them."""
    totals = table.of.get("totals", {})
    whole = {name: [totals[name]] if name in totals else [] for name in table.categories}
    ways = list(product(*([*values, *whole[name]] for name, values in table.categories.items())))
    leaves = list(product(*table.categories.values()))
    about = {way: draw.uniform(0.5, 1.5) for way in leaves}
    for year in table.years:
        drawn = {way: {name: _drawn(most, size, about[way], draw) for name, most in _measures(table)} for way in leaves}
        for way in ways:
            cell: dict[str, float] = {}
            for leaf in leaves:
                if all(a == b or b in whole[n] for a, b, n in zip(leaf, way, table.categories, strict=True)):
                    _add(cell, drawn[leaf], table)
            yield (year, *way), cell


def _measures(table: Table) -> list[tuple[str, int]]:
    return list(table.of["measures"].items())


def _drawn(most: int, size: int, about: float, draw: random.Random) -> float:
    """In per cent where there is no size, a share where it is below one, a balance where it is negative; an amount."""
    if most == 0:
        return round(draw.uniform(0.5, 15), 2)
    if 0 < most < 1:
        return round(draw.uniform(0.1, 1) * most, 4)
    low = -0.4 if most < 0 else 0.7
    return round(abs(most) * size / 10 * about * draw.uniform(low, 1.3))


def _add(cell: dict[str, float], more: Mapping[str, float], table: Table) -> None:
    """Adds amounts up; of shares the country has the mean of what it has so far and the next."""
    for name, most in _measures(table):
        amount = most < 0 or most >= 1
        before = cell.get(name, 0.0 if amount else more[name])
        cell[name] = before + more[name] if amount else round((before + more[name]) / 2, 4)


def flat(table: Table, made: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """The table and `spatial_unit` as the questions' SQL expects them."""
    units = [
        {"spatialunit_uid": one["uid"], "name": one["name"], "name_de": one["name_de"]}
        | {"spatialunit_ontology": one["level"].title()}
        | {flag: one["level"] == level for flag, level in FLAGS.items()}
        for one in places()
    ]
    connection = duckdb.connect()
    for name, some in ((table.name, made), ("spatial_unit", units)):
        connection.register("given", pa.Table.from_pylist(some))
        connection.execute(f"CREATE TABLE {name} AS FROM given")
    return connection


def folder(table: Table, made: list[dict[str, Any]], path: Path) -> Path:
    """The same as a folder in the import format: places without codes, metrics, figures, a programme of its own."""
    path.mkdir(parents=True)
    named = {one["uid"]: one for one in places()}
    YAML(typ="safe").dump(_programme(named), path / "programme.yaml")
    used = {row["spatialunit_uid"] for row in made} | {
        one["uid"] for one in named.values() if one["name"] == table.of.get("within")
    }
    head = ("place_id", "name_en", "admin_type", "province_en")
    listed = [(uid, one["name"], one["level"], one["canton"]) for uid, one in named.items() if uid in used]
    _write(path / "place.csv", head, listed)
    _write(path / "metric.csv", METRIC, [_metric(name, one) for name, one in table.of["metrics"].items()])
    _write(path / "observation.csv", ("place", "metric", "period", "value", "unit"), _figures(table, made))
    return path


def _programme(named: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """What the folder is called and which further words it has; places by their German names and their initials."""
    said: dict[str, Any] = YAML(typ="safe").load((HERE / "programme.yaml").read_text(encoding="utf-8"))
    further = {uid: [one[key] for key in ("name_de", "short") if one[key]] for uid, one in named.items()}
    said["vocabulary"]["place"] = {uid: {"en": names} for uid, names in further.items()}
    return said


METRIC = ("metric_id", "label_en", "unit", "kind", "numerator", "denominator", "synonyms_en", "part_of", "told_by_en")


def _metric(name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    top, bottom = one.get("over", ("", ""))
    told = ";".join(one.get("synonyms", ())), one.get("part_of", ""), ";".join(one.get("told_by", ()))
    return name, one["label"], one["unit"], one["kind"], top, bottom, *told


def _figures(table: Table, made: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    totals = table.of.get("totals", {})
    for metric, one in table.of["metrics"].items():
        if "over" not in one:
            held = {**totals, **one.get("where", {})}
            found: dict[tuple[str, int], list[float]] = {}
            for row in made:
                if all(row[name] == value for name, value in held.items()):
                    found.setdefault((row["spatialunit_uid"], row["year"]), []).append(row[one["of"]])
            for (uid, year), values in found.items():
                value = fmean(values) if one["kind"] == "ratio" else sum(values)
                yield uid, metric, year, value, one["unit"]


def _write(path: Path, head: tuple[str, ...], some: Any) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(some)
