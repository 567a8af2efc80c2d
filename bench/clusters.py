"""`python -m bench.clusters STORE ENGINE TABLES`: the questions of byhand.yaml asked of a store and of a cluster.

The cluster has the store's tables, and must say the same; its first round is told apart, since it wakes the cluster.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ruamel.yaml import YAML

from bench.byhand import HAND
from bench.spread import spread
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace, workspace_on
from xinfo.query.spark.engine import SparkEngine

QUERIES = Path(__file__).parents[1] / "queries"
PATIENCE = 600.0


def main(store: str, address: str, tables: str) -> None:
    questions = [one["question"] for one in YAML(typ="safe").load(HAND.read_text(encoding="utf-8"))]
    here = open_workspace(Path(store), QUERIES)
    began = time.perf_counter()
    there = _cluster(address, tables)
    print(f"first contact and catalog {time.perf_counter() - began:.1f} s")
    for name, workspace in (("store", here), ("cluster, first round", there), ("cluster", _cluster(address, tables))):
        told = spread([_asked(workspace, question, here) for question in questions])
        print(f"{name}: median {told['p50']:.0f} ms, slowest in 20 {told['p95']:.0f} ms of {told['n']}", flush=True)


def _cluster(address: str, tables: str) -> Workspace:
    """Anew, so that no answer is remembered."""
    engine = SparkEngine(address, tables)
    engine.patience = PATIENCE
    engine.check()
    return workspace_on(engine, QUERIES)


def _asked(workspace: Workspace, question: str, here: Workspace) -> float:
    """Milliseconds of an answer that is the store's own."""
    expected = here.conversation("en").ask(question)
    began = time.perf_counter()
    answer = workspace.conversation("en").ask(question)
    took = (time.perf_counter() - began) * 1000
    assert isinstance(answer, Answer), f"{question} {answer.unclear.reason}"
    assert isinstance(expected, Answer)
    assert answer.headline == expected.headline, question
    return took


if __name__ == "__main__":
    main(*sys.argv[1:])
