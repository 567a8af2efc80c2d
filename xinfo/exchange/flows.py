"""What xinfo's figures are in SDMX: the data flows, their components and lists of codes, and how ids and periods are
written there. Reads and writes no file.

The identity of a figure is more than place, metric and period: two sources may give it, by two methods. So both are
dimensions. What is worked out from figures is not carried, nor what was made up: either is made anew where it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from xinfo.errors import InputError
from xinfo.store.periods import Period, parse_id
from xinfo.store.reference import FILES
from xinfo.store.schema import COMPARISONS, CONFIDENCES, DIMENSIONS
from xinfo.store.standing import MARKS

AGENCY, VERSION = "XINFO", "1.0"
STRUCTURE = "structure.json"
SCHEME = "CS_XINFO"
"""The concepts of all components."""
TOTAL, NOT_STATED, OTHER = "_T", "_X", "_O"
"""SDMX's own codes for the whole of a dimension, for what is not said, and for what none of a list's codes is."""
FREQUENCIES = {12: "A", 6: "S", 3: "Q", 1: "M"}
"""By a period's months; any other span, such as three quarters, is `OTHER`."""
STATUS_CODES = {"reported": "A", "preliminary": "P", "estimated": "E"}
"""The codes of SDMX's list of statuses for ours; made-up figures have none, as they are not carried."""
BY_STATUS_CODE = {code: status for status, code in STATUS_CODES.items()} | {"F": "estimated"}


@dataclass(frozen=True)
class Component:
    """A column of SDMX-CSV: its id, the list of its codes (empty for free text and numbers), whether rows need it, and
    the column of the import format that it is (empty where xinfo does not read it back)."""

    id: str
    role: str
    codes: str = ""
    column: str = ""
    required: bool = False


@dataclass(frozen=True)
class Flow:
    """A data flow: its file, the table of the import format that its rows are, and its components in order."""

    id: str
    table: str
    components: tuple[Component, ...]

    @property
    def file(self) -> str:
        return f"{self.id.lower()}.csv"


def _dimension(id: str, codes: str = "", column: str = "") -> Component:
    return Component(id, "dimension", codes, column, True)


_PLACED = (
    _dimension("FREQ", "CL_FREQ"),
    _dimension("REF_AREA", "CL_AREA", "place"),
    _dimension("INDICATOR", "CL_INDICATOR", "metric"),
)
_TIMED = (_dimension("TIME_PERIOD", column="period"), Component("OBS_VALUE", "measure", column="value", required=True))
_TOLD = (
    Component("UNIT_MEASURE", "attribute", "CL_UNIT", required=True),
    Component("UNIT_MULT", "attribute", required=True),
    Component("UNIT_WRITTEN", "attribute", column="unit", required=True),
    Component("OBS_STATUS", "attribute", "CL_OBS_STATUS", "status", True),
    Component("STANDING", "attribute", "CL_STANDING", required=True),
    Component("CONFIDENCE", "attribute", "CL_CONFIDENCE", "confidence"),
    Component("COMMENT_OBS", "attribute", column="note"),
)
_SOURCE = _dimension("SOURCE", "CL_SOURCE", "source")
FLOWS = (
    Flow(
        "FIGURES",
        "observation",
        (
            *_PLACED,
            *(_dimension(name.upper(), f"CL_{name.upper()}", name) for name in DIMENSIONS),
            *(_dimension("METHOD", "CL_METHOD", "method"), _SOURCE, *_TIMED, *_TOLD),
        ),
    ),
    Flow(
        "TARGETS",
        "target",
        (*_PLACED, _dimension("COMPARISON", "CL_COMPARISON", "comparison"), _SOURCE, *_TIMED, *_TOLD),
    ),
)
LISTS = {"CL_AREA": "place", "CL_INDICATOR": "metric", "CL_METHOD": "method", "CL_SOURCE": "source"}
"""The lists of codes that are a table of the store, each of whose columns a code carries."""
NAMED_BY = {
    "place": ("name_en", "name_zh", "", ""),
    "metric": ("label_en", "label_zh", "definition_en", "definition_zh"),
    "method": ("label_en", "label_zh", "", ""),
    "source": ("title", "title_zh", "", ""),
}
"""By table: the columns that are a code's name and description, each in English and in Chinese."""
CLOSED = {
    "CL_FREQ": (*FREQUENCIES.values(), OTHER),
    **{
        f"CL_{name.upper()}": tuple(TOTAL if one == "all" else one for one in values)
        for name, values in DIMENSIONS.items()
    },
    "CL_COMPARISON": COMPARISONS,
    "CL_OBS_STATUS": tuple(STATUS_CODES.values()),
    "CL_STANDING": tuple(dict.fromkeys(MARKS)),
    "CL_CONFIDENCE": CONFIDENCES,
}
"""The lists whose codes are always the same."""


def columns_of(codes: str) -> tuple[str, ...]:
    """The columns of the table that a list of codes is."""
    return FILES[LISTS[codes]].all


def code_of(id: str) -> str:
    """An id in the letters that SDMX lets a code have; `id_of` gives it back."""
    code = quote(id, safe="").replace("%", "$").replace(".", "$2E").replace("~", "$7E") or NOT_STATED
    return f"$5F{code[1:]}" if id.startswith("_") else code  # what begins so is SDMX's own


def id_of(code: str) -> str:
    """What `code_of` was given."""
    return "" if code == NOT_STATED else unquote(code.replace("$", "%"))


def time_of(period: str) -> str:
    """A period's id as SDMX writes it: 2014, 2014-S1, 2014-Q3, 2014-03, or where and how long: 2014-01-01/P9M."""
    one = parse_id(period)
    months = one.last - one.first + 1
    if months == 12:
        return str(one.year)
    if months == 1:
        return f"{one.year}-{one.first:02d}"
    if months in (3, 6) and one.last % months == 0:
        return f"{one.year}-{FREQUENCIES[months]}{one.last // months}"
    return f"{one.start_date.isoformat()}/P{months}M"


def frequency_of(period: str) -> str:
    """The code of CL_FREQ for a period's id; a span that does not divide the year evenly has none of its own."""
    one = parse_id(period)
    months = one.last - one.first + 1
    return FREQUENCIES.get(months, OTHER) if one.last % months == 0 else OTHER


_REPORTING = re.compile(r"(\d{4})-([ASTQM])(\d{1,2})")
_RANGE = re.compile(r"(\d{4})-(\d\d)-01(?:T00:00:00)?/P(?:(\d)Y|(\d{1,2})M)")
_MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}


def period_of(time: str) -> str:
    """The id of a period as SDMX writes it; what is no span of months within a year stays as it is."""
    try:
        if found := _REPORTING.fullmatch(time):
            months = _MONTHS[found[2]]
            last = int(found[3]) * months
            return Period(int(found[1]), last - months + 1, last).id
        if found := _RANGE.fullmatch(time):
            first, months = int(found[2]), 12 * int(found[3]) if found[3] else int(found[4])
            return Period(int(found[1]), first, first + months - 1).id
    except InputError:
        pass
    return time
