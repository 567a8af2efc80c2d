"""Caveats of a document: the weightiest stands under its figure, the others once in the annex. Asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xinfo.answer.caveats import Methods, lacking, of_list
from xinfo.answer.frame import capital
from xinfo.answer.owning_up import BRACKETS, tells
from xinfo.ask import Workspace
from xinfo.briefing import guard
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Aside, Paragraph, Part, Run
from xinfo.briefing.sets import about_list, list_in_short
from xinfo.briefing.terms import definitions, of_growth
from xinfo.language.texts import text


@dataclass
class Asides:
    """What is gathered while a document is filled."""

    workspace: Workspace
    lang: str
    _of: dict[str, dict[str, None]] = field(default_factory=dict)
    open_list: bool = False
    """Whether it is about pilots whose list lacks some."""
    _general: dict[str, None] = field(default_factory=dict)
    """What is true of the whole document: of the list that sets are of, of growth."""
    _metrics: dict[str, None] = field(default_factory=dict)

    @property
    def methods(self) -> Methods:
        return self.workspace.contents.methods

    def text(self, found: Found, topic: str) -> None:
        """Those of an answer that is said in the text of a section."""
        named = {*lacking(found.findings)} if guard.lacking(found.findings) else set()  # In the sentence itself.
        for caveat in self._caveats(found):
            if caveat not in named:
                self._add(caveat, topic or found.reading.sentence)

    def exhibit(self, id_: str, found: Found, more: str = "") -> tuple[str, ...]:
        """The line under an exhibit, if any; `more` is what its table gives cause to say."""
        lang, told = found.reading.lang, self._caveats(found)
        reasons = guard.cautions(found, self.methods)
        first, *others = [*filter(None, (guard.caution(reasons, lang), more)), *told, ""]
        others = [one for one in others if one]
        for caveat in others:
            self._add(_whole(caveat, lang), id_)
        if not first:
            return ()
        return (_whole(first, lang) + (text("brief.more_notes", lang) if others else ""),)

    def of_list(self, listed: bool) -> str:
        """Of how many pilots the document is, where their list lacks some; `listed` is whether it names them all."""
        catalog = self.workspace.catalog
        if listed and catalog.is_incomplete_list:
            self._general[about_list(catalog, self.lang)] = None
            self.open_list = True
        where = text(f"brief.pilots.where.{'table' if listed else 'none'}", self.lang)
        return list_in_short(catalog, self.lang, where) if self.open_list else ""

    def gathered(self) -> tuple[Aside, ...]:
        general = [*definitions(self._metrics, self.workspace, self.lang), *self._general]
        return (*(Aside(told, ()) for told in general), *(Aside(told, tuple(of)) for told, of in self._of.items()))

    def _caveats(self, found: Found) -> list[str]:
        """Of an answer, each once; what stands in one note for the whole document is noted for that."""
        if found.findings.is_open_list:
            self._general[about_list(found.findings.catalog, found.reading.lang)] = None
            self.open_list = True
        if growth := of_growth(found):
            self._general[growth] = None
        if metric := found.findings.slots.metric:
            self._metrics[metric] = None
        return caveats(found)

    def _add(self, caveat: str, of: str) -> None:
        self._of.setdefault(caveat, {})[of] = None


def caveats(found: Found) -> list[str]:
    """Of an answer; that some is made up stands in its sentence and on every page, what sets lack in one note."""
    lang, of_set = found.reading.lang, of_list(found.findings) if found.findings.is_open_list else ()
    known = {text("caveat.demonstration", lang), text("caveat.demonstration_some", lang), *of_set}
    return [one for one in dict.fromkeys(found.answer.caveats) if one not in known]


def in_brackets(found: Found, methods: Methods, said: str, given: set[str]) -> list[str]:
    """What stands in brackets before the full stop: who of the set has no figure, and what may not be compared."""
    reasons: Sequence[str] = guard.cautions(found, methods)
    told = [guard.reported(found, said, given), guard.caution(reasons, found.reading.lang)]
    return [one for one in told if one]


def reported(runs: tuple[Run, ...], found: Found, methods: Methods, given: set[str]) -> tuple[Run, ...]:
    """A sentence in runs with what stands in brackets before its full stop; `given` is what was said before."""
    lang = found.reading.lang
    told = in_brackets(found, methods, "".join(run.text for run in runs), given)
    if not told:
        return runs
    between = text("list.semicolon", lang)
    aside = text("brief.aside", lang, told=between.join(told))
    last, stop = runs[-1], "。" if lang == "zh" else "."
    if last.figure or not last.text.endswith(stop):
        return (*runs, Run(aside))
    before = last.text.removesuffix(stop)
    if before.endswith(BRACKETS) and tells(before, found.answer.statuses, found.answer.uploaders, lang):
        # What the figures are is said in brackets already: one pair is enough.
        before, aside = before[:-1], f"{between}{between.join(told)}{before[-1]}"
    return (*runs[:-1], replace(last, text=f"{before}{aside}{stop}"))


def with_note(parts: tuple[Part, ...], note: str) -> tuple[Part, ...]:
    """With a note to the reader on the first page, behind the paragraphs that it begins with."""
    if not parts or not note:
        return parts
    blocks = parts[0].blocks
    at = next((at for at, one in enumerate(blocks) if not isinstance(one, Paragraph)), len(blocks)) or 1
    noted = (*blocks[:at], Paragraph("list", (Run(note),), "note"), *blocks[at:])
    return (replace(parts[0], blocks=noted), *parts[1:])


def _whole(said: str, lang: str) -> str:
    """A clause as a sentence of its own."""
    stop = "。" if lang == "zh" else "."
    return capital(said) if said.endswith((".", "。")) else f"{capital(said)}{stop}"
