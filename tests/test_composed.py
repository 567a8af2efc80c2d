"""Composed SQL gives what an evaluator without SQL works out: every operation, nesting and mood on panels of seeds."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from composed.answers import ANSWERS, expected, verdict
from composed.evaluator import Evaluator
from composed.panel import drawn, stored
from composed.questions import asked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, answer_reading, open_workspace
from xinfo.understand.reading import Reading, Slots

QUERIES = Path(__file__).parents[1] / "queries"
SEEDS = (7, 11, 23)
ABOUT = ("place", "region", "province", "period")
QUIET = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


@cache
def panel(seed: int) -> tuple[Workspace, Evaluator]:
    figures = drawn(seed)
    store = stored(figures, Path(mkdtemp(prefix="composed")))
    return open_workspace(store, QUERIES), Evaluator(figures)


def about(row: dict[str, object], template: str) -> object:
    """What a row is about, as the evaluator says it."""
    if template == "breakdown":
        return row["consumer"]
    if template.startswith(("trend", "periods_passing")):
        return row["period"]
    return next((row[name] for name in ABOUT[:3] if name in row), None)


def check(template_id: str, seed: int, slots: Slots) -> None:
    workspace, evaluator = panel(seed)
    template = next(one for one in workspace.templates if one.template_id == template_id)
    answer = answer_reading(Reading("?", "en", template, slots, ""), workspace)
    rows = expected(evaluator, template_id, slots)
    if rows is None:
        assert not isinstance(answer, Answer), answer.rows
        return
    if not isinstance(answer, Answer) and answer.unclear.status == "refused" and slots.chosen:
        assert "too many nested questions" in answer.unclear.reason
        return
    assert isinstance(answer, Answer), (answer.unclear.reason, rows)
    told = [(about(row, template_id), row["value"]) for row in answer.rows]
    assert [one for one, _ in told] == [one for one, _ in rows], (told, rows)
    for (_, value), (_, right) in zip(told, rows, strict=True):
        assert math.isclose(value, right, rel_tol=1e-9, abs_tol=1e-12), (told, rows)
    if slots.quantifier:
        assert answer.headline.startswith("Yes" if verdict(evaluator, template_id, slots) else "No")


@pytest.mark.parametrize("seed", SEEDS[:1])
@pytest.mark.parametrize("template_id", sorted(ANSWERS))
@settings(max_examples=3, **QUIET)
@given(data=st.data())
def test_a_question_is_answered_as_without_sql(template_id: str, seed: int, data: st.DataObject) -> None:
    check(template_id, seed, data.draw(asked(template_id)))


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("template_id", sorted(ANSWERS))
@settings(max_examples=180, **QUIET)
@given(data=st.data())
def test_many_questions_are_answered_as_without_sql(template_id: str, seed: int, data: st.DataObject) -> None:
    check(template_id, seed, data.draw(asked(template_id)))
