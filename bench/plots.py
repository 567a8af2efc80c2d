"""Plots of how the cost of an answer grows, as SVG with both axes logarithmic. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

TITLES = {
    "rows": "figures in the store",
    "places": "places",
    "templates": "kinds of questions",
    "askers": "people asking at once",
}
SERIES = {"hand": "SQL by hand", "statement": "the template's statement", "whole": "whole answer"}
SERIES |= {"understand": "understanding", "median": "median", "slowest in 20": "slowest in 20"}


def draw(found: dict[str, Any], folder: Path) -> list[Path]:
    """A file for each kind of growth that was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for what, title in TITLES.items():
        if points := list(_points(what, found.get(what, {}))):
            path = folder / f"growth-{what}.svg"
            path.write_text(_svg(points, title, "by the clock" if what == "askers" else "of processor time"))
            written.append(path)
    return written


def _points(what: str, measured: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for count, one in measured.items():
        if what == "askers":
            yield {"x": int(count), "ms": one["p50"], "what": SERIES["median"]}
            yield {"x": int(count), "ms": one["p95"], "what": SERIES["slowest in 20"]}
        elif what == "rows":
            for name in ("hand", "statement", "whole"):
                mean = sum(row[name]["cpu"] for row in one) / len(one)
                yield {"x": int(count), "ms": mean, "what": SERIES[name]}
        else:
            yield from ({"x": int(count), "ms": one[name]["cpu"], "what": SERIES[name]} for name in one)


def _svg(points: list[dict[str, Any]], title: str, clock: str) -> str:
    log = alt.Scale(type="log", nice=False)
    chart = (
        alt.Chart(alt.InlineData(values=points), width=460, height=260)
        .mark_line(point=True)
        .encode(
            x=alt.X("x:Q", scale=log, title=title, axis=alt.Axis(values=sorted({one["x"] for one in points}))),
            y=alt.Y("ms:Q", scale=log, title=f"ms {clock}"),
            color=alt.Color("what:N", title=None),
        )
        .configure(background="white", font="Noto Sans SC, DejaVu Sans, sans-serif")
    )
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))
