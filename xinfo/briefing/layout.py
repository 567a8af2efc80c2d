"""What every export prints, in order: captions with numbers, footnotes, what stands before and after the sections.

So that five formats say the same, none of them decides what is said: they only draw what is laid out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import digits

from xinfo.answer.labels import long_period
from xinfo.briefing.annex import annex
from xinfo.briefing.document import Document, Exhibit, Letterhead, Paragraph, Run
from xinfo.briefing.form import fingerprint
from xinfo.briefing.letter import Paper, day, letter, numbered, paper
from xinfo.briefing.noted import before_stops, cited, noted_once
from xinfo.briefing.pointing import Numbers, numbers, pointed
from xinfo.briefing.signed import Signed
from xinfo.language.texts import text
from xinfo.language.unbroken import headed, unbroken


@dataclass(frozen=True)
class Shown:
    """An exhibit with its captions and the line below it."""

    exhibit: Exhibit
    chart_caption: tuple[str, str] | None
    """'Figure 1' and the title."""
    table_caption: tuple[str, str] | None
    below: tuple[str, ...]
    annexed: bool = False
    """Whether it stands in the annex, whose tables are counted by themselves."""


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
    """The annex: what is missing, notes, how the figures were made, the sources."""
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
    def paper(self) -> Paper:
        """What stands around the text of a Word or PDF file."""
        return paper(self.document, self.letter, self.official)

    @property
    def annex(self) -> str:
        """The title of what stands behind the text."""
        return text("brief.annex", self.lang)

    @property
    def enclosed(self) -> str:
        """What the annex of an official paper is called where it is not begun: above the signature, in the preview."""
        return text("brief.enclosed", self.lang, what=self.annex) if self.official else ""

    @property
    def colophon(self) -> str:
        """At the end of an official paper: of what period, when and by whom it was made."""
        return text("brief.colophon", self.lang, said=self.head)

    @property
    def mark_of_content(self) -> str:
        """What a file bears among its properties, which outlive its being printed: of which content it is."""
        return fingerprint(self.document)[:16]

    def note(self, ids: Sequence[str]) -> str:
        """A footnote's text."""
        return cited(ids, self.document)


def laid_out(document: Document) -> Layout:
    """The document with numbers and words around it."""
    named, seen = numbers(document), set[frozenset[str]]()
    chapters = tuple(
        Chapter(
            unbroken(part.title),
            tuple(
                _element(block, named, document)
                for block in pointed(noted_once(part.blocks, seen), named, document.lang)
            ),
        )
        for part in document.parts
    )
    since = (_since(document),) if document.since else ()
    captions = {id_: next(iter(of.values()), "") for id_, of in named.items()}
    listed = (
        Chapter(text(f"brief.{one.id.rstrip(digits)}.title", document.lang), (_annexed(one, at, document),))
        for at, one in enumerate(document.annexed, 1)
    )
    back = (*listed, *(Chapter(title, lines) for title, lines in annex(document, captions)))
    body = _counted((*chapters[:1], *since, *chapters[1:]), document)  # What it comes to is first.
    return Layout(
        document=document,
        head=_head(document),
        mark=text("brief.mark", document.lang) if document.demonstration else "",
        state=_state(document),
        chapters=body,
        back=_counted(back, document),
        signatures=tuple((one, _signature(one, document.lang)) for one in document.signatures),
        letter=letter(document),
    )


def _counted(chapters: tuple[Chapter, ...], document: Document) -> tuple[Chapter, ...]:
    titles = numbered([one.title for one in chapters], document.lang)
    return tuple(replace(one, title=title) for one, title in zip(chapters, titles, strict=True))


def _since(document: Document) -> Chapter:
    lines = tuple(Paragraph("", (Run(unbroken(one)),), "item") for one in document.since)
    return Chapter(text("brief.since_title", document.lang), lines)


def _element(block: Paragraph | Exhibit, named: Numbers, document: Document) -> Paragraph | Shown:
    if isinstance(block, Paragraph):
        return replace(block, runs=_whole(before_stops(block.runs)))
    block = _exhibit(block)
    captions = {kind: (name, block.title) for kind, name in named[block.id].items()}
    below = [*block.cautions, cited(block.sources, document)]
    return Shown(block, captions.get("chart"), captions.get("table"), tuple(filter(None, below)))


def _annexed(block: Exhibit, number: int, document: Document) -> Shown:
    block = _exhibit(block)
    caption = text("brief.annex_table", document.lang, n=number), block.title
    below = [*block.cautions, cited(block.sources, document)]
    return Shown(block, None, caption, tuple(filter(None, below)), annexed=True)


def _whole(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with figures that no line breaks."""
    return tuple(replace(run, text=unbroken(run.text, bool(run.figure))) for run in runs)


def _exhibit(block: Exhibit) -> Exhibit:
    table = block.table and replace(
        block.table, columns=tuple(map(headed, block.table.columns)), rows=tuple(map(_whole, block.table.rows))
    )
    cautions = tuple(map(unbroken, block.cautions))
    return replace(block, title=unbroken(block.title), message=unbroken(block.message), table=table, cautions=cautions)


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
