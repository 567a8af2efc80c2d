"""Figures that have nothing to do with the pilots: places without codes, kinds, units and words of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from panels import write_csv

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.errors import InputError, Problems
from xinfo.nlu.variants import part_within
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.written import base_unit, factor
from xinfo.ui.welcome import own_starters
from xinfo.understand.label_words import as_done, further_names

ROOT = Path(__file__).parents[1]
QUERIES = ROOT / "queries"
AT = "2026-01-01T00:00:00"
PLACES = (
    ("norland", "Norland", "country", ""),
    ("ast", "Ast", "canton", "Norland"),
    ("brim", "Canton of Brim", "canton", "Norland"),
    ("deld", "Deld", "canton", "Norland"),
    ("astville", "Astville", "municipality", "Ast"),
    ("oldport", "Oldport", "municipality", "Ast"),
    ("brimstead", "Brimstead", "municipality", "Canton of Brim"),
)
METRICS = (
    ("residents", "residents", "persons", "stock", "population;inhabitants", "", ""),
    ("women", "female residents", "persons", "stock", "", "residents", "(who are|are) women"),
    ("stays", "overnight stays", "count", "flow", "(nights|stays) [in hotels]", "", ""),
    ("farm_area", "farm area", "hectares", "stock", "agricultural area", "", ""),
    ("tourism", "tourism revenue", "million CHF", "flow", "water consumption", "", ""),
)
SIZE = {"country": 100, "canton": 20, "municipality": 3}
EARLY = range(1971, 1976)
"""Long before the pilots."""


def value(at: int, metric: int, year: int) -> float:
    return SIZE[PLACES[at][2]] * (10 + metric) * (1 + at * 0.01) + (year - 1971) * (1 if at % 2 else -1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("norland")
    _csv(path / "place.csv", ("place_id", "name_en", "admin_type", "province_en"), PLACES)
    head = ("metric_id", "label_en", "unit", "kind", "synonyms_en", "part_of", "told_by_en")
    _csv(path / "metric.csv", head, METRICS)
    rows = [
        (place[1], metric[0], str(year), value(at, number, year), metric[2])
        for at, place in enumerate(PLACES)
        for number, metric in enumerate(METRICS)
        for year in EARLY
    ]
    _csv(path / "observation.csv", ("place", "metric", "period", "value", "unit"), rows)
    words = "{admin_type: {canton: {en: [kanton], zh: [州]}}, place: {ast: {en: [Ost, AS]}}}"
    (path / "programme.yaml").write_text(f"name: {{en: Norland in figures}}\nvocabulary: {words}\n")
    return path


@pytest.fixture(scope="module")
def store(folder: Path) -> Path:
    made = folder / "made" / "norland.duckdb"
    build(made, shipped=ROOT / "data", data=folder, built_at=AT)
    return made


@pytest.fixture(scope="module")
def here(store: Path) -> Workspace:
    return open_workspace(store, QUERIES)


def _csv(path: Path, head: tuple[str, ...], rows: Any) -> None:
    write_csv(path, [dict(zip(head, row, strict=True)) for row in rows], head)


def ask(here: Workspace, question: str, lang: str | None = None) -> Answer | NotAnswered:
    return here.conversation(lang).ask(question)


def of(place: str, metric: str, year: int) -> float:
    at = next(n for n, one in enumerate(PLACES) if one[0] == place)
    number = next(n for n, one in enumerate(METRICS) if one[0] == metric)
    return value(at, number, year) * (1e6 if metric == "tourism" else 1)


CANTONS = ("ast", "brim", "deld")


@pytest.mark.parametrize(
    ("question", "metric", "year", "places"),
    [
        ("How many residents did Ast have in 1973?", "residents", 1973, ("ast",)),
        ("population of Norland in 1972", "residents", 1972, ("norland",)),
        ("agricultural area of the canton of Brim in 1974", "farm_area", 1974, ("brim",)),
        ("nights in hotels in kanton Deld 1971", "stays", 1971, ("deld",)),
        ("What was the farm area in hectares in Ast in 1973?", "farm_area", 1973, ("ast",)),
        ("tourism revenue of Ast in million CHF in 1973", "tourism", 1973, ("ast",)),
        ("residents of each canton in 1973", "residents", 1973, CANTONS),
        ("overnight stays by canton in 1973", "stays", 1973, CANTONS),
        ("overnight stays in the cantons of Ast and Brim in 1973", "stays", 1973, ("ast", "brim")),
        ("How many residents of Ast were there in 1973 who are women?", "women", 1973, ("ast",)),
        ("residents of each municipality in Ast in 1973", "residents", 1973, ("astville", "oldport")),
        ("Ast1973年residents", "residents", 1973, ("ast",)),
    ],
)
def test_labels_own_words_are_heard(
    here: Workspace, question: str, metric: str, year: int, places: tuple[str, ...]
) -> None:
    answer = ask(here, question)
    assert isinstance(answer, Answer), answer
    assert {row["place"]: pytest.approx(row["value"]) for row in answer.rows} == {
        place: of(place, metric, year) for place in places
    }


@pytest.mark.parametrize(
    ("question", "metric", "year", "places"),
    [
        ("How many overnight stays did Kanton Brim experience in 1973?", "stays", 1973, ("brim",)),
        ("residents of Astville, Ast in 1973", "residents", 1973, ("astville",)),
        ("residents of Astville AS in 1973", "residents", 1973, ("astville",)),
        ("residents of Ost in 1973", "residents", 1973, ("ast",)),
    ],
)
def test_what_follows_from_names_is_heard(
    here: Workspace, question: str, metric: str, year: int, places: tuple[str, ...]
) -> None:
    test_labels_own_words_are_heard(here, question, metric, year, places)


def test_what_lies_in_a_place_is_told_by_its_name(here: Workspace) -> None:
    for question in (
        "Which Ast municipality had the most residents in 1973?",
        "Which municipality in Ast had the most residents in 1973? Also give the number.",
    ):
        answer = ask(here, question)
        assert isinstance(answer, Answer), answer
        assert [row["place"] for row in answer.rows] == ["oldport"]


@pytest.mark.parametrize(
    "question",
    [
        "What percentage of the residents of Ast in 1973 are women?",
        "share of female residents in Ast in 1973",
    ],
)
def test_a_part_is_told_as_a_share_of_its_whole(here: Workspace, question: str) -> None:
    answer = ask(here, question)
    assert isinstance(answer, Answer), answer
    [row] = answer.rows
    assert row["value"] == pytest.approx(of("ast", "women", 1973) / of("ast", "residents", 1973))
    assert "%" in answer.headline


def test_annual_growth_over_years_is_that_of_each(here: Workspace) -> None:
    answer = ask(here, "annual growth rate of residents of Ast from 1972 to 1975")
    assert isinstance(answer, Answer)
    assert [row["period"] for row in answer.rows] == ["1972", "1973", "1974", "1975"]


def test_what_is_asked_of_a_place_without_figures_is_told_of_what_lies_in_it(folder: Path, tmp_path: Path) -> None:
    inner = [(place[1], "residents", "1973", 5, "persons") for place in PLACES[4:6]]
    for name in ("place.csv", "metric.csv", "programme.yaml"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    _csv(tmp_path / "observation.csv", ("place", "metric", "period", "value", "unit"), inner)
    store = tmp_path / "made" / "s.duckdb"
    build(store, shipped=ROOT / "data", data=tmp_path, built_at=AT)
    here = open_workspace(store, QUERIES)
    answer = ask(here, "residents of Ast in 1973")
    assert isinstance(answer, Answer)
    assert [row["value"] for row in answer.rows] == [10]
    assert "together" in answer.headline
    assert any("Ast has no figure of its own" in caveat for caveat in answer.caveats)
    mean = ask(here, "average residents of Ast in 1973")
    assert isinstance(mean, Answer)
    assert [row["value"] for row in mean.rows] == [5]
    for declined in ("average residents of Ast from 1971 to 1973", "residents of Deld in 1973"):
        assert isinstance(ask(here, declined), NotAnswered)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("residents of Ast and Deld in 1972 and 1974", [("ast", 1972), ("ast", 1974), ("deld", 1972), ("deld", 1974)]),
        ("residents of Ast before 1973, by year", [("ast", 1971), ("ast", 1972)]),
        ("residents of Ast after 1973, by year", [("ast", 1974), ("ast", 1975)]),
    ],
)
def test_times_and_places_are_told_each(here: Workspace, question: str, values: list[tuple[str, int]]) -> None:
    answer = ask(here, question)
    assert isinstance(answer, Answer), answer
    assert [row["value"] for row in answer.rows] == [
        pytest.approx(of(place, "residents", year)) for place, year in values
    ]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is the share of the cantons that had more than 3000 overnight stays in 1973?", 0.0),
        ("What is the share (in per cent) of cantons in which residents declined between 1971 and 1975?", 1 / 3),
        ("How many cantons had no overnight stays in 1973?", 0),
        ("How many cantons had overnight stays in 1973?", 3),
        ("What was the average number of residents of Ast between 1971 and 1974?", None),
        ("overnight stays per resident in Ast in 1973", "stays"),
        ("overnight stays in relation to the number of residents in Ast in 1973", "stays"),
        ("ratio of overnight stays to farm area in Ast in 1973", "farm_area"),
        ("How much water did Ast consume in 1973?", "water"),
        ("How much water was consumed in Ast in 1973?", "water"),
    ],
)
def test_one_number_is_made_of_several(here: Workspace, question: str, value: float | str | None) -> None:
    answer = ask(here, question)
    assert isinstance(answer, Answer), answer
    if value is None:
        value = sum(of("ast", "residents", year) for year in range(1971, 1975)) / 4
    elif value == "water":
        value = of("ast", "tourism", 1973)
    elif isinstance(value, str):
        value = of("ast", "stays", 1973) / of("ast", "residents" if value == "stays" else value, 1973)
    assert [row["value"] for row in answer.rows] == [pytest.approx(value)]


def test_the_year_of_the_peak_is_told(here: Workspace) -> None:
    for question in (
        "What is the highest number of overnight stays that Ast has had so far, and when?",
        "In which year did overnight stays in Ast reach their peak?",
    ):
        answer = ask(here, question)
        assert isinstance(answer, Answer), answer
        assert [row["period"] for row in answer.rows] == ["1975"]


def test_words_for_a_place_that_there_is_not_are_left_alone(folder: Path, tmp_path: Path) -> None:
    for name in ("place.csv", "metric.csv", "observation.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "programme.yaml").write_text("vocabulary: {place: {nowhere: {en: [nowhere land]}}}")
    store = tmp_path / "made" / "s.duckdb"
    build(store, shipped=ROOT / "data", data=tmp_path, built_at=AT)
    assert isinstance(ask(open_workspace(store, QUERIES), "residents of nowhere land in 1973"), NotAnswered)


def test_what_a_name_says_is_done_is_heard_by_the_verb() -> None:
    assert as_done("electricity consumption") == ("electricity", ("consume", "consumes", "consumed", "consuming"))
    assert as_done("production of solar power") == ("solar power", ("produce", "produces", "produced", "producing"))
    assert as_done("wine harvest") == ("wine", ("harvested", "harvesting"))
    assert as_done("deaths in traffic") is None
    assert as_done("population") is None


@pytest.mark.parametrize(
    ("name", "follows"),
    [
        ("thefts of vehicles", {"theft of vehicles", "vehicle thefts", "vehicle theft"}),
        ("expenditure on education", {"education expenditure"}),
        ("employed persons", {"persons employed", "persons were employed", "employed person"}),
        ("share of women", {"percentage of women", "proportion of women"}),
        ("solar power production", {"production of solar power"}),
        ("thefts from cars", {"theft from cars"}),
        ("median net income", {"net median income"}),
        ("cars per 1000 inhabitants", {"cars per inhabitant"}),
    ],
)
def test_names_are_heard_for_one_and_several_and_turned_round(name: str, follows: set[str]) -> None:
    assert follows <= further_names([name])
    assert "car thefts" not in further_names(["thefts from cars"])
    assert "population of foreign" not in further_names(["foreign population"])


def test_rankings_bars_and_courses_are_of_their_own_kinds_and_units(here: Workspace) -> None:
    most = ask(here, "Which canton had the most overnight stays in 1973?")
    assert isinstance(most, Answer)
    assert [row["place"] for row in most.rows] == ["deld"]
    bar = of("ast", "farm_area", 1973)
    large = ask(here, f"Which cantons had a farm area of more than {bar} hectares in 1973?")
    assert isinstance(large, Answer)
    assert {row["place"] for row in large.rows} == {c for c in CANTONS if of(c, "farm_area", 1973) > bar}
    assert "hectares" in large.headline
    assert "pilot" not in large.headline
    million = ask(here, "Which cantons had tourism revenue above 1 million CHF in 1973?")
    assert isinstance(million, Answer)
    assert len(million.rows) == 3
    course = ask(here, "How many residents were there in Ast between 1971 and 1974?")
    assert isinstance(course, Answer)
    assert [row["period"] for row in course.rows] == ["1971", "1972", "1973", "1974"]


@pytest.mark.parametrize(
    "question",
    [
        "What is information consumption?",
        "Which cities were chosen as pilots in the first batch?",
        "GDP of Ast in 1973",
        "How much did personal information consumption come to in 1973?",
        "Total residents of each canton in 1973",
        "overnight stays in Ast from 1971 to 1974",
        "tourism revenue of Ast in dollars in 1973",
        "Which cantons had a farm area of more than 200 CHF in 1973?",
        "women in Ast who are women in 1973",
        "water in Ast in 1973",
        "consumed in Ast in 1973",
        "Which canton's residents grew most between 1971 and 1974?",
        "Show me the number of residents of all cantons in 1973",
    ],
)
def test_what_is_of_the_pilots_or_open_is_not_answered(here: Workspace, question: str) -> None:
    assert isinstance(ask(here, question), NotAnswered)


def test_a_set_within_a_place_is_never_told_as_that_place(here: Workspace) -> None:
    answer = ask(here, "residents of the municipalities of Ast in 1973")
    if isinstance(answer, Answer):
        assert {row.get("place") for row in answer.rows} != {"ast"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_page_offers_questions_that_answer(here: Workspace, lang: str) -> None:
    offered = list(own_starters(here.catalog, lang))
    assert len(offered) == 6
    for question in offered:
        answer = ask(here, question, lang)
        assert isinstance(answer, Answer), question
        again = ask(here, answer.reading.sentence, lang)
        assert isinstance(again, Answer)
        assert again.rows == answer.rows


def test_places_without_codes_lie_where_they_say(here: Workspace) -> None:
    rows = here.engine.execute("select place_id, container_id from containment", {}, row_cap=100, seconds=9).rows
    inside = {(place, "norland") for place, *_ in PLACES[1:]} | {(m, "ast") for m in ("astville", "oldport")}
    assert {tuple(row) for row in rows} == inside | {("brimstead", "brim")}


def test_a_load_keeps_whose_figures_they_are(store: Path, tmp_path: Path) -> None:
    _csv(tmp_path / "metric.csv", ("metric_id", "label_en", "unit", "kind"), [("mills", "mills", "units", "stock")])
    _csv(
        tmp_path / "observation.csv",
        ("place", "metric", "period", "value", "unit"),
        [("Ast", "mills", "1975", 7, "units")],
    )
    add(store, [tmp_path / "metric.csv", tmp_path / "observation.csv"], built_at=AT)
    later = open_workspace(store, QUERIES)
    answer = ask(later, "mills in Ast in 1975")
    assert isinstance(answer, Answer)
    assert [row["value"] for row in answer.rows] == [7]
    assert isinstance(ask(later, "nights in hotels in Ast in 1973"), Answer)
    assert later.catalog.own is not None
    assert later.catalog.own.name == {"en": "Norland in figures"}


def test_one_language_is_enough_and_none_is_told(tmp_path: Path) -> None:
    _csv(tmp_path / "place.csv", ("place_id", "name_zh", "admin_type"), [("one", "甲", "州")])
    _csv(tmp_path / "metric.csv", ("metric_id", "label_zh", "unit", "kind"), [("m", "牛", "头", "stock")])
    _csv(tmp_path / "observation.csv", ("place", "metric", "period", "value", "unit"), [("甲", "m", "1973", 5, "头")])
    (tmp_path / "programme.yaml").write_text("")
    store = tmp_path / "made" / "s.duckdb"
    build(store, shipped=ROOT / "data", data=tmp_path, built_at=AT)
    answer = ask(open_workspace(store, QUERIES), "甲1973年牛", "zh")
    assert isinstance(answer, Answer)
    assert "5头" in answer.headline
    _csv(tmp_path / "place.csv", ("place_id", "admin_type"), [("one", "州")])
    with pytest.raises(Problems, match="name_en"):
        build(store, shipped=ROOT / "data", data=tmp_path, built_at=AT)
    (tmp_path / "programme.yaml").write_text("names: x\n")
    with pytest.raises(InputError, match=r"programme\.yaml"):
        build(store, shipped=ROOT / "data", data=tmp_path, built_at=AT)


def test_units_of_no_list_count_themselves() -> None:
    assert (base_unit("million CHF").counts, base_unit("million CHF").factor) == ("CHF", 1e6)
    assert factor("thousand hectares", "hectares") == 1000
    with pytest.raises(InputError):
        factor("million CHF", "hectares")


def test_figures_of_one_place_alone_need_no_place(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "programme.yaml").write_text("", encoding="utf-8")
    _csv(tmp_path / "place.csv", ("place_id", "name_en", "admin_type", "province_en"), [PLACES[1]])
    (tmp_path / "metric.csv").write_bytes((folder / "metric.csv").read_bytes())
    rows = [("Ast", "residents", str(year), year - 1970, "persons") for year in EARLY]
    _csv(tmp_path / "observation.csv", ("place", "metric", "period", "value", "unit"), rows)
    store = tmp_path / "made" / "s.duckdb"
    build(store, shipped=ROOT / "data", data=tmp_path, built_at=AT)
    answer = ask(open_workspace(store, QUERIES), "In which year were there the most residents?")
    assert isinstance(answer, Answer), answer
    assert [row["period"] for row in answer.rows] == ["1975"]
    assert any("figures are for Ast" in caveat for caveat in answer.caveats)


def test_a_part_within_another_part_is_what_both_have(here: Workspace) -> None:
    catalog = here.reader.catalog
    told = {"part_of": ["residents"], "told_by_en": ["foreign"]}
    both = {"part_of": ["women"], "told_by_en": ["foreign"]}
    known = replace(catalog, called={**catalog.called, "stays": told, "tourism": both})
    assert part_within("stays", "women", known) == "tourism"
    assert part_within("women", "residents", known) == "women"
    assert part_within("women", "stays", known) == ("women", "stays"), "the one over the other is no share"
