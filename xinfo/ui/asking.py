"""Questions that are being answered, in a thread of its own: the page shows that it works, and can call it off."""

from __future__ import annotations

import logging
import threading
import time

import streamlit as st

from xinfo.language.texts import text
from xinfo.query.watch import Handle
from xinfo.shares import PAGES, passed_on
from xinfo.ui.dialogue import Dialogue, Turn
from xinfo.ui.plain import plain

PATIENCE = 1.0
"""Seconds before the page says that an answer takes its time: most are there long before."""
_PAUSE = 0.2


class Asking:
    """Questions put to a dialogue, one after another: one that was typed, or those that an address holds."""

    def __init__(
        self, dialogue: Dialogue, *questions: str, earlier: Asking | None = None, instead: bool = False, by: str = ""
    ):
        """Begins once `earlier`, which was called off, has ended; asks after the last question or `instead` of it.

        `by` tells what asks, where nobody typed.
        """
        self._questions, self._instead, self.by = questions, instead, by
        self.question, self.since = questions[0], time.monotonic()
        """The one that is asked now, and since when they are."""
        self.turns: list[Turn] = []
        """What came of them so far; nothing of what was called off."""
        self._dialogue, self._earlier, self._handle = dialogue, earlier, Handle()
        self._thread = threading.Thread(target=passed_on(self._run), daemon=True)
        self._thread.start()

    def finished(self, patience: float = 0) -> bool:
        """Whether it has come to an end, in so many seconds from now."""
        if self._thread.is_alive() and patience:
            with PAGES.aside():
                self._thread.join(patience)
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """It ends as soon as it can, and nothing comes of it."""
        self._handle.cancel()

    @property
    def part(self) -> float:
        """Which part of the work is done, where that is known."""
        return self._handle.part

    @property
    def cancelled(self) -> bool:
        return self._handle.cancelled

    def _run(self) -> None:
        if self._earlier:
            self._earlier._thread.join()
        try:
            for question in self._questions:
                self.question = question
                turn = self._dialogue.ask(question, self._handle, self._instead)
                self.turns += [turn] if turn else []
        except Exception:  # a thread's failure would be seen nowhere
            logging.getLogger(__name__).exception("asking failed")


def begin(dialogue: Dialogue, *questions: str, instead: bool = False, by: str = "") -> None:
    """Begins to ask, in place of what is not answered yet."""
    waiting = under_way()
    if waiting:
        waiting.cancel()
    st.session_state.asking = Asking(dialogue, *questions, earlier=waiting, instead=instead, by=by)


def stop() -> None:
    """Calls off what is not answered yet, and waits for its end."""
    waiting = under_way()
    if waiting:
        waiting.cancel()
        while not waiting.finished(PATIENCE):
            pass
        del st.session_state["asking"]


def under_way() -> Asking | None:
    """What this session asks at the moment, until its answers are taken over."""
    asking: Asking | None = st.session_state.get("asking")
    return asking


def progress(asking: Asking, lang: str) -> None:
    """Shows that the question is being worked on, and a button that calls it off, until it has come to an end."""
    place = st.empty()
    with place.container(border=True, key="asking"):
        st.markdown(plain(asking.question))
        with st.container(horizontal=True, vertical_alignment="center"):
            said = st.empty()
            st.button(
                text("ui.call_off", lang),
                icon=":material/close:",
                on_click=asking.cancel,
                disabled=asking.cancelled,
                key="call-off",
            )
    while not asking.finished(_PAUSE):
        # Each draws, and at each Streamlit may hand over to the run that a click on the button began.
        seconds = int(time.monotonic() - asking.since)
        done = text("ui.part_done", lang, part=f"{asking.part:.0%}") if asking.part else ""
        said.caption(text("ui.still_asking", lang, seconds=seconds) + done)
    place.empty()
