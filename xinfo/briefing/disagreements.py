"""Figures that came out otherwise when they were worked out a second time, in words. Works none out."""

from __future__ import annotations

from collections.abc import Mapping

from xinfo.briefing.document import Figure
from xinfo.briefing.second import agree
from xinfo.language.numbers import amount
from xinfo.language.texts import text


def disagreements(figures: Mapping[str, Figure], lang: str) -> tuple[str, ...]:
    """Both numbers of each figure that came out otherwise the second time."""
    return tuple(
        text("brief.disagrees", lang, label=figure.label, one=figure.written,
             two=amount(figure.second, figure.unit, lang))
        for figure in figures.values()
        if figure.second is not None and not agree(figure.value, figure.second)
    )  # fmt: skip
