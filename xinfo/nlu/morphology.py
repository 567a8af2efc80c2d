"""The dictionary forms that an English word may be an inflection of; in Chinese older and Cantonese forms of particles.

Only candidates: what is no word of the grammar is dropped by who asks, so that a few irregular forms and the regular
endings are enough. And which words of negation negate nothing, as they ask by saying both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am", "have": "has had having", "do": "did does doing",
        "go": "went gone goes", "grow": "grew grown", "rise": "rose risen", "fall": "fell fallen", "see": "saw seen",
        "spend": "spent", "sell": "sold", "buy": "bought", "take": "took taken", "make": "made", "get": "got gotten",
        "come": "came", "beat": "beaten", "lead": "led", "hold": "held", "lie": "lay lain", "stand": "stood",
        "give": "gave given", "show": "shown", "bring": "brought", "run": "ran", "shrink": "shrank shrunk",
        "sink": "sank sunk", "leap": "leapt", "keep": "kept", "lose": "lost", "win": "won", "write": "wrote written",
        "put": "put", "hit": "hit", "overtake": "overtook overtaken", "outdo": "outdid outdone", "city": "cities",
        "county": "counties", "municipality": "municipalities", "shell": "shelled", "rack": "racked",
        "draw": "drew drawn", "swell": "swollen", "begin": "began begun", "pay": "paid", "tell": "told", "say": "said",
        "know": "knew known", "find": "found", "leave": "left", "build": "built", "meet": "met", "set": "set",
        "outgrow": "outgrew outgrown", "outsell": "outsold", "outspend": "outspent", "undershoot": "undershot",
        "blow": "blew blown",
        "overshoot": "overshot", "spring": "sprang sprung", "shoot": "shot", "think": "thought", "become": "became",
        # Letters that trade places where one types fast.
        "the": "teh hte", "and": "adn nad", "which": "whcih wich", "their": "thier", "what": "waht wat",
    }.items()
    for form in forms.split()
}  # fmt: skip
ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)
SAME = {"experience": "see", "witness": "see", "undergo": "see"}
"""Verbs that say of a figure what another does: a city experienced growth, that is, it saw growth."""
PARTICLES = {
    written: frozenset(plain)
    for written, plain in zip("之者嘅喺咗啲系冇仲争𠮶佢边唔", "的的的在了些是没还差那它哪不", strict=True)
}
"""What is written for a particle in classical Chinese and in Cantonese, in simplified characters."""
SHORTEST = 3
"""Letters that a dictionary form has at least."""


@lru_cache(maxsize=4096)
def lemmas(word: str) -> frozenset[str]:
    """The forms that `word` may be inflected from, and what says the same; without itself."""
    if not word.isascii() or not word.isalpha():
        return PARTICLES.get(word, frozenset())
    found = {IRREGULAR[word]} if word in IRREGULAR else set()
    for ending, base in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) + len(base) >= SHORTEST:
            found.add(stem + base)
            if not base and ending in ("ed", "ing") and stem[-1:] == stem[-2:-1]:
                found.add(stem[:-1])
    return frozenset(found | {SAME[form] for form in (word, *found) if form in SAME})


ASKING = frozenset("没不")
"""Words of negation that ask where the same word stands on both sides of them."""


def as_asked(words: Sequence[str]) -> tuple[str, ...]:
    """Words with those marked that ask by saying both: the 没 of 有没有 and the 不 of 是不是 negate nothing."""
    around = zip(("", *words), words, (*words[1:], ""), strict=False)
    asks = (word in ASKING and before.isalpha() and before == after for before, word, after in around)
    return tuple(f"{word}~" if asked else word for word, asked in zip(words, asks, strict=True))


RELATING = frozenset("一二间内中和差比前后外类下上际余多")
"""What makes a word of its own with it."""


def part_of_word(words: Sequence[str], at: int) -> bool:
    """Whether 之 belongs to a word of relation ('之间', '之比') or to a fraction ('三分之一')."""
    behind = words[at + 1] if at + 1 < len(words) else ""
    return (at > 0 and words[at - 1] == "分") or not behind or behind in RELATING
