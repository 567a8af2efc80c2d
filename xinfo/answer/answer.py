"""The answer: everything that is shown, exported or sent on. Values only; `form` gives the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xinfo.language.texts import text, uploaded_by
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
    unconfirmed: str = ""
    """`all` or `some` where figures of it are unconfirmed."""
    uploaded_by: str = ""
    """Who loaded those, as far as that is known."""

    def told_in(self, lang: str) -> Source:
        """The same with its title in a language; a publisher that nobody has confirmed is told as such."""
        title = self.title_zh if lang == "zh" and self.title_zh else self.title
        return replace(self, title=title, publisher=self._published_by(lang))

    def _published_by(self, lang: str) -> str:
        if self.unconfirmed != "all":
            return self.publisher
        by = uploaded_by(self.uploaded_by, lang)
        said = text("source.said_to_be", lang, publisher=self.publisher) if self.publisher else ""
        return text("list.comma", lang).join(filter(None, (said, text("mark.unconfirmed.one", lang, by=by))))


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
    """The marks of the figures, strongest first; see `store.standing`."""
    methods: tuple[str, ...]
    caveats: tuple[str, ...]
    """What has to be known besides the figures, the weightiest first."""
    fingerprint: str
    """Of the store the figures came from."""
    timing_ms: dict[str, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The name, in the answer's language, of each place, province and metric that the rows hold."""
    one_number: str = ""
    """The answer's one number as it is written, where its unit does not tell how."""
    doubts: tuple[str, ...] = ()
    """Those of the caveats that cast doubt on what is shown itself."""
    uploaders: str = ""
    """Who loaded the unconfirmed figures, as far as that is known."""
    charts: Mapping[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    """Every chart that suits, by kind, each with why; `chart` is one of them."""


@dataclass(frozen=True)
class NotAnswered:
    """A question declined: not understood (clarify), no figure (no_data) or not allowed (refused)."""

    unclear: Unclear
    timing_ms: dict[str, float] = field(default_factory=dict)
