"""Which side of a difference is taken from which, by where the words stand. Hears no new words."""

from __future__ import annotations

from xinfo.understand.frame import Frame
from xinfo.understand.hear.hearing import Hearing

BEHIND = frozenset(["behind", "short", "trail", "trailed", "lag", "lagged"])
SUBTRACT = frozenset("subtract subtracting subtracted deduct deducting deducted take taking".split())
SETS = ("region", "province", "admin_type")


def directed(h: Hearing, frame: Frame, than_at: int | None) -> Frame:
    """The frame with its two sides in the order they are meant: 'how much more than products were services'."""
    if not frame.has_cue("difference"):
        return frame
    if taken_off := [i for i in h.used if h.words(i)[0] in SUBTRACT and h.pieces[i].has("cue", "difference")]:
        return _taken_off(h, frame, taken_off[0])
    if _falls_behind(h) or (than_at is not None and _passive(h, than_at)):
        return frame.but(turned=not frame.turned)
    if than_at is None:
        return frame
    for dimension, parts in frame.parts().items():
        if len(parts) == 2 and _both_follow(h, than_at, dimension):
            frame = frame.but(**{dimension: parts[::-1]})
    if frame.other is not None and any(_both_follow(h, than_at, kind) for kind in SETS):
        frame = frame.but(scope=frame.other, other=frame.scope)
    return frame


def _taken_off(h: Hearing, frame: Frame, at: int) -> Frame:
    """'Subtract Anqing's sales from Huangshi's': the first is taken from the second, and both must be said so."""
    times = frame.times.whens if frame.times else ()
    backwards = len(times) == 2 and times[0].start.year > times[1].start.year
    if backwards or not any(h.words(i) == ("from",) for i in range(at, len(h.pieces))):
        h.trouble("unused_words", h.written(at))
    return frame.but(turned=not frame.turned)


def _both_follow(h: Hearing, than_at: int, kind: str) -> bool:
    """Whether both sides stand after 'than': the first of them is then what the other is set against."""
    said = [i for i, meaning in sorted(h.used.items()) if f"{kind}=" in meaning]
    return len(said) > 1 and said[0] > than_at


def _falls_behind(h: Hearing) -> bool:
    """'By how much did Weihai lag behind Weifang': what is taken from is named second."""
    return any(p.has("measure", "gap") and BEHIND & set(h.words(i)) for i, p in enumerate(h.pieces) if i in h.used)


def _passive(h: Hearing, than_at: int) -> bool:
    """'By how much was Weihai exceeded by Weifang'."""
    return than_at + 1 < len(h.pieces) and (h.words(than_at + 1)[0] == "by" or h.words(than_at)[-1] == "by")
