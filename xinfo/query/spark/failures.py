"""What a cluster's failures mean, in words of our own: its own name hosts, paths and plans."""

from __future__ import annotations

from xinfo.errors import EngineError
from xinfo.query.failure import failed, stopped

GONE = (
    *("unavailable", "connection refused", "connection reset", "socket closed", "failed to connect", "goaway"),
    *("session_not_found", "session_changed", "session_closed", "session not found", "session is closed"),
)
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cluster_missing", ("path_not_found", "no such file", "does not exist", "not found")),
    ("cluster_unreadable", ("unresolved_column", "parse_syntax", "datatype_mismatch")),
    ("cluster_closed", ("permission", "unauthenticated", "forbidden")),
)
_TOO_MUCH = ("outofmemory", "out of memory", "resources exhausted", "resource_exhausted")


def lost(error: Exception) -> bool:
    """Whether the connection or the session is gone, so that a new one may help."""
    told = _told(error)
    return any(sign in told for sign in GONE)


def said(error: Exception, cluster: str) -> EngineError:
    """The failure as an error that a person can act on."""
    told = _told(error)
    if lost(error):
        return failed("cluster_lost", cluster=cluster)
    if any(sign in told for sign in _TOO_MUCH):
        return stopped("cluster_memory")
    if "cancel" in told or "interrupted" in told:
        return stopped("cancelled")
    for words, signs in _WORDS:
        if any(sign in told for sign in signs):
            return failed(words)
    return failed("cluster_failed", cluster=cluster)


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".lower()
