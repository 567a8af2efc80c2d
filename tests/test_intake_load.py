"""Loading files as people send them: what is loaded, asked and refused, and what the report, the quarantine and the
command line say of it."""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from panels import built, figure
from ruamel.yaml import YAML

from xinfo.cli import main
from xinfo.errors import InputError, StoreError
from xinfo.intake import quarantine
from xinfo.intake.given import read_given, written
from xinfo.intake.load import Load, take, words_of
from xinfo.intake.report import Line, Report, Said, as_csv
from xinfo.intake.words import Words
from xinfo.language.texts import languages
from xinfo.store.build import build
from xinfo.store.versions import current, listed

HERE = Path(__file__).parent
ROOT = HERE.parent
FILES = YAML(typ="safe").load((HERE / "intake" / "files.yaml").read_text(encoding="utf-8"))
AT, WHO = "2016-02-01T08:00:00", "Li"
OFFICE = {"source": "data-office", "unit": "亿元"}
GIVEN = [
    figure("gdp", "2013", 978, OFFICE),
    figure("gdp", "2014", 1070, OFFICE),
    figure("gdp", "2014", 21330, {**OFFICE, "place": "beijing"}),
    figure("info_consumption_share_of_gdp", "2014", 0.061, {"source": "data-office"}),
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    built(folder, GIVEN).close()
    return folder


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Path:
    """A store of its own with a few figures of Xining and Beijing."""
    shutil.copytree(template, tmp_path / "s")
    return tmp_path / "s" / "store.duckdb"


Loads = Callable[..., Report]


@pytest.fixture(scope="module")
def words(template: Path) -> Words:
    return words_of(template / "store.duckdb", ROOT / "queries", ROOT / "data" / "division.csv")


@pytest.fixture
def load(store: Path, words: Words) -> Loads:
    def load(*files: Path, dry_run: bool = False, mappings: Any = (), **answers: str) -> Report:
        given = {key.replace("__", ":"): said for key, said in answers.items()}
        way = Load(store, lambda: words, mappings, given)
        return take(way, files, at=AT, who=WHO, dry_run=dry_run)

    return load


def made(kind: dict[str, Any], folder: Path) -> Path:
    """The file of an entry of files.yaml."""
    folder.mkdir(exist_ok=True)
    default = "table.xlsx" if "sheets" in kind else "table.parquet" if "parquet" in kind else "table.csv"
    path = folder / kind.get("file", default)
    if "sheets" in kind:
        _workbook(path, kind["sheets"])
    elif "parquet" in kind:
        pq.write_table(pa.table(kind["parquet"]), path)
    elif "bytes" in kind:
        path.write_bytes(bytes.fromhex(kind["bytes"]))
    else:
        text = kind["text"].encode(kind.get("encoding", "utf-8"))
        path.write_bytes(b"\xef\xbb\xbf" + text if kind.get("marked") else text)
    return path


def _workbook(path: Path, sheets: list[dict[str, Any]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for told in sheets:
            sheet = book.add_worksheet(told["name"])
            for n, row in enumerate(told["rows"]):
                sheet.write_row(n, 0, row)
            for area in told.get("merged", ()):
                first = area.split(":")[0]
                column, row = ord(first[0]) - 65, int(first[1:]) - 1
                sheet.merge_range(area, told["rows"][row][column])
            for cell, (formula, value) in told.get("formulas", {}).items():
                sheet.write_formula(cell, formula, None, value)
            for row in told.get("hidden_rows", ()):
                sheet.set_row(row, None, None, {"hidden": True})
            for column in told.get("hidden_columns", ()):
                sheet.set_column(column, column, None, None, {"hidden": True})
            if told.get("hidden"):
                sheet.hide()


def figures(store: Path) -> set[str]:
    """The given figures and targets of the current version: place, metric, period, value, status if it is weak."""
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        rows = connection.execute("""
            SELECT place_id, metric_id, period_id, value, nullif(status, 'reported') FROM published
            UNION ALL SELECT 'target ' || place_id, metric_id, period_id, value, NULL FROM target""").fetchall()
    return {
        " ".join(f"{one:.15g}" if isinstance(one, float) else one for one in row if one is not None) for row in rows
    }


def said(report: Report, lang: str = "en") -> str:
    """All that a report says, a line each."""
    lines = [*report.lines, *(line for question in report.questions for line in question.lines)]
    return "\n".join(_told(line, lang) for line in lines)


def _told(line: Line, lang: str) -> str:
    row = f"row {line.row}" if line.row and not line.cell else line.cell or ""
    at = ", ".join(filter(None, (f"sheet {line.sheet}" if line.sheet else "", row, f"column {line.column}")))
    nearest = f" did you mean {' or '.join(line.nearest)}" if line.nearest else ""
    return f"{at}: {' '.join(str(cell) for cell in line.cells(lang) if cell)}{nearest}"


@pytest.mark.parametrize(
    "kind",
    # Every eighth one; all of them before a release.
    [pytest.param(kind, marks=pytest.mark.long if n % 8 else (), id=kind["kind"]) for n, kind in enumerate(FILES)],
)
def test_each_kind_of_file_is_loaded_asked_about_or_refused(
    kind: dict[str, Any], store: Path, load: Loads, tmp_path: Path
) -> None:
    before, versions = figures(store), listed(store)
    answers = {key.replace(":", "__"): given for key, given in kind.get("with", {}).items()}
    report = load(made(kind, tmp_path / "in"), **answers)
    outcome = "loaded" if "has" in kind else "questions" if "asks" in kind else "refused"
    assert report.outcome == outcome, said(report)
    gained = figures(store) - before
    assert gained == set(kind.get("has", ()))
    assert (len(listed(store)) > len(versions)) is (outcome == "loaded")
    asked = {question.key: question.choices for question in report.questions}
    assert set(asked) == set(kind.get("asks", ()))
    for key, choices in kind.get("asks", {}).items():
        assert not choices or asked[key][: len(choices)] == tuple(choices)
    for words in kind.get("says", ()):
        assert words in said(report), said(report)
    for name, count in kind.get("counts", {}).items():
        assert report.count(name) == count
    for lang in languages():
        assert len(list(csv.reader(io.StringIO(as_csv(report, lang).decode("utf-8-sig"))))) > 2
        assert all(question.what.text(lang) for question in report.questions)
    assert [one.file for one in quarantine.listed(store)] == [report.files[0].file] * (outcome == "refused")


def test_every_kind_of_file_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    missing = [row for kind in FILES if (row := f"| {kind['kind']} | {kind['happens']} |") not in page]
    assert missing == []


HEAD = "place,metric,period,value,unit\n"
WIDE = "地区生产总值（亿元）\n地区,{},{}\n西宁市,851,978\n北京市,17879,19500\n"


def text(path: Path, content: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


LARGE = {
    "wide": ("城市," + "甲," * 17_000 + "\n西宁市," + "1.5," * 17_000 + "\n", "refused", "列，过宽"),
    "broad": ("城市," + "GDP（亿元）," * 4_000 + "\n西宁市," + "1.5," * 4_000 + "\n", "questions", ""),
    "many": ("城市,2014年\n西宁市,10.5\n\n" * 2_100, "refused", "表格超过2,000个"),
}


@pytest.mark.parametrize("shape", LARGE)
@pytest.mark.long
def test_a_table_too_large_to_look_at_is_refused_and_a_large_one_read_in_time(
    load: Loads, tmp_path: Path, shape: str
) -> None:
    text, outcome, words = LARGE[shape]
    (file := tmp_path / "a.csv").write_text(text, encoding="utf-8")
    began = time.process_time()
    report = load(file)
    assert time.process_time() - began < 10
    assert report.outcome == outcome
    assert any(words in one.what.text("zh") for one in report.lines if isinstance(one.what, Said))


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Path, load: Loads, tmp_path: Path) -> None:
    good = text(tmp_path / "good.csv", HEAD + "xining,gdp,2015,1131.6,亿元\n")
    bad = text(tmp_path / "bad.csv", HEAD + "xining,gdp,2015,much,亿元\n")
    before = content(store.parent)
    tried, refused = load(good, dry_run=True), load(good, bad, dry_run=True)
    assert (tried.outcome, refused.outcome, refused.kept) == ("ready", "refused", ())
    assert content(store.parent) == before
    assert load(good).files == tried.files


def test_files_go_in_together_or_not_at_all(store: Path, load: Loads, tmp_path: Path) -> None:
    good = text(tmp_path / "good.csv", HEAD + "xining,gdp,2015,1131.6,亿元\n")
    wide = text(tmp_path / "GDP.csv", WIDE.format("2011年", "2012年"))
    bad = text(tmp_path / "bad.csv", HEAD + "xining,gdp,2015,much,亿元\n")
    report = load(good, wide, bad, mapping="")
    assert (report.outcome, len(listed(store))) == ("refused", 1)
    assert [one.file for one in quarantine.listed(store)] == ["bad.csv"]
    report = load(good, wide, mapping="")
    assert (report.outcome, [one.new for one in report.files]) == ("loaded", [1, 4])
    assert len(listed(store)) == 2


def test_what_two_files_say_of_one_figure_of_one_source_is_refused_unless_it_is_the_same(
    store: Path, load: Loads, tmp_path: Path
) -> None:
    head = HEAD.strip() + ",source\n"
    one = text(tmp_path / "one.csv", head + "xining,gdp,2015,1131.6,亿元,bureau\n")
    two = text(tmp_path / "two.csv", head + "xining,gdp,2015,1132,亿元,bureau\n")
    report = load(one, two)
    assert report.outcome == "refused"
    assert "row 2 (1131.6 亿元) and two.csv, row 2 (1132 亿元) give different values" in said(report)
    text(two, head + "xining,gdp,2015,1131.6,亿元,bureau\nxining,gdp,2016,1248,亿元,bureau\n")
    assert load(one, two).outcome == "loaded"
    assert "xining gdp 2016 124800000000" in figures(store)
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM published WHERE source_id = 'bureau'").fetchone() == (2,)


def test_two_files_of_one_name_are_refused(load: Loads, tmp_path: Path) -> None:
    files = [text(tmp_path / name / "x.csv", HEAD + "xining,gdp,2015,1,亿元\n") for name in ("a", "b")]
    with pytest.raises(InputError, match=r"two files are called x\.csv"):
        load(*files)


def test_each_figure_keeps_file_sheet_row_and_cell(store: Path, load: Loads, tmp_path: Path) -> None:
    sheets = [{"name": "表一", "rows": [["GDP（亿元）", 2014, 2015], ["西宁", 1065.8, 1131.6]]}]
    load(made({"sheets": sheets}, tmp_path / "in"), mapping="")
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        places = connection.execute(
            "SELECT period_id, file, sheet, line, cell, value_written FROM published WHERE sheet IS NOT NULL ORDER BY 1"
        ).fetchall()
    assert places == [
        ("2014", "table.xlsx", "表一", 2, "B2", "1065.8"),
        ("2015", "table.xlsx", "表一", 2, "C2", "1131.6"),
    ]


def test_a_mapping_is_written_confirmed_as_a_file_and_remembered_for_the_next_year(
    store: Path, load: Loads, tmp_path: Path
) -> None:
    first = text(tmp_path / "GDP.csv", WIDE.format("2011年", "2012年"))
    report = load(first)
    assert (report.outcome, [question.key for question in report.questions]) == ("questions", ["mapping"])
    mapping = text(tmp_path / "mapping.yaml", written(report.tables, "zh"))
    assert load(first, mappings=read_given(mapping)).outcome == "loaded"
    later = load(text(tmp_path / "next" / "GDP.csv", WIDE.format("2012年", "2013年")))
    assert (later.outcome, [table.confirmed for table in later.tables]) == ("loaded", [True])
    assert "beijing gdp 2013 1950000000000" in figures(store)


def test_a_hidden_sheet_is_loaded_where_the_mapping_names_it(store: Path, load: Loads, tmp_path: Path) -> None:
    rows = [["GDP（亿元）", 2015], ["西宁", 1131.6]]
    shown = made({"sheets": [{"name": "内部", "rows": rows}]}, tmp_path / "shown")
    mapping = read_given(text(tmp_path / "m.yaml", written(load(shown).tables, "en")))
    sheets = [
        {"name": "公开", "rows": [["GDP（亿元）", 2014], ["北京", 21330]]},
        {"name": "内部", "rows": rows, "hidden": True},
    ]
    report = load(made({"sheets": sheets}, tmp_path / "hidden"), mappings=mapping, mapping="")
    assert report.outcome == "loaded"
    assert "xining gdp 2015 113160000000" in figures(store)


def test_a_mapping_of_another_header_is_refused_with_what_it_lacks(load: Loads, tmp_path: Path) -> None:
    sheets = [{"name": "S", "rows": [["GDP（亿元）", 2015], ["西宁", 1131.6]]}]
    report = load(made({"sheets": sheets}, tmp_path / "a"))
    mapping = read_given(text(tmp_path / "m.yaml", written(report.tables, "en")))
    other = [{"name": "S", "rows": [["人口（万人）", "备注", 2015], ["西宁", "", 231]]}]
    report = load(made({"sheets": other}, tmp_path / "b"), mappings=mapping)
    assert report.outcome == "refused"
    assert "there is no column" in said(report)


def test_a_running_total_that_does_not_fit_the_store_is_asked(store: Path, load: Loads, tmp_path: Path) -> None:
    source = HEAD.strip() + ",source\n"
    load(text(tmp_path / "a.csv", source + "xining,gdp,2015Q1,260,亿元,bureau\n"))
    half = text(tmp_path / "b.csv", source + "xining,gdp,2015Q1-Q2,190,亿元,bureau\n")
    asked = load(half)
    assert [question.key for question in asked.questions] == ["falling:gdp"]
    assert load(half, falling__gdp="").outcome == "loaded"


def test_a_file_that_is_wrong_throughout_is_told_in_part_and_counted_in_full(load: Loads, tmp_path: Path) -> None:
    rows = "".join(f"xining,gdp,2015,x{n},亿元\n" for n in range(5000))
    report = load(text(tmp_path / "bad.csv", HEAD + rows))
    assert (report.count("refused"), report.count("read")) == (5000, 5000)
    assert len(report.lines) < 1000


def test_no_cell_of_a_report_is_a_formula(load: Loads, tmp_path: Path) -> None:
    report = load(text(tmp_path / "=bad.csv", HEAD + "=cmd|'/c calc'!A0,gdp,2015,@SUM(1),亿元\n"))
    cells = [cell for row in csv.reader(io.StringIO(as_csv(report, "en").decode("utf-8-sig"))) for cell in row]
    assert any("cmd" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]


def test_a_refused_file_is_kept_once_with_its_report_until_it_is_removed(
    store: Path, load: Loads, tmp_path: Path
) -> None:
    bad = text(tmp_path / "bad.csv", HEAD + "西宁巿,gdp,2015,1131.6,亿元\n")
    assert (load(bad).kept, load(bad).kept) == ((1,), (1,))
    [kept] = quarantine.listed(store)
    assert (kept.file, kept.who, kept.at, kept.problems) == ("bad.csv", WHO, AT, 1)
    assert kept.path.read_bytes() == bad.read_bytes()
    assert "西宁市" in kept.report.read_text(encoding="utf-8-sig")
    text(bad, HEAD + "西宁巿,gdp,2016,1131.6,亿元\n")
    assert load(bad).kept == (2,)
    quarantine.remove(store, 1)
    assert [one.number for one in quarantine.listed(store)] == [2]
    with pytest.raises(StoreError, match="there are: 2"):
        quarantine.fetch(store, 1)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], store: Path) -> Run:
    """A command line on the store: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([*map(str, arguments), "--store", str(store)])
        except SystemExit as left:
            status = int(left.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.mark.long
def test_the_command_asks_proposes_takes_the_mapping_and_writes_the_report(
    store: Path, run: Run, tmp_path: Path
) -> None:
    file = text(tmp_path / "table.csv", "GDP（万元）,2015\n西宁,1131.6\n")
    status, out, err = run("load", file, "--propose", tmp_path / "m.yaml")
    assert (status, out) == (1, "")
    assert "nothing was loaded, 2 questions" in err
    assert "--yes unit:gdp or --yes unit:gdp=亿元" in err
    status, _, err = run("load", file, "--mapping", tmp_path / "m.yaml")
    assert (status, "1 question:" in err) == (1, True)
    given = ("--mapping", tmp_path / "m.yaml", "--yes", "unit:gdp=亿元", "--report", tmp_path / "r.csv", "--by", "Li")
    status, out, _ = run("load", file, *given)
    assert status == 0
    assert "table.csv: 1 observation rows: 1 new, 0 revised, 0 unchanged" in out
    assert "version 2 by Li" in out
    assert "xining gdp 2015 113160000000" in figures(store)
    assert "new,table.csv" in (tmp_path / "r.csv").read_text(encoding="utf-8-sig")


def test_the_command_tells_what_is_refused_and_keeps_it(run: Run, tmp_path: Path) -> None:
    bad = text(tmp_path / "bad.csv", HEAD + "西宁巿,gdp,2015,1131.6,亿元\n")
    status, out, err = run("load", bad)
    assert (status, out) == (1, "")
    assert "nothing was loaded, 1 problem:\nbad.csv, row 2, column place: '西宁巿' is no place of the list" in err
    assert "did you mean 西宁市" in err
    assert "bad.csv" in run("quarantine")[1]
    assert "西宁市" in run("quarantine", "show", 1)[1]
    assert run("quarantine", "remove", 1)[:2] == (0, "removed: bad.csv\n")
    assert run("quarantine", "show", 1)[0] == 1
    assert run("quarantine", "show")[0] == 1


@pytest.mark.parametrize("answer", ["unti:gdp", ""])
def test_an_answer_to_no_question_is_wrong_usage(answer: str, run: Run, tmp_path: Path) -> None:
    assert run("load", tmp_path / "x.csv", "--yes", answer)[0] == 2


def test_a_file_that_is_not_there_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    status, _, err = run("load", tmp_path / "none.csv")
    assert status == 1
    assert "none.csv: cannot be read: No such file or directory" in err


def test_the_shipped_figures_are_loaded_without_a_question(tmp_path: Path) -> None:
    nothing = text(tmp_path / "data" / "observation.csv", HEAD)
    build(tmp_path / "store", shipped=ROOT / "data", data=nothing.parent, built_at="2016-01-01")
    shipped = [ROOT / "data" / f"{name}.csv" for name in ("observation", "target")]
    report = take(
        Load(tmp_path / "store", lambda: pytest.fail("no table to read")), shipped, at=AT, who=WHO, dry_run=True
    )
    assert (report.outcome, [question.key for question in report.questions]) == ("ready", [])
    assert report.count("new") > 1000
