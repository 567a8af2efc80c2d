"""A briefing filled with figures, in one language: what every export is made from. Values only; asks nothing.

A `Run` that is a figure names it: every file carries the same figures, each with its passport, the `Query` it is from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinfo.briefing.signed import Signed


@dataclass(frozen=True)
class Rest:
    """A figure of the store that a figure of the document rests on."""

    role: str
    place: str
    metric: str
    period: str
    part: str
    value: float
    status: str
    method: str
    side: int = 0


@dataclass(frozen=True)
class Query:
    """How figures were asked for: the passport of each that names it."""

    id: str
    question: str
    """The canonical sentence; asked again it gives the same SQL."""
    template: str
    version: int
    slots: Mapping[str, Any]
    sql: str
    params: Mapping[str, Any]
    published_only: bool
    fingerprint: str
    """Of the store."""
    loaded: str
    """The day on which the youngest of the rows behind it came into the store."""
    definition: str
    """Of the metric, so that a later change of it is seen."""
    expected: tuple[str, ...]
    """The places that were asked about."""


@dataclass(frozen=True)
class Figure:
    """A number of the document with its passport."""

    id: str
    query: str
    key: str
    """Which row of the query's answer, in ids: `place=xining`."""
    name: str
    """Which number of that row: value, target, reached, …"""
    value: float
    unit: str | None
    written: str
    """In full: 6.552 billion yuan."""
    label: str
    period: str
    statuses: tuple[str, ...]
    methods: tuple[str, ...]
    sources: tuple[str, ...]
    rests: tuple[Rest, ...] = ()
    second: float | None = None
    """The number worked out anew from the published rows; None where that cannot be done."""
    of: tuple[str, ...] = ()
    """Two figures that this one is made of; its name says how, see `MADE_OF`."""


@dataclass(frozen=True)
class Run:
    text: str
    figure: str = ""
    notes: tuple[str, ...] = ()  # Ids of sources, where a footnote stands after the text.


@dataclass(frozen=True)
class Paragraph:
    """`kind` is body, note (to the reader), caution (what limits a statement), item (of a list) or plain."""

    id: str
    runs: tuple[Run, ...]
    kind: str = "body"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Table:
    """`total` is whether the last row is the total of the others; `own` are the rows of the own place."""

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Run, ...], ...]
    total: bool = False
    own: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chart:
    """The same figures twice, as Vega-Lite and as what office programs draw; the own place's categories stand out."""

    kind: str
    spec: Mapping[str, Any]
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    figures: tuple[tuple[str, ...], ...]
    """The id of the figure behind each value, empty for none."""
    unit: str
    percent: bool = False
    own: tuple[int, ...] = ()


@dataclass(frozen=True)
class Exhibit:
    """A chart and a table under one caption, with what must stand below them; what it comes to heads a slide."""

    id: str
    title: str
    message: str
    table: Table | None
    chart: Chart | None
    cautions: tuple[str, ...]
    sources: tuple[str, ...]


Block = Paragraph | Exhibit


@dataclass(frozen=True)
class Part:
    """A section."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cited:
    """A source as it is cited."""

    title: str
    publisher: str
    url: str
    published: str


@dataclass(frozen=True)
class Letterhead:
    """What an official paper says around its text; empty where it is no such paper."""

    issuer: str = ""
    number: str = ""
    """The paper's own, such as 宁工信〔2015〕12号."""
    signatory: str = ""
    recipient: str = ""
    date: str = ""
    """ISO day."""

    @property
    def above(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.issuer, self.number, self.signatory)))

    @property
    def closing(self) -> tuple[str, ...]:
        """Who issues it, who approved it, and the day."""
        return tuple(filter(None, (self.issuer, self.signatory, self.date))) if self.issuer or self.signatory else ()


@dataclass(frozen=True)
class Aside:
    """A caveat for the notes at the end, with the ids of the exhibits or the titles of the sections it is about."""

    text: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """A question that had no figure, and why."""

    item: str
    question: str
    reason: str
    required: bool
    """Whether the briefing is incomplete for it."""


@dataclass(frozen=True)
class Document:
    """A filled briefing; what is `annexed` are tables."""

    briefing: str
    title: str
    lang: str
    place: str
    period: str
    made: str
    """When it was filled, ISO time."""
    author: str
    store: str
    """The store's fingerprint; below its name and how far its figures go."""
    store_name: str
    data_to: str
    parts: tuple[Part, ...]
    figures: Mapping[str, Figure]
    queries: Mapping[str, Query]
    sources: Mapping[str, Cited]
    missing: tuple[Gap, ...] = ()
    disagreements: tuple[str, ...] = ()
    """Figures that came out otherwise the second time; none may be issued with one."""
    number: int = 0
    """Of the issue; 0 for a draft."""
    signatures: tuple[Signed, ...] = ()
    since: tuple[str, ...] = ()
    letterhead: Letterhead = Letterhead()
    asides: tuple[Aside, ...] = ()
    published_only: bool = False
    annexed: tuple[Exhibit, ...] = ()

    @property
    def demonstration(self) -> bool:
        """Whether any figure is made up, which every page then says."""
        return any("illustrative" in figure.statuses for figure in self.figures.values())

    def blocks(self) -> Iterator[Block]:
        for part in self.parts:
            yield from part.blocks

    def exhibits(self) -> Iterator[Exhibit]:
        yield from (block for block in self.blocks() if isinstance(block, Exhibit))

    def lines(self) -> Iterator[tuple[str, tuple[Run, ...]]]:
        """Every line of text that holds figures, with its key: paragraphs and rows of tables, in order."""
        for block in (*self.blocks(), *self.annexed):
            if isinstance(block, Paragraph):
                yield from ((block.id, block.runs),) if any(run.figure for run in block.runs) else ()
            elif block.table:
                yield from ((f"{block.id}:{at}", row) for at, row in enumerate(block.table.rows))
