"""`xinfo bin`: what was removed lately, put back or gone for good."""

from __future__ import annotations

import argparse

from xinfo.cli.console import actions, say
from xinfo.cli.stores import at_home, begin, by_option, note, now, opened, store_option
from xinfo.errors import InputError
from xinfo.store.bin import DAYS, Binned, find, listed, sweep, sweep_drafts

HELP = "list what was removed in the last 30 days, put it back, or empty the bin"
EXAMPLES = ("xinfo bin", "xinfo bin restore 3", "xinfo bin sweep", "xinfo bin sweep --days 0")
ACTIONS = {
    "list": "what is in the bin: number, what it was, who removed it, until when it is kept",
    "restore": "put back what has number N",
    "sweep": "drop what was removed more than --days ago, for good",
}


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    actions(parser, ACTIONS, "list")
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="restore: which one")
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=f"sweep: {DAYS} where none is given")


def run(arguments: argparse.Namespace) -> int:
    if (arguments.action == "restore") != (arguments.number is not None):
        raise InputError("'bin restore' takes one number, 'bin list' and 'bin sweep' none")
    if arguments.action == "restore":
        return _restore(arguments)
    return _sweep(arguments) if arguments.action == "sweep" else _list(arguments)


def _list(arguments: argparse.Namespace) -> int:
    for binned in listed(at_home(arguments)):
        done = f"removed {binned.at[:16].replace('T', ' ')} by {binned.who or 'nobody named'}"
        say(f"{binned.number:5}  {_named(binned):40}  {done}, kept until {binned.until():%Y-%m-%d}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from xinfo.stewardship.removal import put_back

    store = at_home(arguments)
    binned = find(store, arguments.number)
    begin(arguments, "put_back", kind=binned.kind, name=binned.name)
    put_back(store, binned, lambda: opened(arguments))
    note(arguments, "put_back", kind=binned.kind, name=binned.name)
    say(f"{_named(binned)} is back")
    return 0


def _sweep(arguments: argparse.Namespace) -> int:
    if arguments.days < 0:
        raise InputError(f"--days is {arguments.days}", "a number of days, 0 for all")
    for what in swept(arguments, arguments.days):
        say(f"{what} is gone")
    return 0


def swept(arguments: argparse.Namespace, days: int = DAYS) -> list[str]:
    """Drops what was removed longer ago than that, and notes what it was; so goes what killed programs have left."""
    sweep_drafts(at_home(arguments), now())
    gone = [_named(binned) for binned in sweep(at_home(arguments), now(), days)]
    if gone:
        note(arguments, "sweep", names=gone)
    return gone


def _named(binned: Binned) -> str:
    from xinfo.language.texts import text

    return f"{text(f'removal.kind.{binned.kind}', 'en')} {binned.name}"
