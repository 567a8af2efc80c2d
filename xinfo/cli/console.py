"""What goes in and out of the command line: UTF-8 whatever the machine's settings, JSON lines, progress, complaints."""

from __future__ import annotations

import argparse
import io
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xinfo.errors import InputError

LANGUAGES = ("en", "zh")
BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of text, with which a text can be made to look like another."""


def speak_utf8() -> None:
    """UTF-8 in and out, also under LC_ALL=C and on Windows; half a character goes out as the escape it came in as."""
    for stream, encoding, errors in (
        (sys.stdin, "utf-8-sig", "replace"),
        (sys.stdout, "utf-8", "backslashreplace"),
        (sys.stderr, "utf-8", "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors=errors)


def say(text: str) -> None:
    """A line or more on stdout, at once."""
    print(plain(text), flush=True)


def tell(text: str) -> None:
    """Says on stderr what a person should know beside what was asked for."""
    print(f"xinfo: {plain(text)}", file=sys.stderr, flush=True)


def complain(text: str) -> int:
    """Says on stderr what went wrong; 1, for the exit code."""
    sys.stdout.flush()
    tell(text)
    return 1


def agreed(question: str) -> bool | None:
    """Whether the person at the terminal says yes; None where there is no terminal, and nobody to ask."""
    if not sys.stdin.isatty():
        return None
    print(f"{plain(question)}\n[y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def plain(text: str) -> str:
    """Text that cannot steer a terminal: no control characters but line ends, no marks of direction."""
    return "".join(c for c in text if c == "\n" or (unicodedata.category(c) != "Cc" and c not in BIDIRECTIONAL))


def actions(parser: argparse.ArgumentParser, told: Mapping[str, str], otherwise: str) -> None:
    """Declares what a command can be told to do, each with its line of help."""
    width = max(map(len, told)) + 1
    parser.formatter_class = argparse.RawTextHelpFormatter
    lines = "\n".join(f"{name:{width}} {what}" for name, what in told.items())
    parser.add_argument("action", nargs="?", choices=tuple(told), default=otherwise, help=lines)


def json_lines() -> Iterator[Mapping[str, Any] | InputError]:
    """The objects on stdin, line by line as they come; an InputError in the place of a line that is none."""
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            yield _object(line, number)


def _object(line: str, number: int) -> Mapping[str, Any] | InputError:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(f"line {number} is no JSON: {error}")
    return found if isinstance(found, dict) else InputError(f'line {number} is no JSON object such as {{"id": 1}}')


def write_json(value: Mapping[str, Any]) -> None:
    """One object as one line on stdout, at once. Raises ValueError for a number that JSON has not (NaN, infinity)."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False), flush=True)


def progress() -> Callable[[str, float], None]:
    """What tells on stderr how far a build is: in place on a terminal, else a line for each tenth."""
    told = -1

    def tell(what: str, part: float) -> None:
        nonlocal told
        if sys.stderr.isatty():
            print(f"\r\033[K{part:4.0%}  {what}", end="\n" if part >= 1 else "", file=sys.stderr, flush=True)
        elif int(part * 10) > told:
            told = int(part * 10)
            print(f"{part:4.0%}  {what}", file=sys.stderr, flush=True)

    return tell


def waiting() -> Callable[[float, float], None]:
    """What tells on a terminal that an answer takes a while: its seconds, and the part that is done where known."""
    told = 0

    def tell(seconds: float, part: float) -> None:
        nonlocal told
        if sys.stderr.isatty() and int(seconds) != told:
            told = int(seconds)
            done = f", {part:.0%} done" if part else ""
            line = f"asking the cluster: {told} s{done}" if told else ""
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)

    return tell
