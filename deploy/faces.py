"""Cuts the app's face into pieces, of which a page fetches those whose characters it shows: `python deploy/faces.py`.

Needs fonttools and brotli, in any environment; the pieces are kept in static/, so that nothing else needs them. Which
characters stand together only decides how many bytes a page takes: cut anew when the interface has many new words.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
WEIGHTS = {"Regular": 400, "Bold": 700}
LATIN = 0x250
"""Where the Latin letters end."""
EAST = 0x2E00
"""Where Chinese begins: signs of its own before its characters."""
LEFT_OUT = range(0x2018, 0x2020)
"""Curly quotes, which this face draws as wide as a Chinese character."""
EVERYWHERE = ("xinfo/language/en.yaml",)
"""What a page shows in any language, 中文 for the other one among it; with all Latin letters."""
SAID = ("xinfo/language/zh.yaml", "data/place.csv")
"""What first pages show in Chinese."""
HEARD = ("queries/**/*.yaml", "data/metric.csv", "data/source.csv")
"""What answers and the library show beside that."""


def pieces(held: set[int]) -> dict[str, list[int]]:
    """The characters of each piece, the rest first: of two pieces that have a character the later one counts."""
    latin = held & (_written(EVERYWHERE) | set(range(LATIN)) | set(map(ord, "中文")))
    said = (held & _written(SAID)) - latin
    heard = (held & _written(HEARD)) - latin - said
    parts = {"rest": held - latin - said - heard, "heard": heard, "said": said, "latin": latin}
    return {name: sorted(part) for name, part in parts.items()}


def _written(patterns: Iterable[str]) -> set[int]:
    files = [path for pattern in patterns for path in ROOT.glob(pattern)]
    return {ord(sign) for path in files for sign in path.read_text(encoding="utf-8")}


def ranges(signs: list[int]) -> str:
    """As `unicode-range` has them: U+41-5A, U+4E00."""
    starts = [signs[0], *(two for one, two in pairwise(signs) if two != one + 1)]
    ends = [*(one for one, two in pairwise(signs) if two != one + 1), signs[-1]]
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in zip(starts, ends, strict=True))


def cut(face: Path, signs: list[int]) -> bytes:
    """The face with these characters alone, as WOFF2."""
    options = subset.Options()
    options.flavor, options.hinting, options.recalc_timestamp = "woff2", False, False
    out = io.BytesIO()
    with subset.load_font(str(face), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=signs)
        cutter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()


def main() -> None:
    """Writes the pieces and the rules that name them. A piece's name changes with what is in it."""
    for old in STATIC.glob("*.woff2"):
        old.unlink()
    rules = []
    for weight, number in WEIGHTS.items():
        face = ROOT / "xinfo" / "answer" / "fonts" / f"NotoSansSC-{weight}.ttf"
        with subset.load_font(str(face), subset.Options()) as font:
            held = set(font.getBestCmap()) - set(LEFT_OUT)
        for name, signs in pieces(held).items():
            data = cut(face, signs)
            file = STATIC / f"NotoSansSC-{weight}-{name}.{sha256(data).hexdigest()[:8]}.woff2"
            file.write_bytes(data)
            covered = ranges(signs)
            if name == "rest":
                covered = f"{ranges([one for one in signs if one < EAST])},U+{EAST:X}-FFFF"
            rules.append(
                f"@font-face{{font-family:'Noto Sans SC';font-weight:{number};font-display:swap;"
                f"src:url({file.name}) format('woff2');unicode-range:{covered}}}\n"
            )
    (STATIC / "faces.css").write_text("".join(rules), encoding="utf-8")


if __name__ == "__main__":
    main()
