"""Conversations that programs carry on, each known by an id that cannot be guessed. Asks nothing of its own.

An id is handed out with an answer and shown again for a follow-up, so that several conversations of one program, or one
of many connections, never mix. Questions of one conversation wait for each other.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Conversation, Workspace
from xinfo.query.watch import Handle

MOST = 2000
"""Conversations that are kept; the one that has rested longest goes first."""
REST = 3600.0
"""Seconds without a question after which one is forgotten: it holds on to the figures it was asked on."""
MOST_SINCE = 5
"""Questions without an answer that a later one may still refer to."""


class Kept:
    """A conversation, and what it takes to carry it on when the figures are others."""

    def __init__(self, id: str, owner: str):
        self.id, self.owner = id, owner
        self._lock = threading.Lock()
        self._conversation: Conversation | None = None
        self.last = time.monotonic()
        self._since: list[str] = []
        """The sentence of the last answer, and the questions that had none since."""

    def ask(self, question: str, lang: str | None, workspace: Workspace, handle: Handle) -> Answer | NotAnswered:
        """The answer on this workspace; a question that was called off leaves nothing behind."""
        with self._lock:
            conversation = self._on(workspace)
            before = conversation.context
            reply = conversation.ask(question, lang, handle)
            if handle.cancelled:
                conversation.context = before
            elif isinstance(reply, Answer):
                self._since = [reply.reading.sentence]
            else:
                self._since = [*self._since, question][-MOST_SINCE:]
            return reply

    def _on(self, workspace: Workspace) -> Conversation:
        """The conversation on a workspace: figures that were loaded since, or the published ones alone."""
        if self._conversation is None or self._conversation.workspace != workspace:
            self._conversation = workspace.conversation()
            for question in self._since:
                self._conversation.ask(question)
        return self._conversation


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
            while len(self._kept) > self._most or next(iter(self._kept.values())).last < found.last - self._rest:
                self._kept.popitem(last=False)
        return found
