"""Words for what was not understood: what is wrong, what was heard, what would work. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from xinfo.language.texts import listing, text, texts
from xinfo.understand.catalog import REGION_SUFFIX, Catalog
from xinfo.understand.frame import Trouble
from xinfo.understand.reading import Heard, Unclear
from xinfo.understand.say_places import kind_name

REFUSED = frozenset(["forecast", "cause", "opinion", "other_growth", "real_terms", "currency", "qualifier"])
NO_DATA = frozenset(["elsewhere", "no_target"])
LOUDEST = (
    "forecast", "cause", "opinion", "other_growth", "real_terms", "currency", "qualifier", "elsewhere", "unknown_words",
    "no_such_period", "two_periods", "which_place", "province", "which_metric", "no_ratio", "no_such_part",
    "unit_of_bar", "no_target",
)  # fmt: skip
"""Where there are several troubles, the first of these is told."""
ASKED_FOR = (
    "metric", "place", "scope", "period", "periods", "over_part", "over_group", "grain", "order", "threshold", "than",
    "field",
)  # fmt: skip
"""What may be missing and is asked for with a question of its own; of several the first."""
EITHER = frozenset(["which_metric", "which_place", "two_metrics", "found_it"])
"""Troubles whose options exclude each other."""


def loudest(troubles: Sequence[Trouble]) -> Trouble:
    """The trouble that is told."""
    order = {kind: place for place, kind in enumerate(LOUDEST)}
    return min(troubles, key=lambda trouble: order.get(trouble.kind, len(order)))


def explain(
    question: str,
    lang: str,
    troubles: Sequence[Trouble],
    choices: tuple[str, ...],
    heard: tuple[Heard, ...],
    catalog: Catalog,
) -> Unclear:
    """An Unclear for the loudest of the troubles."""
    trouble = loudest(troubles)
    status = "refused" if trouble.kind in REFUSED else "no_data" if trouble.kind in NO_DATA else "clarify"
    return Unclear(question, lang, status, _reason(trouble, catalog, lang), choices, heard)


def _reason(trouble: Trouble, catalog: Catalog, lang: str) -> str:
    """One sentence that says what to do."""
    if trouble.kind == "missing" and (asked := [sign for sign in ASKED_FOR if sign in trouble.options]):
        return text(f"asks.{asked[0]}", lang)
    words = [text(f"part.{trouble.about}", lang)] if trouble.kind == "no_such_part" else trouble.about.split("|")
    about = listing([f"“{word}”" for word in words if word], lang)
    several = "elsewhere_several" if trouble.kind == "elsewhere" and "|" in trouble.about else trouble.kind
    own = f"unclear.own.{several}" if catalog.own and f"unclear.own.{several}" in texts(lang) else f"unclear.{several}"
    return text(own, lang, about=about, options=_options(trouble, catalog, lang))


def refusal(question: str, lang: str, longest: int, is_sql: bool) -> Unclear:
    """For what is not read at all: nothing, too much, or SQL."""
    kind = "sql" if is_sql else "empty" if not question.strip() else "too_long"
    return Unclear(question, lang, "refused", text(f"unclear.{kind}", lang, longest=longest))


def _places(place_id: str, catalog: Catalog, lang: str) -> list[str]:
    """A place as one of several, with what lies around it; beside a province the city of its name, if there is one."""
    place = catalog.places[place_id]
    if catalog.own:
        kind = kind_name(place.admin_type, catalog, lang, "one")
        return [f"{place.name(lang)} ({kind})" if lang == "en" else f"{place.name(lang)}（{kind}）"]
    if place.admin_type != "province":
        within = f"{place.name_en} ({place.name_zh}, {place.province_en})"
        alone = place.name_zh == place.province_zh
        said = [within if lang == "en" else place.name_zh if alone else f"{place.province_zh}{place.name_zh}"]
        if (other := catalog.namesakes.get(place_id)) is None:
            return said
        named = f"{place.name_en} ({other})" if lang == "en" else other
        return [*said, text("unclear.namesake", lang, name=named)]
    named = text("sentence.province", "en", name=place.name_en)
    said = [f"{named} ({place.name_zh})" if lang == "en" else place.name_zh]
    city = place.name_en if lang == "en" else REGION_SUFFIX.sub("", place.name_zh)
    return [*said, text("unclear.city_elsewhere", lang, name=city)] if place_id in catalog.doubled else said


def _options(trouble: Trouble, catalog: Catalog, lang: str) -> str:
    names = []
    for option in trouble.options:
        if option in catalog.metrics:
            names.append(catalog.metrics[option].label(lang))
        elif option in catalog.places:
            names += _places(option, catalog, lang)
        elif trouble.kind == "missing":
            names.append(text(f"sign.{option}", lang))
        elif trouble.kind == "pinned":
            names.append(text(f"slot.{option}", lang))
        else:
            names.append(option)
    return listing(names, lang, "or" if trouble.kind in EITHER else "and")
