"""Pages of figures, as JSON. The mark of the next page holds the state that the first was of: none are ever mixed."""

from __future__ import annotations

import base64
import json

from xinfo.ask import Workspace
from xinfo.errors import InputError
from xinfo.query.listing import KEY, Wanted, read_figures
from xinfo.service.form import Json


def page(workspace: Workspace, wanted: Wanted, after: str, most: int) -> Json:
    """At most so many figures, and the mark for the next page where there are more.

    Raises EngineError, and InputError for a mark that is none or of other figures.
    """
    state = workspace.meta.get("fingerprint", "")
    key = _key(after, state) if after else ()
    found = read_figures(workspace.engine, wanted, key, most + 1, workspace.published_only)
    shown = found[:most]
    following = _mark([str(shown[-1][name]) for name in KEY], state) if len(found) > most else None
    return {
        "figures": [dict(one) for one in shown],
        "next": following,
        "published_only": workspace.published_only,
        "fingerprint": state,
    }


def _mark(key: list[str], state: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([state[:16], *key]).encode()).decode()


def _key(mark: str, state: str) -> list[str]:
    try:
        of, *key = map(str, json.loads(base64.urlsafe_b64decode(mark.encode())))
        if len(key) != len(KEY):
            raise ValueError
        "".join(key).encode()  # half a character is no text
    except (ValueError, TypeError) as error:
        raise InputError("'after' is no mark of a page", "the 'next' of the page before") from error
    if of != state[:16]:
        raise InputError("other figures have come in since the first page", "to begin again without 'after'")
    return key
