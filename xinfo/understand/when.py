"""What a question says of time: periods, parts of a year that was not said, times relative to others. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xinfo.understand.reading import When

PRECEDING = "preceding"
"""'The quarter before', 'two quarters later': so many quarters back from the one that was spoken of."""

EVERY_YEAR = "every year"
"""'These three years' with no year to them: all that there are figures of, where there are as many."""
UNITS = {"years": 12, EVERY_YEAR: 12, "quarters": 3}
"""What stretches up to the newest figure are counted in, in months."""


@dataclass(frozen=True)
class Times:
    """Times as they were said."""

    whens: tuple[When, ...] = ()
    ends: tuple[bool, ...] = ()
    """For each, whether its end was meant: 'at the end of', 'as of'."""
    untils: tuple[bool, ...] = ()
    """For each, whether everything up to it was meant: 'through September'."""
    part: tuple[int, int] | None = None
    """Months of a year that was not said."""
    relative: tuple[object, ...] | None = None
    relatives: tuple[tuple[object, ...], ...] = ()
    """Further ones: 'last year and the year before last'."""

    def spoken_of(self, said: Times | None) -> bool:
        """Whether they only count what was said before: 'over the two years'."""
        return said is not None and self.relative == (EVERY_YEAR, len(said.whens))

    def counted_from(self, said: Times | None) -> Times | None:
        """So many quarters from the one that was spoken of, where that is what they are counted from; else None."""
        one = said.whens[0] if said is not None and len(said.whens) == 1 else None
        if self.relative is None or self.relative[0] != PRECEDING or said is None or one is None:
            return None
        at_its_end = one.start.kind == "month" and one.start.last % 3 == 0 and said.ends == (True,)
        if one.start != one.end or not (one.start.kind == "quarter" or at_its_end):
            return None
        there = When.of(one.start.quarters_on(-int(str(self.relative[1]))))
        return replace(said, whens=(there,), relative=None)

    def as_ends(self) -> Times | None:
        """Two years with others in between, the later first, as growth from one to the other is told; else None."""
        years = sorted(self.whens, key=lambda when: when.start.year, reverse=True)
        whole = len(years) == 2 and all(when.start == when.end and when.start.kind == "year" for when in years)
        apart = whole and years[0].start.year - years[1].start.year > 1
        return Times(whens=tuple(years), ends=(False, False), untils=(False, False)) if apart else None
