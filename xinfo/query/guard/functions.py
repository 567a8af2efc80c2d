"""The functions that a query may call, as data. Whatever is not listed here is refused.

Left out on purpose: functions that take a function's or a table's name as text (`list_aggregate`, `query_table`), a
clock, randomness, a setting or a file; those that take a size which cannot be seen beforehand (`list_resize`); JSON.
What takes a size, or works the longer the longer two texts are, is held to bounds by `checks` and `length`.
"""

from __future__ import annotations

from collections.abc import Mapping


def slots_of(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each kind of node, the parts that it may have."""
    return {name: frozenset(slots.split()) for name, slots in table.items()}


_ONE = (
    "Abs Acos AnyValue ApproxDistinct ArrayAgg ArrayDistinct ArrayMax ArrayMin ArraySize Asin Atan Avg Cbrt Ceil "
    "CountIf Cos Date Day DayOfMonth DayOfWeek DayOfWeekIso DayOfYear Dayname Degrees Exp First FirstValue "
    "Flatten Floor IsInf IsNan Kurtosis Last LastDay LastValue Length Ln LogicalAnd LogicalOr Lower Max Median "
    "Min Mode Month Monthname Ntile Quarter Radians Reverse Sign Sin Skewness Sqrt Stddev StddevPop StddevSamp "
    "Sum Tan TimeToUnix ToDays Upper Variance VariancePop Week WeekOfYear Year Ascii Factorial Typeof Unicode Acosh "
    "ArrayReverse Asinh Atanh BitwiseAndAgg BitwiseOrAgg BitwiseXorAgg Cosh Cot Hour MapFromEntries MapKeys MD5 Minute "
    "Second SHA Sinh Tanh ToMap Try BitLength"
)
_TWO = (
    "ArrayContains ArrayOverlaps ArrayToString Atan2 Contains Corr CovarPop CovarSamp DateAdd "
    "EndsWith Left Log Nullif PercentileCont PercentileDisc Pow "
    "RegrIntercept RegrR2 RegrSlope Right Split StartsWith RegrAvgx RegrAvgy RegrCount RegrSxx RegrSxy RegrSyy "
    "ApproxTopK ArrayContainedBy ArrayContainsAll ArrayFilter ArrayPosition ArrayPrepend DateBin EuclideanDistance "
    "JarowinklerSimilarity Levenshtein RegexpSplit StructExtract Transform"
)
FUNCTIONS: Mapping[str, frozenset[str]] = slots_of(
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
        "ArrayIntersect": "expressions",
        "ArraySlice": "this start end",
        "ArraySort": "this asc nulls_first",
        "Case": "this ifs default",
        "Chr": "expressions",
        "Coalesce": "this expressions",
        "Columns": "this",
        "Collate": "this expression",
        "Count": "this expressions big_int",
        "DateTrunc": "this unit",
        "DateDiff": "this expression unit date_part_boundary",
        "DateFromParts": "year month day",
        "Encode": "this charset",
        "Explode": "this",
        "Extract": "this expression",
        "Format": "this expressions",
        "GenerateSeries": "start end step is_end_exclusive",
        "GroupConcat": "this separator",
        "Grouping": "expressions",
        "GroupingId": "expressions",
        "If": "this true false",
        "Map": "keys values",
        "NthValue": "this offset",
        "RegexpExtract": "this expression group null_if_pos_overflow",
        "RegexpFullMatch": "this expression options",
        "RegexpExtractAll": "this expression group",
        "RegexpLike": "this expression flag",
        "RegexpReplace": "this expression replacement modifiers single_replace",
        "Repeat": "this times",
        "Replace": "this expression replacement",
        "ApproxQuantile": "this quantile",
        "Pad": "this expression fill_pattern is_left",
        "Quantile": "this quantile",
        "Round": "this decimals",
        "SHA2": "this length",
        "SplitPart": "this delimiter part_index",
        "StrPosition": "this substr",
        "Substring": "this start length",
        "TimestampFromParts": "year month day hour min sec",
        "TimestampTrunc": "this unit",
        "Translate": "this from_ to",
        "Trim": "this expression position",
        "Trunc": "this decimals",
        "UnixToTime": "this scale",
    }
)
"""The parser's own classes of functions that may be called, each with the arguments it may have."""

UNCLASSED: frozenset[str] = frozenset(
    "age century date_part datepart date_sub datesub decade isfinite list_avg list_has_all list_position list_sum "
    "list_unique prefix product suffix to_months to_weeks to_years weekday yearweek entropy even favg fsum gcd "
    "geomean geometric_mean lcm list_append list_count list_extract list_first list_last list_median list_reverse "
    "list_slice mad printf regexp_split_to_array sem strlen arbitrary array_extract array_pop_back array_pop_front "
    "array_reduce array_unique array_zip bar bit_count cardinality days_in_month element_at era fdiv fmod "
    "format_bytes gamma histogram isoyear jaccard julian kahan_sum kurtosis_pop left_grapheme length_grapheme lgamma "
    "list_any_value list_apply list_bool_and list_bool_or list_cat list_cosine_similarity list_dot_product "
    "list_element list_entropy list_grade_up list_histogram list_indexof list_inner_product list_intersect list_mad "
    "list_mode list_product list_reduce list_sem list_stddev_pop list_stddev_samp list_var_pop list_var_samp "
    "list_where list_zip map_contains map_entries map_extract map_values millennium mismatches ord regr_avgx "
    "round_even row signbit strip_accents struct_insert struct_keys struct_values substring_grapheme sumkahan "
    "to_centuries to_decades to_hours to_milliseconds to_minutes to_quarters to_seconds try_strptime wavg "
    "weighted_avg damerau_levenshtein hamming jaro_similarity array_apply array_transform log2 log10 array_push_back "
    "array_push_front list_skewness list_kurtosis list_kurtosis_pop list_bit_and list_bit_or list_bit_xor "
    "nfc_normalize right_grapheme greatest_common_divisor least_common_multiple map_concat struct_concat "
    "struct_update epoch_us epoch_ns microsecond millisecond nanosecond octet_length add subtract multiply divide "
    "to_microseconds to_millennia map_contains_value map_contains_entry map_extract_value struct_extract_at "
    "list_approx_count_distinct list_negative_inner_product".split()
)
"""Functions that the parser has no class for, by their written name."""

APPLIED: frozenset[str] = frozenset({"list_apply", "array_apply", "array_transform"})
REDUCED: frozenset[str] = frozenset({"list_reduce", "array_reduce"})
"""Those of them that take a function of their own, as `list_transform` and `list_filter` do."""
AGGREGATES: frozenset[str] = frozenset(
    "arbitrary entropy favg fsum geomean geometric_mean histogram kahan_sum kurtosis_pop mad product sem sumkahan wavg "
    "weighted_avg".split()
)
"""Those of them that make one value of many rows."""
LIKENESS: frozenset[str] = frozenset({"damerau_levenshtein", "hamming", "jaccard", "jaro_similarity", "mismatches"})
"""Those of them that compare two texts sign by sign."""

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
    "factorial regexp_extract_all typeof unicode lpad rpad format range generate_series struct_pack & | << >> <@ @> ^@ "
    "!~~ acosh approx_top_k array_append array_cat array_concat array_filter array_has_all array_has_any array_indexof "
    "array_intersect array_position array_prepend array_reverse array_slice asinh atanh bit_and bit_or bit_xor cosh "
    "cot editdist3 epoch_ms filter hour jaro_winkler_similarity levenshtein list_distance list_filter list_prepend "
    "list_transform make_timestamp map map_from_entries map_keys md5 minute regr_avgy regr_count regr_sxx regr_sxy "
    "regr_syy repeat second sha1 sha256 sinh split str_split_regex string_split_regex struct_extract tanh "
    "time_bucket xor encode bit_length".split()
)
"""What the engine's own parser may call a function in a query: written names, their other spellings, operators."""
