"""Work that takes long, in a thread of its own: how far it is, calling it off, what came of it. Draws nothing.

A page that is left, reloaded or clicked on goes on independently of it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from xinfo.errors import TookTooLong, XinfoError
from xinfo.intake.report import Report
from xinfo.query.failure import in_words
from xinfo.shares import PAGES, UPLOADS, passed_on
from xinfo.store.build import Progress
from xinfo.ui.stopping import answering

PATIENCE = 0.7
"""Seconds that a page waits before it shows how far the work is: most files take less."""


class Job:
    """Looking at files, or loading them."""

    def __init__(self, kind: str, work: Callable[[Progress], Report], lang: str):
        self.kind, self._lang = kind, lang
        """`look` or `load`, and what trouble is told in."""
        self.done = 0.0
        self.report: Report | None = None
        self.trouble = ""
        """Why there is no report; empty while there may be one, and where it was called off."""
        self.cancelled = False
        self._work = work
        self._thread = threading.Thread(target=passed_on(self._run), daemon=True)
        self._thread.start()

    def finished(self, patience: float = 0) -> bool:
        """Whether it has come to an end, in so many seconds from now."""
        if self._thread.is_alive() and patience:
            with PAGES.aside():
                self._thread.join(patience)
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """It ends at its next step and leaves everything as it was."""
        self.cancelled = True

    def _run(self) -> None:
        try:
            with answering(), UPLOADS.turn(called_off=lambda: self.cancelled):
                self.report = self._work(self._tell)
        except XinfoError as error:
            self.trouble = "" if self.cancelled else in_words(error, self._lang)
        except Exception as error:  # a thread's failure would be seen nowhere
            logging.getLogger(__name__).exception("loading failed")
            self.trouble = f"{type(error).__name__}: {error}"

    def _tell(self, what: str, done: float) -> None:
        if self.cancelled:
            raise TookTooLong(f"called off while {what}")
        self.done = max(self.done, min(done, 1.0))
