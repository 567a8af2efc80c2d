"""`xinfo ask`: one question for a person, or a stream of them as JSON lines for a program."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xinfo.cli.console import LANGUAGES, complain, json_lines, say, write_json
from xinfo.cli.stores import cluster, day, engine_options, named, now, opened, published_option, store_option
from xinfo.errors import InputError, XinfoError, did_you_mean

if TYPE_CHECKING:
    from xinfo.answer.answer import Answer, NotAnswered
    from xinfo.answer.origin.trace import Trace
    from xinfo.ask import Conversation, Workspace

HELP = "answer a question in words, or a stream of questions"
EXAMPLES = (
    'xinfo ask "What was Xining\'s information consumption in the first three quarters of 2013?"',
    "xinfo ask 2015年信息消费最高的五个试点是哪些",
    'xinfo ask --trace "Growth of GDP in Xining in 2015"',
    'xinfo ask --as-known-on 2016-03-31 "GDP of Xining in 2015"',
    'xinfo ask --engine spark://localhost:15002 --tables /data/xinfo "GDP of Xining in 2015"',
    """echo '{"id": 1, "question": "GDP of Xining in 2014"}' | xinfo ask --json -""",
)


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    engine_options(parser)
    parser.add_argument(
        "question",
        metavar="QUESTION",
        help='a question in English or Chinese; or - for JSON lines {"id", "question", "conversation"?, "lang"?}, each '
        "answered with a JSON line; lines with the same conversation share context",
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="the answer's language; else the question's own")
    parser.add_argument("--json", action="store_true", help="answer in JSON; with - it always is")
    parser.add_argument("--trace", action="store_true", help="tell the published rows behind each figure")
    parser.add_argument(
        "--as-known-on", type=day, metavar="DATE", help="answer from the version of the store that counted on this day"
    )
    published_option(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    if arguments.question == "-":
        _stream(workspace, arguments)
        return 0
    return _single(workspace.conversation(arguments.lang), arguments)


def _single(conversation: Conversation, arguments: argparse.Namespace) -> int:
    from xinfo.answer.answer import NotAnswered
    from xinfo.cli.page import choices, page
    from xinfo.loop.asked import note

    answer = conversation.ask(arguments.question)
    traces = _traces(answer, conversation.workspace, arguments)
    if arguments.json:
        write_json(_json(answer, traces))
    elif not isinstance(answer, NotAnswered):
        say(page(answer, traces or ()))
    if not isinstance(answer, NotAnswered):
        return 0
    if not cluster(arguments):
        note(named(arguments), answer, datetime.fromisoformat(now()))
    status = complain(answer.unclear.reason)
    if answer.unclear.choices and not arguments.json:
        say(choices(answer.unclear))
    return status


def _traces(
    answer: Answer | NotAnswered, workspace: Workspace, arguments: argparse.Namespace
) -> Sequence[Trace] | None:
    """The origin of each row of an answer, where it was asked for."""
    from xinfo.answer.answer import Answer
    from xinfo.ask import traced

    if not arguments.trace or not isinstance(answer, Answer):
        return None
    return [traced(answer, at, workspace) for at in range(max(len(answer.rows), 1))]


def _json(answer: Answer | NotAnswered, traces: Sequence[Trace] | None, id: str | int | None = None) -> dict[str, Any]:
    from xinfo.answer.form import to_json
    from xinfo.answer.origin.trace import to_json as origin

    made = to_json(answer, id)
    return made if traces is None else {**made, "origins": [origin(trace) for trace in traces]}


def _stream(workspace: Workspace, arguments: argparse.Namespace) -> None:
    """A JSON line for each line of stdin, in order; whatever a line holds, it gets an answer."""
    conversations: dict[str, Conversation] = {}
    for line in json_lines():
        try:
            write_json(_answer(line, workspace, arguments, conversations))
        except BrokenPipeError:
            raise
        # One line must not keep the others from their answers, whatever it makes go wrong.
        except Exception as error:
            known = isinstance(error, XinfoError)
            write_json(
                _refused(line, str(error) if known else f"xinfo failed at this: {type(error).__name__}: {error}")
            )


def _answer(
    line: Mapping[str, Any] | InputError,
    workspace: Workspace,
    arguments: argparse.Namespace,
    conversations: dict[str, Conversation],
) -> dict[str, Any]:
    if isinstance(line, InputError):
        raise line
    question, wanted, shared = line.get("question"), line.get("lang") or arguments.lang, line.get("conversation")
    if not isinstance(question, str):
        raise InputError(f"there is no text under 'question'{did_you_mean('question', line)}")
    if wanted not in (None, *LANGUAGES):
        raise InputError(f"'lang' is {wanted!r}; expected one of {', '.join(LANGUAGES)}")
    conversation = workspace.conversation(wanted)
    if shared is not None:
        conversation = conversations.setdefault(str(shared), conversation)
    answer = conversation.ask(question, wanted)
    return _json(answer, _traces(answer, workspace, arguments), line.get("id"))


def _refused(line: Mapping[str, Any] | InputError, reason: str) -> dict[str, Any]:
    from xinfo.answer.answer import NotAnswered
    from xinfo.answer.form import to_json
    from xinfo.understand.reading import Unclear
    from xinfo.understand.text import language_of

    given = {} if isinstance(line, InputError) else line
    question = str(given.get("question") or "")
    lang = given["lang"] if given.get("lang") in LANGUAGES else language_of(question)
    return to_json(NotAnswered(Unclear(question, lang, "refused", reason)), given.get("id"))
