"""A tiny panel drawn from a seed: quarters as authorities might publish them, with gaps, and their figures as a dict.

Everything is kept twice: as rows of import files for the store, and as plain figures for the evaluator.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from panels import HERE, figure, write_csv

from xinfo.store.build import build

YEARS = (2013, 2014, 2015)
PARTS = ("personal", "enterprise", "public")
SERVICES = "services"
"""A part of each of them, called `personal:services`."""
GONE = 0.06
"""How often a place lacks a year of a metric."""
PLACE = ("place_id", "name_en", "name_zh", "admin_type", "province_en", "province_zh", "region", "batch", "adcode")


@dataclass(frozen=True)
class Spot:
    """A place; `inside` is the one around it."""

    id: str
    province: str
    region: str
    kind: str
    batch: str | None
    adcode: str
    inside: str | None = None


SPOTS = (
    *(Spot(f"east-{n}", "Anhui", "east", "county", "1", f"3401{n:02d}") for n in range(21, 24)),
    *(Spot(f"coast-{n}", "Fujian", "east", "prefecture-level city", "2", f"350{n}00") for n in range(1, 4)),
    *(Spot(f"west-{n}", "Gansu", "west", "prefecture-level city", "1", f"620{n}00") for n in range(1, 4)),
    Spot("town", "Gansu", "west", "district", "2", "620102", "west-1"),
    Spot("village", "Gansu", "west", "district", "2", "620202", "west-2"),
    Spot("beyond", "Hunan", "central", "county-level city", None, "430181"),
)


@dataclass
class Panel:
    """The published figures by metric, place, year, quarter and part; rates and targets by metric, place and year."""

    figures: dict[tuple[str, str, int, int, str], float] = field(default_factory=dict)
    rates: dict[tuple[str, str, int], float] = field(default_factory=dict)
    targets: dict[tuple[str, str, int], float] = field(default_factory=dict)


def drawn(seed: int) -> Panel:
    draw, panel = random.Random(seed), Panel()
    for spot in SPOTS:
        for metric in ("info_consumption", "gdp", "population"):
            parts = PARTS if metric == "info_consumption" and draw.random() < 0.7 else ("all",)
            size = draw.randrange(50, 1000)
            for year in YEARS:
                if draw.random() < GONE:
                    continue
                for quarter in range(1, 5):
                    for part in parts:
                        amount = float(size * draw.randrange(80, 130))
                        panel.figures[metric, spot.id, year, quarter, part] = amount
                        if part != "all":
                            services = round(amount * draw.random(), 2)
                            panel.figures[metric, spot.id, year, quarter, f"{part}:{SERVICES}"] = services
        for year in YEARS:
            if draw.random() < 0.2:
                panel.rates["info_consumption", spot.id, year] = draw.randrange(-200, 400) / 1000
            if draw.random() < 0.6:
                panel.targets["info_consumption", spot.id, year] = float(draw.randrange(50_000, 900_000))
    return panel


def _parts(part: str) -> dict[str, str]:
    """`personal:services` as the columns of import files."""
    return dict(zip(("consumer", "offering"), part.split(":"), strict=False))


def stored(panel: Panel, folder: Path) -> Path:
    """The panel as a store."""
    rows = [
        figure(metric, f"{year}Q{quarter}", value, {"place": place, **_parts(part)})
        for (metric, place, year, quarter, part), value in panel.figures.items()
    ]
    rows += [
        figure("info_consumption_growth", str(year), rate, {"place": place})
        for (_, place, year), rate in panel.rates.items()
    ]
    aims = [
        {"place": place, "metric": metric, "period": year, "value": value, "unit": "yuan"}
        for (metric, place, year), value in panel.targets.items()
    ]
    named = {"Anhui": "安徽省", "Fujian": "福建省", "Gansu": "甘肃省", "Hunan": "湖南省"}
    places = [
        (s.id, s.id.title(), f"{s.id}市", s.kind, s.province, named[s.province], s.region, s.batch or "", s.adcode)
        for s in SPOTS
    ]
    write_csv(folder / "data" / "place.csv", [dict(zip(PLACE, place, strict=True)) for place in places], PLACE)
    write_csv(folder / "data" / "observation.csv", rows)
    write_csv(folder / "data" / "target.csv", aims, ("place", "metric", "period", "value", "unit"))
    build(folder / "store.duckdb", shipped=HERE, data=folder / "data", built_at="2016-01-01T00:00:00")
    return folder / "store.duckdb"
