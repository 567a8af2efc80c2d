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
from xinfo.store.confirm import confirm
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
            "107 billion yuan by New yearbook but 106.58 billion yuan by Old yearbook (the first counts, as it was "
            "published later)",
        ),
        (
            "GDP of Wuhu in 2014",
            "240 billion yuan",
            "by b.csv but 230.7 billion yuan by a.csv (the first counts, as it was loaded later)",
        ),
        (
            "population of Wuhu in 2014",
            "3.71 million",
            "by 0.csv but 3.6 million by a.csv (the first counts, as it was loaded later)",
        ),
        (
            "GDP of Hefei in 2014",
            "515.8 billion yuan",
            "by Old yearbook but 530 billion yuan by 0.csv (the first counts, as the other is not published or not "
            "confirmed)",
        ),
        ("growth of GDP of Xining in 2014", "9.41%", "106.58 billion yuan by Old yearbook"),
        ("Rank the pilots by GDP in 2014", "Hefei", "230.7 billion yuan by a.csv"),
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
    assert "76 billion yuan by Old yearbook" in told(asked(store, "GDP of Xining in the fourth quarter of 2014"))


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
