"""`xinfo backup`: everything that people have put in, as one archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import complain, say
from xinfo.cli.stores import at_home, by, by_option, note, now, store_option

HELP = "save the store with all its versions, templates, vocabulary, log and rules as one archive"
EXAMPLES = ("xinfo backup figures-2016-02-01.zip", "xinfo backup /backup/figures.zip --store figures.duckdb")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    parser.add_argument("archive", type=Path, metavar="FILE", help="the archive to write; none is replaced")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.backup.save import save

    store = at_home(arguments)
    saved = save(store, arguments.archive, at=now(), who=by(arguments))
    note(arguments, "backup", archive=arguments.archive.name, files=saved.files, bytes=saved.bytes)
    say(f"{arguments.archive}: {saved.files:,} files, {saved.bytes / 1e6:,.1f} MB, fingerprint {saved.fingerprint}")
    for why in saved.damaged:
        complain(f"saved as it is: {why}")
    return int(bool(saved.damaged))
