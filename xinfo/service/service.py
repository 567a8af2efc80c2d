"""What programs may ask, each on behalf of a person: his roles, the log, then the answer as JSON.

Front ends hand in how the figures are opened and what time it is. Nothing here changes a store.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xinfo import audit
from xinfo.access.person import Person, may
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.export import FILES
from xinfo.ask import Workspace, traced
from xinfo.errors import InputError, NotAllowed, StoreError
from xinfo.language.texts import text
from xinfo.loop import asked as loop
from xinfo.query.coverage import read_coverage
from xinfo.query.watch import Handle
from xinfo.service import form, held, pages, reference
from xinfo.service.address import loopback
from xinfo.service.conversations import Conversations
from xinfo.service.form import Depth, Json, deed
from xinfo.service.marks import Marks
from xinfo.shares import Claimant
from xinfo.understand.suggest import Coverage, index_of, suggest
from xinfo.understand.text import language_of

ENGLISH = "en"


@dataclass(frozen=True)
class Caller:
    """On whose behalf a program asks, and by which way it came."""

    person: Person
    way: str
    """mcp or api, for the log."""
    token: str = ""
    """The number of the token that it shows; empty where it needs none."""
    client: str = ""
    """The address that it asks from, over HTTP."""

    @property
    def key(self) -> str:
        """What its pace is counted by and its conversations are kept for."""
        return self.token or self.client

    @property
    def claimant(self) -> Claimant:
        """Whose share of the machine it takes."""
        if self.token:
            return Claimant(self.person.signature)
        return Claimant(f"{self.way} {self.client}", "" if loopback(self.client) else self.client)


@dataclass(frozen=True)
class Asked:
    """A question's reply, with what it was asked on."""

    reply: Answer | NotAnswered
    workspace: Workspace
    conversation: str | None = None

    @property
    def json(self) -> Json:
        return form.answered(self.reply, self.workspace, self.conversation)


class Service:
    """One for all programs of a server; safe to share between threads."""

    def __init__(
        self, store: Path, opened: Callable[[Person, bool], Workspace], now: Callable[[], str],
        told: Callable[[Answer | NotAnswered], None] | None = None,
    ):  # fmt: skip
        """`opened` gives the figures that someone asks, all or the published ones alone; `now` the time as ISO text.

        `told` hears of every reply.
        """
        self._store, self._opened, self._now, self._told = store, opened, now, told
        self._conversations, self._marks = Conversations(), Marks()

    def prepare(self, caller: Caller, proposing: bool = False) -> None:
        """Opens the figures, so that the first question need not wait for that; what fails here fails there.

        With `proposing` also what proposals are made from, which takes seconds.
        """
        with suppress(StoreError, InputError):
            workspace = self._opened(caller.person, False)
            if proposing:
                index_of(workspace.reader, self._coverage(workspace)).prepare()

    def mark(self, caller: Caller, published_only: bool = False) -> str:
        """What stays the same as long as this caller gets the same answers. Raises NotAllowed, StoreError."""
        return self._marks.of(self._entered(caller, "ask", published_only))

    def ask(
        self, caller: Caller, question: str, lang: str | None = None, conversation: str | None = None,
        published_only: bool = False, handle: Handle | None = None, alone: bool = False,
    ) -> Asked:  # fmt: skip
        """The reply to a question: after those of a conversation, at the beginning of one, or `alone`, as of none.

        Raises NotAllowed, StoreError, and InputError for a conversation that is not known.
        """
        handle = handle or Handle()
        workspace = self._entered(caller, "ask", published_only)
        kept = None if alone else self._conversations.find(caller.key, conversation)
        if not (kept or alone):
            said = lang or language_of(question)
            raise InputError(text("service.unknown_conversation", said, id=f"'{(conversation or '')[:40]}'"))
        reply = (
            kept.ask(question, lang, workspace, handle)
            if kept
            else workspace.conversation().ask(question, lang, handle)
        )
        if not handle.cancelled:
            self._noted(caller, "ask", workspace, **deed(question, reply))
            loop.note(self._store, reply, datetime.fromisoformat(self._now()))
            if self._told:
                self._told(reply)
        return Asked(reply, workspace, kept.id if kept else None)

    def prove(
        self, caller: Caller, question: str, row: int | None = None, lang: str | None = None,
        published_only: bool = False, depth: Depth | None = None, handle: Handle | None = None,
    ) -> Json:  # fmt: skip
        """The published rows behind the answer to a question that stands alone; where it has none, why.

        Raises the same as `ask`, EngineError, and InputError for a row that the answer has not.
        """
        workspace = self._entered(caller, "ask", published_only)
        reply = workspace.conversation().ask(question, lang, handle)
        if not (handle and handle.cancelled):
            self._noted(caller, "prove", workspace, **deed(question, reply))
        if isinstance(reply, NotAnswered):
            return form.answered(reply, workspace)
        if row is not None and row >= max(len(reply.rows), 1):
            raise InputError(f"the answer has no row {row}", f"0 to {max(len(reply.rows), 1) - 1}")
        depth = depth or Depth()
        traces = {at: traced(reply, at, workspace, handle) for at in depth.rows_of(len(reply.rows), row)}
        return form.proved(reply, traces, workspace, depth)

    def suggest(self, caller: Caller, text: str, lang: str | None = None, published_only: bool = False) -> Json:
        """How a question may go on: whole questions that have an answer. Raises NotAllowed, StoreError."""
        workspace = self._entered(caller, "ask", published_only)
        said = lang or language_of(text)
        found = suggest(text, workspace.reader, said, coverage=self._coverage(workspace))
        told = [{"question": one.text, "kind": one.kind, "label": one.label} for one in found]
        return {"text": text, "lang": said, "suggestions": told}

    def what_is_held(
        self, caller: Caller, metric: str = "", place: str = "", period: str = "", lang: str = ENGLISH,
        published_only: bool = False,
    ) -> Json:  # fmt: skip
        """What there are figures of, and what is missing. Raises the same, EngineError, InputError for what is none."""
        workspace = self._entered(caller, "ask", published_only)
        return held.what_is_held(workspace, held.about(workspace.catalog, metric, place, period), lang)

    def figures(
        self, caller: Caller, metric: str = "", place: str = "", period: str = "", after: str = "", most: int = 1000,
        published_only: bool = False,
    ) -> Json:  # fmt: skip
        """A page of the figures themselves. Raises the same, and InputError where others came since the first page."""
        workspace = self._entered(caller, "export", published_only)
        made = pages.page(workspace, held.about(workspace.catalog, metric, place, period), after, most)
        wanted = {"metric": metric, "place": place, "period": period}
        named = {name: value for name, value in wanted.items() if value}
        self._noted(caller, "export", workspace, figures=str(len(made["figures"])), **named)
        return made

    def export(self, caller: Caller, asked: Asked, ending: str) -> bytes:
        """An answer as a file of this kind. Raises NotAllowed, and InputError where it has no chart to draw."""
        workspace = self._entered(caller, "export", asked.workspace.published_only)
        if not isinstance(asked.reply, Answer):
            raise InputError(asked.reply.unclear.reason)
        made = FILES[ending][0](asked.reply)
        self._noted(caller, "export", workspace, question=asked.reply.reading.question, file=ending)
        return made

    def templates(self, caller: Caller, lang: str = ENGLISH) -> Json:
        """The kinds of questions, with examples. Raises NotAllowed, StoreError."""
        return reference.templates(self._entered(caller, "ask"), lang)

    def template(self, caller: Caller, id: str, lang: str = ENGLISH) -> Json:
        """One kind of question. Raises the same, and InputError where there is none of this id."""
        return reference.template(self._entered(caller, "ask"), id, lang)

    def definitions(self, caller: Caller, lang: str = ENGLISH) -> Json:
        """What each metric that is held means. Raises NotAllowed, StoreError, EngineError."""
        return reference.definitions(self._entered(caller, "ask"), lang)

    def definition(self, caller: Caller, metric: str, lang: str = ENGLISH) -> Json:
        """What one metric means. Raises the same, and InputError where there is none of this name."""
        return held.definition(self._entered(caller, "ask"), metric, lang)

    def _entered(self, caller: Caller, action: str, published_only: bool = False) -> Workspace:
        """The figures to ask, once it is sure that the caller may."""
        if not (verdict := may(caller.person, action)):
            self._noted(caller, "refuse", None, action=action, reason=verdict.reason)
            raise NotAllowed(verdict.reason)
        return self._opened(caller.person, published_only)

    def _coverage(self, workspace: Workspace) -> Coverage:
        return read_coverage(workspace.engine, workspace.published_only)

    def _noted(self, caller: Caller, did: str, workspace: Workspace | None, **what: str) -> None:
        """Notes a deed in the log. Where that cannot be written the deed stands; the program's log tells."""
        mark = workspace.meta.get("fingerprint", "") if workspace else ""
        told = {**what, "by": caller.way, **({"token": caller.token} if caller.token else {})}
        try:
            audit.record(
                self._store, did, who=caller.person.signature, at=self._now(), what=told, fingerprint=mark
            )  # fmt: skip
        except StoreError:
            logging.getLogger(__name__).exception("the log could not be written")
