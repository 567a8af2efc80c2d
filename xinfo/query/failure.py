"""Statements that did not finish, in words of our own, in every language. Raises nothing and asks nothing."""

from __future__ import annotations

from xinfo import confined
from xinfo.errors import EngineError, TookTooLong
from xinfo.language.texts import text


def failed(kind: str, **about: object) -> EngineError:
    """The failure that the texts name `engine.<kind>`; its own words are English, as those of all errors."""
    return EngineError(text(f"engine.{kind}", "en", **about), kind, about)


def stopped(kind: str, **about: object) -> TookTooLong:
    """The same where a limit was passed, or where it was called off."""
    return TookTooLong(text(f"engine.{kind}", "en", **about), kind, about)


def in_words(error: Exception, lang: str) -> str:
    """What an error says: in this language where it has words for that, else as it stands."""
    if isinstance(error, EngineError) and error.kind:
        return text(f"engine.{error.kind}", lang, **error.about)
    return confined.in_words(error, lang)
