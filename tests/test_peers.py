"""What the comparison with other tools counts as right, without the tools: the rule, the charts, the questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bench.peers import compare, tables, tally
from bench.peers.marks import shown
from bench.peers.rule import Row, Verdict, judged
from xinfo.ask import open_workspace
from xinfo.store.build import build
from xinfo.store.versions import current

ROOT = Path(__file__).parents[1]
RECORDS = [
    {"City": "Weihai", "Region": "east", "GDP": 240.0, "Year": "2013/01/01"},
    {"City": "Weihai", "Region": "east", "GDP": 265.0, "Year": "2014/01/01"},
    {"City": "Wuhu", "Region": "central", "GDP": 195.0, "Year": "2014/01/01"},
    {"City": "Xining", "Region": "west", "GDP": float("nan"), "Year": "2014/01/01"},
]
GDP = {"field": "GDP", "type": "quantitative"}
CITY = {"field": "City", "type": "nominal"}
YEAR = {"field": "Year", "type": "temporal"}


@pytest.mark.parametrize(
    ("expected", "given", "in_order", "verdict"),
    [
        ([(1.0,), (2.0,)], [(2.0,), (1.00001,)], False, Verdict.RIGHT),
        ([(2.0,), (1.0,)], [(2.0,), (1.0,), (0.5,)], True, Verdict.RIGHT),
        ([(2.0,), (1.0,)], [(1.0,), (2.0,)], True, Verdict.AMONG),
        ([(1.0,)], [(1.0,), (3.0,)], False, Verdict.AMONG),
        ([(1.0,)], [(7.0, 1.0)], False, Verdict.RIGHT),
        ([(1.0,), (2.0,)], [(1.0, 2.0)], True, Verdict.RIGHT),
        ([(1.0, 2.0)], [(2.0, 1.0)], False, Verdict.RIGHT),
        ([(1.0, 2.0)], [(1.0,)], False, Verdict.WRONG),
        ([(1.0,), (1.0,)], [(1.0,), (3.0,)], False, Verdict.WRONG),
        ([(1.0,)], [(1.01,)], False, Verdict.WRONG),
        ([(1.0,)], None, False, Verdict.DECLINED),
        ([], [], False, Verdict.RIGHT),
        ([], [(1.0,)], False, Verdict.WRONG),
    ],
)
def test_right_is_what_shows_the_asked_figures(
    expected: list[Row], given: list[Row] | None, in_order: bool, verdict: Verdict
) -> None:
    assert judged(expected, given, in_order=in_order) is verdict


@pytest.mark.parametrize(
    ("spec", "figures"),
    [
        (
            {"encoding": {"x": CITY, "y": GDP}, "transform": [{"filter": {"field": "City", "oneOf": ["Wuhu"]}}]},
            [(195.0,)],
        ),
        ({"encoding": {"x": CITY, "y": {**GDP, "aggregate": "mean"}}}, [(252.5,), (195.0,)]),
        ({"encoding": {"x": {**CITY, "sort": "y"}, "y": {**GDP, "aggregate": "sum"}}}, [(195.0,), (505.0,)]),
        ({"encoding": {"x": YEAR, "y": {**GDP, "aggregate": "sum"}}}, [(240.0,), (460.0,)]),
        ({"encoding": {"y": GDP}, "transform": [{"filter": 'lower(datum["GDP"]) > 200.0'}]}, [(240.0,), (265.0,)]),
        ({"encoding": {"y": GDP}, "transform": [{"filter": 'lower(datum["Year"]) < "2014/01/01"'}]}, [(240.0,)]),
        (
            {"encoding": {"y": GDP}, "transform": [{"filter": {"not": {"field": "GDP", "range": [190, 250]}}}]},
            [(265.0,)],
        ),
        ({"encoding": {"x": {**GDP, "bin": True}, "y": {**GDP, "aggregate": "count"}}}, [(240.0,), (265.0,), (195.0,)]),
        ({"encoding": {"x": {**CITY}, "y": {**CITY, "aggregate": "count"}}}, [(2.0,), (1.0,), (1.0,)]),
        (
            {"hconcat": [{"encoding": {"text": GDP}, "transform": [{"filter": {"field": "City", "oneOf": ["Wuhu"]}}]}]},
            [(195.0,)],
        ),
    ],
)
def test_a_chart_shows_what_a_browser_would_draw(spec: dict[str, Any], figures: list[Row]) -> None:
    assert shown(spec, RECORDS) == figures


def test_a_second_wording_counts_where_it_does_better() -> None:
    asked = [{"id": "a", "kind": "figure", "question": "?"}, {"id": "b", "kind": "gap", "question": "?"}]
    first, second = (
        [{"shown": rows, "ms": [1.0], "cpu": [1.0], "failed": ""} for rows in some]
        for some in (([[1.0]], None), (None, [[5.0]]))
    )
    found = tally.summed(asked, [[(1.0,)], []], {"tool": {"first": first, "second": second}}, {"tool": {"figure"}})
    assert found["lines"]["tool, second"]["right"] == 2
    assert (found["lines"]["tool, first"]["within_right"], found["lines"]["tool, first"]["within"]) == (1, 1)
    assert found["kinds"]["gap"] == {"asked": 1, "tool, first": 1, "tool, second": 1}


def test_figures_as_published_come_out_as_the_comparison_expects(tmp_path: Path) -> None:
    build(tmp_path / "p.duckdb", shipped=ROOT / "data", data=compare.HERE / "published", built_at="2016-01-01T00:00:00")
    made = tables.write(current(tmp_path / "p.duckdb"), current(tmp_path / "p.duckdb"), tmp_path)
    workspace = open_workspace(tmp_path / "p.duckdb", ROOT / "queries")
    for one in YAML(typ="safe").load((compare.HERE / "questions.yaml").read_text(encoding="utf-8")):
        assert ("expect" in one) != bool(one.get("decline")), one["id"]
        if one["data"].startswith("published"):
            expected = tables.expected(made[one["data"]], one["expect"]) if "expect" in one else []
            [answer] = compare.own(workspace, workspace, [one], rounds=0)
            assert judged(expected, answer["shown"], in_order=bool(one.get("in_order"))) is Verdict.RIGHT, one[
                "question"
            ]
