"""A 'not' that was not understood: what it stands before goes with it, as a choice never says the opposite."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from xinfo.store.periods import Period
from xinfo.understand.catalog import Catalog
from xinfo.understand.frame import Frame
from xinfo.understand.lexicon import OPERATOR, Key, Lexicon
from xinfo.understand.reading import Heard, Scope, When
from xinfo.understand.text import key
from xinfo.understand.when import Times

NEGATION = "negation"
OTHERWISE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
STEP = 0.3
"""What each next year adds to the doubt."""
MOST_LEFT_OUT = 8
"""Places that a ready question names one by one as left out."""


def turned(frame: Frame, lost: tuple[str, ...], lexicon: Lexicon, catalog: Catalog) -> list[tuple[Frame, float]]:
    """The frame as it may be meant with `lost` words in it, each way with its doubt."""
    if not any(negates(key(word), lexicon) for word in lost):
        return [(frame, 0.0)]
    return [(one, STEP * at) for at, one in enumerate(_without(frame, _negated(frame.heard, lexicon), catalog))]


def negates(words: Key, lexicon: Lexicon) -> bool:
    return any(sense.means == ((OPERATOR, NEGATION),) for sense in lexicon.senses.get(words, ()))


def wishes(words: Key, lexicon: Lexicon) -> bool:
    """Whether they say that something is to be."""
    phrases = (words, *((word,) for word in words))
    return any(sense.kind == "mood" for phrase in phrases for sense in lexicon.senses.get(phrase, ()))


def _negated(heard: tuple[Heard, ...], lexicon: Lexicon) -> str:
    """What was heard right after a word of negation that was not understood."""
    told = [one for one in heard if one.kind != "filler"]
    for one, after in pairwise(told):
        if not one.meaning and negates(key(one.text), lexicon):
            return after.meaning
    return ""


def _without(frame: Frame, negated: str, catalog: Catalog) -> list[Frame]:
    """The frame that leaves out what was negated; where that is unclear, one that picks nothing by a figure."""
    kind, _, value = negated.partition("=")
    scope = frame.scope or Scope()
    if kind == "place" and value in catalog.places:
        rest = tuple(place for place in frame.places if place != value)
        left_out = replace(scope, without=tuple(dict.fromkeys((*scope.without, value))))
        return [frame.but(places=rest) if rest else frame.but(places=(), scope=left_out)]
    if kind == "time":
        return _other_years(frame, catalog)
    if kind in ("province", "region", "admin_type", "batch"):
        return [_without_set(frame, _set_of(kind, value), catalog)]
    if kind in ("cmp", "threshold") and frame.cmp:
        return [frame.but(cmp=OTHERWISE[frame.cmp])]
    return [frame.but(cmp=None, threshold=None, upto_cmp=None, upto=None, order=None, n=None)]


def _other_years(frame: Frame, catalog: Catalog) -> list[Frame]:
    """The years with figures that were not named."""
    named = {when.end.year for when in frame.times.whens} if frame.times else set()
    stretch = catalog.stretch(frame.metric, frame.places or catalog.pilots(), "year")
    years = range(stretch[1].year, stretch[0].year - 1, -1) if stretch else ()
    return [frame.but(times=Times((When.of(Period(year)),))) for year in years if year not in named]


def _set_of(kind: str, value: str) -> Scope:
    """The set that is described by one thing."""
    return Scope(**{kind: value})  # type: ignore[arg-type]


def _without_set(frame: Frame, negated: Scope, catalog: Catalog) -> Frame:
    """'Counties only, not districts' has two sets, of which one goes; else the members are left out of all pilots."""
    if frame.other is not None:
        kept = frame.other if frame.scope == negated else frame.scope
        return frame.but(scope=kept, other=None)
    members = catalog.members(negated)
    return frame.but(scope=Scope(without=members) if len(members) <= MOST_LEFT_OUT else Scope())
