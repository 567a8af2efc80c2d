"""How often programs may ask: so many requests a minute each, with some at once. Knows no program and no person."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict

PER_MINUTE, AT_ONCE = 120, 30
"""Requests of one caller: an assistant that asks question after question stays below them."""
MOST_CALLERS = 10_000


class Pace:
    """A bucket of tokens for each caller, filled as time goes by."""

    def __init__(self, per_minute: int = PER_MINUTE, at_once: int = AT_ONCE):
        self.per_minute, self._at_once = per_minute, at_once
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str) -> int:
        """Counts a request; the seconds after which the caller may ask again, 0 where he may now."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.pop(caller, (float(self._at_once), now))
            left = min(float(self._at_once), left + (now - at) * self.per_minute / 60)
            allowed = left >= 1
            self._left[caller] = (left - allowed, now)
            if len(self._left) > MOST_CALLERS:
                self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * 60 / self.per_minute)
