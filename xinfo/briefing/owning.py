"""A paragraph says once, at its end, which of its figures are no published ones, and not behind each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from xinfo.answer.owning_up import BRACKETS, GIVEN, STOPS, who_of, words
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Run
from xinfo.language.texts import text

ASIDE = re.compile(r" ?\(([^()]*)\)|（([^（）]*)）")
TAIL = re.compile(r"[;；] ?([^;；.。()（）]+)(?=[.。]( |$)|[.。])")
"""What stands behind a bracket and is no bracket itself."""
ONE = ("one", "alone")
MANY = ("many", "projects")


def owned_up_once(runs: Sequence[Run], every: Iterable[Found], lang: str) -> tuple[Run, ...]:
    """Runs of whole sentences that rest on these answers; what tells more than the kind of a figure stays."""
    marks = {(mark, who_of(mark, one.findings)) for one in every for mark in one.findings.statuses}
    said = {mark: words(mark, who, lang) for mark, who in sorted(marks) if mark != GIVEN}
    single = {text(f"told.all.{form}", lang, **forms) for forms in said.values() for form in ONE}
    known = single | {text(f"told.all.{form}", lang, **forms) for forms in said.values() for form in MANY}
    known |= {text("told.among", lang, **forms) for forms in said.values()}
    dropped, made = list[tuple[str, bool]](), list[Run]()
    for run in runs:
        made.append(run if run.figure else replace(run, text=_without(run.text, known, dropped, lang)))
    if not dropped or (len(dropped) == 1 and dropped[0][1]):
        return tuple(runs)
    form = "told.among" if len({mark for mark, _ in marks}) > 1 else "told.all.many"
    form = "told.all.one" if form == "told.all.many" and len(dropped) == 1 and dropped[0][0] in single else form
    return _closed(made, text("list.semicolon", lang).join(text(form, lang, **one) for one in said.values()), lang)


def _without(said: str, known: set[str], dropped: list[tuple[str, bool]], lang: str) -> str:
    """A text without what it says of kinds of figures; adds that to `dropped`, and whether it stood in brackets."""
    between = text("list.semicolon", lang)

    def kept(found: re.Match[str]) -> str:
        parts = (found[1] or found[2] or "").split(between)
        left = [one for one in parts if one not in known]
        if len(left) == len(parts):
            return found[0]
        dropped.extend((one, True) for one in parts if one in known)
        return text("told.aside", lang, told=between.join(left)) if left else ""

    def tail(found: re.Match[str]) -> str:
        if found[1] not in known:
            return found[0]
        dropped.append((found[1], False))
        return ""

    return TAIL.sub(tail, ASIDE.sub(kept, said))


def _closed(runs: Sequence[Run], told: str, lang: str) -> tuple[Run, ...]:
    """With it before the last full stop."""
    at = max(at for at, run in enumerate(runs) if run.text)
    last = runs[at]
    stop = last.text[-1:] if last.text.endswith(STOPS) and not last.figure else ""
    before = last.text.removesuffix(stop)
    aside = text("told.aside_after" if before.endswith(BRACKETS) else "told.aside", lang, told=told)
    said = Run(aside + stop) if last.figure else replace(last, text=before + aside + stop)
    return (*runs[:at], *((last,) if last.figure else ()), said, *runs[at + 1 :])
