"""`xinfo access`: whether the rules of who may do what are right, what they grant somebody, and tokens for programs."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import actions, complain, say
from xinfo.cli.stores import by_option, named, note, now, store_option
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.access.rules import Rules

HELP = "check the rules of who may do what, show what they grant somebody, make tokens for programs"
EXAMPLES = (
    "xinfo access",
    "xinfo access show li.wei@example.cn --group statistics-office",
    "xinfo access token li.wei@example.cn --days 30",
    "xinfo access tokens",
    "xinfo access revoke 0a1b2c3d4e5f",
)
ACTIONS = {
    "check": "whether the rules are right; what is done where nothing is said",
    "show": "what they grant ADDRESS",
    "token": "make a token for a program that asks on behalf of ADDRESS, and show it this once",
    "tokens": "list the tokens",
    "revoke": "take the token of this number away",
}
ABOUT_ONE = ("show", "token", "revoke")
DAYS, MOST_DAYS = 90, 3660


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    actions(parser, ACTIONS, "check")
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help="show, token: of whom; revoke: a token's number")
    parser.add_argument(
        "--group", action="append", default=[], metavar="NAME", help="show, token: a group he belongs to"
    )
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=f"token: how long it counts; else {DAYS}")
    rules = "the file of rules; else FILE.access.yaml beside the store"
    parser.add_argument("--rules", type=Path, metavar="FILE", help=rules)


def run(arguments: argparse.Namespace) -> int:
    action = arguments.action
    if (action in ABOUT_ONE) != bool(arguments.address):
        raise InputError(f"'access {action}' takes {'one address or number' if action in ABOUT_ONE else 'no address'}")
    if action in ("check", "show"):
        return _check(arguments) if action == "check" else _show(arguments)
    if action == "token":
        return _token(arguments)
    return _tokens(arguments) if action == "tokens" else _revoke(arguments)


def _check(arguments: argparse.Namespace) -> int:
    path, rules = _rules(arguments)
    for unknown in rules.unknown:
        complain(unknown)
    say(f"{path}: {len(rules.people)} addresses, {len(rules.groups)} groups")
    return 1 if rules.unknown else 0


def _show(arguments: argparse.Namespace) -> int:
    from xinfo.access.person import ACTIONS, may

    _, rules = _rules(arguments)
    person = rules.person({rules.address_claim: arguments.address, rules.groups_claim: arguments.group})
    say(f"{person.name}: {', '.join(person.roles) or 'no role'}")
    for action in ACTIONS:
        places = person.places(action)
        only = f", only for {', '.join(sorted(places)) or 'no place'}" if places is not None else ""
        say(f"  {action:9} {'yes' if may(person, action) else 'no'}{only if may(person, action) else ''}")
    return 0


def _token(arguments: argparse.Namespace) -> int:
    from xinfo.access import tokens

    if not 1 <= arguments.days <= MOST_DAYS:
        raise InputError(f"--days is {arguments.days}", f"1 to {MOST_DAYS}")
    until = (date.fromisoformat(now()[:10]) + timedelta(days=arguments.days)).isoformat()
    shown = tokens.make(named(arguments), arguments.address, arguments.group, until)
    note(arguments, "token", address=arguments.address, until=until, number=shown.split("_")[1])
    say(shown)
    complain(f"counts until {until}; it is not kept and cannot be shown again")
    return 0


def _tokens(arguments: argparse.Namespace) -> int:
    from xinfo.access import tokens

    for one in tokens.listed(named(arguments)):
        over = "" if now()[:10] <= one.until else "  run out"
        say(f"{one.number}  until {one.until}  {one.address}  {', '.join(one.groups)}{over}".rstrip())
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    from xinfo.access import tokens

    gone = tokens.revoke(named(arguments), arguments.address)
    note(arguments, "revoke_token", address=gone.address, number=gone.number)
    say(f"token {gone.number} of {gone.address} counts no longer")
    return 0


def _rules(arguments: argparse.Namespace) -> tuple[Path, Rules]:
    from xinfo.access.rules import beside, rules_on
    from xinfo.store.versions import current

    store = named(arguments)
    path = arguments.rules or beside(store)
    return path, rules_on(path, current(store))
