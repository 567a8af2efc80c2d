"""Cue phrases that call for one thing and nothing else: a fact of the programme, a template of the user's own."""

from __future__ import annotations

from xinfo.understand.hear.hearing import Hearing

SOME = ("province", "region", "admin_type")


def called_for(h: Hearing) -> tuple[str | None, str | None]:
    """The fact or the user's template that a cue phrase of its own calls for."""
    facts: list[str] = []
    template = None
    for index, piece in list(h.free("fact", "template")):
        if piece.has("template"):
            called = tuple(dict.fromkeys((*((template,) if template else ()), *map(str, piece.get("template")))))
            if len(called) > 1:
                h.trouble("two_templates", h.written(index), called)
            template = called[0]
            h.take(index, f"cue:template={template}")
        elif piece.mere and _of_some(h):
            if h.any("batch", "2") and h.any("cue", "how_many") and not _of_some(h, ("province", "region")):
                facts.append("second_batch")
        else:
            facts.append(str(piece.get("fact")[0]))
            h.take(index, f"fact={facts[-1]}")
    if {"second_batch", "applied_and_selected"} <= set(facts):
        # '第二批有多少个申报': who applied is known of the first batch alone.
        h.trouble("no_template")
    return (facts[-1] if facts else None), template


def _of_some(h: Hearing, kinds: tuple[str, ...] = SOME) -> bool:
    """Whether some pilots are spoken of: '江苏入选的试点' are those in Jiangsu, not how many were chosen in all."""
    return any(h.any(kind) for kind in kinds) or (kinds == SOME and h.any("batch", "2"))
