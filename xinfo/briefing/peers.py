"""The targets of places like the own one beside its own: how much of each is reached, as a sentence and in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xinfo.answer.caveats import of_list
from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period, period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Exhibit, Figure, Run, Table
from xinfo.briefing.made import ELAPSED, Numbers, entered
from xinfo.briefing.ranks import FEWEST, SIZES, alike_in
from xinfo.briefing.rounded import Rounded
from xinfo.briefing.sentence import Made, Said, Sentence, figure, plain
from xinfo.briefing.way import of_goal, way_of
from xinfo.language.numbers import amount, column, scale_for
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Reading, Scope, When
from xinfo.understand.say_places import member_name, place_name

Values = Mapping[str, float]
"""By place."""


def peers(reading: Reading, workspace: Workspace) -> Iterator[Said]:
    """How many of the pilots of its kind and about its size have reached a larger part of their target."""
    way, lang, place = way_of(reading, workspace), reading.lang, reading.slots.places[0]
    if not way or place not in workspace.catalog.pilots():
        return
    for size in SIZES:
        alike, _ = alike_in(size, reading, workspace)
        if len(alike) < FEWEST:
            continue
        # Asked of the whole kind, as a question that leaves out all of another size is understood by nobody.
        kind = Scope(admin_type=workspace.catalog.places[place].admin_type)
        every = {"places": (), "scope": kind, "order": "desc", "n": len(workspace.catalog.members(kind))}
        wanted = of_goal(reading, str(way.so_far.year)).but(**every)
        have = plain(reading).but(periods=(When.of(way.so_far),), **every)
        targets, reached = (figure(slots, reading, workspace, "rank") for slots in (wanted, have))
        if not targets or not reached:
            continue
        parts = {one: part for one, part in _parts(targets, reached).items() if one in alike}
        if len(parts) < FEWEST or place not in parts:
            continue
        more = sum(one > parts[place] for one in parts.values())
        said = text(
            "brief.peers.said", lang, n=len(parts), size=workspace.catalog.metrics[size].label(lang), more=more,
            place=place_name(place, workspace.catalog, lang), goal=long_period(str(way.so_far.year), lang),
            so_far=long_period(way.so_far.id, lang),
        )  # fmt: skip
        found = {"target": _of(targets, parts), "reached": _of(reached, parts)}
        yield Sentence("peers", said, found, left_out=tuple(sorted(alike - {*parts})))
        return


def _of(found: Found, places: Values) -> Found:
    """The rows of some places, as an answer about these alone."""
    every = found.findings
    kept = [at for at, row in enumerate(every.rows) if row["place"] in places]
    rows, records = tuple(every.rows[at] for at in kept), tuple(every.records[at] for at in kept)
    findings = replace(every, rows=rows, records=records, expected_places=tuple(places))
    caveats = tuple(one for one in found.answer.caveats if one not in of_list(every))
    answer = replace(found.answer, rows=rows, caveats=caveats)
    return replace(found, answer=answer, findings=findings, rests=tuple(found.rests[at] for at in kept))


def _values(found: Found) -> Values:
    return {str(row["place"]): float(row["value"]) for row in found.findings.rows}


def _parts(targets: Found, reached: Found) -> Values:
    """What each has reached of its target, the most first."""
    wanted, have = _values(targets), _values(reached)
    parts = {one: have[one] / value for one, value in wanted.items() if one in have and value > 0}
    return dict(sorted(parts.items(), key=lambda one: -one[1]))


def table_of(told: Sentence, item: str, place: str, numbers: Numbers) -> Exhibit:
    """The table behind such a sentence, whose figures are entered: the nearest to its target first."""
    targets, reached = told.found["target"], told.found["reached"]
    parts, lang, catalog = _parts(targets, reached), targets.reading.lang, targets.findings.catalog
    wanted = _figures(targets, f"{item}_peers_target", numbers)
    have = _figures(reached, f"{item}_peers_reached", numbers)
    rounded, rows = Rounded.like(targets), []
    ids = {"level": have[place].id}
    gone = _made(ELAPSED, "level", "level", "", f"{item}_peers_gone", ids, numbers, lang)
    for at, one in enumerate(parts, 1):
        ids |= {"target": wanted[one].id, "level": have[one].id}
        share, apart = rounded.share(parts[one]), rounded.share(parts[one] - gone.value)
        made = _made("share", "level", "target", share, f"{item}_peers_share{at}", ids, numbers, lang)
        off = _made("points", "share", ELAPSED, apart, f"{item}_peers_off{at}", ids, numbers, lang)
        rows.append((wanted[one], have[one], made, off))
    cells = zip(parts, *(_written(list(some), lang) for some in zip(*rows, strict=True)), strict=True)
    table = Table(
        _heads(rows[0], targets, reached, gone.value), (False, True, True, True, True),
        tuple((Run(capital(place_name(one, catalog, lang))), *runs) for one, *runs in cells),
        own=(list(parts).index(place),),
    )  # fmt: skip
    sources = dict.fromkeys(source.source_id for found in (targets, reached) for source in found.answer.sources)
    when = long_period(reached.reading.slots.periods[0].id, lang)
    title = text("brief.peers.title", lang, when=when, goal=long_period(wanted[place].period, lang))
    return Exhibit(f"{item}_peers", title, told.text, table, None, tuple(_left_out(told, catalog, lang)), (*sources,))


def _left_out(told: Sentence, catalog: Catalog, lang: str) -> Iterator[str]:
    """Pilots of that size without a target or without a figure."""
    names = [place_name(one, catalog, lang) for one in told.left_out]
    yield from [text("brief.peers.left_out", lang, names=listing(names, lang))] if names else ()


def _figures(found: Found, id_: str, numbers: Numbers) -> Mapping[str, Figure]:
    return {str(row["place"]): numbers.figures[f"{id_}.{at}"] for at, row in enumerate(found.findings.rows, 1)}


def _made(
    kind: str, one: str, two: str, written: str, id_: str, ids: dict[str, str], numbers: Numbers, lang: str
) -> Figure:
    made = Made(kind, kind, one, two, "ratio", written)
    return entered(made, id_, ids, numbers, lang)


def _written(figures: list[Figure], lang: str) -> list[Run]:
    """A column in one unit with as many decimals each; whole percents stay whole."""
    said = [one.written.removesuffix("%") for one in figures]
    if figures[0].unit != "ratio" or any("." in one for one in said):
        said = column([one.value for one in figures], figures[0].unit, lang)
    return [Run(one, of.id) for one, of in zip(said, figures, strict=True)]


def _heads(row: tuple[Figure, ...], targets: Found, reached: Found, gone: float) -> tuple[str, ...]:
    lang, when = targets.reading.lang, reached.reading.slots.periods[0].id
    told = {"when": period(when, lang), "goal": period(row[0].period, lang), "gone": amount(gone, "ratio", lang)}
    units = [scale_for(list(_values(one).values()), one.findings.unit, lang)[1] for one in (targets, reached)]
    amounts = [text("export.in_base_unit", lang, label=text(f"brief.peers.{name}", lang, **told), unit=unit)
               for name, unit in zip(("target", "reached"), units, strict=True)]  # fmt: skip
    first = capital(member_name(targets.findings.slots.scope, targets.findings.catalog, lang, "one"))
    return (first, *amounts, *(text(f"brief.peers.{name}", lang, **told) for name in ("share", "off")))
