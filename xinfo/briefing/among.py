"""What part of all pilots' total a figure is, and on which side of their median it lies."""

from __future__ import annotations

from collections.abc import Iterator

from xinfo.answer.frame import capital
from xinfo.ask import Workspace
from xinfo.briefing.sentence import Said, Sentence, figure, one_method, plain, value_of
from xinfo.briefing.sets import those
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.understand.reading import Reading, Scope
from xinfo.understand.say_places import place_name, scope_phrase


def among(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """Of an amount that adds up over places, of a pilot."""
    slots, lang, catalog = plain(reading), reading.lang, workspace.catalog
    place = slots.places[0]
    if place not in catalog.pilots() or not catalog.additive(slots.metric or ""):
        return
    of_all = slots.but(scope=Scope())
    share = figure(of_all.but(measure="share_of_set"), reading, workspace, "share_of_places")
    middle = figure(of_all.but(places=()), reading, workspace, "median")
    level = figure(slots, reading, workspace)
    if not share or not middle or not level or not one_method(share, middle, level):
        return
    gap = value_of(level) - value_of(middle)
    side = "above" if gap > 0 else "below" if gap < 0 else "even"
    who = those(middle.findings) or scope_phrase(Scope(), catalog, lang)
    told = {"place": place_name(place, catalog, lang), "those": who}
    told["share"] = amount(value_of(share), "ratio", lang)
    told["median"] = amount(value_of(middle), middle.findings.unit, lang)
    finding = text(f"brief.finding.among.{side}", lang)
    yield Sentence("among", capital(text(f"brief.among.{side}", lang, **told)), {"": share, "median": middle},
                   finding=finding)  # fmt: skip
