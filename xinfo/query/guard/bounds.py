"""The rules for what takes a size or a pattern: it is written out, and small. Part of the CHECKS of `checks`."""

from __future__ import annotations

import re
from datetime import date

from sqlglot import exp

from xinfo.query.guard import allow
from xinfo.query.guard.allow import instead
from xinfo.query.guard.names import Parsed
from xinfo.query.guard.parse import refusal
from xinfo.query.guard.size import MAX_SERIES

LARGEST = 1_000_000
_DAYS = {"DAY": 1, "WEEK": 7, "MONTH": 28, "QUARTER": 90, "YEAR": 365}
_PATTERNS = {
    **dict.fromkeys(("TimeToStr", "StrToTime"), "format"),
    **dict.fromkeys(("RegexpLike", "RegexpExtract", "RegexpFullMatch", "RegexpExtractAll"), "expression"),
    **dict.fromkeys(("RegexpReplace", "RegexpSplit", "SimilarTo"), "expression"),
}
"""Where a function has its pattern."""
_COUNTS = {"Pad": "expression", "Repeat": "times", "ApproxTopK": "expression"}
"""Where a function has how many or how long, if not in a part of that name."""
_PATTERNED = frozenset({"regexp_split_to_array", "try_strptime"})
"""Functions without a class of their own that have it second."""
_BRACES = re.compile(r"(?:[^{}]|\{\{|\}\}|\{\d?(?::[,_+]?\d{0,2}[,_]?(?:\.\d{1,2})?[dfeEgGs%]?)?\})*")
_PERCENTS = re.compile(r"(?:[^%]|%%|%[-+ 0]?\d{0,2}(?:\.\d{1,2})?[dfeEgGsi])*")


def plain_formats(read: Parsed) -> None:
    """The pattern of a date or a search is written out or a parameter: one made of data may be any size."""
    for node in read.nodes:
        slot = _PATTERNS.get(type(node).__name__)
        # DuckDB takes the format of a date on either side.
        sides = [node.args.get(slot), node.this if slot == "format" else None] if slot else []
        if isinstance(node, exp.Anonymous) and node.name.lower() in _PATTERNED:
            sides = node.expressions[1:2] or [None]
        if sides and not any(isinstance(side, exp.Literal | exp.Placeholder) for side in sides):
            raise refusal(f"the pattern in {written(node)} must be written out or be a parameter", node)


def short_patterns(read: Parsed) -> None:
    """What numbers are written by is written out, and its widths are two digits at most, none of them a value."""
    for node in read.of(exp.Format, exp.Anonymous):
        if isinstance(node, exp.Format) or node.name.lower() == "printf":
            pattern = node.this if isinstance(node, exp.Format) else next(iter(node.expressions), None)
            marks = _BRACES if isinstance(node, exp.Format) else _PERCENTS
            if not isinstance(pattern, exp.Literal) or not marks.fullmatch(pattern.name):
                raise refusal("the pattern that a number is written by must be plain text with short widths", node)


def small_counts(read: Parsed) -> None:
    """The largest or smallest few are few, and how many is written out: the engine sets room aside for all of them.

    So is the length that a text is filled up to, and how often it is repeated."""
    for node in read.of(exp.Max, exp.Min, exp.ArgMax, exp.ArgMin, exp.Pad, exp.Repeat, exp.ApproxTopK, exp.Anonymous):
        if isinstance(node, exp.Anonymous):
            count = next(iter(node.expressions[3:]), None) if node.name.lower() == "bar" else None
        else:
            count = node.args.get(_COUNTS.get(type(node).__name__, "count"))
        few = isinstance(count, exp.Literal) and count.name.isdecimal() and int(count.name) <= allow.MAX_FEW
        if count is not None and not few:
            many = "how often to repeat" if isinstance(node, exp.Repeat) else "how many values to keep"
            many = "how long the text becomes" if isinstance(node, exp.Pad) else many
            raise refusal(f"{many} must be a number up to {allow.MAX_FEW}{instead(written(node))}", node)


def short_series(read: Parsed) -> None:
    """A series runs between two numbers or days that are written out and lie close together: it is made in one go."""
    for node in read.of(exp.GenerateSeries):
        ends = [node.args[slot] for slot in ("start", "end", "step") if node.args.get(slot)]
        members = _members(ends) if all(map(_whole, ends)) else _days(ends)
        if members is None or members > MAX_SERIES:
            raise refusal(f"a series runs between two whole numbers or days not more than {MAX_SERIES} apart", node)


def _whole(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and node.name.isdecimal() and int(node.name) <= LARGEST


def _members(ends: list[exp.Expr]) -> int:
    """From the first end to the second, or from nought."""
    first, *rest = (int(end.name) for end in ends)
    return abs(rest[0] - first) if rest else first


def _days(ends: list[exp.Expr]) -> int | None:
    """How many steps lie between two days; None where an end or the step is not plain."""
    if len(ends) != 3 or not isinstance(ends[2], exp.Interval):
        return None
    step = _DAYS.get(ends[2].text("unit").upper())
    days = [end.this.name for end in ends[:2] if isinstance(end, exp.Cast) and isinstance(end.this, exp.Literal)]
    if not step or ends[2].name != "1" or len(days) < 2:
        return None
    try:
        first, last = map(date.fromisoformat, days)
    except ValueError:
        return None
    return abs((last - first).days) // step


def written(node: exp.Expr) -> str:
    """A node kind as a user would say it."""
    name = node.sql_name() if isinstance(node, exp.Func) else node.key.upper()
    return str(name).lower().replace("j_s_o_n", "json") if isinstance(node, exp.Func) else str(name).replace("_", " ")
