"""A growth as an amount: 'the highest increase in yuan', 'grew by more than 10 billion yuan', 'added the most users'.

By it members are told from each other; that of one alone is a difference of two times: see `verbs`. Knows no words.
"""

from __future__ import annotations

from dataclasses import replace

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.times import Ends, Span
from xinfo.understand.quantities import Quantity

AMOUNTS = ("money", "count", "amount", "scale")
"""Units of what is no rate."""
OPPOSITE = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
TURNED = {"asc": "desc", "desc": "asc"}
GROWING = ("grow", "shrink", "add")


def risen(said: Meaning) -> Meaning | None:
    """What tells members from each other by how much they have grown, as an amount; else what was said."""
    verb = said.get("verb")
    grown = verb in GROWING or ("rise" in said and said.get("measure") == "growth")
    if not grown or said.get("measure", "growth") != "growth" or "base" in said:
        return said
    order = said.get("order", said.get("pace") if verb in ("grow", "shrink") else None)
    bar = said.get("threshold")
    held = "cmp" in said and isinstance(bar, Quantity) and bar.unit != "ratio"
    told = order is not None or said.get("over") == "place" or "position" in said.get("cues", ())
    told = told and (verb == "add" or said.get("unit") in AMOUNTS)
    if not (told or held) or (held and "order" in said):
        return said
    rest = said.without("verb", "rise", "pace", "falling", "measure", "by")
    rest = rest.cued("added+filler") if verb == "add" else rest
    falls = verb == "shrink" or "falling" in said
    rest = rest.but(_ordered_by="rise") if "_ordered_by" in said else rest
    if order is not None:
        rest = rest.but(order=TURNED[order] if falls else order)
    if not held:
        return _dated(rest.but(measure="rise"))
    return _dated(below(rest, "rise") if falls else rest.but(measure="rise"))


def _dated(said: Meaning) -> Meaning:
    time = said.get("time")
    return said.but(time=(Span(time.later), Span(time.earlier)), ends=True) if isinstance(time, Ends) else said


def below(said: Meaning, measure: str) -> Meaning:
    """'Fell by more than 5 %': a growth below minus that; what fell by less than so much did fall."""
    bar: Quantity = said["threshold"]
    fallen = said.but(measure=measure, cmp=OPPOSITE[said["cmp"]], threshold=replace(bar, value=-bar.value))
    if "upto" in said:
        low = {"cmp": OPPOSITE[said["upto_cmp"]], "threshold": replace(said["upto"], value=-said["upto"].value)}
        return fallen.but(**low, upto_cmp=fallen["cmp"], upto=fallen["threshold"])
    return fallen.but(upto_cmp="<", upto=replace(bar, value=0.0)) if fallen["cmp"] in (">", ">=") else fallen
