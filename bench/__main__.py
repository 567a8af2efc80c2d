"""`python3 dev.py bench`: measures, prints the tables, and keeps them where asked to."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench import answers, askers, byhand, growth, panel, plots, report, stores, trust
from bench.peers import compare
from bench.swiss import asked as strangers
from xinfo.ask import open_workspace
from xinfo.store.build import build

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).with_name("kept.json")
PAGE, PICTURES = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "pictures"
WORSE = 1.5
"""How many times the kept ratio against SQL by hand is clearly worse."""


def main() -> int:
    given = _arguments().parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        sample = Path(folder) / "sample.duckdb"
        _say("the sample store")
        build(sample, shipped=ROOT / "data", data=None, built_at=stores.AT)
        if given.check:
            return _checked(sample)
        found = _told(given, sample, Path(folder))
    print(report.text(found))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if given.keep:
        _keep(found)
    return 0


def _told(given: argparse.Namespace, sample: Path, folder: Path) -> dict[str, Any]:
    """What was asked for; of peers and strangers in one run, also how far each can be trusted."""
    if not (given.peers or given.swiss):
        return _measured(given, sample, folder)
    found: dict[str, Any] = {"machine": machine()}
    if given.peers:
        _say("other tools: an environment of their own, then every question of each")
        found["peers"] = compare.measure(sample, folder, rounds=1 if given.quick else 3)
    if given.swiss:
        _say("another office's statistics")
        found["swiss"] = strangers.measure(folder)
    if given.peers and given.swiss:
        _say("the kept questions, for the score of trust")
        told = {f"StatBot.Swiss, {part}: xinfo": one for part, one in found["swiss"]["counts"].items()}
        found["trust"] = trust.lines(found["peers"], told)
    return found


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare with the kept ratio; 1 where clearly worse")
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the questions, small stores; --peers: each once"
    )
    parser.add_argument("--rows", type=int, nargs="*", default=[], metavar="N", help="panels of so many figures, too")
    parser.add_argument("--file", type=int, default=200_000, metavar="N", help="build from a file of so many rows")
    parser.add_argument("--panels", type=Path, default=ROOT / "var" / "panels", help="where panels are kept")
    parser.add_argument("--peers", action="store_true", help="only xinfo beside other tools, in .venv-peers")
    parser.add_argument("--swiss", action="store_true", help="only StatBot.Swiss; with --peers also the score of trust")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was found to a file")
    parser.add_argument("--keep", action="store_true", help="write it into docs/benchmarks.md, its pictures, kept.json")
    return parser


def _measured(given: argparse.Namespace, sample: Path, folder: Path) -> dict[str, Any]:
    workspace = open_workspace(sample, ROOT / "queries")
    found: dict[str, Any] = {"machine": machine()}
    _say("SQL by hand")
    found["byhand"] = byhand.measure(workspace, 5 if given.quick else 15)
    _say("answers, step by step")
    found["answers"] = answers.measure(workspace, 10 if given.quick else 2)
    _say("a long conversation, many asking, more templates")
    found["conversation"] = answers.conversation(workspace)
    found["askers"] = askers.measure(workspace)
    found["templates"] = growth.of_templates(workspace)
    _say("building, loading, starting")
    found["stores"] = stores.measure(folder, 20_000 if given.quick else given.file)
    _say("more places")
    found["places"] = growth.of_places(folder)
    panels = {rows: _panel(rows, given.panels) for rows in given.rows}
    found["rows"] = growth.of_rows(panels)
    found["panels"] = {
        str(rows): {
            "megabytes": path.stat().st_size / 1e6,
            "start": stores.started(path),
            "plain": panel.plain(path, folder / f"plain-{rows}.duckdb"),
        }
        for rows, path in panels.items()
    }
    return found


def machine() -> dict[str, str]:
    """What this machine is, without its name."""
    cores, memory = os.cpu_count() or 1, "unknown"
    if hasattr(os, "sysconf"):
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    return {
        "processor": f"{platform.machine()}, {cores} cores",
        "memory": memory,
        "system": platform.system(),
        "Python": platform.python_version(),
        "DuckDB": duckdb.__version__,
    }


def _panel(rows: int, folder: Path) -> Path:
    """A panel of so many figures, made where there is none yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"panel-{rows}.duckdb"
    if not path.exists():
        _say(f"a panel of {rows:,} figures")
        panel.make(path, rows)
    return path


def _checked(sample: Path) -> int:
    """Compares this run with the kept ratio."""
    measured = byhand.measure(open_workspace(sample, ROOT / "queries"), 25)
    kept, now = json.loads(KEPT.read_text(encoding="utf-8"))["over_by_hand"], byhand.ratio(measured)
    wrong = [row["question"] for row in measured if not row["same"]]
    print(
        f"whole answers take {now:.2f} × the time of SQL by hand; kept: {kept:.2f} ×; fails above {kept * WORSE:.2f} ×"
    )
    if wrong:
        print(f"other values than by hand: {', '.join(wrong)}", file=sys.stderr)
    return int(now > kept * WORSE or bool(wrong))


def _keep(found: dict[str, Any]) -> None:
    """Puts the tables into the page between their marks, draws the plots, and keeps the ratio for `--check`."""
    marks: list[str] = [name for name in ("peers", "swiss", "trust") if name in found]
    page = PAGE.read_text(encoding="utf-8")
    for mark in marks or ["run"]:
        part = {"machine": found["machine"], mark: found[mark]} if marks else found
        block = f"<!-- {mark} -->\n{report.markdown(part)}<!-- end of {mark} -->"
        page = re.sub(rf"<!-- {mark} -->.*<!-- end of {mark} -->", partial(_as_is, block), page, flags=re.DOTALL)
    PAGE.write_text(page, encoding="utf-8")
    if marks:
        return
    plots.draw(found, PICTURES)
    KEPT.write_text(json.dumps({"over_by_hand": round(byhand.ratio(found["byhand"]), 2)}) + "\n", encoding="utf-8")


def _as_is(block: str, _: re.Match[str]) -> str:
    """What stands in for a match, whatever backslashes are in it."""
    return block


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
