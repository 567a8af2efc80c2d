"""How far answers can be relied on: TrustSQL's score (Lee et al. 2024) for every set of questions, by one function.

A right answer, or a right refusal of a question that has no answer, counts 1; a refusal of one that has an answer 0; a
wrong answer costs `cost`, so that a tool which answers everything and errs scores below one that says nothing. What
shows the asked figures among others counts 0: neither right nor a wrong figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import stores
from bench.peers import compare, tables
from bench.peers.rule import Verdict
from bench.peers.tally import summed
from xinfo.ask import open_workspace
from xinfo.store.build import build
from xinfo.store.versions import current
from xinfo.understand.followed import Context
from xinfo.understand.read import read
from xinfo.understand.reading import Unclear

DEAR = 10
"""What a wrong answer costs, in right ones."""
LANGUAGES = {"en": "English", "zh": "Chinese"}
KEPT_LINE = re.compile(r"^\| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)
"""A tool's line in the kept table: right, among others, declined, wrong."""
Counts = Mapping[str, int]
"""How many were `asked`, and how many of each verdict, in small letters."""


def score(counts: Counts, cost: float | None = DEAR) -> float:
    """From 1 (all right) down; without a cost each wrong answer costs as much as there are questions."""
    asked = counts["asked"]
    dear = asked if cost is None else cost
    return (counts.get("right", 0) - dear * counts.get("wrong", 0)) / asked if asked else 0.0


def lines(sample: Path, folder: Path, page: Path, others: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    """Counts by set and tool: the kept questions, the peers' by xinfo now and by all as kept, and `others`."""
    found = {f"kept questions, {name}: xinfo": kept(lang) for lang, name in LANGUAGES.items()}
    found["the peers' questions, now: xinfo"] = of_peers(sample, folder)
    block = page.read_text(encoding="utf-8").partition("<!-- peers -->")[2].partition("<!-- end of peers -->")[0]
    found |= {f"the peers' questions, kept run: {tool}": counts for tool, counts in as_kept(block)}
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


def of_peers(sample: Path, folder: Path) -> dict[str, int]:
    """What xinfo shows for the questions of the comparison with other tools."""
    published = folder / f"{compare.PUBLISHED}.duckdb"
    build(published, shipped=compare.ROOT / "data", data=compare.HERE / compare.PUBLISHED, built_at=stores.AT)
    made = tables.write(current(sample), current(published), folder)
    asked = compare.questions()
    expected = [tables.expected(made[one["data"]], one["expect"]) if "expect" in one else [] for one in asked]
    held, as_published = (open_workspace(store, compare.ROOT / "queries") for store in (sample, published))
    found = {"xinfo": {"now": compare.own(held, as_published, asked, 1)}}
    line: dict[str, Any] = summed(asked, expected, found, {"xinfo": compare.OWN})["lines"]["xinfo, now"]
    return {name: line[name] for name in ("asked", *(verdict.name.lower() for verdict in Verdict))}


def as_kept(block: str) -> Iterator[tuple[str, dict[str, int]]]:
    """Each tool's counts in the table of a run that was kept."""
    table = block.partition("### Beside other tools")[2].partition("###")[0]
    for tool, *said in KEPT_LINE.findall(table):
        right, among, declined, wrong = map(int, said)
        asked = right + among + declined + wrong
        yield tool, {"asked": asked, "right": right, "among": among, "declined": declined, "wrong": wrong}
