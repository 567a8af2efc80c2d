"""What stands behind the text of a document: what could not be said, notes on its figures, how made, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xinfo.answer.frame import capital
from xinfo.briefing.document import Aside, Cited, Document, Gap, Paragraph, Run
from xinfo.language.texts import listing, text
from xinfo.language.unbroken import unbroken
from xinfo.store.standing import MARKS, weakest

CHINESE = re.compile(r"\W*[\u4e00-\u9fff]")
WHERE = re.compile(r"\s*[(（][^()（）]*/[^()（）]*[)）]$")
"""At the end of a title: the file or archive in which it was found, which the passports of figures keep."""
WORDS = re.compile(r"[a-z0-9]+|\w")
MOST_NAMED = 3
"""Of what a note is about, where it is about more of the text it stands by itself."""

Lines = tuple[Paragraph, ...]


def annex(document: Document, captions: Mapping[str, str]) -> Iterator[tuple[str, Lines]]:
    """Titles with their lines; `captions` are those of the exhibits, such as 'Figure 1', by id."""
    lang = document.lang
    if document.missing:
        yield text("brief.missing_title", lang), _lines(_missing(document), "item")
    noted = _lines((_noted(one, captions, lang) for one in document.asides), "caution")
    yield text("brief.about.title", lang), (*noted, *_lines(_about(document), "plain"))
    if document.sources:
        listed = _titled(document.sources, document).items()
        yield text("brief.sources_title", lang), _lines((" ".join((said, *urls)) for said, urls in listed), "item")


def sources(ids: Iterable[str], document: Document) -> list[str]:
    """'Title (publisher, date)' of each, those of one title together; without the file in which it was found."""
    return list(_titled(ids, document))


def _titled(ids: Iterable[str], document: Document) -> dict[str, dict[str, None]]:
    """The sources as they are cited, each with its addresses."""
    alike: dict[tuple[str, str], list[Cited]] = {}
    for one in (document.sources[id_] for id_ in ids):
        alike.setdefault((WHERE.sub("", one.title), one.publisher), []).append(one)
    return {_source(title, publisher, some): dict.fromkeys(one.url for one in some if one.url)
            for (title, publisher), some in alike.items()}  # fmt: skip


def _source(title: str, publisher: str, some: Sequence[Cited]) -> str:
    # Brackets and commas go with the script that the title begins in.
    script = "zh" if CHINESE.match(title) else "en"
    publisher = publisher if script == "en" or CHINESE.match(publisher) else ""
    published = listing(sorted({one.published for one in some if one.published}), script)
    about = text("list.comma", script).join(filter(None, (publisher, published)))
    return text("brief.cited", script, title=title, about=about) if about else title


def _lines(said: Iterable[str], kind: str) -> Lines:
    return tuple(Paragraph("", (Run(unbroken(one)),), kind) for one in said)


def _missing(document: Document) -> Iterator[str]:
    """What could not be said and why; what has the same reason together."""
    lang = document.lang
    by_reason: dict[str, dict[str, None]] = {}
    for gap in document.missing:
        by_reason.setdefault(gap.reason, {})[_asked(gap)] = None
    for reason, asked in by_reason.items():
        named = [one for one in asked if one]
        topic = text("list.semicolon", lang).join(map(capital, named))
        yield text("brief.finding.topic", lang, topic=topic, findings=reason) if named else reason


def _asked(gap: Gap) -> str:
    """The question, where the reason does not name it itself, but for a word such as 各 or 'by'."""
    asked, told = (set(WORDS.findall(one.lower())) for one in (gap.question, gap.reason))
    return "" if len(asked - told) <= 1 else gap.question


def _noted(aside: Aside, captions: Mapping[str, str], lang: str) -> str:
    """A caveat with what it is about."""
    if not aside.of or len({*aside.of}) > MOST_NAMED:
        return aside.text
    drawn = [captions[one] for one in dict.fromkeys(aside.of) if captions.get(one)]
    sections = [capital(one) for one in dict.fromkeys(aside.of) if not captions.get(one)]
    said = text("brief.finding.topic", lang, topic=listing(drawn, lang), findings=aside.text) if drawn else aside.text
    stop = text("brief.stop", lang)
    seen = text("brief.noted", lang, sections=listing(sections, lang)) + stop if sections else ""
    return said.removesuffix(stop) + seen if seen else said


def _about(document: Document) -> Iterator[str]:
    """How the figures were made and checked, in a few sentences that are true of this document."""
    lang, figures = document.lang, document.figures
    if document.published_only:
        yield text("brief.about.published_only", lang)
    published = [figure for figure in figures.values() if figure.statuses]  # How much of a year is gone is no figure.
    if checked := sum(figure.second is not None for figure in published):
        key = "some" if checked < len(published) else "all" if checked > 1 else "one"
        twice = text(f"brief.about.twice_{key}", lang, n=checked, all=len(published))
        between = " " if lang == "en" else ""
        yield between.join(filter(None, (twice, _of_kinds(document), text("brief.about.passports", lang))))
    yield text("brief.about.rounding", lang)


def _of_kinds(document: Document) -> str:
    """How many figures are of which kind, where some are not simply published."""
    kinds, lang = _kinds(document), document.lang
    if not kinds or [*kinds] == ["reported"]:
        return ""
    said = [text("brief.about.kind", lang, n=n, kind=text(f"status.{one}", lang)) for one, n in kinds.items()]
    return text("brief.about.kinds", lang, kinds=listing(said, lang))


def _kinds(document: Document) -> Mapping[str, int]:
    """How many figures are of which kind; one of several kinds counts as its weakest."""
    found = [weakest(figure.statuses) for figure in document.figures.values() if figure.statuses]
    return {mark: found.count(mark) for mark in dict.fromkeys(MARKS) if mark in found}
