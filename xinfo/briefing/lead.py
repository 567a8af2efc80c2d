"""What a section that ranks places says first: where the own place stands.

Words for an answer that is there; asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import row_label
from xinfo.answer.owning_up import owned_up_together
from xinfo.answer.rows import Row
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, reading_of
from xinfo.briefing.ranks import confirmed
from xinfo.briefing.sentence import joined
from xinfo.briefing.sets import those, unconfirmed
from xinfo.language.numbers import amount, in_one_unit, ordinal
from xinfo.language.texts import listing, text, texts
from xinfo.understand.reading import Reading, Scope
from xinfo.understand.say_places import place_name, scope_phrase

MOST_FIRST = 5
"""Of a ranking: so many are named in its sentence."""
AROUND = ("region", "admin_type")
"""Groups of places, of which the own place's stands out."""


def told(whole: Found, place: str, first: int, workspace: Workspace, again: bool) -> Found:
    """A whole ranking from the top that has the place, with its sentence: where the place stands, which are the first.

    All in one unit. With `again` its figure and rank have been said already.
    """
    rows, lang = whole.findings.rows, whole.reading.lang
    at = next(at for at, row in enumerate(rows) if row.get("place") == place)
    first = min(first, MOST_FIRST, len(rows))
    named = sorted({*range(first), *range(max(at - 1, 0), min(at + 2, len(rows)))})
    unit = whole.findings.unit
    said = in_one_unit([float(rows[one]["value"]) for one in named], unit, lang)
    if (apiece := texts(lang).get(f"brief.apiece.{unit}")) and whole.findings.slots.per is None:
        said = [one.removesuffix(apiece) for one in said]  # The figure's own name says of what each is.
    whole = replace(whole, written=dict(zip(named, said, strict=True)))
    sentence = joined(_placed(whole, at, place, workspace, again), _first(whole, first), lang)
    headline = owned_up_together(capital(sentence), [whole.findings])
    return replace(whole, answer=replace(whole.answer, headline=headline))


def _placed(whole: Found, at: int, place: str, workspace: Workspace, again: bool) -> str:
    """'Growth of X in 2015 came to 15.5%, 18th of the 28 pilots with figures here, behind A (16%) and ahead of B …'."""
    found, lang, rows = whole.findings, whole.reading.lang, whole.findings.rows
    words = {"value": whole.written[at], "rank": ordinal(rank_in(rows, at), lang)}
    words |= {"figure": _figure(whole, place, workspace), "place": place_name(place, found.catalog, lang)}
    words["sure"] = _confirmed(rows, place, workspace, lang)
    words["those"] = those(found) or scope_phrase(found.slots.scope or Scope(), found.catalog, lang)
    for name, one in (("above", at - 1), ("below", at + 1)):
        if one in whole.written:
            words |= {name: row_label(rows[one], ("place",), found), f"{name}_value": whole.written[one]}
    key = "first" if not at else "both" if at + 1 < len(rows) else "last"
    return capital(text(f"brief.own.{'again.' if again else ''}{key}", lang, **words))


def _first(whole: Found, n: int) -> str:
    """'The 5 highest are A (16%), B (15%) …'."""
    found, lang = whole.findings, whole.reading.lang
    named = [text("answer.ranked", lang, name=row_label(found.rows[at], ("place",), found), within="",
                  value=whole.written[at]) for at in range(n)]  # fmt: skip
    return text(f"brief.first.{'many' if n > 1 else 'one'}", lang, n=n, ranked=listing(named, lang))


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
