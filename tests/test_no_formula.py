"""Whatever is taken along as a file for spreadsheets: no text in it, from files, people or questions, is a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from briefings import AT, QUERIES
from openpyxl import load_workbook
from panels import HERE, figure, write_csv

from xinfo import audit
from xinfo.access.keys import listed
from xinfo.access.signing import of_login
from xinfo.answer.answer import NotAnswered
from xinfo.ask import open_workspace
from xinfo.audit.verify import entries
from xinfo.briefing import archive, issues
from xinfo.briefing.files import render
from xinfo.briefing.model import Ask, Briefing, Note, Section, Text
from xinfo.briefing.verify import verified
from xinfo.loop import asked, deeds
from xinfo.query.holdings import TOTAL, read_holdings, view
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.ui import opening
from xinfo.ui.data.differences import to_csv as differences_csv
from xinfo.ui.data.table import to_csv as coverage_csv
from xinfo.ui.frames import frame
from xinfo.understand.reading import Unclear

EVIL = ["=1+cmd|' /C calc'!A0", "+1+1", "-1+A1", "@SUM(A1)", "\t=1", "＝1+1", "  =1"]
RISKY = re.compile(r"^[\s\0]*[=+\-@＝＋－＠\t\r](?![\d.]+$)")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions; what people named in them would be formulas."""
    folder = tmp_path_factory.mktemp("evil")
    path = folder / "store.duckdb"
    rows = [
        figure("gdp", f"201{at}", 4_000_000_000 + at, {"source": evil, "note": evil}) for at, evil in enumerate(EVIL)
    ]
    write_csv(folder / "data" / "observation.csv", rows)
    build(path, shipped=HERE, data=folder / "data", built_at=AT, who=EVIL[0])
    write_csv(folder / "observation.csv", [figure("gdp", "2013", 5_000_000_000, {"source": EVIL[1], "note": EVIL[3]})])
    add(path, [folder / "observation.csv"], built_at=AT, who=EVIL[3])
    return path


def cells(content: bytes) -> list[str]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows
    return [cell for row in rows for cell in row]


def test_the_coverage_and_the_differences_of_a_store_hold_none(store: Path) -> None:
    opening.forget()
    workspace = open_workspace(store, QUERIES)
    catalog = workspace.catalog
    shown = view(read_holdings(workspace.engine, "gdp"), TOTAL, "year", catalog.pilots(), tuple(catalog.places))
    assert not list(filter(RISKY.match, cells(coverage_csv(shown, "gdp", catalog, "en"))))
    told = differences_csv(store, 1, 2, workspace.catalog, workspace.contents.methods, "zh")
    assert not list(filter(RISKY.match, cells(told)))


def test_the_log_and_the_questions_that_were_kept_hold_none(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    for evil in EVIL:
        audit.record(store, "ask", who=evil, at=AT, what={"question": evil})
        asked.note(store, NotAnswered(Unclear(evil, "en", "clarify", evil), {}), datetime(2016, 2, 1))
    logged = cells(deeds.to_csv(entries(store)))
    kept = cells(asked.to_csv(asked.listed(store)))
    assert any("calc" in cell for cell in logged)
    assert any("calc" in cell for cell in kept)
    assert not list(filter(RISKY.match, [*logged, *kept]))


def test_a_briefing_and_its_sealed_issue_hold_none(store: Path, tmp_path: Path) -> None:
    workspace = open_workspace(store, QUERIES)
    said = (Ask("a1", "GDP of Xining in 2013"), Text("t1", {"en": EVIL[1]}), Note("n1", {"en": EVIL[0]}))
    written = Briefing("evil", {"en": EVIL[0]}, "en", (Section({"en": EVIL[3]}, said),))
    issue = issues.made(store, written, workspace, ("en",), at=AT, by=of_login(store, EVIL[3], AT))
    made = issue.documents["en"]
    book = load_workbook(io.BytesIO(render(made, "xlsx")))
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [said for said in formulas if re.search("cmd|SUM\\(A1|1\\+1", str(said))]
    for role in ("reviewer", "signer"):
        issue = issues.signed(store, "evil", issue.number, role, at=AT, by=of_login(store, f"@{role}", AT))
    sealed = tmp_path / "evil.zip"
    sealed.write_bytes(archive.sealed(issue, workspace, at=AT, by=of_login(store, EVIL[3], AT)))
    assert not verified(sealed, listed(store)).wrong
    with zipfile.ZipFile(sealed) as package:
        held = [cell for name in package.namelist() if name.endswith(".csv") for cell in cells(package.read(name))]
    assert any("calc" in cell for cell in held)
    assert not list(filter(RISKY.match, held))


def test_a_table_that_a_browser_saves_holds_none_and_numbers_stay_numbers() -> None:
    drawn = frame({EVIL[0]: EVIL, "n": list(range(len(EVIL)))})
    assert not list(filter(RISKY.match, [*drawn.columns, *drawn.iloc[:, 0]]))
    assert drawn["n"].sum() == 21
    said = ["-3.2 %", "+5", "-1.2 billion yuan", "−4", "-1.2亿元", "–"]
    assert list(frame({"x": said})["x"]) == said
    assert list(frame(pd.DataFrame({"x": [1.5, None]}))["x"].isna()) == [False, True]


def test_every_table_that_scrolls_is_made_safe_first() -> None:
    for path in (Path(__file__).parents[1] / "xinfo" / "ui").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "st.dataframe(" in source or "st.data_editor(" in source:
            assert "from xinfo.ui.frames import frame" in source, path.name
