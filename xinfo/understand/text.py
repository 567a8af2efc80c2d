"""One spelling for matching: a question as tokens in normal form, each knowing where it stood. Knows no vocabulary.

Normal form: NFKC, lower case, simplified Chinese, no tone marks, no zero-width characters; a token is a run of
Latin letters, a number, one Chinese character or one other sign, so that spacing never matters to a caller.
Underscores are blanks: 'gdp_2014', 'came to ____ yuan'.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial

from opencc import OpenCC

TOKEN = re.compile(r"[a-z]+|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|[^\s\w]|[^\W\d_]")
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−～〜~﹣－"), "-")
QUOTES = dict.fromkeys(map(ord, "‘’ʼ`´′＇"), "'")
HAN = re.compile(r"[㐀-鿿]")
CHINESE = re.compile(f"{HAN.pattern}+")
LATIN_NAME = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int
    """Where it stands in the question as it was asked."""


@dataclass(frozen=True)
class Text:
    """A question and its tokens."""

    original: str
    tokens: tuple[Token, ...]

    def words(self, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens[start:end])

    def written(self, start: int, end: int) -> str:
        """Tokens `start` to `end` as they stood in the question."""
        if start >= end:
            return ""
        return self.original[self.tokens[start].start : self.tokens[end - 1].end]

    def without(self, spans: Iterable[tuple[int, int]]) -> str:
        """The question with gaps in place of some of its tokens: every other sign stays where it was."""
        left_out = [(self.tokens[start].start, self.tokens[end - 1].end) for start, end in spans]
        kept = (" " if any(a <= at < b for a, b in left_out) else sign for at, sign in enumerate(self.original))
        return "".join(kept)


def read_text(question: str) -> Text:
    """The question's tokens; never fails."""
    normal, places = _normal(question)
    tokens = tuple(
        Token(
            _ungrouped(found[0]),
            places[found.start()],
            places[found.end() - 1] + 1,
        )
        for found in TOKEN.finditer(normal)
    )
    return Text(question, tokens)


def _ungrouped(token: str) -> str:
    """A number without its thousands signs; 2,014 is an amount and stays apart from the year 2014."""
    plain = token.replace(",", "") if token[0].isdigit() else token
    return f"{plain}.0" if plain != token and len(plain) == 4 else plain


def key(phrase: str) -> tuple[str, ...]:
    """A vocabulary phrase as the tokens it would have in a question.

    The same as `read_text`, without the bookkeeping of where each token stood: there are tens of thousands of phrases.
    """
    if phrase.isascii():
        plain = phrase.lower()
        if plain.replace(" ", "").isalpha():
            return tuple(plain.split())
    elif CHINESE.fullmatch(plain := phrase.translate(_SIMPLE)):
        return tuple(RHOTIC_PLACE.sub("里", RHOTIC.sub("", plain)))
    if "'" in plain or "-" in plain:
        plain = HYPHEN.sub(" ", APOSTROPHE.sub("", POSSESSIVE.sub(" ", plain)))
    return tuple(TOKEN.findall(plain))


def language_of(question: str) -> str:
    """zh where the question holds Chinese characters, else en."""
    return "zh" if HAN.search(question) else "en"


def _normal(question: str) -> tuple[str, list[int]]:
    """The normal form and, for each of its characters, its index in the question."""
    characters, places = [], []
    for index, character in enumerate(question):
        for plain in _plain(character):
            characters.append(plain)
            places.append(index)
    normal = _simplified("".join(characters))
    for pattern, plain in ((POSSESSIVE, " "), (APOSTROPHE, "\0"), (HYPHEN, " "), (RHOTIC, "\0"), (RHOTIC_PLACE, "里")):
        normal = pattern.sub(partial(_blanked, plain), normal)
    kept = [(character, place) for character, place in zip(normal, places, strict=True) if character != "\0"]
    return "".join(c for c, _ in kept), [place for _, place in kept]


def _blanked(plain: str, found: re.Match[str]) -> str:
    """As many `plain` characters as were found, so that places stay as they are."""
    return plain * len(found[0])


RHOTIC = re.compile("(?<=[块点会边头份事根样底活个])儿(?![子女童科])")
"""The ending of northern speech, which says nothing of its own."""
RHOTIC_PLACE = re.compile("(?<=[这那哪])儿(?![子女童科])")
POSSESSIVE = re.compile(r"(?<=[a-z])'s\b|(?<=s)'(?=\s|$|,)")
APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])")
HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)")


@cache
def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).translate(DASHES).translate(QUOTES).lower()
    if unicodedata.category(character) in ("Cf", "Cc") and not character.isspace():
        return ""
    if folded.isascii() or HAN.match(folded):
        return folded
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return bare if LATIN_NAME.fullmatch(bare) else folded


class _Simple(dict[int, str]):
    """Each character in normal form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = simple = _simplified(_plain(chr(code)))
        return simple


_SIMPLE = _Simple()


@cache
def _converter(way: str) -> OpenCC:
    return OpenCC(way)


def _simplified(text: str) -> str:
    """Simplified characters, one for one: of what is written in traditional ones the mainland's words (寬頻: 宽带).

    Where OpenCC would change the length only the characters are simplified, or nothing.
    """
    if not HAN.search(text):
        return text
    simple = _converter("t2s").convert(text)
    words = _converter("tw2sp").convert(text) if simple != text else simple
    return next((one for one in (words, simple) if len(one) == len(text)), text)


def as_on_the_mainland(question: str) -> str:
    """The question in the words of the mainland: 宽带 for 寬頻."""
    return str(_converter("tw2sp").convert(question))
