"""Whether a document may go out: complete, in time, and the same when worked out twice. Decides; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xinfo.answer.labels import long_period
from xinfo.briefing.document import Document
from xinfo.language.texts import text
from xinfo.store.periods import Period, parse_id

MOST = 3
"""Reasons told one by one."""


def stops(document: Document) -> tuple[str, ...]:
    """Why a document must not go out, a sentence each; none where it may."""
    return (*_disagree(document), *_missing(document), *_empty(document))


def due(kind_of: str, today: date) -> str:
    """The last period of the same kind that is over on `today`: of a running total, of a quarter, of a year."""
    like = parse_id(kind_of)
    quarter, year = (today.month - 1) // 3, today.year
    if quarter == 0:
        quarter, year = 4, year - 1
    if like.kind == "year":
        return Period(today.year - 1).id
    return Period(year, 1 if like.kind == "ytd" else 3 * quarter - 2, 3 * quarter).id


def _disagree(document: Document) -> Iterator[str]:
    for said in document.disagreements[:MOST]:
        yield text("brief.stops.disagrees", document.lang, said=said)


def _missing(document: Document) -> Iterator[str]:
    """Late where nothing of the briefing's own period is there, else incomplete."""
    gaps = [gap for gap in document.missing if gap.required]
    if not gaps:
        return
    periods = {figure.period for figure in document.figures.values()}
    late = bool(document.period) and document.period not in periods
    when = long_period(document.period, document.lang) if document.period else ""
    for gap in gaps[:MOST]:
        key = "late" if late else "incomplete"
        yield text(f"brief.stops.{key}", document.lang, when=when, item=gap.item, reason=gap.reason)
    if len(gaps) > MOST:
        yield text("brief.stops.more", document.lang, n=len(gaps) - MOST)


def _empty(document: Document) -> Iterator[str]:
    if not document.figures and not document.missing:
        yield text("brief.stops.empty", document.lang)
