"""Conversations that programs carry on, each known by an id that cannot be guessed. Asks nothing of its own.

An id is handed out with an answer and shown again for a follow-up, so that several conversations of one program, or one
of many connections, never mix. Questions of one conversation wait for each other. None of them holds on to figures.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass
from weakref import ReferenceType, ref

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Conversation, Workspace
from xinfo.query.watch import Handle
from xinfo.understand.followed import Context
from xinfo.understand.read import Reader

MOST = 2000
"""Conversations that are kept; where there are more, whoever has most loses the one that has rested longest."""
REST = 3600.0
"""Seconds without a question after which one is forgotten."""
MOST_SINCE = 5
"""Questions without an answer that a later one may still refer to."""


@dataclass(frozen=True)
class Point:
    """How far a conversation has come."""

    said: tuple[str, ...] = ()
    """The sentence of the last answer, and the questions that had none since."""
    context: Context | None = None
    reader: ReferenceType[Reader] | None = None
    """Whose words and templates the context is of."""

    def on(self, workspace: Workspace) -> Conversation:
        """It on a workspace; where figures or templates are others by now, what was said is asked again."""
        conversation = workspace.conversation()
        if self.reader and self.reader() is workspace.reader:
            conversation.context = self.context
        else:
            for question in self.said:
                conversation.ask(question)
        return conversation


class Kept:
    """A conversation, and what it takes to carry it on."""

    def __init__(self, id: str, owner: str):
        self.id, self.owner = id, owner
        self.last = time.monotonic()
        self._lock = threading.Lock()
        self._at = Point()
        self._unanswered: tuple[str, Point] | None = None
        """The last question where it had no answer, and from where it was asked: asked once more, it is that again."""

    def ask(self, question: str, lang: str | None, workspace: Workspace, handle: Handle) -> Answer | NotAnswered:
        """The answer on this workspace; a question that was called off leaves nothing behind."""
        with self._lock:
            before, start = self._unanswered or ("", self._at)
            start = start if question == before else self._at
            conversation = start.on(workspace)
            reply = conversation.ask(question, lang, handle)
            if not handle.cancelled:
                said = (reply.reading.sentence,) if isinstance(reply, Answer) else (*start.said, question)
                self._at = Point(said[-MOST_SINCE:], conversation.context, ref(workspace.reader))
                self._unanswered = (question, start) if isinstance(reply, NotAnswered) else None
            return reply


class Conversations:
    """Those that are kept, by id; safe to share between threads."""

    def __init__(self, most: int = MOST, rest: float = REST):
        self._most, self._rest = most, rest
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, owner: str, id: str | None) -> Kept | None:
        """The conversation of this id, or a new one without; None for an id that is not known, or another owner's."""
        with self._lock:
            found = self._kept.get(id) if id else Kept(secrets.token_urlsafe(12), owner)
            if not found or found.owner != owner:
                return None
            self._kept[found.id] = found
            self._kept.move_to_end(found.id)
            found.last = time.monotonic()
            while next(iter(self._kept.values())).last < found.last - self._rest:
                self._kept.popitem(last=False)
            if len(self._kept) > self._most:
                self._forget_one()
        return found

    def _forget_one(self) -> None:
        """So that nobody's are pushed out by another's."""
        [(owner, _)] = Counter(one.owner for one in self._kept.values()).most_common(1)
        del self._kept[next(id for id, one in self._kept.items() if one.owner == owner)]
