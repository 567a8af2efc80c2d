"""Asks xinfo the questions of StatBot.Swiss and holds what it shows against what their own SQL gives."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bench import stores
from bench.peers.rule import Verdict
from bench.swiss import figures
from bench.swiss.figures import HERE, Table
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace
from xinfo.store.build import build

ROOT = HERE.parents[1]
CLOSE = 1e-4
SCALES = (1.0, 100.0, 1e-3, 1e-6)
"""What a figure of xinfo may be multiplied by to be the SQL's: base units there, per cent, thousands, millions here."""
MET = {
    "building": "tables seen while building",
    "later": "tables met later, labels mended since",
    "blind": "labels written without sight of the questions",
    "fresh": "six further tables, labels written without sight of the questions",
    "last": "two tables of one canton, labels written without sight of the questions",
}
"""When the questions of a table were seen."""
Cells = dict[str, Any]
"""What a row is about and says: `place`, `year`, `figure`, each where it is told."""


def measure(folder: Path) -> dict[str, Any]:
    """The outcome of every question, table by table: {questions: [{id, table, question, verdict, …}], tables: {…}}."""
    questions = _read("questions.yaml")
    outcomes = []
    for name, of in _read("tables.yaml").items():
        table = Table(name, of)
        made = figures.rows(table)
        store = folder / f"{name}.duckdb"
        build(store, shipped=ROOT / "data", data=figures.folder(table, made, folder / name), built_at=stores.AT)
        here = open_workspace(store, ROOT / "queries")
        flat = figures.flat(table, made)
        for one in (one for one in questions if one["table"] == name):
            outcomes.append(_outcome(one, here, flat, table) | {"met": of.get("met", "later")})
    return {"questions": outcomes, "counts": _counts(outcomes)}


def _read(name: str) -> Any:
    return YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))


def _counts(outcomes: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """How many of each verdict, by when a table's questions were seen, and of all."""
    found = {part: [one for one in outcomes if one["met"] == met] for met, part in MET.items()}
    found["all"] = list(outcomes)
    counts = {part: Counter(one["verdict"] for one in some) for part, some in found.items()}
    return {part: {"asked": one.total() - one["left out"], **one} for part, one in counts.items()}


def _outcome(one: Mapping[str, Any], here: Workspace, flat: Any, table: Table) -> dict[str, Any]:
    told = {name: one[name] for name in ("id", "table", "question")}
    if why := one.get("faulty"):
        return told | {"verdict": "left out", "said": why}
    answer = here.conversation("en").ask(one["question"])
    if not isinstance(answer, Answer):
        expected = _expected(one["sql"], flat, table.categories)
        verdict = Verdict.DECLINED if expected else Verdict.RIGHT
        return told | {"verdict": verdict.name.lower(), "said": answer.unclear.reason}
    verdict = judged(_expected(one["sql"], flat, table.categories), _shown(answer, here), _in_order(one["sql"]))
    return told | {"verdict": verdict.name.lower(), "said": answer.headline}


def _in_order(sql: str) -> bool:
    """Whether the rows of the whole statement are in an order that is asked for: that of the first few."""
    return "LIMIT" in sql.rpartition(")")[2]


def _expected(sql: str, flat: Any, categories: Collection[str]) -> list[Cells]:
    """What the SQL gives, told apart by its columns."""
    with warnings.catch_warnings():
        result = flat.execute(sql)
    names = [column[0] for column in result.description]
    known = {one[key]: one["uid"] for one in figures.places() for key in ("name", "name_de")}
    rows = []
    for row in result.fetchall():
        cells: Cells = {}
        for name, value in zip(names, row, strict=True):
            if isinstance(value, str):
                cells |= {"place": known[value]} if value in known and name not in categories else {}
            elif name.startswith(("year", "jahr")):
                cells["year"] = int(value)
            elif value is not None:
                cells["figure"] = float(value)
        rows.append(cells)
    return [cells for cells in rows if cells]


def _shown(answer: Answer, here: Workspace) -> list[Cells]:
    rows = []
    for row in answer.rows:
        cells: Cells = {"place": row.get("place"), "figure": row.get("value")}
        period = str(row.get("period") or "")
        rows.append(cells | ({"year": int(period[:4])} if len(period) == 4 else {}))
    return rows


def judged(expected: Sequence[Cells], shown: Sequence[Cells], in_order: bool) -> Verdict:
    """What the shown rows are worth: each expected cell must be there, whatever stands beside it."""
    if not shown or not expected:
        return Verdict.RIGHT if not shown and not expected else Verdict.WRONG
    fits = [[any(_fit(cells, row, scale) for scale in SCALES) for row in shown] for cells in expected]
    all_there = all(map(any, fits))
    as_asked = all_there and len(expected) == len(shown)
    if as_asked and (not in_order or all(fits[at][at] for at in range(len(shown)))):
        return Verdict.RIGHT
    return Verdict.AMONG if all_there and not as_asked else Verdict.WRONG


def _fit(cells: Cells, row: Cells, scale: float) -> bool:
    return all(
        row.get(name) is not None
        and (row[name] == value if name != "figure" else math.isclose(row[name] * scale, value, rel_tol=CLOSE * 10))
        for name, value in cells.items()
    )
