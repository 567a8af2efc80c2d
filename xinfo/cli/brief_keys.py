"""`xinfo brief keys`: the keys that sign issues, each with a passphrase; and whose key signs at the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import say, tell
from xinfo.cli.stores import by, named, note, now, passphrase_given
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.access.keys import Key, Keys
    from xinfo.access.signing import Signer


def keys(arguments: argparse.Namespace, action: str = "list", *words: str) -> int:
    """What is done with keys."""
    actions: dict[str, tuple[int, Callable[..., int]]] = {
        "list": (0, _list),
        "new": (1, _new),
        "revoke": (1, _revoke),
        "export": (0, _export),
    }
    if action not in actions:
        raise InputError(f"'brief keys' knows no '{action}'", ", ".join(actions))
    wanted, act = actions[action]
    if len(words) != wanted:
        raise InputError(f"'brief keys {action}' takes {wanted or 'no'} more words, not {len(words)}")
    return act(arguments, *words)


def signer(arguments: argparse.Namespace) -> Signer:
    """Who signs: the owner of the key that --by names, or of the system user's, once he has said its passphrase."""
    from xinfo.access import signing
    from xinfo.access.keys import find

    store = named(arguments)
    key = find(signing.at_hand(store), by(arguments))
    try:
        return signing.unlock(store, key, passphrase(f"Passphrase of the key of {key.owner}: "))
    except InputError as error:
        note(arguments, "refuse", action="sign", key=key.id, reason=str(error))
        raise


def passphrase(question: str) -> str:
    """A passphrase as it is said at the terminal, else as XINFO_PASSPHRASE or the first line of stdin has it."""
    if (given := passphrase_given()) is not None:
        return given
    return getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def known(arguments: argparse.Namespace) -> Keys:
    """The keys that signatures are proved by: those of --keys FILE, else of the store's own list."""
    from xinfo.access.keys import listed, read

    if not (path := arguments.keys):
        return listed(named(arguments))
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} could not be read: {error.strerror}") from error


def _list(arguments: argparse.Namespace) -> int:
    from xinfo.access.keys import listed
    from xinfo.access.signing import at_hand

    store = named(arguments)
    here = at_hand(store)
    for key in listed(store).values():
        say(f"{key.id}  {key.made[:10]}  {key.kind:6}  {key.owner}{_state(key, here)}")
    return 0


def _state(key: Key, here: Keys) -> str:
    if key.revoked:
        return f"  {'stolen, ' if key.stolen else ''}revoked {key.revoked[:10]}"
    return "" if key.id in here or key.kind == "server" else "  not here"


def _new(arguments: argparse.Namespace, owner: str) -> int:
    from xinfo.access.signing import make

    said = passphrase(f"New passphrase for the key of {owner}: ")
    if sys.stdin.isatty() and passphrase_given() is None and said != getpass("Once more: "):
        raise InputError("the two passphrases are not the same")
    key = make(named(arguments), owner, said, now())
    note(arguments, "key", key=key.id, owner=key.owner)
    say(f"{key.id}  {key.owner}")
    tell("tell this fingerprint to those who receive what you sign; a lost passphrase cannot be found again")
    return 0


def _revoke(arguments: argparse.Namespace, key: str) -> int:
    from xinfo.access.keys import revoke

    gone = revoke(named(arguments), key, now(), arguments.stolen)
    note(arguments, "revoke_key", key=gone.id, owner=gone.owner, stolen=gone.stolen)
    counts = "nothing it ever signed counts" if gone.stolen else "what it signed before still counts"
    say(f"key {gone.id} of {gone.owner} is revoked; {counts}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from xinfo.access.keys import listed, written

    content = written(listed(named(arguments)).values())
    if not arguments.out:
        say(content.decode("utf-8"))
    for path in arguments.out or ():
        _save(path, content)
    return 0


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} could not be written: {error.strerror}") from error
