"""Places of a store of others that share their names, or are of kinds that have words of the pilots."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from panels import write_csv

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.store.build import build

ROOT = Path(__file__).parents[1]
QUERIES = ROOT / "queries"
AT = "2026-01-01T00:00:00"


def _csv(path: Path, head: tuple[str, ...], rows: Any) -> None:
    write_csv(path, [dict(zip(head, row, strict=True)) for row in rows], head)


def ask(here: Workspace, question: str) -> Answer | NotAnswered:
    return here.conversation(None).ask(question)


SHARED = (
    ("land", "Olm", "country", ""),
    ("c-olm", "Olm", "canton", "Olm"),
    ("c-ester", "Ester", "canton", "Olm"),
    ("m-olm", "Olm", "commune", "Olm"),
    ("m-hill", "Hill", "commune", "Olm"),
    ("m-ester", "Ester", "commune", "Ester"),
    ("m-dorn", "Dorn", "commune", "Ester"),
)
"""A country, a canton and a commune of one name, as Luxembourg has them."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("olm")
    _csv(folder / "place.csv", ("place_id", "name_en", "admin_type", "province_en"), SHARED)
    _csv(
        folder / "metric.csv",
        ("metric_id", "label_en", "unit", "kind"),
        [("residents", "residents", "persons", "stock")],
    )
    rows = [(place[0], "residents", "2015", 10 ** (6 - n), "persons") for n, place in enumerate(SHARED)]
    _csv(folder / "observation.csv", ("place", "metric", "period", "value", "unit"), rows)
    (folder / "programme.yaml").write_text("name: {en: Olm}\n")
    build(folder / "olm.duckdb", shipped=ROOT / "data", data=folder, built_at=AT)
    return open_workspace(folder / "olm.duckdb", QUERIES)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("total residents of the cantons in 2015", [110_000]),
        ("total residents of the communes in the canton of Olm in 2015", [1_100]),
        ("total residents of the communes in the canton of Ester in 2015", [11]),
        ("total residents of the communes in the country of Olm in 2015", [1_111]),
        ("total residents of all places in 2015", [110_000]),
        ("Which commune in Ester had the most residents in 2015?", [10]),
    ],
)
def test_places_of_one_name_lie_in_the_next_larger_kind(shared: Workspace, question: str, values: list[float]) -> None:
    answer = ask(shared, question)
    assert isinstance(answer, Answer), answer
    assert [row["value"] for row in answer.rows] == values
    assert not [one for one in answer.caveats if "No figure for" in one]


def test_which_of_several_of_one_name_is_asked_back(shared: Workspace) -> None:
    answer = ask(shared, "Which commune in Olm had the most residents in 2015?")
    assert isinstance(answer, NotAnswered)
    assert len(answer.unclear.choices) == 2
    assert isinstance(ask(shared, "Which pilots had the most residents in 2015?"), NotAnswered)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("fu")
    places = [("land", "Land", "国", "country", ""), ("fu", "Daban", "大坂府", "prefecture", "Land")]
    places += [("dao", "Beihai", "北海道", "prefecture", "Land"), ("shi", "Daban City", "大坂市", "city", "Daban")]
    _csv(folder / "place.csv", ("place_id", "name_en", "name_zh", "admin_type", "province_en"), places)
    head = ("metric_id", "label_en", "label_zh", "unit", "kind")
    _csv(folder / "metric.csv", head, [("residents", "residents", "人口", "persons", "stock")])
    rows = [(place[0], "residents", "2015", 10 ** (6 - n), "persons") for n, place in enumerate(places)]
    _csv(folder / "observation.csv", ("place", "metric", "period", "value", "unit"), rows)
    (folder / "programme.yaml").write_text(
        "vocabulary: {admin_type: {prefecture: {zh: [都道府县]}, city: {zh: [城市]}}}\n", encoding="utf-8"
    )
    build(folder / "fu.duckdb", shipped=ROOT / "data", data=folder, built_at=AT)
    return open_workspace(folder / "fu.duckdb", QUERIES)


def test_a_chinese_name_cut_short_is_that_of_every_place_that_it_fits(chinese: Workspace) -> None:
    answer = ask(chinese, "大坂2015年人口")
    assert isinstance(answer, NotAnswered)
    assert [one for one in answer.unclear.choices if "大坂府" in one]
    assert [one for one in answer.unclear.choices if "大坂市" in one]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("2015年人口最多的都道府县是哪个", ["fu"]),
        ("2015年各城市人口", ["shi"]),
        ("the residents of each city in 2015", ["shi"]),
        ("Which city had the most residents in 2015?", ["shi"]),
    ],
)
def test_kinds_are_called_what_the_programme_calls_them_and_never_pilots(
    chinese: Workspace, question: str, places: list[str]
) -> None:
    answer = ask(chinese, question)
    assert isinstance(answer, Answer), answer
    assert [row["place"] for row in answer.rows] == places
    assert "试点" not in f"{answer.headline}{answer.reading.sentence}"
