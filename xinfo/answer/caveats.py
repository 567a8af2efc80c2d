"""What a reader has to know besides the figure, as sentences: one small rule each, asked in order of weight.

The rules are those of 'How figures combine' that an answer must own up to. A rule returns its sentences or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from xinfo.answer.answer import Source
from xinfo.answer.approximate import NEAR, is_near, of_about
from xinfo.answer.contradicted import contradicted, disputed
from xinfo.answer.coverage import inside, left_out, missing_periods, uneven
from xinfo.answer.findings import Findings
from xinfo.answer.frame import capital
from xinfo.answer.headline import shortened
from xinfo.answer.labels import in_a_row, long_period, periods_of, word
from xinfo.answer.rows import DEMONSTRATION
from xinfo.language import times
from xinfo.language.numbers import amount
from xinfo.language.texts import listing, text, uploaded_by
from xinfo.query.disputes import Noted
from xinfo.store.history import Version
from xinfo.store.standing import standing_of, status_of

NAMED = 5
CALLED = {"illustrative": "demonstration"}
SLIGHT = 0.2
"""A rank correlation from which on two figures go together at all."""

Methods = Mapping[str, tuple[str, str]]
"""Labels of a method id in English and Chinese."""


def caveats(
    findings: Findings, methods: Methods, noted: Noted | None = None, sources: Mapping[str, Source] | None = None
) -> tuple[str, ...]:
    """Every caveat that applies, the weightiest first; `noted` contradicts figures, whose `sources` are named."""
    said = [sentence for rule in RULES for sentence in rule(findings)]
    found = noted or Noted()
    differing = disputed(findings, found, sources or {})
    said[1:1] = [*differing, *_methods(findings, methods), *contradicted(findings, found.unequal)]
    return tuple(dict.fromkeys(said))


def method_names(findings: Findings, methods: Methods, column: str = "methods") -> list[str]:
    """The labels of the methods behind the figures, in order of first sight; figures without one left aside."""
    at = 1 if findings.lang == "zh" else 0
    ids = [name for name in findings.methods(column) if name not in ("", DEMONSTRATION)]
    return [methods[name][at] if name in methods else name for name in ids]


def _statuses(findings: Findings) -> Iterator[str]:
    """Demonstration figures first; 'some' where only a part of the figures is of that kind."""
    found = findings.statuses
    kinds = [{status_of(mark), standing_of(mark)} for mark in found]
    by = uploaded_by(findings.uploaders(), findings.lang)
    for kind in ("illustrative", "unconfirmed", "internal", "estimated", "preliminary"):
        if how_many := sum(kind in one for one in kinds):
            shown = findings.marks and all(kind in (status_of(mark), standing_of(mark)) for mark in findings.marks)
            # The sentence says of figures that are all of a kind that they are; 'some' would contradict it.
            some = "" if shown or how_many == len(found) else "_some"
            yield capital(text(f"caveat.{CALLED.get(kind, kind)}{some}", findings.lang, by=by))


def _methods(findings: Findings, methods: Methods) -> list[str]:
    """Rule 6: figures of different methods are not put together without a word."""
    # That made-up figures stand beside published ones is said by a caveat of its own.
    # Those of two figures that are only seen beside each other may differ.
    columns = ("methods", "other_methods", "chosen_methods")
    mixed = (column for column in columns if len(set(findings.methods(column)) - {DEMONSTRATION}) > 1)
    return [_differing(column, findings, methods) for column in mixed]


def _differing(column: str, findings: Findings, methods: Methods) -> str:
    unnamed = [text("caveat.no_method", findings.lang)] if "" in findings.methods(column) else []
    names = method_names(findings, methods, column) + unnamed
    return text("caveat.methods", findings.lang, methods=listing(names, findings.lang))


def lacking(findings: Findings) -> Iterator[str]:
    """Rule 5: places of the set that have no figure, and how many have one."""
    if missing := left_out(findings):
        of = len(findings.expected_places)
        names = _places(missing, findings)
        reached = of - len(missing)
        have = text(f"answer.have.{'one' if reached == 1 else 'many'}", findings.lang)
        yield text("caveat.left_out", findings.lang, reached=reached, all=of, have=have, names=names)


def _inside(findings: Findings) -> Iterator[str]:
    """Rule 3: a place that lies inside another of the set is not added to it."""

    def said(pair: tuple[str, str]) -> str:
        inner, outer = (word("place", place, findings.catalog, findings.lang) for place in pair)
        return text("caveat.inside_pair", findings.lang, inner=inner, outer=outer)

    if pairs := inside(findings):
        yield text("caveat.inside_said", findings.lang, names=shortened(pairs, NAMED, findings.lang, said))


def _uneven(findings: Findings) -> Iterator[str]:
    """A total over time of which some place has not every period."""
    if places := uneven(findings):
        yield text("caveat.changing_set", findings.lang, names=_places(places, findings))


def _missing_periods(findings: Findings) -> Iterator[str]:
    """Rule 5 for a course: the periods that lack a figure."""
    lacking: dict[tuple[str, ...], list[str | None]] = {}
    for place, periods in missing_periods(findings).items():
        lacking.setdefault(tuple(periods), []).append(place)
    for lacked, places in lacking.items():
        names = in_a_row(lacked, findings.lang, alone=long_period)
        told = [place for place in places if place is not None] if len(findings.slots.places) > 1 else []
        if told:
            yield text("caveat.missing_periods_of", findings.lang, place=_places(told, findings), names=names)
        else:
            yield text("caveat.missing_periods", findings.lang, names=names)


def _plain_average(findings: Findings) -> Iterator[str]:
    """Rule 1: a ratio of several places is that of their sums; the average of their ratios is something else."""
    of_rates = findings.unit in ("ratio", "each") or "/" in (findings.unit or "")
    if "average" in findings.template.needs and of_rates:
        yield text("caveat.plain_average", findings.lang)


def _relation(findings: Findings) -> Iterator[str]:
    """That two figures go together does not say why, and of amounts it says little."""
    slots, metrics, lang = findings.slots, findings.catalog.metrics, findings.lang
    pair = [metrics[name] for name in (slots.metric, slots.against) if name and name in metrics]
    if "correlation" not in findings.template.needs or len(pair) < 2:
        return
    yield text("caveat.no_cause", lang)
    made_of = [{one.metric_id, one.numerator, one.denominator} - {None} for one in pair]
    if made_of[0] & made_of[1]:
        yield text("caveat.same_make", lang)
    elif all(one.kind != "ratio" for one in pair) and findings.records[0]["spearman"] >= SLIGHT:
        yield text("caveat.grow_with_size", lang)


def _growth_restated(findings: Findings) -> Iterator[str]:
    """Rule 4: the published growth is the answer; what the published amounts give is told."""
    for record in findings.records[:1]:
        stated, own = record.get("value"), record.get("worked_out")
        if len(findings.records) == 1 and stated is not None and own is not None and abs(stated - own) >= 0.001:
            said = {
                "published": amount(stated, "ratio", findings.lang),
                "worked_out": amount(own, "ratio", findings.lang),
            }
            yield text("caveat.growth_differs", findings.lang, **said)


def _relative(findings: Findings) -> Iterator[str]:
    """That a figure over another one is worked out here."""
    per = findings.catalog.metrics.get(findings.slots.per or "")
    if per:
        top = findings.catalog.metrics[findings.slots.metric or ""]
        yield capital(
            text("caveat.relative", findings.lang, top=top.label(findings.lang), per=per.label(findings.lang))
        )


def _comparison(findings: Findings) -> Iterator[str]:
    """Targets that are no exact ones; where they are of several kinds, which kinds there are."""
    lang = findings.lang
    kinds = list(dict.fromkeys(findings.gathered("comparisons") + findings.gathered("comparison")))
    if len(kinds) > 1:
        said = listing([text(f"caveat.comparison_kind.{kind}", lang) for kind in kinds], lang)
        yield text("caveat.comparisons", lang, kinds=said)
    elif kinds:
        several = len(findings.rows) > 1 or len(findings.slots.places) > 1
        yield text(f"caveat.comparison{'_each' if several else ''}.{kinds[0]}", lang)


def approached(findings: Findings) -> Iterator[str]:
    """That nobody misses an approximate target by a little, where a bar was held against several of them."""
    if not of_about(findings) or findings.slots.cmp is None or len(findings.slots.places) == 1:
        return
    near = amount(NEAR, "ratio", findings.lang)
    if findings.rows and "place" in findings.rows[0]:
        if places := [str(record["place"]) for record in findings.records if is_near(record, findings)]:
            yield text("caveat.approached.places", findings.lang, names=_places(places, findings), near=near)
    else:
        yield text("caveat.approached.some", findings.lang, near=near)


def _worked_out_targets(findings: Findings) -> Iterator[str]:
    """What the answers about targets take for granted."""
    lang = findings.lang
    if "implied" in findings.template.needs and findings.rows:
        yield text("caveat.implied", lang)
    for record in findings.records[:1]:
        metric = findings.catalog.metrics.get(findings.slots.metric or "")
        if metric and record.get("quarters_done") and record["quarters_done"] < 4 and record.get("whole_year"):
            whole = amount(record["whole_year"], metric.unit, lang)
            year = periods_of(record["as_of"])[0].year
            yield text("caveat.whole_year", lang, year=year, quarters=record["quarters_done"], whole_year=whole)


def of_list(findings: Findings) -> Iterator[str]:
    """How sure the list of pilots is, wherever pilots are asked about as a set."""
    yield from unconfirmed(findings)
    if findings.is_open_list:
        yield text("caveat.incomplete_list", findings.lang)


def unconfirmed(findings: Findings) -> Iterator[str]:
    """Which of the places that figures or projects are told of may be no pilots, named or not."""
    told = findings.template.measures or "projects" in findings.template.needs
    if not told and not findings.is_open_list:
        return
    shown = {*findings.gathered("place"), *findings.slots.places, findings.slots.than}
    pilots = [findings.catalog.places[place] for place in findings.catalog.pilots()]
    if weak := [p.place_id for p in pilots if p.confidence == "low" and p.place_id in shown]:
        yield text("caveat.low_confidence", findings.lang, names=_places(weak, findings))


def _truncated(findings: Findings) -> Iterator[str]:
    if findings.truncated:
        yield text("caveat.truncated", findings.lang, n=f"{len(findings.rows):,}")


def _assumed(findings: Findings) -> Iterator[str]:
    yield from findings.reading.assumed


def _places(places: list[str], findings: Findings) -> str:
    lang = findings.lang
    return shortened(places, NAMED, lang, lambda place: word("place", place, findings.catalog, lang))


RULES: tuple[Callable[[Findings], Iterator[str]], ...] = (
    *(_statuses, _truncated, _assumed, _relative, approached, _comparison, _growth_restated, _worked_out_targets),
    *(_plain_average, _relation, lacking, _inside, _uneven, _missing_periods, of_list),
)
"""Adding a caveat is adding a rule here, its words and a test."""


def as_known(known_on: tuple[date, Version] | None, lang: str) -> tuple[str, ...]:
    """What to say where the figures are those that were known on a day, of the version that counted then."""
    if not known_on:
        return ()
    on, version = known_on
    made = times.day(version.day, lang) if version.day else version.at
    return (text("caveat.known_on", lang, day=times.day(on, lang), version=version.number, made=made),)
