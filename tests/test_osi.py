"""The model of Open Semantic Interchange: as its schema has it, and figures that are right or not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from xinfo.cli import main
from xinfo.store.versions import current

SCHEMA = json.loads((Path(__file__).parent / "exchange" / "osi-0.1.1.json").read_text(encoding="utf-8"))
Rows = Callable[[str, str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def document(exported_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("osi") / "model.yaml"
    assert main(["export", "--store", str(exported_store), "--osi", str(file)]) == 0
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def model(document: dict[str, Any]) -> dict[str, Any]:
    [model] = document["semantic_model"]
    return model


@pytest.fixture(scope="module")
def asked(model: dict[str, Any], exported_store: Path) -> Rows:
    """What another tool makes of a metric by its expression and the relations."""
    pairs = [
        (one["to"], f"observation.{one['from_columns'][0]} = {one['to']}.{one['to_columns'][0]}")
        for one in model["relationships"]
        if one["from"] == "observation"
    ]
    joins = " ".join(f"LEFT JOIN it.{to} AS {to} ON {same}" for to, same in pairs)
    metrics = {one["name"]: one["expression"]["dialects"][0]["expression"] for one in model["metrics"]}
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{current(exported_store)}' AS it (READ_ONLY)")

    def asked(metric: str, rest: str) -> list[tuple[Any, ...]]:
        by = rest.partition("GROUP BY ")[2]
        select = f"SELECT {f'{by}, ' if by else ''}{metrics[metric]} FROM it.observation AS observation {joins} {rest}"
        return connection.execute(select).fetchall()

    return asked


def test_the_file_is_as_the_schema_of_its_version_has_it(document: dict[str, Any]) -> None:
    assert not [f"{one.json_path}: {one.message}" for one in Draft202012Validator(SCHEMA).iter_errors(document)]


def test_names_are_unique_and_relations_lead_to_keys(model: dict[str, Any]) -> None:
    datasets = {one["name"]: one for one in model["datasets"]}
    for some in (model["datasets"], model["metrics"], model["relationships"]):
        assert len({one["name"] for one in some}) == len(some)
    for one in model["relationships"]:
        assert {*one["from_columns"]} <= {field["name"] for field in datasets[one["from"]]["fields"]}
        assert one["to_columns"] == datasets[one["to"]]["primary_key"]


def test_keys_are_keys_and_fields_are_there(model: dict[str, Any], exported_store: Path) -> None:
    with duckdb.connect(str(current(exported_store)), read_only=True) as store:
        for one in model["datasets"]:
            key = ", ".join(one["primary_key"])
            assert not store.execute(f"SELECT {key} FROM {one['name']} GROUP BY ALL HAVING count(*) > 1").fetchall()
            store.execute(f"SELECT {', '.join(field['name'] for field in one['fields'])} FROM {one['name']} LIMIT 1")


@pytest.mark.parametrize(
    ("metric", "rest", "value"),
    [
        ("gdp", "WHERE place.place_id = 'xining' AND period.period_id = '2015'", 113162000000.0),
        ("gdp", "WHERE place.place_id = 'xining'", None),  # years, and what is within them
        ("gdp", "WHERE period.period_id = '2015'", None),  # cities, their provinces and the nation
        ("gdp", "", None),
        ("gdp_per_capita", "WHERE period.period_id = '2015'", None),
    ],
)
def test_a_metric_is_the_figure_or_nothing(metric: str, rest: str, value: float | None, asked: Rows) -> None:
    [(found,)] = asked(metric, rest)
    assert found == (None if value is None else pytest.approx(value))


def test_places_of_one_kind_are_added_as_the_rules_have_it(asked: Rows, exported_store: Path) -> None:
    chosen = "place.admin_type = 'province' AND period.period_id = '2015'"
    [(found,)] = asked("gdp", f"WHERE {chosen}")
    with duckdb.connect(str(current(exported_store)), read_only=True) as store:
        sql = f"""SELECT sum(value) FROM observation JOIN place USING (place_id) JOIN period USING (period_id)
            WHERE metric_id = 'gdp' AND {chosen}"""
        assert store.execute(sql).fetchone() == (pytest.approx(found),)


def test_a_ratio_of_places_is_that_of_their_sums(asked: Rows, exported_store: Path) -> None:
    rows = asked("info_consumption_per_capita", "WHERE period.period_id = '2015' GROUP BY place.admin_type")
    with duckdb.connect(str(current(exported_store)), read_only=True) as store:
        sql = """SELECT admin_type, sum(numerator) / sum(denominator), count(DISTINCT coalesce(method, ''))
            FROM observation JOIN place USING (place_id)
            WHERE metric_id = 'info_consumption_per_capita' AND period_id = '2015'
                AND (consumer, offering, sector) = ('all', 'all', 'all') GROUP BY 1"""
        expected = {kind: ratio for kind, ratio, methods in store.execute(sql).fetchall() if ratio and methods == 1}
    assert expected
    assert {kind: value for kind, value in rows if value is not None} == pytest.approx(expected)


def test_parts_have_a_metric_of_their_own_and_are_never_added_to_the_whole(asked: Rows) -> None:
    where = "WHERE place.place_id = 'xining' AND period.period_id = '2015' "
    parts = asked("info_consumption_of_part", f"{where}GROUP BY observation.consumer, observation.offering")
    by = {(consumer, offering): value for consumer, offering, value in parts}
    assert by["all", "all"] is None
    assert by["personal", "all"]
    [(whole,)] = asked("info_consumption", where)
    assert sum(by[one, "all"] for one in ("personal", "enterprise", "public")) == pytest.approx(whole, rel=1e-6)


def test_synonyms_are_in_both_languages_and_rules_go_with_the_model(model: dict[str, Any]) -> None:
    [gdp] = [one for one in model["metrics"] if one["name"] == "gdp"]
    assert {"GDP", "地区生产总值", "gross regional product"} & {*gdp["ai_context"]["synonyms"]} >= {
        "GDP",
        "地区生产总值",
    }
    data = json.loads(model["custom_extensions"][0]["data"])
    assert {"year_to_date", "method"} <= {*data["rules"]}
    assert all({"en", "zh"} == {*rule} for rule in data["rules"].values())
