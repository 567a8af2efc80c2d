"""A briefing becomes a document: every item asked, every figure with its passport, what is missing told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from xinfo.answer.frame import capital
from xinfo.answer.owning_up import beside
from xinfo.answer.rows import DEMONSTRATION
from xinfo.ask import Workspace
from xinfo.briefing.account import account
from xinfo.briefing.aims import aim
from xinfo.briefing.asides import Asides, reported, with_note
from xinfo.briefing.asking import Found, Missing, ask, in_time, whole_of, with_figures
from xinfo.briefing.cited import cited
from xinfo.briefing.disagreements import disagreements
from xinfo.briefing.document import Block, Document, Exhibit, Figure, Gap, Letterhead, Paragraph, Part, Run
from xinfo.briefing.exhibits import adds_up, chart, shares_off, table
from xinfo.briefing.findings import ANSWER, across_seasons, between_named, finding, titled, with_section
from xinfo.briefing.goals import given_once
from xinfo.briefing.groups import groups
from xinfo.briefing.made import Numbers, combined
from xinfo.briefing.marking import authored, marked, register
from xinfo.briefing.model import LIVE, Account, Ask, Briefing, Item, Note, Text, said
from xinfo.briefing.neighbours import Ranking, among_neighbours, numbered_chart, numbered_table, ranking, standing_out
from xinfo.briefing.owning import owned_up_once
from xinfo.briefing.parts import parted, with_shares
from xinfo.briefing.peers import table_of
from xinfo.briefing.places import Places
from xinfo.briefing.placing import marked_in
from xinfo.briefing.quarters import Quarters
from xinfo.briefing.sentence import Sentence, ranked_by
from xinfo.briefing.sets import counted
from xinfo.briefing.unsaid import gap_of
from xinfo.language.numbers import amount
from xinfo.language.texts import text
from xinfo.store.standing import weakest
from xinfo.understand.reading import Slots

Progress = Callable[[str, float], None]


def fill(
    briefing: Briefing, workspace: Workspace, lang: str, *, made: str, author: str, progress: Progress | None = None
) -> Document:
    """The document in `lang`, from the figures of `workspace`; `made` is now.

    What has no figure is among its `missing`; figures that came out otherwise when worked out anew are among its
    `disagreements`. Neither may be issued.
    """
    workspace = replace(workspace, published_only=workspace.published_only or briefing.published_only)
    filler = _Filler(workspace, lang, briefing.place, made)
    count, done, parts = max(sum(1 for _ in briefing.items()), 1), 0, tuple[Part, ...]()
    for section in briefing.sections:
        blocks: list[Block] = []
        filler.begin(said(section.title, lang))
        for item in section.items:
            if progress:
                progress(said(section.title, lang), done / count)
            blocks += filler.blocks(item)
            done += 1
        parts = with_section(parts, said(section.title, lang), filler.findings, blocks, lang)
    listed = filler.places.exhibit(filler.numbers)
    annexed = (*filler.quarters.exhibits(filler.numbers), *filter(None, [listed]))
    parts = with_note(tuple(part for part in parts if part.blocks), filler.asides.of_list(bool(listed)))
    meta, figures = workspace.meta, filler.numbers.figures
    return Document(
        briefing=briefing.id, title=said(briefing.title, lang), lang=lang, place=briefing.place,
        period=briefing.period, made=made, author=author, store=meta.get("fingerprint", ""),
        store_name=meta.get("name", ""), data_to=meta.get("data_to", ""),
        parts=parts, figures=figures, queries=filler.numbers.queries,
        sources=cited(figures, workspace, lang), missing=tuple(filler.gaps), asides=filler.asides.gathered(),
        disagreements=disagreements(figures, lang), published_only=workspace.published_only, annexed=annexed,
        letterhead=Letterhead(**{name: said(words, lang) for name, words in briefing.letterhead.items()}),
    )  # fmt: skip


class _Filler:
    """What is gathered while items are asked."""

    def __init__(self, workspace: Workspace, lang: str, place: str, today: str):
        self.workspace, self.lang, self.place, self.today = workspace, lang, place, today
        self.numbers, self.quarters = Numbers(), Quarters(workspace, lang)
        self.gaps, self.given, self.placed = list[Gap](), set[str](), set[Slots]()
        self.asides, self.places = Asides(workspace, lang), Places(workspace, lang, place)
        self.begin("")

    def begin(self, topic: str) -> None:
        """A section; its findings from `since` on are those of its text behind the last chart."""
        self.topic, self.since, self.findings = topic, 0, list[tuple[str, str]]()

    def blocks(self, item: Item) -> Iterator[Block]:
        if isinstance(item, Ask):
            yield from self._ask(item)
        elif isinstance(item, Account):
            yield from self._account(item)
        else:
            yield from self._words(item)

    def _ask(self, item: Ask) -> Iterator[Block]:
        found = ask(item.question, self.workspace, self.lang)
        if isinstance(found, Missing):
            self.gaps.append(gap_of(item.id, found, item.required, self.workspace, self.lang))
            return
        found = parted(between_named(across_seasons(with_figures(in_time(found), self.workspace))), self.workspace)
        ranked = ranking(found, self.place, self.workspace, "table" not in item.show, ranked_by(found) in self.placed)
        grouped = groups(found, self.place)
        whole = ranked.whole if ranked else grouped.told(self.given) if grouped else found
        comes_to = grouped.finding(self.findings) if grouped else finding(found)
        told = [("rank", ranked.finding)] if ranked and ranked.finding else [(ANSWER, comes_to)]
        ids = register(whole, item.id, self.numbers, self.workspace)
        runs = with_shares(self._sentence(whole, item.id), whole, item.id, self.numbers, self.workspace)
        runs = owned_up_once(runs, [whole], self.lang)
        if ranked:
            listed = self.places.ranking(whole, ids)
            found, ids = ranked.shown, self._kept(ids, ranked.kept, listed)
        exhibit = self._exhibit(item, found, ids, ranked, told) if len(ids) > 1 else None
        self.findings += told
        if exhibit:
            heads = [one for one in told if one[1]] or self.findings[self.since :]
            exhibit = replace(exhibit, message=titled(self.topic, heads, self.lang))
            self.since = len(self.findings)
        if "sentence" in item.show or (exhibit is None and "table" in item.show):
            yield Paragraph(item.id, (*runs, self._note(found)))
        if exhibit:
            yield exhibit
        else:
            self.asides.text(found, self.topic)

    def _kept(self, ids: tuple[str, ...], kept: tuple[int, ...], listed: bool) -> tuple[str, ...]:
        """The figures of a ranking that are shown; the others are none of the document's where it does not list all."""
        for at, id_ in enumerate(ids):
            if at not in kept and not listed:
                self.numbers.figures.pop(id_, None)
        return tuple(ids[at] for at in kept)

    def _account(self, item: Account) -> Iterator[Block]:
        runs, rests, tables = list[Run](), list[Found](), list[Exhibit]()
        for told in account(item.question, item.say, self.workspace, self.lang, self.today):
            if isinstance(told, Missing):
                self.gaps.append(gap_of(item.id, told, item.required and not runs, self.workspace, self.lang))
                continue
            runs += [Run(" ")] if runs and self.lang == "en" else []
            self.places.said(told)
            self.quarters.said(told)
            runs += self._computed(given_once(told, self.given), item.id)
            tables += [table_of(told, item.id, self.place, self.numbers)] if told.kind == "peers" else []
            self.findings.append((told.kind, told.finding))
            self.placed |= {ranked_by(told.found[""])} if told.kind == "rank" else set()
            for found in told.found.values():
                rests.append(found)
                self.asides.text(found, self.topic)
        runs = [*owned_up_once(runs, rests, self.lang)]
        if runs and (words := item.words.get(self.lang)):
            runs = self._authored(item, words, runs)
        if runs:
            yield Paragraph(item.id, tuple(runs))
        yield from tables

    def _authored(self, item: Account, words: str, computed: Sequence[Run]) -> list[Run]:
        """The author's sentences in place of the computed ones; amounts that hold no more are told, and hold it up."""
        ids = [run.figure for run in computed if run.figure]
        runs, wrong = authored(words, ids, self.numbers, self.lang)
        for amount_ in wrong:
            reason = text("brief.no_longer", self.lang, amount=amount_)
            self.gaps.append(Gap(item.id, item.question, reason, True))
        notes = tuple(dict.fromkeys(note for run in computed for note in run.notes))
        return [*runs, Run("", notes=notes)]

    def _computed(self, told: Sentence, item: str) -> Iterator[Run]:
        """The runs of one computed sentence, with a footnote."""
        runs: tuple[Run, ...] = (Run(told.text),)
        ids = {suffix: "_".join(filter(None, (item, told.kind, suffix))) for suffix in told.found}
        for suffix, found in told.found.items():
            register(found, ids[suffix], self.numbers, self.workspace)
        # Figures that are written alike stand in the order of the answers: each takes one place before any takes more.
        for once in (True, False):
            for suffix, found in told.found.items():
                runs = marked_in(runs, found, ids[suffix], self.numbers, told.rounded.get(suffix, ""), once)
            for made in told.made if once else ():
                runs = combined(runs, made, f"{item}_{told.kind}_{made.name}", ids, self.numbers, self.lang)
        yield from reported(runs, next(iter(told.found.values())), self.workspace.contents.methods, self.given)
        yield self._note(*told.found.values())

    def _words(self, item: Text | Note) -> Iterator[Block]:
        """The author's own text, with a figure in the place of each reference."""
        runs: list[Run] = []
        for at, piece in enumerate(LIVE.split(said(item.text, self.lang))):
            runs += [Run(piece)] if at % 2 == 0 else self._live(piece, f"{item.id}_{at // 2 + 1}")
        if runs := [run for run in runs if run.text or run.notes]:
            yield Paragraph(item.id, tuple(runs), "note" if isinstance(item, Note) else "body")

    def _live(self, question: str, id_: str) -> list[Run]:
        found = ask(question, self.workspace, self.lang)
        reason = found.reason if isinstance(found, Missing) else ""
        ids = () if isinstance(found, Missing) else register(found, id_, self.numbers, self.workspace)
        if isinstance(found, Missing) or len(ids) != 1 or not ids[0]:
            self.gaps.append(Gap(id_, question, reason or text("brief.not_one", self.lang), True))
            return [Run(text("brief.no_figure", self.lang))]
        figure = self.numbers.figures[ids[0]]
        mark = beside(weakest(figure.statuses) or "reported", found.answer.uploaders, self.lang)
        told = amount(figure.value, figure.unit, self.lang)
        return [Run(told, figure.id), *([Run(mark)] if mark else []), self._note(found)]

    def _sentence(self, found: Found, id_: str) -> tuple[Run, ...]:
        runs = marked(found.answer.headline, found, id_, self.numbers)
        return reported(runs, found, self.workspace.contents.methods, self.given)

    def _note(self, *found: Found) -> Run:
        """That all is made up stands in the sentence; beside another source it is named as one, of both parts."""
        ids = dict.fromkeys(source.source_id for one in found for source in one.answer.sources)
        return Run("", notes=tuple(ids) if {*ids} != {DEMONSTRATION} else ())

    def _exhibit(
        self, item: Ask, found: Found, ids: tuple[str, ...], ranked: Ranking | None, told: list[tuple[str, str]]
    ) -> Exhibit | None:
        """Adds to `told` what it comes to beside a target."""
        total = self._total(item, found)
        made = table(found, ids, total) if "table" in item.show else None
        asked = counted(capital(found.reading.sentence), (ranked.whole if ranked else found).findings)
        drawn = chart(found, ids, asked) if "chart" in item.show else None
        grouped = groups(found, self.place)
        drawn = grouped.drawn(drawn) if drawn and grouped else drawn
        drawn = standing_out(drawn, found, self.place) if drawn else None
        title = said(item.title, self.lang) or asked
        aimed = aim(found, drawn, self.workspace) if drawn else None
        if drawn and aimed:
            figure = register(aimed.target, f"{item.id}_target", self.numbers, self.workspace)[0]
            drawn, title = aimed.drawn(drawn, found, figure), aimed.titled(title)
            told.append(("progress", aimed.finding))
        if ranked and ranked.extended:
            made, drawn = made and numbered_table(made, ranked.kept), drawn and numbered_chart(drawn, ranked.kept)
            drawn = among_neighbours(drawn) if drawn and drawn.own and ranked.near else drawn
        if not made and not drawn:
            return None
        figures = [self.numbers.figures[one] for one in ids]
        sums = adds_up(made, total, figures, self.lang) if made and total else shares_off(found)
        rests = [found, aimed.target] if aimed else [found]
        sources = tuple(dict.fromkeys(source.source_id for one in rests for source in one.answer.sources))
        below = self.asides.exhibit(item.id, found, sums)
        return Exhibit(item.id, title, found.answer.headline, made, drawn, below, sources)

    def _total(self, item: Ask, found: Found) -> Figure | None:
        total = whole_of(found, self.workspace)
        ids = register(total, f"{item.id}_total", self.numbers, self.workspace) if total else ()
        return self.numbers.figures[ids[0]] if ids else None
