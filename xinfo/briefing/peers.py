"""The targets of places like the own one beside its own: how much of each is reached, as a sentence and in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period, period
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Exhibit, Figure, Run, Table
from xinfo.briefing.made import ELAPSED, Numbers, entered
from xinfo.briefing.ranks import FEWEST, SIZES, alike_in, scope_of
from xinfo.briefing.rounded import Rounded
from xinfo.briefing.sentence import Made, Said, Sentence, figure, plain
from xinfo.briefing.way import of_goal, way_of
from xinfo.language.numbers import amount, column, scale_for
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Reading, When
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
        among = {"places": (), "scope": scope_of(place, alike, workspace), "order": "desc", "n": len(alike)}
        if len(alike) < FEWEST:
            continue
        wanted = of_goal(reading, str(way.so_far.year)).but(**among)
        targets = figure(wanted, reading, workspace, "rank")
        reached = figure(plain(reading).but(periods=(When.of(way.so_far),), **among), reading, workspace, "rank")
        if not targets or not reached or len(parts := _parts(targets, reached)) < FEWEST or place not in parts:
            continue
        more = sum(one > parts[place] for one in parts.values())
        said = text(
            "brief.peers.said", lang, n=len(parts), size=workspace.catalog.metrics[size].label(lang), more=more,
            place=place_name(place, workspace.catalog, lang), goal=long_period(str(way.so_far.year), lang),
            so_far=long_period(way.so_far.id, lang),
        )  # fmt: skip
        yield Sentence("peers", said, {"target": targets, "reached": reached})
        return


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
    rounded, rows, lacking = Rounded.like(targets), [], {*wanted, *have} - {*parts}
    for unsaid in (of[one].id for one in lacking for of in (wanted, have) if one in of):
        del numbers.figures[unsaid]  # It stands nowhere.
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
    return Exhibit(
        f"{item}_peers", title, told.text, table, None, tuple(_left_out(parts, targets, catalog)), (*sources,)
    )


def _left_out(parts: Values, targets: Found, catalog: Catalog) -> Iterator[str]:
    """Pilots of that size without a target or without a figure."""
    lang, scope = targets.reading.lang, targets.findings.slots.scope
    names = [place_name(one, catalog, lang) for one in catalog.members(scope) if one not in parts] if scope else []
    yield from [text("brief.peers.left_out", lang, names=listing(names, lang))] if names else ()


def _figures(found: Found, id_: str, numbers: Numbers) -> Mapping[str, Figure]:
    return {str(row["place"]): numbers.figures[f"{id_}.{at}"] for at, row in enumerate(found.findings.rows, 1)}


def _made(
    kind: str, one: str, two: str, written: str, id_: str, ids: dict[str, str], numbers: Numbers, lang: str
) -> Figure:
    made = Made(kind, kind, one, two, "ratio", written)
    return entered(made, id_, ids, numbers, lang)


def _written(figures: list[Figure], lang: str) -> list[Run]:
    """A column: amounts in one unit, shares as they are rounded."""
    if figures[0].unit == "ratio":
        said = [one.written.removesuffix("%") for one in figures]
    else:
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
