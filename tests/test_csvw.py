"""CSV that describes itself: read by the client of CSVW and Data Packages, and a store again without a loss."""

from __future__ import annotations

import hashlib
import json
import warnings
from pathlib import Path

import duckdb
import pytest
from panels import HERE, figure, write_csv

from xinfo.cli import main
from xinfo.store.build import build
from xinfo.store.opening import notes
from xinfo.store.versions import current

csvw = pytest.importorskip("csvw")
ROOT = Path(__file__).resolve().parents[1]
AT = "2016-02-01T08:00:00"
CONTENT = (
    "place_id, metric_id, period_id, consumer, offering, sector, value, value_written, unit_written, status, method, "
)
CONTENT += "source_id, confidence, note"


@pytest.fixture(scope="module")
def folder(exported_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("csvw") / "out"
    assert main(["export", "--store", str(exported_store), "--csvw", str(made)]) == 0
    return made


def test_the_client_reads_every_table_by_its_description(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        group = csvw.TableGroup.from_file(folder / "csv-metadata.json")
        tables = group.read()
        assert group.check_referential_integrity()
    assert {*tables} == {path.name for path in folder.glob("*.csv")}
    row = next(one for one in tables["observation.csv"] if one["place"] == "xining" and one["period"] == "2013Q1-Q3")
    assert isinstance(row["value"], float)
    [place] = [one for one in group.tabledict["observation.csv"].tableSchema.columns if one.name == "place"]
    assert place.titles.get("zh") == ["地区"]


def test_a_value_that_is_not_allowed_is_found_by_the_client(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b",reported,", b",invented,", 1))
    with pytest.raises(ValueError, match="invented"):
        csvw.TableGroup.from_file(tmp_path / "csv-metadata.json").read()


def test_the_package_names_every_file_with_its_hash_and_columns(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in package["resources"]} == {path.name for path in folder.glob("*.csv")}
    for one in package["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert one["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert content.decode("utf-8").splitlines()[0].split(",") == [
            field["name"] for field in one["schema"]["fields"]
        ]
    read = csvw.TableGroup.from_frictionless_datapackage(folder / "datapackage.json")
    assert [table.local_name for table in read.tables] == [one["path"] for one in package["resources"]]


def test_a_store_built_of_it_has_the_same_content(folder: Path, exported_store: Path, tmp_path: Path) -> None:
    build(tmp_path / "s.duckdb", shipped=ROOT / "data", data=folder, built_at=AT)
    with duckdb.connect() as both:
        for name, store in (("a", exported_store), ("b", tmp_path / "s.duckdb")):
            both.execute(f"ATTACH '{current(store)}' AS {name} (READ_ONLY)")
        for table, columns, where in (
            ("published", CONTENT, "WHERE status <> 'illustrative'"),
            ("target", "* EXCLUDE (load_id)", "WHERE status <> 'illustrative'"),
            ("place", "*", ""), ("metric", "*", ""), ("method", "*", ""), ("fact", "*", ""),
        ):  # fmt: skip
            left, right = (f"SELECT {columns} FROM {name}.{table} {where}" for name in "ab")
            assert both.execute(f"({left}) EXCEPT ALL ({right})").fetchall() == []
            assert both.execute(f"({right}) EXCEPT ALL ({left})").fetchall() == []


def test_what_nobody_has_confirmed_stays_behind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_csv(data / "observation.csv", [figure("gdp", "2014", 1e11)])
    build(tmp_path / "s.duckdb", shipped=HERE, data=data, built_at=AT)
    write_csv(tmp_path / "later.csv", [figure("gdp", "2015", 1.1e11)])
    assert main(["load", "--store", str(tmp_path / "s.duckdb"), str(tmp_path / "later.csv")]) == 0
    assert main(["export", "--store", str(tmp_path / "s.duckdb"), "--csvw", str(tmp_path / "out")]) == 0
    lines = (tmp_path / "out" / "observation.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[2] for line in lines[1:]] == ["2014"]


def test_a_store_of_others_keeps_its_programme_and_what_its_metrics_are_called(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "programme.yaml").write_text("name: {en: Swiss statistics}\n", encoding="utf-8")
    (data / "place.csv").write_text("place_id,name_en,admin_type\nuri,Uri,canton\n", encoding="utf-8")
    head = "metric_id,label_en,unit,kind,synonyms_en,synonyms_zh,part_of,told_by_en\n"
    told = (
        "nights,overnight stays,nights,flow,nights in hotels;nights spent,住宿,,\nwomen,women,persons,stock,,,,female\n"
    )
    (data / "metric.csv").write_text(head + told, encoding="utf-8")
    write_csv(data / "observation.csv", [figure("nights", "2014", 7, {"place": "Uri", "unit": "nights"})])
    for name, folder in (("a", data), ("b", tmp_path / "out")):
        build(tmp_path / f"{name}.duckdb", shipped=ROOT / "data", data=folder, built_at=AT)
        if name == "a":
            assert main(["export", "--store", str(tmp_path / "a.duckdb"), "--csvw", str(tmp_path / "out")]) == 0
    first, second = (notes(current(tmp_path / f"{name}.duckdb")) for name in "ab")
    assert second == first
    assert any("nights spent" in said for said in first.values())
