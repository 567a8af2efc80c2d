"""What a query may consist of beside functions, as data; `functions` has those. Whatever is not listed is refused.

For what people write by habit, it has words on what to write instead.
"""

from __future__ import annotations

from collections.abc import Mapping

from xinfo.query.guard.functions import FUNCTIONS, slots_of

MAX_CHARACTERS = 20_000
MAX_BRACKETS = 25
"""Brackets within brackets: the parser recurses, and fails at 30 of them in a web server's thread."""
MAX_TOKENS = 3_000
"""Words and signs, which are what parsing takes time for; a long text of few words is soon read."""
MAX_STEPS = 10_000
"""Words that the parser may move over, going back and trying anew included: some texts make it do so without end.

Honest ones move over half as many again as they have words, and go back at every fifth.
"""
RETREAT = 5
"""Steps that going back once counts as: what was made of the words until then was made in vain."""
MAX_DEPTH = 250
"""Parts of the tree within parts: rules that go from a part to what is in it recurse."""
MAX_COLUMNS = 1_000
"""Columns that come out of one query, or of the joined tables that it reads: stars within stars double them."""

_BITS = ("BitwiseAnd", "BitwiseLeftShift", "BitwiseOr", "BitwiseRightShift", "BitwiseXor")

SYNTAX: Mapping[str, frozenset[str]] = slots_of(
    {
        "Select": "with_ expressions distinct from_ joins where group having qualify windows order limit offset",
        "Union": "with_ this expression distinct by_name order limit offset",
        "Intersect": "with_ this expression distinct order limit offset",
        "Except": "with_ this expression distinct order limit offset",
        "Subquery": "with_ this alias joins order limit offset pivots",
        "With": "expressions",
        "CTE": "this alias materialized",
        "From": "this",
        "Join": "this kind side method on using",
        "Table": "this alias joins pivots",
        "Pivot": "expressions fields unpivot group columns include_nulls alias pivot_column_naming",
        "PivotAlias": "this alias",
        "TableAlias": "this columns",
        "Values": "expressions alias",
        "Lateral": "this alias",
        "Unnest": "expressions alias",
        "Where": "this",
        "Group": "expressions all rollup cube grouping_sets",
        "Rollup": "expressions",
        "Cube": "expressions",
        "GroupingSets": "expressions",
        "Having": "this",
        "Qualify": "this",
        "Order": "this expressions",
        "Ordered": "this desc nulls_first",
        "Limit": "expression",
        "Offset": "expression",
        "Fetch": "count direction limit_options",
        "LimitOptions": "rows",
        "Distinct": "expressions on",
        "Window": "this partition_by order spec alias over",
        "WindowSpec": "kind start start_side end end_side exclude",
        "WithinGroup": "this expression",
        "Filter": "this expression",
        "IgnoreNulls": "this",
        "RespectNulls": "this",
        "Alias": "this alias",
        "Column": "this table",
        "Identifier": "this quoted",
        "Star": "except_ replace rename",
        "Placeholder": "this",
        "Literal": "this is_string",
        "Boolean": "this",
        "Null": "",
        "Var": "this",
        "Interval": "this unit",
        "Paren": "this",
        "Dot": "this expression",
        "Lambda": "this expressions",
        "Tuple": "expressions",
        "Bracket": "this expressions",
        "Slice": "this expression step",
        "PropertyEQ": "this expression",
        "DataType": "this expressions nested",
        "DataTypeParam": "this",
        "Escape": "this expression",
        "In": "this expressions query field",
        "Between": "this low high",
        "Like": "this expression negate",
        "ILike": "this expression negate",
        "DPipe": "this expression safe",
        **dict.fromkeys(("All", "Any", "BitwiseNot", "Exists", "Neg", "Not"), "this"),
        **dict.fromkeys(
            ("Add", "And", "Div", "EQ", "GT", "GTE", "Glob", "IntDiv", "Is", "LT", "LTE", "Mod", "Mul"),
            "this expression",
        ),
        **dict.fromkeys(("NEQ", "NullSafeEQ", "NullSafeNEQ", "Or", "SimilarTo", "Sub", *_BITS), "this expression"),
    }
)
"""The parser's node kinds that are no functions, each with the parts it may have."""

LISTED: Mapping[str, frozenset[str]] = {**SYNTAX, **FUNCTIONS}

MAX_FEW = 100
"""How often a text is repeated, how long it is filled up to, how many of the largest values are kept."""
MAX_PIVOTED = 500
"""Columns that a PIVOT makes: one for each combination of its values."""

ENGINE_NODES: frozenset[str] = frozenset(
    "SELECT_NODE SET_OPERATION_NODE BASE_TABLE JOIN SUBQUERY EXPRESSION_LIST EMPTY TABLE_FUNCTION ORDER_MODIFIER "
    "LIMIT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING COLUMN_REF STAR FUNCTION VALUE_CONSTANT "
    "VALUE_PARAMETER OPERATOR_CAST TYPE CASE_EXPR COLLATE CONJUNCTION_AND CONJUNCTION_OR COMPARE_BETWEEN "
    "COMPARE_NOT_BETWEEN COMPARE_EQUAL COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_GREATERTHAN "
    "COMPARE_LESSTHANOREQUALTO COMPARE_GREATERTHANOREQUALTO COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM "
    "COMPARE_IN COMPARE_NOT_IN OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE "
    "OPERATOR_NULLIF ARRAY_CONSTRUCTOR GROUPING_FUNCTION ARRAY_EXTRACT ARRAY_SLICE WINDOW_AGGREGATE "
    "WINDOW_CUME_DIST WINDOW_FIRST_VALUE WINDOW_LAG WINDOW_LAST_VALUE WINDOW_LEAD WINDOW_NTH_VALUE WINDOW_NTILE "
    "WINDOW_PERCENT_RANK WINDOW_RANK WINDOW_RANK_DENSE WINDOW_ROW_NUMBER LAMBDA STRUCT_EXTRACT OPERATOR_TRY "
    "PIVOT".split()
)
"""The engine's own kinds of nodes that a query may have."""

TYPES: frozenset[str] = frozenset(
    "TEXT VARCHAR CHAR BOOLEAN TINYINT SMALLINT INT BIGINT INT128 FLOAT DOUBLE DECIMAL DATE TIMESTAMP "
    "TIMESTAMPNTZ INTERVAL ARRAY LIST TIME UTINYINT USMALLINT UINT UBIGINT".split()
)
"""What a value may be cast to, in the parser's names; an ARRAY here has no fixed size."""

ENGINE_TYPES: frozenset[str] = frozenset(
    "varchar text string char bpchar boolean bool logical tinyint smallint integer int int1 int2 int4 int8 int16 "
    "int32 int64 short long signed bigint hugeint int128 real float float4 float8 double decimal numeric dec date "
    "timestamp datetime interval list time utinyint usmallint uinteger ubigint".split()
)

WORDS: frozenset[str] = frozenset(
    "year years quarter quarters month months week weeks day days hour hours minute minutes second seconds dow "
    "dayofweek isodow doy dayofyear isoyear decade decades century centuries epoch all zh nocase noaccent".split()
) | {"current row", "ties", "group", "no others"}
"""Bare words that the printed text may hold: parts of dates, orders of Chinese text, frames of windows."""

JOINS: Mapping[str, frozenset[str]] = {
    "kind": frozenset({"INNER", "OUTER", "CROSS", "SEMI", "ANTI"}),
    "side": frozenset({"LEFT", "RIGHT", "FULL"}),
    "method": frozenset({"ASOF", "NATURAL", "POSITIONAL"}),
}


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
