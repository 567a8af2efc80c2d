"""Follow-ups: a question laid over the one before it. Changes what was said anew and keeps the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.frame import Frame, Trouble, filled
from xinfo.understand.hear.metrics import parts_of, ratio_of
from xinfo.understand.reading import Scope, Slots, When


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
    before: tuple[str, ...] = ()
    """Places of the question before, where the last one was the same of another place: what 'the two' may mean."""


EMPTY_OF = {"ends": False, "per_year": False}
EMPTY = frozenset(["heard", "troubles", "follows", "pronoun", "pair", "of_those", "new_topic", "everywhere"])
"""Fields that change nothing by themselves: 'thank you' is no question, and gets no answer."""


def overlaid(context: Context, new: Frame, catalog: Catalog) -> list[Frame]:
    """Frames that a follow-up may mean, likeliest first: with the operation of the question before, then without."""
    old = context.frame
    if not set(filled(new)) - EMPTY and all(trouble.kind != "province" for trouble in new.troubles):
        return [new]
    if new.of_those and _found_several(old) and (new.metric or new.measure):
        return [_of_those(old, new)]
    frame = old.but(troubles=new.troubles, heard=new.heard, pronoun=new.pronoun, follows=new.follows, new_topic=False)
    frame = _who(frame, _of_offered(old, new, catalog), context)
    frame = _province(frame, catalog)
    frame = _what(frame, new, catalog)
    frame = _when(frame, new)
    if new.projects or new.content_area or new.level or new.project_status or new.field:
        frame = frame.but(
            **{n: v for n in ("content_area", "level", "project_status", "field") if (v := getattr(new, n))},
            projects=True,
        )
    if new.fact or new.template:
        frame = frame.but(fact=new.fact, template=new.template)
    frame = _measure(frame, new)
    frame = _bar_of_another(old, new, frame, catalog)
    return [_operation(frame, new, keep=True), _operation(frame, new, keep=False)]


def _found_several(old: Frame) -> bool:
    """Whether a question was answered with several places of a set."""
    several = bool(old.cmp) or (bool(old.order) and (old.n or 1) > 1)
    return several and not (old.quantifier or old.places or old.over or old.grain or old.has_cue("count"))


def _of_those(old: Frame, new: Frame) -> Frame:
    """A question of the places that the one before has found, each by itself where nothing else is to be done."""
    frame = new.but(chosen=old.but(heard=()), metric=new.metric or old.metric, times=new.times or old.times)
    frame = frame.but(scope=None, pronoun=False, of_those=False)
    return frame if new.order or new.cmp or new.cues else frame.but(over="place")


def changed(before: Slots | None, after: Slots) -> frozenset[str]:
    """The slots that a follow-up has changed."""
    if before is None:
        return frozenset()
    old, new = before.filled(), after.filled()
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))


def _bar_of_another(old: Frame, new: Frame, frame: Frame, catalog: Catalog) -> Frame:
    """A bar in yuan is none for a number of people: with another kind of metric it must be said anew."""
    units = [m.unit for name in (old.metric, frame.metric) if (m := catalog.metrics.get(name or ""))]
    if old.threshold is None or new.threshold is not None or len(units) < 2 or units[0] == units[1] or frame.measure:
        return frame
    return frame.but(troubles=(*frame.troubles, Trouble("unit_of_bar", options=(frame.metric or "",))))


def _of_offered(old: Frame, new: Frame, catalog: Catalog) -> Frame:
    """Asked which of several places of one name was meant, '福州的' tells it is the one there, not the city itself."""
    if len(new.places) != 1 or len(old.options) < 2 or new.places[0] in old.options:
        return new
    outer = catalog.places[new.places[0]].adcode
    inner = [
        o for o in old.options if outer in (catalog.places[o].adcode[:4] + "00", catalog.places[o].adcode[:2] + "0000")
    ]
    return new.but(places=tuple(inner)) if len(inner) == 1 else new


def _who(frame: Frame, new: Frame, context: Context) -> Frame:
    pair = new.pair or (context.before and not new.pronoun and _apart(new))
    if pair and new.has_cue("difference", "compare") and _alone(frame, new):
        if len(context.before) == 1:
            return frame.but(places=(*context.before, *frame.places))
        return frame.but(troubles=(*frame.troubles, Trouble("which_two")))
    if len(new.places) == 1 and new.has_cue("compare") and frame.places and new.places[0] not in frame.places:
        return frame.but(places=(*frame.places, *new.places))
    if new.places or new.options:
        scope = new.scope
        return frame.but(places=new.places, options=new.options, scope=scope, other=new.other, than=new.than)
    if new.scope is not None:
        merged = _merged_scope(frame.scope if not frame.places else None, new.scope, new.everywhere)
        return frame.but(places=(), options=(), scope=merged, other=new.other, than=new.than)
    singular = new.pronoun and len(context.focus) == 1 and not new.order
    if singular and not frame.places:
        # Only the figures have named it: who asks may mean something else, and says so with one click.
        found = Trouble("found_it", options=context.focus)
        return frame.but(places=context.focus, scope=None, other=None, troubles=(*frame.troubles, found))
    return frame.but(than=new.than or frame.than)


def _apart(new: Frame) -> bool:
    """'差多少', 'the difference?' after the same was asked of another place; a change is one over time."""
    said = (heard.text.lower() for heard in new.heard if heard.meaning == "cue:difference")
    return any(word in text for text in said for word in ("差", "differ", "gap", "apart"))


def _alone(frame: Frame, new: Frame) -> bool:
    """Whether only one thing is spoken of that could be one of two."""
    several = len(frame.places) != 1 or frame.other or any(len(parts) > 1 for parts in frame.parts().values())
    times = new.times or frame.times
    return not (several or new.metric or new.places or new.scope or (times and len(times.whens) > 1))


def _province(frame: Frame, catalog: Catalog) -> Frame:
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
    scope = _merged_scope(frame.scope, Scope(province=about.options[0]), False)
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


def _merged_scope(old: Scope | None, new: Scope, everywhere: bool) -> Scope:
    """The old conditions with the new ones in their place; only 'all pilots' lifts them."""
    said = {
        name: value
        for name in ("province", "region", "admin_type", "batch", "without")
        if (value := getattr(new, name))
    }
    if old is None or everywhere:
        return new
    if "province" in said:
        old = replace(old, region=None)
    if "region" in said:
        old = replace(old, province=None)
    return replace(old, **said)


def _what(frame: Frame, new: Frame, catalog: Catalog) -> Frame:
    metric = new.metric
    if new.metrics and not metric:
        metric = _family(frame, new.metrics)
        if metric is None:
            frame = frame.but(metric=None, metrics=new.metrics)
    if (
        new.metric
        and new.measure == "share"
        and frame.metric
        and (ratio := ratio_of(catalog, frame.metric, new.metric))
    ):
        return frame.but(metric=ratio, measure=None, consumer=(), offering=(), sector=())
    if new.per and not metric and frame.metric:
        base = catalog.metrics[frame.metric]
        metric = ratio_of(catalog, base.numerator or frame.metric, new.per)
        frame = frame.but(per=None if metric else new.per)
    if metric:
        frame = frame.but(metric=metric, metrics=(), against=new.against, per=None, projects=False, fact=None)
    kept = {d: values for d, values in frame.parts().items() if d in parts_of(catalog, frame.metric)}
    if new.parts() or new.over in DIMENSIONS:
        kept = {d: values for d, values in kept.items() if len(values) == 1 and d != new.over}
    return frame.but(**{d: new.parts().get(d) or kept.get(d, ()) for d in DIMENSIONS})


def _family(frame: Frame, options: tuple[str, ...]) -> str | None:
    """Of the metrics an open word may mean, the one that was offered, or is of the kind last asked about."""
    offered = [option for option in options if option in frame.metrics]
    if len(offered) == 1:
        return offered[0]
    kind = (frame.metric or "").rpartition("_")[2]
    alike = [option for option in options if kind and option.endswith(f"_{kind}")]
    return alike[0] if len(alike) == 1 else None


def _when(frame: Frame, new: Frame) -> Frame:
    if new.times is None:
        return frame
    times, old = new.times, frame.times
    shifts = times.relative is not None and times.relative[0] == "before" and not times.whens and not times.part
    if shifts and times.relative and old and len(old.whens) == 1:
        back = int(str(times.relative[1]))
        shifted = When(old.whens[0].start.years_on(-back), old.whens[0].end.years_on(-back))
        return frame.but(times=replace(old, whens=(shifted,), relative=None))
    if times.part and not times.whens and not times.relative and old and len({w.end.year for w in old.whens}) == 1:
        times = replace(times, whens=(When.of(Period(old.whens[0].end.year, *times.part)),), part=None)
    return frame.but(times=times)


def _measure(frame: Frame, new: Frame) -> Frame:
    if new.measure is None:
        return frame
    if new.measure == "share" and frame.metric and frame.measure is None and not frame.parts() and new.metric:
        return frame
    changed = new.measure != frame.measure
    if changed and frame.measure in ("attainment", "gap"):
        frame = frame.but(cmp=None, threshold=None, upto_cmp=None, upto=None, quantifier=None)
    if frame.metric != (new.metric or frame.metric):
        return frame
    return frame.but(measure=new.measure)


def _operation(frame: Frame, new: Frame, keep: bool) -> Frame:
    """Order, number, threshold, grouping, grain and cues: the new ones, over the old ones where those are kept."""
    # A new measure is asked for plainly: what was told yes or no of, or held against a bar, was the old one.
    plainly = new.measure is not None and new.quantifier is None
    names = ("order", "n", "nth", "cmp", "threshold", "upto_cmp", "upto", "bar", "factor", "over", "by", "grain")
    names = (*names, "quantifier", "ends", "per_year", "chosen", "also")
    keep = keep and not (plainly and frame.quantifier)
    old = {name: getattr(frame, name) if keep else None for name in names}
    if keep and any(len(values) == 1 and frame.over == d for d, values in new.parts().items()):
        old["over"] = None
    said = {name: getattr(new, name) or old[name] or EMPTY_OF.get(name) for name in names}
    if new.cmp is not None:
        said |= {name: getattr(new, name) for name in ("threshold", "upto_cmp", "upto", "bar", "factor")}
    if new.over is not None:
        said["by"] = new.by
    said |= {"n": new.n} if new.nth else {"nth": None} if new.order else {}
    if said["cmp"] and new.cmp is None and new.order:
        said |= dict.fromkeys(("cmp", "threshold", "upto_cmp", "upto", "bar", "factor", "quantifier"))
    cues = new.cues or (frame.cues if keep else ())
    if keep and new.cues and all(cue & {"filler", "total"} for cue in new.cues):
        cues = (*frame.cues, *new.cues)
    return frame.but(**said, cues=cues, turned=new.turned, than=frame.than if keep or new.than else ())
