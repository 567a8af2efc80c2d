"""A question that is being answered, in a thread of its own: the page shows that it works, and can call it off."""

from __future__ import annotations

import logging
import threading
import time

import streamlit as st

from xinfo.language.texts import text
from xinfo.query.watch import Handle
from xinfo.ui.dialogue import Dialogue, Turn
from xinfo.ui.plain import plain

PATIENCE = 1.0
"""Seconds before the page says that an answer takes its time: most are there long before."""
_PAUSE = 0.2


class Asking:
    """One question put to a dialogue."""

    def __init__(self, dialogue: Dialogue, question: str, earlier: Asking | None = None, instead: bool = False):
        """Begins once `earlier`, which was called off, has ended; asks after the last question or `instead` of it."""
        self._instead = instead
        self.question, self.since = question, time.monotonic()
        self.turn: Turn | None = None
        """What came of it; none while it goes on, and where it was called off."""
        self._dialogue, self._earlier, self._handle = dialogue, earlier, Handle()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def finished(self, patience: float = 0) -> bool:
        """Whether it has come to an end, in so many seconds from now."""
        self._thread.join(patience)
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """It ends as soon as it can, and nothing comes of it."""
        self._handle.cancel()

    @property
    def cancelled(self) -> bool:
        return self._handle.cancelled

    def _run(self) -> None:
        if self._earlier:
            self._earlier._thread.join()
        try:
            self.turn = self._dialogue.ask(self.question, self._handle, self._instead)
        except Exception:  # a thread's failure would be seen nowhere
            logging.getLogger(__name__).exception("asking failed")


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
        said.caption(text("ui.still_asking", lang, seconds=seconds))
    place.empty()
