"""How far answers can be relied on: TrustSQL's score (Lee et al. 2024) for every set of questions, by one function.

A right answer, or a right refusal of a question that has no answer, counts 1; a refusal of one that has an answer 0; a
wrong answer costs `cost`, so that a tool which answers everything and errs scores below one that says nothing. What
shows the asked figures among others counts 0: neither right nor a wrong figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from bench.peers.rule import Verdict
from xinfo.understand.followed import Context
from xinfo.understand.read import read
from xinfo.understand.reading import Unclear

DEAR = 10
"""What a wrong answer costs, in right ones."""
LANGUAGES = {"en": "English", "zh": "Chinese"}
Counts = Mapping[str, int]
"""How many were `asked`, and how many of each verdict, in small letters."""


def score(counts: Counts, cost: float | None = DEAR) -> float:
    """From 1 (all right) down; without a cost each wrong answer costs as much as there are questions."""
    asked = counts["asked"]
    dear = asked if cost is None else cost
    return (counts.get("right", 0) - dear * counts.get("wrong", 0)) / asked if asked else 0.0


def lines(peers: Mapping[str, Any], others: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    """Counts by set and tool: the kept questions, the peers' as each tool was just measured, and `others`."""
    found = {f"kept questions, {name}: xinfo": kept(lang) for lang, name in LANGUAGES.items()}
    names = ("asked", *(verdict.name.lower() for verdict in Verdict))
    found |= {
        f"the peers' questions: {tool}": {name: line[name] for name in names} for tool, line in peers["lines"].items()
    }
    return found | {name: dict(counts) for name, counts in others.items()}


def kept(lang: str) -> dict[str, int]:
    """What becomes of the project's own kept questions, which xinfo was built with."""
    asked = import_module("tests.asked")
    counts: Counter[str] = Counter()
    for dialogue in asked.dialogues(asked.QUESTIONS / f"{lang}.jsonl"):
        context: Context | None = None
        for expected in dialogue:
            got, context = read(expected["question"], asked.reader(lang), lang, context)
            told = Verdict.DECLINED if isinstance(got, Unclear) else Verdict.WRONG
            counts[(Verdict.RIGHT if asked.complaint(expected, got) is None else told).name.lower()] += 1
    return {"asked": counts.total(), **counts}
