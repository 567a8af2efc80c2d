"""The sources of a document's figures as they are cited, in its language."""

from __future__ import annotations

from collections.abc import Mapping

from xinfo.answer.rows import DEMONSTRATION
from xinfo.ask import Workspace
from xinfo.briefing.document import Cited, Figure
from xinfo.language.texts import text


def cited(figures: Mapping[str, Figure], workspace: Workspace, lang: str) -> dict[str, Cited]:
    """By id, in the order of the figures."""
    ids = dict.fromkeys(source for figure in figures.values() for source in figure.sources)
    known = {one: workspace.sources[one].told_in(lang) for one in ids if one in workspace.sources}
    titles = {one: source.title for one, source in known.items()}
    if DEMONSTRATION in titles:
        titles[DEMONSTRATION] = text("brief.made_up", lang)
    return {one: Cited(titles[one], source.publisher, source.url, source.published) for one, source in known.items()}
