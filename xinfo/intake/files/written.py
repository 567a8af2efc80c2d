"""A value that a file holds with a type, as the text people know it by. Text stays as it is."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal


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
