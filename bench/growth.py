"""How the cost of an answer grows with rows, places and kinds of questions. How it grows with askers is `askers`'."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bench import byhand, panel
from bench.spread import in_turn
from xinfo.ask import Workspace, open_workspace
from xinfo.understand.read import read

QUERIES = Path(__file__).parents[1] / "queries"
QUESTION = "Which five pilots had the highest GDP in 2015?"
NEVER = frozenset({"fact", "near"})
"""What no question calls for at once: copies of templates that need it are looked at and never chosen."""


def of_rows(stores: dict[int, Path], rounds: int = 7) -> dict[str, Any]:
    """By the number of figures: every question of `byhand` on that panel."""
    found = {}
    for rows, store in sorted(stores.items()):
        workspace = open_workspace(store, QUERIES)
        found[str(rows)] = byhand.measure(workspace, rounds)
        workspace.engine.close()  # type: ignore[attr-defined]
    return found


def of_places(folder: Path, counts: tuple[int, ...] = (35, 350, 2868), rounds: int = 9) -> dict[str, Any]:
    """By the number of places: reading a question, and a ranking of all of them, whole."""
    found = {}
    for count in counts:
        store = folder / f"places-{count}.duckdb"
        panel.make(store, 1, places=count)
        found[str(count)] = _times(open_workspace(store, QUERIES), rounds)
    return found


def of_templates(workspace: Workspace, times: tuple[int, ...] = (1, 3, 10), rounds: int = 9) -> dict[str, Any]:
    """By the number of templates: the same, with further copies of each that never apply."""
    found = {}
    for many in times:
        shipped = workspace.reader.templates
        copies = [
            replace(template, template_id=f"{template.template_id}_{number}", needs=template.needs | NEVER)
            for number in range(1, many)
            for template in shipped
        ]
        reader = replace(workspace.reader, templates=(*shipped, *copies))
        found[str(len(reader.templates))] = _times(replace(workspace, reader=reader), rounds)
    return found


def _times(workspace: Workspace, rounds: int) -> dict[str, Any]:
    return in_turn(
        {
            "understand": partial(read, QUESTION, workspace.reader, "en"),
            "whole": lambda: workspace.conversation("en").ask(QUESTION),
        },
        rounds,
    )
