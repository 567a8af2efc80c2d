"""Slots said back in words: the phrases of canonical sentences and headlines. Understands nothing.

What is said here is built from the vocabulary's own words, so that it is understood again as the same slots.
"""

from __future__ import annotations

import re

from xinfo.language import times
from xinfo.language.numbers import exact
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import Catalog
from xinfo.understand.naming import (
    at_end,
    bar_phrase,
    bar_phrases,
    beside_others,
    bounds_phrase,
    figure_phrase,
    measure_name,
    measured_unit,
    metric_phrase,
    order_phrase,
    part_words,
    when_phrase,
    when_words,
)
from xinfo.understand.reading import FIGURE, Scope, Slots
from xinfo.understand.say_places import members, place_name, scope_phrase, so_many
from xinfo.understand.template import Template

FIGURES = ("figure", "a_figure", "the_figure", "total_figure", "the_total_figure", "summed_figure", "whole_figure")


def sentence(template: Template, slots: Slots, catalog: Catalog, lang: str) -> str:
    """The canonical sentence: one restricted sentence that means exactly these slots of this template."""
    said = template.sentence[lang].format_map(phrases(slots, catalog, lang))
    if slots.also:
        second = slots.but(**{name: getattr(slots.also, name) for name in FIGURE}, also=None)
        second = second.but(metric=slots.also.metric or slots.metric)
        when = when_phrase(second, catalog, lang) if slots.also.periods else ""
        other = slots.also.operation or slots.also.order
        many = "_many" if slots.also.order and (slots.n or 1) > 1 else ""
        operation = text(f"sentence.operation.{other}{many}", lang, n=slots.n) if other else ""
        figure = operation or figure_phrase(second, catalog, lang)
        said = text("sentence.also", lang, first=said, figure=figure, when=when).rstrip()
    said = tidy(said)
    return said[:1].upper() + said[1:]


def tidy(said: str) -> str:
    """Without the comma that closes a choice of places where a stop, another comma or nothing follows."""
    return re.sub(r",(?=[,.:;]|$)", "", said)


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
        "scope": set_phrase(slots, catalog, lang),
        "members": scope_phrase(slots.scope or Scope(), catalog, lang),
        "other": scope_phrase(slots.other or Scope(), catalog, lang),
        "chosen": _choice_phrase(slots, catalog, lang),
        "when": when_phrase(slots, catalog, lang),
        "goal_when": when_phrase(slots.but(periods=slots.periods[:1], ends=False), catalog, lang),
        "since": text("sentence.since", lang, period=times.name(slots.periods[1].end, lang))
        if slots.periods[1:]
        else "",
        "pair": pair_phrase(slots, catalog, lang),
        "grain": text(f"grain.{slots.grain}", lang) if slots.grain else "",
        **_groups(slots, lang),
        "which": text(f"which.{slots.grain}", lang) if slots.grain else "",
        **_ends_of_order(slots, catalog, lang),
        "n": str(slots.n or 1),
        "apart": text(f"sentence.apart_{members(catalog)}", lang),
        "best": so_many("best", slots.n or 1, slots.scope, catalog, lang),
        "nearest": so_many("nearest", slots.n or 1, slots.scope, catalog, lang),
        "cmp": text(f"cmp.{slots.cmp}", lang) if slots.cmp else "",
        "threshold": exact(slots.threshold, unit, lang) if slots.threshold is not None else "",
        "bounds": bounds_phrase(slots, unit, lang),
        **bar_phrases(slots, catalog, lang),
        "than": place_name(slots.than, catalog, lang) if slots.than else "",
        "parts": part_words(slots, lang),
        "projects": projects_phrase(slots, catalog, lang),
        "field": text(f"field.{slots.field}", lang) if slots.field else "",
        "fact_question": text(f"fact.{slots.fact}", lang) if slots.fact else "",
    }
    said["asked"] = text(f"sentence.asked.{verdict_kind(slots)}", lang, **said) if slots.quantifier else ""
    return said | {key.capitalize(): value[:1].upper() + value[1:] for key, value in said.items()}


def _ends_of_order(slots: Slots, catalog: Catalog, lang: str) -> dict[str, str]:
    """From which end an order is told, and what lies furthest from its front."""
    furthest = order_phrase(slots.but(order="desc" if slots.nth else "asc"), catalog, lang)
    rank = text(f"rank.{slots.order}", lang) if slots.order else ""
    return {"order": order_phrase(slots, catalog, lang), "lowest": furthest, "rank": rank}


def verdict_kind(slots: Slots) -> str:
    """What is asked to be told yes or no of: that a place stands first or among the first, or passes; all, any, …"""
    if slots.quantifier != "is":
        return slots.quantifier or ""
    if not slots.order:
        return "is" if slots.scope is None else "is_among"
    return "among" if (slots.n or 1) > 1 else "first"


def _chosen_of(around: str, slots: Slots, catalog: Catalog, lang: str) -> str:
    """The set of places, or what an inner question chooses of it."""
    inner = slots.choosing
    if inner is None:
        return around
    chosen = _choice_phrase(slots, catalog, lang)
    return text("sentence.drawn", lang, members=around, chosen=chosen) if _is_drawn(slots, inner) else chosen


def _is_drawn(slots: Slots, inner: Slots) -> bool:
    """Whether some of those that were chosen are spoken of, by a condition of their own."""
    return inner.set_of_places != slots.set_of_places and not inner.chosen


def _choice_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """What an inner question chooses; empty where there is none."""
    inner = slots.choosing
    if inner is None:
        return ""
    figure = figure_phrase(inner, catalog, lang)
    return text(
        f"sentence.chosen.{_choice(inner)}",
        lang,
        places=_chosen_from(slots, inner, catalog, lang),
        figure=figure,
        a_figure=text(f"a.{measure_name(inner)}", lang) + figure,
        when=when_phrase(inner, catalog, lang),
        order=order_phrase(inner, catalog, lang),
        n=inner.n or 1,
        bar=bar_phrase(inner, catalog, lang) if inner.cmp else "",
    )


def _chosen_from(slots: Slots, inner: Slots, catalog: Catalog, lang: str) -> str:
    """The places that an inner question chooses from."""
    if _is_drawn(slots, inner) or inner.chosen:
        return places_phrase(inner, catalog, lang)
    if slots.places and slots.scope is None:
        return _names_phrase(slots, catalog, lang)
    return scope_phrase(slots.scope or Scope(), catalog, lang)


def _choice(inner: Slots) -> str:
    if not inner.order:
        return "passing"
    number = "one" if (inner.n or 1) == 1 else "many"
    return f"but_{number}" if inner.rest else number


def _groups(slots: Slots, lang: str) -> dict[str, str]:
    """What groups are told apart by; so many of them or the one; of two sets, where they differ in something else."""
    over, number = _group_phrase(slots, lang), "one" if slots.n == 1 else "many"
    sides = [getattr(side, slots.over or "", None) for side in (slots.scope, slots.other)]
    differ = not over or sides[0] != sides[1]
    return {
        "over": over,
        "best_over": text(f"sentence.best_over.{number}", lang, n=slots.n, over=over),
        "sides_by": "" if differ else text("sentence.sides_by", lang, over=over),
    }


def _group_phrase(slots: Slots, lang: str) -> str:
    group = text(f"dimension.{slots.over}", lang) if slots.over else ""
    if slots.by:
        group = text("sentence.two_groups", lang, first=group, second=text(f"dimension.{slots.by}", lang))
    ascending = group and slots.order == "asc" and slots.n is None
    return text("sentence.ascending", lang, group=group) if ascending else group


def _figures(slots: Slots, catalog: Catalog, lang: str) -> dict[str, str]:
    """The figure as sentences need it: with an article, as a total, without parts that are set against each other."""
    figure = figure_phrase(slots, catalog, lang)
    total = figure_phrase(slots, catalog, lang, "sentence.total")
    a, the = (text(f"{article}.{measure_name(slots)}", lang) for article in ("a", "the"))
    undivided = slots.but(**{d: () for d in ("consumer", "offering", "sector") if len(getattr(slots, d)) > 1})
    several = any(when.start != when.end for when in slots.periods)
    summed = figure_phrase(slots, catalog, lang, "sentence.summed") if several else figure
    whole = the + figure_phrase(undivided, catalog, lang)
    return dict(zip(FIGURES, (figure, a + figure, the + figure, total, the + total, summed, whole), strict=True))


def places_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'Xining, Wuxi and Kunshan'; or the set of places, or what is chosen of it."""
    if slots.places and slots.scope is not None:
        return _names_phrase(slots, catalog, lang)
    if slots.places:
        return _chosen_of(_names_phrase(slots, catalog, lang), slots, catalog, lang)
    return set_phrase(slots, catalog, lang)


def set_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """The set of places by description, or what is chosen of it."""
    return _chosen_of(scope_phrase(slots.scope or Scope(), catalog, lang), slots, catalog, lang)


def _names_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
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
        ends = at_end(slots, catalog)
        key = "pair_end" if ends else "pair_during"
        sides = [when_words(when, key, lang, beside_others(when, slots)) for when in slots.periods]
    else:
        several = next((v for v in (slots.consumer, slots.offering, slots.sector) if len(v) == 2), ())
        sides = [text(f"part.{part}", lang) for part in several]
    return text("sentence.against", lang, a=sides[0], b=sides[1]) if len(sides) == 2 else ""


def projects_phrase(slots: Slots, catalog: Catalog, lang: str) -> str:
    """'Delayed community projects due in March 2015'."""
    words = [
        text(f"{name}.{value}", lang)
        for name in ("project_status", "level", "content_area")
        if (value := getattr(slots, name))
    ]
    said = (" " if lang == "en" else "").join([*words, text("sentence.projects", lang)])
    when = when_phrase(slots, catalog, lang)
    return text(f"sentence.dated.{slots.dated}", lang, projects=said, when=when) if slots.dated else said
