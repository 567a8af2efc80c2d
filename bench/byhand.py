"""Answers beside SQL written by hand for the same questions, on the same connection: the floor that matters."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bench.spread import in_turn
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace
from xinfo.query.engine import DuckEngine

HAND = Path(__file__).with_name("byhand.yaml")


def measure(workspace: Workspace, rounds: int = 15) -> list[dict[str, Any]]:
    """For each question the times by hand, by hand with sources, of the statement, and of the whole answer."""
    engine = workspace.engine
    assert isinstance(engine, DuckEngine)
    found = []
    for given in YAML(typ="safe").load(HAND.read_text(encoding="utf-8")):
        question = given["question"]
        answer = workspace.conversation("en").ask(question)
        assert isinstance(answer, Answer), f"{question} {answer.unclear.reason}"
        by_hand = [row[0] for row in engine.cursor().execute(given["sql"]).fetchall()]
        times = in_turn(
            {
                "hand": partial(_by_hand, engine, given["sql"]),
                "sourced": partial(_by_hand, engine, given["sourced"]),
                "statement": partial(engine.execute, answer.sql, answer.params, row_cap=5000, seconds=60),
                "whole": partial(_asked, workspace, question),
            },
            rounds,
        )
        same = matches(by_hand, [row.get("value") for row in answer.rows])
        found.append({"question": question, "template": answer.reading.template.template_id, "same": same, **times})
    return found


def ratio(rows: list[dict[str, Any]], floor: str = "hand") -> float:
    """How many times the processor time by hand, or by hand with sources (`sourced`), all whole answers take."""
    return float(sum(row["whole"]["cpu"] for row in rows) / sum(row[floor]["cpu"] for row in rows))


def matches(one: list[Any], other: list[Any]) -> bool:
    """Whether both hold the same numbers in the same order."""
    return len(one) == len(other) and all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(one, other, strict=True))


def _by_hand(engine: DuckEngine, sql: str) -> None:
    cursor = engine.cursor()
    cursor.execute(sql).fetchall()
    cursor.close()


def _asked(workspace: Workspace, question: str) -> None:
    workspace.conversation("en").ask(question)
