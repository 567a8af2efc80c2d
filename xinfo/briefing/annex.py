"""What stands behind the text of a document: what could not be said, notes on its figures, how made, sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xinfo.answer.frame import capital
from xinfo.briefing.document import Aside, Cited, Document, Figure, Gap, Paragraph, Run
from xinfo.language.texts import listing, text
from xinfo.language.unbroken import unbroken
from xinfo.store.standing import MARKS

CHINESE = re.compile(r"\W*[\u4e00-\u9fff]")
WHERE = re.compile(r"\s*[(（][^()（）]*/[^()（）]*[)）]$")
"""At the end of a title: the file or archive in which it was found, which the passports of figures keep."""
WORDS = re.compile(r"[a-z0-9]+|\w")
SHORT = 3
"""Letters of words such as 'of'."""
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
    return {_source(title, publisher, some): dict.fromkeys(_address(one, document.lang) for one in some if one.url)
            for (title, publisher), some in alike.items()}  # fmt: skip


def _address(source: Cited, lang: str) -> str:
    """Where it is; of what was found in a file or an archive that somebody keeps, that it is a copy."""
    return text("brief.copy_at", lang, url=source.url) if WHERE.search(source.title) else source.url


def _source(title: str, publisher: str, some: Sequence[Cited]) -> str:
    # Brackets and commas go with the script that the title begins in.
    script = "zh" if CHINESE.match(title) else "en"
    publisher = "" if _names(title, publisher) or (script == "zh" and not CHINESE.match(publisher)) else publisher
    published = listing(sorted({one.published for one in some if one.published}), script)
    about = text("list.comma", script).join(filter(None, (publisher, published)))
    return text("brief.cited", script, title=title, about=about) if about else title


def _names(title: str, publisher: str) -> bool:
    """Whether a title says who published it: all words of the name but one, as a country's."""
    told, words = title.casefold(), [one for one in WORDS.findall(publisher.casefold()) if len(one) > SHORT]
    missing = sum(one not in told for one in words)
    return publisher.casefold() in told or missing < len(words) / SHORT


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
    lang, published = document.lang, _figures(document)
    if document.published_only:
        yield text("brief.about.published_only", lang)
    if checked := sum(figure.second is not None for figure in published):
        key = "some" if checked < len(published) else "all" if checked > 1 else "one"
        twice = text(f"brief.about.twice_{key}", lang, n=checked, all=len(published))
        between = " " if lang == "en" else ""
        yield between.join(filter(None, (twice, _of_kinds(document), text("brief.about.passports", lang))))
    yield text("brief.about.rounding", lang)


def _of_kinds(document: Document) -> str:
    """How many figures are of which kind, where some are not simply published."""
    kinds, lang = _kinds(document), document.lang
    if not kinds or [*kinds] == [("reported",)]:
        return ""
    said = [_of_kind(marks, n, lang) for marks, n in kinds.items()]
    return text("brief.about.kinds", lang, kinds=listing(said, lang))


def _of_kind(marks: tuple[str, ...], n: int, lang: str) -> str:
    named = listing([text(f"status.{one}", lang) for one in marks], lang)
    return text(f"brief.about.{'kind' if len(marks) == 1 else 'mixed'}", lang, n=n, kind=named)


def _kinds(document: Document) -> Mapping[tuple[str, ...], int]:
    """How many figures are of which kind, or of which kinds together where they are made of several."""
    order = [*dict.fromkeys(MARKS)]
    found = Counter(tuple(sorted({*one.statuses}, key=order.index)) for one in _figures(document))
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), [order.index(mark) for mark in one[0]])))


def _figures(document: Document) -> list[Figure]:
    """Each figure once, however often it is said; how much of a year is gone is none."""
    every = {(one.label, one.value): one for one in document.figures.values() if one.statuses}
    return list(every.values())
