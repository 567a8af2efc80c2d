"""What a new phrase can be made to mean: the kinds and values that the vocabulary already knows. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from xinfo.understand.catalog import Catalog
from xinfo.understand.lexicon import Key, Lexicon, Sense
from xinfo.understand.text import HAN

KINDS = (
    "metric", "place", "province", "measure", "order", "over", "grain", "consumer", "offering", "sector", "region",
    "admin_type", "batch", "pilots", "cue", "projects", "content_area", "level", "project_status", "field", "cmp",
    "degree", "fact", "per", "refuse",
)  # fmt: skip
"""In the order they are offered: what is asked about first, mere words last."""
SHOWN = 4
"""Phrases that tell what a value means."""


@dataclass(frozen=True)
class Meaning:
    """A value of the vocabulary, with some of the words that already mean it."""

    kind: str
    value: str
    words_en: tuple[str, ...] = ()
    words_zh: tuple[str, ...] = ()

    def words(self, lang: str) -> tuple[str, ...]:
        """Words for it in a language, or in the other where it has none."""
        return (self.words_zh or self.words_en) if lang == "zh" else (self.words_en or self.words_zh)


def meanings(lexicon: Lexicon, catalog: Catalog) -> dict[str, tuple[Meaning, ...]]:
    """Every value by kind, in the order of KINDS; a metric or place goes by its own name."""
    phrases: dict[tuple[str, str], list[Key]] = {}
    for words, senses in lexicon.senses.items():
        for sense in senses:
            if len(sense.means) == 1 and isinstance(sense.value, str) and sense.kind in KINDS:
                phrases.setdefault((sense.kind, sense.value), []).append(words)
    found = {kind: [_meaning(k, v, phrases[k, v], catalog) for k, v in phrases if k == kind] for kind in KINDS}
    return {kind: tuple(values) for kind, values in found.items() if values}


def known_as(lexicon: Lexicon, words: Key) -> tuple[Sense, ...]:
    """What a phrase means already."""
    return lexicon.senses.get(words, ())


def _meaning(kind: str, value: str, phrases: list[Key], catalog: Catalog) -> Meaning:
    if kind == "metric" and (metric := catalog.metrics.get(value)):
        return Meaning(kind, value, (metric.label_en,), (metric.label_zh,))
    if kind == "place" and (place := catalog.places.get(value)):
        return Meaning(kind, value, (place.name_en,), (place.name_zh,))
    chinese = ("".join(words) for words in phrases if any(map(HAN.match, words)))
    latin = (" ".join(words) for words in phrases if not any(map(HAN.match, words)))
    return Meaning(kind, value, tuple(islice(latin, SHOWN)), tuple(islice(chinese, SHOWN)))
