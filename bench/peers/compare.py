"""Asks xinfo and the other tools the same questions, judges what each shows by one rule, and tells how long it took."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bench import stores
from bench.peers import environment, tables
from bench.peers.rule import Row
from bench.peers.tally import Answered, summed
from bench.spread import taken
from xinfo import __version__
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.store.build import build
from xinfo.store.versions import current

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PUBLISHED = "published"


@dataclass(frozen=True)
class Tool:
    """A tool beside xinfo."""

    name: str
    module: str
    words: str
    """The field of a question that holds what to ask it first; it is asked the other one too, where there is one."""
    ways: tuple[str, str]
    scope: frozenset[str]
    """The kinds of questions that it says it is made for."""


ORDINARY = frozenset({"figure", "rank", "filter", "count", "trend", "compare", "aggregate"})
TOOLS = (
    Tool(
        "NL4DV", "nl4dv_tool", "question", ("as asked", "reworded"), ORDINARY | {"distribution", "correlation", "parts"}
    ),
    Tool("Gibran", "gibran_tool", "question", ("as asked", "reworded"), ORDINARY - {"compare"} | {"share"}),
    Tool(
        "Boring Semantic Layer",
        "layer_tool",
        "request",
        ("plain requests", "rules modelled"),
        ORDINARY | {"share", "growth", "parts"},
    ),
)
OWN = ORDINARY | {"distribution", "correlation", "difference", "share", "growth", "parts", "absent", "gap"}
OWN |= {"running total", "parts and totals", "restated base"}


def measure(sample: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """What each tool showed of the sample store and of figures as published, question by question and summed up."""
    python = environment.ready()
    published = folder / f"{PUBLISHED}.duckdb"
    build(published, shipped=ROOT / "data", data=HERE / PUBLISHED, built_at=stores.AT)
    made = tables.write(current(sample), current(published), folder)
    asked = questions()
    expected = [tables.expected(made[one["data"]], one["expect"]) if "expect" in one else [] for one in asked]
    held, as_published = (open_workspace(store, ROOT / "queries") for store in (sample, published))
    found = {"xinfo": {"as asked": own(held, as_published, asked, rounds)}}
    start = stores.started(sample)
    about = {"xinfo": _about({"xinfo": __version__}, start["opened_seconds"], start["peak_megabytes"])}
    for tool in TOOLS:
        told = _process(python, tool, made, asked, rounds)
        about[tool.name] = _about(told["versions"], told["ready_seconds"], told["megabytes"])
        found[tool.name] = _by_way(tool, asked, told["answers"])
    scopes = {"xinfo": OWN, **{tool.name: tool.scope for tool in TOOLS}}
    return {"about": about, **summed(asked, expected, found, scopes)}


def questions() -> list[dict[str, Any]]:
    """Every question, with what to ask each tool and what is right."""
    return list(YAML(typ="safe").load((HERE / "questions.yaml").read_text(encoding="utf-8")))


def _about(versions: dict[str, str], ready: float, megabytes: float) -> dict[str, Any]:
    return {"versions": versions, "ready_seconds": ready, "megabytes": megabytes}


def own(sample: Workspace, published: Workspace, asked: list[dict[str, Any]], rounds: int) -> list[Answered]:
    """What xinfo answers, each question as it is asked."""
    answers = []
    for one in asked:
        ask = partial(_ask, published if one["data"].startswith(PUBLISHED) else sample, one["question"])
        answer = ask()
        times = [taken(ask) for _ in range(rounds)]
        shown = [_figures(row, answer) for row in answer.rows] if isinstance(answer, Answer) else None
        by_clock, worked = ([one[clock] for one in times] for clock in ("wall", "cpu"))
        answers.append({"shown": shown, "ms": by_clock, "cpu": worked, "failed": ""})
    return answers


def _ask(workspace: Workspace, question: str) -> Answer | NotAnswered:
    return workspace.conversation("en").ask(question)


def _figures(row: dict[str, Any], answer: Answer) -> Row:
    """The asked-for figure, and the second one of a relation of two, in the tables' units."""
    units = {"value": row["unit"], **{column.name: column.unit for column in answer.columns if column.name == "other"}}
    return tuple(row[name] / (tables.BILLION if unit == "yuan" else 1) for name, unit in units.items())


def _process(
    python: Path, tool: Tool, made: dict[str, Path], asked: list[dict[str, Any]], rounds: int
) -> dict[str, Any]:
    questions = [{"id": one["id"], "data": one["data"], "asked": [*_what(tool, one).values()]} for one in asked]
    job = {"tables": {name: str(path) for name, path in made.items()}, "questions": questions, "rounds": rounds}
    job["started"] = time.time()
    command = [str(python), "-m", f"{__package__}.{tool.module}"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(job), stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return dict(json.loads(done.stdout))


def _what(tool: Tool, one: dict[str, Any]) -> dict[str, Any]:
    """What to ask a tool, by way; a question that cannot be put to it is left out."""
    if tool.words == "question":
        better = one.get("reworded", {}).get(tool.name.lower())
        found = {tool.ways[0]: one["question"], tool.ways[1]: better}
    else:
        found = {tool.ways[0]: one.get("request"), tool.ways[1]: one.get("modelled")}
    return {way: what for way, what in found.items() if what}


def _by_way(tool: Tool, asked: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, list[Answered]]:
    """A tool's answers by way; the first one's stands in for a second that nothing was written for."""
    nothing: Answered = {"shown": None, "ms": [], "cpu": [], "failed": ""}
    by_way: dict[str, list[Answered]] = {way: [] for way in tool.ways}
    for one in asked:
        given = dict(zip(_what(tool, one), answers[one["id"]], strict=True))
        first = given.get(tool.ways[0], nothing)
        by_way[tool.ways[0]].append(first)
        by_way[tool.ways[1]].append(given.get(tool.ways[1], first))
    return by_way
