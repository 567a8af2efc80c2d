"""The findings of a run as tables of text, for the screen and for docs/benchmarks.md. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bench.answers import MARGIN, STEPS
from bench.byhand import ratio
from bench.peers.told import beside
from bench.trust import DEAR, score

Table = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
"""Title, columns, rows."""


def tables(found: dict[str, Any]) -> Iterator[Table]:
    """Every table that the findings fill."""
    machine = found["machine"]
    yield "The machine", ("what", "is"), [(name, value) for name, value in machine.items()]
    if "peers" in found:
        yield from beside(found["peers"])
    if "swiss" in found:
        yield from _strangers(found["swiss"])
    if "trust" in found:
        yield _trust(found["trust"])
    if "answers" in found:
        yield _steps(found["answers"])
    if "byhand" in found:
        yield _byhand("Beside SQL written by hand, on the sample store (ms of processor time)", found["byhand"])
    if "conversation" in found:
        held = found["conversation"]
        columns = ("questions before", "the second of a new one", "the next of the long one")
        yield "In one long conversation (ms of processor time)", columns, [(held["turns"], held["first"], held["last"])]
    if "askers" in found:
        rows = [
            (count, one["p50"], one["p95"], one["per_second"], _size(one["n"]))
            for count, one in found["askers"].items()
        ]
        yield "Many asking at once (ms)", ("askers", "median", "slowest in 20", "answers a second", "answers"), rows
    if "stores" in found:
        yield from _stores(found["stores"])
    for rows, measured in found.get("rows", {}).items():
        yield _byhand(f"Beside SQL written by hand, at {_size(int(rows))} figures (ms of processor time)", measured)
    if found.get("panels"):
        yield _panels(found["panels"])
    for what in ("places", "templates"):
        if what in found:
            yield _growth(what, found[what])


def text(found: dict[str, Any]) -> str:
    """All tables, in columns for a screen."""
    return "\n\n".join(_plain(*table) for table in tables(found))


def markdown(found: dict[str, Any]) -> str:
    """All tables in Markdown."""
    return "\n\n".join(_marked(*table) for table in tables(found)) + "\n"


def _strangers(swiss: dict[str, Any]) -> Iterator[Table]:
    columns = ("tables", "asked", "right", "among others", "declined", "wrong", "left out")
    names = ("right", "among", "declined", "wrong", "left out")
    rows = [(part, *(one.get(name, 0) for name in ("asked", *names))) for part, one in swiss["counts"].items()]
    yield "Another office's statistics: the questions of StatBot.Swiss", columns, rows
    each = [(one["question"], one["verdict"], one["said"]) for one in swiss["questions"]]
    yield "Each of them", ("question", "outcome", "what was said"), each


def _trust(lines: dict[str, dict[str, int]]) -> Table:
    columns = ("questions: tool", "asked", "right", "wrong", f"trust, a wrong one costs {DEAR}", "costs all of them")
    rows = [
        (name, one["asked"], one.get("right", 0), one.get("wrong", 0), *(f"{score(one, c):.2f}" for c in (DEAR, None)))
        for name, one in lines.items()
    ]
    return "Trust (1 is best; what only declines has the share of questions without an answer)", columns, rows


def _steps(answers: dict[str, Any]) -> Table:
    columns = ("step", "answers", "median", "quarters", "slowest in 20")
    steps = answers["steps"]
    rows: list[Sequence[Any]] = []
    for step in (*STEPS, "statement alone"):
        one = steps[step]
        rows.append((step, _size(one["n"]), one["p50"], f"{one['p25']:.2f} to {one['p75']:.2f}", one["p95"]))
    kept = f"{answers['within_goal']:.0%} within 1.5 × statement alone + {MARGIN:g} ms"
    return f"An answer, step by step, over the project's own questions (ms; {kept})", columns, rows


def _byhand(title: str, rows: list[dict[str, Any]]) -> Table:
    columns = (
        "question", "by hand", "with sources", "statement", "whole answer", "over by hand", "over that with sources",
        "same values",
    )  # fmt: skip
    told: list[Sequence[Any]] = []
    for row in rows:
        times = [row[name]["cpu"] for name in ("hand", "sourced", "statement", "whole")]
        # Some machines count processor time so coarsely that a short statement took none.
        over = [f"{times[-1] / floor:.2f} ×" if floor else "not measurable" for floor in times[:2]]
        told.append((row["question"], *times, *over, "yes" if row["same"] else "NO"))
    told.append(("all of them", *[""] * 4, *(f"{ratio(rows, floor):.2f} ×" for floor in ("hand", "sourced")), ""))
    within = sum(row["whole"]["cpu"] <= 1.5 * row["sourced"]["cpu"] + MARGIN for row in rows)
    return f"{title[:-1]}; {within} of {len(rows)} within 1.5 × that with sources + {MARGIN:g} ms)", columns, told


def _stores(stores: dict[str, Any]) -> Iterator[Table]:
    start, own = stores["start"], stores["build"]
    yield (
        "Starting (a new process on the sample store)",
        ("what", "takes"),
        [
            ("until the store is open", f"{start['opened_seconds']:.2f} s"),
            ("until the first answer", f"{start['first_answer_seconds']:.2f} s"),
            ("of processor time", f"{start['cpu_seconds']:.2f} s"),
            ("most memory", f"{start['peak_megabytes']:.0f} MB"),
        ],
    )
    columns = ("what", "rows in", "figures out", "seconds", "of processor time", "the build's over it", "MB")
    beside = [
        (what, _size(one["rows"]), "", one["seconds"], one["cpu"], f"{own['cpu'] / one['cpu']:.2f} ×", one["megabytes"])
        for what, one in stores["beside"].items()
    ]
    shipped = stores["build shipped data"]
    yield (
        "Building",
        columns,
        [
            ("the shipped data", "", "", shipped["seconds"], shipped["cpu"], "", ""),
            ("a CSV file", _size(own["rows"]), _size(own["figures"]), own["seconds"], own["cpu"], "", own["megabytes"]),
            *beside,
        ],
    )


def _panels(panels: dict[str, Any]) -> Table:
    until = ("until the first answer, s", "of processor time, s", "most memory, MB")
    columns = ("figures", "store, MB", "the values in plain DuckDB, MB", *until)
    rows = []
    for count, one in panels.items():
        start, sizes = one["start"], (one["megabytes"], one["plain"]["megabytes"])
        told = (_size(int(count)), *(f"{size:.0f}" for size in sizes))
        rows.append((*told, start["first_answer_seconds"], start["cpu_seconds"], f"{start['peak_megabytes']:.0f}"))
    return "Large stores", columns, rows


def _growth(what: str, measured: dict[str, Any]) -> Table:
    rows = [(_size(int(count)), one["understand"]["cpu"], one["whole"]["cpu"]) for count, one in measured.items()]
    return f"More {what} (ms of processor time)", (what, "understanding", "whole answer"), rows


def _size(count: int) -> str:
    return f"{count:,}"


def _cell(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _plain(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    cells = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([title, *lines])


def _marked(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join([f"### {title}", "", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}", *lines])
