"""Whether figures that stand side by side may be compared, and how many of a set reported. Finds; the words are texts.

Same unit, same method, same kind of figure, same length of period, complete parts, same set of places: what does not
hold is said in the sentence and under the chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xinfo.answer.caveats import Methods
from xinfo.answer.coverage import left_out, uneven
from xinfo.answer.findings import Findings
from xinfo.answer.labels import periods_of
from xinfo.answer.origin.figures import Figure
from xinfo.answer.owning_up import tells
from xinfo.answer.rows import DEMONSTRATION
from xinfo.briefing.asking import Found
from xinfo.briefing.sets import held, of_set, those
from xinfo.language.texts import listing, text
from xinfo.store.standing import MARKS
from xinfo.understand.say_places import place_name

MOST_NAMED = 3
"""Places without a figure that are named in a sentence; more are counted."""
COMPARING = frozenset({"compare", "difference", "multiple", "excess", "extremes", "trend"})


def cautions(found: Found, methods: Methods) -> tuple[str, ...]:
    """Why the figures of an answer are not strictly comparable; none where they are, or where nothing is compared."""
    findings, lang = found.findings, found.reading.lang
    compares = len(findings.rows) > 1 or findings.template.needs & COMPARING or of_set(findings)
    if not findings.template.measures or not compares:
        return ()
    rests = [figure for figure in found.all_rests if figure.cell.role != "target"]
    reasons = [*_units(rests, lang), *_kinds(rests, lang), *_methods(rests, methods, lang)]
    reasons += [*_lengths(findings, rests, lang), *_sets(findings, lang)]
    return tuple(dict.fromkeys(reasons))


def caution(reasons: Sequence[str], lang: str) -> str:
    """The reasons as one clause; empty for none."""
    between = text("list.semicolon", lang)
    return text("brief.caution", lang, reason=between.join(reasons)) if reasons else ""


def reported(found: Found, sentence: str, given: set[str]) -> str:
    """Who of a set has no figure, or how many have one, beside what is said of it; of these, how many have made-up
    figures, where the sentence does not say so yet. `given` is what was said before: few are named once.
    """
    findings, lang = found.findings, found.reading.lang
    expected = findings.expected_places
    if not of_set(findings):
        return ""
    there = held(findings)
    seen = {figure.cell.place for figure in found.all_rests}
    made_up = {figure.cell.place for figure in found.all_rests if figure.status == "illustrative"} & there
    named, said = those(findings), list[str]()
    if few := lacking(findings):
        without = text("brief.without_figure", lang, names=listing(few, lang))
        said += [without] if without not in given else []
        given.add(without)
    elif not named or named.lower() not in sentence.lower():
        key = "reported_pilots" if findings.slots.scope is not None else "reported_places"
        said.append(text(f"brief.{key}", lang, n=len(there), all=len(expected)))
    if made_up and (made_up != there or not tells(sentence, ["illustrative"], "", lang)):
        # A list of the first few shows the kind of figures of those alone.
        kind = "all" if made_up == there else "some" if there <= seen else "among"
        if kind != "among" or not tells(sentence, ["illustrative"], "", lang):
            said.append(text(f"brief.reported_made_up.{kind}", lang, n=len(made_up)))
    return text("list.comma", lang).join(said)


def lacking(findings: Findings) -> list[str]:
    """The names of the few places of a set that have no figure; none where they are many."""
    without = [one for one in findings.expected_places if one not in held(findings)] if of_set(findings) else []
    return [place_name(one, findings.catalog, findings.lang) for one in without] if len(without) <= MOST_NAMED else []


def _units(rests: Sequence[Figure], lang: str) -> Iterator[str]:
    by_metric = {figure.unit for figure in rests if figure.cell.role == "figure"}
    if len(by_metric) > 1:
        yield text("brief.differs.units", lang)


def _kinds(rests: Sequence[Figure], lang: str) -> Iterator[str]:
    """Published figures beside made-up, preliminary or estimated ones."""
    kinds = {figure.status for figure in rests}
    if len(kinds) > 1:
        names = [text(f"status.{name}", lang) for name in dict.fromkeys(MARKS) if name in kinds]
        yield text("brief.differs.kinds", lang, kinds=listing(names, lang))


def _methods(rests: Sequence[Figure], methods: Methods, lang: str) -> Iterator[str]:
    ids = list(dict.fromkeys(figure.method for figure in rests if figure.method != DEMONSTRATION))
    if len(ids) < 2:
        return
    at = 1 if lang == "zh" else 0
    names = [methods[name][at] if name in methods else name or text("caveat.no_method", lang) for name in ids]
    yield text("brief.differs.methods", lang, methods=listing(names, lang))


def _lengths(findings: Findings, rests: Sequence[Figure], lang: str) -> Iterator[str]:
    """A year beside a quarter; a stock has no length, and growth compares like with like by itself."""
    if findings.slots.metric and findings.catalog.at_end(findings.slots.metric):
        return
    spans, starts = set(), set()
    for figure in rests:
        if figure.cell.role == "figure" and (ends := periods_of(figure.cell.period)):
            spans.add(ends[-1].last - ends[0].first)
            starts.add(ends[0].start_date)
    # What is added up from the same day on is meant to grow.
    if len(spans) > 1 and len(starts) > 1 and len(findings.slots.periods) > 1:
        yield text("brief.differs.lengths", lang)


def _sets(findings: Findings, lang: str) -> Iterator[str]:
    # What is said of a set says how many of it reported: see `reported`.
    missing, of = left_out(findings), len(findings.expected_places)
    if missing and len(missing) < of and not of_set(findings):
        yield text("brief.differs.places", lang, n=of - len(missing), all=of)
    if uneven(findings):
        yield text("brief.differs.set", lang)
