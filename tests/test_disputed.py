"""A figure that two sources give differently: which one counts, and what answers say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.intake.load import Load, take, words_of
from xinfo.store.build import build
from xinfo.store.compare import compare
from xinfo.store.confirm import confirm
from xinfo.store.proof import damages
from xinfo.store.provenance import origin
from xinfo.store.versions import current

ROOT = Path(__file__).parents[1]
SHIPPED, QUERIES = ROOT / "data", ROOT / "queries"
HEAD = "place,metric,period,value,unit,source\n"
SOURCES = """source_id,title,title_zh,publisher,url,published
old,Old yearbook,旧年鉴,Bureau,,2015-01-01
new,New yearbook,新年鉴,Bureau,,2016-01-01
"""


def loaded(store: Path, name: str, rows: Sequence[str], source: str = "") -> None:
    file = store.with_name(name)
    file.write_text(HEAD + "".join(f"{row},{source}\n" for row in rows), encoding="utf-8")
    load = Load(store, lambda: words_of(store, QUERIES, SHIPPED / "division.csv"))
    report = take(load, [file], at="2016-02-01", who="wang")
    assert report.outcome == "loaded", report.questions


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disputed")
    (data := folder / "data").mkdir()
    (data / "source.csv").write_text(SOURCES, encoding="utf-8")
    rows = ["xining,gdp,2013,978,亿元,old", "xining,gdp,2014,1065.8,亿元,old", "xining,gdp,2014Q1-Q3,760,亿元,old"]
    rows += ["xining,population,2014,229,万人,old", "hefei,gdp,2014,5158,亿元,old"]
    (data / "observation.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    build(store := folder / "store", shipped=SHIPPED, data=data, built_at="2016-01-01")
    newer = ["xining,gdp,2014,1070,亿元", "xining,gdp,2014Q1-Q3,750,亿元", "xining,population,2014,229.1,万人"]
    loaded(store, "newer.csv", newer, "new")
    confirm(store, "new", "published", at="2016-02-02")
    # The newer load bears the name that comes later, then the one that comes first
    loaded(store, "a.csv", ["wuhu,gdp,2014,2307,亿元", "wuhu,population,2014,360,万人"])
    loaded(store, "b.csv", ["wuhu,gdp,2014,2400,亿元"])
    loaded(store, "0.csv", ["wuhu,population,2014,371,万人", "hefei,gdp,2014,5300,亿元"])
    return store


def asked(store: Path, question: str, lang: str = "en", published_only: bool = False) -> Answer:
    workspace = replace(open_workspace(store, QUERIES), published_only=published_only)
    answer = workspace.conversation(lang).ask(question)
    assert isinstance(answer, Answer), question
    return answer


def told(answer: Answer) -> str:
    return " ".join(one for one in answer.caveats if one.startswith(("Sources differ", "各来源数据不一致")))


@pytest.mark.parametrize(
    ("question", "headline", "caveat"),
    [
        (
            "GDP of Xining in 2014",
            "107 billion yuan",
            "107 billion yuan according to New yearbook but 106.58 billion yuan according to Old yearbook (the first "
            "is used, as it was published later)",
        ),
        (
            "GDP of Wuhu in 2014",
            "240 billion yuan",
            "according to b.csv but 230.7 billion yuan according to a.csv (the first is used, as it was loaded later)",
        ),
        (
            "population of Wuhu in 2014",
            "3.71 million",
            "according to 0.csv but 3.6 million according to a.csv (the first is used, as it was loaded later)",
        ),
        (
            "GDP of Hefei in 2014",
            "515.8 billion yuan",
            "according to Old yearbook but 530 billion yuan according to 0.csv (the first is used, as the other is not "
            "published or not confirmed)",
        ),
        ("growth of GDP of Xining in 2014", "9.41%", "106.58 billion yuan according to Old yearbook"),
        ("Rank the pilots by GDP in 2014", "Hefei", "230.7 billion yuan according to a.csv"),
    ],
)
def test_the_newest_counts_and_an_answer_says_both_and_why(
    store: Path, question: str, headline: str, caveat: str
) -> None:
    answer = asked(store, question)
    assert headline in answer.headline
    assert caveat in told(answer)


def test_a_figure_that_is_worked_out_tells_of_all_that_it_rests_on_and_a_given_one_of_itself_alone(store: Path) -> None:
    assert "first three quarters" not in told(asked(store, "GDP of Xining in 2014"))
    quarter = told(asked(store, "GDP of Xining in the fourth quarter of 2014"))
    assert "76 billion yuan according to Old yearbook" in quarter


def test_it_is_told_in_chinese_too(store: Path) -> None:
    said = told(asked(store, "西宁市2014年GDP", "zh"))
    assert said == (
        "各来源数据不一致：西宁市2014年地区生产总值，新年鉴为1,070亿元，旧年鉴为1,065.8亿元（采用前者，因其公布较晚）。"
    )


@pytest.mark.parametrize("question", ["GDP of Xining in 2013", "population of Xining in 2014"])
def test_what_nobody_contradicts_and_what_is_only_rounded_is_left_alone(store: Path, question: str) -> None:
    assert not told(asked(store, question))


def test_among_published_figures_only_published_ones_contradict(store: Path) -> None:
    assert not told(asked(store, "GDP of Hefei in 2014", published_only=True))
    assert "Old yearbook" in told(asked(store, "GDP of Xining in 2014", published_only=True))


def test_the_origin_of_a_figure_finds_the_same_one(store: Path) -> None:
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        for place, metric, source in (
            ("wuhu", "gdp", "b.csv"),
            ("wuhu", "population", "0.csv"),
            ("xining", "gdp", "new"),
        ):
            [row] = origin(connection, place, metric, "2014").rows
            assert row.source_id == source


AIMS = "place,metric,period,value,unit,comparison,source\n"


@pytest.fixture
def aiming(tmp_path: Path) -> Path:
    """A store in which two sources give a target for 2015, and one a lower and an upper one for 2016."""
    (data := tmp_path / "data").mkdir()
    (data / "source.csv").write_text(SOURCES, encoding="utf-8")
    rows = ["xining,gdp,2015,1131,亿元,old", "hefei,gdp,2015,5158,亿元,old"]
    (data / "observation.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    aims = ["xining,gdp,2015,1100,亿元,at_least,old", "xining,gdp,2015,1200,亿元,at_least,new"]
    aims += ["hefei,gdp,2015,5000,亿元,at_least,old", "hefei,gdp,2015,5001,亿元,at_least,new"]
    aims += ["wuhu,gdp,2016,2300,亿元,at_least,old", "wuhu,gdp,2016,2500,亿元,at_most,old"]
    (data / "target.csv").write_text(AIMS + "\n".join(aims) + "\n", encoding="utf-8")
    build(store := tmp_path / "store", shipped=SHIPPED, data=data, built_at="2016-01-01")
    return store


def aims(store: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        sql = "SELECT place_id, value / 1e8, source_id FROM target WHERE place_id = $place ORDER BY ALL"
        return connection.execute(sql, {"place": "xining"}).fetchall()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the GDP target of Xining for 2015?", "is at least 120 billion yuan"),
        ("Did Xining reach its GDP target in 2015?", "No: Xining reached 94.25%"),
        ("Rank the pilots by target attainment for GDP in 2015", "and Xining (94.25%)"),
        ("how many pilots reached their GDP target in 2015?", "Of all pilots, 1 reached"),
        ("How much GDP does Xining still need each quarter to reach its 2015 target?", "of 120 billion yuan"),
    ],
)
def test_of_two_targets_the_newest_counts_and_an_answer_says_both(aiming: Path, question: str, said: str) -> None:
    answer = asked(aiming, question)
    assert said in answer.headline
    assert (
        "the target of Xining for GDP in 2015 is 120 billion yuan according to New yearbook but 110 billion yuan "
        "according to Old yearbook (the first is used, as it was published later)"
    ) in told(answer)
    assert "Hefei" not in told(answer)


def test_two_targets_are_told_in_chinese_too(aiming: Path) -> None:
    assert told(asked(aiming, "西宁市2015年GDP目标是多少", "zh")) == (
        "各来源数据不一致：西宁市2015年地区生产总值目标，新年鉴为1,200亿元，旧年鉴为1,100亿元（采用前者，因其公布较晚）。"
    )


def test_a_lower_and_an_upper_target_of_one_source_stand_beside_each_other(aiming: Path) -> None:
    answer = asked(aiming, "What is the GDP target of Wuhu for 2016?")
    assert "230 billion yuan" in answer.headline
    assert "250 billion yuan" in answer.headline
    assert not told(answer)


def test_a_figure_alone_says_nothing_of_targets(aiming: Path) -> None:
    assert not told(asked(aiming, "GDP of Xining in 2015"))


def test_a_target_that_was_loaded_counts_once_it_is_confirmed_and_none_is_lost(aiming: Path) -> None:
    file = aiming.with_name("plan.csv")
    file.write_text(AIMS + "xining,gdp,2015,1250,亿元,at_least,\n", encoding="utf-8")
    load = Load(aiming, lambda: words_of(aiming, QUERIES, SHIPPED / "division.csv"))
    assert take(load, [file], at="2016-02-01", who="wang").outcome == "loaded"
    assert aims(aiming) == [("xining", 1200.0, "new")]
    both = told(asked(aiming, "What is the GDP target of Xining for 2015?"))
    assert "but 125 billion yuan according to plan.csv" in both
    assert "125 billion" not in told(asked(aiming, "What is the GDP target of Xining for 2015?", published_only=True))
    confirm(aiming, "plan.csv", "published", at="2016-02-02")
    assert aims(aiming) == [("xining", 1200.0, "new")], "a source without a day comes behind those that have one"
    [found] = [one for one in asked(aiming, "What is the GDP target of Xining for 2015?").caveats if "125" in one]
    assert "110 billion yuan according to Old yearbook" in found
    changed = [one for one in compare(aiming, 1, 3).changes if one.table == "target"]
    assert [(one.kind, one.key["source_id"]) for one in changed] == [("appeared", "plan.csv")]
    assert not [*damages(current(aiming))]
