"""What says who a person is, taken out of a text: addresses, numbers and names people give of themselves.

A name in the midst of a sentence cannot be told from other words, so only what follows 'my name is' or stands with a
title is found.
"""

from __future__ import annotations

import re
import unicodedata

MASK = "…"
AMOUNT = r"(?!\s*(?:yuan|rmb|元|亿|万|户|人|%))"
"""A long number with a unit is a figure, not a telephone."""
PERSONAL = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        (r"(?<!\d)\d{17}[\dXx](?!\w)" + AMOUNT, 0),
        (r"(?<![\d.])(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![\d,.]\d|\d)" + AMOUNT, 0),
        (r"(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)" + AMOUNT, 0),
        (r"\+\d{1,3}[\s-]?(?:\(?\d{1,4}\)?[\s-]?){2,5}\d(?!\d)", 0),
        (r"(?<=[Mm]y name is )\w+(?: [A-Z]\w+)?|(?<=\bI am )[A-Z]\w+ [A-Z]\w+|(?<=\bI'm )[A-Z]\w+ [A-Z]\w+", 0),
        (r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? [A-Z]\w+(?: [A-Z]\w+)?", 0),
        (r"(?<=我叫)[\u4e00-\u9fff]{2,3}(?=[,，。、 ]|$)|(?<=我是)[\u4e00-\u9fff]{2,3}(?=[,，。、 ]|$)", 0),
        (r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐)", 0),
    )
)


def masked(text: str) -> str:
    """The text with `…` where something said who a person is, then in normal width; as it was where nothing did."""
    plain = unicodedata.normalize("NFKC", text)
    clean = plain
    for pattern in PERSONAL:
        clean = pattern.sub(MASK, clean)
    return clean if clean != plain else text
