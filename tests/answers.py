"""Hand-made readings and results, put through `compose` the way a question's own would be."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from xinfo.answer.answer import Answer, Source
from xinfo.answer.compose import compose
from xinfo.query.result import Result
from xinfo.store.periods import parse_id
from xinfo.understand.catalog import Catalog, Metric, Place
from xinfo.understand.reading import Reading, Slots, When
from xinfo.understand.say import sentence
from xinfo.understand.template import Template, load_templates

QUERIES = Path(__file__).parents[1] / "queries"

CITY = "prefecture-level city"
PLACES = (
    # id, English, Chinese, kind, province, 省, region, batch, code, longitude, latitude
    ("xining", "Xining", "西宁市", CITY, "Qinghai", "青海省", "west", "1", "630100", 101.78, 36.62),
    ("beijing", "Beijing", "北京市", "municipality", "Beijing", "北京市", "east", "1", "110000", 116.41, 39.90),
    ("haidian-district", "Haidian District", "海淀区", "district", "Beijing", "北京市", "", "1", "110108", 116, 40),
    ("shijiazhuang", "Shijiazhuang", "石家庄市", CITY, "Hebei", "河北省", "east", "1", "130100", 114.51, 38.04),
    ("qinhuangdao", "Qinhuangdao", "秦皇岛市", CITY, "Hebei", "河北省", "east", "1", "130300", 119.52, 39.89),
    ("harbin", "Harbin", "哈尔滨市", CITY, "Heilongjiang", "黑龙江省", "northeast", "2", "230100", 126.54, 45.80),
    ("wuhan", "Wuhan", "武汉市", CITY, "Hubei", "湖北省", "central", "1", "420100", 114.31, 30.59),
    ("shenzhen", "Shenzhen", "深圳市", CITY, "Guangdong", "广东省", "east", "1", "440300", 114.06, 22.54),
    ("lhasa", "Lhasa", "拉萨市", CITY, "Tibet", "西藏自治区", "west", "1", "540100", 91.14, 29.65),
    ("china", "China", "全国", "country", "", "", "", None, "100000", None, None),
)  # fmt: skip

METRICS = (
    Metric("info_consumption", "information consumption", "信息消费规模", "yuan", "flow"),
    Metric("gdp", "GDP", "地区生产总值", "yuan", "flow"),
    Metric("ecommerce_sales", "e-commerce sales", "电子商务交易额", "yuan", "flow"),
    Metric("broadband_subscribers", "fixed broadband subscribers", "固定宽带用户", "count", "stock"),
    Metric("info_consumption_share_of_gdp", "information consumption as a share of GDP", "信息消费占GDP比重", "ratio",
           "ratio", "info_consumption", "gdp"),
)  # fmt: skip

SOURCES = {
    "paper": Source(
        "paper", "Article on Xining's choice as a pilot", "A newspaper", "https://example.org/xining", "2014-01"
    ),
    "demonstration": Source("demonstration", "Demonstration figures", "xinfo", "", ""),
    "yearbook": Source("yearbook", '=HYPERLINK("http://x")', "", "javascript:alert(1)", ""),
}
METHODS = {"xining-2013": ("Xining city count of 2013", "西宁市2013年口径"), "wide": ("Wide count", "较宽口径")}


@cache
def templates() -> dict[str, Template]:
    found, complaints = load_templates(QUERIES)
    assert not complaints
    return {template.template_id: template for template in found}


def catalog(confidence: str | None = None) -> Catalog:
    places = {row[0]: Place(*row[:9], confidence=confidence, longitude=row[9], latitude=row[10]) for row in PLACES}
    return Catalog(places, {metric.metric_id: metric for metric in METRICS})


def when(*ids: str) -> tuple[When, ...]:
    """Stretches of time by id; `2013..2015` runs over years."""
    return tuple(When(parse_id(i.split("..")[0]), parse_id(i.split("..")[-1])) for i in ids)


def figure(
    value: float | None, status: str = "reported", method: str = "", source: str = "paper", **about: Any
) -> dict[str, Any]:
    """A row as the figures' statements give it."""
    parts = {"consumer": "all", "offering": "all", "sector": "all"}
    told = {"statuses": [status], "methods": [method], "sources": [source]}
    return {**parts, **about, "value": value, **told}


def answer(
    template: str, rows: list[dict[str, Any]], slots: Slots, lang: str = "en", *,
    expected: tuple[str, ...] = (), confidence: str | None = None, params: dict[str, Any] | None = None,
    assumed: tuple[str, ...] = (), truncated: bool = False, question: str = "?",
) -> Answer:  # fmt: skip
    """What `compose` makes of these rows as the result of this template for these slots."""
    places = catalog(confidence)
    chosen = templates()[template]
    reading = Reading(question, lang, chosen, slots, sentence(chosen, slots, places, lang), assumed=assumed)
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    result = Result(columns, tuple(tuple(row.get(name) for name in columns) for row in rows), truncated, 1.0)
    return compose(
        reading, result, sql="select 1", params=params or {}, catalog=places, sources=SOURCES, methods=METHODS,
        fingerprint="abc", expected_places=expected, timing={"total": 1.0},
    )  # fmt: skip
