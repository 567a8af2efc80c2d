"""A chart made ready to stand alone as a picture: its own size, white paper, and a line with the source below it."""

from __future__ import annotations

from typing import Any

from xinfo.answer.answer import Answer
from xinfo.answer.frame import capital
from xinfo.answer.owning_up import words
from xinfo.answer.place_map import PLACED
from xinfo.answer.theme import MUTED, PAPER, config
from xinfo.language.texts import text
from xinfo.store.standing import MADE_UP

Spec = dict[str, Any]
WIDTH = 640
SMALL = (360, 130, 70)
"""Width and height of a thumbnail, and the room for figures that stand beside their bars."""
SMALL_ROWS = 5
"""Rows of bars that a thumbnail has room for."""
NAMED_SOURCES = 2
WARNING = "#A6321F"
TITLE_LENGTH = 44
INSIDE = ("$schema", "config", "width")


def picture(answer: Answer) -> Spec:
    """The answer's chart over a line that names its sources and says which figures are no published ones."""
    assert answer.chart is not None
    chart = {name: value for name, value in answer.chart.items() if name not in INSIDE} | {"width": WIDTH}
    cautions = _cautions(answer)
    lines = [line for line in (*cautions, _sources(answer)) if line]
    note = {
        "data": {"values": [{"line": line, "row": at, "warns": line in cautions} for at, line in enumerate(lines)]},
        "width": WIDTH,
        "height": {"step": 16},
        "mark": {"type": "text", "fontSize": 11, "align": "left", "x": 0, "limit": WIDTH},
        "encoding": {
            "y": {"field": "row", "type": "ordinal", "axis": None},
            "text": {"field": "line", "type": "nominal"},
            "color": {"condition": {"test": "datum.warns", "value": WARNING}, "value": MUTED["light"]},
        },
    }
    look = config("light") | {"background": "white", "padding": 18}
    return {
        "$schema": answer.chart["$schema"],
        "vconcat": [chart, note] if lines else [chart],
        "spacing": 14,
        "resolve": {"legend": {"color": "independent"}},
        "config": look,
    }


def small(chart: Spec, theme: str) -> Spec:
    """A chart as a thumbnail: its marks without titles, of many bars the first, one size for all.

    It brings its paper: what draws the file loses the colour of what is half transparent on none.
    """
    bare = {name: value for name, value in chart.items() if name not in ("title", "config", "width", "height")}
    if isinstance(chart.get("height"), dict):
        bare["data"] = {"values": _first(chart["data"]["values"], chart["encoding"]["y"]["field"])}
    if "layer" in chart:
        bare["layer"] = [one for one in chart["layer"] if PLACED not in one.get("mark", {}).get("style", ())]
    look = config(theme) | {
        "background": PAPER[theme],
        "padding": {"left": 6, "right": SMALL[2], "top": 6, "bottom": 6},
    }
    return bare | {
        "width": SMALL[0],
        "height": SMALL[1],
        "config": look,
        "autosize": {"type": "fit", "contains": "padding"},
    }


def _first(rows: list[dict[str, Any]], named: str) -> list[dict[str, Any]]:
    """The data of the first few rows of a chart, which are told apart by a field."""
    kept = list(dict.fromkeys(row[named] for row in rows))[:SMALL_ROWS]
    return [row for row in rows if row[named] in kept]


def _sources(answer: Answer) -> str:
    """'Source: A, B and 3 more', long titles cut."""
    lang = answer.reading.lang
    titles = [_cut(source.title) for source in answer.sources]
    if not titles:
        return ""
    names = text("list.comma", lang).join(titles[:NAMED_SOURCES])
    if len(titles) > NAMED_SOURCES:
        names = text("chart.sources_more", lang, names=names, n=len(titles) - NAMED_SOURCES, all=len(titles))
    return text("chart.source", lang, names=names)


def _cautions(answer: Answer) -> list[str]:
    """Which figures are no published ones, for whoever meets the picture alone."""
    lang, some = answer.reading.lang, "" if len(answer.statuses) == 1 else "_some"
    faint = [mark for mark in answer.statuses if mark != "reported"]
    return [
        text(f"chart.made_up{some}", lang)
        if mark == MADE_UP
        else capital(text(f"chart.faint_are{some}", lang, **words(mark, answer.uploaders, lang)))
        for mark in faint
    ]


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"
