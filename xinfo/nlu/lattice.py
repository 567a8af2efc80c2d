"""A question's tokens as lexical edges: what the vocabulary, times, numbers and words themselves may be.

Knows what a word is called in the grammar, never what it does there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xinfo.nlu.grammar.chart import Edge
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.morphology import as_asked, lemmas, part_of_word
from xinfo.nlu.open_lists import open_ends
from xinfo.nlu.pilots import of_the_pilots
from xinfo.nlu.short_names import short_names
from xinfo.nlu.spoken import hesitant, restarts
from xinfo.understand.asides import find_asides
from xinfo.understand.catalog import Catalog
from xinfo.understand.clock import Atom, find_times
from xinfo.understand.frame import PROJECT_GROUPS
from xinfo.understand.joined import join
from xinfo.understand.lexicon import Lexicon, Sense
from xinfo.understand.parties import find_parties
from xinfo.understand.preambles import STOPS, find_preambles
from xinfo.understand.quantities import Quantity, find_quantities
from xinfo.understand.segment import Piece, telling
from xinfo.understand.text import Text, key

CATEGORIES: Mapping[str, str] = {
    "metric": "Metric", "ambiguous": "OpenMetric", "per": "Per", "province": "Province", "outer": "Outer",
    "region": "Region", "admin_type": "Kind", "batch": "Batch", "pilots": "Pilots", "projects": "Projects",
    "content_area": "Area", "level": "Tier", "project_status": "Status", "field": "Field", "grain": "Grain",
    "over": "Over", "cmp": "Compare", "degree": "Degree", "order": "Superlative", "unit_word": "Unit", "than": "Than",
    "fact": "Fact", "capital": "Capital", "seat": "Seat", "template": "Called",
    "variant": "Variant", "stuff": "Stuff", "doing": "Doing",
    "admin_type+province": "Admin_type_Province", "admin_type+province+one": "Admin_type_Province_One",
}  # fmt: skip
"""Senses of the vocabulary by what the grammar calls them (the last two of one's own places); a cue: `Cue_total`."""
ALIKE = (
    dict.fromkeys(("Year", "PartOfYear", "Stretch", "Relative"), "Time")
    | dict.fromkeys(("Name", "Province"), "Name")
    | dict.fromkeys(("Pilots", "Projects", "Kind"), "Noun")
)
"""Categories of which the longest takes the words of the others."""
ASIDE = "Aside"
"""What people say of themselves, by what rules call it."""
PARTY = "Called_party"
"""Who asks or for what, without its article."""
PREAMBLE = "Preamble"
"""What a Chinese question is introduced by, likewise."""
WITH_ENDINGS = frozenset(["Metric", "Pilots", "Time_end", "Time_until", "Cue_except"])
"""Categories of which a longer word may be a shorter one with an ending: 4G用户总数, 试点名."""
WITH_BEGINNINGS = frozenset(["Time_end", "Projects"])
"""Those of which it may be one with something in front that belongs to the word before: 2015年末, 示范项目."""
LISTED = frozenset(["consumer", "offering", "sector"])
"""Features that hold several values."""
CLASSIFIER = "座"
"""What counts towns as well as base stations: '三座城市'."""
SIGNS = (
    dict.fromkeys("([（《", "Open")
    | dict.fromkeys(")]）》", "Close")
    | dict.fromkeys("?!.;:|*。？！；：…\"'“”「」『』\ufe0f", "Mark")
)
"""Brackets and marks by what rules call them; commas, hyphens and the like are literals."""
GESTURES = frozenset(["FACE", "HAND", "HANDS", "HEART"])
"""Words in Unicode's names of the symbols that say no more than a tone of voice does; arrows and crosses say more."""
NAMED = {"ambiguous": "metric", "unit_word": "unit", "stuff": "metric", "doing": "metric"}
LITERARY = "之"
"""What official style says for 的."""


def lexical_edges(
    text: Text, lexicon: Lexicon, catalog: Catalog, literals: frozenset[str], respelt: Sequence[Piece] = ()
) -> Iterator[Edge]:
    """Every lexical edge of a text; `literals` are the words that rules ask for, `respelt` what may be misspelt."""
    words = text.words()
    yield from hesitant(_said(text, lexicon, catalog, literals, respelt), words)
    yield from restarts(words)


def _said(
    text: Text, lexicon: Lexicon, catalog: Catalog, literals: frozenset[str], respelt: Sequence[Piece]
) -> Iterator[Edge]:
    words = text.words()
    literals -= of_the_pilots(words, lexicon) if catalog.own else frozenset()
    marked = as_asked(words)
    joined = join(text)
    for piece in respelt:
        yield from _of_senses(piece.start, piece.end, piece.senses, catalog)
        if len(said := key(piece.corrected)) == piece.end - piece.start:
            for index, word in enumerate(said, piece.start):
                yield from _of_word(index, word, literals)
    times, short = list(find_times(joined)), short_names(words, lexicon)
    named = [
        *_longest(
            edge
            for start in range(len(words))
            if marked[start] == words[start]
            for end, senses in (*lexicon.at(words, start), *short.get(start, ()))
            for edge in _of_senses(start, end, senses, catalog)
        ),
        *_longest(edge for start, end, atom in times for edge in _of_time(start, end, atom)),
    ]
    opened = open_ends(words, named)
    yield from (*named, *opened, *_of_tokens(marked, literals, opened))
    yield from _of_those_who_ask(words, named, lexicon, literals)
    years = {(start, end) for start, end, atom in times if atom.kind == "year"}
    for start, end, quantity in find_quantities(joined):
        if (start, end) not in years:
            yield from _of_number(start, end, quantity)
            if quantity.unit == "count" and words[end - 1] == CLASSIFIER:
                yield from _of_number(start, end - 1, replace(quantity, unit=None))


def _of_tokens(marked: Sequence[str], literals: frozenset[str], opened: Sequence[Edge]) -> Iterator[Edge]:
    """Each token as the literals and the sign that it may be, but for dots that a list is `opened` by."""
    for index, word in enumerate(marked):
        if any(edge.start <= index < edge.end for edge in opened):
            continue
        yield from _of_word(index, word, literals)
        if word == LITERARY and not part_of_word(marked, index):
            yield from _of_word(index, "的", literals)
        if category := SIGNS.get(word) or ("Mark" if _is_gesture(word) else ""):
            yield Edge(index, index + 1, category, Meaning())


def _is_gesture(word: str) -> bool:
    symbol = len(word) == 1 and unicodedata.category(word) == "So"
    return symbol and not GESTURES.isdisjoint(unicodedata.name(word, "").split())


def _of_those_who_ask(
    words: tuple[str, ...], named: Sequence[Edge], lexicon: Lexicon, literals: frozenset[str]
) -> Iterator[Edge]:
    """Who asks and for what, of whose words the question's own vocabulary, which is `named`, knows none."""
    covered = frozenset(at for edge in named for at in range(edge.start, edge.end))
    known = frozenset(at for at, word in enumerate(words) if (word,) in lexicon.senses or _literal(word, literals))
    for start, end, _ in find_asides(words, lexicon.asides, [0] * len(words), (covered | known).__contains__):
        yield Edge(start, end, ASIDE, Meaning())
    for start, end in find_parties(words, lexicon.asides, (covered | known).__contains__):
        yield Edge(start, end, PARTY, Meaning())
    begun = frozenset(edge.start for edge in named).union(_telling(words, lexicon))
    for start, end in find_preambles(words, lexicon.asides, begun.__contains__):
        yield Edge(start, end, PREAMBLE, Meaning())


def _telling(words: tuple[str, ...], lexicon: Lexicon) -> Iterator[int]:
    """The tokens where a phrase of the vocabulary begins that is no mere word; nothing of them is a preamble."""
    for start in range(len(words)) if not STOPS.isdisjoint(words[:-1]) else ():
        if any(telling(senses) for _, senses in lexicon.at(words, start)):
            yield start


def _of_word(index: int, word: str, literals: frozenset[str]) -> Iterator[Edge]:
    """A word as the literals of rules that it is a form of."""
    for form in {word, f"{word}!", *lemmas(word)} & literals:
        yield Edge(index, index + 1, f"'{form}", Meaning())


def _literal(word: str, literals: frozenset[str]) -> bool:
    """Whether some rule asks for the word or a form of it."""
    return not literals.isdisjoint({word, f"{word}!", *lemmas(word)})


def _longest(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Without those inside a longer one of the same kind: 'retail e-commerce' is not 'e-commerce', 长沙县 not 长沙."""
    kinds: dict[str, list[Edge]] = {}
    for edge in edges:
        kinds.setdefault(ALIKE.get(edge.category, edge.category), []).append(edge)
    for same in kinds.values():
        yield from (edge for edge in same if not any(_hides(other, edge) for other in same))


def _hides(longer: Edge, edge: Edge) -> bool:
    around = longer.start <= edge.start and edge.end <= longer.end
    if not around or longer.end - longer.start == edge.end - edge.start:
        return False
    longer_behind, longer_before = longer.start == edge.start, longer.end == edge.end
    kept = (longer_behind and edge.category in WITH_ENDINGS) or (longer_before and edge.category in WITH_BEGINNINGS)
    return not kept or longer.meaning != edge.meaning


def _of_senses(start: int, end: int, senses: tuple[Sense, ...], catalog: Catalog) -> Iterator[Edge]:
    places = tuple(catalog.places[str(sense.value)] for sense in senses if sense.kind == "place")
    if places:
        bare = any(sense.kind == "province" for sense in senses)
        doubtful = bare and not all(map(catalog.bears_province, places))
        doubtful = doubtful or any(sense.kind == "doubled" for sense in senses)
        name = Meaning(candidates=tuple(dict.fromkeys(places)))
        name = name.but(or_elsewhere=True) if any(sense.kind == "namesake" for sense in senses) else name
        yield Edge(start, end, "Name", name.but(or_province=True) if doubtful else name)
    alone = not any(catalog.bears_province(place) and place.admin_type != "province" for place in places)
    for sense in senses:
        if sense.kind == "province":
            yield from _seat(start, end, str(sense.value), catalog)
        if sense.kind == "national":
            nation = tuple(place for place in catalog.places.values() if place.admin_type == "country")
            yield from [Edge(start, end, "National", Meaning(candidates=nation))] if nation else []
        category = _category(sense) if sense.kind != "metric" or sense.value in catalog.metrics else None
        if category:
            yield Edge(start, end, category, _meaning(sense))
        if category == "Province" and alone:
            yield Edge(start, end, "ProvinceAlone", _meaning(sense))


def _seat(start: int, end: int, province: str, catalog: Catalog) -> Iterator[Edge]:
    """A province as that of the city it is governed from: 'the capital of Qinghai'."""
    city = catalog.capital_of(province)
    if city and (found := tuple(place for place in catalog.places.values() if place.adcode == city.adcode)):
        yield Edge(start, end, "Seated", Meaning(candidates=found))


def _category(sense: Sense) -> str | None:
    kinds = [kind for kind, _ in sense.means]
    if sense.kind in LISTED and len(kinds) == 1:
        return "Part"
    if len(kinds) > 1 and sense.kind != "metric":
        return "_".join(kind.capitalize() for kind in kinds)
    if sense.kind in ("cue", "measure"):
        return f"{sense.kind.capitalize()}_{sense.value}"
    return CATEGORIES.get(sense.kind)


def _meaning(sense: Sense) -> Meaning:
    found: dict[str, Any] = {}
    for kind, value in sense.means:
        if kind == "cue":
            found["cues"] = found.get("cues", frozenset()) | {str(value)}
        else:
            found[NAMED.get(kind, kind)] = (str(value),) if kind in LISTED else value
    return Meaning(found | ({"_of_projects": True} if found.get("over") in PROJECT_GROUPS else {}))


def _of_time(start: int, end: int, atom: Atom) -> Iterator[Edge]:
    """Years, parts of a year and stretches; the words around them are the grammar's."""
    category = {"year": "Year", "part": "PartOfYear", "span": "Stretch", "relative": "Relative"}.get(atom.kind)
    if category:
        yield Edge(start, end, category, Meaning({atom.kind: atom.value}))
    else:
        yield Edge(start, end, f"Time_{atom.kind}", Meaning({f"time_{atom.kind}": atom.value or True}))


def _of_number(start: int, end: int, quantity: Quantity) -> Iterator[Edge]:
    whole = quantity.unit in (None, "count") and not quantity.scaled and quantity.value == int(quantity.value)
    if whole and quantity.unit is None and 1 <= quantity.value <= 100:
        yield Edge(start, end, "Number", Meaning(n=int(quantity.value)))
    yield Edge(start, end, "Amount", Meaning(amount=quantity))
