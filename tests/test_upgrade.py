"""A store that an earlier xinfo made, with its templates and briefings: it answers, and nothing beside it is lost."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from xinfo.cli import main

KEPT = Path(__file__).parent / "kept" / "store-0.1.0.zip"
"""Made by the commands of 5230d7c9: two places of a made-up yearbook, a template of one's own and a briefing."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with zipfile.ZipFile(KEPT) as kept:
        kept.extractall(tmp_path)
    return tmp_path / "figures.duckdb"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_its_figures_answer_with_their_source(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, "ask", "--store", str(store), "--json", "GDP of Xining in 2014"))
    assert [(row["value"], row["sources"]) for row in answer["rows"]] == [(11e9, ["book"])]


def test_a_template_of_ones_own_is_still_asked(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "coast_board" in told(capsys, "templates", "list", "--store", str(store))
    answer = json.loads(told(capsys, "ask", "--store", str(store), "--json", "coast board in 2015"))
    assert [(row["place"], row["value"]) for row in answer["rows"]] == [("wuxi", 72e9)]


def test_its_briefing_is_filled(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "xining-2015q3-quarterly-progress" in told(capsys, "brief", "list", "--store", str(store))
    out = tmp_path / "out.html"
    told(capsys, "brief", "xining-2015q3-quarterly-progress", "--store", str(store), "--out", str(out), "--yes")
    assert "12.5 billion yuan" in out.read_text(encoding="utf-8")


def test_it_takes_in_figures_of_today(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "observation.csv"
    table.write_text("place,metric,period,value,unit,status,source\nxining,gdp,2016,132,亿元,reported,book\n", "utf-8")
    told(capsys, "load", str(table), "--store", str(store))
    assert "13.2 billion yuan" in told(capsys, "ask", "--store", str(store), "GDP of Xining in 2016")
