"""The closed list of words that may be skipped, each with its class: article, preposition, politeness and the like.

Here is only what the list holds and which words it covers. What any other word means is for its readers; no word is
ever skipped because it is missing from their vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from xinfo.understand.template import read_yaml
from xinfo.understand.text import key

Words = tuple[str, ...]
FILE = Path("vocabulary") / "function_words.yaml"
HEADING = "filler"
"""The kind of sense that these words have in the vocabulary."""


@dataclass(frozen=True)
class FunctionWords:
    """Words and short phrases by their tokens, with the class of each."""

    classes: Mapping[str, Mapping[Words, str]]
    """For each language, the class of every phrase."""

    @cached_property
    def class_of(self) -> Mapping[Words, str]:
        """The class of every phrase of any language: a question may mix them."""
        return {words: kind for phrases in self.classes.values() for words, kind in phrases.items()}

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.class_of), default=0)

    def covers(self, words: Words) -> bool:
        """Whether all of these tokens are function words, alone or as phrases."""
        reached = {0}
        for start in range(len(words)):
            if start in reached:
                ends = range(start + 1, min(len(words), start + self.longest) + 1)
                reached |= {end for end in ends if words[start:end] in self.class_of}
        return len(words) in reached


@cache
def read_function_words(queries: Path) -> FunctionWords:
    """The closed list of a folder of templates and vocabulary. Raises InputError where its file is none."""
    classes: dict[str, dict[Words, str]] = {"en": {}, "zh": {}}
    for kind, phrases in read_yaml(queries / FILE)[HEADING].items():
        for lang, listed in phrases.items():
            classes[lang] |= {key(str(phrase)): kind for phrase in listed}
    return FunctionWords(classes)
