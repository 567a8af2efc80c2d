"""Misspelt words: what an unknown word may have been meant as, and real places that only look like a known one.

Similar is never the same: a name that some real place bears is no misspelling, and one that is as near to the name of
a place without figures is that of neither. Whether a correction is taken is for `read` to decide; here are only
candidates: those that may be taken, and loose ones that are only offered.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from xinfo.understand.catalog import Catalog
from xinfo.understand.lexicon import Key, Lexicon
from xinfo.understand.place_names import SUFFIXES
from xinfo.understand.segment import Piece
from xinfo.understand.sounds import MEANINGFUL, alike, masked, sound
from xinfo.understand.text import HAN, Text, key

LATIN, WRITTEN, SHORTER = (re.compile(rf"[a-z]{{{length},}}") for length in (6, 5, 4))
"""Words that may be meant, be misspelt, loosely be one: shorter ones are too near to others ('rice', 'rise')."""
THIN = frozenset(["cue", "filler", "refuse", "degree", "cmp", "than", "unit_word"])
"""What a wrong character is never taken for in Chinese: a word of this kind, one character off, is another word."""
ONLY_CUES = frozenset(["cue", "filler"])
TURNING = frozenset(["measure", "order", "cmp", "project_status", "refuse", "degree", "than"])
"""What says something of a figure, as verbs do, and names none."""
SHORT, LONG = 6, 4


class Speller:
    """Candidates for unknown words of one lexicon and catalog; its indexes are made when first needed."""

    def __init__(self, lexicon: Lexicon, catalog: Catalog):
        self.lexicon, self.catalog = lexicon, catalog
        self.ready = False
        """Whether what looking up a word needs is at hand."""

    def prepare(self) -> None:
        """Makes what looking up a word needs, which takes seconds."""
        _ = self.tokens, self.foreign, self.divisions, self.all_words
        _ = self.masks, self.masked_divisions, self.homophones
        self.ready = True

    def elsewhere(self, text: Text, pieces: tuple[Piece, ...]) -> list[str]:
        """Real places, named by unknown words, that the store does not know."""
        found = []
        words = text.words()
        for start, end in _unknown_runs(pieces):
            for a in range(max(0, start - 3), end):
                for b in range(min(len(words), end + 3), max(a, start), -1):
                    if words[a:b] in self.divisions and b > start:
                        found.append(text.written(a, b))
                        break
                else:
                    continue
                break
        return list(dict.fromkeys(found))

    def candidates(
        self, text: Text, pieces: tuple[Piece, ...], loose: bool = False, literals: frozenset[str] = frozenset()
    ) -> list[list[Piece]]:
        """For each run of unknown tokens the pieces it may have been meant as, `literals` of rules among them."""
        runs = _unknown_runs(pieces)
        return [found for start, end in runs for found in self._for_run(text, start, end, loose, literals)]

    def _for_run(self, text: Text, start: int, end: int, loose: bool, literals: frozenset[str]) -> list[list[Piece]]:
        """For each misspelt word of a run what it may be; one only out of place may be a neighbour's.

        Chinese words that rules ask for, and that are like no other, are none.
        """
        words = text.words()
        if HAN.search(words[start]):
            found = self._chinese(words, start, end, loose)
            if not found and literals.issuperset(words[start:end]):
                return []
            return [[] if not loose and any(self._may_be_elsewhere(words, piece) for piece in found) else found]
        wrong = [at for at in range(start, end) if words[at] not in self.tokens]
        spelt = SHORTER if loose else WRITTEN
        if not wrong or not all(spelt.fullmatch(words[at]) for at in wrong):
            return [[]]
        others = _spelt(literals)
        near = {at: self._near(words[at], others) for at in wrong}
        # A phrase may hold several misspelt words: each is looked up beside the likeliest spelling of the others.
        mended = tuple(near[at][0] if near.get(at) else word for at, word in enumerate(words))
        return [self._latin(words[at], mended, at, near[at], loose, others) for at in wrong]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every token of the lexicon."""
        return frozenset(word for phrase in self.lexicon.senses for word in phrase)

    def _near(self, written: str, others: tuple[str, ...]) -> list[str]:
        """Words known here or to `others` nearest to one that is not, those that are equally near."""
        allowed = 2 if len(written) >= 9 else 1
        known = [*self.all_words, *others]
        found = process.extract(written, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        nearest = min((distance for _, distance, _ in found), default=0)
        return list(dict.fromkeys(word for word, distance, _ in found if distance == nearest))[:6]

    def _latin(
        self, written: str, words: Key, at: int, near: list[str], loose: bool, others: tuple[str, ...]
    ) -> list[Piece]:
        """Phrases around a token that a known word nearest to it would complete; none where it may be elsewhere."""
        distance = OSA.distance(written, near[0]) if near else 0
        if not loose and process.extractOne(written, self.foreign, scorer=OSA.distance, score_cutoff=distance):
            return []
        found = [(word, piece) for word in near for piece in self._completed(words, at, word, others)]
        return [piece for word, piece in found if not _another_word(written, piece, word)]

    def _completed(self, words: Key, at: int, word: str, others: tuple[str, ...]) -> list[Piece]:
        changed = (*words[:at], word, *words[at + 1 :])
        found = []
        for start in range(max(0, at - 6), at + 1):
            for end, senses in self.lexicon.at(changed, start):
                if end > at:
                    found.append(Piece(start, end, senses, corrected=" ".join(changed[start:end])))
        if not found and word in others:
            return [Piece(at, at + 1, corrected=word)]
        longest = max((p.end - p.start for p in found), default=0)
        return [piece for piece in found if piece.end - piece.start == longest]

    def _chinese(self, words: Key, start: int, end: int, loose: bool) -> list[Piece]:
        """Phrases that differ in one character that is easily taken for another, or that sound the same as a whole."""
        found: list[Piece] = []
        for a in range(max(0, start - 5), end):
            for b in range(max(a + 2, start + 1), min(len(words), a + 8) + 1):
                window = words[a:b]
                if window in self.divisions or not _is_chinese(window):
                    continue
                for phrase in self._sounding_like(window, range(start - a, end - a)):
                    found.append(Piece(a, b, self.lexicon.senses[phrase], corrected="".join(phrase)))
                for at in range(a, b):
                    # A wrong character may be a known word by itself: 而 in 鄂而多斯, 占 in 占江.
                    told = loose or b - a >= 3 or start <= at < end
                    for phrase in self.masks.get((*window[: at - a], "*", *window[at - a + 1 :]), []):
                        named = told or self._held(phrase)
                        if named and window != phrase and alike(window[at - a], phrase[at - a]):
                            found.append(Piece(a, b, self.lexicon.senses[phrase], corrected="".join(phrase)))
        longest = max((p.end - p.start for p in found), default=0)
        return [piece for piece in found if piece.end - piece.start == longest]

    def _sounding_like(self, written: Key, unknown: range) -> list[Key]:
        """Phrases of which several characters are written with others of the same sound."""
        found = self.homophones.get(sound(written), []) if MEANINGFUL.isdisjoint(written) else []
        wrong = {phrase: [at for at, one in enumerate(written) if phrase[at : at + 1] != (one,)] for phrase in found}
        # A long phrase is what was meant even where a wrong character is a known word by itself.
        told = set(unknown) if len(written) < LONG else set(range(len(written)))
        return [phrase for phrase, places in wrong.items() if len(places) > 1 and told.issuperset(places)]

    def _may_be_elsewhere(self, words: Key, piece: Piece) -> bool:
        """Whether what was written is as near to the Chinese name of a real place without figures."""
        written, meant = words[piece.start : piece.end], key(piece.corrected)
        # One character at most: none where the other is only another way to write it.
        wrong = (at for at, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b)
        masked = ((at, self.masked_divisions.get((*written[:at], "*", *written[at + 1 :]), ())) for at in wrong)
        return any(alike(written[at], name[at]) for at, names in masked for name in names)

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """Latin names, of one word, of real places without figures."""
        names = {key(division.name_en) for division in self.catalog.divisions}
        return tuple(sorted(name[0] for name in names if len(name) == 1 and not self._held(name)))

    def _held(self, name: Key) -> bool:
        return any(sense.kind == "place" for sense in self.lexicon.senses.get(name, ()))

    @cached_property
    def divisions(self) -> frozenset[Key]:
        """Names of real places, in tokens, with and without their suffix; those of the store's own places left out."""
        names: set[Key] = set()
        for division in self.catalog.divisions:
            if division.level != "county" or len(division.name_en) >= 5:
                names.add(key(division.name_en))
            suffix = next((s for s in SUFFIXES if division.name_zh.endswith(s)), "")
            names.add(key(division.name_zh))
            if len(bare := division.name_zh.removesuffix(suffix)) > 1:
                names.add(key(bare))
        return frozenset(name for name in names if not self._held(name))

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Latin words of the lexicon, and names of real places: a word as near to one of those may mean either."""
        known = {word for phrase in self.lexicon.senses for word in phrase if LATIN.fullmatch(word)}
        names = {name[0] for name in self.divisions if len(name) == 1 and LATIN.fullmatch(name[0])}
        return tuple(sorted(known | names))

    @cached_property
    def named(self) -> tuple[Key, ...]:
        """Chinese phrases that may be meant where a character is wrong."""
        senses = self.lexicon.senses.items()
        return tuple(p for p, some in senses if _is_chinese(p) and any(sense.kind not in THIN for sense in some))

    @cached_property
    def masks(self) -> dict[Key, list[Key]]:
        """Them by what is left when one character is hidden."""
        return masked(self.named)

    @cached_property
    def homophones(self) -> dict[str, list[Key]]:
        """Them by their sound."""
        found: dict[str, list[Key]] = {}
        for phrase in self.named:
            found.setdefault(sound(phrase), []).append(phrase)
        return found

    @cached_property
    def masked_divisions(self) -> dict[Key, list[Key]]:
        """The same of Chinese names of real places without figures."""
        return masked(filter(_is_chinese, self.divisions))


@cache
def _spelt(literals: frozenset[str]) -> tuple[str, ...]:
    """Words that rules ask for, and several of them, as far as they are long enough to be told when misspelt."""
    return tuple(
        sorted(form for word in literals for form in (word, word.removesuffix("s") + "s") if LATIN.fullmatch(form))
    )


def _is_chinese(phrase: Key) -> bool:
    """In characters, a sign or two of 4G基站 left aside."""
    short = len(phrase) <= 8 and all(len(word) == 1 and word.isalnum() for word in phrase)
    return short and len(HAN.findall("".join(phrase))) >= 2


def _another_word(written: str, piece: Piece, meant: str) -> bool:
    """A short word with another letter is likely another word: 'summer' is not 'summed', but 'averge' is 'average'.

    So is a verb of any length that begins with another letter: 'pocketed' is not 'rocketed'.
    """
    if len(written) != len(meant) or sorted(written) == sorted(meant):
        return False
    kinds = {sense.kind for sense in piece.senses}
    return (len(meant) <= SHORT and kinds <= ONLY_CUES) or (written[0] != meant[0] and kinds <= ONLY_CUES | TURNING)


def _unknown_runs(pieces: tuple[Piece, ...]) -> list[tuple[int, int]]:
    """(first token, end token) of neighbouring unknown pieces of one script."""
    runs: list[tuple[int, int]] = []
    for piece in pieces:
        if piece.known:
            continue
        if runs and runs[-1][1] == piece.start:
            runs[-1] = (runs[-1][0], piece.end)
        else:
            runs.append((piece.start, piece.end))
    return runs
