"""`xinfo audit`: the log of who did what, and the proof that nobody has changed it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import actions, complain, say, write_json
from xinfo.cli.stores import named, now, store_option
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.audit.entry import Entry

HELP = "show the log of who did what, prove that nothing in it was changed, export it"
EXAMPLES = (
    "xinfo audit",
    "xinfo audit --did load --who li.wei@example.cn --last 100",
    "xinfo audit verify",
    "xinfo audit verify --has 9f86d081884c7d65…",
    "xinfo audit anchor --out /mnt/elsewhere/anchors.txt",
    "xinfo audit verify --anchors /mnt/elsewhere/anchors.txt",
    "xinfo audit export --out log.csv",
)
ACTIONS = {
    "show": "the last entries",
    "verify": "1 if anything was changed, removed, cut off or written anew, or is not proved to be what was written",
    "anchor": "the last entry in one signed line, to keep where nobody who can write the log can write",
    "export": "all entries, as JSON lines or, for a name that ends in .csv, as CSV",
}


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    actions(parser, ACTIONS, "show")
    parser.add_argument("--last", type=int, default=20, metavar="N", help="show: how many entries; 20 if none is given")
    parser.add_argument("--who", metavar="NAME", help="show, export: of one person")
    parser.add_argument("--did", metavar="DEED", help="show, export: of one kind, such as load, ask, export, login")
    parser.add_argument("--has", default="", metavar="HASH", help="verify: an entry noted elsewhere must be in the log")
    parser.add_argument(
        "--anchors", type=Path, metavar="FILE", help="verify: the entries of these lines of 'anchor' must be in the log"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="export: into a file, else to stdout; anchor: added to a file, too"
    )
    parser.add_argument("--json", action="store_true", help="show, verify: as JSON")


def run(arguments: argparse.Namespace) -> int:
    store = named(arguments)
    if arguments.action == "verify":
        return _verify(store, arguments)
    if arguments.action == "anchor":
        return _anchor(store, arguments.out)
    chosen = _chosen(store, arguments.who, arguments.did)
    if arguments.action == "export":
        return _export(chosen, arguments.out)
    for entry in chosen[-arguments.last :] if arguments.last > 0 else []:
        if arguments.json:
            write_json(_form(entry))
        else:
            what = ", ".join(
                f"{name}: {_short(value)}" for name, value in entry.what.items() if value not in ("", None)
            )
            say(f"{entry.number:7}  {entry.at[:19].replace('T', ' ')}  {entry.who or '–':24}  {entry.did:9}  {what}")
    return 0


def _chosen(store: Path, who: str | None, did: str | None) -> list[Entry]:
    from xinfo.audit.verify import entries

    return [one for one in entries(store) if who in (None, one.who) and did in (None, one.did)]


def _verify(store: Path, arguments: argparse.Namespace) -> int:
    from xinfo.audit.anchor import disproved
    from xinfo.audit.verify import all_complaints, verify

    proof = verify(store, arguments.has)
    against = [*all_complaints(store, proof), *(disproved(store, arguments.anchors) if arguments.anchors else [])]
    last = proof.last.hash if proof.last else ""
    if arguments.json:
        told = {"whole": not against, "entries": proof.entries, "torn": proof.torn, "unsigned": proof.unsigned}
        write_json(told | {"last": last, "complaints": against})
    else:
        for complaint in against:
            complain(complaint)
        torn = f", {proof.torn} lines torn by a crash and told of" if proof.torn else ""
        torn += f", {proof.unsigned} left unsigned and told of" if proof.unsigned else ""
        state = (
            "the log is not whole" if proof.complaints else "not all is proved" if against else "nothing was changed"
        )
        say(f"{proof.entries:,} entries{torn}: {state}" + (f"; the last one is {last}" if last else ""))
    return 1 if against else 0


def _anchor(store: Path, out: Path | None) -> int:
    from xinfo.audit.anchor import anchor

    line = anchor(store, now())
    if out:
        try:
            with out.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise InputError(f"{out} cannot be written: {error.strerror}") from error
    say(line)
    return 0


def _export(chosen: list[Entry], out: Path | None) -> int:
    if out is None:
        for entry in chosen:
            write_json(_form(entry))
        return 0
    from xinfo.loop.deeds import to_csv

    out.write_bytes(to_csv(chosen) if out.suffix.lower() == ".csv" else _lines(chosen))
    say(f"{out}: {len(chosen):,} entries")
    return 0


def _lines(chosen: list[Entry]) -> bytes:
    return b"".join(entry.line() + b"\n" for entry in chosen)


def _form(entry: Entry) -> dict[str, object]:
    return {**vars(entry), "hash": entry.hash}


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
