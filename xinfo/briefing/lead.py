"""What a section that ranks places says first: where the own place stands.

Words for an answer that is there; asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.answer.frame import capital
from xinfo.answer.labels import row_label
from xinfo.answer.owning_up import owned_up_together
from xinfo.answer.rows import Row
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, reading_of
from xinfo.briefing.ranks import confirmed
from xinfo.briefing.sets import those, unconfirmed
from xinfo.language.numbers import amount, ordinal
from xinfo.language.texts import text
from xinfo.understand.reading import Reading, Scope
from xinfo.understand.say_places import scope_phrase

AROUND = ("region", "admin_type")
"""Groups of places, of which the own place's stands out."""


def placed(whole: Found, place: str, workspace: Workspace) -> str:
    """'Growth of X in 2015 came to 15.5%, 18th of the 28 pilots with figures here, behind A (16%) and ahead of B …'.

    Of a whole ranking from the top that has the place.
    """
    found, lang = whole.findings, whole.reading.lang
    rows = found.rows
    at = next(at for at, row in enumerate(rows) if row.get("place") == place)
    told = {"value": _value(rows[at], lang), "rank": ordinal(rank_in(rows, at), lang)}
    told["figure"] = _figure(whole, place, workspace)
    told["sure"] = _confirmed(rows, place, workspace, lang)
    told["those"] = those(found) or scope_phrase(found.slots.scope or Scope(), found.catalog, lang)
    for name, row in (("above", rows[at - 1] if at else None), ("below", rows[at + 1] if at + 1 < len(rows) else None)):
        if row:
            told |= {name: row_label(row, ("place",), found), f"{name}_value": _value(row, lang)}
    key = "first" if not at else "both" if at + 1 < len(rows) else "last"
    return owned_up_together(capital(text(f"brief.own.{key}", lang, **told)), [found])


def _confirmed(rows: Sequence[Row], place: str, workspace: Workspace, lang: str) -> str:
    """The rank without the pilots that are not confirmed, where there are some."""
    weak = {*unconfirmed(workspace.catalog)}
    left = [row for row in rows if row.get("place") not in weak]
    if place in weak or not 1 < len(left) < len(rows):
        return ""
    return confirmed(rank_in(left, [row["place"] for row in left].index(place)), len(left), lang)


def rank_in(rows: Sequence[Row], at: int) -> int:
    """Of a row in a ranking from the top; the same for rows of one value."""
    return 1 + sum(float(row["value"]) > float(rows[at]["value"]) for row in rows)


def _figure(whole: Found, place: str, workspace: Workspace) -> str:
    """What the ranking is of, of the own place."""
    slots = whole.reading.slots.but(scope=None, order=None, n=None, over=None, places=(place,))
    alone: Reading = reading_of("value", slots, workspace, whole.reading.lang)
    return alone.sentence


def _value(row: Row, lang: str) -> str:
    return amount(float(row["value"]), row.get("unit"), lang)
