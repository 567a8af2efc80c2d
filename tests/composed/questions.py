"""Questions drawn at random: every operation with every measure, bar, choice of places, end and second figure."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from composed.panel import PARTS, SERVICES, SPOTS, YEARS
from xinfo.store.periods import Period
from xinfo.understand.reading import Scope, Slots, When

PILOTS = [spot.id for spot in SPOTS if spot.batch]
SETS = (
    *(Scope(), Scope(), Scope(region="east"), Scope(region="west"), Scope(province="Anhui"), Scope(batch="2")),
    *(Scope(admin_type="prefecture-level city"), Scope(without=("town",)), Scope(province="Hunan")),
)
CONTRASTS = (
    {"scope": Scope(region="east"), "other": Scope(province="Gansu")},
    {"scope": Scope(named=tuple(PILOTS[:1])), "other": Scope(named=tuple(PILOTS[1:4]))},
    {"scope": Scope(named=tuple(PILOTS[2:5])), "other": Scope(region="east")},
)
SUMMED = ("value", "growth", "share", "gap", "target")
PLAIN = ("value", "growth", "share")
MIDDLES = ("averages", "medians", "periods_of_averages", "periods_of_medians")
ALL = (*SUMMED, "attainment")
MEASURES = {
    **dict.fromkeys(("total", "group"), ("value", "growth", "share", "gap")),
    **dict.fromkeys(("rank", "filter", "count", "share_passing", "yes_no", "figures_by_place"), (*ALL, "rise", "rise")),
    **dict.fromkeys(("trend", "trend_of_total", "difference_of_sets"), PLAIN),
    **dict.fromkeys(("multiple_of_places", "multiple_of_periods"), ("value", "target")),
    **dict.fromkeys((f"multiple_of_{name}" for name in ("sets", *MIDDLES)), ("value",)),
    **dict.fromkeys(("excess_of_places", "excess_of_sets"), ("value",)),
    **dict.fromkeys((f"difference_of_{name}" for name in MIDDLES), PLAIN),
    **dict.fromkeys(("yes_no_of_total", "yes_no_of_sets", "yes_no_of_average", "yes_no_of_median"), PLAIN),
    **dict.fromkeys(("breakdown", "position"), ("value",)),
    **dict.fromkeys(("share_of_places", "share_of_sets"), ("share_of_set",)),
    **dict.fromkeys(
        (f"periods_passing{of}{which}" for of in ("", "_of_total") for which in ("", "_first", "_last")), PLAIN
    ),
    "count_of_chosen": ("value",),
}
SUMS = ("total", "group", "trend_of_total", "position", "share_of_places")
OF_TARGETS = ("target", "attainment", "gap")
CMP = st.sampled_from((">", ">=", "<", "<="))


def year(draw: st.DrawFn) -> When:
    return When.of(Period(draw(st.sampled_from(YEARS))))


def figure(draw: st.DrawFn, measures: tuple[str, ...] = ALL, ends: bool = True) -> dict[str, Any]:
    """Which figure is asked for, and of when."""
    measure = draw(st.sampled_from(measures))
    of_consumers = measure in (*OF_TARGETS, "share")
    metrics = ("gdp", "population", "info_consumption", "info_consumption_per_capita")
    metric = (
        "info_consumption"
        if of_consumers
        else draw(st.sampled_from(metrics if measure != "share_of_set" else metrics[:3]))
    )
    found: dict[str, Any] = {"measure": measure, "metric": metric, "periods": (year(draw),)}
    if measure == "share" or (metric == "info_consumption" and not of_consumers and draw(st.integers(0, 3)) == 0):
        found["consumer"] = (draw(st.sampled_from(PARTS)),)
        if measure == "share" and draw(st.booleans()):
            found |= {"offering": (SERVICES,), "whole_of": draw(st.sampled_from(("consumer", "offering")))}
    if measure == "value" and metric in ("gdp", "info_consumption") and draw(st.integers(0, 4)) == 0:
        found["per"] = draw(st.sampled_from([one for one in ("gdp", "population") if one != metric]))
    if measure == "rise" or (measure == "growth" and ends and draw(st.booleans())):
        later, earlier = draw(st.sampled_from(ENDS))
        found |= {"periods": (When.of(later), When.of(earlier)), "ends": True}
        found["per_year"] = measure == "growth" and later.kind == "year" and draw(st.booleans())
    return found


ENDS = (
    *((Period(2015), Period(2013)), (Period(2015), Period(2014)), (Period(2014), Period(2013))),
    *((Period(2014, 4, 6), Period(2014, 1, 3)), (Period(2015, 7, 12), Period(2014, 7, 12))),
)


def among(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    """Which places, by description or name, perhaps cut down by another question."""
    if draw(st.integers(0, 3)):
        found: dict[str, Any] = {"scope": draw(st.sampled_from(SETS))}
    else:
        found = {"places": tuple(draw(st.lists(st.sampled_from(PILOTS), min_size=2, max_size=6, unique=True)))}
    return found | choice(draw, depth)


def choice(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    if not depth or draw(st.booleans()):
        return {}
    own = {"scope": draw(st.sampled_from(SETS))} if draw(st.integers(0, 3)) == 0 else {}
    what = figure(draw)
    inner = choice(draw, depth - 1)
    picks = ordered(draw, choosing=True) if draw(st.booleans()) else held_against(draw, what, whole=not inner)
    return {"chosen": Slots(**{**what, **own, **inner, **picks})}


def drawn_from(draw: st.DrawFn) -> dict[str, Any]:
    """Members that an order chooses of a set of its own."""
    return {"chosen": Slots(**{**figure(draw), "scope": draw(st.sampled_from(SETS)), **ordered(draw)})}


def ordered(draw: st.DrawFn, choosing: bool = False) -> dict[str, Any]:
    at = {"nth": draw(st.integers(1, 5))} if draw(st.integers(0, 2)) == 0 else {"n": draw(st.integers(1, 6))}
    rest = {"rest": True} if choosing and "n" in at and not draw(st.integers(0, 3)) else {}
    return {"order": draw(st.sampled_from(("desc", "asc"))), **at, **rest}


def held_against(
    draw: st.DrawFn, what: dict[str, Any], kinds: tuple[str, ...] = (), whole: bool = False
) -> dict[str, Any]:
    """A comparison that fits the figure, of all kinds or some; of a `whole` set also with another one."""
    bars = ["number", "between", "place", "mean", "median"]
    bars += ["other"] if whole else []
    bars += ["before"] if len(what["periods"]) == 1 and what["periods"][0].start.year > YEARS[0] else []
    amount = what["measure"] == "value" and "per" not in what
    bars += ["target"] if amount and what["metric"] == "info_consumption" else []
    bar, found = draw(st.sampled_from(kinds or bars)), {"cmp": draw(CMP)}
    rate = what["measure"] in ("growth", "share", "attainment")
    numbers = st.integers(-200, 1500).map(lambda n: n / 1000) if rate else st.integers(0, 600_000).map(float)
    if bar == "place":
        return found | {"than": draw(st.sampled_from([spot.id for spot in SPOTS]))} | factor(draw)
    if bar == "number":
        return found | {"threshold": draw(numbers)}
    if bar == "between":
        low, high = sorted((draw(numbers), draw(numbers)))
        return {"cmp": draw(st.sampled_from((">", ">="))), "threshold": low, "upto_cmp": "<=", "upto": high + 1}
    if bar == "before":
        earlier = When.of(what["periods"][0].start.years_on(-1))
        found |= {"periods": (what["periods"][0], earlier)}
    if bar == "other":
        found |= {"bar_of": draw(st.sampled_from(SETS))}
        bar = draw(st.sampled_from(("mean", "median")))
    return found | {"bar": bar} | factor(draw)


def factor(draw: st.DrawFn) -> dict[str, Any]:
    return {"factor": draw(st.sampled_from((0.5, 2.0, 3.0)))} if draw(st.integers(0, 3)) == 0 else {}


@st.composite
def asked(draw: st.DrawFn, template: str) -> Slots:
    """Slots of one kind of question."""
    what = figure(
        draw,
        MEASURES.get(template, ALL),
        ends=not template.startswith(("trend", "periods_passing", "difference", "multiple", "excess", "position")),
    )
    one = {"places": (draw(st.sampled_from(PILOTS)),)}
    where = among(draw)
    if template in ("value", "breakdown", "trend", "difference_of_periods", "multiple_of_periods"):
        where = one
    if template.startswith("periods_passing"):
        where = one
    if template.startswith("periods_passing_of_total") or template in SUMS:
        where = {"scope": draw(st.sampled_from(SETS)), **choice(draw, 2)}
    more: dict[str, Any] = {}
    if template == "breakdown":
        what |= {"metric": "info_consumption", "over": "consumer", "consumer": ()}
    if template in ("position", "share_of_places"):
        where |= one
    if template in ("difference_of_places", "multiple_of_places", "excess_of_places"):
        where = {"places": tuple(draw(st.lists(st.sampled_from(PILOTS), min_size=2, max_size=2, unique=True)))}
    if template.endswith(("_of_sets", "e_of_averages", "e_of_medians")):
        where = draw(st.sampled_from(CONTRASTS))
    if "_of_periods" in template:
        more = {"periods": (When.of(Period(2015)), When.of(Period(2014)))}
    if template in ("share_of_sets", "count_of_chosen"):
        where = {"scope": draw(st.sampled_from(SETS)), **drawn_from(draw)}
        where |= {"other": Scope()} if template == "share_of_sets" else {}
    if template.startswith("periods_passing"):
        rate = what["measure"] != "value"
        bar = st.integers(-200, 1500).map(lambda n: n / 1000) if rate else st.integers(0, 600_000).map(float)
        more = {"cmp": draw(CMP), "threshold": draw(bar)}
    if template.startswith(("trend", "periods_passing")):
        more |= {"grain": "year", "periods": (When(Period(2013), Period(2015)),)}
    if template == "group":
        more = {"over": draw(st.sampled_from(("region", "province")))}
    if template == "figures_by_place":
        more = {"over": "place"}
    if template == "rank":
        more = ordered(draw)
    if template == "difference_of_extremes":
        more = draw(st.sampled_from(({}, {}, {"nth": 2}, {"nth": 3})))
    if template in ("filter", "count", "share_passing"):
        more = held_against(draw, what, whole="chosen" not in where)
    if template.startswith("yes_no_of_"):
        bar = {"cmp": draw(CMP)} if template == "yes_no_of_sets" else held_against(draw, what, ("number", "between"))
        more = {"quantifier": "is", **bar}
    if template == "yes_no":
        where, more = _yes_no(draw, what, where, one)
    slots = Slots(**{**what, **where, **more})
    if template in ("value", "total", "rank", "filter", "figures_by_place") and draw(st.integers(0, 3)) == 0:
        slots = slots.but(also=Slots(**figure(draw, ("value", "growth"))))
    return slots


def _yes_no(
    draw: st.DrawFn, what: dict[str, Any], where: dict[str, Any], one: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    quantifier = draw(st.sampled_from(("is", "only", "all", "any", "none", "most")))
    if quantifier == "only":
        return one | {"scope": Scope()}, {"quantifier": quantifier, **held_against(draw, what)}
    if quantifier != "is":
        return where, {"quantifier": quantifier, **held_against(draw, what)}
    scope = {"scope": draw(st.sampled_from(SETS)), **choice(draw, 1)}
    picks = ordered(draw) if draw(st.booleans()) else held_against(draw, what)
    return one | scope, {"quantifier": quantifier, **picks}
