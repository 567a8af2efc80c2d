"""`xinfo build`: a store from the shipped data or from a folder of files."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import progress, say
from xinfo.cli.stores import DATA, at_home, by, by_option, named, note, now, store_option

HELP = "build a store from the shipped data, or from a folder of files in the import format"
SHOWN = 20
"""Warnings that are told one by one."""
EXAMPLES = ("xinfo build", "xinfo build --data figures/ --store figures.duckdb", "xinfo build --no-demonstration")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="a folder with observation.csv, target.csv, …, in place of the shipped figures",
    )
    parser.add_argument(
        "--no-demonstration", action="store_true", help="leave out the made-up figures for trying things out"
    )
    parser.add_argument(
        "--published-only",
        action="store_true",
        help="keep made-up figures out of every answer of this store, by whatever it is asked; loads keep it so",
    )


def run(arguments: argparse.Namespace) -> int:
    from xinfo.store.build import build
    from xinfo.store.versions import number

    report = build(
        at_home(arguments),
        shipped=DATA,
        data=arguments.data,
        built_at=now(),
        who=by(arguments),
        demonstration=not arguments.no_demonstration,
        published_only=arguments.published_only,
        progress=progress(),
    )
    note(arguments, "build", version=number(report.version), data=str(arguments.data or ""))
    rows = report.rows
    figures = f"{rows['observation']:,} figures from {rows['published']:,} given ones"
    others = f"{rows['target']:,} targets, {rows['project']:,} projects, {rows['place']:,} places"
    say(f"{named(arguments)}: {figures}, {others}")
    say(f"version {number(report.version)} by {by(arguments)}, fingerprint {report.fingerprint}")
    from xinfo.intake.look import unequal_said

    for one in report.unequal[:SHOWN]:
        say(unequal_said(one).text("en"))
    if len(report.unequal) > SHOWN:
        say(f"… and {len(report.unequal) - SHOWN:,} more such warnings")
    return 0
