"""The shipped reference data: whole, sourced, consistent, and the article's figures right. Needs no store."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from xinfo.store.periods import parse_id

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
COLLECTED = 248 + 1_103 + 3
"""Figures of the first gathering, and the observations and targets of the second."""
UNITS = {
    "yuan": {"亿元"},
    "count": {"户", "人", "units", "万户", "万人"},
    "ratio": {"%"},
    "yuan/person": {"yuan/person"},
    "percentage_point": {"percentage_point"},
    "Mbps": {"Mbps"},
    "Gbps": {"Gbps"},
}
CONFIDENCES = {"high", "medium", "low"}
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(name: str, column: str) -> set[str]:
    return {row[column] for row in rows(name)}


def documented(heading: str) -> list[str]:
    """The body rows of the table under a heading of docs/data.md."""
    section = (ROOT / "docs" / "data.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("| ---")][1:]


def published(place: str, metric: str, period: str, table: str = "observation") -> list[Row]:
    key = {"place": place, "metric": metric, "period": period}
    return [row for row in rows(table) if all(row[column] == value for column, value in key.items())]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("source", "source_id"),
        ("place", "place_id"),
        ("metric", "metric_id"),
        ("method", "method_id"),
        ("fact", "fact_id"),
        ("division", "adcode"),
    ],
)
def test_ids_are_unique_and_rows_complete(table: str, column: str) -> None:
    assert [one for one, times in Counter(row[column] for row in rows(table)).items() if times > 1 or not one] == []
    assert all(None not in row and None not in row.values() for row in rows(table))


@pytest.mark.parametrize("table", ["observation", "target"])
def test_every_figure_uses_known_places_metrics_and_periods(table: str) -> None:
    places, metrics = ids("place", "place_id"), ids("metric", "metric_id")
    for row in rows(table):
        assert row["place"] in places, row
        assert row["metric"] in metrics, row
        assert parse_id(row["period"]).id == row["period"], row
        assert row["confidence"] in CONFIDENCES, row


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("observation", "source"),
        ("target", "source"),
        ("place", "source_id"),
        ("metric", "source_id"),
        ("fact", "source_id"),
    ],
)
def test_every_row_has_a_known_source(table: str, column: str) -> None:
    assert {row[column] for row in rows(table)} <= ids("source", "source_id")


@pytest.mark.parametrize("table", ["observation", "target", "place"])
def test_further_sources_in_notes_exist(table: str) -> None:
    named = {
        one
        for row in rows(table)
        for also in re.findall(r"Also: ([^.]*(?:\.\d[^.]*)*)\.", row["note"])
        for one in also.split(", ")
    }
    assert named <= ids("source", "source_id")


def test_methods_exist_and_each_is_used() -> None:
    assert {row["method"] for row in rows("observation")} - {""} == ids("method", "method_id")


def test_no_address_is_listed_twice() -> None:
    """But that of a repository, of which two files were read: their titles name them."""
    pages = Counter(row["url"] for row in rows("source") if row["url"] and "(repository " not in row["title"])
    assert pages.most_common(1)[0][1] == 1
    assert len({row["title"] for row in rows("source")}) == len(rows("source"))


def test_every_source_has_a_chinese_title() -> None:
    lacking = [row["source_id"] for row in rows("source") if not re.search(r"[\u4e00-\u9fff]", row["title_zh"])]
    assert lacking == []
    assert len({row["title_zh"] for row in rows("source")}) == len(rows("source"))


def test_no_figure_is_given_twice() -> None:
    parts = ("place", "metric", "period", "consumer", "offering", "sector", "method")
    for table in ("observation", "target"):
        keys = Counter(tuple(row.get(part, "") for part in parts) for row in rows(table))
        assert [key for key, times in keys.items() if times > 1] == []


def test_units_fit_their_metrics_and_bounds() -> None:
    units = {row["metric_id"]: row["unit"] for row in rows("metric")}
    for row in rows("observation") + rows("target"):
        assert row["unit"] in UNITS[units[row["metric"]]], row
        least = -100 if row["metric"].endswith("_growth") else 0
        assert least < float(row["value"]) <= (100 if row["unit"] in {"%", "percentage_point"} else 2e9), row


def test_words_come_from_their_lists() -> None:
    assert ids("observation", "status") <= {"reported", "preliminary", "estimated"}
    assert ids("observation", "consumer") == ids("observation", "sector") == {"all"}
    assert ids("observation", "offering") <= {"all", "products", "services"}
    assert ids("target", "comparison") <= {"at_least", "about", "at_most"}
    assert ids("metric", "kind") == {"flow", "stock", "ratio"}
    assert ids("division", "level") == {"province", "prefecture", "county"}


def test_metrics_refer_to_metrics_and_growth_is_named_after_its_base() -> None:
    known = ids("metric", "metric_id")
    for row in rows("metric"):
        assert {row["numerator"], row["denominator"], row["growth_of"]} - {""} <= known, row
        assert not row["growth_of"] or row["metric_id"] == f"{row['growth_of']}_growth", row
        assert all(row[f"{text}_{lang}"] for text in ("label", "definition") for lang in ("en", "zh")), row


def test_growth_and_its_base_share_a_method() -> None:
    base = {row["metric_id"]: row["growth_of"] for row in rows("metric") if row["growth_of"]}
    for row in rows("observation"):
        if row["metric"] in base and row["offering"] == "all":
            amounts = published(row["place"], base[row["metric"]], row["period"])
            assert not amounts or row["method"] in {amount["method"] for amount in amounts}, row


def test_every_collected_figure_is_accounted_for() -> None:
    held, left_out = documented("Figures stored as facts"), documented("Not included")
    assert len(rows("observation")) + len(rows("target")) + len(held) + len(left_out) == COLLECTED
    assert {re.findall(r"`(\w+)`", line)[-1] for line in held} <= ids("fact", "fact_id")


def test_documented_row_counts_are_right() -> None:
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    for line in re.findall(r"^\| `\w+\.csv`.*$", text, re.MULTILINE):
        name, count = re.findall(r"\| `(\w+)\.csv` \| ([\d,]+)", line)[0]
        assert len(rows(name)) == int(count.replace(",", "")), line


def test_low_confidence_says_why() -> None:
    for table in ("observation", "target", "place"):
        assert [row for row in rows(table) if row["confidence"] == "low" and not row["note"]] == []


def test_known_pilots_are_30_and_no_more() -> None:
    batches = Counter(row["batch"] for row in rows("place"))
    assert batches == {"1": 18, "2": 2, "1 or 2": 10, "": 28}
    assert {row["admin_type"] for row in rows("place") if not row["batch"]} == {"country", "province"}


def test_a_places_gdp_and_population_have_one_method_up_to_2018() -> None:
    """The vintage that counts has every year that was published; a lone figure of another stands beside it."""
    held: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in rows("observation"):
        if row["metric"] in {"gdp", "population"} and "2010" <= row["period"] <= "2018" and len(row["period"]) == 4:
            held.setdefault((row["place"], row["metric"]), {}).setdefault(row["method"], set()).add(row["period"])
    for key, methods in held.items():
        longest = max(methods.values(), key=len)
        others = set().union(*methods.values()) - longest
        assert key[0] == "china" or others == set(), key


def test_places_agree_with_the_table_of_divisions() -> None:
    divisions = {row["adcode"]: row for row in rows("division")}
    for place in rows("place"):
        if place["admin_type"] != "country":
            division = divisions[place["adcode"]]
            assert division["name_zh"] == place["name_zh"]
            assert division["name_en"] == place["name_en"].removesuffix(" County")
            assert place["region"] in {"east", "central", "west", "northeast"}


@pytest.mark.parametrize(
    ("table", "metric", "period", "value", "unit"),
    [
        ("observation", "info_consumption", "2013Q1-Q3", "65.52", "亿元"),
        ("observation", "info_consumption_growth", "2013Q1-Q3", "20", "%"),
        ("target", "info_consumption", "2015", "125", "亿元"),
        ("target", "info_consumption_share_of_gdp", "2015", "10", "%"),
    ],
)
def test_the_articles_figures_for_xining(table: str, metric: str, period: str, value: str, unit: str) -> None:
    (row,) = published("xining", metric, period, table)
    assert (row["value"], row["unit"], row["source"]) == (value, unit, "xining-pilot-article-2014")


def test_programme_facts_carry_their_dates_and_areas_in_both_languages() -> None:
    facts = {row["fact_id"]: row for row in rows("fact")}
    period, areas = facts["pilot_period"], facts["six_content_areas"]
    assert "January 2014" in period["text_en"]
    assert "December 2015" in period["text_en"]
    assert "2014年1月" in period["text_zh"]
    assert "2015年12月" in period["text_zh"]
    for word in ("infrastructure", "intelligent information products", "cloud", "small and medium", "experience"):
        assert word in areas["text_en"]
    for word in ("基础设施", "智能信息产品", "新型信息消费示范项目", "云平台", "中小企业电子商务", "体验"):
        assert word in areas["text_zh"]


def test_each_further_metric_has_words_in_both_languages() -> None:
    words = YAML(typ="safe").load((ROOT / "queries/vocabulary/further_metrics.yaml").read_text(encoding="utf-8"))
    contract = [row["metric_id"] for row in rows("metric")][:16]
    assert set(words) == ids("metric", "metric_id") - set(contract)
    phrases = [phrase for languages in words.values() for lang in ("en", "zh") for phrase in languages[lang]]
    assert len(phrases) == len(set(phrases))
    assert all(phrase == phrase.lower() for phrase in phrases)
