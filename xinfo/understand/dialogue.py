"""Follow-ups: a question laid over the one before it. Changes what was said anew and keeps the rest."""

from __future__ import annotations

from dataclasses import replace

from xinfo.store.periods import Period
from xinfo.understand.catalog import DIMENSIONS, Catalog, parts_of
from xinfo.understand.followed import Context, of_offered, province_meant, told_of_it, told_with_it, who
from xinfo.understand.found import TOGETHER, drawn, found_several, of_each, of_found, some_of_those, told_places
from xinfo.understand.frame import EMPTY, Frame, Trouble, filled
from xinfo.understand.proportions import ratio_of
from xinfo.understand.reading import Slots, When
from xinfo.understand.when import Times

RATES = frozenset(["growth", "share", "share_of_set", "attainment"])
"""Measures that are no amounts: 'by how many yuan' asks of the figure itself."""
ADDED = frozenset(["difference", "added"])
"""The cues for what a figure has become more by."""
OF_PROJECTS = ("content_area", "level", "project_status", "dated", "field")
OTHERWISE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
"""What holds where a bar does not."""
EMPTY_OF = {"ends": False, "per_year": False}


def overlaid(context: Context, new: Frame, catalog: Catalog) -> list[Frame]:
    """Frames that a follow-up may mean, likeliest first: with the operation of the question before, then without."""
    old, new = context.frame, told_of_it(context, new)
    if not set(filled(new)) - EMPTY and all(trouble.kind != "province" for trouble in new.troubles):
        return [new]
    if told_with_it(old, new):
        return [old.but(heard=new.heard, troubles=new.troubles)]
    if new.opposite in ("rest", "end"):
        return [_opposite(old, new)]
    if some_of_those(old, new):
        return [drawn(old, new)]
    if new.projects and (new.of_those or new.of_it) and found_several(old):
        return [_their_projects(context, new)]
    if old.projects and new.measure and not (new.metric or new.projects):
        return [new]  # Projects have no target and no growth, and what was reached is no number of them.
    if _of_several(new):
        if found_several(old):
            return [of_found(old, new)]
        if told_places(old):
            return [of_each(new.but(scope=old.scope))]
    if old.measure == "growth" and new.in_amounts and not (new.metric or new.measure or new.has_cue("difference")):
        new = new.but(cues=(ADDED,))  # 'How much is that in yuan?': the growth as an amount.
    frame = old.but(troubles=new.troubles, heard=new.heard, pronoun=new.pronoun, follows=new.follows, new_topic=False)
    frame = who(frame, of_offered(old, new, catalog), context, catalog)
    frame = province_meant(frame, catalog)
    frame = _what(frame, new, catalog)
    open_growth = new.measure == "growth" and old.measure is None and not (new.times or new.before)
    if open_growth and old.times and (ends := old.times.as_ends()):
        # 'How much did it grow?' after the figures of 2013 and of 2015: from the one to the other.
        frame, new = frame.but(times=ends), new.but(ends=True)
    if new.measure == "growth" and old.measure in (None, "value") and new.before and not new.before.relative:
        new = _grown_since(old, new)
    frame = _of_projects(old, new, _when(frame, new))
    frame = frame.but(fact=new.fact, template=new.template) if new.fact or new.template else frame
    frame = _measure(frame, new)
    frame = _bar_of_another(old, new, frame, catalog)
    return [_operation(frame, new, keep=True), _operation(frame, new, keep=False)]


def _of_projects(old: Frame, new: Frame, frame: Frame) -> Frame:
    if new.projects and not old.projects:
        # 'How many projects does it have?' after a figure: of the same places, and no figure any more.
        unsaid = dict.fromkeys(("metric", "against", "per", "measure"), None) | dict.fromkeys(DIMENSIONS, ())
        frame = frame.but(times=new.times, **unsaid)
    if (told := {name: value for name in OF_PROJECTS if (value := getattr(new, name))}) or new.projects:
        frame = frame.but(**told, projects=True)
    return frame


def _grown_since(old: Frame, new: Frame) -> Frame:
    """'By what percentage is that up on 2013?' after a figure: from then to its time, or its growth on the year."""
    new = new.but(cues=tuple(cue for cue in new.cues if "against" not in cue))
    spoken = old.times.whens[:1] if old.times else ()
    year_before = tuple(When(when.start.years_on(-1), when.end.years_on(-1)) for when in spoken)
    on_the_year = new.before is not None and new.before.whens == year_before
    return new.but(before=None) if on_the_year else new.but(ends=True)


def _of_several(new: Frame) -> bool:
    """'Their population?', 'their 2015 figures?', 'the highest of those?': something is asked of several at once."""
    asked = new.metric or new.measure or new.order or new.has_cue(*TOGETHER) or set(filled(new)) - EMPTY == {"times"}
    return bool(asked and (new.of_those or (new.of_it and new.order)))


def _their_projects(context: Context, new: Frame) -> Frame:
    """Projects of the places that the last answer found, by name: no set of projects is one that figures choose."""
    if len(context.focus) < 2:
        return new.but(troubles=(*new.troubles, Trouble("no_template")))
    return new.but(places=context.focus, pronoun=False, of_those=False, of_it=False)


def _opposite(old: Frame, new: Frame) -> Frame:
    """'Which ones didn't?', 'the other end of that list': the same question turned round, where it can be."""
    plain = old.but(heard=new.heard, troubles=(), follows=new.follows, pronoun=new.pronoun)
    if new.opposite == "end" and old.order and not (old.grain or old.over or old.quantifier):
        return plain.but(order="asc" if old.order == "desc" else "desc")
    # Who says it twice does not turn it back: 'which didn't?', 'and how many didn't?'.
    held = old.cmp and not (old.opposite or old.upto_cmp or old.order or old.grain or old.over) and len(old.places) != 1
    if new.opposite == "rest" and held:
        return plain.but(cmp=OTHERWISE[str(old.cmp)], quantifier=None, cues=new.cues, opposite="said")
    return new.but(troubles=(Trouble("no_template"),))


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


def _what(frame: Frame, new: Frame, catalog: Catalog) -> Frame:
    metric = new.metric
    if new.metrics and not metric:
        metric = _family(frame, new.metrics)
        if metric is None:
            frame = frame.but(metric=None, metrics=new.metrics)
    if new.metric and new.measure == "share" and frame.metric and not frame.parts() and not new.parts():
        # 'As a share of GDP'.
        ratio = ratio_of(catalog, catalog.metrics[frame.metric].numerator or frame.metric, new.metric)
        return frame.but(metric=ratio or frame.metric, measure=None, per=None if ratio else new.metric)
    if new.per and new.per == frame.metric and frame.parts() and frame.measure is None:
        return frame.but(measure="share")  # 'What share of all of it was that?', of a part that was spoken of.
    if new.per and not metric and frame.metric:
        base = catalog.metrics[frame.metric]
        metric = ratio_of(catalog, base.numerator or frame.metric, new.per)
        frame = frame.but(per=None if metric else new.per)
    if metric:
        frame = frame.but(
            metric=metric, metrics=(), against=new.against, per=None, projects=False, dated=None, fact=None
        )
    kept = {d: values for d, values in frame.parts().items() if d in parts_of(catalog, frame.metric)}
    if new.parts() or new.over in DIMENSIONS:
        kept = {d: values for d, values in kept.items() if len(values) == 1 and d != new.over}
    around = [d for d in kept if d not in new.parts()]
    if new.measure == "share" and new.parts() and around:
        # 'What share is services?' after what individuals spent: of that; after their share it is of the same whole.
        kept, frame = ({}, frame) if frame.measure == "share" else (kept, frame.but(whole_of=around[0]))
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
    if new.before is not None and frame.times is not None and 1 <= len(frame.times.whens) <= 2:
        return _both_times(frame, new)
    if new.times is None or new.times.spoken_of(frame.times):
        return frame
    if frame.bar == "before" and new.bar is None:
        # 'And a year earlier?' after 'more than in 2014': which of the two is to be another one is left open.
        open_now = frame.but(bar=None, cmp=None, quantifier=None, times=new.times)
        return open_now.but(troubles=(*frame.troubles, Trouble("two_periods")))
    times, old = new.times, frame.times
    shifts = times.relative is not None and times.relative[0] == "before" and not times.whens and not times.part
    if shifts and times.relative and old and len(old.whens) == 1:
        back = int(str(times.relative[1]))
        shifted = When(old.whens[0].start.years_on(-back), old.whens[0].end.years_on(-back))
        return frame.but(times=replace(old, whens=(shifted,), relative=None))
    if (counted := times.counted_from(old)) is not None:
        return frame.but(times=counted)
    if times.part and not times.whens and not times.relative and old and len({w.end.year for w in old.whens}) == 1:
        times = replace(times, whens=(When.of(Period(old.whens[0].end.year, *times.part)),), part=None)
    return frame.but(times=times)


def _both_times(frame: Frame, new: Frame) -> Frame:
    """'Was that more than in 2014?': the time that was spoken of, and the one that is said."""
    spoken = frame.times
    if spoken is None or new.before is None:
        return frame
    if new.quantifier and len(frame.places) != 1:
        return frame.but(troubles=(*frame.troubles, Trouble("no_template")))
    # 'And than in 2013?' after 'how much more than in 2014': what was held against that time is held against this one.
    now = frame.but(times=replace(spoken, whens=spoken.whens[:1]))
    other = _when(now, new.but(times=new.before, before=None)).times
    if other is None or other.relative or set(other.whens) & set(spoken.whens):
        return frame.but(troubles=(*frame.troubles, Trouble("two_periods")))
    return frame.but(times=Times(whens=(*spoken.whens[:1], *other.whens)))


def _measure(frame: Frame, new: Frame) -> Frame:
    if new.measure is None:
        # 'And by how many yuan did it grow?' after a rate asks of the figure itself.
        in_amounts = frame.measure in RATES and (new.in_amounts or new.of_it or new.has_cue("added"))
        return frame.but(measure=None) if in_amounts else frame
    if new.measure == "share" and frame.metric and frame.measure is None and not frame.parts() and new.metric:
        return frame
    changed = new.measure != frame.measure
    if changed and frame.measure in RATES and new.cmp and new.measure == "growth" and not new.metric:
        return frame.but(troubles=(Trouble("no_template"),))  # Whether a share rose is no growth of it.
    if changed and frame.measure in ("attainment", "gap"):
        frame = frame.but(cmp=None, threshold=None, upto_cmp=None, upto=None, quantifier=None)
    if frame.metric != (new.metric or frame.metric):
        return frame
    return frame.but(measure=new.measure)


def _operation(frame: Frame, new: Frame, keep: bool) -> Frame:
    """Order, number, threshold, grouping, grain and cues: the new ones, over the old ones where those are kept."""
    # A new measure is asked for plainly: what was told yes or no of, or held against a bar, was the old one.
    plainly = new.measure is not None and new.quantifier is None
    names = (
        "order n nth cmp threshold upto_cmp upto bar bar_of factor over by grain quantifier ends per_year chosen also"
    ).split()
    keep = keep and not (plainly and frame.quantifier)
    old = {name: getattr(frame, name) if keep else None for name in names}
    if new.has_cue(*TOGETHER) and old["over"] == "place":
        old["over"] = None  # 'And together?'
    if keep and any(len(values) == 1 and frame.over == d for d, values in new.parts().items()):
        old["over"] = None
    said = {name: getattr(new, name) or old[name] or EMPTY_OF.get(name) for name in names}
    if new.cmp is not None:
        said |= {name: getattr(new, name) for name in ("threshold", "upto_cmp", "upto", "bar", "bar_of", "factor")}
    if new.over is not None:
        said["by"] = new.by
    said |= {"n": new.n} if new.nth else {"nth": None} if new.order else {}
    if said["cmp"] and new.cmp is None and new.order:
        said |= dict.fromkeys(("cmp", "threshold", "upto_cmp", "upto", "bar", "bar_of", "factor", "quantifier"))
    cues = new.cues or (frame.cues if keep else ())
    if new.over == "place" and not new.cues:
        cues = tuple(cue for cue in cues if not cue & TOGETHER)  # 'And each of them?'
    if keep and new.cues and all(cue & {"filler", "total"} for cue in new.cues):
        cues = (*frame.cues, *new.cues)
    return frame.but(
        **said, cues=cues, turned=new.turned, one_way=new.one_way, than=frame.than if keep or new.than else ()
    )
