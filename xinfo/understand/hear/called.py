"""What calls for one thing and nothing else: a fact of the programme, a template or a phrase of the user's own."""

from __future__ import annotations

from xinfo.understand.hear.hearing import Hearing

SOME = ("province", "region", "admin_type", "batch")


def called_for(h: Hearing) -> tuple[str | None, str | None]:
    """The fact or the user's template that a phrase of its own calls for."""
    fact = template = None
    for index, piece in list(h.free("fact", "template", "chosen")):
        if piece.has("template"):
            called = tuple(dict.fromkeys((*((template,) if template else ()), *map(str, piece.get("template")))))
            if len(called) > 1:
                h.trouble("two_templates", h.written(index), called)
            template = called[0]
            h.take(index, f"cue:template={template}")
        elif piece.has("fact"):
            fact = str(piece.get("fact")[0])
            h.take(index, f"fact={fact}")
        elif any(h.any(kind) for kind in SOME):
            # '江苏入选的试点' are those in Jiangsu: every pilot was chosen.
            h.take(index, "cue:chosen")
    return fact, template
