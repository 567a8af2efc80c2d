"""A signature under an issue, as its files show it and as it is kept; `signing.py` knows whether it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signed:
    """A signature as a document shows it; void where the content is no longer what was signed, or the key not his."""

    role: str
    who: str
    at: str
    fingerprint: str
    void: bool = False
    key: str = ""
    """The fingerprint of the key it was made with; empty where a name alone stands under it."""
    value: str = ""
    fault: str = ""
    """Why it is void."""
