"""Turns in every state that a card can have, made by hand: for tests of the cards and for the gallery."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xinfo.answer.answer import Answer, Column, NotAnswered, Source
from xinfo.store.periods import Period
from xinfo.ui.dialogue import Turn
from xinfo.understand.catalog import Catalog, Metric, Place
from xinfo.understand.reading import Heard, Reading, Slots, Unclear, When
from xinfo.understand.template import Template

XINING = Place(
    "xining", "Xining", "西宁市", "prefecture-level city", "Qinghai", "青海省", "west", "1", "630100", None, 101.8, 36.6
)
CHONGQING = Place(
    "chongqing", "Chongqing", "重庆市", "municipality", "Chongqing", "重庆市", "west", "1", "500000", None, 106.5, 29.6
)
WUHAN = Place(
    "wuhan", "Wuhan", "武汉市", "prefecture-level city", "Hubei", "湖北省", "central", "1", "420100", None, 114.3, 30.6
)
CATALOG = Catalog(
    places={place.place_id: place for place in (XINING, CHONGQING, WUHAN)},
    metrics={"info_consumption": Metric("info_consumption", "Information consumption", "信息消费", "yuan", "flow")},
)
META = {
    "name": "demo",
    "fingerprint": "9f2c41d07be355aa",
    "built_at": "2026-11-23T10:00:00",
    "data_from": "2013Q1",
    "data_to": "2015Q4",
}
SOURCE = Source(
    "xining-2013", "Xining, 1st–3rd quarter [2013]", "Xining Daily", "https://example.org/a_(b)", "2013-11-02"
)
SQL = "SELECT place_id AS place, value\nFROM figures\nWHERE metric_id = $metric AND period_id = $period"
TIMING = {"understand": 2.1, "validate": 0.2, "execute": 4.4, "compose": 1.3, "total": 8.0}
NASTY = (
    r"$a_b$ **bold** <b>x</b> :red[no] ![p](http://example.org/p.png) [l](http://example.org) `code` ~~gone~~ a -> b"
)


def template(name: str, title: str, chart: str = "none") -> Template:
    said = {"en": "{figure}", "zh": "{figure}"}
    titles = {"en": title, "zh": title}
    return Template(name, 1, titles, frozenset({"metric"}), frozenset(), ("value",), said, said, SQL, chart)


def answer(lang: str, sentence: str, headline: str, rows: tuple[dict[str, Any], ...], **more: Any) -> Answer:
    names = {
        "en": {"place": "Place", "period": "Period", "value": "Value"},
        "zh": {"place": "地区", "period": "时期", "value": "数值"},
    }[lang]
    columns = tuple(
        Column(name, label, "yuan" if name == "value" else None)
        for name, label in names.items()
        if any(name in row for row in rows)
    )
    slots = Slots(metric="info_consumption", places=("xining",), periods=(When.of(Period(2014, 7, 9)),))
    reading = Reading(sentence, lang, template("value", "A figure"), slots, sentence)
    base = Answer(
        reading,
        SQL,
        {"metric": "info_consumption", "period": "2013Q1-Q3"},
        columns,
        rows,
        headline,
        None,
        "",
        (SOURCE,),
        ("reported",),
        ("",),
        (),
        META["fingerprint"],
        TIMING,
        {place.place_id: place.name(lang) for place in CATALOG.places.values()},
    )
    return replace(base, **more)


def line_chart(values: list[dict[str, Any]], mark: str, x: str, y: str) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "mark": {"type": mark, "point": mark == "line"},
        "encoding": {
            "x": {"field": x, "type": "nominal" if mark == "line" else "quantitative", "title": None},
            "y": {
                "field": y,
                "type": "quantitative" if mark == "line" else "nominal",
                "title": "billion yuan" if mark == "line" else None,
                "sort": "-x",
            },
        },
    }


def number() -> Answer:
    return answer(
        "en",
        "Information consumption of Xining in the first three quarters of 2013",
        "Information consumption of Xining in the first three quarters of 2013: 6.552 billion yuan.",
        ({"place": "xining", "metric": "info_consumption", "period": "2013Q1-Q3", "value": 6.552e9, "unit": "yuan"},),
        caveats=("Cities define information consumption differently.",),
    )


def trend() -> Answer:
    rows = tuple(
        {"place": "xining", "period": f"{year}Q{quarter}", "value": 1e9 * (year - 2011 + 0.3 * quarter), "unit": "yuan"}
        for year in (2013, 2014, 2015)
        for quarter in (1, 2, 3, 4)
    )
    points = [{"period": row["period"], "value": row["value"] / 1e9} for row in rows]
    return answer(
        "en",
        "Information consumption of Xining by quarter from 2013 to 2015",
        "Information consumption of Xining by quarter from 2013 to 2015: from 2.3 to 5.2 billion yuan.",
        rows,
        chart=line_chart(points, "line", "period", "value"),
        chart_reason="A line chart, because the figures follow one another in time.",
        statuses=("illustrative",),
        caveats=("Demonstration figures: made up, not published by anyone.",),
    )


def ranking() -> Answer:
    rows = tuple(
        {"place": place, "value": value, "unit": "yuan"}
        for place, value in (("chongqing", 9.1e10), ("wuhan", 6.4e10), ("xining", 1.2e10))
    )
    points = [{"place": CATALOG.places[row["place"]].name_en, "value": row["value"] / 1e9} for row in rows]
    return answer(
        "en",
        "The 3 of all pilots with the highest information consumption in 2015",
        "Highest information consumption in 2015 among all pilots: "
        "Chongqing (91 billion yuan), Wuhan (64 billion yuan) and Xining (12 billion yuan).",
        rows,
        chart=line_chart(points, "bar", "value", "place"),
        chart_reason="Bars in order, because places are ranked.",
        statuses=("reported", "illustrative"),
    )


def follow_up() -> Answer:
    base = number()
    sentence = "Information consumption of Chongqing in the third quarter of 2014"
    slots = Slots(metric="info_consumption", places=("chongqing",), periods=(When.of(Period(2014, 7, 9)),))
    heard = (Heard("Chonqing", 4, 12, "corrected", "Chongqing"),)
    reading = replace(
        base.reading, sentence=sentence, slots=slots, heard=heard, changed=frozenset({"places", "periods"})
    )
    return replace(
        base,
        reading=reading,
        headline=f"{sentence}: 21.3 billion yuan.",
        rows=({"place": "chongqing", "value": 2.13e10, "unit": "yuan"},),
    )


def long_text() -> Answer:
    said = "Information consumption is spending of people, enterprises and public bodies on information. " * 3
    return answer("en", "What is information consumption?", said.strip(), ())


def chinese() -> Answer:
    return answer(
        "zh",
        "西宁市2013年前三季度信息消费",
        "西宁市2013年前三季度信息消费为65.52亿元。",
        ({"place": "xining", "period": "2013Q1-Q3", "value": 6.552e9, "unit": "yuan"},),
        statuses=("preliminary",),
        caveats=("各城市的信息消费统计口径不同。",),
    )


def declined(lang: str, status: str, reason: str, *choices: str) -> NotAnswered:
    return NotAnswered(Unclear("", lang, status, reason, choices, (Heard("phones", 24, 30, "unknown"),)))


QUESTIONS_AND_REPLIES: tuple[tuple[str, Answer | NotAnswered], ...] = (
    ("What was Xining's information consumption in Q1-Q3 2013?", number()),
    ("How did it develop by quarter?", trend()),
    ("Which pilots were highest in 2015?", ranking()),
    ("And Chonqing in Q3 2014?", follow_up()),
    ("What is information consumption?", long_text()),
    ("西宁市2013年前三季度信息消费是多少？", chinese()),
    (
        "What is the GDP without phones?",
        declined(
            "en", "refused", "“phones” cannot be left out: the figures do not tell them apart.", "GDP of Xining in 2015"
        ),
    ),
    (
        "GDP of Jilin in 2014",
        declined(
            "en",
            "clarify",
            "Jilin is a city and a province.",
            "GDP of Jilin City in 2014",
            "GDP of Jilin Province in 2014",
        ),
    ),
    (
        "西宁市2031年的生产总值",
        declined("zh", "no_data", "数据截至2015年第四季度，没有2031年的数据。", "西宁市2015年的生产总值"),
    ),
    (NASTY, replace(number(), headline=f"{NASTY}: 6.552 billion yuan.", caveats=(NASTY,))),
)

TURNS = tuple(Turn(i, question, reply) for i, (question, reply) in enumerate(QUESTIONS_AND_REPLIES))
