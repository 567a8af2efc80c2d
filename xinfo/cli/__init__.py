"""The command line: which commands there are, and what becomes of their errors. Each command is a module of its own.

A command's module has HELP and EXAMPLES, `options(parser)` that declares its arguments, and `run(arguments)` that gives
the exit code: 0 done, 1 refused or failed, 2 wrong usage. What takes long to import is imported where it is used, so
that help comes at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from xinfo import __version__
from xinfo.cli import (
    access,
    ask,
    audit,
    backup,
    bin,
    brief,
    build,
    check,
    export,
    load,
    mcp,
    quarantine,
    restore,
    serve,
    sources,
    sql,
    suggest,
    templates,
    versions,
)
from xinfo.cli.console import complain, speak_utf8
from xinfo.errors import XinfoError

COMMANDS = {
    "build": build,
    "load": load,
    "quarantine": quarantine,
    "sources": sources,
    "versions": versions,
    "check": check,
    "export": export,
    "ask": ask,
    "suggest": suggest,
    "brief": brief,
    "templates": templates,
    "sql": sql,
    "serve": serve,
    "mcp": mcp,
    "access": access,
    "audit": audit,
    "bin": bin,
    "backup": backup,
    "restore": restore,
}
"""In the order of the help."""
INTERRUPTED, CLOSED_PIPE = 130, 141
"""What shells expect of a program that Ctrl-C or a closed pipe has ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line, the process's own where none is given; its exit code. Wrong usage raises SystemExit(2)."""
    speak_utf8()
    made = parser()
    given, more = made.parse_known_args(arguments)
    # Words after an option, which argparse leaves aside.
    if more and (not hasattr(given, "words") or any(one.startswith("-") for one in more)):
        made.error(f"unrecognized arguments: {' '.join(more)}")
    if more:
        given.words += more
    try:
        status: int = given.run(given)
        sys.stdout.flush()
        return status
    except XinfoError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read along has gone; what is still buffered must not be written when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(
        prog="xinfo",
        description="Answers questions about China's information-consumption pilots, each figure with its source.",
        epilog='example:\n  xinfo ask "Which five pilots had the highest information consumption in 2015?"',
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"xinfo {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        one = commands.add_parser(
            name,
            help=command.HELP,
            description=command.HELP[0].upper() + command.HELP[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  {example}" for example in command.EXAMPLES),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.options(one)
        one.set_defaults(run=command.run)
    return top
