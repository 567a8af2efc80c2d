"""How figures lie among places (middle, spread, groups, bounds, relations), against a calculation of its own."""

from __future__ import annotations

import random
import re
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from panels import built, figure, write_csv

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.language.numbers import amount
from xinfo.store.versions import current

QUERIES = Path(__file__).parents[1] / "queries"
CITY = "prefecture-level city"
HEAD = ("place_id", "name_en", "name_zh", "admin_type", "province_en", "province_zh", "region", "batch", "adcode")
PROVINCES = {
    "Hebei": ("河北省", "east", 13), "Shandong": ("山东省", "east", 37), "Hubei": ("湖北省", "central", 42),
    "Sichuan": ("四川省", "west", 51), "Qinghai": ("青海省", "west", 63),
}  # fmt: skip
NAMES = {
    "handan": ("邯郸市", "Hebei"), "langfang": ("廊坊市", "Hebei"), "qinhuangdao": ("秦皇岛市", "Hebei"),
    "weihai": ("威海市", "Shandong"), "jining": ("济宁市", "Shandong"), "linyi": ("临沂市", "Shandong"),
    "wuhan": ("武汉市", "Hubei"), "huangshi": ("黄石市", "Hubei"), "mianyang": ("绵阳市", "Sichuan"),
    "leshan": ("乐山市", "Sichuan"), "xining": ("西宁市", "Qinghai"), "lushan": ("庐山市", "Qinghai"),
}  # fmt: skip
WITHOUT = "lushan"
"""Has no figure."""
PRELIMINARY = "xining"


def places() -> list[dict[str, object]]:
    rows = []
    for at, (place, (chinese, province)) in enumerate(NAMES.items()):
        zh, region, code = PROVINCES[province]
        named = (place, place.capitalize(), chinese, CITY, province, zh, region, "1" if at % 3 else "2")
        rows.append(dict(zip(HEAD, (*named, f"{code}{at + 1:02d}00"), strict=True)))
    return rows


def amounts(seed: int, low: int, high: int) -> dict[str, float]:
    draw = random.Random(seed)
    return {place: draw.randrange(low, high) * 1e9 for place in NAMES if place != WITHOUT}


GDP = {year: amounts(year, 20, 400) for year in (2014, 2015)} | {2013: amounts(2013, 20, 200)}
PEOPLE = {place: round(value / 1e5) for place, value in amounts(5, 20, 90).items()}
BATCH = {place: "1" if at % 3 else "2" for at, place in enumerate(NAMES)}
REGION = {place: PROVINCES[province][1] for place, (_, province) in NAMES.items()}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("kinds")
    write_csv(folder / "data" / "place.csv", places(), HEAD)
    rows = [
        figure(
            "gdp", str(year), value, {"place": place, "status": "preliminary" if place == PRELIMINARY else "reported"}
        )
        for year, values in GDP.items()
        for place, value in values.items()
    ]
    rows += [figure("population", "2015", value, {"place": place}) for place, value in PEOPLE.items()]
    built(folder, rows).close()
    return open_workspace(current(folder / "store.duckdb"), QUERIES)


def by_region(make: Callable[[list[float]], float]) -> dict[str, float]:
    groups: dict[str, list[float]] = {}
    for place, value in GDP[2015].items():
        groups.setdefault(REGION[place], []).append(value)
    return {region: make(values) for region, values in groups.items()}


def one(rows: Any) -> Any:
    return [row["value"] for row in rows]


def regions(rows: Any) -> Any:
    return {row["region"]: row["value"] for row in rows}


def places_of(rows: Any) -> Any:
    return {row["place"]: row["value"] for row in rows}


def both_of(rows: Any) -> Any:
    return {f"{row['place']} {name}": row[name] for row in rows for name in ("value", "other")}


def pairs(second: str) -> Callable[[Any], Any]:
    return lambda rows: {f"{row['region']} {row[second]}": row["value"] for row in rows}


def summed(group: Callable[[str], tuple[str, ...]], years: list[int]) -> dict[str, float]:
    made: dict[str, float] = {}
    for year in years:
        for place, value in GDP[year].items():
            key = " ".join((*group(place), *([str(year)] if len(years) > 1 else [])))
            made[key] = made.get(key, 0.0) + value
    return made


def within(low: float, high: float, strict: bool = False) -> dict[str, float]:
    inside = (lambda v: low < v < high) if strict else (lambda v: low <= v <= high)
    return {place: value for place, value in GDP[2015].items() if inside(value)}


EDGES = sorted(GDP[2015].values())[3], sorted(GDP[2015].values())[7]
LOW, HIGH = (round(edge / 1e9) for edge in EDGES)
FOUR_TO_EIGHT = within(*EDGES)
MOST = {max((p for p in GDP[2015] if REGION[p] == r), key=GDP[2015].__getitem__) for r in ("east", "central", "west")}

CASES: list[tuple[str, str, Callable[[Any], Any], Any]] = [
    ("Median GDP of the pilots in 2015", "2015年试点GDP中位数", one, [statistics.median(GDP[2015].values())]),
    (
        "Median year-on-year growth of GDP of the pilots in 2015", "2015年试点GDP同比增速中位数", one,
        [statistics.median(GDP[2015][p] / GDP[2014][p] - 1 for p in GDP[2015])],
    ),
    ("Average GDP by region in 2015", "2015年各区域平均GDP", regions, by_region(statistics.fmean)),
    ("Median GDP by region in 2015", "2015年各区域GDP中位数", regions, by_region(statistics.median)),
    (
        f"How many pilots in each region had GDP above {HIGH} billion yuan in 2015?",
        f"2015年各区域GDP超过{HIGH * 10}亿元的试点有几个", regions,
        by_region(lambda values: float(sum(value > HIGH * 1e9 for value in values))),
    ),
    (
        f"Which pilots had GDP between {LOW} and {HIGH} billion yuan in 2015?",
        f"2015年GDP在{LOW * 10}亿元到{HIGH * 10}亿元之间的试点", places_of, FOUR_TO_EIGHT,
    ),
    (
        f"Which pilots had GDP above {LOW} billion yuan and below {HIGH} billion yuan in 2015?",
        f"2015年GDP超过{LOW * 10}亿元但不到{HIGH * 10}亿元的试点", places_of, within(*EDGES, strict=True),
    ),
    (
        f"How many pilots had GDP between {LOW} and {HIGH} billion yuan in 2015?",
        f"2015年GDP{LOW * 10}亿元以上、{HIGH * 10}亿元以下的试点有几个", one, [len(FOUR_TO_EIGHT)],
    ),
    (
        f"How many pilots in each region had GDP between {LOW} and {HIGH} billion yuan in 2015?",
        f"2015年各区域GDP在{LOW * 10}-{HIGH * 10}亿元之间的试点有几个", regions,
        by_region(lambda values: float(sum(EDGES[0] <= value <= EDGES[1] for value in values))),
    ),
    (
        "Which pilot had the highest GDP in each region in 2015?", "2015年各区域GDP最高的试点", places_of,
        {place: GDP[2015][place] for place in MOST},
    ),
    (
        "Quartiles of GDP among the pilots by region in 2015", "2015年各区域GDP的四分位数", places_of, GDP[2015],
    ),
    ("Distribution of GDP among the pilots in 2015", "2015年试点GDP的分布情况", places_of, GDP[2015]),
    (
        "Is there a relation between GDP and population in 2015?", "2015年GDP与人口有相关性吗", both_of,
        {f"{p} {name}": value for p in PEOPLE for name, value in (("value", GDP[2015][p]), ("other", PEOPLE[p]))},
    ),
    (
        "Total GDP by region and by batch in 2015", "2015年GDP按区域和批次合计", pairs("batch"),
        summed(lambda place: (REGION[place], BATCH[place]), [2015]),
    ),
    (
        "Total GDP by region and year from 2013 to 2015", "2013年至2015年GDP按区域和年份合计", pairs("period"),
        summed(lambda place: (REGION[place],), [2013, 2014, 2015]),
    ),
    (
        "How many pilots are there in each region?", "各区域有几个试点", regions,
        {region: float(sum(r == region for r in REGION.values())) for region in set(REGION.values())},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh", "shape", "gold"), CASES, ids=[case[0] for case in CASES])
def test_the_answer_is_the_one_worked_out_apart(
    en: str, zh: str, shape: Callable[[Any], Any], gold: Any, asked: Workspace
) -> None:
    for lang, question in (("en", en), ("zh", zh)):
        answer = asked.conversation(lang).ask(question)
        assert isinstance(answer, Answer), (question, getattr(answer, "unclear", None))
        assert shape(answer.rows) == pytest.approx(gold), question
        again = asked.conversation(lang).ask(answer.reading.sentence)
        assert isinstance(again, Answer)
        assert (again.sql, again.params) == (answer.sql, answer.params)
        if answer.reading.slots.metric:
            assert set(answer.statuses) <= {"reported", "preliminary"}
            assert answer.sources
            assert any(NAMES[WITHOUT][0] in said or "Lushan" in said for said in answer.caveats)


FOLLOW_UPS = [
    ("Average GDP of the western pilots in 2015", ["and the median?", "and by province?"]),
    ("2015年西部试点平均GDP", ["那中位数呢？", "按省份呢？"]),
    (f"Which pilots had GDP between {LOW} and {HIGH} billion yuan in 2015?", ["and in 2014?", "and in the west?"]),
    (f"2015年GDP在{LOW * 10}亿元到{HIGH * 10}亿元之间的试点有哪些", ["那2014年呢？", "西部呢？"]),
]


@pytest.mark.parametrize(("first", "then"), FOLLOW_UPS, ids=[first for first, _ in FOLLOW_UPS])
def test_a_follow_up_keeps_what_was_said(first: str, then: list[str], asked: Workspace) -> None:
    talk = asked.conversation()
    before = talk.ask(first)
    assert isinstance(before, Answer), before
    for question in then:
        answer = talk.ask(question)
        assert isinstance(answer, Answer), (question, getattr(answer, "unclear", None))
        assert answer.reading.slots != before.reading.slots or answer.reading.template != before.reading.template
        before = answer


def test_bounds_with_nothing_between_them_are_asked_back_with_the_other_order(asked: Workspace) -> None:
    for question in (
        f"Which pilots had GDP between {HIGH} and {LOW} billion yuan in 2015?",
        f"2015年GDP在{HIGH * 10}亿元到{LOW * 10}亿元之间的试点",
    ):
        reply = asked.conversation().ask(question)
        assert isinstance(reply, NotAnswered)
        assert reply.unclear.status == "clarify"
        assert all(said in reply.unclear.reason for said in re.findall(r"[\d.]+(?= and| billion|亿)", question))
        offered = asked.conversation().ask(reply.unclear.choices[0])
        assert isinstance(offered, Answer)
        assert places_of(offered.rows) == pytest.approx(FOUR_TO_EIGHT)


def ranks(values: list[float]) -> list[float]:
    return [sorted(values).index(value) + (values.count(value) - 1) / 2 for value in values]


def test_a_relation_has_the_coefficients_worked_out_apart_and_is_called_no_cause(asked: Workspace) -> None:
    answer = asked.conversation("en").ask("Is there a relation between GDP and population in 2015?")
    assert isinstance(answer, Answer)
    pairs = [(GDP[2015][place], float(PEOPLE[place])) for place in PEOPLE]
    one, two = ([pair[side] for pair in pairs] for side in (0, 1))
    assert answer.rows[0]["pearson"] == pytest.approx(statistics.correlation(one, two))
    assert answer.rows[0]["spearman"] == pytest.approx(statistics.correlation(ranks(one), ranks(two)))
    assert any("cause" in said for said in answer.caveats)
    assert set(answer.charts) == {"scatter"}
    titles = {column.name: (column.label, column.unit) for column in answer.columns if column.unit}
    assert titles == {"value": ("GDP", "yuan"), "other": ("Population", "count")}


def test_too_few_pairs_are_no_relation(asked: Workspace) -> None:
    for question in (
        "Relation between GDP and population of the western pilots in 2015",
        "2015年西部试点GDP与人口的相关性",
    ):
        reply = asked.conversation().ask(question)
        assert isinstance(reply, NotAnswered)
        assert reply.unclear.status == "no_data"
        assert "8" in reply.unclear.reason


def test_quartiles_are_those_of_spreadsheets(asked: Workspace) -> None:
    reply = asked.conversation("en").ask("Distribution of GDP among the pilots in 2015")
    assert isinstance(reply, Answer)
    lower, middle, upper = statistics.quantiles(GDP[2015].values(), n=4, method="inclusive")
    for quartile in (lower, middle, upper):
        assert amount(quartile, "yuan", "en") in reply.headline
    drawn = reply.charts["histogram"][0]
    assert sum(datum["places"] for datum in drawn["data"]["values"]) == len(GDP[2015])
