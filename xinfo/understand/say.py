"""Slots said back in words: the phrases of canonical sentences and headlines. Understands nothing.

What is said here is built from the vocabulary's own words, so that it is understood again as the same slots.
"""

from __future__ import annotations

from xinfo.language import times
from xinfo.language.numbers import exact
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.reading import Scope, Slots, When
from xinfo.understand.template import Template

FIGURES = ("figure", "a_figure", "the_figure", "total_figure", "the_total_figure", "summed_figure", "whole_figure")
PROVINCES = ("province", "municipality", "country")


def sentence(template: Template, slots: Slots, catalog: Catalog, lang: str) -> str:
    """The canonical sentence: one restricted sentence that means exactly these slots of this template."""
    said = template.sentence[lang].format_map(phrases(slots, catalog, lang))
    return said[0].upper() + said[1:]


def as_actual(asked: str, lang: str) -> str:
    """A question of what happened, marked as such: what is offered where a target was asked for and there is none."""
    return text("sentence.actual", lang, sentence=asked)


def phrases(slots: Slots, catalog: Catalog, lang: str) -> dict[str, str]:
    """Every phrase a sentence or headline may hold, by placeholder; those that do not apply are empty."""
    metric = catalog.metrics.get(slots.metric or "")
    unit = measured_unit(slots, catalog) or "yuan"  # A bar without a metric is one of projects' money.
    said = _figures(slots, catalog, lang) if metric else dict.fromkeys(FIGURES, "")
    said |= {
        "metric": metric_phrase(slots, catalog, lang),
        "against": metric_phrase(Slots(metric=slots.against), catalog, lang),
        "places": places_phrase(slots, catalog, lang),
        "scope": scope_phrase(slots.scope or Scope(), catalog, lang),
        "when": when_phrase(slots, catalog, lang),
        "goal_when": when_phrase(slots.but(periods=slots.periods[:1]), catalog, lang),
        "since": text("sentence.since", lang, period=times.name(slots.periods[1].end, lang))
        if slots.periods[1:]
        else "",
        "pair": pair_phrase(slots, catalog, lang),
        "grain": text(f"grain.{slots.grain}", lang) if slots.grain else "",
        "over": _group_phrase(slots, lang),
        "which": text(f"which.{slots.grain}", lang) if slots.grain else "",
        "order": text(f"order.{slots.order}", lang) if slots.order else "",
        "rank": text(f"rank.{slots.order}", lang) if slots.order else "",
        "n": str(slots.n or 1),
        "best": _so_many("best", slots.n or 1, lang),
        "nearest": _so_many("nearest", slots.n or 1, lang),
        "cmp": text(f"cmp.{slots.cmp}", lang) if slots.cmp else "",
        "threshold": exact(slots.threshold, unit, lang) if slots.threshold is not None else "",
        "bounds": _bounds_phrase(slots, unit, lang),
        "than": place_name(slots.than, catalog, lang) if slots.than else "",
        "parts": listing([text(f"part.{part}", lang) for part in slots.consumer + slots.offering + slots.sector], lang),
        "projects": projects_phrase(slots, lang),
        "field": text(f"field.{slots.field}", lang) if slots.field else "",
        "fact_question": text(f"fact.{slots.fact}", lang) if slots.fact else "",
    }
    return said | {key.capitalize(): value[:1].upper() + value[1:] for key, value in said.items()}


def _group_phrase(slots: Slots, lang: str) -> str:
    group = text(f"dimension.{slots.over}", lang) if slots.over else ""
    if slots.by:
        group = text("sentence.two_groups", lang, first=group, second=text(f"dimension.{slots.by}", lang))
    ascending = group and slots.order == "asc" and slots.n is None
    return text("sentence.ascending", lang, group=group) if ascending else group


def _bounds_phrase(slots: Slots, unit: str, lang: str) -> str:
    """'of at least 100 billion yuan and below 300 billion yuan': whether each bound is in it is said."""
    if slots.threshold is None or slots.upto is None:
        return ""
    low, high = exact(slots.threshold, unit, lang), exact(slots.upto, unit, lang)
    signs = {"low_cmp": text(f"cmp.{slots.cmp}", lang), "high_cmp": text(f"cmp.{slots.upto_cmp}", lang)}
    return text("sentence.bounds", lang, low=low, high=high, **signs)


def measured_unit(slots: Slots, catalog: Catalog) -> str | None:
    """The unit of the asked-for number."""
    if slots.measure in ("growth", "share", "attainment", "share_of_set"):
        return "ratio"
    return found.unit if (found := catalog.metrics.get(slots.metric or "")) else None


def metric_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """The metric with its parts: 'personal information consumption (services)', '个人信息消费（信息服务）'."""
    if slots.metric is None:
        return ""
    label = catalog.metrics[slots.metric].label(lang)
    label = _inside_sentence(label) if lang == "en" else label
    who = _parts(slots.consumer, lang)
    of = listing([p for p in (_parts(slots.offering, lang), _parts(slots.sector, lang)) if p], lang)
    if lang == "zh":
        return f"{who}{label}{f'（{of}）' if of else ''}"
    return f"{who + ' ' if who else ''}{label}{f' ({of})' if of else ''}"


def figure_phrase(slots: Slots, catalog: Catalog, lang: str, over: str = "") -> str:
    """The metric with what of it is asked for: 'growth of GDP'; `over` makes it 'growth of combined GDP'."""
    metric = metric_phrase(slots, catalog, lang)
    metric = text(over, lang, metric=metric) if over else metric
    return text(f"measure.{slots.measure}", lang, metric=metric)


def _figures(slots: Slots, catalog: Catalog, lang: str) -> dict[str, str]:
    """The figure as sentences need it: with an article, as a total, without parts that are set against each other."""
    figure = figure_phrase(slots, catalog, lang)
    total = figure_phrase(slots, catalog, lang, "sentence.total")
    a, the = (text(f"{article}.{slots.measure}", lang) for article in ("a", "the"))
    undivided = slots.but(**{d: () for d in ("consumer", "offering", "sector") if len(getattr(slots, d)) > 1})
    several = any(when.start != when.end for when in slots.periods)
    summed = figure_phrase(slots, catalog, lang, "sentence.summed") if several else figure
    whole = the + figure_phrase(undivided, catalog, lang)
    return dict(zip(FIGURES, (figure, a + figure, the + figure, total, the + total, summed, whole), strict=True))


def place_name(place_id: str, catalog: Catalog, lang: str) -> str:
    """The place's name, with its province where another place goes by that name too."""
    place = catalog.places[place_id]
    name = place.name(lang)
    if lang == "en" and name in catalog.provinces and place.admin_type not in PROVINCES:
        return text("sentence.city", lang, name=name)
    if name.lower() not in catalog.shared_names:
        return name
    return f"{name} ({place.province_en})" if lang == "en" else f"{place.province_zh}{name}"


def places_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'Xining, Wuxi and Kunshan'; or the set of places."""
    if not slots.places:
        return scope_phrase(slots.scope or Scope(), catalog, lang)
    names = [place_name(place, catalog, lang) for place in slots.places]
    # 'Xining, Qinghai' is one place; both of them are 'Xining and Qinghai'.
    codes = {catalog.places[place].adcode for place in slots.places}
    around = {outer for code in codes for outer in (code[:2] + "0000", code[:4] + "00") if outer != code}
    if len(names) > 2 and around & codes:
        return text("list.and", lang).join(names)
    return listing(names, lang)


def pair_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'Ningbo compared with Hangzhou': the two sides of a difference, the one that is taken from second."""
    sides: list[str] = []
    if slots.other is not None and slots.scope is not None:
        sides = [scope_phrase(scope, catalog, lang) for scope in (slots.scope, slots.other)]
    elif len(slots.places) == 2:
        sides = [place_name(place, catalog, lang) for place in slots.places]
    elif len(slots.periods) == 2:
        ends = _at_end(slots, catalog)
        key = "pair_end" if ends else "pair_during"
        sides = [_when(when, key, lang, _beside_others(when, slots)) for when in slots.periods]
    else:
        several = next((v for v in (slots.consumer, slots.offering, slots.sector) if len(v) == 2), ())
        sides = [text(f"part.{part}", lang) for part in several]
    return text("sentence.against", lang, a=sides[0], b=sides[1]) if len(sides) == 2 else ""


def scope_phrase(scope: Scope, catalog: Catalog, lang: str) -> str:
    """'the western prefecture-level cities in Qinghai except Xining', '青海省西部地级市试点（除西宁市外）'."""
    named = _province_name(scope.province, catalog, lang) if scope.province else ""
    region = text(f"region.{scope.region}", lang) if scope.region else ""
    kind = text(f"admin_type.{scope.admin_type}", lang) if scope.admin_type else ""
    batch = text(f"sentence.batch_{scope.batch}", lang) if scope.batch else ""
    without = listing([place_name(place, catalog, lang) for place in scope.without], lang)
    if not (named or region or kind or batch):
        said = text("sentence.all_pilots", lang)
    else:
        key = ("kinds" if kind else "pilots") + ("_in" if named else "")
        said = " ".join(text(f"sentence.{key}", lang, province=named, region=region, kind=kind, batch=batch).split())
    return text("sentence.without", lang, places=said, without=without) if without else said


def _province_name(province: str, catalog: Catalog, lang: str) -> str:
    """'Jilin Province' where a city goes by that name too, so that it is not taken for the city."""
    if lang == "zh":
        return catalog.provinces.get(province, province)
    city = any(p.name_en == province and p.admin_type not in PROVINCES for p in catalog.places.values())
    return text("sentence.province", lang, name=province) if city else province


def when_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'in the third quarter of 2014', 'at the end of 2015', 'from 2014 to 2015', '2014年第三季度'."""
    if not slots.periods:
        return ""
    ends = _at_end(slots, catalog) and not slots.grain
    said = [_when(when, "at_end" if ends else "during", lang, _beside_others(when, slots)) for when in slots.periods]
    return listing(said, lang) if len(said) > 1 else said[0]


def _at_end(slots: Slots, catalog: Catalog) -> bool:
    return catalog.all_at_end(slots.metric, slots.against) and slots.measure != "target"


def _beside_others(when: When, slots: Slots) -> bool:
    """Whether a year stands beside a part of one: which is which takes a word more in Chinese."""
    return when.start.kind == "year" and any(other.start.kind != "year" for other in slots.periods)


def _when(when: When, key: str, lang: str, whole: bool = False) -> str:
    if when.start != when.end:
        return text("sentence.range", lang, start=times.name(when.start, lang), end=times.name(when.end, lang))
    named = times.name(when.start, lang)
    period = text("sentence.whole_year", lang, year=named) if whole and not key.endswith("end") else named
    return text(f"sentence.{key}", lang, period=period)


def projects_phrase(slots: Slots, lang: str) -> str:
    words = [
        text(f"{name}.{value}", lang)
        for name in ("project_status", "level", "content_area")
        if (value := getattr(slots, name))
    ]
    return (" " if lang == "en" else "").join([*words, text("sentence.projects", lang)])


def _so_many(what: str, n: int, lang: str) -> str:
    """'the pilot' or 'the 5 pilots'."""
    return text(f"sentence.{what}_{'one' if n == 1 else 'many'}", lang, n=n)


def _inside_sentence(label: str) -> str:
    """An English label as it stands within a sentence: GDP and 'Broadband Qinghai …' keep their capitals."""
    named = label[:2].isupper() or any(word[0].isupper() for word in label.split()[1:2])
    return label if named else label[0].lower() + label[1:]


def _parts(parts: tuple[str, ...], lang: str) -> str:
    return listing([text(f"part.{part}", lang) for part in parts], lang)


def namesakes(frame: Frame, slots: Slots, catalog: Catalog) -> list[tuple[str, str]]:
    """Which of two cities was taken for an English name that they share, where the store knows only one."""
    written = {heard.text.lower() for heard in frame.heard}
    named = [catalog.places[p] for p in slots.places if p in catalog.namesakes]
    return [
        ("assumed.namesake", f"{p.name_en} = {p.name_zh} ({p.province_en}), ≠ {catalog.namesakes[p.place_id]}")
        for p in named
        if p.name_en.lower() in written
    ]
