"""Sentences about the place of a place: among all pilots, and among those of its kind and about its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xinfo.answer.labels import long_period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found, Missing, find, reading_of
from xinfo.briefing.findings import standing
from xinfo.briefing.sentence import Said, Sentence, figure, plain, value_of
from xinfo.briefing.sets import held, unconfirmed
from xinfo.language.numbers import ordinal
from xinfo.language.texts import listing, text, texts
from xinfo.store.periods import parse_id
from xinfo.understand.reading import Reading, Scope, Slots, When
from xinfo.understand.say_places import place_name

SIZES = ("gdp", "population")
"""What tells how large a place is, the first that is published: the sentence says of no size what it is worth."""
LIKE = """
  select o.place_id, o.period_id
  from published_observation as o
  inner join (
    select m.period_id, m.value, row_number() over (order by p.end_date desc) as place_in_row
    from published_observation as m inner join period as p on p.period_id = m.period_id
    where m.metric_id = $metric and m.place_id = $place and p.period_type = 'year' and m.consumer = 'all'
      and m.offering = 'all' and m.sector = 'all' and p.end_date <= cast($until as date)
  ) as own on own.period_id = o.period_id and own.place_in_row = 1
  where o.metric_id = $metric and o.consumer = 'all' and o.offering = 'all' and o.sector = 'all'
    and o.value >= own.value / $times and o.value <= own.value * $times
"""
TIMES = 2
"""Places of up to so many times, and down to such a part of, its own size are comparable with one."""
FEWEST = 4
"""Fewer places in a ranking tell nothing."""


def rank(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    if reading.slots.places[0] in workspace.catalog.pilots():
        slots = plain(reading).but(scope=reading.slots.scope or Scope())
        found = find(reading_of("position", slots, workspace, reading.lang), workspace)
        if isinstance(found, Missing):
            yield found
            return
        every, sure = _confirmed(found, reading, workspace)
        stop = text("brief.stop", reading.lang)
        yield _told("rank", f"{found.answer.headline.removesuffix(stop)}{sure}{stop}", every)


def comparable(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """Among the pilots of the same kind that have from half to double its GDP, or its population."""
    place, lang = reading.slots.places[0], reading.lang
    if place not in workspace.catalog.pilots():
        return
    for size in SIZES:
        alike, year = alike_in(size, reading, workspace)
        if len(alike) < FEWEST:
            continue
        scope = _scope(place, alike, workspace)
        found = figure(plain(reading).but(scope=scope), reading, workspace, "position")
        if found and len(found.findings.gathered("places")) >= FEWEST:
            every, sure = _confirmed(found, reading, workspace)
            kind = texts(lang).get(f"admin_type.{scope.admin_type}", scope.admin_type or "")
            there = [one for one in found.findings.expected_places if one in held(found.findings)]
            names = [place_name(one, workspace.catalog, lang) for one in there if one != place]
            sizes = _sizes(size, year, reading, workspace)
            said = text(
                "brief.comparable", lang, kind=kind, size=workspace.catalog.metrics[size].label(lang),
                when=long_period(year, lang), value=ordinal(round(value_of(found)), lang),
                names=listing(names, lang), others=len(names), n=len(there), sure=sure,
                left=_left_out(place, size, alike, found, sizes),
            )  # fmt: skip
            yield replace(_told("comparable", said, every), chosen_by=sizes)
            return


def _left_out(place: str, size: str, alike: set[str], found: Found, sizes: Found | None) -> str:
    """Which places of that size the ranking does not count, each with its reason; empty where it counts all."""
    catalog, lang = found.findings.catalog, found.findings.lang
    of_size = catalog.metrics[size].label(lang)
    reasons = dict.fromkeys(sorted(of_that_size(place, sizes) - alike), text("brief.left_out.size", lang, size=of_size))
    lacking = {*found.findings.expected_places} - held(found.findings)
    reasons |= dict.fromkeys(sorted(lacking), text("brief.left_out.figure", lang))
    each = [
        text("brief.left_out.one", lang, name=place_name(one, catalog, lang), why=why) for one, why in reasons.items()
    ]
    return text("brief.left_out.said", lang, each=listing(each, lang)) if each else ""


def of_that_size(place: str, sizes: Found | None) -> set[str]:
    """The places of from half to double the size of one, whatever kind of figure tells theirs."""
    known = {str(row["place"]): float(row["value"]) for row in sizes.findings.rows} if sizes else {}
    own = known.get(place, 0.0)
    return {one for one, value in known.items() if own / TIMES <= value <= own * TIMES}


def _told(kind: str, said: str, every: Mapping[str, Found]) -> Sentence:
    findings = every[""].findings
    place, counted = findings.slots.places[0], len(findings.gathered("places"))
    finding = standing(kind, place, value_of(every[""]), counted, findings.catalog, findings.lang)
    return Sentence(kind, said, every, finding=finding)


def _confirmed(found: Found, reading: Reading, workspace: Workspace) -> tuple[dict[str, Found], str]:
    """A rank with the one without the pilots that are not confirmed, and how that is said; where there are some."""
    weak = {*unconfirmed(workspace.catalog)} & held(found.findings)
    scope = found.reading.slots.scope or Scope()
    slots = found.reading.slots.but(scope=replace(scope, without=tuple(dict.fromkeys((*scope.without, *sorted(weak))))))
    place = reading.slots.places[0]
    sure = figure(slots, reading, workspace, "position") if weak and place not in weak else None
    if sure is None or len(held(sure.findings)) < 2:
        return {"": found}, ""
    return {"": found, "sure": sure}, confirmed(value_of(sure), len(held(sure.findings)), reading.lang)


def confirmed(rank: float, n: int, lang: str) -> str:
    """', and 17th of the 20 confirmed as pilots'."""
    return text("brief.confirmed", lang, value=ordinal(round(rank), lang), n=n)


def _sizes(size: str, year: str, reading: Reading, workspace: Workspace) -> Found | None:
    """How large the pilots of the same kind are."""
    scope = Scope(admin_type=workspace.catalog.places[reading.slots.places[0]].admin_type)
    count = len(workspace.catalog.members(scope))
    slots = Slots(metric=size, scope=scope, periods=(When.of(parse_id(year)),), order="desc", n=count)
    return figure(slots, reading, workspace, "rank")


def alike_in(size: str, reading: Reading, workspace: Workspace) -> tuple[set[str], str]:
    """The places of about the same size, and of which year that is."""
    slots = reading.slots
    until = slots.periods[0].end.end_date.isoformat()
    values = {"metric": size, "place": slots.places[0], "until": until, "times": TIMES}
    rows = workspace.engine.execute(LIKE, values, row_cap=2000, seconds=workspace.engine.patience).rows
    return {str(row[0]) for row in rows} & {*workspace.catalog.pilots()}, str(rows[0][1]) if rows else ""


def _scope(place: str, alike: set[str], workspace: Workspace) -> Scope:
    """The pilots of the place's kind without those of another size."""
    kind = Scope(admin_type=workspace.catalog.places[place].admin_type)
    others = (one for one in workspace.catalog.members(kind) if one not in alike)
    return Scope(admin_type=kind.admin_type, without=tuple(others))
