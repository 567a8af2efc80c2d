"""What a query may consist of, as data. Knows nothing of how it is checked; whatever is not listed here is refused.

Left out on purpose: functions that take a size of any kind (`repeat`, `list_resize`), a function's or a table's name as
text (`list_aggregate`, `query_table`), a clock, randomness, a setting or a file; those whose run time an interrupt
does not end (`levenshtein`, JSON building); everything that changes with the order in which rows happen to lie.
"""

from __future__ import annotations

from collections.abc import Mapping

MAX_CHARACTERS = 20_000
MAX_BRACKETS = 25
"""Brackets within brackets: the parser recurses, and fails at 30 of them in a web server's thread."""


def _slots(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(slots.split()) for name, slots in table.items()}


SYNTAX: Mapping[str, frozenset[str]] = _slots(
    {
        "Select": "with_ expressions distinct from_ joins where group having qualify windows order limit offset",
        "Union": "with_ this expression distinct by_name order limit offset",
        "Intersect": "with_ this expression distinct order limit offset",
        "Except": "with_ this expression distinct order limit offset",
        "Subquery": "with_ this alias joins order limit offset",
        "With": "expressions",
        "CTE": "this alias materialized",
        "From": "this",
        "Join": "this kind side method on using",
        "Table": "this alias joins",
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
        "Star": "except_",
        "Placeholder": "this",
        "Literal": "this is_string",
        "Boolean": "this",
        "Null": "",
        "Var": "this",
        "Interval": "this unit",
        "Paren": "this",
        "Tuple": "expressions",
        "Bracket": "this expressions",
        "Slice": "this expression",
        "PropertyEQ": "this expression",
        "DataType": "this expressions nested",
        "DataTypeParam": "this",
        "Escape": "this expression",
        "In": "this expressions query field",
        "Between": "this low high",
        "Like": "this expression negate",
        "ILike": "this expression negate",
        "DPipe": "this expression safe",
        **dict.fromkeys(("All", "Any", "Exists", "Neg", "Not"), "this"),
        **dict.fromkeys(
            ("Add", "And", "Div", "EQ", "GT", "GTE", "Glob", "IntDiv", "Is", "LT", "LTE", "Mod", "Mul"),
            "this expression",
        ),
        **dict.fromkeys(("NEQ", "NullSafeEQ", "NullSafeNEQ", "Or", "SimilarTo", "Sub"), "this expression"),
    }
)
"""The parser's node kinds that are no functions, each with the parts it may have."""

_ONE = (
    "Abs Acos AnyValue ApproxDistinct ArrayAgg ArrayDistinct ArrayMax ArrayMin ArraySize Asin Atan Avg Cbrt Ceil "
    "CountIf Cos Date Day DayOfMonth DayOfWeek DayOfWeekIso DayOfYear Dayname Degrees Exp First FirstValue "
    "Flatten Floor IsInf IsNan Kurtosis Last LastDay LastValue Length Ln LogicalAnd LogicalOr Lower Max Median "
    "Min Mode Month Monthname Ntile Quarter Radians Reverse Sign Sin Skewness Sqrt Stddev StddevPop StddevSamp "
    "Sum Tan TimeToUnix ToDays Upper Variance VariancePop Week WeekOfYear Year Ascii Factorial Typeof Unicode"
)
_TWO = (
    "ArrayContains ArrayOverlaps ArrayToString Atan2 Contains Corr CovarPop CovarSamp DateAdd "
    "EndsWith Left Log Nullif PercentileCont PercentileDisc Pow RegexpFullMatch "
    "RegrIntercept RegrR2 RegrSlope Right Split StartsWith"
)
FUNCTIONS: Mapping[str, frozenset[str]] = _slots(
    {
        **dict.fromkeys(_ONE.split(), "this"),
        **dict.fromkeys(_TWO.split(), "this expression"),
        **dict.fromkeys(("CumeDist", "DenseRank", "PercentRank", "Pi", "Rank", "RowNumber"), ""),
        **dict.fromkeys(("Lag", "Lead"), "this offset default"),
        **dict.fromkeys(("Greatest", "Least"), "this expressions ignore_nulls"),
        **dict.fromkeys(("Cast", "TryCast"), "this to safe"),
        **dict.fromkeys(("Concat", "ConcatWs"), "expressions safe coalesce"),
        **dict.fromkeys(("StrToTime", "TimeToStr"), "this format"),
        **dict.fromkeys(("ArgMax", "ArgMin"), "this expression count"),
        **dict.fromkeys(("Max", "Min"), "this count"),
        "Anonymous": "this expressions",
        "Array": "expressions",
        "Struct": "expressions",
        "ArrayAppend": "this expression",
        "ArrayConcat": "this expressions",
        "ArraySort": "this asc nulls_first",
        "Case": "this ifs default",
        "Chr": "expressions",
        "Coalesce": "this expressions",
        "Collate": "this expression",
        "Count": "this expressions big_int",
        "DateDiff": "this expression unit date_part_boundary",
        "DateFromParts": "year month day",
        "Explode": "this",
        "Extract": "this expression",
        "Format": "this expressions",
        "GenerateSeries": "start end step is_end_exclusive",
        "GroupConcat": "this separator",
        "Grouping": "expressions",
        "If": "this true false",
        "NthValue": "this offset",
        "RegexpExtract": "this expression group null_if_pos_overflow",
        "RegexpExtractAll": "this expression group",
        "RegexpLike": "this expression flag",
        "RegexpReplace": "this expression replacement modifiers single_replace",
        "Replace": "this expression replacement",
        "ApproxQuantile": "this quantile",
        "Pad": "this expression fill_pattern is_left",
        "Quantile": "this quantile",
        "Round": "this decimals",
        "SplitPart": "this delimiter part_index",
        "StrPosition": "this substr",
        "Substring": "this start length",
        "TimestampTrunc": "this unit",
        "Translate": "this from_ to",
        "Trim": "this expression position",
        "Trunc": "this decimals",
    }
)
"""The parser's own classes of functions that may be called, each with the arguments it may have."""

LISTED: Mapping[str, frozenset[str]] = {**SYNTAX, **FUNCTIONS}

UNCLASSED: frozenset[str] = frozenset(
    "age century date_part datepart date_sub datesub decade isfinite list_avg list_has_all list_position list_sum "
    "list_unique prefix product suffix to_months to_weeks to_years weekday yearweek entropy even favg fsum gcd "
    "geomean geometric_mean lcm list_append list_count list_extract list_first list_last list_median list_reverse "
    "list_slice mad printf regexp_split_to_array sem strlen".split()
)
"""Functions that the parser has no class for, by their written name."""

ENGINE_FUNCTIONS: frozenset[str] = UNCLASSED | frozenset(
    "array_reverse_sort list_reverse_sort "
    "% * ** + - / // ^ && || ~ ~~ !~~ ~~* !~~* like_escape not_like_escape ilike_escape not_ilike_escape abs "
    "acos any_value approx_count_distinct approx_quantile arg_max arg_min argmax argmin array_agg array_contains "
    "array_distinct array_has array_length array_sort array_to_string asin atan atan2 avg bool_and bool_or cbrt "
    "ceil ceiling char_length character_length concat concat_ws contains corr cos count count_if count_star "
    "countif covar_pop covar_samp cume_dist date date_add date_diff date_trunc datediff datetrunc day dayname "
    "dayofmonth dayofweek dayofyear degrees dense_rank ends_with epoch exp first first_value flatten floor "
    "greatest group_concat if ifnull iff instr isinf isnan isodow kurtosis lag last last_day last_value lcase "
    "lead least left len length list list_concat list_contains list_distinct list_has list_has_any list_max "
    "list_min list_sort list_value listagg ln log log10 log2 lower ltrim make_date max max_by mean median min "
    "min_by mod mode month monthname nth_value ntile nullif percent_rank percentile_cont percentile_disc pi "
    "position pow power quantile quantile_cont quantile_disc quarter radians rank regexp_extract "
    "regexp_full_match regexp_matches regexp_replace regr_intercept regr_r2 regr_slope replace reverse right "
    "round row row_number rtrim sign sin skewness split_part sqrt starts_with stddev stddev_pop stddev_samp "
    "str_split strftime string_agg string_split string_to_array strpos strptime substr substring sum tan to_days "
    "translate trim trunc ucase unnest upper var_pop var_samp variance week weekofyear year ~~~ ascii chr "
    "factorial regexp_extract_all typeof unicode lpad rpad format range generate_series struct_pack".split()
)
"""What the engine's own parser may call a function in a query: written names, their other spellings, operators."""

ENGINE_NODES: frozenset[str] = frozenset(
    "SELECT_NODE SET_OPERATION_NODE BASE_TABLE JOIN SUBQUERY EXPRESSION_LIST EMPTY TABLE_FUNCTION ORDER_MODIFIER "
    "LIMIT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING COLUMN_REF STAR FUNCTION VALUE_CONSTANT "
    "VALUE_PARAMETER OPERATOR_CAST TYPE CASE_EXPR COLLATE CONJUNCTION_AND CONJUNCTION_OR COMPARE_BETWEEN "
    "COMPARE_NOT_BETWEEN COMPARE_EQUAL COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_GREATERTHAN "
    "COMPARE_LESSTHANOREQUALTO COMPARE_GREATERTHANOREQUALTO COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM "
    "COMPARE_IN COMPARE_NOT_IN OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE "
    "OPERATOR_NULLIF ARRAY_CONSTRUCTOR GROUPING_FUNCTION ARRAY_EXTRACT ARRAY_SLICE WINDOW_AGGREGATE "
    "WINDOW_CUME_DIST WINDOW_FIRST_VALUE WINDOW_LAG WINDOW_LAST_VALUE WINDOW_LEAD WINDOW_NTH_VALUE WINDOW_NTILE "
    "WINDOW_PERCENT_RANK WINDOW_RANK WINDOW_RANK_DENSE WINDOW_ROW_NUMBER".split()
)
"""The engine's own kinds of nodes that a query may have."""

TYPES: frozenset[str] = frozenset(
    "TEXT VARCHAR CHAR BOOLEAN TINYINT SMALLINT INT BIGINT INT128 FLOAT DOUBLE DECIMAL DATE TIMESTAMP "
    "TIMESTAMPNTZ INTERVAL ARRAY LIST".split()
)
"""What a value may be cast to, in the parser's names; an ARRAY here has no fixed size."""

ENGINE_TYPES: frozenset[str] = frozenset(
    "varchar text string char bpchar boolean bool logical tinyint smallint integer int int1 int2 int4 int8 int16 "
    "int32 int64 short long signed bigint hugeint int128 real float float4 float8 double decimal numeric dec date "
    "timestamp datetime interval list".split()
)

WORDS: frozenset[str] = frozenset(
    "year years quarter quarters month months week weeks day days dow isodow doy dayofyear isoyear decade decades "
    "century centuries epoch all zh nocase noaccent".split()
) | {"current row", "ties", "group", "no others"}
"""Bare words that the printed text may hold: parts of dates, orders of Chinese text, frames of windows."""

JOINS: Mapping[str, frozenset[str]] = {
    "kind": frozenset({"INNER", "OUTER", "CROSS", "SEMI", "ANTI"}),
    "side": frozenset({"LEFT", "RIGHT", "FULL"}),
    "method": frozenset({"ASOF", "NATURAL"}),
}
