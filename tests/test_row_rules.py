"""Whoever may load for some places alone: nothing of any other place gets in, by whatever kind of file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from xinfo.audit.verify import LOAD, entries
from xinfo.intake.load import Load, take, words_of
from xinfo.intake.report import Report
from xinfo.store.build import build
from xinfo.store.history import history
from xinfo.store.opening import opened
from xinfo.store.versions import current

AT = "2016-02-01T08:00:00+08:00"
HEAD = "place,metric,period,value,unit\n"
XINING, BEIJING = "西宁市,gdp,2015,1131.6,亿元\n", "北京,gdp,2015,23014.6,亿元\n"
PROJECT = "project_id,place,name_en,name_zh,content_area,level,status,budget,spent,start_date,due_date\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    data = folder / "data"
    office = {"source": "office", "unit": "亿元"}
    write_csv(data / "observation.csv", [figure("gdp", "2014", 21331, office | {"place": "beijing"})])
    row = "p1,beijing,Cloud,云,infrastructure,government,planned,1,0,2014-01-01,2015-01-01\n"
    (data / "project.csv").write_text(PROJECT + row, encoding="utf-8")
    (folder / "store").mkdir()
    build(folder / "store" / "store.duckdb", shipped=HERE, data=data, built_at=AT)
    return folder / "store"


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A store that knows a figure and a project of Beijing."""
    shutil.copytree(built, tmp_path / "store")
    return tmp_path / "store" / "store.duckdb"


def load(store: Path, name: str, content: str, dry_run: bool = False) -> Report:
    file = store.with_name(name)
    file.write_text(content, encoding="utf-8")
    mine = Load(store, lambda: words_of(store, HERE, HERE / "none.csv"), own=frozenset({"xining"}))
    return take(mine, [file], at=AT, who="wang", dry_run=dry_run)


def said(report: Report, lang: str = "en") -> list[str]:
    return [line.what if isinstance(line.what, str) else line.what.text(lang) for line in report.of("refused")]


def test_ones_own_places_are_loaded(store: Path) -> None:
    assert load(store, "observation.csv", HEAD + XINING).outcome == "loaded"
    assert history(store)[-1].who == "wang"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_with_another_place_is_refused_whole_and_said_where(store: Path, dry_run: bool) -> None:
    report = load(store, "observation.csv", HEAD + XINING + BEIJING, dry_run)
    assert (report.outcome, report.count("refused")) == ("refused", 1)
    [line] = report.of("refused")
    assert (line.place, line.row, line.file) == ("beijing", 3, "observation.csv")
    assert said(report) == ["you may only load figures for Xining 西宁市"]
    assert said(report, "zh") == ["您可加载数据的地区：Xining 西宁市"]
    assert len(history(store)) == 1


def test_targets_and_projects_count_as_well(store: Path) -> None:
    assert load(store, "target.csv", HEAD + "北京市,gdp,2016,1,亿元\n").outcome == "refused"
    other = "p2,北京市,A,甲,infrastructure,government,planned,1,0,2014-01-01,2015-01-01\n"
    assert load(store, "project.csv", PROJECT + other).outcome == "refused"
    own = "p2,西宁市,A,甲,infrastructure,government,planned,1,0,2014-01-01,2015-01-01\n"
    assert load(store, "project.csv", PROJECT + own).outcome == "loaded"


def test_a_project_of_another_place_is_not_taken_over(store: Path) -> None:
    taken = "p1,西宁市,Cloud,云,infrastructure,government,planned,1,0,2014-01-01,2015-01-01\n"
    assert load(store, "project.csv", PROJECT + taken).outcome == "refused"
    with opened(it=current(store)) as connection:
        assert connection.execute("SELECT place_id FROM it.project").fetchall() == [("beijing",)]


def test_lists_that_are_everybodys_are_not_theirs_to_load(store: Path) -> None:
    report = load(store, "source.csv", "source_id,title\noffice,Mine\n")
    assert report.outcome == "refused"
    assert said(report) == ["this list is shared by everyone; you may only load figures, and only for Xining 西宁市"]


def test_what_came_of_a_load_is_in_the_log(store: Path) -> None:
    load(store, "observation.csv", HEAD + BEIJING)
    load(store, "observation.csv", HEAD + XINING)
    told = [
        (entry.who, entry.did, entry.what["outcome"], entry.what["version"])
        for entry in entries(store)
        if entry.did == LOAD
    ]
    assert told == [("wang", "load", "refused", None), ("wang", "load", "loaded", 2)]
