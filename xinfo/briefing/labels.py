"""What each figure of a document is, in a few words: 'Xining · year-on-year growth of information consumption · 2015'.

A rank, a mean or what is made of two figures is called that, not by the name of the figures behind it.
"""

from __future__ import annotations

from xinfo.answer.frame import capital
from xinfo.answer.labels import period, word
from xinfo.answer.rows import ABOUT
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Figure
from xinfo.briefing.sets import held, those
from xinfo.language.texts import text
from xinfo.understand.catalog import DIMENSIONS
from xinfo.understand.reading import Scope
from xinfo.understand.say import phrases
from xinfo.understand.say_places import scope_phrase

BETWEEN = " · "
MADE_BY = ("position", "average", "median", "difference", "required", "scope")
"""What a kind of question needs, where its answer is another number than the figure that it names."""
BEHIND = ("target", "reached", "base", "whole_year")
"""Numbers behind the asked-for one that are other figures than it."""


def label(found: Found, at: int, told: str = "value") -> str:
    """Of the figure of an answer's row, or of the number of the row that is called `told`."""
    findings, row = found.findings, found.findings.rows[at]
    slots, catalog, lang = findings.slots, findings.catalog, findings.lang
    said = {part: word(part, row[part], catalog, lang) for part in ABOUT if part in row and row[part] != "all"}
    if row.get("metric") == slots.metric and slots.metric:
        said["metric"] = _figure(found, told)
    if "period" not in row and slots.periods:
        said["period"] = text("brief.label.against", lang).join(period(when.id, lang) for when in slots.periods)
    if not said.keys() - {"metric", "period", *DIMENSIONS} and slots.scope is not None:
        said = {"scope": capital(those(findings) or scope_phrase(slots.scope or Scope(), catalog, lang)), **said}
    return BETWEEN.join(said.values())


def _figure(found: Found, told: str) -> str:
    """The figure without the parts that its row names: 'rank by information consumption among 29'."""
    findings, lang = found.findings, found.findings.lang
    figure = phrases(findings.slots.but(**dict.fromkeys(DIMENSIONS, ())), findings.catalog, lang)["figure"]
    if told in BEHIND:
        return text(f"brief.label.{told}", lang, figure=figure)
    kind = next((one for one in MADE_BY if told == "value" and one in findings.template.needs), "")
    return text(f"brief.label.{kind}", lang, figure=figure, n=len(held(findings))) if kind else figure


def of_two(kind: str, one: Figure, two: Figure, lang: str) -> str:
    """Of a figure that is made of two others; the second is called by what it does not share with the first."""
    shared = one.label.split(BETWEEN)
    own = [part for part in two.label.split(BETWEEN) if part not in shared] or [two.label]
    return text(f"brief.label.made.{kind}", lang, one=one.label, two=BETWEEN.join(own), whole=two.label)
