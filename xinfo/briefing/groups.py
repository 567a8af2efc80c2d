"""Figures of groups of places: where the own place's group stands, and of how many places each group is.

Sums of groups that are of different size say how many places they have, not how high those are: they are not ranked.
Words for an answer that is there; asks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xinfo.answer.frame import capital
from xinfo.answer.labels import row_label
from xinfo.answer.origin.figures import Figure
from xinfo.answer.owning_up import owned_up_together
from xinfo.answer.rows import Row
from xinfo.briefing.asking import Found
from xinfo.briefing.document import Chart
from xinfo.briefing.lead import AROUND, rank_in
from xinfo.briefing.sentence import joined
from xinfo.language.numbers import amount, ordinal
from xinfo.language.texts import listing, text
from xinfo.understand.frame import GROUPS
from xinfo.understand.reading import Scope
from xinfo.understand.say_places import member_name, place_name

FEWEST = 3
"""Places of a group of which one may be said to outweigh the others."""


@dataclass(frozen=True)
class Groups:
    """An answer that has a figure for each of several groups of places, and the place whose group matters most."""

    found: Found
    place: str

    @property
    def by(self) -> str:
        return self.found.findings.subject[0]

    @property
    def kind(self) -> str:
        """Of which kind the figures are: mean, median or the value itself."""
        needs = self.found.findings.template.needs
        return next((one for one in ("average", "median") if one in needs), "value")

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of how many places each figure is, in the order of the rows."""
        return tuple(len({*(record.get("places") or ())}) for record in self.found.findings.records)

    @property
    def ranked(self) -> bool:
        """Whether one figure may be held against another: a sum of more places is higher for these."""
        return self.kind != "value" or not self.adds_up or len({*self.sizes}) == 1

    @property
    def adds_up(self) -> bool:
        """Whether figures of several places make a total."""
        slots, catalog = self.found.findings.slots, self.found.findings.catalog
        return slots.measure == "value" and bool(slots.metric) and catalog.additive(slots.metric or "", slots.per)

    @property
    def rows(self) -> Sequence[Row]:
        return [row for row in self.found.findings.rows if row.get("value") is not None]

    @property
    def mine(self) -> int | None:
        """Which row is of the own place's group."""
        own = getattr(self.found.findings.catalog.places.get(self.place), self.by, None) if self.by in AROUND else None
        return next((at for at, row in enumerate(self.rows) if own and row.get(self.by) == own), None)

    def told(self, given: set[str]) -> Found:
        """Said with the own place's group first, and of how many places each is; `given` is what was said before."""
        found, lang = self.found, self.found.reading.lang
        own = owned_up_together(capital(self._told("own")), [found.findings]) if self._told("own") else ""
        said = joined(joined(own, found.answer.headline, lang), self._leading(), lang)
        if (held := self._held()) not in given:
            given.add(held)
            said = joined(said, held, lang)
        return replace(found, answer=replace(found.answer, headline=said))

    def finding(self, before: Sequence[tuple[str, str]]) -> str:
        """Where the own place's group stands; of none, which leads; empty where that says nothing.

        `before` are the findings of the section so far: which group that is, is said once.
        """
        lang, rows = self.found.reading.lang, self.rows
        if self.mine is not None or not self.ranked or len(rows) < 2:
            own = self._told("finding", "own")
            return (
                self._told("finding") if any(one.startswith(own) for _, one in before) else own + self._told("finding")
            )
        first, second = sorted(rows, key=lambda row: -float(row["value"]))[:2]
        if first["value"] == second["value"]:
            return ""
        return text(f"brief.groups.led.{self.kind}", lang, name=row_label(first, (self.by,), self.found.findings))

    def drawn(self, chart: Chart) -> Chart:
        """With the number of its places behind the name of each group."""
        if len(chart.categories) != len(self.sizes) or not all(self.sizes):
            return chart
        lang = self.found.reading.lang
        named = {one: text("brief.groups.sized", lang, name=one, n=n)
                 for one, n in zip(chart.categories, self.sizes, strict=True)}  # fmt: skip
        data = [one | {"label": named.get(one["label"], one["label"])} for one in chart.spec["data"]["values"]]
        return replace(chart, categories=tuple(named.values()), spec={**chart.spec, "data": {"values": data}})

    def _told(self, key: str, kind: str = "") -> str:
        """Where the own place's group stands, in a sentence or in a title."""
        if self.mine is None or not self.ranked or len(self.rows) < 2:
            return ""
        findings, lang, row = self.found.findings, self.found.reading.lang, self.rows[self.mine]
        return text(
            f"brief.groups.{key}.{kind or self.kind}", lang, place=place_name(self.place, findings.catalog, lang),
            name=row_label(row, (self.by,), findings), rank=ordinal(rank_in(self.rows, self.mine), lang),
            groups=text(f"brief.groups.of.{self.by}", lang, n=len(self.rows)),
            kind=text(f"brief.groups.kind.{self.by}", lang), those=member_name(Scope(), findings.catalog, lang, "many"),
            value=amount(float(row["value"]), row.get("unit"), lang),
        )  # fmt: skip

    def _leading(self) -> str:
        """Which place of a group has more than half of its total, so that the average says little of the others."""
        findings, lang = self.found.findings, self.found.reading.lang
        if self.kind != "average" or not self.adds_up:
            return ""
        of = {"those": member_name(Scope(), findings.catalog, lang, "many")}
        told = (
            text("brief.groups.leading", lang, **of, n=n, name=row_label(row, (self.by,), findings),
                 place=place_name(place, findings.catalog, lang))
            for row, rests, n in zip(findings.rows, self.found.rests, self.sizes, strict=False)
            if (place := dominating(rests, n))
        )  # fmt: skip
        return (" " if lang == "en" else "").join(told)

    def _held(self) -> str:
        """'Pilots with figures: East 14, Central 9.'"""
        findings, lang = self.found.findings, self.found.reading.lang
        sized = sorted(zip(self.sizes, findings.rows, strict=True), key=lambda one: -one[0])
        each = [text("brief.held", lang, name=capital(row_label(row, findings.subject, findings)), n=n)
                for n, row in sized if n]  # fmt: skip
        those = capital(member_name(Scope(), findings.catalog, lang, "many"))
        return text("brief.held_in", lang, those=those, each=listing(each, lang)) if len(each) > 1 else ""


def dominating(rests: Sequence[Figure], size: int) -> str:
    """The one of `size` places that has more than half of what all figures come to; of two one always has."""
    held = defaultdict[str, float](float)
    for figure in rests:
        held[figure.cell.place] += figure.value
    if size < FEWEST or len(held) != size:
        return ""
    place, most = max(held.items(), key=lambda one: one[1])
    return place if most > sum(held.values()) / 2 else ""


def groups(found: Found, place: str) -> Groups | None:
    """The answer as one about groups of places; nothing of what is about anything else."""
    by = found.findings.subject
    return Groups(found, place) if len(by) == 1 and by[0] in GROUPS else None
