"""An answer as one sentence to quote: what it says and where that comes from."""

from __future__ import annotations

from xinfo.answer.answer import Answer
from xinfo.language.texts import text


def quotation(answer: Answer) -> str:
    """The headline with where it comes from, ready to paste into a text."""
    lang = answer.reading.lang
    named = text("ui.semicolon", lang).join(source.title or source.source_id for source in answer.sources)
    return f"{answer.headline} {text('ui.quoted_source', lang, sources=named)}" if named else answer.headline
