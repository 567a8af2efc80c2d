"""What is held, as JSON: which metrics, for which places and periods, how many figures, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from xinfo.answer.gaps import gap_words
from xinfo.ask import Workspace
from xinfo.errors import InputError, nearest
from xinfo.query.gaps import find_gaps
from xinfo.query.holdings import STATES, TOTAL, Holdings, View, grains, read_holdings, view
from xinfo.query.inventory import Defined, Overview, places_held, read_definitions, read_overview
from xinfo.query.listing import Wanted
from xinfo.service.form import Json
from xinfo.store.names import PlaceNames, spelling
from xinfo.store.periods import Period, parse_id
from xinfo.store.written import parse_period
from xinfo.understand.catalog import Catalog

MOST_PLACES, MOST_GAPS = 200, 20
"""Places that are listed, and sentences about what is missing."""
OTHERS = ("quarter", "running", "month")
"""Grains whose gaps are told for one place alone: for all they fill pages."""


def about(catalog: Catalog, metric: str = "", place: str = "", period: str = "") -> Wanted:
    """The ids of what is named, in either language. Raises InputError, with what comes nearest."""
    return Wanted(
        _metric(metric, catalog) if metric else "",
        _places(catalog).find(place) if place else "",
        parse_period(period) if period else None,
    )


def what_is_held(workspace: Workspace, asked: Wanted, lang: str) -> Json:
    """An overview of the metrics, or all about one of them. Raises EngineError and TookTooLong."""
    told = {
        "lang": lang,
        "published_only": workspace.published_only,
        "fingerprint": workspace.meta.get("fingerprint", ""),
        "built_at": workspace.meta.get("built_at", ""),
        "place": _named("place", asked.place, workspace.catalog, lang) if asked.place else None,
        "period": asked.period.id if asked.period else None,
    }
    return told | (_one if asked.metric else _every)(workspace, asked, lang)


def _every(workspace: Workspace, asked: Wanted, lang: str) -> Json:
    catalog, only = workspace.catalog, workspace.published_only
    span = asked.period
    within = {"within": (span.start_date, span.end_date)} if span else {}
    found = read_overview(workspace.engine, only, asked.place, **within)
    made = {"metrics": [_extent(one, catalog, lang) for one in found]}
    if asked.place:
        return made
    places = [place for place in places_held(workspace.engine, only) if place in catalog.places]
    named = [_named("place", place, catalog, lang) for place in places[:MOST_PLACES]]
    return made | {"places": named, "place_count": len(places)}


def _extent(one: Overview, catalog: Catalog, lang: str) -> Json:
    metric = catalog.metrics[one.metric]
    counts = {"figures": one.figures, "places": one.places, "demonstration": one.demonstration}
    kind = {"unit": metric.unit, "kind": metric.kind}
    return _named("metric", one.metric, catalog, lang) | kind | counts | {"first": one.first, "last": one.last}


def _one(workspace: Workspace, asked: Wanted, lang: str) -> Json:
    """Everything about one metric: its definition, its figures by kind of period and by place, its gaps."""
    catalog, only = workspace.catalog, workspace.published_only
    holdings = read_holdings(workspace.engine, asked.metric, only)
    kinds = grains(holdings.of()) if holdings.of() else ()
    views = {grain: _seen(holdings, grain, catalog, asked) for grain in kinds}
    return {
        "metric": definition(workspace, asked.metric, lang),
        "parts": [_part(part) for part in holdings.parts if part != TOTAL],
        "grains": [_grain(grain, shown) for grain, shown in views.items() if shown.periods],
        "by_place": list(_by_place(holdings, asked, catalog, lang)),
        **_gaps(workspace, holdings, views, asked, lang),
    }


def definition(workspace: Workspace, metric: str, lang: str) -> Json:
    """What a metric means, by its id or name. Raises InputError for one that is none."""
    known = _metric(metric, workspace.catalog)
    every = read_definitions(workspace.engine, workspace.published_only)
    found = next((one for one in every if one.metric_id == known), Defined(known, "", "", {}, 0, ()))
    return defined(workspace, found, lang)


def defined(workspace: Workspace, one: Defined, lang: str) -> Json:
    """What a metric means, and by which methods its figures were counted."""
    known, methods = workspace.catalog.metrics[one.metric_id], workspace.contents.methods
    return {
        **_named("metric", one.metric_id, workspace.catalog, lang),
        "unit": known.unit,
        "kind": known.kind,
        "definition": one.definition.get(lang, ""),
        "figures": one.figures,
        "methods": [methods[method][lang == "zh"] if method in methods else method for method in one.methods],
    }


def _seen(holdings: Holdings, grain: str, catalog: Catalog, asked: Wanted) -> View:
    """The metric's total by place and period of one kind, of what is asked about."""
    shown = view(holdings, TOTAL, grain, catalog.pilots(), tuple(catalog.places))
    periods = tuple(period for period in shown.periods if _within(period, asked.period))
    places = tuple(place for place in shown.places if asked.place in ("", place))
    return View(places or ((asked.place,) if asked.place else ()), periods, shown.held)


def _grain(grain: str, shown: View) -> Json:
    counts = shown.counts()
    return {"grain": grain, "first": shown.periods[0], "last": shown.periods[-1], "counts": counts}


def _by_place(holdings: Holdings, asked: Wanted, catalog: Catalog, lang: str) -> Iterator[Json]:
    """From when to when each place has figures; of the one that is asked about, each period with its state."""
    held: dict[str, dict[str, str]] = {}
    for (place, period), holding in holdings.of().items():
        if asked.place in ("", place) and _within(period, asked.period):
            held.setdefault(place, {})[period] = holding.state
    for place, periods in sorted(held.items())[:MOST_PLACES]:
        order = sorted(periods, key=lambda period: (parse_id(period).end_date, period))
        told = _named("place", place, catalog, lang) | {"figures": len(order), "first": order[0], "last": order[-1]}
        if asked.place:
            told["periods"] = {state: [p for p in order if periods[p] == state] for state in STATES[:-1]}
        yield told


def _gaps(workspace: Workspace, holdings: Holdings, views: dict[str, View], asked: Wanted, lang: str) -> Json:
    """What cannot be answered for want of figures, in sentences: of years, for one place of all kinds of periods."""
    said: list[str] = []
    for grain, shown in views.items():
        if grain in OTHERS and not asked.place:
            continue
        every = view(holdings, TOTAL, grain, workspace.catalog.pilots(), tuple(workspace.catalog.places))
        every = View(every.places, shown.periods, every.held)
        found = find_gaps(workspace.engine, workspace.catalog, holdings, every, TOTAL, workspace.published_only)
        of_place = [gap for gap in found if not asked.place or asked.place in gap.places]
        said += [gap_words(gap, asked.metric, every.periods, workspace.catalog, lang) for gap in of_place]
    missing = {grain: _missing(shown) for grain, shown in views.items() if asked.place and any(_held(shown))}
    return {"missing": missing, "gaps": said[:MOST_GAPS], "gap_count": len(said)}


def _held(shown: View) -> Iterator[str]:
    """The periods for which the one place that is shown has a figure."""
    yield from (period for period in shown.periods if (shown.places[0], period) in shown.held)


def _missing(shown: View) -> list[str]:
    return [period for period in shown.periods if period not in {*_held(shown)}]


def _within(period: str, span: Period | None) -> bool:
    one = parse_id(period)
    return not span or (span.start_date <= one.start_date and one.end_date <= span.end_date)


def _part(part: tuple[str, str, str]) -> Json:
    return {name: value for name, value in zip(("consumer", "offering", "sector"), part, strict=True) if value != "all"}


def _named(kind: str, id: str, catalog: Catalog, lang: str) -> Json:
    name = catalog.places[id].name(lang) if kind == "place" else catalog.metrics[id].label(lang)
    return {kind: id, "name": name}


def _metric(name: str, catalog: Catalog) -> str:
    """The id of a metric by its id or its label in either language."""
    names = {
        spelling(said): metric.metric_id
        for metric in catalog.metrics.values()
        for said in (metric.label_en, metric.label_zh, metric.metric_id)
    }
    if found := names.get(spelling(name.replace("_", " "))) or names.get(spelling(name)):
        return found
    shown = [said for metric in catalog.metrics.values() for said in (metric.metric_id, metric.label(_lang(name)))]
    raise InputError(f"'{name}' is no metric of the store", "an id or a name", nearest(name, shown, 2))


def _lang(name: str) -> str:
    return "en" if name.isascii() else "zh"


def _places(catalog: Catalog) -> PlaceNames:
    return PlaceNames(map(vars, catalog.places.values()))
