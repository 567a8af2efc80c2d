"""A place without figures of its own that others lie in: what is asked of it is asked of those together."""

from __future__ import annotations

from dataclasses import replace

from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.own_words import outer_name
from xinfo.understand.reading import Scope

TOGETHER = frozenset(["total", "filler"])
"""The cue of figures that are added up; what is no amount, a share of two sums, needs none."""
ELSEWISE = ("options", "scope", "other", "than", "chosen", "also", "quantifier", "over", "projects", "fact", "template")
"""What a question must not say besides: its places play another part in it."""
OF_EACH = ("average", "median", "distribution", "quartiles", "extremes")
"""What is made of the figures of each of them, where it is asked of one."""


def of_the_country(frame: Frame, catalog: Catalog) -> Frame:
    """'The municipalities in Norland' are all that there are, whatever lies between them and their country."""
    scope = frame.scope
    if not catalog.own or scope is None or not scope.province or not scope.admin_type:
        return frame
    countries = [place for place in catalog.places.values() if place.admin_type == "country"]
    if [outer_name(place, catalog) for place in countries] != [scope.province]:
        return frame
    return frame.but(scope=replace(scope, province=None))


def among_inner(frame: Frame, catalog: Catalog) -> Frame:
    """'The municipalities with the highest share of … in Uri' are those in Uri, which is none of them."""
    told = frame.order or frame.cmp
    if not catalog.own or not told or len(frame.places) != 1 or frame.scope is None or frame.than or frame.other:
        return frame
    outer, scope = catalog.places[frame.places[0]], frame.scope
    inner = Scope(province=outer_name(outer, catalog), admin_type=scope.admin_type)
    if scope != Scope(admin_type=scope.admin_type) or outer.admin_type == scope.admin_type:
        return frame
    return frame.but(places=(), scope=inner) if catalog.members(inner) else frame


def of_sole_place(frame: Frame, catalog: Catalog) -> tuple[Frame, tuple[tuple[str, str], ...]]:
    """A question that names no place, of figures of one place alone; 'average damage per case' of it is one figure."""
    assumed: tuple[tuple[str, str], ...] = ()
    told = frame.places or frame.options or frame.scope or frame.other or frame.chosen or frame.pronoun or frame.fact
    if catalog.own and len(catalog.places) == 1 and frame.metric and not (told or frame.its or frame.over):
        [place] = catalog.places
        frame, assumed = frame.but(places=(place,)), (("assumed.sole_place", place),)
    if catalog.own and frame.per and len(frame.places) == 1 and _of_one_time(frame):
        frame = frame.but(cues=tuple(cue for cue in frame.cues if "average" not in cue))
    return frame, assumed


def inside(frame: Frame, catalog: Catalog) -> tuple[Frame, tuple[tuple[str, str], ...]]:
    """The frame of what lies in the one place that is named, and what was thus taken for granted.

    As it is where the place has a figure of its own, where what lies in it is of several kinds, or adds up to none.
    """
    apart = any(getattr(frame, one) for one in ELSEWISE) or (frame.has_cue(*OF_EACH) and not _of_one_time(frame))
    if not catalog.own or not frame.metric or len(frame.places) != 1 or apart:
        return frame, ()
    [place] = frame.places
    scope = Scope(province=outer_name(catalog.places[place], catalog))
    kinds = {catalog.places[one].admin_type for one in catalog.members(scope)}
    if len(kinds) != 1 or not _told_by_parts(frame.metric, place, catalog):
        return frame, ()
    scope = Scope(province=scope.province, admin_type=kinds.pop())
    if frame.has_cue(*OF_EACH):
        return frame.but(places=(), scope=scope), (("assumed.inside_each", place),)
    if not _adds_up(frame.metric, catalog):
        return frame, ()
    said = frame.but(places=(), scope=scope, cues=(*frame.cues, TOGETHER))
    return said, (("assumed.inside", place),)


def _of_one_time(frame: Frame) -> bool:
    """Whether there is nothing but the places that a statistic could be of."""
    whens = frame.times.whens if frame.times else ()
    return len(whens) == 1 and whens[0].start == whens[0].end and not frame.grain and not frame.per_year


def _adds_up(metric: str, catalog: Catalog) -> bool:
    known = catalog.metrics[metric]
    return known.kind != "ratio" or bool(known.numerator and known.denominator)


def _told_by_parts(metric: str, place: str, catalog: Catalog) -> bool:
    """Whether the place has no figure of the metric, or of neither of which it is a ratio, and what lies in it has."""
    known = catalog.metrics[metric]
    told = [one for one in (known.numerator, known.denominator) if one] or [metric]
    members = catalog.members(Scope(province=outer_name(catalog.places[place], catalog)))
    return all(
        (one, place) not in catalog.known and any((one, inner) in catalog.known for inner in members) for one in told
    )
