"""Figures, places, sets, times and comparisons in words: the nouns that sentences and headlines are made of.

What is said here is built from the vocabulary's own words, so that it is understood again as the same slots.
"""

from __future__ import annotations

from xinfo.language import times
from xinfo.language.numbers import exact, ordinal
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.proportions import is_part, unit_over
from xinfo.understand.reading import Slots, When
from xinfo.understand.say_places import place_name, scope_phrase


def measured_unit(slots: Slots, catalog: Catalog) -> str | None:
    """The unit of the asked-for number."""
    if slots.measure in ("growth", "share", "attainment", "share_of_set"):
        return "ratio"
    if slots.per:
        return unit_over(catalog, slots.metric or "", slots.per)
    return found.unit if (found := catalog.metrics.get(slots.metric or "")) else None


def measure_name(slots: Slots) -> str:
    """What of a figure is asked for, as texts name it: a growth between two ends is another than one on the year."""
    if slots.measure == "share" and slots.whole_of:
        return "share_of_part"
    if slots.measure != "growth" or not slots.ends:
        return slots.measure
    return "per_year" if slots.per_year else "ends"


def whole_of_share(slots: Slots) -> Slots:
    """What a share is one of: the figure without its parts, but for the one that is the whole itself."""
    return slots.but(**{name: () for name in DIMENSIONS if name != slots.whole_of})


def part_words(slots: Slots, lang: str) -> str:
    """The parts that are told of a figure, without the one that a share is of."""
    said = (part for name in DIMENSIONS if name != slots.whole_of for part in getattr(slots, name))
    return listing([text(f"part.{part}", lang) for part in said], lang)


def metric_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """The metric with its parts: 'personal information consumption (services)', '个人信息消费（信息服务）'."""
    if slots.metric is None:
        return ""
    label = catalog.metrics[slots.metric].label(lang)
    label = _inside_sentence(label) if lang == "en" else label
    who = _parts(slots.consumer, lang)
    of = listing([p for p in (_parts(slots.offering, lang), _parts(slots.sector, lang)) if p], lang)
    if lang == "zh":
        said = f"{who}{label}{f'（{of}）' if of else ''}"
    else:
        said = f"{who + ' ' if who else ''}{label}{f' ({of})' if of else ''}"
    return _relative(said, slots, catalog, lang) if slots.per else said


def _relative(metric: str, slots: Slots, catalog: Catalog, lang: str) -> str:
    """'Online retail sales per person', 'telecom revenue relative to GDP'; a part of the people is none per person."""
    per_person = slots.per == "population" and not is_part(catalog, str(slots.metric), slots.per)
    form = "sentence.per_person" if per_person else "sentence.relative"
    return text(form, lang, metric=metric, per=metric_phrase(Slots(metric=slots.per), catalog, lang))


def figure_phrase(slots: Slots, catalog: Catalog, lang: str, over: str = "") -> str:
    """The metric with what of it is asked for: 'growth of GDP'; `over` makes it 'growth of combined GDP'."""
    metric = metric_phrase(slots, catalog, lang)
    if over and slots.metric and not catalog.additive(slots.metric, slots.per):
        over = f"{over}_rate"  # Rates of several places are worked out together; they are not added up.
        over += "_value" if slots.measure == "value" else ""
    metric = text(over, lang, metric=metric) if over else metric
    if measure_name(slots) == "share_of_part":
        whole = metric_phrase(whole_of_share(slots), catalog, lang)
        return text("measure.share_of_part", lang, metric=whole, part=part_words(slots, lang))
    name = measure_name(slots)
    name = "growth_of_ratio" if name == "growth" and changes_by_rate(slots, catalog) else name
    return text(f"measure.{name}", lang, metric=metric)


def changes_by_rate(slots: Slots, catalog: Catalog) -> bool:
    """Whether a growth is asked for of what is told in per cent itself: that changes by points and does not grow."""
    of_ratio = slots.metric is not None and catalog.metrics[slots.metric].unit == "ratio"
    return of_ratio and slots.measure == "growth"


def _parts(parts: tuple[str, ...], lang: str) -> str:
    return listing([text(f"part.{part}", lang) for part in parts], lang)


def _inside_sentence(label: str) -> str:
    """An English label as it stands within a sentence: GDP and 'Broadband Qinghai …' keep their capitals."""
    named = label[:2].isupper() or any(word[0].isupper() for word in label.split()[1:2])
    return label if named else label[0].lower() + label[1:]


def when_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'in the third quarter of 2014', 'at the end of 2015', 'from 2014 to 2015', '2014年三季度'."""
    if not slots.periods:
        return ""
    if slots.ends:
        later, earlier = (times.name(when.end, lang) for when in slots.periods[:2])
        return text("sentence.between", lang, start=earlier, end=later)
    ends = at_end(slots, catalog) and not slots.grain
    key, periods = "at_end" if ends else "during", slots.main_periods
    said = [when_words(when, key, lang, beside_others(when, slots)) for when in periods]
    return listing(said, lang) if len(said) > 1 else said[0]


def at_end(slots: Slots, catalog: Catalog) -> bool:
    return catalog.all_at_end(slots.metric, slots.against, slots.per) and slots.measure != "target"


def beside_others(when: When, slots: Slots) -> bool:
    """Whether a year stands beside a part of one: which is which takes a word more in Chinese."""
    return when.start.kind == "year" and any(other.start.kind != "year" for other in slots.periods)


def when_words(when: When, key: str, lang: str, whole: bool = False) -> str:
    if when.start != when.end:
        return text("sentence.range", lang, start=times.name(when.start, lang), end=times.name(when.end, lang))
    named = times.name(when.start, lang)
    period = text("sentence.whole_year", lang, year=named) if whole and not key.endswith("end") else named
    return text(f"sentence.{key}", lang, period=period)


def order_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'highest', '3rd highest', '2nd to 4th highest'; in Chinese people are most (最多) and amounts highest (最高)."""
    of_things = "_things" if slots.metric and measured_unit(slots, catalog) == "count" else ""
    if not slots.order or not slots.nth:
        kind = "order_gap" if slots.measure == "gap" else f"order{of_things}"
        return text(f"{kind}.{slots.order}", lang) if slots.order else ""
    last = slots.nth + (slots.n or 1) - 1
    form = f"order_nth{of_things}" if last == slots.nth else f"order_from_nth{of_things}"
    return text(f"{form}.{slots.order}", lang, nth=ordinal(slots.nth, lang), last=ordinal(last, lang))


def bar_phrase(slots: Slots, catalog: Catalog, lang: str, form: str = "cmp") -> str:
    """'above 50 billion yuan', 'below 2 times the average', 'of at least that of Xiamen'; what misses it."""
    unit = measured_unit(slots, catalog) or "yuan"
    if slots.upto is not None:
        bounds = bounds_phrase(slots, unit, lang)
        return text("bar.outside", lang, bounds=bounds) if form == "not_cmp" else bounds
    around = slots.bar_of or (slots.other if not slots.bar else None)
    kind = slots.bar or ("place" if slots.than else "set" if around is not None else "number")
    kind = f"{kind}_of" if slots.bar_of is not None else kind
    times_it = text("bar.times", lang, factor=exact(slots.factor, "count", lang)) if slots.factor is not None else ""
    return text(
        f"bar.{kind}",
        lang,
        cmp=text(f"{form}.{slots.cmp}", lang),
        times=times_it,
        threshold=exact(slots.threshold, unit, lang) if slots.threshold is not None else "",
        than=place_name(slots.than, catalog, lang) if slots.than else "",
        of=scope_phrase(around, catalog, lang) if around is not None else "",
        period=times.name(slots.periods[1].end, lang) if slots.bar == "before" else "",
    )


def bar_phrases(slots: Slots, catalog: Catalog, lang: str) -> dict[str, str]:
    """The bar behind a noun ('of at least 5'), after 'is' ('at least 5'), and what misses it ('below 5')."""
    forms = {"bar": "cmp", "is_bar": "is_cmp", "not_bar": "not_cmp"}
    return {name: bar_phrase(slots, catalog, lang, form) if slots.cmp else "" for name, form in forms.items()}


def bounds_phrase(slots: Slots, unit: str, lang: str) -> str:
    """'of at least 100 billion yuan and below 300 billion yuan': whether each bound is in it is said."""
    if slots.threshold is None or slots.upto is None:
        return ""
    low, high = exact(slots.threshold, unit, lang), exact(slots.upto, unit, lang)
    signs = {"low_cmp": text(f"cmp.{slots.cmp}", lang), "high_cmp": text(f"cmp.{slots.upto_cmp}", lang)}
    return text("sentence.bounds", lang, low=low, high=high, **signs)
