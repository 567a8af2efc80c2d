"""The words by which a sentence claims no more than its figures carry: of how many, none known, told in points.

Each is a placeholder of headlines; `made_up` says what the figures are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xinfo.answer.approximate import about_so_much, of_about
from xinfo.answer.comparison import distance, summed
from xinfo.answer.coverage import FEWEST
from xinfo.answer.findings import Findings
from xinfo.answer.rows import Row
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.naming import changes_by_rate, measure_name, metric_phrase
from xinfo.understand.reading import Slots

SUMMED = frozenset(["value", "rise", "target", "gap"])
"""What of an amount adds up over places; rates do not."""
COUNTED = frozenset(["count", "passing", "position"])
"""What templates need whose number is one of places, or their part."""
LEVELS = ("numerator", "denominator", "base_numerator", "base_denominator")
GROUPS = {"province": "province_en"}
"""How the catalog names a group of places where it has another name for it."""


def claims(findings: Findings) -> dict[str, str]:
    """The placeholders, filled; those that need not be said are empty."""
    slots, lang = findings.slots, findings.lang
    additive = slots.metric is None or findings.catalog.additive(slots.metric, slots.per)
    known = "known" if findings.is_open_list else "all"
    return {
        "of_those": _of_those(findings),
        "comparison": _comparison(findings),
        "was": text(f"answer.was.{'many' if _is_plural(findings) else 'one'}", lang),
        "about_share": about_so_much(findings),
        "none": text(f"answer.none.{known}", lang),
        "known": text(f"answer.known.{known}", lang),
        "known_here": text(f"answer.known_here.{known}", lang),
        "sum": summed(slots, additive, lang),
        **_in_words_of_points(findings),
        "figure_sum": summed(slots, additive and slots.measure in SUMMED, lang),
    } | _predicates(findings)


def _in_words_of_points(findings: Findings) -> dict[str, str]:
    """What figures are that are told by points: a change; in an order, the rate by which they stand in it."""
    in_points = changes_a_ratio(findings) and findings.records and not findings.slots.order
    if not in_points or points(findings.records[0], findings.slots) is None:
        return {}
    metric = findings.said["metric"]
    return {"figure": text(f"answer.change.{measure_name(findings.slots)}", findings.lang, metric=metric)}


def change(value: float, record: Row, findings: Findings) -> str:
    """How much a figure changed: a ratio by percentage points, which per cent of it would be taken for."""
    slots, lang = findings.slots, findings.lang
    if slots.measure == "gap":
        return distance(abs(value), findings.unit, lang)
    said = amount(abs(value), findings.unit, lang)
    if not changes_a_ratio(findings):
        return said
    moved = points(record, slots)
    return relative(said, findings) if moved is None else distance(abs(moved), "ratio", lang)


def changed(said: str, record: Row, findings: Findings, within: str | None = None) -> str:
    """A figure of a list, by points where it is how much a ratio changed in its own measure, and by how much of it.

    That stands in brackets, with the mark of the figure `within` them; without one where brackets are around it all.
    """
    if not changes_a_ratio(findings):
        return said
    lang, moved = findings.lang, points(record, findings.slots)
    if moved is None:
        return relative(said, findings)
    way = "up" if moved > 0 else "down" if moved < 0 else "same"
    by = text(f"answer.moved_by.{way}", lang, by=distance(abs(moved), "ratio", lang))
    form = "enclosed" if within is None else "listed"
    beside = text("answer.relative.beside", lang, value=said)
    return text(f"answer.in_points.{form}", lang, relative=beside, points=by, within=within)


def relative(said: str, findings: Findings) -> str:
    """A rate by which a ratio changed, which its points would be taken for."""
    by_rate = changes_by_rate(findings.slots, findings.catalog)
    return text("answer.relative.alone", findings.lang, value=said) if by_rate else said


def apart(every: Sequence[Findings]) -> str:
    """By how many points two rates of growth of one place and time differ; empty for any other two figures."""
    if len(every) != 2 or any(one.slots.measure != "growth" or len(one.rows) != 1 for one in every):
        return ""
    first, second = (one.rows[0] for one in every)
    same = all(first.get(name) == second.get(name) for name in ("place", "period"))
    if not same or first["value"] == second["value"]:
        return ""
    by = first["value"] - second["value"]
    said = distance(abs(by), "ratio", every[0].lang)
    return text(f"answer.growths_apart.{'more' if by > 0 else 'less'}", every[0].lang, by=said)


def one_number(findings: Findings) -> str:
    """The number of a change in points, or of about a target; empty where its unit tells how to write it."""
    moved = points(findings.records[0], findings.slots) if changes_a_ratio(findings) and findings.records else None
    if moved is None:
        return about_so_much(findings)
    return ("−" if moved < 0 else "") + distance(abs(moved), "ratio", findings.lang)


def changes_a_ratio(findings: Findings) -> bool:
    """Whether what is told, but for courses of it, is the growth of something that is told in per cent itself."""
    no_list = findings.slots.grain or findings.template.needs & COUNTED
    return changes_by_rate(findings.slots, findings.catalog) and not no_list


def points(record: Row, slots: Slots) -> float | None:
    """The difference of the two ratios behind a growth, a year's where it is one by the year."""
    numerator, denominator, base, base_of = (record.get(name) for name in LEVELS)
    if not denominator or not base_of or numerator is None or base is None:
        return None
    moved = float(numerator / denominator - base / base_of)
    years = slots.periods[0].end.year - slots.periods[1].end.year if slots.per_year else 1
    return moved / years


def _comparison(findings: Findings) -> str:
    """'at least ' beside a target whose source says so."""
    said = findings.gathered("comparisons") + findings.gathered("comparison")
    return text(f"answer.comparison.{said[0]}", findings.lang) if len(said) == 1 else ""


def _is_plural(findings: Findings) -> bool:
    """Whether an English verb after the asked-for figure is plural: 'e-commerce sales were'."""
    slots = findings.slots
    if slots.measure != "value" or not slots.metric:
        return False
    label = metric_phrase(slots.but(**dict.fromkeys(DIMENSIONS, ())), findings.catalog, "en")
    head = re.sub(r" \([^)]*\)", "", label)
    for ending in (" of ", " as ", " per ", " for ", " on ", " to ", " in "):
        head = head.split(ending)[0]
    return head.endswith("s") and not head.endswith("ss")


def _of_those(findings: Findings) -> str:
    """' of the 2 that have a figure', where those are few or less than half of the set."""
    record: Row = findings.records[0] if findings.records else {}
    places = findings.gathered("places")
    counted = int(record.get("groups") or len(places))
    asked = 0 if record.get("groups") else len(findings.expected_places)
    few = min([counted, *_by_group(places, findings)])
    if not counted or (few >= FEWEST and 2 * counted >= asked):
        return ""
    return text(f"answer.of_those.{'one' if counted == 1 else 'many'}", findings.lang, n=counted)


def _by_group(places: list[str], findings: Findings) -> list[int]:
    """How many places there are of each group, where one of each is told."""
    over, known = findings.slots.over or "", findings.catalog.places
    if "in_each" not in findings.template.needs:
        return []
    name = GROUPS.get(over, over)
    return list(Counter(getattr(known[place], name) for place in places if place in known).values())


def _predicates(findings: Findings) -> dict[str, str]:
    """'had GDP above 5 billion yuan', 'reached the target for GDP', and the opposite."""
    slots, lang, said = findings.slots, findings.lang, findings.said
    kind = "figure"
    if slots.measure == "attainment" and slots.bar is None and not slots.than:
        whole = slots.threshold == 1 and slots.upto is None
        kind = {">=": "reached", "<": "missed"}.get(slots.cmp or "", "part") if whole else "part"
        kind += "_about" if kind != "part" and of_about(findings) else ""
    words = {name: said[name] for name in ("figure", "a_figure", "metric", "bar", "is_bar", "not_bar")}
    if changes_by_rate(findings.slots, findings.catalog):
        words |= dict.fromkeys(("figure", "a_figure"), text("answer.relative_figure", lang, figure=said["figure"]))
    return {how: text(f"predicate.{kind}.{how}", lang, **words) for how in ("passed", "failed")}
