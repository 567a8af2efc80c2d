"""Units as files write them, each as a unit of the import format and how many of it one is. No metric is known here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xinfo.errors import InputError
from xinfo.intake.times import normal
from xinfo.store.written import UNITS, factor


@dataclass(frozen=True)
class Measured:
    """A written unit: the import format's `unit`, and how many of them it is (百万元 is 100 of 万元).

    An empty `unit` is a mere multiplier, as in 'population (10,000)'; what it multiplies is the metric's to say.
    """

    unit: str
    times: Decimal = Decimal(1)
    written: str = field(default="", compare=False)

    def of(self, base: str) -> Measured:
        """The same for a metric with the base unit `base`: a multiplier multiplies that."""
        if self.unit:
            return self
        return Measured({"yuan": "元", "yuan/person": "元", "count": "units"}.get(base, base), self.times)

    def measures(self, base: str) -> bool:
        """Whether a metric with the base unit `base` can be written in it."""
        if not self.unit:
            return base in ("yuan", "yuan/person", "count")
        try:
            factor(self.unit, base)
        except InputError:
            return False
        return True


_TEN = Decimal(10)
_MONEY = {"": ("元", 0), "千": ("元", 3), "万": ("万元", 0), "百万": ("万元", 2), "千万": ("万元", 3)}
_MONEY |= {"十亿": ("亿元", 1), "亿": ("亿元", 0), "万亿": ("亿元", 4)}
_COUNTED = {"": ("units", 0), "千": ("units", 3), "万": ("units", 4), "百万": ("units", 6), "亿": ("units", 8)}
_NUMBERS_EN = {
    "": ("yuan", 0),
    **dict.fromkeys(("thousand", "'000", "000s", "k", "1000", "1,000"), ("thousand yuan", 0)),
    **dict.fromkeys(("10 thousand", "ten thousand", "10000", "10,000", "10k"), ("万元", 0)),
    **dict.fromkeys(("million", "mn", "mln", "m", "millions"), ("million yuan", 0)),
    **dict.fromkeys(("100 million", "hundred million", "100m", "100 mn", "100mn"), ("亿元", 0)),
    **dict.fromkeys(("billion", "bn", "bln", "b", "billions"), ("billion yuan", 0)),
    **dict.fromkeys(("trillion", "tn", "trn"), ("billion yuan", 3)),
}
_POWERS = {"yuan": 0, "thousand yuan": 3, "万元": 4, "million yuan": 6, "亿元": 8, "billion yuan": 9}
_PEOPLE = ("persons", "people", "inhabitants", "residents")
_THINGS = ("units", "count", "users", "subscribers", "households", "lines", "sets", "terminals", "stations", "pieces")
_OTHER = {"Mbps": "Mbps", "Gbps": "Gbps", "km": "km", "percentage_point": "percentage_point", "ratio": "ratio"}
_OTHER |= {"个百分点": "percentage_point", "百分点": "percentage_point", "percentage points": "percentage_point"}
_OTHER |= {
    "元/人": "元",
    "元/户": "元",
    "万元/人": "万元",
    "yuan/person": "元",
    "yuan per person": "元",
    "yuan per head": "元",
}
_OTHER |= {"兆比特每秒": "Mbps", "兆": "Mbps", "pp": "percentage_point", "公里": "km"}
_PERCENT = ("%", "百分比", "percent", "per cent", "pct", "in %", "±%", "+/-%", "％", "%年率")


def _table() -> Iterator[tuple[str, Measured]]:
    """Every written unit in normal form."""
    for name in UNITS:
        yield name, Measured(name)
    for (size, (unit, zeros)), ending in itertools.product(_MONEY.items(), ("元", "元人民币", "人民币元", "块")):
        yield size + ending, Measured(unit, _TEN**zeros)
        yield f"人民币{size}{ending}", Measured(unit, _TEN**zeros)
    for (size, (unit, zeros)), thing in itertools.product(
        _COUNTED.items(), "户 人 人次 个 部 台 套 座 件 家 条 线 站 次 辆 笔 项 点 对 所".split()
    ):
        known = size + thing if size + thing in UNITS else ""
        yield size + thing, Measured(known) if known else Measured(unit, _TEN**zeros)
    for size, (unit, zeros) in _NUMBERS_EN.items():
        for form in (
            "{} yuan",
            "yuan {}",
            "rmb {}",
            "{} rmb",
            "cny {}",
            "{} cny",
            "rmb{}",
            "¥{}",
            "¥ {}",
            "{} of yuan",
        ):
            yield form.format(size).strip(), Measured(unit, _TEN**zeros)
            yield form.format(size).replace(" ", ""), Measured(unit, _TEN**zeros)
        for thing in (*_PEOPLE, *_THINGS):
            counted = "persons" if thing in _PEOPLE else "units"
            yield f"{size} {thing}".strip(), Measured(counted, _TEN ** (_POWERS[unit] + zeros))
    for name, unit in _OTHER.items():
        yield name, Measured(unit)
    for name in _PERCENT:
        yield name, Measured("%")
    yield "‰", Measured("%", Decimal("0.1"))


_UNITS = {normal(name): measured for name, measured in _table()}
_BARE = {size: Measured("", _TEN ** (_POWERS[unit] + zeros)) for size, (unit, zeros) in _NUMBERS_EN.items() if size}
_BARE |= {
    size: Measured("", Decimal(UNITS[unit].factor) * _TEN**zeros) for size, (unit, zeros) in _MONEY.items() if size
}
_GROUP = re.compile(r"[(\[【{]([^()\[\]【】{}]*)[)\]】}]")
_CALLED = re.compile(r"^(?:计量|数据)?单位\s*[::]?\s*|^units?\s*(?:of measure)?\s*:?\s*|^in\s+")
_BETWEEN = re.compile(r"\s*(?:[、,;/]|和|及|或|\band\b)\s*")


def read_unit(text: str) -> Measured | None:
    """The unit or multiplier that the whole text is; None where it is none."""
    plain = normal(text)
    if plain.replace(",", "").isdecimal():
        return None
    return _unit(plain)


def _unit(plain: str) -> Measured | None:
    called = _CALLED.sub("", plain)
    found = _UNITS.get(plain) or _UNITS.get(called) or _BARE.get(called)
    return replace(found, written=called) if found else None


def read_units(text: str) -> tuple[Measured, ...]:
    """The units that a text lists ('亿元、万户、%'); empty unless all of it are units. '10,000' alone is a number."""
    if re.fullmatch(r"[\d,.\s]*", text):
        return ()
    return listed_units(text)


def listed_units(text: str) -> tuple[Measured, ...]:
    """The same of a text that stands for units in any case, such as that of a mapping."""
    plain = _CALLED.sub("", normal(text)).strip("()[]:。. ")
    if one := _unit(plain):
        return (one,)
    found = [_unit(part) for part in _BETWEEN.split(plain) if part]
    return tuple(dict.fromkeys(one for one in found if one)) if all(found) else ()


def split_units(text: str) -> tuple[tuple[Measured, ...], str]:
    """The units at the end or in brackets of a text in normal form, and the text without them."""
    for group in reversed(list(_GROUP.finditer(text))):
        if units := listed_units(group[1]):
            return units, (text[: group.start()] + " " + text[group.end() :]).strip()
    for cut in re.finditer(r"\s*[,:;|]\s*(?:in\s+)?|\s+in\s+|\s+-?\s*", text):
        units = read_units(text[cut.end() :])
        if units and (cut[0].strip().startswith((",", "in")) or all(_is_plain(unit) for unit in units)):
            return units, text[: cut.start()].strip()
    if text.endswith("%"):
        return (Measured("%", written="%"),), text[:-1].rstrip(" +-±/")
    return (), text


def _is_plain(unit: Measured) -> bool:
    """Whether a unit cannot be a word of a metric's name, as 'users' can."""
    return bool(unit.unit) and unit.unit not in ("units", "persons", "count", "户", "人", "ratio")


def unit_line(text: str) -> tuple[Measured, ...]:
    """The units of a line that says nothing else: '单位：亿元', '(million yuan)', 'Unit: 10,000 persons'."""
    plain = normal(text).strip("()[]【】 ")
    if _CALLED.match(plain) or normal(text)[:1] in ("(", "["):
        return listed_units(plain)
    return ()
