"""`xinfo check`: a whole store proved, every block of every version."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import complain, say
from xinfo.cli.stores import named, store_option

HELP = "prove a whole store: every block, its rules, its journal and samples worked out anew, for all its versions"
EXAMPLES = ("xinfo check", "xinfo check figures.duckdb")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    parser.add_argument("file", nargs="?", type=Path, metavar="STORE", help="the store, as --store names it")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.errors import StoreError
    from xinfo.store import versions
    from xinfo.store.proof import damages

    store = arguments.file or named(arguments)
    wrong = False
    try:
        current = versions.current(store)
    except StoreError as error:
        wrong, current = bool(complain(str(error))), store
    for version in versions.listed(store) or ([current] if current.is_file() else []):
        name = f"version {versions.number(version)}" if version != store else str(store)
        found = list(damages(version))
        for what in found:
            complain(f"{name}: {what}")
        wrong = wrong or bool(found)
        say(f"{name}: {'damaged' if found else 'whole'}{', the current one' if version == current != store else ''}")
    return int(wrong)
