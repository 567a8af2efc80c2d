"""The kind of chart that a question asks for in so many words: 'as bars', '用柱状图'. It changes no figure.

Heard at the end of a question, at its beginning ('map of …'), or where it is all of one; reads nothing else of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from xinfo.understand.followed import Context
from xinfo.understand.read import Reader, attempt_reading, read
from xinfo.understand.reading import Reading, Unclear
from xinfo.understand.text import language_of

KINDS = {
    "column": r"columns?(?: chart)?|柱状图|柱形图|柱图",
    "bar": r"(?:horizontal )?bars?(?: chart)?|条形图|横条图",
    "line": r"lines?(?: (?:chart|graph))?|折线图|折线|曲线图|线图",
    "grouped": r"(?:grouped|clustered) (?:bars?|columns?)(?: chart)?|分组(?:条形|柱状|柱形)?图",
    "stacked": r"stacked (?:bars?|columns?)(?: chart)?|堆[叠积](?:条形|柱状|柱形)?图",
    "heat": r"heat ?-?maps?|热力图",
    "multiples": r"small multiples|小多图|分面图",
    "scatter": r"scatter ?(?:plots?|charts?|graphs?|diagrams?)|散点图",
    "histogram": r"histograms?|(?:分布)?直方图",
    "box": r"box ?-?(?:and ?-?whisker ?-?)?plots?|箱线图|箱形图|箱图",
    "map": r"map|地图",
}
"""By kind of chart: its names."""
ALIKE = {"bar": ("ranked", "bar", "parts", "bullet", "column"), "column": ("column", "ranked", "bar")}
"""What else goes by such a name, the likest first: any bars are bars to most people."""

COURSE = {"en": "trend of {}", "zh": "{}走势"}
"""What a line shows where the question itself leaves open whether a sum over its years is meant."""
ASKED_ABOUT = ("histogram", "box")
"""Kinds of charts that are a question by themselves: how figures are distributed."""

_NAMES = "|".join(f"(?P<{kind}>{names})" for kind, names in KINDS.items())
_ENGLISH = (
    rf"(?:^|[\s,;])(?:please )?(?:(?:show|draw|plot|display|make|put) (?:it|this|that|them|these) )?"
    rf"(?:as|in|on|with|using|into) (?:an? |the )?(?:{_NAMES})(?: please)?"
)
_CHINESE = (
    rf"[，,、\s]?(?:请|再|并)?(?:改成|改为|改用|换成|换为|画成|做成|画个|做个|来个|画出|用|以|画|做)"
    rf"(?:一?[个张幅])?(?:{_NAMES})(?:的?形式)?(?:表示|展示|显示|呈现|来?看|画出来)?"
)
_FIRST = (
    rf"^\s*(?:(?:please|can you|could you) )?(?:(?:show|draw|plot|display|make|give|create)(?: me| us)? )?"
    rf"(?:an? |the )?(?:{_NAMES}) (?:of|for|with|showing|about) (?:the )?"
)
_FIRST_CHINESE = (
    rf"^\s*(?:请|麻烦)?(?:[给帮替]我)?(?:画成|做成|画个|做个|来个|画出|生成|画|做|出|要|用)?(?:一?[个张幅])?"
    rf"(?:{_NAMES})(?:展示|显示)?\s*[：:，,]\s*"
)
_LAST = rf"(?<=[\u4e00-\u9fff])的?(?:{_NAMES})"
_END = r"\s*[.!?。！？]*\s*$"
ASKED = tuple(
    re.compile(way, re.IGNORECASE) for way in (_ENGLISH + _END, _CHINESE + _END, _FIRST, _FIRST_CHINESE, _LAST + _END)
)


def drawn(question: str) -> tuple[str, str]:
    """The question without the kind of chart that it asks for, and that kind; empty where it asks for none."""
    for way in ASKED:
        if found := way.search(question):
            kind = next(name for name, said in found.groupdict().items() if said)
            rest = question[: found.start()] + question[found.end() :]
            return rest.strip(" ,，;；、").removesuffix("的"), kind
    return question, ""


def read_drawn(
    question: str, reader: Reader, lang: str | None, context: Context | None
) -> tuple[Reading | Unclear, Context | None]:
    """As `read`, and in which form; a kind of chart alone means the answer before, drawn so."""
    rest, form = drawn(question)
    known = lang or language_of(question)
    if form and not rest and context and context.template:
        before = attempt_reading(context.frame.but(heard=()), reader, known, question)
        if before:
            return replace(before, form=form), context
    if form in ASKED_ABOUT:
        # It may tell what is asked: how the figures of each region lie, and not their totals.
        understood, after = read(question, reader, lang, context)
        if isinstance(understood, Reading):
            return replace(understood, form=form), after
    if form and rest:
        understood, after = read(rest, reader, known, context)
        if form == "line" and isinstance(understood, Unclear):
            understood, after = read(COURSE[known].format(rest), reader, known, context)
        if isinstance(understood, Reading):
            return replace(understood, question=question, form=form), after
    understood, after = read(question, reader, lang, context)
    return (replace(understood, form=form) if isinstance(understood, Reading) else understood), after


def closest(form: str, suiting: tuple[str, ...]) -> str:
    """Of the kinds that suit, the one that was asked for; empty where none is."""
    return next((kind for kind in ALIKE.get(form, (form,)) if kind in suiting), "")
