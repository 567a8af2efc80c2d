"""`xinfo suggest`: what may follow a question typed so far."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from xinfo.cli.console import json_lines, say, write_json
from xinfo.cli.stores import engine_options, opened, published_option, store_option
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.ask import Workspace
    from xinfo.understand.suggest import Coverage

HELP = "show how a question typed so far may go on; each proposal is a whole question that has an answer"
EXAMPLES = ('xinfo suggest "growth of GDP of"', """echo '{"id": 1, "text": "西宁"}' | xinfo suggest -""")


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    engine_options(parser)
    published_option(parser)
    parser.add_argument(
        "text", metavar="TEXT", help='what was typed; or - for JSON lines {"id", "text"}, each answered with one'
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON; with - it always is")


def run(arguments: argparse.Namespace) -> int:
    from xinfo.query.coverage import read_coverage

    workspace = opened(arguments)
    coverage = read_coverage(workspace.engine, workspace.published_only)
    if arguments.text != "-":
        found = _suggestions(arguments.text, workspace, coverage)
        if arguments.json:
            write_json({"suggestions": found})
        elif found:
            say("\n".join(f"{one['text']}  [{one['label']}]" for one in found))
        return 0
    for line in json_lines():
        if isinstance(line, InputError) or not isinstance(line.get("text"), str):
            broken = isinstance(line, InputError)
            reason = str(line) if broken else "there is no text under 'text'"
            write_json({"id": None if broken else line.get("id"), "suggestions": [], "reason": reason})  # type: ignore[union-attr]
        else:
            write_json({"id": line.get("id"), "suggestions": _suggestions(line["text"], workspace, coverage)})
    return 0


def _suggestions(typed: str, workspace: Workspace, coverage: Coverage) -> list[dict[str, Any]]:
    from xinfo.understand.suggest import suggest
    from xinfo.understand.text import language_of

    found = suggest(typed, workspace.reader, language_of(typed), coverage=coverage)
    return [{"text": one.text, "kind": one.kind, "label": one.label} for one in found]
