"""Metrics and their parts in a question: which one, in relation to what, of whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from xinfo.understand.catalog import DIMENSIONS, Catalog
from xinfo.understand.hear.hearing import Hearing

HAS_PARTS = {"info_consumption": ("consumer", "offering"), "connected_terminals": ("sector",)}


@dataclass
class Subject:
    """What a question is about."""

    metric: str | None = None
    against: str | None = None
    metrics: tuple[str, ...] = ()
    per: str | None = None
    growth: bool = False
    """Whether the metric was named by its published growth rate."""
    share: bool = False
    """Whether a share was named together with its metric: 'share in the GDP of all pilots'."""
    share_used: bool = False
    """Whether the word 'share' went into the metric (4G users among mobile users)."""
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def measures(self) -> set[str]:
        """What the words for the metric say of the measure."""
        return {name for name, said in (("growth", self.growth), ("share", self.share)) if said}


def hear_subject(h: Hearing) -> Subject:
    """Takes up metrics, 'per head', 'of GDP' and parts."""
    found = Subject()
    named = _named(h)
    open_words: list[tuple[int, tuple[str, ...]]] = [
        (index, tuple(sense.value)) for index, piece in h.free("ambiguous") for sense in piece.senses[:1]
    ]
    for index, piece in list(h.free("per")):
        found.per = str(piece.get("per")[0])
        h.take(index, f"per={found.per}")
    if found.per and not named and not open_words and _of_whole(h):
        named, found.per, found.share = [found.per], None, True
    _parts(h, found)
    for metric in list(named):
        if base := h.catalog.metrics[metric].growth_of:
            named[named.index(metric)] = base
            found.growth = True
    named = list(dict.fromkeys(named))
    if found.per and any(h.catalog.metrics[metric].unit.endswith("/person") for metric in named):
        # '20,000 yuan per person' of a figure that is one per person already.
        found.per = None
    named = _related(h, named, open_words, found)
    if not named:
        named = _confirmed([options for index, options in open_words if index not in h.used])
    for index, options in open_words:
        if index in h.used:
            continue
        h.take(index, f"metric={'|'.join(options)}")
        if _beside_another(h, index):
            # '电商和网上零售' are two figures, whatever the open word may mean.
            h.trouble("two_metrics", options=tuple(dict.fromkeys((*options, *named))))
        _narrow(named, options, found)
    if len(named) == 2 and h.any("cue", "correlation") and not found.growth:
        found.against = named.pop()
    if len(named) > 1:
        h.trouble("two_metrics", options=tuple(named))
    found.metric = named[0] if named else None
    return found


def _of_whole(h: Hearing) -> bool:
    """'Shanghai's share in the GDP of the municipalities': a share in a set, no figure in relation to GDP."""
    said = [meaning.partition("=")[0] for meaning in h.used.values()]
    return said.count("place") == 1 and any(kind in said for kind in ("pilots", "region", "admin_type", "province"))


def _named(h: Hearing) -> list[str]:
    named: list[str] = []
    part_of: list[str] = []
    for index, piece in list(h.free("metric")):
        ids = tuple(
            dict.fromkeys(str(v) for s in piece.senses for k, v in s.means if k == "metric" and v in h.catalog.metrics)
        )
        if not ids:
            continue
        h.take(index, f"metric={ids[0]}")
        named.append(ids[0])
        for kind, value in piece.senses[0].means[1:]:
            if kind in DIMENSIONS:
                h.used[index] += f" {kind}={value}"
                part_of.append(ids[0])
    # 'Information products per person' names the part of a ratio, not a second figure.
    whole = {h.catalog.metrics[metric].numerator for metric in named}
    return [metric for metric in named if metric not in part_of or metric not in whole]


def _parts(h: Hearing, found: Subject) -> None:
    for index, piece in enumerate(h.pieces):
        for kind, value in piece.senses[0].means if piece.senses else ():
            if kind in DIMENSIONS and index in h.used and str(value) not in found.parts.get(kind, ()):
                found.parts[kind] = (*found.parts.get(kind, ()), str(value))
    for index, piece in list(h.free(*DIMENSIONS)):
        kind = next(k for k in DIMENSIONS if piece.has(k))
        value = str(piece.get(kind)[0])
        h.take(index, f"{kind}={value}")
        if value not in found.parts.get(kind, ()):
            found.parts[kind] = (*found.parts.get(kind, ()), value)


def _related(h: Hearing, named: list[str], open_words: list[tuple[int, tuple[str, ...]]], found: Subject) -> list[str]:
    """Two metrics and 'share' are one ratio: '4G users as a share of mobile users'; 'per head' makes one too."""
    if found.per and named:
        first = h.catalog.metrics[named[0]]
        ratio = first.metric_id if first.denominator == found.per else ratio_of(h.catalog, named[0], found.per)
        if ratio:
            rest = [m for m in named[1:] if m != found.per]
            found.share_used = found.per != "population"
            found.per = None
            return [ratio, *rest]
    if not h.any("measure", "share") and not _percent_of_metric(h):
        return named
    tops = [*named, *(option for index, options in open_words if index not in h.used for option in options)]
    for top in tops:
        for bottom in named:
            if ratio := ratio_of(h.catalog, top, bottom):
                found.share_used = True
                for index, options in open_words:
                    if top in options and top not in named:
                        h.take(index, f"metric={top}")
                return [ratio, *(m for m in named if m not in (top, bottom))]
    return named


def _percent_of_metric(h: Hearing) -> bool:
    """Whether a percentage is one of a metric: 'above 10 % of GDP'."""
    percents = [i for i, p in enumerate(h.pieces) if p.quantity and p.quantity.unit == "ratio"]
    return any(h.next_of(i, "metric") is not None for i in percents)


def _beside_another(h: Hearing, index: int) -> bool:
    """Whether 'and' joins a word for a figure to another one."""
    for step in (1, -1):
        at = index + step
        if 0 <= at + step < len(h.pieces) and h.pieces[at].has("cue", "conj") and h.pieces[at + step].has("metric"):
            return True
    return False


def _confirmed(open_words: list[tuple[str, ...]]) -> list[str]:
    """'What the telecom sector took in as revenue': a word for one metric alone, and another that may mean it."""
    sure = {options[0] for options in open_words if len(options) == 1}
    agreed = [metric for metric in sure if all(metric in options for options in open_words)]
    return agreed if len(open_words) > 1 and any(len(options) > 1 for options in open_words) else []


def _narrow(named: list[str], options: tuple[str, ...], found: Subject) -> None:
    """An open word ('users') beside a metric it may mean adds nothing; alone it leaves a choice unless parts tell."""
    if any(option in named for option in options):
        return
    fitting = tuple(o for o in options if found.parts and all(d in HAS_PARTS.get(o, ()) for d in found.parts))
    if len(fitting) == 1 and not named:
        named.append(fitting[0])
    elif named:
        named.append(options[0])
    else:
        found.metrics = tuple(o for o in options if o in found.metrics) or options


def ratio_of(catalog: Catalog, numerator: str, denominator: str) -> str | None:
    """The metric that is the one over the other, if there is one."""
    return next(
        (m.metric_id for m in catalog.metrics.values() if (m.numerator, m.denominator) == (numerator, denominator)),
        None,
    )


def parts_of(catalog: Catalog, metric: str | None) -> tuple[str, ...]:
    """The dimensions a metric is split by; a ratio is split as its numerator is."""
    found = catalog.metrics.get(metric or "")
    if found is None:
        return ()
    return HAS_PARTS.get(found.numerator or found.metric_id, ())
