"""The benchmark measures what it says: made-up panels are whole stores, and SQL by hand finds what answers tell."""

from __future__ import annotations

from pathlib import Path

from bench import byhand, growth, panel, report
from bench.growth import QUERIES
from bench.spread import spread
from xinfo.ask import open_workspace


def test_answers_on_a_panel_are_those_of_sql_by_hand(tmp_path: Path) -> None:
    figures = panel.make(tmp_path / "panel.duckdb", 7_000, places=40)
    workspace = open_workspace(tmp_path / "panel.duckdb", QUERIES)
    measured = byhand.measure(workspace, rounds=1)
    assert figures >= 7_000
    assert [row["question"] for row in measured if not row["same"]] == []
    more = growth.of_templates(workspace, times=(1, 2), rounds=1)
    assert list(more) == [str(len(workspace.templates)), str(2 * len(workspace.templates))]
    found = {"machine": {"cores": 2}, "byhand": measured, "templates": more}
    assert all(row["question"] in report.text(found) and row["question"] in report.markdown(found) for row in measured)


def test_a_spread_names_the_middle_and_the_slow_end() -> None:
    found = spread([float(n) for n in range(1, 101)])
    assert (found["n"], found["p50"], found["p95"]) == (100, 50.5, 96.0)
