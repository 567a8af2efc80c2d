"""Removing something by a command: what goes with it is said and asked about, and how it comes back is said after."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xinfo.cli.console import agreed, say
from xinfo.cli.stores import begin, by, named, note, now
from xinfo.errors import InputError, Problems

if TYPE_CHECKING:
    from xinfo.stewardship.removal import Removal

ANSWER = "--yes removes it"


def yes_option(parser: argparse.ArgumentParser) -> None:
    """Declares --yes."""
    parser.add_argument("--yes", action="store_true", help="remove it without being asked")


def removed(arguments: argparse.Namespace, removal: Removal) -> int:
    """Removes it where that is wanted. Raises InputError where nobody can be asked, Problems where it has to stay."""
    from xinfo.language.texts import text
    from xinfo.stewardship.removal import remove

    if removal.held:
        raise Problems([told.text("en") for told in removal.held])
    asked = "\n".join([removal.question(removal.name, "en"), *(f"  {told.text('en')}" for told in removal.goes)])
    if not arguments.yes and not (answer := agreed(asked)):
        if answer is None:
            raise InputError(asked, ANSWER)
        say(text("removal.left", "en"))
        return 1
    begin(arguments, "remove", kind=removal.kind, name=removal.name)
    binned = remove(named(arguments), removal, who=by(arguments), at=now())
    note(arguments, "remove", kind=binned.kind, name=binned.name, bin=binned.number)
    until = f"until {binned.until():%Y-%m-%d} 'xinfo bin restore {binned.number}' puts it back"
    say(f"{text(f'removal.kind.{binned.kind}', 'en')} {binned.name} is removed; {until}")
    return 0
