"""`xinfo load`: further files into a store, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import complain, progress, say
from xinfo.cli.stores import by, by_option, now, ready, store_option

HELP = "check files in the import format and add them to a store, all of them or none"
EXAMPLES = ("xinfo load 2016Q1.csv --dry-run", "xinfo load observation.csv target.csv --store figures.duckdb")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="observation, target, project, … as CSV")
    parser.add_argument("--dry-run", action="store_true", help="check and count only; the store stays as it is")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.errors import Problems
    from xinfo.store.add import add
    from xinfo.store.versions import number

    store = ready(arguments)
    try:
        report = add(
            store,
            arguments.files,
            built_at=now(),
            who=by(arguments),
            dry_run=arguments.dry_run,
            progress=progress(),
        )
    except Problems as error:
        count = len(error.problems)
        return complain(f"nothing was loaded, {count} problem{'s' * (count > 1)}:\n{error}")
    for one in report.files:
        same = one.rows - one.new - one.revised
        say(f"{one.file}: {one.rows:,} {one.table} rows: {one.new:,} new, {one.revised:,} revised, {same:,} as before")
    if arguments.dry_run:
        say("nothing written: dry run")
    else:
        say(f"{store}: version {number(report.version)} by {by(arguments)}, fingerprint {report.fingerprint}")
    return 0
