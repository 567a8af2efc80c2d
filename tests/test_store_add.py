"""Further files in a store: whole or not at all, what they change, and that a dry run changes nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from panels import built, figure, write_csv

from xinfo.errors import InputError, Problems, StoreError
from xinfo.store.add import Loaded, add, table_of
from xinfo.store.confirm import confirm
from xinfo.store.versions import current, listed

AT = "2016-02-01T08:00:00"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """GDP of two years, and people."""
    built(tmp_path, [figure("gdp", "2013", 4), figure("gdp", "2014", 5), figure("population", "2014", 2)]).close()
    return tmp_path / "store.duckdb"


def rows(store: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_new_figures_stand_beside_the_old_and_what_follows_is_worked_out(store: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "more.csv", [figure("gdp", "2015Q1", 1), figure("gdp", "2015Q1-Q2", 3)])
    report = add(store, [tmp_path / "more.csv"], built_at=AT)
    assert report.files == (Loaded("more.csv", "observation", 2, 2, 0),)
    gdp = "SELECT period_id, value FROM observation WHERE metric_id = 'gdp' ORDER BY period_id"
    assert rows(store, gdp) == [("2013", 4), ("2014", 5), ("2015Q1", 1), ("2015Q1-Q2", 3), ("2015Q2", 2)]
    meta = dict(rows(store, "SELECT key, value FROM meta"))
    assert (meta["name"], meta["built_at"], meta["fingerprint"]) == ("data", AT, report.fingerprint)
    assert rows(store, "SELECT count(DISTINCT published_id), count(*) FROM published") == [(5, 5)]


def test_a_figure_of_the_same_source_is_revised_and_the_earlier_version_keeps_it(store: Path, tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    write_csv(tmp_path / "next" / "observation.csv", [figure("gdp", "2014", 6), figure("gdp", "2013", 4)])
    before = current(store)
    [loaded] = add(store, [tmp_path / "next" / "observation.csv"], built_at=AT).files
    assert (loaded.rows, loaded.new, loaded.revised) == (2, 0, 1)
    gdp = "SELECT value FROM observation WHERE metric_id = 'gdp' AND period_id = '2014'"
    assert rows(store, gdp) == [(5,)]
    confirm(store, "observation.csv", "published", at=AT)
    assert rows(store, gdp) == [(6,)]
    with duckdb.connect(str(before), read_only=True) as connection:
        assert connection.execute(gdp).fetchall() == [(5,)]


def test_a_figure_of_another_source_is_kept_beside_it(store: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "survey.csv", [figure("gdp", "2014", 6)])
    [loaded] = add(store, [tmp_path / "survey.csv"], built_at=AT).files
    assert (loaded.new, loaded.revised) == (1, 0)
    both = "SELECT source_id FROM published WHERE metric_id = 'gdp' AND period_id = '2014' ORDER BY 1"
    assert rows(store, both) == [("observation.csv",), ("survey.csv",)]


def test_a_bad_file_keeps_the_good_ones_out_and_every_problem_is_named(store: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "good.csv", [figure("gdp", "2015", 7)])
    write_csv(tmp_path / "bad.csv", [figure("gdp", "2015", "x"), figure("gdp", "2016", 1, {"place": "Atlantis"})])
    write_csv(tmp_path / "worse.csv", [figure("gdp", "soon", 1)])
    before = current(store)
    with pytest.raises(Problems) as caught:
        add(store, [tmp_path / f"{name}.csv" for name in ("good", "bad", "worse")], built_at=AT)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "bad.csv, row 2, column value",
        "bad.csv, row 3, column place",
        "worse.csv, row 2, column period",
    ]
    assert listed(store) == [before]


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "more.csv", [figure("gdp", "2015", 7), figure("gdp", "2015年", 7)])
    before = sorted(tmp_path.rglob("*"))
    tried = add(store, [tmp_path / "more.csv"], built_at=AT, dry_run=True)
    assert (tried.files, tried.fingerprint) == ((Loaded("more.csv", "observation", 1, 1, 0, 1),), "")
    assert sorted(tmp_path.rglob("*")) == before
    assert add(store, [tmp_path / "more.csv"], built_at=AT).files == tried.files


def test_lists_are_read_before_the_figures_that_name_them(store: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "figures.csv", [figure("parcels", "2015", 7, {"unit": "units", "source": "post"})])
    (tmp_path / "metric.csv").write_text(
        "metric_id,label_en,label_zh,unit,kind\nparcels,Parcels,快递,count,flow\n", encoding="utf-8"
    )
    (tmp_path / "source.csv").write_text("source_id,title\npost,The post\n", encoding="utf-8")
    files = [tmp_path / name for name in ("figures.csv", "metric.csv", "source.csv")]
    report = add(store, files, built_at=AT)
    assert {(one.file, one.new) for one in report.files} == {("metric.csv", 1), ("source.csv", 1), ("figures.csv", 1)}
    assert rows(store, "SELECT title FROM source WHERE source_id = 'post'") == [("The post",)]


def test_targets_and_projects_are_revised_too(store: Path, tmp_path: Path) -> None:
    for value, status in ((7, "planned"), (8, "completed")):
        target = f"place,metric,period,value,unit\nxining,gdp,2015,{value},yuan\n"
        (tmp_path / "target.csv").write_text(target, encoding="utf-8")
        project = f"p1,xining,Wi-Fi,无线,infrastructure,government,{status}\n"
        head = "project_id,place,name_en,name_zh,content_area,level,status\n"
        (tmp_path / "project.csv").write_text(head + project, encoding="utf-8")
        report = add(store, [tmp_path / "target.csv", tmp_path / "project.csv"], built_at=AT)
    assert [(one.new, one.revised) for one in report.files] == [(0, 1), (0, 1)]
    assert rows(store, "SELECT value FROM target") == [(8,)]
    assert rows(store, "SELECT status FROM project") == [("completed",)]


def test_two_files_of_one_name_are_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for folder in (tmp_path, tmp_path / "b"):
        write_csv(folder / "x.csv", [figure("gdp", "2015", 7)])
    with pytest.raises(InputError, match=r"two files are called x\.csv"):
        add(store, [tmp_path / "x.csv", tmp_path / "b" / "x.csv"], built_at=AT)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_store_that_is_not_there_is_said(dry_run: bool, tmp_path: Path) -> None:
    write_csv(tmp_path / "x.csv", [figure("gdp", "2015", 7)])
    with pytest.raises(StoreError, match="no store at"):
        add(tmp_path / "none.duckdb", [tmp_path / "x.csv"], built_at=AT, dry_run=dry_run)


@pytest.mark.parametrize(
    ("name", "header", "table"),
    [
        ("observation_2016.csv", "", "observation"),
        ("Xining target.csv", "", "target"),
        ("a.csv", '"Project_ID",place', "project"),
        ("a.csv", "place,metric,comparison", "target"),
        ("a.csv", "place,metric", "observation"),
    ],
)
def test_what_a_file_holds_is_known_by_name_or_header(name: str, header: str, table: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(header, encoding="utf-8")
    assert table_of(tmp_path / name) == table


def test_a_file_that_is_no_csv_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="save it as 'CSV UTF-8'"):
        table_of(tmp_path / "figures.xls")
