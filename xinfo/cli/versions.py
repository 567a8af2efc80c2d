"""`xinfo versions`: what builds and loads made of a store; two compared, one brought back, one forgotten."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfo.cli.console import actions, say, write_json
from xinfo.cli.removing import removed, yes_option
from xinfo.cli.stores import QUERIES, begin, by, by_option, named, note, now, store_option
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.store.compare import Change, Comparison
    from xinfo.store.history import Version

HELP = "list the versions of a store, compare two, bring one back, remove one"
EXAMPLES = (
    "xinfo versions",
    "xinfo versions compare 2 3 --store figures.duckdb",
    "xinfo versions restore 2",
    "xinfo versions forget 1",
)
ACTIONS = {
    "list": "every build, load and restore: number, when, by whom, of which files",
    "compare": "what changes from version A to B: figures, targets and projects",
    "restore": "make the content of version N a new version, which counts from now on",
    "forget": "move version N to the bin; the current one stays, and one that an issue rests on",
}
NUMBERS = {"list": 0, "compare": 2, "restore": 1, "forget": 1}
MOST = 50
"""Changes of each table that are shown to a person; JSON has all."""
TABLES = {"published": "figures", "target": "targets", "project": "projects"}


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    by_option(parser)
    actions(parser, ACTIONS, "list")
    parser.add_argument("numbers", nargs="*", type=int, metavar="N", help="of which versions")
    yes_option(parser)
    parser.add_argument("--json", action="store_true", help="list or compare in JSON")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.stewardship.removal import of_version
    from xinfo.store.assets import Assets
    from xinfo.store.history import restore
    from xinfo.store.versions import current, number

    action, numbers, store = arguments.action, arguments.numbers, named(arguments)
    if len(numbers) != NUMBERS[action]:
        raise InputError(f"'versions {action}' takes {NUMBERS[action] or 'no'} numbers of versions, not {len(numbers)}")
    if action == "list":
        return _list(store, arguments.json)
    if action == "compare":
        return _compare(store, numbers, arguments.json)
    if action == "restore":
        begin(arguments, "restore", version=numbers[0])
        mark = restore(store, *numbers, at=now(), who=by(arguments))
        made = number(current(store))
        note(arguments, "restore", version=numbers[0], made=made)
        say(f"{store}: version {made} by {by(arguments)} is as version {numbers[0]} was, fingerprint {mark}")
        return 0
    return removed(arguments, of_version(numbers[0], Assets(QUERIES, store)))


def _list(store: Path, as_json: bool) -> int:
    """The list is shown even of a store that cannot be opened, whose current version is then said to be unknown."""
    from xinfo.store.history import history
    from xinfo.store.versions import current

    every = history(store)
    if as_json:
        write_json({"versions": [_form(version) for version in every]})
    else:
        say("\n".join(_line(version) for version in every))
    current(store)
    return 0


def _line(version: Version) -> str:
    size = f"{version.bytes / 1e6:,.1f} MB" if version.path else "not at hand"
    at, kind = version.at[:16].replace("T", " "), version.kind or "damaged"
    now_it = "  current" if version.current else ""
    return f"{version.number:5}  {at:16}  {version.who:12}  {kind:8} {size:>12}{now_it}  {_what(version)}".rstrip()


def _what(version: Version) -> str:
    """'version 2', or the files with what they brought; of a build, those of figures."""
    if version.restored is not None:
        return f"version {version.restored}"
    files = [
        one for one in version.files if version.kind != "build" or one.kind in ("observation", "target", "project")
    ]
    return ", ".join(
        f"{one.file} ({one.new:,} new{f', {one.revised:,} revised' if version.kind == 'load' else ''})" for one in files
    )


def _form(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.at,
        "who": version.who,
        "kind": version.kind,
        "restored": version.restored,
        "files": [vars(one) for one in version.files],
        "bytes": version.bytes if version.path else None,
        "current": version.current,
    }


def _compare(store: Path, numbers: list[int], as_json: bool) -> int:
    from xinfo.store.compare import compare

    found = compare(store, numbers[0], numbers[1], most=None if as_json else MOST)
    if as_json:
        changes = [
            {"table": one.table, "kind": one.kind, **one.key, "old": one.old, "new": one.new} for one in found.changes
        ]
        loads = [_form(version) for version in found.loads]
        write_json({"old": found.old, "new": found.new, "loads": loads, "counts": found.counts, "changes": changes})
    else:
        _tell(found)
    return 0


def _tell(found: Comparison) -> None:
    say(f"from version {found.old} to {found.new}; in between:")
    say("\n".join(_line(version) for version in found.loads) or "    nothing")
    for table, counts in found.counts.items():
        if not any(counts.values()):
            continue
        say(f"{TABLES[table]}: {', '.join(f'{count:,} {kind}' for kind, count in counts.items())}")
        said = [_change(one) for one in found.changes if one.table == table]
        more = sum(counts.values()) - len(said)
        say("\n".join(said + ([f"  … and {more:,} more; --json has all"] if more else [])))
    if found.same:
        say("no difference")


def _change(change: Change) -> str:
    key = " ".join(part for part in change.key.values() if part not in ("", "all"))
    return f"  {change.kind:8}  {key}: " + " → ".join(_side(side) for side in (change.old, change.new) if side)


def _side(side: dict[str, Any]) -> str:
    """'65.52 亿元 (reported)' as it was written; of a project its status and money."""
    if "budget" in side:
        return f"{side['status']}, spent {side['spent'] or 0:,.0f} of {side['budget'] or 0:,.0f} ({side['mark']})"
    written = side.get("value_written") or f"{side['value']:.15g}"
    return f"{written} {side.get('unit_written') or side['unit']} ({side['mark']})"
