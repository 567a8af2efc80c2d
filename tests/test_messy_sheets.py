"""Ten messy sheets in two languages: what is asked of each, what is stored, what is said of it, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.messy import MESSY
from panels import figure, write_csv

from xinfo.intake.claimed import Claimed
from xinfo.intake.load import Load, take, words_of
from xinfo.intake.report import Report
from xinfo.intake.words import Words
from xinfo.store.build import build
from xinfo.store.opening import opened
from xinfo.store.versions import current

ROOT = Path(__file__).resolve().parents[1]
AT = "2016-08-01T09:00:00+08:00"
GDP_Q1 = {("beijing", "gdp", "2016Q1"): 531.9e9, ("xining", "gdp", "2016Q1"): 22.9e9}
HALF = {
    ("beijing", "gdp", "2016Q1-Q2"): 1.14138e12,
    ("xining", "gdp", "2016Q1-Q2"): 51.23e9,
    ("beijing", "online_retail_sales", "2016Q1-Q2"): 90.05e9,
    ("xining", "online_retail_sales", "2016Q1-Q2"): 102.04e9,
}
TELECOM = {("beijing", "telecom_revenue", "2016"): 62.5e9, ("xining", "telecom_revenue", "2016"): 2.35e9}
ECOMMERCE = {("xining", "ecommerce_sales", "2016Q1"): 1.2e9, ("xining", "ecommerce_sales", "2016Q2"): 1.31e9}
USERS = {("xining", "broadband_subscribers", "2016"): 612e3, ("xining", "mobile_subscribers", "2016"): 3.054e6}
PRELIMINARY = "unconfirmed_preliminary"
ASKED = {"ecommerce.csv": ["running", "mapping"], "电子商务.csv": ["running", "mapping"]}
"""What is asked beside whether a table is read rightly."""
WANTED = {
    # file: its figures in base units, the mark of each, what it says of itself, what is left out
    "gdp q1.csv": (GDP_Q1, "unconfirmed", Claimed("Xining Statistics Bureau"), ("Rank", "Total")),
    "half year.xlsx": (
        HALF,
        "unconfirmed_preliminary",
        Claimed("", "preliminary"),
        ("Growth (%)", "Growth (%)", "Sum"),
    ),
    "telecom.xlsx": (TELECOM, PRELIMINARY, Claimed("", "preliminary"), ("Code",)),
    "ecommerce.csv": (ECOMMERCE, "unconfirmed_estimated", Claimed("Xining Commerce Bureau", "estimate"), ()),
    "subscribers internal.csv": (USERS, "unconfirmed", Claimed("", "internal"), ()),
    "一季度.csv": (GDP_Q1, "unconfirmed", Claimed("西宁市统计局"), ("位次", "合计")),
    "半年快报.xlsx": (
        HALF,
        "unconfirmed_preliminary",
        Claimed("", "preliminary"),
        ("同比增长（%）", "同比增长（%）", "总计"),
    ),
    "电信.xlsx": (TELECOM, PRELIMINARY, Claimed("", "preliminary"), ("代码",)),
    "电子商务.csv": (ECOMMERCE, "unconfirmed_estimated", Claimed("西宁市商务局", "estimate"), ()),
    "用户数 内部.csv": (USERS, "unconfirmed", Claimed("", "internal"), ()),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that has next to nothing."""
    folder = tmp_path_factory.mktemp("messy")
    write_csv(folder / "data" / "observation.csv", [figure("population", "2010", 220, {"unit": "万人"})])
    build(folder / "store.duckdb", shipped=ROOT / "data", data=folder / "data", built_at=AT)
    return folder / "store.duckdb"


@pytest.fixture(scope="module")
def words(empty: Path) -> Words:
    return words_of(empty, ROOT / "queries", ROOT / "data" / "division.csv")


def tried(store: Path, name: str, folder: Path, words: Words, **answers: str) -> Report:
    file = folder / name
    MESSY[name](file)
    return take(Load(store, lambda: words, answers=answers), [file], at=AT, who="Li Wei", dry_run=not answers)


@pytest.mark.parametrize("name", MESSY)
def test_what_is_asked_and_left_out_is_told_before_anything_is_loaded(
    name: str, empty: Path, tmp_path: Path, words: Words
) -> None:
    report = tried(empty, name, tmp_path, words)
    _, _, claim, left = WANTED[name]
    assert [question.key for question in report.questions] == ASKED.get(name, ["mapping"])
    assert report.claims == {name: claim}
    assert tuple(str(line.what.values["texts"]) for line in report.skipped) == left  # type: ignore[union-attr]


@pytest.mark.parametrize("name", MESSY)
def test_figures_are_stored_in_their_period_and_unit_and_as_unconfirmed(
    name: str, empty: Path, tmp_path: Path, words: Words
) -> None:
    store = tmp_path / "store.duckdb"
    store.write_bytes(current(empty).read_bytes())
    report = tried(store, name, tmp_path, words, mapping="yes", running="single")
    assert report.outcome == "loaded"
    wanted, mark, claim, _ = WANTED[name]
    with opened(it=current(store)) as connection:
        rows = connection.execute(
            "FROM it.published SELECT place_id, metric_id, period_id, value, mark WHERE load_id > 1"
        )
        found = rows.fetchall()
        source = connection.execute("SELECT publisher, claimed, uploaded_by FROM it.source WHERE source_id = ?", [name])
        assert source.fetchone() == (claim.publisher or None, claim.kind or None, "Li Wei")
    assert {tuple(key): pytest.approx(value) for *key, value, _ in found} == wanted
    assert {said for *_, said in found} == {mark}
