"""`xinfo sources`: which sources wait for a steward's word, and that word."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import actions, agreed, progress, say, write_json
from xinfo.cli.stores import QUERIES, begin, by, by_name, by_option, desk, named, note, now, store_option
from xinfo.errors import InputError
from xinfo.store.standing import KINDS

if TYPE_CHECKING:
    from xinfo.store.confirm import Waiting

HELP = "list the sources that nobody has confirmed, confirm one"
EXAMPLES = (
    "xinfo sources",
    "xinfo sources --json",
    'xinfo sources confirm 2016Q1.csv --as preliminary --publisher "Xining Bureau of Statistics"',
)
ACTIONS = {
    "list": "the sources of which figures wait: who loaded them, and what they are said to be",
    "confirm": "from now on the figures of SOURCE are shown as what --as says",
}


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    actions(parser, ACTIONS, "list")
    parser.add_argument("source", nargs="?", default="", metavar="SOURCE", help="the source's id")
    parser.add_argument("--as", dest="kind", choices=tuple(KINDS), help="what its figures are")
    parser.add_argument(
        "--publisher", default="", metavar="NAME", help="who published them, where that is not known yet"
    )
    parser.add_argument("--yes", action="store_true", help="accept what becomes of results that people vouched for")
    parser.add_argument("--json", action="store_true", help="list in JSON")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.store.confirm import waiting
    from xinfo.store.versions import current, number

    store = named(arguments)
    if arguments.action == "list":
        every = waiting(store)
        if arguments.json:
            write_json({"sources": [{**vars(one), "places": list(one.places)} for one in every]})
        else:
            say("\n".join(map(_line, every)) or "every source is confirmed")
        return 0
    if not arguments.source or not arguments.kind:
        raise InputError("'sources confirm' takes a source and what its figures are", "SOURCE --as published")
    begin(arguments, "confirm", source=arguments.source, kind=arguments.kind)
    mark = _confirmed(arguments, store)
    made = number(current(store))
    note(arguments, "confirm", source=arguments.source, kind=arguments.kind, publisher=arguments.publisher, made=made)
    say(f"{store}: version {made} by {by(arguments)} has {arguments.source} as {arguments.kind}, fingerprint {mark}")
    return 0


def _confirmed(arguments: argparse.Namespace, store: Path) -> str:
    """Confirms the source, once the new results of what people vouched for are accepted; the fingerprint."""
    from xinfo.ask import open_workspace
    from xinfo.stewardship import vouched
    from xinfo.store.confirm import confirm
    from xinfo.store.versions import current, number

    said = {"publisher": arguments.publisher, "at": now(), "who": by(arguments)}
    seen = number(current(store))  # what somebody loads while the question waits is not agreed to
    do = partial(confirm, store, arguments.source, arguments.kind, until=seen, progress=progress(), **said)
    try:
        return do(prove=vouched.proof(store, QUERIES))
    except vouched.Differs as differs:
        if not (arguments.yes or agreed(str(differs))):
            raise InputError(str(differs), "--yes, where the new results are right") from differs
        by_name(arguments)  # before anything is written: what is accepted stands under it
        keys = [one.key for one in differs.questions]
        mark = do(prove=vouched.proof(store, QUERIES, keys))
        vouched.accept(keys, desk(arguments, open_workspace(store, QUERIES)))
        return mark


def _line(one: Waiting) -> str:
    said = [
        f"said to be published by {one.publisher}" if one.publisher else "",
        f"said to be {one.kind}" if one.kind else "",
        f"loaded by {one.who}" if one.who else "",
        one.at[:16].replace("T", " "),
    ]
    title = "" if one.title == one.source_id else f" ({one.title})"
    return f"{one.source_id}{title}: {one.figures:,} figures, {', '.join(filter(None, said))}"
