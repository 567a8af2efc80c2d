"""A value that a file holds with a type, as the text people know it by. Text stays as it is.

Some of a workbook's cell styles change what a number looks like: percent, and formats with a unit of their own.
"""

from __future__ import annotations

import datetime
import math
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal

from xinfo.intake.files.package import Attributes, each_element


def written(value: object) -> str:
    """A cell's value as text: 2014 and not 2014.0, 65.52, TRUE, 2014-03-01; '' for none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return _plain(value) if value.is_finite() else ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


def percent(value: float) -> str:
    """What a cell formatted as percent shows, nothing rounded away: 0.153 is '15.3%'."""
    return f"{_plain(Decimal(_number(value)) * 100)}%"


def _number(value: float) -> str:
    """The shortest digits that give the number, 15 at most: a spreadsheet counts and shows no more."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if not math.isfinite(value):
        return "" if math.isnan(value) else str(value)
    digits = repr(value)
    if len(digits) <= 16 and "e" not in digits:
        return digits
    return _plain(Decimal(digits if len(digits) <= 16 else f"{value:.15g}"))


def _plain(value: Decimal) -> str:
    digits = value.normalize()
    return f"{digits:f}" if abs(digits.adjusted()) < 30 else str(digits)


_PART = "xl/styles.xml"
_PERCENT = {"9", "10"}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|!(.)')
_BRACKETS = re.compile(r"\[[^\]]*\]|_.")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


@dataclass(frozen=True)
class Styles:
    """By a style's number as cells name it."""

    percents: frozenset[str]
    telling: dict[str, str]
    """Style -> format, where people see a word or a scale that the stored number does not have."""


def read_styles(package: zipfile.ZipFile) -> Styles:
    formats: dict[str, str] = {}
    used: list[str] = []
    inside = ""

    def element(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            inside = name
        elif name == "numFmt" and inside != "dxfs":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside == "cellXfs":
            used.append(attributes.get("numFmtId", "0"))

    if _PART in package.namelist():
        each_element(package, _PART, element)
    shown = {str(style): (key, formats.get(key, "")) for style, key in enumerate(used)}
    return Styles(
        frozenset(style for style, (key, code) in shown.items() if key in _PERCENT or "%" in _bare(code)),
        {style: code for style, (_, code) in shown.items() if _tells(code)},
    )


def _bare(code: str) -> str:
    """A format for positive numbers without what it writes out, colours and conditions."""
    return _LITERAL.sub("", _BRACKETS.sub("", code)).partition(";")[0]


def _tells(code: str) -> bool:
    """Whether a number in this format is seen with a word beside it, or divided; a date is no number."""
    bare = _bare(code)
    if re.search("[ymdhs]|general", bare, re.IGNORECASE):
        return False
    written = "".join(map("".join, _LITERAL.findall(code.partition(";")[0])))
    return bool(re.search(r"\w", written) or _SCALED.search(bare))
