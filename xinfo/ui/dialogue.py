"""A user's conversation: the questions asked and their replies, kept over reruns. Draws and writes nothing.

The address of the page holds the questions as they were typed, so that a reload, a bookmark or a link leads there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import uuid4

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace
from xinfo.errors import XinfoError
from xinfo.query.failure import in_words
from xinfo.query.watch import Handle
from xinfo.shares import QUESTIONS
from xinfo.understand.dialogue import changed
from xinfo.understand.followed import Context
from xinfo.understand.read import LONGEST
from xinfo.understand.reading import Unclear
from xinfo.understand.suggest import Coverage, onward
from xinfo.understand.suggest.altered import Altered
from xinfo.understand.text import language_of

MOST_IN_ADDRESS = 10


@dataclass(frozen=True)
class Turn:
    """A question as it was typed, and what came of it."""

    number: int
    question: str
    reply: Answer | NotAnswered
    before: Context | None = None
    """What the question could refer to, for one that takes its place."""


@dataclass(frozen=True)
class State:
    """How a conversation stood after a question."""

    name: str
    turns: tuple[Turn, ...]
    context: Context | None


class Dialogue:
    """The turns of one user on one workspace; replies are in `lang`, or in Chinese where the question is.

    A conversation has a `name`. One that goes on from where it stood earlier is another, so that none loses what was
    asked in it.
    """

    def __init__(self, workspace: Workspace, lang: str):
        self.workspace, self.lang = workspace, lang
        self.turns: list[Turn] = []
        self.name = uuid4().hex
        self.edited = False
        """Whether the last question is being edited."""
        self._conversation = workspace.conversation(lang)
        self._told: dict[tuple[str, str], str] = {}
        self._states: dict[tuple[str, ...], State] = {}
        self._ends: dict[str, tuple[str, ...]] = {}
        """Where each conversation stood after its last question."""

    def ask(self, question: str, handle: Handle | None = None, instead: bool = False) -> Turn | None:
        """Adds a turn and gives it; what cannot be answered is a turn too, no text is none, nor what was called off.

        It takes the place of the last one where that is being edited or it is said to be asked `instead`, and refers to
        what that could refer to.
        """
        # One character too many stays one too many: the core says that it is too long.
        question = question.strip()[: LONGEST + 1]
        if not question:
            return None
        context = self._conversation.context
        instead = bool(self.turns) and (instead or self.edited)
        before = self.turns[-1].before if instead else context
        self._conversation.context = before
        reply = self._reply(question, lang := self.language_of(question), handle)
        if lang != self.language_of(question):  # The page went over to another language meanwhile.
            self._conversation.context = before
            reply = self._reply(question, self.language_of(question), handle)
        if handle and handle.cancelled:
            self._conversation.context = context
            return None
        if instead and not self.edited:
            reply = _marked(self.turns[-1].reply, reply)
        self._take(Turn(len(self.turns) - instead, question, reply, before))
        return self.turns[-1]

    def _take(self, turn: Turn) -> None:
        """Adds a turn, or puts it in the place of the one with its number."""
        here = tuple(self.questions())
        if self._ends.get(self.name, here) != here:
            self.name = uuid4().hex
        self.turns, self.edited = [*self.turns[: turn.number], turn], False
        self._ends[self.name] = self._stood()

    def begin_anew(self, name: str = "") -> None:
        """Begins another conversation, or one anew that has a name already."""
        self.name = name or uuid4().hex
        self._ends.pop(self.name, None)
        self.turns, self.edited, self._conversation.context = [], False, None

    def part(self) -> None:
        """What comes is another conversation's: the one that led here was deleted."""
        self.name = uuid4().hex
        self._states.clear()

    def go(self, questions: Sequence[str]) -> bool:
        """Goes to where it stood when the address held these questions; whether that is known."""
        state = self._states.get(tuple(questions))
        if state:
            self.name, self._conversation.context = state.name, state.context
            self.turns, self.edited = list(state.turns), False
        return state is not None

    @property
    def context(self) -> Context | None:
        """What the next question can refer to."""
        return self._conversation.context

    def edit(self) -> None:
        """The next question takes the place of the last one."""
        self.edited = bool(self.turns)

    def keep(self) -> None:
        """The last question stays after all."""
        self.edited = False

    def ask_again(self, workspace: Workspace, lang: str) -> None:
        """Every question anew, in order: in another language, on other figures."""
        self.workspace, self.lang, self._told, self._states = workspace, lang, {}, {}
        self._conversation = workspace.conversation(lang)
        questions, self.turns = [turn.question for turn in self.turns], []
        for question in questions:
            self._add(question, lang)

    def language_of(self, question: str) -> str:
        """Chinese characters call for a Chinese answer whatever the page is in."""
        return "zh" if language_of(question) == "zh" else self.lang

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
        return [standing_alone(turn) if turn.before else turn.question for turn in kept[:1]] + [
            turn.question for turn in kept[1:]
        ]

    def _stood(self) -> tuple[str, ...]:
        """Keeps how it stands now, by the address that leads back to that."""
        here = tuple(self.questions())
        self._states[here] = State(self.name, tuple(self.turns), self._conversation.context)
        return here

    def _add(self, question: str, lang: str) -> None:
        before = self._conversation.context
        self.turns.append(Turn(len(self.turns), question, self._reply(question, lang), before))
        self._stood()

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
