"""`xinfo access`: whether the rules of who may do what are right, and what they grant somebody."""

from __future__ import annotations

import argparse
from pathlib import Path

from xinfo.cli.console import complain, say
from xinfo.cli.stores import named, store_option
from xinfo.errors import InputError

HELP = "check the rules of who may do what, and show what they grant somebody"
EXAMPLES = ("xinfo access", "xinfo access show li.wei@example.cn --group statistics-office")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    parser.add_argument("action", nargs="?", choices=("check", "show"), default="check", help="check is the default")
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help="show: of whom")
    parser.add_argument("--group", action="append", default=[], metavar="NAME", help="show: a group he belongs to")
    rules = "the file of rules; else FILE.access.yaml beside the store"
    parser.add_argument("--rules", type=Path, metavar="FILE", help=rules)


def run(arguments: argparse.Namespace) -> int:
    from xinfo.access.person import ACTIONS, may
    from xinfo.access.rules import beside, read_rules
    from xinfo.store.names import names_of
    from xinfo.store.versions import current

    if (arguments.action == "show") != bool(arguments.address):
        raise InputError("'access show' takes one address, 'access check' none")
    store = named(arguments)
    path = arguments.rules or beside(store)
    rules = read_rules(path, names_of(current(store)).find)
    if arguments.action == "check":
        for unknown in rules.unknown:
            complain(unknown)
        say(f"{path}: {len(rules.people)} addresses, {len(rules.groups)} groups")
        return 1 if rules.unknown else 0
    claims = {rules.address_claim: arguments.address, rules.groups_claim: arguments.group}
    person = rules.person(claims)
    say(f"{person.name}: {', '.join(person.roles) or 'no role'}")
    for action in ACTIONS:
        places = person.places(action)
        only = f", only for {', '.join(sorted(places)) or 'no place'}" if places is not None else ""
        say(f"  {action:9} {'yes' if may(person, action) else 'no'}{only if may(person, action) else ''}")
    return 0
