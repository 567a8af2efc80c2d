"""What is aimed at: words of intention, obligation and expectation make the figure a target. Reads no other words.

'How much does Xining want to spend', '西宁要占多少' ask for what was set, of the figure itself, of its growth or of its
share; never for what happened. Where nothing of the kind was set anywhere, that is told.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.hear.hearing import Hearing

GOALS = ("target", "gap", "attainment")
OF_GOALS = ("pace", "required", "implied")
GROWTH_GOALS = ("{}_average_growth", "{}_growth")
"""Metrics that a goal of growth is set as: by the year, or for one year."""


def wished(h: Hearing) -> bool:
    """Whether something is aimed at without a word for a target: 'reach' is then what is wished, not what was done."""
    return h.any("mood") and not h.any("measure", "target")


def aimed(h: Hearing, frame: Frame, heard: set[str]) -> Frame:
    """The frame as what is aimed at, where a word says so; `heard` are the measures that were named."""
    said = [index for index, _ in h.free("mood")]
    if not said and "target" not in heard:
        return frame
    if frame.projects or frame.fact or (said and not (frame.metric or frame.metrics) and not frame.measure):
        for index in said:
            h.trouble("project_aim" if frame.projects else "unused_words", h.written(index))
        return frame
    for index in said:
        h.take(index, "mood=aimed")
    if said and frame.measure == "value":
        # 'The actual figure that it had to reach' says both.
        h.trouble("no_template")
    if any(frame.parts().values()):
        # Targets are of the whole figure.
        h.trouble("no_target")
    if frame.measure in GOALS[1:] or frame.has_cue(*OF_GOALS):
        return frame
    return _goal_of(h, frame.but(measure="target"), heard)


def published_rate(h: Hearing, frame: Frame) -> Frame:
    """'年均要增长多少': the goal of growth that was published, before one that would be worked out from amounts."""
    if not frame.has_cue("required") or h.any("measure", "target") or frame.metric is None:
        return frame
    metric = goal_metric(h.catalog, frame.metric, "growth")
    two_ends = frame.times is not None and len(frame.times.whens) > 1
    if two_ends or metric is None or not h.catalog.aimed_at(metric, frame.places):
        return frame
    return frame.but(metric=metric, measure="target", cues=tuple(cue for cue in frame.cues if "required" not in cue))


def _goal_of(h: Hearing, frame: Frame, heard: set[str]) -> Frame:
    """The target of a figure, or of its growth or share where that is what is aimed at."""
    rate = next((rate for rate in ("growth", "share") if rate in heard), None)
    if rate is None or frame.metric is None:
        return frame
    metric = goal_metric(h.catalog, frame.metric, rate)
    if metric is None:
        h.trouble("no_target")
    return frame.but(metric=metric or frame.metric)


def by_so_much(h: Hearing, frame: Frame, outcome: str) -> Frame:
    """'Missed it by more than 10 %' is an attainment below 90 %, 'beat it by more than 10 %' one above 110 %."""
    bar, more = frame.threshold, frame.cmp in (">", ">=")
    if bar is None or bar.unit != "ratio" or not more or frame.upto is not None:
        h.trouble("no_template")
        return frame
    whole = 1.0 + bar.value if outcome == "beat" else 1.0 - bar.value
    cmp = frame.cmp if outcome == "beat" else str(frame.cmp).replace(">", "<")
    return frame.but(measure="attainment", threshold=replace(bar, value=round(whole, 9)), cmp=cmp)


def by_the_most(h: Hearing, frame: Frame, outcome: str) -> Frame:
    """'Exceeded it by the most' is the lowest gap, 'missed it by the most' the lowest attainment."""
    if frame.order == "asc" and outcome != "met":
        # 'Beat it by the least': of those that did, and a ranking holds the others, too.
        h.trouble("no_template")
    if (outcome, frame.measure) in (("beat", "gap"), ("missed", "attainment")):
        return frame.but(order="asc")
    return frame


def goal_metric(catalog: Catalog, metric: str, rate: str) -> str | None:
    """The metric that a goal of its growth, or of its share in another figure, is set as."""
    if rate == "growth":
        known = [name for shape in GROWTH_GOALS if (name := shape.format(metric)) in catalog.target_periods]
    else:
        ratios = (m for m in catalog.metrics.values() if m.numerator == metric and m.unit == "ratio")
        known = [m.metric_id for m in ratios if m.metric_id in catalog.target_periods]
    return known[0] if known else None
