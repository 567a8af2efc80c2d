"""What the score of trust counts, and the rule by which another office's questions are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import trust
from bench.peers.rule import Verdict
from bench.swiss import asked, figures
from bench.swiss.asked import Cells, judged


@pytest.mark.parametrize(
    ("counts", "dear", "all_of_them"),
    [
        ({"asked": 10, "right": 10}, 1.0, 1.0),
        ({"asked": 10, "right": 6, "declined": 4}, 0.6, 0.6),
        ({"asked": 10, "right": 9, "wrong": 1}, -0.1, -0.1),
        ({"asked": 20, "right": 18, "wrong": 1, "among": 1}, 0.4, -0.1),
        ({"asked": 0}, 0.0, 0.0),
    ],
)
def test_a_wrong_answer_costs_more_than_a_right_one_earns(
    counts: dict[str, int], dear: float, all_of_them: float
) -> None:
    assert trust.score(counts) == pytest.approx(dear)
    assert trust.score(counts, None) == pytest.approx(all_of_them)


def test_peers_and_strangers_are_scored_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust, "kept", lambda lang: {"asked": 2, "right": 2})
    line = {"asked": 4, "right": 3, "among": 0, "declined": 0, "wrong": 1, "median": 5}
    found = trust.lines({"lines": {"NL4DV, as asked": line}}, {"strangers": {"asked": 1, "right": 1}})
    assert list(found)[2:] == ["the peers' questions: NL4DV, as asked", "strangers"]
    assert "median" not in found["the peers' questions: NL4DV, as asked"]


@pytest.mark.parametrize(
    ("expected", "shown", "in_order", "verdict"),
    [
        ([{"figure": 5.0}], [{"place": "a", "figure": 5.0, "year": 2000}], False, Verdict.RIGHT),
        ([{"figure": 5.0}], [{"place": "a", "figure": 0.05}], False, Verdict.RIGHT),
        ([{"figure": 5.0}], [{"place": "a", "figure": 5.1}], False, Verdict.WRONG),
        ([{"place": "a"}, {"place": "b"}], [{"place": "b"}, {"place": "a"}], False, Verdict.RIGHT),
        ([{"place": "a"}, {"place": "b"}], [{"place": "b"}, {"place": "a"}], True, Verdict.WRONG),
        ([{"place": "a"}], [{"place": "a"}, {"place": "b"}], False, Verdict.AMONG),
        ([{"place": "a", "figure": 1.0}], [{"place": "b", "figure": 1.0}], False, Verdict.WRONG),
        ([{"year": 1990}], [{"figure": 3.0}], False, Verdict.WRONG),
        ([], [], False, Verdict.RIGHT),
        ([], [{"place": "a"}], False, Verdict.WRONG),
    ],
)
def test_right_is_what_shows_what_the_sql_gives(
    expected: list[Cells], shown: list[Cells], in_order: bool, verdict: Verdict
) -> None:
    assert judged(expected, shown, in_order) is verdict


def test_both_sides_are_given_the_same_figures(tmp_path: Path) -> None:
    tables = asked._read("tables.yaml")
    table = figures.Table("tourism_economy_by_canton", tables["tourism_economy_by_canton"])
    made = figures.rows(table)
    found = figures.flat(table, made).execute(
        f"SELECT count(*), sum({table.of['metrics']['tourism_jobs']['of']}) FROM {table.name}"
    )
    [[rows, jobs]] = found.fetchall()
    text = (figures.folder(table, made, tmp_path / "made") / "observation.csv").read_text(encoding="utf-8")
    written = [float(line.split(",")[3]) for line in text.splitlines() if ",tourism_jobs," in line]
    assert (rows, jobs) == (len(written), pytest.approx(sum(written)))


def test_every_question_is_of_a_table_and_what_is_left_out_says_why() -> None:
    questions, tables = asked._read("questions.yaml"), asked._read("tables.yaml")
    assert len(questions) == len({one["id"] for one in questions}) == 204
    assert {one["table"] for one in questions} <= tables.keys()
    assert all(one.get("faulty", "it says why") for one in questions)
