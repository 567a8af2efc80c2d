"""How Chinese is said, in Latin letters."""

from __future__ import annotations


def syllables(text: str) -> list[str]:
    """Each Chinese character's syllable, without tones; all else as it stands."""
    # Its dictionary takes long to load: a server listens before that.
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)
