"""What an answer costs, step by step, over the project's own questions; beside it the answer's statement alone on the
same connection. Questions with no answer are left out: they cost less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.spread import in_turn, spread, taken
from xinfo.answer.answer import Answer
from xinfo.ask import ROW_CAP, Workspace
from xinfo.query.engine import DuckEngine

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
STEPS = ("understand", "validate", "execute", "compose", "total")
MARGIN = 5.0
"""Milliseconds that an answer may take above one and a half times its floor."""


def questions(every: int = 1) -> Iterator[tuple[str, str]]:
    """Each question that stands alone, with its language."""
    for lang in ("en", "zh"):
        for line in (QUESTIONS / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()[::every]:
            given = json.loads(line)
            if not given.get("conversation"):
                yield given["question"], lang


def measure(workspace: Workspace, every: int = 1, rounds: int = 3) -> dict[str, Any]:
    """Spreads of the steps and of the statement alone; the part of the answers that keep the goal against it."""
    steps: dict[str, list[float]] = {step: [] for step in STEPS}
    floors: list[float] = []
    within = 0
    for question, lang in questions(every):
        answer = workspace.conversation(lang).ask(question)
        if not isinstance(answer, Answer):
            continue
        times = [workspace.conversation(lang).ask(question).timing_ms for _ in range(rounds)]
        best = min(times, key=lambda one: one["total"])
        floor = in_turn({"floor": alone(workspace, answer)}, rounds)["floor"]["wall"]
        for step in STEPS:
            steps[step].append(best[step])
        floors.append(floor)
        within += best["total"] <= 1.5 * floor + MARGIN
    found = {name: spread(some) for name, some in (*steps.items(), ("statement alone", floors))}
    return {"steps": found, "within_goal": within / len(floors)}


def alone(workspace: Workspace, answer: Answer) -> Any:
    """Runs an answer's statement on a cursor of the workspace's own connection, with nothing around it."""
    engine = workspace.engine
    assert isinstance(engine, DuckEngine)

    def run() -> None:
        cursor = engine.cursor()
        cursor.execute(answer.sql, answer.params).fetchmany(ROW_CAP + 1)
        cursor.close()

    return run


def conversation(workspace: Workspace, turns: int = 200, pairs: int = 50) -> dict[str, float]:
    """The processor time of an answer after so many in one conversation, and in turn with it of a second one in a new
    conversation, so that what else the machine does meets both alike: medians."""
    questions = [f"GDP of {'Xining' if turn % 2 else 'Shenzhen'} in {2013 + turn % 3}" for turn in range(turns + pairs)]
    long = workspace.conversation("en")
    for question in questions[:turns]:
        long.ask(question)
    early, late = [], []
    for before, question in pairwise(questions[turns - 1 :]):
        new = workspace.conversation("en")
        new.ask(before)
        early.append(taken(partial(new.ask, question))["cpu"])
        late.append(taken(partial(long.ask, question))["cpu"])
    return {"turns": turns, "first": spread(early)["p50"], "last": spread(late)["p50"]}
