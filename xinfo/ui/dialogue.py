"""A user's conversation: the questions asked and their replies, kept over reruns. Draws and writes nothing.

The address of the page holds the questions, so that a reload, a bookmark or a link leads to the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.query.failure import in_words
from xinfo.query.watch import Handle
from xinfo.shares import QUESTIONS
from xinfo.understand.dialogue import changed
from xinfo.understand.followed import Context
from xinfo.understand.reading import Unclear
from xinfo.understand.suggest import Coverage, onward
from xinfo.understand.suggest.altered import Altered

LONGEST_QUESTION = 500
MOST_IN_ADDRESS = 10


@dataclass(frozen=True)
class Turn:
    """A question as it was typed, and what came of it."""

    number: int
    question: str
    reply: Answer | NotAnswered
    before: Context | None = None
    """What the question could refer to, for one that takes its place."""


class Dialogue:
    """The turns of one user on one workspace; replies are in `lang`, or in Chinese where the question is."""

    def __init__(self, workspace: Workspace, lang: str):
        self.workspace, self.lang = workspace, lang
        self.turns: list[Turn] = []
        self.edited = False
        """Whether the last question is being edited."""
        self._conversation = workspace.conversation(lang)
        self._told: dict[tuple[str, str], str] = {}

    def ask(self, question: str, handle: Handle | None = None, instead: bool = False) -> Turn | None:
        """Adds a turn and gives it; what cannot be answered is a turn too, no text is none, nor what was called off.

        It takes the place of the last one where that is being edited or it is said to be asked `instead`, and refers to
        what that could refer to.
        """
        # One character too many stays one too many: the core says that it is too long.
        question = question.strip()[: LONGEST_QUESTION + 1]
        if not question:
            return None
        context = self._conversation.context
        instead = bool(self.turns) and (instead or self.edited)
        before = self.turns[-1].before if instead else context
        self._conversation.context = before
        reply = self._reply(question, self.language_of(question), handle)
        if handle and handle.cancelled:
            self._conversation.context = context
            return None
        if instead and not self.edited:
            reply = _marked(self.turns[-1].reply, reply)
        kept = self.turns[:-1] if instead else self.turns
        self.turns, self.edited = [*kept, Turn(len(kept), question, reply, before)], False
        return self.turns[-1]

    def edit(self) -> None:
        """The next question takes the place of the last one."""
        self.edited = bool(self.turns)

    def keep(self) -> None:
        """The last question stays after all."""
        self.edited = False

    def ask_again(self, workspace: Workspace, lang: str) -> None:
        """Every question anew, in order: in another language, on other figures."""
        self.workspace, self.lang, self._told = workspace, lang, {}
        self._conversation = workspace.conversation(lang)
        questions, self.turns = [turn.question for turn in self.turns], []
        for question in questions:
            self._add(question, lang)

    def language_of(self, question: str) -> str:
        """Chinese characters call for a Chinese answer whatever the page is in."""
        return "zh" if any("\u4e00" <= character <= "\u9fff" for character in question) else self.lang

    def told(self, question: str, lang: str) -> str:
        """The sentence that answers a question by itself, which is no turn; empty where nothing does."""
        if (question, lang) not in self._told:
            reply = self.workspace.conversation(lang).ask(question, lang)
            self._told[question, lang] = reply.headline if isinstance(reply, Answer) else ""
        return self._told[question, lang]

    def onward(self, coverage: Coverage) -> tuple[str, ...]:
        """Questions that lead on from the last answer; none where there is no answer."""
        context = self._conversation.context
        reply = self.turns[-1].reply if self.turns else None
        if not isinstance(reply, Answer) or context is None:
            return ()
        return onward(context.frame, reply.reading, self.workspace.reader, coverage)

    def altered(self, coverage: Coverage) -> Altered:
        """The last answer's question with a part taken away or put beside."""
        context, reply = self._conversation.context, self.turns[-1].reply
        assert context is not None
        assert isinstance(reply, Answer)
        return Altered(context.frame, reply.reading, self.workspace.reader, coverage)

    def questions(self) -> list[str]:
        """What the page's address holds: the last questions, the first of them in words that need none before."""
        kept = self.turns[-MOST_IN_ADDRESS:]
        return [standing_alone(turn) for turn in kept[:1]] + [turn.question for turn in kept[1:]]

    def _add(self, question: str, lang: str) -> None:
        before = self._conversation.context
        self.turns.append(Turn(len(self.turns), question, self._reply(question, lang), before))

    def _reply(self, question: str, lang: str, handle: Handle | None = None) -> Answer | NotAnswered:
        handle = handle or Handle()
        try:
            with QUESTIONS.turn(called_off=handle.is_cancelled):
                return self._conversation.ask(question, lang, handle)
        except XinfoError as error:
            return NotAnswered(Unclear(question, lang, "refused", in_words(error, lang)))


def _marked(before: Answer | NotAnswered, reply: Answer | NotAnswered) -> Answer | NotAnswered:
    """An answer that took another's place, which tells what became different."""
    if not isinstance(before, Answer) or not isinstance(reply, Answer):
        return reply
    anew = changed(before.reading.slots, reply.reading.slots)
    return replace(reply, reading=replace(reply.reading, changed=anew))


def standing_alone(turn: Turn) -> str:
    """The turn's question in words that need no question before it."""
    return turn.reply.reading.sentence if isinstance(turn.reply, Answer) else turn.question


def address(page: str, turn: Turn, kept: Mapping[str, str]) -> str:
    """The link that asks this turn's question; `page` is the page's address, `kept` tells of which figures."""
    return f"{page.split('?')[0]}?{urlencode({**kept, 'q': standing_alone(turn)})}"
