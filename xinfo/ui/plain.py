"""Text from people and data as Markdown that shows exactly that text. Draws nothing.

Streamlit reads Markdown in labels, captions and tables: `$` starts a formula, `:red[` a colour, `![` fetches a picture.
Everything that is not written in this package goes through `plain` before it gets there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

JOINER = "\u2060"
"""Takes no room and breaks what a backslash cannot: these are found in the text after escapes are undone."""

ACTIVE = re.compile(r"([!-/:-@\[-`{-~])")
JOINTS = re.compile(
    r":(?=\S)"  # :red[…], :smile:, :material/…:, http://…
    r"|(?<=www)(?=\.)|@(?=\S)"  # addresses become links
    r"|<(?=->|-|=)|-(?=>|-)|>(?==)|~(?==)",  # arrows, dashes and comparisons become symbols
    re.IGNORECASE,
)
HIDDEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Characters that turn the direction of the text around them, or cannot be seen."""
BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """Markdown for one line that shows `text` as it is; runs of blanks and line breaks become one blank."""
    shown = SURROGATES.sub("\ufffd", HIDDEN.sub("", BLANKS.sub(" ", text))).strip()
    return ACTIVE.sub(r"\\\1", JOINTS.sub(lambda found: found[0] + JOINER, shown))


def bold(text: str) -> str:
    """`plain`, standing out, whatever it begins or ends with.

    Markdown takes the stars behind a '%' for ones that open where a letter follows, as any character of Chinese does.
    """
    return f"**{JOINER}{plain(text)}{JOINER}**"


def marked(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """`plain` with some stretches in a dress of Markdown: (start, end, dress with {}) each, in characters of `text`."""
    pieces, done = [], 0
    for start, end, dress in sorted(spans):
        if start < done or not text[start:end].strip():
            continue
        pieces += [_between(text[done:start]), dress.format(plain(text[start:end]))]
        done = end
    return "".join([*pieces, _between(text[done:])])


def link(title: str, url: str) -> str:
    """A Markdown link; only the title where the address is none of the web's."""
    if not re.match(r"https?://[^\s/]", url):
        return plain(title)
    return f"[{plain(title)}]({re.sub(_UNSAFE_IN_URL, lambda found: _percent(found[0]), url)})"


_UNSAFE_IN_URL = r"[^A-Za-z0-9:/?#@!$&*+,;=%._~-]"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _between(text: str) -> str:
    """`plain`, keeping a blank at either end."""
    shown = plain(text)
    if not shown:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{shown}{' ' if text[-1].isspace() else ''}"
