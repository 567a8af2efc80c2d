"""Files in the import format: what is taken, in which forms, and that a bad file is named cell by cell and left out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from panels import HERE, built, figure, write_csv
from ruamel.yaml import YAML

from xinfo.errors import InputError, Problems, StoreError
from xinfo.store.build import build
from xinfo.store.names import PlaceNames
from xinfo.store.versions import current
from xinfo.store.written import factor, parse_period

PERIODS = YAML(typ="safe").load((HERE / "periods.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("written", PERIODS)
def test_a_period_in_any_usual_form_is_understood_or_refused(written: object) -> None:
    wanted = PERIODS[written]
    if wanted is None:
        with pytest.raises(InputError):
            parse_period(str(written))
    else:
        assert parse_period(str(written)).id == wanted


@pytest.mark.parametrize(
    ("unit", "base", "wanted"),
    [
        ("亿元", "yuan", 1e8),
        ("Million yuan", "yuan", 1e6),
        ("万户", "count", 1e4),
        ("％", "ratio", 0.01),
        ("元", "yuan/person", 1),
    ],
)
def test_a_unit_is_turned_into_the_base_unit(unit: str, base: str, wanted: float) -> None:
    assert factor(unit, base) == wanted


def problems_of(folder: Path, rows: list[dict[str, object]]) -> list[str]:
    with pytest.raises(Problems) as caught:
        built(folder, rows)
    return list(caught.value.problems)


PLACES = {
    "xining": "xining",
    "Xining City": "xining",
    "西宁": "xining",
    "西寧市": "xining",
    "Haidian": "haidian-district",
    "HAIDIAN DISTRICT": "haidian-district",
    "海淀": "haidian-district",
    "廣州": "guangzhou",
    "青海": "qinghai",
    "苏州": "suzhou-jiangsu",
    "宿州市": "suzhou-anhui",
}


def test_a_place_goes_by_id_and_by_its_names_in_both_languages(tmp_path: Path) -> None:
    rows = [figure("gdp", str(year), 1, {"place": written}) for year, written in enumerate(PLACES, 2000)]
    with built(tmp_path, rows) as connection:
        found = connection.execute("SELECT place_id FROM published ORDER BY line").fetchall()
    assert [place for (place,) in found] == list(PLACES.values())


def test_a_name_with_two_meanings_names_both() -> None:
    names = PlaceNames(
        [
            {
                "place_id": "jilin-city",
                "name_en": "Jilin City",
                "name_zh": "吉林市",
                "admin_type": "prefecture-level city",
            },
            {"place_id": "jilin", "name_en": "Jilin Province", "name_zh": "吉林省", "admin_type": "province"},
        ]
    )
    assert names.find("吉林市") == "jilin-city"
    with pytest.raises(InputError, match="jilin and jilin-city"):
        names.find("吉林")


def test_every_problem_is_named_with_row_column_and_nearest_match(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        [
            figure("gdp", "2014", 1, {"place": "Xinning"}),
            figure("gdp", "2014", 1, {"place": "Suzhou"}),
            figure("gpd", "2014", 1, {"unit": "yuan"}),
            figure("gdp", "soon", 1),
            figure("gdp", "2014", "1,5"),
            figure("gdp", "2014", 1, {"unit": "万人"}),
            figure("gdp", "2014", 1, {"consumer": "persnal"}),
            figure("gdp", "2014", "", {"status": "final"}),
            figure("gdp", "2014", "nan"),
        ],
    )
    text = "\n".join(problems)
    assert "observation.csv, row 2, column place: 'Xinning'" in text
    assert "did you mean Xining or xining" in text
    assert "suzhou-anhui and suzhou-jiangsu" in text
    assert "row 4, column metric: 'gpd'" in text
    assert "gdp" in text
    assert "row 5, column period" in text
    assert "row 6, column value: '1,5' is no number" in text
    assert "row 7, column unit: unit '万人' does not measure yuan" in text
    assert "row 8, column consumer" in text
    assert "did you mean personal" in text
    assert "row 9, column value: is empty" in text
    assert "row 9, column status" in text
    assert "row 10, column value" in text


def test_two_values_for_one_figure_refuse_the_file_and_name_both_rows(tmp_path: Path) -> None:
    rows = [figure("gdp", "2014", 5), figure("gdp", "2015", 1), figure("gdp", "2014年", 5, {"unit": "万元"})]
    [problem] = problems_of(tmp_path, rows)
    assert "row 2 (5 yuan) and row 4 (5 万元)" in problem
    assert not (tmp_path / "store.duckdb").exists()


def test_an_exact_repeat_counts_once(tmp_path: Path) -> None:
    rows = [figure("gdp", "2014", 50_000), figure("gdp", "2014年", 5, {"unit": "万元"})]
    with built(tmp_path, rows) as connection:
        assert connection.execute("SELECT count(*), min(line) FROM published").fetchall() == [(1, 2)]


def test_missing_parts_mean_all_and_a_missing_source_is_the_file(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "data/observation.csv", [figure("gdp", "2014", 5)], ("place", "metric", "period", "value", "unit")
    )
    build(tmp_path / "s", shipped=HERE, data=tmp_path / "data", built_at="")
    with duckdb.connect(str(current(tmp_path / "s")), read_only=True) as connection:
        row = connection.execute(
            """SELECT consumer, offering, sector, status, method, source_id FROM published_observation
            WHERE rule = 'published'"""
        ).fetchall()
        assert row == [("all", "all", "all", "reported", "", "observation.csv")]
        assert ("observation.csv",) in connection.execute("SELECT source_id FROM source").fetchall()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"place,metric,period,value\nxining,gdp,2014,1\n", "no column 'unit'"),
        (b"place,metric,period,value,unit,sectr\nxining,gdp,2014,1,yuan,\n", "unknown column 'sectr'"),
        (b"place,metric,period,value,unit\nxining,gdp,2014,1\n", "row 2"),
        ("place,metric,period,value,unit\n西宁,gdp,2014,1,yuan\n".encode("gb18030"), "UTF-8"),
        (b"", "no column 'place'"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "observation.csv").write_bytes(content)
    with pytest.raises(Problems, match=message):
        build(tmp_path / "s", shipped=HERE, data=tmp_path, built_at="")


def test_a_byte_order_mark_windows_lines_and_quotes_are_taken(tmp_path: Path) -> None:
    text = 'Place,metric,period,value,unit,note\r\n"Xining",gdp,2014,1,yuan,"a ""b"", c"\r\n'
    (tmp_path / "observation.csv").write_text(text, encoding="utf-8-sig", newline="")
    build(tmp_path / "s", shipped=HERE, data=tmp_path, built_at="")
    with duckdb.connect(str(current(tmp_path / "s")), read_only=True) as connection:
        assert connection.execute("SELECT note FROM published").fetchall() == [('a "b", c',)]


def test_targets_projects_and_own_lists_come_with_the_figures(tmp_path: Path) -> None:
    (tmp_path / "target.csv").write_text(
        "place,metric,period,value,unit,comparison\n西宁,info_consumption,2015年,125,亿元,\n", encoding="utf-8"
    )
    (tmp_path / "project.csv").write_text(
        "project_id,place,name_en,name_zh,content_area,level,status,budget,spent,start_date,due_date\n"
        "p1,西宁,Wi-Fi,无线,infrastructure,government,planned,100,,2014-01-01,\n",
        encoding="utf-8",
    )
    (tmp_path / "metric.csv").write_text(
        "metric_id,label_en,label_zh,unit,kind\n"
        "gdp,Gross product,生产总值,yuan,flow\nparcels,Parcels,快递,count,flow\n",
        encoding="utf-8",
    )
    build(tmp_path / "s", shipped=HERE, data=tmp_path, built_at="")
    with duckdb.connect(str(current(tmp_path / "s")), read_only=True) as connection:
        target = connection.execute("SELECT place_id, period_id, value, comparison, source_id FROM target").fetchall()
        assert target == [("xining", "2015", 12_500_000_000, "at_least", "target.csv")]
        assert connection.execute("SELECT place_id, budget, spent FROM published_project").fetchall() == [
            ("xining", 100, None)
        ]
        labels = dict(connection.execute("SELECT metric_id, label_en FROM metric").fetchall())
        assert (labels["gdp"], labels["parcels"], labels["population"]) == ("Gross product", "Parcels", "Population")


def test_places_inside_others_are_known_by_their_codes(tmp_path: Path) -> None:
    with built(tmp_path, [figure("gdp", "2014", 1)]) as connection:
        inside = set(connection.execute("SELECT * FROM containment").fetchall())
    assert {("haidian-district", "beijing"), ("xining", "qinghai"), ("qinghai", "china")} <= inside
    assert ("beijing", "haidian-district") not in inside
    assert ("china", "china") not in inside


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no folder"):
        build(tmp_path / "s", shipped=HERE, data=tmp_path / "nowhere", built_at="")
