"""Where the figures of several answers stand in one sentence: each takes its first place before any takes more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xinfo.briefing.asking import Found
from xinfo.briefing.document import Run
from xinfo.briefing.made import Numbers
from xinfo.briefing.marking import marked


def marked_in(
    runs: Sequence[Run], found: Found, id_: str, numbers: Numbers, rounded: str, once: bool
) -> tuple[Run, ...]:
    """Runs, some of which are figures, with those of one answer; `once` leaves all but their first places as text."""
    made, taken = list[Run](), {run.figure for run in runs if run.figure}
    for run in runs:
        for piece in (run,) if run.figure else marked(run.text, found, id_, numbers, rounded):
            if once and not run.figure and piece.figure in taken:
                piece = Run(piece.text)
            taken |= {piece.figure} - {""}
            made.append(piece)
    return _melted(made)


def _melted(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Stretches of text that follow each other are one."""
    made = list[Run]()
    for run in runs:
        if made and not any((made[-1].figure, run.figure, made[-1].notes, run.notes)):
            run = replace(run, text=made.pop().text + run.text)
        made.append(run)
    return tuple(made)
