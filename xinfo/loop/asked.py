"""What was asked and not answered, kept beside the store until the vocabulary has learnt it. Knows nobody's name.

One SQLite file for each store, `<store>.asked.sqlite`: every write is on the disk when it returns, and writers wait for
each other. The same question in another spelling is one row with a count. Nothing is kept of who asked; addresses,
telephone numbers and names that a person gives of themselves are masked before anything is written.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.answer.cells import csv_of
from xinfo.errors import StoreError
from xinfo.store.sqlite import opened
from xinfo.understand.read import LONGEST
from xinfo.understand.reading import Unclear
from xinfo.understand.text import key

MASK = "…"
AMOUNT = r"(?!\s*(?:yuan|rmb|元|亿|万|户|人|%))"
"""A long number with a unit is a figure, not a telephone."""
PERSONAL = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        (r"(?<!\d)\d{17}[\dXx](?!\w)" + AMOUNT, 0),
        (r"(?<![\d.])(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![\d,.]\d|\d)" + AMOUNT, 0),
        (r"(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)" + AMOUNT, 0),
        (r"\+\d{1,3}[\s-]?(?:\(?\d{1,4}\)?[\s-]?){2,5}\d(?!\d)", 0),
        (r"(?<=[Mm]y name is )\w+(?: [A-Z]\w+)?|(?<=\bI am )[A-Z]\w+ [A-Z]\w+|(?<=\bI'm )[A-Z]\w+ [A-Z]\w+", 0),
        (r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? [A-Z]\w+(?: [A-Z]\w+)?", 0),
        (r"(?<=我叫)[\u4e00-\u9fff]{2,3}(?=[,，。、 ]|$)|(?<=我是)[\u4e00-\u9fff]{2,3}(?=[,，。、 ]|$)", 0),
        (r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐)", 0),
    )
)


def masked(text: str) -> str:
    """The text with `…` where something said who a person is, then in normal width; as it was where nothing did."""
    plain = unicodedata.normalize("NFKC", text)
    clean = plain
    for pattern in PERSONAL:
        clean = pattern.sub(MASK, clean)
    return clean if clean != plain else text


KINDS = ("unknown_words", "unclear", "no_data", "refused")
"""Why there was no answer, the kind that a synonym can mend first."""
VERSION = 1
TABLE = """
  create table if not exists asked(
    spelling text not null, lang text not null, question text not null, status text not null, kind text not null,
    reason text not null, words text not null, times integer not null, first_asked text not null,
    last_asked text not null, primary key (spelling, lang)) strict
"""
ADD = """
  insert into asked values (:spelling, :lang, :question, :status, :kind, :reason, :words, 1, :at, :at)
  on conflict do update set question = excluded.question, status = excluded.status, kind = excluded.kind,
    reason = excluded.reason, words = excluded.words, times = times + 1, last_asked = excluded.last_asked
"""
COLUMNS = "question, lang, status, kind, reason, words, times, first_asked, last_asked"


@dataclass(frozen=True)
class Asked:
    """A question that had no answer."""

    question: str
    lang: str
    status: str
    """clarify, no_data or refused."""
    kind: str
    reason: str
    words: tuple[str, ...]
    """What in it was not understood."""
    times: int
    first_asked: str
    """ISO time, as it was handed in."""
    last_asked: str


def beside(store: Path) -> Path:
    """The file of a store."""
    return store.with_name(store.name + ".asked.sqlite")


def note(store: Path, reply: Answer | NotAnswered, at: datetime) -> bool:
    """Keeps the question of a reply that is no answer, nor a page of what was named; `at` is now. Whether it was kept.

    A disk that is full or may not be written to does not stand between a user and the reply: then it is not kept.
    """
    if isinstance(reply, Answer) or reply.unclear.subject or not reply.unclear.question.strip():
        return False
    with suppress(StoreError):
        with opened(beside(store), TABLE, VERSION) as kept:
            kept.execute(ADD, _row(reply.unclear, at))
        return True
    return False


def listed(store: Path) -> tuple[Asked, ...]:
    """Every kept question, the one asked last first. Raises StoreError where the file cannot be read."""
    if not beside(store).exists():
        return ()
    with opened(beside(store), TABLE, VERSION, reading=True) as kept:
        rows = kept.execute(f"select {COLUMNS} from asked order by last_asked desc, question").fetchall()
    return tuple(_asked(*row) for row in rows)


def forget(store: Path, questions: Iterable[Asked]) -> None:
    """Takes questions out: they are answered now, or not worth keeping. Raises StoreError."""
    with opened(beside(store), TABLE, VERSION) as kept:
        kept.executemany(
            "delete from asked where spelling = ? and lang = ?",
            [(_spelling(asked.question), asked.lang) for asked in questions],
        )


def to_csv(questions: Iterable[Asked]) -> bytes:
    """A question a row."""
    rows = (vars(asked) | {"words": " | ".join(asked.words)} for asked in questions)
    return csv_of([COLUMNS.split(", "), *(row.values() for row in rows)])


def kind_of(unclear: Unclear) -> str:
    """Why there was no answer: a word that is not known comes before what the sentence lacked."""
    if unclear.status in ("no_data", "refused"):
        return unclear.status
    return "unknown_words" if any(heard.kind == "unknown" for heard in unclear.heard) else "unclear"


def _asked(question: str, lang: str, status: str, kind: str, reason: str, words: str, *rest: Any) -> Asked:
    return Asked(question, lang, status, kind, reason, tuple(json.loads(words)), *rest)


def _row(unclear: Unclear, at: datetime) -> dict[str, str]:
    question = masked(unclear.question[:LONGEST])
    told = unclear.reason if MASK not in question else ""  # A reason quotes the question, in pieces that hide a mask.
    return {
        "spelling": _spelling(question),
        "lang": unclear.lang,
        "question": question,
        "status": unclear.status,
        "kind": kind_of(unclear),
        "reason": told,
        "words": json.dumps([word for word in _unknown(unclear) if word in question], ensure_ascii=False),
        "at": at.isoformat(timespec="seconds"),
    }


def _unknown(unclear: Unclear) -> list[str]:
    """Runs of text that were not understood; signs alone are none."""
    runs: list[list[int]] = []
    for heard in unclear.heard:
        if heard.kind != "unknown":
            continue
        if runs and not unclear.question[runs[-1][1] : heard.start].strip():
            runs[-1][1] = heard.end
        else:
            runs.append([heard.start, heard.end])
    said = (unclear.question[start:end].strip() for start, end in runs)
    return [word for word in dict.fromkeys(said) if any(c.isalnum() for c in word)]


def _spelling(question: str) -> str:
    """One spelling for all writings of a question: case, width, blanks and closing signs do not matter."""
    return " ".join(word for word in key(question) if any(c.isalnum() for c in word) or not word.isascii()).rstrip(
        "？。 "
    )
