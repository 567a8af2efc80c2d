"""Text points to the figures and tables that show what it says, and to each source once."""

from __future__ import annotations

import pytest
from briefings import document

from xinfo.briefing.document import Paragraph, Run
from xinfo.briefing.layout import Shown, laid_out
from xinfo.briefing.noted import noted_once


@pytest.mark.parametrize(
    ("lang", "aside", "behind"),
    [
        ("en", "(see Figure 1 and Table 1).", "(5.98 billion yuan); see Figure 3 and Table 3."),
        ("zh", "（见图1和表1）。", "西宁市（59.8亿元）；见图3和表3。"),
    ],
)
def test_a_sentence_names_the_figure_behind_it_by_the_name_of_its_caption(lang: str, aside: str, behind: str) -> None:
    elements = laid_out(document(lang)).chapters[1].elements
    told = [plain(one.text) for one in elements if isinstance(one, Paragraph)]
    assert told[0].endswith(aside)
    assert told[2].endswith(behind)
    shown = [one for one in elements if isinstance(one, Shown)]
    named = [caption[0] for one in shown for caption in (one.chart_caption, one.table_caption) if caption]
    assert all(name in " ".join(told) for name in named)
    assert not any(name in told[-1] for name in named), "behind the last sentence stands none"


def test_a_footnote_is_not_said_again_and_sentences_share_the_fuller_one() -> None:
    first = Paragraph("a", (Run("One."), Run("", notes=("x",)), Run("Two."), Run("", notes=("y", "x"))))
    again = Paragraph("b", (Run("Three."), Run("", notes=("x",)), Run("Four."), Run("", notes=("z",))))
    seen = set[frozenset[str]]()
    [one], [two] = noted_once([first], seen), noted_once([again], seen)
    assert [run.notes for block in (one, two) if isinstance(block, Paragraph) for run in block.runs if run.notes] == [
        ("y", "x"), ("z",),
    ]  # fmt: skip


def plain(said: str) -> str:
    return said.replace("\u2060", "").replace("\u00a0", " ")
