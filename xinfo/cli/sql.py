"""`xinfo sql check`: whether the guard would let a statement run. Never runs one."""

from __future__ import annotations

import argparse

from xinfo.cli.console import complain, json_lines, say, write_json
from xinfo.errors import InputError

HELP = "ask the guard, which every template passes, whether it would let SQL run; nothing is run"
EXAMPLES = (
    'xinfo sql check "SELECT place_id FROM place"',
    """echo '{"id": 1, "sql": "SELECT value FROM observation WHERE place_id = $place"}' | xinfo sql check -""",
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("check",), help="the only thing that is done with SQL here")
    parser.add_argument(
        "sql",
        metavar="SQL",
        help='a statement; or - for JSON lines {"id", "sql", "params"?}, each answered with a JSON line',
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON; with - it always is")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.query.guard import verdict

    if arguments.sql == "-":
        for line in json_lines():
            broken = isinstance(line, InputError)
            write_json({"id": None, "accepted": False, "reason": str(line)} if broken else verdict(line))  # type: ignore[arg-type]
        return 0
    found = verdict({"sql": arguments.sql})
    if arguments.json:
        write_json(found)
    if found["accepted"]:
        say("accepted") if not arguments.json else None
        return 0
    return complain(f"refused: {found['reason']}")
