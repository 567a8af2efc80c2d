"""`xinfo quarantine`: the files that were refused, kept until they are mended."""

from __future__ import annotations

import argparse

from xinfo.cli.console import say, write_json
from xinfo.cli.stores import named, note, store_option
from xinfo.errors import InputError

HELP = "list the files that were refused, show one's report, remove one"
EXAMPLES = ("xinfo quarantine", "xinfo quarantine show 2", "xinfo quarantine remove 2")
ACTIONS = ("list", "show", "remove")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    parser.add_argument(
        "action", nargs="?", choices=ACTIONS, default="list", help="list is what is done if nothing is said"
    )
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="of which file")
    parser.add_argument("--json", action="store_true", help="list in JSON")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.intake.quarantine import as_json, fetch, listed, remove

    store, number = named(arguments), arguments.number
    if (number is None) != (arguments.action == "list"):
        raise InputError(f"'quarantine {arguments.action}' takes {'no number' if number else 'the number of a file'}")
    if arguments.action == "remove":
        file = remove(store, number).file
        note(arguments, "remove_refused", file=file)
        say(f"removed: {file}")
    elif arguments.action == "show":
        kept = fetch(store, number)
        say(f"{kept.file}: {kept.path}")
        say(kept.report.read_text(encoding="utf-8-sig"))
    elif arguments.json:
        write_json({"files": [as_json(one) for one in listed(store)]})
    else:
        for one in listed(store):
            at = one.at[:16].replace("T", " ")
            say(f"{one.number:5}  {at:16}  {one.who:12}  {one.bytes:>12,} bytes  {one.problems:,} problems  {one.file}")
    return 0
