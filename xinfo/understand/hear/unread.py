"""What of a question nothing has read: unknown words, words beside nothing they go with, words that change it.

Each is a trouble, told to the Hearing. A word is passed over only where it is on the closed list of function words.
"""

from __future__ import annotations

from xinfo.understand.frame import Frame
from xinfo.understand.hear.beside import asks_whether, fit_beside, one_of_kind
from xinfo.understand.hear.hearing import Hearing

TIES = ("only", "follow", "pronoun")
"""Cues that tie a question to the one before."""


def unread(h: Hearing, frame: Frame, alone: bool) -> None:
    """Tells `h` of all that nothing has read; `alone` where there is no question before that a word may point to."""
    fit_beside(h, frame)
    _all_of_them(h, frame)
    if frame.has_cue("together") and _only_one(frame):
        h.trouble("unused_words", next(h.written(i) for i, p in enumerate(h.pieces) if p.has("cue", "together")))
    if alone:
        _ties(h, frame)
    _leftovers(h)


def _only_one(frame: Frame) -> bool:
    """Whether there is one place, part and time only, so that nothing can be put together."""
    whens = frame.times.whens if frame.times else ()
    spans = len(whens) > 1 or any(when.start != when.end for when in whens)
    several = len(frame.places) > 1 or any(len(parts) > 1 for parts in frame.parts().values())
    return bool(frame.places) and not (several or spans or frame.scope or frame.over or frame.projects)


def _all_of_them(h: Hearing, frame: Frame) -> None:
    """'Did all pilots grow?' asks whether every one did, which neither their sum nor a list of those that did tells."""
    every = [i for i, p in enumerate(h.pieces) if p.has("pilots", "all") or p.has("goes_with", "several")]
    if every and asks_whether(h) and (frame.measure == "growth" or frame.cmp is not None):
        h.trouble("unused_words", h.written(every[0]))


def _ties(h: Hearing, frame: Frame) -> None:
    """'Only', 'again', 'also' narrow or repeat the question before; where there is none, they say something else."""
    for index, piece in enumerate(h.pieces):
        if piece.has("cue", "only") and one_of_kind(h, frame):
            continue
        tie = (piece.has("cue", "only") or piece.has("cue", "follow")) and not (piece.mere or piece.has("conj"))
        if tie and all(value in TIES for sense in piece.senses for _, value in sense.means):
            h.trouble("unused_words", h.written(index))


def _leftovers(h: Hearing) -> None:
    unknown = [i for i in h.left_over() if not h.pieces[i].known]
    if unknown:
        h.trouble("unknown_words", "|".join(_runs(h, unknown)))
    for index in h.left_over():
        if h.pieces[index].known and not h.pieces[index].has("unit_word") and not h.pieces[index].has("cue", "only"):
            kind = "negation" if h.pieces[index].has("operator", "negation") else "unused_words"
            h.trouble(kind, h.written(index))


def _runs(h: Hearing, indexes: list[int]) -> list[str]:
    """Neighbouring unknown pieces as one piece of text."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [h.text.written(h.pieces[run[0]].start, h.pieces[run[-1]].end) for run in runs]
