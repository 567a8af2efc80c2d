"""A file that came back, judged whole: its seal, all that is not as it was written, and what the store has today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xinfo.ask import Workspace
from xinfo.briefing.check import kept, printed
from xinfo.briefing.check.differences import Difference, differences
from xinfo.briefing.check.known import roles
from xinfo.briefing.check.reading import Returned, read_back
from xinfo.briefing.check.seal import Seal, opened
from xinfo.briefing.check.verdict import Verdict, verdicts
from xinfo.briefing.document import Document
from xinfo.briefing.layout import laid_out
from xinfo.confined import confined
from xinfo.errors import InputError

Found = tuple[Difference, ...]
MOST = 6
"""Of the files that it may be, so many are laid beside it."""
WANTED = "a file that xinfo has written, or one of which this store has kept what it said"
SEALS = ("whole", "missing", "broken", "unknown")
BAD = ("broken", "unknown")
"""States of a seal that no program leaves behind by saving or printing a file."""


@dataclass(frozen=True)
class Checked:
    """What became of a file."""

    document: Document
    """What it was made from."""
    seal: str
    """One of SEALS; anything but the first is told."""
    why: str
    """What is wrong with a broken seal."""
    differences: tuple[Difference, ...]
    figures: tuple[Verdict, ...]
    roles: Mapping[str, str]
    """What each of its texts is to the reader."""
    units: int
    """How many things it said when it was written."""

    @property
    def intact(self) -> bool:
        """Whether it says what it said when it was written, whatever its layout is."""
        return self.seal not in BAD and not any(one.grave for one in self.differences)

    @property
    def good(self) -> bool:
        """Whether that is also what the store has today."""
        return self.intact and all(one.good for one in self.figures)


def checked(content: bytes, kind: str, workspace: Workspace, place: Path) -> Checked:
    """A file beside its seal, or beside what was kept of it in `place`, the folder of the store's briefings.

    Raises InputError for what is no briefing.
    """
    # It comes from anybody.
    returned = confined(read_back, content, kind)
    seal, why = sealed_in(returned)
    proven = seal is not None and kept.find(place, seal.hash) is not None
    state = "whole" if proven else "unknown" if seal else "broken" if why else "missing"
    others = [] if proven else kept.like(place, returned)
    seals = others or ([seal] if seal else [])
    if not seals:
        raise InputError(
            f"the seal inside the file cannot be used: {why}" if why else "the file carries no seal", WANTED
        )
    names = frozenset(place.name(lang) for place in workspace.catalog.places.values() for lang in ("en", "zh"))
    seal, found = _nearest(returned, seals, names)
    told = roles(laid_out(seal.document))
    return Checked(seal.document, state, why, found, verdicts(seal, found, workspace), told, len(seal.said))


def sealed_in(returned: Returned) -> tuple[Seal | None, str]:
    """The seal inside a file; in words what is wrong with it."""
    try:
        return (opened(returned.seal) if returned.seal else None), ""
    except InputError as error:
        return None, str(error)


def apart(returned: Returned, seal: Seal, places: Collection[str] = ()) -> tuple[Difference, ...]:
    """All that a file says otherwise than its seal; one printed from a file of another kind by its text."""
    truths = [figure.value for figure in seal.document.figures.values()]
    if returned.kind != seal.kind:
        return printed.compared(returned, seal, places, truths)
    return differences(seal.said, returned.said(seal.said), places, truths)


def _nearest(returned: Returned, seals: Sequence[Seal], places: Collection[str]) -> tuple[Seal, Found]:
    """Of several that the file may be, the one that it differs least from."""
    fit = [one for one in seals if one.kind == returned.kind or returned.pages]
    if not fit:
        raise InputError("the file carries no seal", WANTED)
    each: list[tuple[int, Seal, Found]] = []
    for one in fit[:MOST]:
        found = apart(returned, one, places)
        each.append((sum(difference.grave for difference in found), one, found))
        if not each[-1][0]:
            break
    _, seal, found = min(each, key=lambda one: one[0])
    return seal, found
