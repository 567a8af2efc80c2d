"""`xinfo restore`: a backup back to its place, once it is proved whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import complain, say
from xinfo.cli.stores import by_option, named, note, now, store_option

HELP = "prove a backup and put it back; the app must not be running"
EXAMPLES = (
    "xinfo restore figures-2016-02-01.zip --check",
    "xinfo restore figures-2016-02-01.zip --store figures.duckdb",
    "xinfo restore figures-2016-02-01.zip --store figures.duckdb --overwrite",
)


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    parser.add_argument("archive", type=Path, metavar="FILE", help="what 'xinfo backup' has written")
    parser.add_argument("--check", action="store_true", help="only prove that it is whole")
    parser.add_argument("--overwrite", action="store_true", help="move aside what is there, and say where to")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.audit.entry import RESTORED
    from xinfo.backup.restore import check, put_back
    from xinfo.store.room import room

    if arguments.check:
        with room() as folder:
            held = check(arguments.archive, folder)
    else:
        held = put_back(arguments.archive, named(arguments), at=now(), overwrite=arguments.overwrite)
        note(arguments, RESTORED, archive=arguments.archive.name, made=held.made)
    for warning in held.warnings:
        complain(warning)
    say(f"{arguments.archive}: whole, {len(held.files):,} files, saved {held.made} by {held.who or 'nobody named'}")
    if not arguments.check:
        say(f"restored to {named(arguments)}, fingerprint {held.fingerprint}")
    if held.aside:
        say(f"what was there before is in {held.aside}")
    return 0
