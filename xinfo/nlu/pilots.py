"""The words that rules have for the pilots, where a store has none: they are no words of its questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xinfo.nlu.morphology import lemmas
from xinfo.understand.lexicon import Lexicon

PILOTS = frozenset(["pilot", "pilots"])


def of_the_pilots(words: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    """The literals that a question's words must not be: what pilots are called, and what is a kind of other places."""
    taken = {*_of_kinds(tuple(words), lexicon), *PILOTS.intersection(words)}
    forms = (form for word in taken for form in (word, *lemmas(word)))
    return frozenset(literal for form in forms for literal in (form, f"{form}!"))


def _of_kinds(words: tuple[str, ...], lexicon: Lexicon) -> Iterator[str]:
    for start in range(len(words)):
        for end, senses in lexicon.at(words, start):
            if any("admin_type" in dict(sense.means) and "province" not in dict(sense.means) for sense in senses):
                yield from words[start:end]
