"""Texts made of the corpora by chance, each by its seed: by small changes, and by growing up to what may be written."""

from __future__ import annotations

import random

from sqlglot.errors import SqlglotError
from sqlglot.tokens import Tokenizer

from tests.sql.store import honest, hostile
from xinfo.query.guard.allow import MAX_CHARACTERS

HONEST = [sql for _, sql in honest()]
HOSTILE = [sql for _, sql in hostile()]
SPICE = [
    "(",
    ")",
    ",",
    ";",
    "--",
    "/*",
    "*/",
    ".",
    "*",
    "'",
    '"',
    "$place",
    "?",
    "meta",
    "published",
    "canary",
    "query('meta')",
]
SPICE += [
    "from",
    "select",
    "union",
    "with",
    "as",
    "into",
    "(select value from meta)",
    "read_text('canary.csv')",
    "'canary.csv'",
]
PAIRS = {"(": ")", "[": "]", "{": "}"}
JOINTS = [" ", ",", " + ", " and ", " union all ", " || ", " join ", " -> ", "."]


def tokens(sql: str) -> list[str]:
    """The words and signs of a text as they stand."""
    try:
        return [sql[token.start : token.end + 1] for token in Tokenizer(dialect="duckdb").tokenize(sql)]
    except SqlglotError:
        return sql.split()


def mutant(seed: int) -> str:
    """A text made of an honest one by one to four changes: drop, double, swap, change case, comment, splice."""
    chance = random.Random(seed)
    parts = tokens(chance.choice(HONEST))
    other = tokens(chance.choice(HOSTILE if chance.random() < 0.6 else HONEST)) or [";"]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(parts)) if parts else 0
        start = chance.randrange(len(other))
        changes = [
            lambda at=place: parts.pop(at) if parts else None,
            lambda at=place: parts.insert(at, chance.choice(SPICE)),
            lambda at=place: parts.__setitem__(slice(at, at + 1), [chance.choice(other)]),
            lambda at=place, s=start: parts.__setitem__(slice(at, at + 2), other[s : s + chance.randint(1, 8)]),
            lambda at=place: parts.__setitem__(slice(at, at + 1), [part.swapcase() for part in parts[at : at + 1]]),
            lambda at=place: parts.insert(at, chance.choice(["/* x */", "-- x\n", "/* ; */"])),
            lambda at=place: parts.reverse() if chance.random() < 0.05 else parts.append(chance.choice(other)),
        ]
        chance.choice(changes)()
    return " ".join(parts)


def group(parts: list[str], chance: random.Random) -> tuple[int, int]:
    """Where a part in brackets begins and ends, or any few words where there is none."""
    opened = [at for at, part in enumerate(parts) if part in PAIRS]
    if not opened or chance.random() < 0.2:
        start = chance.randrange(max(len(parts), 1))
        return start, min(len(parts), start + chance.randint(1, 12))
    start, depth = chance.choice(opened), 0
    for at in range(start, len(parts)):
        depth += (parts[at] in PAIRS) - (parts[at] in PAIRS.values())
        if not depth:
            return start, at + 1
    return start, len(parts)


def exchanged(seed: int) -> str:
    """An honest text with parts in brackets exchanged for those of other texts, calls and queries whole."""
    chance = random.Random(seed)
    parts = tokens(chance.choice(HONEST))
    for _ in range(chance.randint(1, 3)):
        other = tokens(chance.choice(HONEST if chance.random() < 0.7 else HOSTILE)) or ["1"]
        (start, end), (first, last) = group(parts, chance), group(other, chance)
        before = max(first - 1, 0) if chance.random() < 0.5 else first
        parts[start:end] = other[before:last]
    return " ".join(parts)


def grown(seed: int) -> str:
    """A text of which a part is repeated beside itself or within itself, up to the length that is read."""
    chance = random.Random(seed)
    parts = tokens(exchanged(seed) if chance.random() < 0.3 else chance.choice(HONEST))
    start, end = group(parts, chance)
    piece, room = " ".join(parts[start:end]), MAX_CHARACTERS - len(" ".join(parts)) - 10
    if chance.random() < 0.5:
        joint = chance.choice(JOINTS)
        piece = joint.join([piece] * chance.choice([10, 100, max(1, room // (len(piece + joint) or 1))]))
    else:
        cut = chance.randrange(start, end) if end > start else start
        before, behind = (" ".join(some) + " " for some in (parts[start:cut], parts[cut:end]))
        times = chance.choice([5, 20, 60, max(1, room // (len(before + behind) or 1))])
        piece = before * times + piece + behind * times
    return " ".join([*parts[:start], piece, *parts[end:]])[:MAX_CHARACTERS]


KINDS = (mutant, exchanged, grown)


def text_of(seed: int) -> str:
    """The text of a seed, of either kind."""
    return KINDS[seed % len(KINDS)](seed)
