"""The answer: everything that is shown, exported or sent on. Values only; contract.md fixes the JSON form."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from xinfo.understand.reading import Reading, Unclear


@dataclass(frozen=True)
class Column:
    """A column of the answer's rows."""

    name: str
    label: str
    """In the answer's language."""
    unit: str | None = None
    """yuan, count, ratio, yuan/person, … where the column holds numbers of one unit."""


@dataclass(frozen=True)
class Source:
    source_id: str
    title: str
    publisher: str
    url: str
    published: str
    title_zh: str = ""
    """Empty where none is known: then the title is the same in every language."""

    def told_in(self, lang: str) -> Source:
        """The same with its title in a language."""
        return replace(self, title=self.title_zh) if lang == "zh" and self.title_zh else self


@dataclass(frozen=True)
class Answer:
    """A question answered; `rows` hold ids and plain numbers in base units, ready for JSON."""

    reading: Reading
    sql: str
    params: dict[str, Any]
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]
    headline: str
    chart: dict[str, Any] | None
    """A Vega-Lite object."""
    chart_reason: str
    """Why this chart, or why none, in the answer's language."""
    sources: tuple[Source, ...]
    statuses: tuple[str, ...]
    methods: tuple[str, ...]
    caveats: tuple[str, ...]
    fingerprint: str
    """Of the store the figures came from."""
    timing_ms: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The name, in the answer's language, of each place, province and metric that the rows hold."""
    one_number: str = ""
    """The answer's one number as it is written, where its unit does not tell how."""
    charts: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    """Every chart that suits, by kind, each with why; `chart` is one of them."""


@dataclass(frozen=True)
class NotAnswered:
    """A question declined: not understood (clarify), no figure (no_data) or not allowed (refused)."""

    unclear: Unclear
    timing_ms: dict[str, float] = field(default_factory=dict)
