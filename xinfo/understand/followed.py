"""Which places a follow-up is about: those said anew, those of the question before, or what its answer found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import GROUPS, SIDED, Frame, Trouble, filled
from xinfo.understand.reading import Scope, Slots
from xinfo.understand.when import Times

BETWEEN = ("cue:difference", "'gap", "'difference")
"""What a word for what lies between two is heard as."""
WHO = ("'who", "'谁")
"""What a word for who does something is heard as: no quarter does."""


@dataclass(frozen=True)
class Context:
    """What the last question left behind."""

    frame: Frame
    slots: Slots | None = None
    """None where it was not understood in full."""
    doubtful: bool = False
    """Whether a follow-up in between was not understood: what it changed may be meant to hold."""
    template: str = ""
    """The template that answered it."""
    focus: tuple[str, ...] = ()
    """Places the last answer was about: what 'it' may mean."""
    before: tuple[Slots, ...] = ()
    """The questions before, where each next one was the same of another place, set or time: what 'the two' may mean."""


def told_of_it(context: Context, new: Frame) -> Frame:
    """What words that say little by themselves mean after a question."""
    return _how_far(context, _of_periods(context.frame, _of_groups(context.frame, new)))


def _of_groups(old: Frame, new: Frame) -> Frame:
    """'Which one leads?' after figures by region: one of the regions; 'which has most' may mean a pilot as well."""
    rest = {"order", "n", "cues", "scope", "everywhere", "heard", "pronoun", "of_those", "troubles"}
    told = old.over in GROUPS and not old.order and new.scope in (None, Scope())
    if not told or not new.order or set(filled(new)) - rest:
        return new
    if new.scope is not None:
        return new.but(troubles=(*new.troubles, Trouble("no_template")))
    return new.but(cues=(), n=new.n or 1, pronoun=True, of_those=False)


def _of_periods(old: Frame, new: Frame) -> Frame:
    """'Which one was the weakest?' after the course of one figure: one of its quarters or years."""
    rest = {"order", "n", "cues", "heard", "pronoun", "of_those", "follows"}
    course = old.grain and not (old.order or old.over or old.chosen) and len(old.places) == 1
    who = any(heard.meaning in WHO for heard in new.heard)
    if not course or not new.order or who or (new.n or 1) > 1 or set(filled(new)) - rest:
        return new
    return new.but(cues=(frozenset(["ask_period"]),), grain=old.grain, n=None, pronoun=True, of_those=False)


def of_offered(old: Frame, new: Frame, catalog: Catalog) -> Frame:
    """Asked which of several places of one name was meant, '福州的' tells it is the one there, not the city itself."""
    if len(new.places) != 1 or len(old.options) < 2 or new.places[0] in old.options:
        return new
    outer = catalog.places[new.places[0]].adcode
    inner = [
        o for o in old.options if outer in (catalog.places[o].adcode[:4] + "00", catalog.places[o].adcode[:2] + "0000")
    ]
    return new.but(places=tuple(inner)) if len(inner) == 1 else new


def told_with_it(old: Frame, new: Frame) -> bool:
    """'And how much is it?' of what came first or last: the answer to who, or when, that is tells it."""
    said = set(filled(new)) - {"heard", "cues", "pronoun", "its", "measure"}
    return _how_much(old, new) and not said and new.measure in (None, old.measure)


def bare_groups(old: Frame, new: Frame) -> bool:
    """'By batch, how is that?' after a figure: that figure, not the number of pilots."""
    said = set(filled(new)) - {"heard", "cues", "follows", "over"}
    return bool(old.metric and new.over in GROUPS and not said and not new.has_cue("count"))


def _how_far(context: Context, new: Frame) -> Frame:
    """'By how much?' alone: two that were set against each other differ by it, a target was missed or passed by it."""
    old = context.frame
    alone = not set(filled(new)) - {"heard", "cues", "follows", "pronoun"}
    if alone and new.has_cue("difference", "by_how_much") and old.measure == "attainment" and len(old.places) == 1:
        return new.but(cues=(), measure="gap")
    if not alone or not (new.has_cue("by_how_much") or (_apart(new) and not context.before)):
        return new
    times = old.times.whens if old.times else ()
    of_one = len(old.places) == 1 and bool(old.than or old.bar == "before" or len(times) == 2)
    if old.other is not None or of_one or (len(old.places) == 2 and len(times) == 1):
        return new.but(cues=(frozenset(["difference"]),))
    if old.measure == "growth" and len(old.places) == 1:
        return new.but(cues=(frozenset(["how_many"]),))
    return new.but(troubles=(*new.troubles, Trouble("no_template")))


def _how_much(old: Frame, new: Frame) -> bool:
    """'How much is it?' of the one that an order has found, and not of all those that were put in the order."""
    only = new.cues and all("how_many" in cue for cue in new.cues)
    return bool(old.order and only and (old.n or 1) == 1 and not old.over)


def who(frame: Frame, new: Frame, context: Context, catalog: Catalog) -> Frame:
    if (pair := _pair(frame, new, context, catalog)) is not None:
        return pair
    beside = new.has_cue("compare") or (new.pronoun and new.has_cue(*SIDED))
    if len(new.places) == 1 and beside and frame.places and new.places[0] not in frame.places:
        return frame.but(places=(*frame.places, *new.places))
    if len(new.places) == 1 and beside and not new.has_cue("compare") and not frame.places:
        # 'How much more than Wuxi?' after a ranking: what it has found, which one click says.
        about = Trouble("found_it", options=context.focus) if len(context.focus) == 1 else Trouble("no_template")
        both = (*context.focus[:1], *new.places)
        return frame.but(places=both, scope=None, other=None, troubles=(*frame.troubles, about))
    sided = frame.other is not None or (len(frame.places) == 2 and frame.has_cue(*SIDED))
    if len(new.places) == 1 and sided and not new.cues and not new.metric:
        # 'And Wuxi?' after the difference of two, or one set above another: in whose place is left open.
        return frame.but(places=new.places, troubles=(*frame.troubles, Trouble("which_two")))
    if new.places or new.options:
        ranked = (frame.order or frame.has_cue("rank")) and new.has_cue("position")
        scope = frame.scope if ranked and new.scope is None else new.scope  # Among those that were put in order.
        return frame.but(places=new.places, options=new.options, scope=scope, other=new.other, than=new.than)
    rank = frame.has_cue("position", "rank") and all(cue & {"position", "rank"} for cue in new.cues)
    if new.scope is not None and len(frame.places) == 1 and rank:
        return frame.but(scope=new.scope)  # 'And among the western ones?': the rank of the same place.
    if new.scope is not None:
        merged = merged_scope(frame.scope if not frame.places else None, new.scope, new.everywhere)
        # 'Each city on average?' after two sets: those of both.
        other = new.other or (frame.other if new.scope == Scope() and not new.everywhere else None)
        return frame.but(places=(), options=(), scope=merged, other=other, than=new.than)
    if frame.than and new.has_cue("difference") and not new.times:
        return frame.but(places=(*frame.places, *frame.than), than=())  # 'By what margin?': of the two.
    of_one = new.its or (new.pronoun and not new.of_those and frame.over == "place")
    if of_one and not frame.places and len(context.focus) != 1:
        return frame.but(troubles=(*frame.troubles, Trouble("no_template")))
    found = new.pronoun or new.its or (_how_much(frame, new) and not frame.grain)
    singular = found and len(context.focus) == 1 and not (new.order or new.nth)
    if singular and not frame.places:
        # Only the figures have named it: who asks may mean something else, and says so with one click.
        about = Trouble("found_it", options=context.focus)
        return frame.but(places=context.focus, scope=None, other=None, troubles=(*frame.troubles, about))
    return frame.but(than=new.than or frame.than)


def _pair(frame: Frame, new: Frame, context: Context, catalog: Catalog) -> Frame | None:
    """The two that were spoken of, where they are; None where none are meant, or the frame holds them anyway."""
    if new.pair and not new.places and frame.order and len(context.focus) == 2:
        return frame.but(places=context.focus, scope=None, order=None, n=None)  # The two that an order has found.
    pair = new.pair or (context.before and not new.pronoun and _apart(new))
    if pair and (new.has_cue(*SIDED, "compare", "total") or (new.pair and new.order)) and _alone(frame, new):
        return _both(frame, new, context.before)
    # 'How much is lacking?' of one is to its target, of two that were spoken of it may be to the other one.
    lacking = new.measure == "gap" and new.of_it and (bool(context.before) or len(frame.places) != 1)
    if lacking or (new.pair and not new.places and not _are_two(frame, catalog)):
        return frame.but(troubles=(*frame.troubles, Trouble("which_two")))
    return None


def _both(frame: Frame, new: Frame, earlier: tuple[Slots, ...]) -> Frame:
    """What was spoken of, and what before it: two places (of any time), sets, times or parts of one; several in all."""
    unclear = frame.but(troubles=(*frame.troubles, Trouble("which_two")))
    if not earlier:
        return unclear
    before, now = earlier[-1], frame.times.whens if frame.times else ()
    places = tuple(dict.fromkeys(place for slots in earlier for place in slots.places)) + frame.places
    other_places = len(set(places)) == len(earlier) + 1 and len({slots.periods for slots in earlier}) == 1
    if other_places and not frame.scope and (new.pair or not new.times) and not (earlier[1:] and new.has_cue(*SIDED)):
        return frame.but(places=places)
    if len(earlier) > 1:
        return unclear
    if before.scope and frame.scope and before.scope != frame.scope and new.has_cue(*SIDED):
        return frame.but(scope=before.scope, other=frame.scope)
    if len(frame.places) == len(now) == len(before.periods) == 1 and before.periods != now and not new.order:
        return frame.but(times=Times(whens=(*before.periods, *now)))
    parts, other = frame.parts(), {d: said for d in DIMENSIONS if (said := getattr(before, d))}
    apart = [d for d in parts if parts[d] != other.get(d)]
    if len(frame.places) == len(apart) == 1 and parts.keys() == other.keys():
        return frame.but(over=apart[0], **{apart[0]: (*other[apart[0]], *parts[apart[0]])})
    return unclear


def _apart(new: Frame) -> bool:
    """'差多少', 'the difference?' after the same was asked of another place; a change is one over time."""
    said = (heard.text.lower() for heard in new.heard if heard.meaning in BETWEEN) if new.has_cue("difference") else ()
    return any(word in text for text in said for word in ("差", "differ", "gap", "apart"))


def _are_two(frame: Frame, catalog: Catalog) -> bool:
    """Whether what was spoken of is two of anything."""
    if frame.scope is not None and not frame.places and frame.other is None:
        return len(catalog.members(frame.scope)) == 2
    several = (frame.places, frame.times.whens if frame.times else (), *frame.parts().values())
    return frame.other is not None or any(len(one) == 2 for one in several)


def _alone(frame: Frame, new: Frame) -> bool:
    """Whether only one thing is spoken of that could be one of two."""
    one = len(frame.places) == 1 or (frame.scope is not None and not frame.places)
    several = not one or frame.other or any(len(parts) > 1 for parts in frame.parts().values())
    times = new.times or frame.times
    return not (several or new.metric or new.places or new.scope or (times and len(times.whens) > 1))


def province_meant(frame: Frame, catalog: Catalog) -> Frame:
    """A province alone tells which homonym is meant ('the one in Anhui'), or narrows the set that was spoken of."""
    about = next((trouble for trouble in frame.troubles if trouble.kind == "province"), None)
    if about is None:
        return frame
    rest = tuple(trouble for trouble in frame.troubles if trouble is not about)
    fitting = tuple(place for place in frame.options if catalog.places[place].province_en in about.options)
    if len(fitting) == 1:
        return frame.but(places=fitting, options=(), troubles=rest)
    namesakes = _namesakes(frame.places, about.options, catalog)
    if len(namesakes) == 1:
        return frame.but(places=namesakes, troubles=rest)
    if frame.places or frame.options or (frame.scope is None and not frame.order and not frame.cmp):
        return frame
    scope = merged_scope(frame.scope, Scope(province=about.options[0]), False)
    return frame.but(scope=scope, troubles=rest)


def _namesakes(places: tuple[str, ...], provinces: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """'And the Fujian one?' after Fuzhou in Jiangxi: the place of the same name that lies there."""
    if len(places) != 1:
        return ()
    said = catalog.places[places[0]]
    return tuple(
        place.place_id
        for place in catalog.places.values()
        if place.name_en == said.name_en and place is not said and place.province_en in provinces
    )


def merged_scope(old: Scope | None, new: Scope, everywhere: bool) -> Scope:
    """The old conditions with the new ones in their place; only 'all pilots' lifts them."""
    said = {
        name: value
        for name in ("province", "region", "admin_type", "batch", "without", "among")
        if (value := getattr(new, name))
    }
    if old is None or everywhere:
        return new
    if "province" in said:
        old = replace(old, region=None)
    if said.keys() & {"region", "among"}:
        old = replace(old, province=None, region=None, among=())
    return replace(old, **said)
