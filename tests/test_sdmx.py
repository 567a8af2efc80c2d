"""Figures in SDMX and back: read by the ecosystem's own client, checked by its schemas, and nothing lost on the way."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from panels import HERE, figure, write_csv

from xinfo.cli import main
from xinfo.exchange import flows
from xinfo.store.build import build
from xinfo.store.periods import FIRST_YEAR, LAST_YEAR, Period
from xinfo.store.versions import current

pytest.importorskip("pysdmx")
from pysdmx.io import get_datasets, read_sdmx, write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import Code, Codelist, Concept, ConceptScheme, Dataflow, DataType
from pysdmx.model.dataflow import Component, Components, DataStructureDefinition, Role

AT = "2016-02-01T08:00:00"
ROWS = [
    figure(
        "gdp", "2014", "1070.50", {"unit": "亿元", "source": "统计局 2015.1", "confidence": "high", "note": 'a, "b"'}
    ),
    figure(
        "gdp",
        "2014",
        "1069",
        {"unit": "亿元", "source": "other.csv", "method": "first$count~1", "status": "preliminary"},
    ),
    figure("gdp", "2014Q1-Q3", "75", {"unit": "billion yuan", "status": "estimated", "source": "other.csv"}),
    figure("gdp", "2013M02-M04", "1e10", {"source": "other.csv"}),
    figure(
        "info_consumption",
        "2014Q1-Q2",
        "3",
        {"unit": "亿元", "consumer": "personal", "offering": "services", "source": "other.csv"},
    ),
    figure("info_consumption_share_of_gdp", "2014", "6.1", {"unit": "%", "source": "other.csv"}),
    figure(
        "connected_terminals",
        "2014-03",
        "12",
        {"unit": "万户", "sector": "health", "place": "beijing", "source": "other.csv"},
    ),
]
TARGETS = [
    {"place": "xining", "metric": "gdp", "period": "2015", "value": "1250", "unit": "亿元", "comparison": "about",
     "source": "plan", "status": "preliminary", "confidence": "low", "note": "printed “125 billion”"},
    {"place": "xining", "metric": "gdp", "period": "2015", "value": "1300", "unit": "亿元", "source": "other.csv"},
]  # fmt: skip
Tables = dict[str, list[dict[str, str]]]


def built(folder: Path, observations: Iterable[dict[str, Any]], targets: Iterable[dict[str, Any]] = ()) -> Path:
    data = folder / "data"
    write_csv(data / "observation.csv", observations)
    write_csv(data / "target.csv", targets, tuple(TARGETS[0]))
    build(folder / "s.duckdb", shipped=HERE, data=data, built_at=AT)
    return folder / "s.duckdb"


def exported(store: Path, folder: Path) -> Path:
    assert main(["export", "--store", str(store), "--sdmx", str(folder)]) == 0
    return folder


def rows(folder: Path) -> Tables:
    return {
        flow.file: list(csv.DictReader((folder / flow.file).open(encoding="utf-8", newline=""))) for flow in flows.FLOWS
    }


def without_standing(tables: Tables) -> Tables:
    return {name: [{**row, "STANDING": ""} for row in some] for name, some in tables.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sdmx")
    return exported(built(made, ROWS, TARGETS), made / "out")


@given(st.text() | st.just("_X"))
def test_any_id_can_be_a_code_and_is_told_back(id: str) -> None:
    id = id.encode("utf-8", "ignore").decode()
    code = flows.code_of(id)
    assert flows.id_of(code) == id
    assert re.fullmatch(r"[A-Za-z0-9_@$\-]+", code)
    assert code == flows.NOT_STATED or not code.startswith("_")


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12), st.integers(1, 12))
def test_any_period_can_be_told_in_sdmx_and_back(year: int, first: int, last: int) -> None:
    one = Period(year, min(first, last), max(first, last))
    assert flows.period_of(flows.time_of(one.id)) == one.id


@pytest.mark.parametrize(
    ("time", "period"),
    [("2014-A1", "2014"), ("2014-M03", "2014-03"), ("2014-T2", "2014M05-M08"), ("2014-S2", "2014Q3-Q4"),
     ("2014-01-01T00:00:00/P1Y", "2014"), ("2014-11-01/P3M", "2014-11-01/P3M"), ("2014-W07", "2014-W07"),
     ("2014-Q5", "2014-Q5")],
)  # fmt: skip
def test_times_of_other_offices_are_read_where_they_are_months_of_a_year(time: str, period: str) -> None:
    assert flows.period_of(time) == period


def test_the_client_of_the_ecosystem_reads_structure_and_figures(folder: Path) -> None:
    message = read_sdmx(folder / "structure.json")  # checked against the schemas of SDMX-JSON
    assert [one.id for one in message.get_dataflows()] == ["FIGURES", "TARGETS"]
    areas = message.get_codelist("Codelist=XINFO:CL_AREA(1.0)")
    assert areas["xining"].name == "Xining"
    [figures] = get_datasets(folder / "figures.csv", folder / "structure.json")
    assert len(figures.data) == len(ROWS)
    for part in figures.structure.components:
        if part.enumeration:
            unknown = {*figures.data[part.id]} - {code.id for code in part.enumeration} - {""}
            assert not unknown, part.id
    key = [part.id for part in figures.structure.components.dimensions]
    assert not figures.data.duplicated(key).any()


def test_value_and_multiplier_are_what_the_store_has(folder: Path) -> None:
    [figures] = get_datasets(folder / "figures.csv", folder / "structure.json")
    found = figures.data["OBS_VALUE"].astype(float) * 10.0 ** figures.data["UNIT_MULT"].astype(int)
    with duckdb.connect(str(current(folder.with_name("s.duckdb"))), read_only=True) as store:
        given = store.execute("SELECT value FROM published").fetchall()
    assert sorted(found) == pytest.approx(sorted(value for (value,) in given))


def test_every_name_is_there_in_both_languages(folder: Path) -> None:
    data = json.loads((folder / "structure.json").read_text(encoding="utf-8"))["data"]
    schemes = [*data["codelists"], *data["conceptSchemes"], *data["dataflows"], *data["dataStructures"]]
    items = [one for each in schemes for one in each.get("codes", each.get("concepts", []))]
    lacking = [one["id"] for one in [*schemes, *items] if "zh" not in one["names"]]
    assert {*lacking} <= {
        code["id"] for one in data["codelists"] if one["id"] in ("CL_UNIT", "CL_SOURCE") for code in one["codes"]
    }
    [xining] = [one for one in items if one["id"] == "xining"]
    assert xining["names"] == {"en": "Xining", "zh": "西宁市"}


def test_spans_of_months_have_a_time_of_sdmx(folder: Path) -> None:
    found = {row["TIME_PERIOD"]: row["FREQ"] for row in rows(folder)["figures.csv"]}
    assert found == {
        "2014": "A", "2014-01-01/P9M": "_O", "2013-02-01/P3M": "_O", "2014-S1": "S", "2014-03": "M",
    }  # fmt: skip


def test_a_round_trip_loses_nothing(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All but the standing, which a load never takes from a file: until a steward confirms it."""
    store = built(tmp_path, [])
    files = [str(folder / flow.file) for flow in flows.FLOWS]
    assert main(["load", "--store", str(store), *files]) == 0
    again = exported(store, tmp_path / "again")
    before, after = (rows(one) for one in (folder, again))
    assert without_standing(after) == without_standing(before)
    structures = [json.loads((one / "structure.json").read_text(encoding="utf-8"))["data"] for one in (folder, again)]
    assert structures[0] == structures[1]
    assert {row["STANDING"] for row in after["figures.csv"]} == {
        "unconfirmed", "unconfirmed_preliminary", "unconfirmed_estimated"
    }  # fmt: skip
    for source in sorted({flows.id_of(row["SOURCE"]) for some in after.values() for row in some}):
        assert main(["sources", "confirm", source, "--as", "published", "--store", str(store), "--yes"]) == 0
    assert rows(exported(store, tmp_path / "confirmed")) == before
    capsys.readouterr()


@pytest.mark.slow
def test_a_round_trip_of_the_shipped_figures_loses_nothing(exported_store: Path, tmp_path: Path) -> None:
    first = exported(exported_store, tmp_path / "first")
    assert not [row for row in rows(first)["figures.csv"] if row["STANDING"] == "illustrative"]
    store = built(tmp_path, [])
    assert main(["load", "--store", str(store), *(str(first / flow.file) for flow in flows.FLOWS)]) == 0
    assert without_standing(rows(exported(store, tmp_path / "again"))) == without_standing(rows(first))


def test_of_a_figure_that_waits_beside_its_confirmed_one_the_confirmed_one_is_written(tmp_path: Path) -> None:
    store = built(tmp_path, [figure("gdp", "2014", 1e11, {"source": "office"})])
    write_csv(tmp_path / "later.csv", [figure("gdp", "2014", 1.1e11, {"source": "office"})])
    assert main(["load", "--store", str(store), str(tmp_path / "later.csv")]) == 0
    [row] = rows(exported(store, tmp_path / "out"))["figures.csv"]
    assert (float(row["OBS_VALUE"]), row["STANDING"]) == (1e11, "reported")


def test_the_same_store_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    again = exported(folder.with_name("s.duckdb"), tmp_path / "again")
    assert {one.name: one.read_bytes() for one in again.iterdir()} == {
        one.name: one.read_bytes() for one in folder.iterdir()
    }


Refused = Callable[..., str]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("empty"), [])


@pytest.fixture
def refused(empty: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """What is said of files that are not loaded."""

    def refused(*files: Path) -> str:
        capsys.readouterr()
        assert main(["load", "--store", str(empty), *map(str, files)]) == 1
        return capsys.readouterr().err

    return refused


def test_without_its_structure_a_file_is_refused(folder: Path, tmp_path: Path, refused: Refused) -> None:
    alone = Path(shutil.copy(folder / "figures.csv", tmp_path / "alone.csv"))
    assert "its structure is not beside it: put structure.json or structure.xml" in refused(alone)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row | {"ACTION": "D"}, "rows that delete figures are not taken"),
        (lambda row: row | {"STRUCTURE_ID": "XINFO:OTHER(1.0)"}, "does not describe Dataflow=XINFO:OTHER(1.0)"),
        (lambda row: row | {"STRUCTURE": "metadataflow"}, "one dataflow or data structure"),
        (lambda row: {name: cell for name, cell in row.items() if name != "OBS_VALUE"}, "without the column OBS_VALUE"),
        (lambda row: row | {"INDICATOR": "gpd"}, "gpd"),
        (lambda row: row | {"TIME_PERIOD": "2014-W07"}, "2014-W07"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    change: Callable[[dict[str, str]], dict[str, str]], words: str, folder: Path, tmp_path: Path, refused: Refused
) -> None:
    changed = [change(row) for row in rows(folder)["figures.csv"]]
    write_csv(tmp_path / "figures.csv", changed, tuple(changed[0]))
    shutil.copy(folder / "structure.json", tmp_path)
    assert words in refused(tmp_path / "figures.csv")


@pytest.mark.parametrize("content", ["{}", "no JSON", '{"meta": {}, "data": {"codelists": 7}}'])
def test_a_structure_that_is_none_is_told(content: str, folder: Path, tmp_path: Path, refused: Refused) -> None:
    shutil.copy(folder / "figures.csv", tmp_path)
    (tmp_path / "structure.json").write_text(content, encoding="utf-8")
    assert "structure.json is no structure of SDMX" in refused(tmp_path / "figures.csv")


def foreign(folder: Path, format: Format, suffix: str) -> Path:
    """A file of another office: its own dimensions, codes and status, values in millions."""
    geo = Codelist("CL_GEO", agency="NSO", name="Places", items=[Code("XN", name="Xining"), Code("BJ", name="Beijing")])
    what = Codelist("CL_IND", agency="NSO", name="Series", items=[Code("B1GQ", name="GDP")])
    lists = {"REF_AREA": geo, "INDICATOR": what}
    names = {"REF_AREA": "Reference area", "INDICATOR": "Indicator", "TIME_PERIOD": "Time", "OBS_VALUE": "Value"}
    names |= {"UNIT_MEASURE": "Unit", "UNIT_MULT": "Multiplier", "OBS_STATUS": "Status"}
    urn = "urn:sdmx:org.sdmx.infomodel."
    concepts = [
        Concept(id, name=name, dtype=DataType.PERIOD if id == "TIME_PERIOD" else DataType.STRING,
                urn=f"{urn}conceptscheme.Concept=NSO:CS(1.0).{id}")
        for id, name in names.items()
    ]  # fmt: skip
    parts = []
    for concept in concepts:
        id, codes = concept.id, lists.get(concept.id)
        role = {"OBS_VALUE": Role.MEASURE}.get(id, Role.DIMENSION if id in list(names)[:3] else Role.ATTRIBUTE)
        parts.append(Component(
            id, True, role, concept, concept.dtype, local_codes=codes,
            local_enum_ref=f"{urn}codelist.Codelist=NSO:{codes.id}(1.0)" if codes else None,
            attachment_level="O" if role == Role.ATTRIBUTE else None,
        ))  # fmt: skip
    structure = DataStructureDefinition(id="NA", agency="NSO", name="Accounts", components=Components(parts))
    flow = Dataflow("NA_MAIN", agency="NSO", name="Accounts", structure=structure)
    scheme = ConceptScheme("CS", agency="NSO", name="Concepts", items=concepts)
    message = write_sdmx([geo, what, scheme, structure, flow], format)
    (folder / f"na{suffix}").write_text(message or "", encoding="utf-8")
    told = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "NSO:NA_MAIN(1.0)", "ACTION": "I", "INDICATOR": "B1GQ"}
    told |= {"UNIT_MEASURE": "yuan", "UNIT_MULT": "6", "OBS_STATUS": "A"}
    some = [
        told | {"REF_AREA": "XN", "TIME_PERIOD": "2014-A1", "OBS_VALUE": "107000"},
        told | {"REF_AREA": "XN", "TIME_PERIOD": "2015", "OBS_VALUE": "113100.7", "OBS_STATUS": "P"},
        told | {"REF_AREA": "BJ", "TIME_PERIOD": "2014", "OBS_VALUE": "2.13e6"},
        told | {"REF_AREA": "BJ", "TIME_PERIOD": "2015", "OBS_VALUE": "NaN"},
    ]
    write_csv(folder / "na.csv", some, tuple(some[0]))
    return folder / "na.csv"


FORMATS = [
    (Format.STRUCTURE_SDMX_ML_2_1, ".xml"),
    (Format.STRUCTURE_SDMX_ML_3_0, ".xml"),
    (Format.STRUCTURE_SDMX_JSON_2_0_0, ".json"),
]


@pytest.mark.parametrize(("format", "suffix"), FORMATS)
def test_a_file_of_another_office_is_a_table_with_names_for_codes(format: Format, suffix: str, tmp_path: Path) -> None:
    store, file = built(tmp_path, []), foreign(tmp_path, format, suffix)
    if suffix == ".json":
        fixed = json.loads(file.with_suffix(suffix).read_text(encoding="utf-8"))
        fixed["data"]["dataStructures"][0]["dataStructureComponents"].pop("groups")
        file.with_suffix(suffix).write_text(json.dumps(fixed), encoding="utf-8")
    assert main(["load", "--store", str(store), str(file), "--yes", "mapping"]) == 0
    with duckdb.connect(str(current(store)), read_only=True) as opened:
        found = opened.execute("SELECT place_id, metric_id, period_id, value, status FROM published ORDER BY ALL")
        assert found.fetchall() == [
            ("beijing", "gdp", "2014", 2.13e12, "reported"),
            ("xining", "gdp", "2014", 1.07e11, "reported"),
            ("xining", "gdp", "2015", 1.131007e11, "preliminary"),
        ]


def test_without_the_package_a_clear_word_says_what_to_install(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pysdmx.io", None)
    capsys.readouterr()
    assert main(["export", "--store", str(folder.with_name("s.duckdb")), "--sdmx", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "xinfo: SDMX needs 'pip install -r requirements-sdmx.lock'"
    assert not (tmp_path / "out").exists()
