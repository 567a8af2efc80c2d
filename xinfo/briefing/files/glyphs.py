"""The bundled face cut down to the characters of a page, to stand inside it: readable where no Chinese face is."""

from __future__ import annotations

import io
from base64 import b64encode
from functools import lru_cache

from xinfo.answer.export import FONTS

NAME = "Noto Sans SC"
WEIGHTS = {"Regular": 400, "Bold": 700}
ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
"""What charts may come to show when they are redrawn: digits, letters, signs."""


def faces(said: str) -> str:
    """CSS that declares the face in both weights, with every character of `said` that it has."""
    wanted = "".join(sorted(set(said) | ALWAYS))
    return "".join(_rules(wanted))


@lru_cache(maxsize=8)
def _rules(wanted: str) -> tuple[str, ...]:
    return tuple(_rule(name, weight, wanted) for name, weight in WEIGHTS.items())


def _rule(name: str, weight: int, wanted: str) -> str:
    data = b64encode(_cut(name, wanted)).decode("ascii")
    return (
        f'@font-face{{font-family:"{NAME}";font-weight:{weight};src:url(data:font/woff;base64,{data}) format("woff")}}'
    )


def _cut(name: str, wanted: str) -> bytes:
    """The face's file with these characters alone, as WOFF."""
    # Takes long to import, and only pages need it.
    from fontTools import subset

    options = subset.Options()
    options.flavor, options.hinting, options.notdef_outline = "woff", False, True
    options.recalc_timestamp = False
    out = io.BytesIO()
    with subset.load_font(str(FONTS / f"NotoSansSC-{name}.ttf"), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=wanted)
        cutter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()
