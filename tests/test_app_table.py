"""The rows of an answer on its card: whole where they have room, else in a table that the keyboard scrolls."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

PAGE = """
from tests.cards import answer
from xinfo.answer.answer import Column
from xinfo.ui.table import table

columns = Column("place", "Place", None), Column("name", "Name", None), Column("value", "Budget", "yuan")
rows = tuple({{"place": place, "name": place * {times}, "value": 1.0}} for place in ("xining", "wuhan"))
table("1", answer("en", "Projects", "Two projects", rows, columns=columns))
"""


@pytest.mark.parametrize(("times", "whole"), [(1, True), (20, False)])
def test_a_row_wider_than_the_card_is_scrolled(times: int, whole: bool) -> None:
    page = AppTest.from_string(PAGE.format(times=times)).run()
    assert not page.exception
    assert (len(page.table), len(page.dataframe)) == (whole, not whole)
