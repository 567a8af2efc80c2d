"""The benchmark measures what it says: made-up panels are whole stores, and SQL by hand finds what answers tell."""

from __future__ import annotations

from pathlib import Path

from bench import byhand, growth, panel, report
from bench.growth import QUERIES
from bench.spread import spread
from xinfo.answer.answer import Answer
from xinfo.answer.caveats import NAMED
from xinfo.ask import open_workspace


def test_answers_on_a_panel_are_those_of_sql_by_hand(tmp_path: Path) -> None:
    figures = panel.make(tmp_path / "panel.duckdb", 12_000, places=40)
    workspace = open_workspace(tmp_path / "panel.duckdb", QUERIES)
    measured = byhand.measure(workspace, rounds=1)
    assert figures >= 12_000
    assert [row["question"] for row in measured if not row["same"]] == []
    more = growth.of_templates(workspace, times=(1, 2), rounds=1)
    assert list(more) == [str(len(workspace.templates)), str(2 * len(workspace.templates))]
    found = {"machine": {"cores": 2}, "byhand": measured, "templates": more}
    assert all(row["question"] in report.text(found) and row["question"] in report.markdown(found) for row in measured)


def test_a_spread_names_the_middle_and_the_slow_end() -> None:
    found = spread([float(n) for n in range(1, 101)])
    assert (found["n"], found["p50"], found["p95"]) == (100, 50.5, 96.0)


def test_a_total_of_many_places_leaves_out_those_inside_others(tmp_path: Path) -> None:
    panel.make(tmp_path / "panel.duckdb", 1, places=400)
    workspace = open_workspace(tmp_path / "panel.duckdb", QUERIES)
    answer = workspace.conversation("en").ask("Total GDP of the pilots in 2015")
    assert isinstance(answer, Answer)
    inside = """select count(*) from place as i where i.batch is not null and exists (
        select 1 from place as o where o.batch is not null and o.adcode <> i.adcode
          and o.adcode in ('100000', left(i.adcode, 2) || '0000', left(i.adcode, 4) || '00'))"""
    [[left_out]] = workspace.engine.execute(inside, {}, row_cap=1, seconds=10).rows
    [caveat] = [one for one in answer.caveats if one.startswith("Not counted twice")]
    assert caveat.endswith(f"and {left_out - NAMED} more.")
    none = workspace.conversation("en").ask("Which pilots had GDP above 900 trillion yuan in 2015?")
    assert isinstance(none, Answer)
    assert none.rows == ()
