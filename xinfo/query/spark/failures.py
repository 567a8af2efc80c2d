"""What a cluster's failures mean, in words of our own: its own name hosts, paths and plans."""

from __future__ import annotations

from xinfo.errors import EngineError, TookTooLong

GONE = (
    *("unavailable", "connection refused", "connection reset", "socket closed", "failed to connect", "goaway"),
    *("session_not_found", "session_changed", "session_closed", "session not found", "session is closed"),
)
MISSING = "the cluster does not find the exported tables; are they where --tables says, seen from there?"
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (MISSING, ("path_not_found", "no such file", "does not exist", "not found")),
    ("the cluster does not understand this query", ("unresolved_column", "parse_syntax", "datatype_mismatch")),
    ("the cluster does not let this program in", ("permission", "unauthenticated", "forbidden")),
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
        return EngineError(f"the connection to the cluster at {cluster} was lost; ask again when it is back")
    if any(sign in told for sign in _TOO_MUCH):
        return TookTooLong("the query needs more memory than the cluster has for it; ask for less at once")
    if "cancel" in told or "interrupted" in told:
        return TookTooLong("the query was cancelled")
    for words, signs in _WORDS:
        if any(sign in told for sign in signs):
            return EngineError(words)
    return EngineError(f"the cluster at {cluster} could not run this query")


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".lower()
