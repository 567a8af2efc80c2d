"""What every export prints, in order: captions with numbers, footnotes, what stands before and after the sections.

So that five formats say the same, none of them decides what is said: they only draw what is laid out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import long_period
from xinfo.briefing.document import Document, Exhibit, Gap, Letterhead, Paragraph, Run
from xinfo.briefing.form import fingerprint
from xinfo.briefing.letter import day, letter, numbered
from xinfo.briefing.signed import Signed
from xinfo.language.texts import listing, text
from xinfo.language.unbroken import unbroken
from xinfo.store.standing import MARKS, weakest

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MOST_SOURCES = 3
"""Named in one footnote; the list at the end has all."""


@dataclass(frozen=True)
class Shown:
    """An exhibit with its captions and the line below it."""

    exhibit: Exhibit
    chart_caption: tuple[str, str] | None
    """'Figure 1' and the title."""
    table_caption: tuple[str, str] | None
    below: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    title: str
    elements: tuple[Paragraph | Shown, ...]


@dataclass(frozen=True)
class Layout:
    """A document ready to be drawn."""

    document: Document
    head: str
    """Below the title: place, period, issue, day, author."""
    mark: str
    """On every page, where figures are made up; empty otherwise."""
    state: str
    """Draft, or the number of the issue, and whether its signatures hold."""
    chapters: tuple[Chapter, ...]
    back: tuple[Chapter, ...]
    """What is missing, how the figures were made, the sources."""
    signatures: tuple[tuple[Signed, str], ...]
    """Each with the line that says whether it holds."""
    letter: Letterhead
    """In words."""

    @property
    def lang(self) -> str:
        return self.document.lang

    @property
    def official(self) -> bool:
        """Whether Word and PDF files are set as Chinese official papers are (GB/T 9704)."""
        return self.lang == "zh"

    @property
    def running(self) -> tuple[str, ...]:
        """What stands on every page; official papers have no running title, and say there which draft they are."""
        return (self.mark, self.state) if self.official else (self.mark, self.document.title)

    @property
    def colophon(self) -> str:
        """At the end of an official paper: of what period, when and by whom it was made."""
        return text("brief.colophon", self.lang, said=self.head)

    def note(self, ids: Sequence[str]) -> str:
        """A footnote's text."""
        return cited(ids, self.document)


def laid_out(document: Document) -> Layout:
    """The document with numbers and words around it."""
    count = {"chart": 0, "table": 0}
    chapters = tuple(
        Chapter(unbroken(part.title), tuple(_element(block, count, document) for block in part.blocks))
        for part in document.parts
    )
    since = (_list("since", document.since, document),) if document.since else ()
    back = tuple(_back(document))
    every = (*chapters[:1], *since, *chapters[1:], *back)  # What it comes to is first.
    titles = numbered([one.title for one in every], document.lang)
    named = tuple(replace(one, title=title) for one, title in zip(every, titles, strict=True))
    return Layout(
        document=document,
        head=_head(document),
        mark=text("brief.mark", document.lang) if document.demonstration else "",
        state=_state(document),
        chapters=named[: len(named) - len(back)],
        back=named[len(named) - len(back) :],
        signatures=tuple((one, _signature(one, document.lang)) for one in document.signatures),
        letter=letter(document),
    )


def cited(ids: Sequence[str], document: Document) -> str:
    """'Sources: A (B, 2014); C; and 4 more in the list of sources'."""
    said = [source(one, document) for one in ids if one in document.sources]
    if not said:
        return ""
    between, lang = text("list.semicolon", document.lang), document.lang
    if len(said) > MOST_SOURCES:
        said = [*said[:MOST_SOURCES], text("brief.more_sources", lang, n=len(said) - MOST_SOURCES)]
    return text("brief.source", lang, names=between.join(said))


def source(id_: str, document: Document) -> str:
    """'Title (publisher, date)'."""
    one = document.sources[id_]
    # Brackets and commas go with the title's own script.
    lang = "zh" if CHINESE.search(one.title) else "en"
    about = text("list.comma", lang).join(filter(None, (one.publisher, one.published)))
    return text("brief.cited", lang, title=one.title, about=about) if about else one.title


def _element(block: Paragraph | Exhibit, count: dict[str, int], document: Document) -> Paragraph | Shown:
    if isinstance(block, Paragraph):
        return replace(block, runs=_whole(_one_note(block.runs)))
    block = _exhibit(block)
    captions: dict[str, tuple[str, str] | None] = {"chart": None, "table": None}
    for kind in ("chart", "table"):
        if getattr(block, kind):
            count[kind] += 1
            captions[kind] = text(f"brief.{kind}", document.lang, n=count[kind]), block.title
    below = [*block.cautions, cited(block.sources, document)]
    return Shown(block, captions["chart"], captions["table"], tuple(filter(None, below)))


def _whole(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with figures that no line breaks."""
    return tuple(replace(run, text=unbroken(run.text, bool(run.figure))) for run in runs)


def _exhibit(block: Exhibit) -> Exhibit:
    table = block.table and replace(block.table, rows=tuple(map(_whole, block.table.rows)))
    cautions = tuple(map(unbroken, block.cautions))
    return replace(block, title=unbroken(block.title), message=unbroken(block.message), table=table, cautions=cautions)


def _one_note(runs: Sequence[Run]) -> Iterator[Run]:
    """Sentences that follow each other and rest on the same sources share the footnote after the last."""
    notes = [run.notes for run in runs if run.notes]
    seen = 0
    for run in runs:
        if run.notes:
            seen += 1
            if seen < len(notes) and notes[seen] == run.notes:
                run = replace(run, notes=())
        yield run


def _head(document: Document) -> str:
    lang = document.lang
    told = [long_period(document.period, lang)] if document.period else []
    told = [one[:1].upper() + one[1:] for one in told]
    told += [text("brief.made", lang, day=day(document.made, lang))]
    told += [text("brief.by", lang, who=document.author)] if document.author else []
    return " · ".join(told)


def _state(document: Document) -> str:
    lang = document.lang
    if not document.number:
        return text("brief.draft", lang)
    said = text("brief.issue", lang, n=document.number)
    return said + (" · " + text("brief.void", lang) if any(one.void for one in document.signatures) else "")


def _signature(signed: Signed, lang: str) -> str:
    said = "signed_void" if signed.void and signed.fault in ("", "changed") else "signed"
    line = text(
        f"brief.{said}", lang, role=text(f"brief.role.{signed.role}", lang), who=signed.who,
        day=day(signed.at, lang), mark=signed.fingerprint[:16],
        by=text("brief.key", lang, id=signed.key[:16]) if signed.key else text("brief.no_key", lang),
    )  # fmt: skip
    return line if said == "signed_void" or not signed.void else line + text(f"brief.fault.{signed.fault}", lang)


def _back(document: Document) -> Iterator[Chapter]:
    lang = document.lang
    if document.missing:
        yield _list("missing", list(dict.fromkeys(_unsaid(gap, lang) for gap in document.missing)), document)
    yield Chapter(
        text("brief.about.title", lang), tuple(Paragraph("", (Run(one),), "plain") for one in _about(document))
    )
    if document.sources:
        listed = [_full(one, document) for one in document.sources]
        yield _list("sources", listed, document)


def _unsaid(gap: Gap, lang: str) -> str:
    """What could not be said and why; most reasons name it themselves."""
    if gap.question.lower() in gap.reason.lower():
        return gap.reason
    return text("brief.finding.topic", lang, topic=capital(gap.question), findings=gap.reason)


def _list(name: str, lines: Sequence[str], document: Document) -> Chapter:
    return Chapter(
        text(f"brief.{name}_title", document.lang), tuple(Paragraph("", (Run(unbroken(one)),), "item") for one in lines)
    )


def _full(id_: str, document: Document) -> str:
    return " ".join(filter(None, (source(id_, document), document.sources[id_].url)))


def _about(document: Document) -> Iterator[str]:
    """How the figures were made and checked, in a few sentences that are true of this document."""
    lang, figures = document.lang, document.figures
    checked = sum(figure.second is not None for figure in figures.values())
    key = "all" if checked == len(figures) else "some"
    yield text("brief.about.store", lang, name=document.store_name or document.briefing, mark=document.store[:16])
    if figures:
        yield text(f"brief.about.twice_{key}", lang, n=checked, all=len(figures))
    kinds = _kinds(document)
    if len(kinds) > 1 or "reported" not in kinds:
        said = [text("brief.about.kind", lang, n=n, kind=text(f"status.{one}", lang)) for one, n in kinds.items()]
        yield text("brief.about.kinds", lang, kinds=listing(said, lang))
    yield text("brief.about.rounding", lang)
    yield text("brief.about.content", lang, mark=fingerprint(document)[:16])


def _kinds(document: Document) -> Mapping[str, int]:
    """How many figures are of which kind; one of several kinds counts as its weakest."""
    found = [weakest(figure.statuses) for figure in document.figures.values() if figure.statuses]
    return {mark: found.count(mark) for mark in dict.fromkeys(MARKS) if mark in found}
