"""Answers of several tools, judged and counted: how many are right, by tool and by kind of question. Asks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from bench.peers.rule import Row, Verdict, judged
from bench.spread import spread

Answered = dict[str, Any]
"""What was `shown`, the `ms` by the clock and `cpu` of each time, and in what the tool `failed`."""


def summed(
    asked: Sequence[dict[str, Any]],
    expected: Sequence[Sequence[Row]],
    found: Mapping[str, Mapping[str, Sequence[Answered]]],
    scopes: Mapping[str, AbstractSet[str]],
) -> dict[str, Any]:
    """Counts and times by tool and way, verdicts by question. A tool's later way counts where it does better."""
    lines, verdicts = {}, {}
    for tool, ways in found.items():
        best: list[Verdict] = [Verdict.WRONG] * len(asked)
        for way, answers in ways.items():
            told = [_verdict(*one) for one in zip(asked, expected, answers, strict=True)]
            best = list(map(max, best, told))
            verdicts[f"{tool}, {way}"] = best
            lines[f"{tool}, {way}"] = _line(asked, best, answers, scopes[tool])
    questions = [
        {"id": one["id"], "kind": one["kind"], "question": one["question"]}
        | {"verdicts": {name: some[at].name.lower() for name, some in verdicts.items()}}
        for at, one in enumerate(asked)
    ]
    return {"lines": lines, "kinds": _kinds(asked, verdicts), "questions": questions}


def _verdict(one: dict[str, Any], expected: Sequence[Row], answer: Answered) -> Verdict:
    rows = None if answer["shown"] is None else [tuple(row) for row in answer["shown"]]
    return judged(expected, rows, in_order=bool(one.get("in_order")))


def _line(
    asked: Sequence[dict[str, Any]], told: Sequence[Verdict], answers: Sequence[Answered], scope: AbstractSet[str]
) -> dict[str, Any]:
    count = Counter(verdict.name.lower() for verdict in told)
    within = [verdict for one, verdict in zip(asked, told, strict=True) if one["kind"] in scope]
    times = {clock: [time for answer in answers for time in answer[clock]] for clock in ("ms", "cpu")}
    return {
        **{verdict.name.lower(): count[verdict.name.lower()] for verdict in Verdict},
        "asked": len(asked),
        "within": len(within),
        "within_right": sum(verdict is Verdict.RIGHT for verdict in within),
        **{clock: spread(some) for clock, some in times.items()},
    }


def _kinds(asked: Sequence[dict[str, Any]], verdicts: Mapping[str, Sequence[Verdict]]) -> dict[str, dict[str, Any]]:
    """How many of each kind were asked, and how many every tool got right."""
    found: dict[str, dict[str, Any]] = {}
    for at, one in enumerate(asked):
        row = found.setdefault(one["kind"], {"asked": 0, **dict.fromkeys(verdicts, 0)})
        row["asked"] += 1
        for name, told in verdicts.items():
            row[name] += told[at] is Verdict.RIGHT
    return found
