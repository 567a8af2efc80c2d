"""What to write in place of what is refused, as data: words behind a refusal. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping

_SAME = "the same query must give the same figure each time"
_CLOCK = f"{_SAME}; write the date out, or give it as a parameter such as $day"
_CHANCE = f"{_SAME}; ORDER BY and LIMIT take rows that stay the same"
_BY_NAME = "write list_sum(list), list_avg(list) and so on"
_JSON = "write a list [a, b], a struct {'name': a} or columns of their own"

INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("current_date", "current_timestamp", "current_time", "localtime", "localtimestamp"), _CLOCK),
    **dict.fromkeys(("now", "get_current_timestamp", "transaction_timestamp", "ago"), _CLOCK),
    **dict.fromkeys(("rand", "uuid", "setseed", "sample"), _CHANCE),
    **dict.fromkeys(("to_json", "parse_json", "json"), _JSON),
    **dict.fromkeys(("list_aggregate", "list_aggr", "array_aggregate", "array_aggr"), _BY_NAME),
    "generate_subscripts": "unnest(range(1, 4)) counts along a list of three",
    "recursive": "it may never end; range(2012, 2017) gives years in a row, LAG a step back, a join one step further",
    "VALUES": "write SELECT * FROM (VALUES (1, 'a')) AS v(number, name)",
    "PIVOT": "write SELECT * FROM t PIVOT (sum(x) FOR y IN ('a', 'b')), or UNPIVOT (x FOR name IN (a, b))",
    "repeat": "bar(value, 0, most, 20) draws a bar",
    "columns": "COLUMNS('.*_date') takes the columns whose names end so",
}
"""By the name of a function, of a part of a query, or of a statement."""


def instead(name: str) -> str:
    """The words behind a refusal of `name`, '' where there are none."""
    words = INSTEAD.get("json" if name.startswith("json") else name, "")
    return f": {words}" if words else ""
