"""'See Figure 2': text points to the exhibits that stand behind it and show what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from xinfo.answer.owning_up import BRACKETS, STOPS
from xinfo.briefing.document import Block, Document, Paragraph, Run
from xinfo.language.texts import listing, text
from xinfo.language.unbroken import BLANK, JOINER

KINDS = ("chart", "table")
OPENED = re.compile(r"[(（][^()（）]*[)）]$")
Numbers = Mapping[str, Mapping[str, str]]
"""By the ids of exhibits what their charts and tables are called: 'Figure 2'."""


def numbers(document: Document) -> Numbers:
    """What charts and tables of the text are called, each kind counted by itself."""
    count, made = Counter[str](), dict[str, dict[str, str]]()
    for block in document.exhibits():
        kinds = [kind for kind in KINDS if getattr(block, kind)]
        count.update(kinds)
        made[block.id] = {kind: text(f"brief.{kind}", document.lang, n=count[kind]) for kind in kinds}
    return made


def pointed(blocks: Iterable[Block], named: Numbers, lang: str) -> Iterator[Block]:
    """The blocks of a section, each paragraph with figures naming the exhibits between it and the next paragraph."""
    every = [*blocks]
    for at, block in enumerate(every):
        if isinstance(block, Paragraph) and any(run.figure for run in block.runs):
            end = next((n for n in range(at + 1, len(every)) if isinstance(every[n], Paragraph)), len(every))
            if shown := [name.replace(" ", BLANK) for one in every[at + 1 : end] for name in named[one.id].values()]:
                said = text("brief.see", lang, named=listing(shown, lang))
                block = replace(block, runs=tuple(_with(block.runs, said, lang)))
        yield block


def unpointed(line: Paragraph, named: Sequence[str], lang: str) -> Paragraph:
    """The line without "see Figure 1" for what stands beside it; names of others are kept."""
    every = [one.replace(" ", BLANK) for one in named]
    runs = list(line.runs)
    for at, run in enumerate(runs):
        for size in range(len(every), 0, -1):
            said = text("brief.see", lang, named=listing(every[:size], lang))
            for whole in (text("brief.aside", lang, told=said), text("list.semicolon", lang) + said):
                run = replace(run, text=re.sub(f"{JOINER}*".join(map(re.escape, whole)), "", run.text))
        runs[at] = run
    return replace(line, runs=tuple(runs))


def _with(runs: Sequence[Run], said: str, lang: str) -> list[Run]:
    """Before the last full stop: in the brackets of an aside there, behind those of the last amount of a list."""
    made = [*runs]
    last = next(at for at in reversed(range(len(made))) if made[at].text)
    told = made[last].text
    stop = told[-1] if told.endswith(STOPS) and not made[last].figure else ""
    before, between = told.removesuffix(stop), text("list.semicolon", lang)
    if before.endswith(BRACKETS) and OPENED.search(before):
        before, added = before[:-1], between + said + before[-1]
    elif before.endswith(BRACKETS) or between in before:
        added = between + said
    else:
        added = text("brief.aside", lang, told=said)
    return [*made[:last], replace(made[last], text=before), Run(added + stop), *made[last + 1 :]]
