"""`xinfo brief`: briefings rendered, made from templates, checked when they come back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli import brief_files, brief_issues, brief_keys
from xinfo.cli.console import LANGUAGES, complain, say, write_json
from xinfo.cli.console import tell as note
from xinfo.cli.removing import removed, yes_option
from xinfo.cli.stores import by_option, named, now, opened, published_option, store_option
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.ask import Workspace
    from xinfo.briefing.document import Document
    from xinfo.briefing.model import Briefing

HELP = "render a briefing, or make, list and check them"
EXAMPLES = (
    "xinfo brief new quarterly_progress xining 2015Q1-Q3",
    "xinfo brief xining-2015q1-q3-quarterly-progress --out xining.pdf --out xining.docx",
    "xinfo brief xining-2015q1-q3-quarterly-progress --lang zh --out xining.pptx --house house.pptx",
    "xinfo brief xining-2015q1-q3-quarterly-progress --period due --out xining.pdf",
    "xinfo brief xining-2015q1-q3-quarterly-progress --out files/",
    "xinfo brief check xining-edited.docx",
    "xinfo brief keys new 'Li Hua'",
    "xinfo brief issue xining-2015q1-q3-quarterly-progress --by 'Li Hua'",
    "xinfo brief sign xining-2015q1-q3-quarterly-progress 1 --as reviewer --by 'Wang Fang'",
    "xinfo brief files xining-2015q1-q3-quarterly-progress 1 --lang zh --out files/",
    "xinfo brief verify xining-1.zip --keys keys.json",
    "xinfo brief list",
)
ACTIONS = {
    "BRIEFING": "render a saved briefing, or a YAML file, to --out; exit 1 where figures are late or incomplete",
    "list": "the saved briefings",
    "new TEMPLATE PLACE PERIOD": "make a briefing from a template and save it",
    "next BRIEFING": "the same briefing for the next period, or for --period",
    "check FILE": "a file that came back, beside all that it said when it was written; exit 1 for any change",
    "issue BRIEFING": "fill it as its next numbered issue, in both languages, signed by its author",
    "sign BRIEFING NUMBER": "sign an issue, --as reviewer or signer",
    "files BRIEFING NUMBER": "write an issue's files to --out, without a seal",
    "seal BRIEFING NUMBER": "write a signed issue to --out FILE.zip",
    "verify FILE.zip": "prove a sealed issue without the store: figures, signatures, files; else exit 1",
    "keys": "the keys that sign: whose each is, and whether it counts",
    "keys new NAME": "make a key, with a passphrase; --by NAME then signs with it",
    "keys revoke KEY": "it signs no more; with --stolen nothing it ever signed counts",
    "keys export": "the list, to --out FILE, for those who verify",
    "since BRIEFING NUMBER": "what has changed since an issue, by cause; with --file as it was edited",
    "remove BRIEFING": "move a saved briefing to the bin; one that was issued stays",
}


def options(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawTextHelpFormatter
    store_option(parser)
    by_option(parser)
    told = "\n".join(f"{name:27} {what}" for name, what in ACTIONS.items())
    parser.add_argument("words", nargs="+", metavar="BRIEFING", help=told)
    parser.add_argument(
        "--out", type=Path, action="append", metavar="FILE", help=f"{brief_files.KINDS_OF_OUT}; may be repeated"
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="else the briefing's own language")
    parser.add_argument("--house", type=Path, metavar="FILE", help="a PPTX whose masters the slides stand on")
    parser.add_argument(
        "--period", metavar="PERIOD", help="render it for another period; 'due' is the last one that is over"
    )
    parser.add_argument("--as", dest="role", choices=("author", "reviewer", "signer"), help="the role of a signature")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="verify by this list of keys, else by the store's")
    parser.add_argument("--stolen", action="store_true", help="keys revoke: somebody else may have signed with it")
    parser.add_argument("--file", type=Path, metavar="FILE", help="the earlier issue's file as it came back")
    parser.add_argument("--json", action="store_true", help="check in JSON")
    published_option(parser)
    yes_option(parser)


def run(arguments: argparse.Namespace) -> int:
    first, *rest = arguments.words
    actions: dict[str, tuple[int, Callable[..., int]]] = {
        "list": (0, _list),
        "new": (3, _new),
        "next": (1, _next),
        "check": (1, _check),
        "issue": (1, brief_issues.issue),
        "sign": (2, brief_issues.sign),
        "files": (2, brief_issues.files),
        "seal": (2, brief_issues.seal),
        "verify": (1, brief_issues.verify),
        "since": (2, brief_issues.since),
        "remove": (1, _remove),
    }
    if first == "keys":
        return brief_keys.keys(arguments, *rest)
    if first not in actions:
        return _render(arguments) if not rest else _too_many(first, rest)
    wanted, act = actions[first]
    if len(rest) != wanted:
        raise InputError(f"'brief {first}' takes {wanted or 'no'} more words, not {len(rest)}")
    return act(arguments, *rest)


def _too_many(first: str, rest: list[str]) -> int:
    raise InputError(f"one briefing at a time; '{first}' was followed by '{' '.join(rest)}'")


def _render(arguments: argparse.Namespace) -> int:
    """The files, or why the document must not go out."""
    from xinfo.briefing.gate import stops
    from xinfo.cli.console import progress

    if not arguments.out:
        raise InputError("nothing to write", brief_files.KINDS_OF_OUT)
    workspace = opened(arguments)
    document = _filled(_briefing(arguments, workspace), workspace, arguments)
    if why := stops(document):
        first, *more = why
        return complain(f"{first} (and {len(more)} more)" if more else first)
    tell = progress()
    paths = [one for path in arguments.out for one in brief_files.at(path, document, workspace)]
    brief_files.write(document, paths, arguments, tell)
    tell("done", 1)
    if not document.author:
        # The account that it runs under is nobody's name.
        note("no author is named in it: --by NAME does that")
    return 0


def _briefing(arguments: argparse.Namespace, workspace: Workspace) -> Briefing:
    """The one that is named, carried on to another period where one is given."""
    from datetime import date

    from xinfo.briefing.gate import due
    from xinfo.briefing.saved import find
    from xinfo.briefing.templates import carried_on

    briefing = find(named(arguments), arguments.words[0])
    period = arguments.period
    if period == "due":
        period = due(briefing.period, date.fromisoformat(now()[:10])) if briefing.period else None
    return carried_on(briefing, period, workspace, briefing.id) if period else briefing


def _filled(briefing: Briefing, workspace: Workspace, arguments: argparse.Namespace) -> Document:
    from xinfo.briefing.fill import fill

    return fill(briefing, workspace, arguments.lang or briefing.lang, made=now(), author=arguments.by or "")


def _list(arguments: argparse.Namespace) -> int:
    from xinfo.briefing.model import said
    from xinfo.briefing.saved import find, listed

    store = named(arguments)
    for name in listed(store):
        say(f"{name}  {said(find(store, name).title, arguments.lang or 'en')}")
    return 0


def _new(arguments: argparse.Namespace, template: str, place: str, period: str) -> int:
    from dataclasses import replace

    from xinfo.briefing.templates import drafted

    made = drafted(template, place, period, opened(arguments), arguments.lang or "en")
    _keep(replace(made, published_only=arguments.published_only), arguments)
    return 0


def _next(arguments: argparse.Namespace, name: str) -> int:
    from xinfo.briefing.saved import find
    from xinfo.briefing.templates import carried_on, following, name_for

    store = named(arguments)
    briefing = find(store, name)
    period = arguments.period or following(briefing.period or "")
    made = carried_on(briefing, period, opened(arguments), name_for(briefing, period))
    _keep(made, arguments)
    return 0


def _keep(briefing: Briefing, arguments: argparse.Namespace) -> None:
    """Saves a new briefing and says where; none that is there already is overwritten."""
    from xinfo.briefing.saved import folder
    from xinfo.briefing.together import keep

    kept = keep(named(arguments), briefing, None).briefing
    say(str(folder(named(arguments)) / f"{kept.id}.yaml"))


def _check(arguments: argparse.Namespace, name: str) -> int:
    """Says all that is not as it was written, and every figure that is not confirmed; 1 where there is any."""
    from xinfo.briefing.check import words
    from xinfo.briefing.check.whole import checked
    from xinfo.briefing.files import kind_of
    from xinfo.briefing.saved import folder

    path = Path(name)
    found = checked(_content(path), kind_of(path), opened(arguments), folder(named(arguments)))
    lang = arguments.lang or found.document.lang
    if arguments.json:
        write_json(words.form(found))
        return 0 if found.good else 1
    for said in filter(None, (words.seal(found, lang), words.state(found, lang))):
        say(said)
    for one in found.differences:
        say(words.difference(one, found, lang))
    for figure in found.figures:
        if not figure.good:
            say(words.line(figure, lang))
    say(words.counts(found.figures, lang))
    return 0 if found.good else 1


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} could not be read: {error.strerror}") from error


def _remove(arguments: argparse.Namespace, name: str) -> int:
    from xinfo.stewardship.removal import of_briefing

    return removed(arguments, of_briefing(named(arguments), name))
