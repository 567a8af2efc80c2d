"""What a question says of time: periods, parts of a year that was not said, times relative to others. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from xinfo.understand.reading import When

PRECEDING = ("preceding", 1)
"""'The quarter before': counted back from the quarter that was spoken of."""


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
