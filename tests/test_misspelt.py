"""Misspelt names of places, held against every name of the division list: the nearest real place or none."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from test_canonical import reader

from xinfo.understand.read import read
from xinfo.understand.reading import Reading

SHIPPED = reader("shipped")
PLACES = [place for place in SHIPPED.catalog.places.values() if place.name_en.isalpha() and len(place.name_en) > 5]
NAMES = {division.name_en.lower() for division in SHIPPED.catalog.divisions}


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A name of a place with figures, and the same with one slip of the finger."""
    name = draw(st.sampled_from(PLACES)).name_en.lower()
    at = draw(st.integers(1, len(name) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    kinds = {
        "left out": name[:at] + name[at + 1 :],
        "put in": name[:at] + letter + name[at:],
        "another": name[:at] + letter + name[at + 1 :],
        "exchanged": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    }
    return name, kinds[draw(st.sampled_from(sorted(kinds)))]


@settings(max_examples=150, deadline=None)
@given(slips())
def test_a_slip_is_taken_for_the_one_place_that_is_nearest_and_the_sentence_says_so(slip: tuple[str, str]) -> None:
    name, written = slip
    if written in NAMES | {name}:
        return
    understood, _ = read(f"GDP of {written.title()} in 2014", SHIPPED, "en")
    if isinstance(understood, Reading):
        nearest = min(OSA.distance(written, other) for other in NAMES)
        near = {other for other in NAMES if OSA.distance(written, other) == nearest}
        assert near == {SHIPPED.catalog.places[place].name_en.lower() for place in understood.slots.places}
        assert [heard.meaning.lower() for heard in understood.heard if heard.kind == "corrected"] == list(near)


@pytest.mark.parametrize("written", ["Neijing", "Shenzen", "Hanzhou"])
def test_what_is_as_near_to_a_place_without_figures_is_asked_back(written: str) -> None:
    understood, _ = read(f"GDP of {written} in 2014", SHIPPED, "en")
    assert not isinstance(understood, Reading)


@pytest.mark.parametrize(
    ("question", "meant"),
    [("希宁2014年的GDP", "西宁"), ("GDP of Chongqingg in 2014", "Chongqing"), ("gdp of guiyangg in 2014", "guiyang")],
)
def test_a_name_that_is_nearest_to_one_place_is_that_place(question: str, meant: str) -> None:
    understood, _ = read(question, SHIPPED)
    assert [heard.meaning for heard in understood.heard if heard.kind == "corrected"] == [meant]
    assert isinstance(understood, Reading)
