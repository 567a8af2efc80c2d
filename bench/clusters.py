"""`python -m bench.clusters STORE ENGINE TABLES [PID …]`: byhand.yaml's questions asked of a store and of a cluster.

The cluster has the store's tables, and must say the same; its first round is told apart, since it wakes the cluster.
With the ids of the cluster's processes (on Linux), their processor time is told beside the time by the clock.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML

from bench.byhand import HAND
from bench.spread import Taken, middle
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace, workspace_on
from xinfo.query.spark.engine import SparkEngine
from xinfo.store.assets import Assets

QUERIES = Path(__file__).parents[1] / "queries"
PATIENCE = 600.0
ROUNDS = 5


def main(store: str, address: str, tables: str, *processes: str) -> None:
    questions = [one["question"] for one in YAML(typ="safe").load(HAND.read_text(encoding="utf-8"))]
    here, pids = open_workspace(Path(store), QUERIES), tuple(map(int, processes))
    expected = {question: _told(here, question) for question in questions}
    began = time.perf_counter()
    cold = _cluster(address, tables, here.assets)
    print(f"first contact and catalog {time.perf_counter() - began:.1f} s")
    first = {question: _asked(cold, question, expected[question], pids) for question in questions}
    rounds: dict[str, list[dict[str, Taken]]] = {question: [] for question in questions}
    for _ in range(ROUNDS):
        there = _cluster(address, tables, here.assets)
        for question in questions:
            of_store = _asked(here, question, expected[question])
            rounds[question].append({"store": of_store, "cluster": _asked(there, question, expected[question], pids)})
    print("| question | store | cluster, first | cluster | processor time: store | cluster |")
    for question in questions:
        store_took, took = (middle([one[name] for one in rounds[question]]) for name in ("store", "cluster"))
        clock = (store_took["wall"], first[question]["wall"], took["wall"])
        print("|", " | ".join([question, *(f"{ms:.0f}" for ms in (*clock, store_took["cpu"], took["cpu"]))]), "|")


def _cluster(address: str, tables: str, assets: Assets) -> Workspace:
    """Anew, so that no answer is remembered."""
    engine = SparkEngine(address, tables)
    engine.patience = PATIENCE
    engine.check()
    return workspace_on(engine, assets)


def _told(workspace: Workspace, question: str) -> str:
    answer = workspace.conversation("en").ask(question)
    assert isinstance(answer, Answer), f"{question} {answer.unclear.reason}"
    return answer.headline


def _asked(workspace: Workspace, question: str, expected: str, pids: Sequence[int] = ()) -> Taken:
    """Milliseconds of an answer that is the store's own, with the processor time of these processes and this one."""
    began, worked = time.perf_counter(), _worked(pids)
    told = _told(workspace, question)
    took = {"wall": (time.perf_counter() - began) * 1000, "cpu": (_worked(pids) - worked) * 1000}
    assert told == expected, question
    return took


def _worked(pids: Sequence[int]) -> float:
    """Seconds of processor time that this process and those have had."""
    spent = 0
    for pid in pids:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        spent += int(after_name[11]) + int(after_name[12])
    return time.process_time() + (spent / os.sysconf("SC_CLK_TCK") if pids else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
