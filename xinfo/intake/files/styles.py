"""Which of a workbook's cell styles change what a number looks like: percent, and formats with a unit of their own."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from xinfo.intake.files.package import Attributes, each_element

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
