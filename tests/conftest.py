"""Settings and fixtures that several test modules share."""

from __future__ import annotations

import gc


def pytest_configure() -> None:
    """Looking for garbage every 700 objects takes a tenth of the time, as there are always millions of them."""
    gc.set_threshold(50_000, 20, 50)
