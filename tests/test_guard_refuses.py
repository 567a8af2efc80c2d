"""What is not one plain query over the store's tables is refused, by each layer on its own, in words that help."""

from __future__ import annotations

import contextlib
import json

import duckdb
import pytest
import sqlglot

from tests.sql.store import corpus, declined, hostile
from xinfo.errors import Refused
from xinfo.query import guard
from xinfo.query.guard import check, verdict
from xinfo.query.guard import checks as rules
from xinfo.query.guard.allow import SYNTAX
from xinfo.query.guard.functions import ENGINE_FUNCTIONS, FUNCTIONS
from xinfo.query.guard.names import Parsed
from xinfo.query.guard.parse import parse
from xinfo.query.guard.second import Reading, second_opinion


def test_the_corpus_is_large_enough_to_mean_something():
    assert len(hostile()) >= 450


@pytest.mark.parametrize(("kind", "sql"), hostile())
def test_an_attack_is_refused_in_our_own_short_words(kind, sql):
    with pytest.raises(Refused) as refused:
        check(sql)
    assert 5 < len(refused.value.reason) < 200
    assert not any(word in refused.value.reason for word in ("Error", "sqlglot", "Candidate", "LINE 1", "Traceback"))


ENGINE_ALONE = {
    "files",
    "replacement_scans",
    "statements",
    "copy_and_attach",
    "settings",
    "strings_that_run",
    "macros_and_methods",
}


@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        entry
        for entry in corpus("attacks")
        if entry[0] in ENGINE_ALONE and not entry[1].startswith(("values", "unpivot"))
    ],
)
def test_the_second_opinion_refuses_without_the_first(kind, sql):
    with pytest.raises(Refused):
        second_opinion(sql)


RULES = {
    rules.is_one_query: [
        "insert into place values (1)",
        "drop table place",
        "values (1)",
        "copy place to 'x'",
        "set a = 1",
    ],
    rules.only_listed_nodes: ["select * into t from place", "select * from place for update", "select random()"],
    rules.only_listed_functions: ["select * from query('x')", 'select "getenv"(1)', "select sleep_ms(1)"],
    rules.only_listed_types: ["select 1::json", "select 1::enum('a')", "select cast(1 as time(3))"],
    rules.only_listed_words: ["select extract(timezone from now())"],
    rules.named_parameters: ["select ?", "select $1"],
    rules.no_recursion: ["with recursive a as (select 1 as x) select x from a"],
    rules.plain_stars: ["select * like 'x' from place", "select max(*) from place", "select p.* is null from place p"],
    rules.plain_formats: [
        "select strftime(start_date, period_id) from period",
        "select name_en similar to name_zh from place",
    ],
    rules.plain_columns: ["select columns(c -> c like 'n%') from place", "select columns([$text]) from place"],
    rules.plain_functions: [
        "select list_transform([1], lambda x : (select 1))",
        "select list_transform([1], lambda x : sum(x)) from place",
        "select list_transform([1], lambda x : X)",
        "select list_sort([1], lambda x : x)",
    ],
    rules.plain_calls: ["select age(start_date) from period", "select name_en.upper() from place"],
    rules.small_counts: [
        "select repeat(name_en, 101) from place",
        "select repeat(name_en, $n) from place",
        "select approx_top_k(name_en, 101) from place",
        "select bar(longitude, 0, 1, 101) from place",
        "select max(value, 101) from target",
        "select arg_min(unit, value, $n) from target",
        "select lpad(name_en, 101, ' ') from place",
        "select rpad(name_en, length(note), ' ') from place",
    ],
    rules.short_series: [
        "select range(1001)",
        "select generate_series(1, year) from period",
        "select range(1, 2, -1)",
        "select range(99999999999, 99999999999)",
        "select * from range(1001)",
        "select unnest(generate_series(start_date, end_date, interval 1 day)) from period",
        "select generate_series(date '2014-01-01', date '2017-01-01', interval 1 day)",
        "select generate_series(date '2014-01-01', date '2015-01-01', interval 1 second)",
        "select generate_series(date '2014-01-01', date '2015-01-01', interval 0 day)",
        "select generate_series(date '2014-01-01', start_date, interval 1 day) from period",
        "select generate_series(date 'a', date 'b', interval 1 day)",
    ],
    rules.short_patterns: [
        "select format(name_en, 1) as x from place",
        "select format('{:2000000000}', 1) as x",
        "select format('{:{}}', 1, 1000000) as x",
        "select printf('%2000000000d', 1) as x",
        "select printf('%*d', 1000000, 1) as x",
        "select printf('%' || '9d', 1) as x",
        "select printf() as x",
    ],
    rules.known_names: [
        "select 1 from meta",
        "with d as (delete from place returning *) select * from d",
        "select * from place, lateral (select nothing)",
        "select x from place",
        "select 1 from main.place",
        "select * from place pivot (list(note) for region in ('east'))",
        "select * from place pivot (max(note) for region in $places)",
        "select * from place pivot (max(note) for region in (batch))",
        "select * from place pivot (max(name_en) for region in ('east')) pivot (max(east) for batch in ('1'))",
        "select s.x from place",
        "select main.place.x from place",
    ],
    rules.bounded_size: [
        "select 1 from observation a, observation b",
        "select list(value) over (order by value) from observation",
        "select string_agg(place_id, ',') over () from observation",
        "select count(distinct note) over (order by value) from observation",
        "select entropy(value) over (order by value rows 9 preceding) from observation",
        "with a as (select note || note as x from place), b as (select replace(x, 'a', x) as x from a) "
        "select replace(x, 'a', x) from b",
        "select regexp_replace(regexp_replace(x, '', x, 'g'), '', x, 'g') from (select note || note as x from place)",
        "select concat_ws((select string_agg(place_id, '') from observation), place_id, place_id) from observation",
        "select array_to_string(list(place_id), (select string_agg(note, '') from observation)) from observation",
        "select levenshtein(a.l, a.l) from (select string_agg(note, '') as l from observation) a",
        "select list_reduce(['a'], lambda a, b : a || a)",
        "select list_transform(range(99), lambda x : l) from (select string_agg(note, '') as l from observation) a",
        "select count(*) from range(1000) a, range(1000) b, range(1000) c",
        "(select string_agg(note, '') as x from observation) order by array_to_string(string_split(x, ''), x)",
    ],
}


def test_every_rule_is_tried_alone():
    assert set(RULES) == set(rules.CHECKS)


@pytest.mark.parametrize(("rule", "sql"), [(rule, sql) for rule, entries in RULES.items() for sql in entries])
def test_a_rule_refuses_with_the_others_left_out(rule, sql):
    with pytest.raises(Refused):
        rule(Parsed(sqlglot.parse(sql, read="duckdb")[0]))


PLACES = [
    ("select nme_en from place", "there is no column nme_en; did you mean name_en", 1, 8),
    ("select p.nme_en\nfrom place p", "there is no column nme_en in p; did you mean name_en", 1, 10),
    ("select *\n  from plac", "there is no table plac; did you mean place?", 2, 8),
    (
        "select 1\nfrom place\nwhere strptme('a', 'b') = 1",
        "the function strptme may not be used here; did you mean strptime",
        3,
        7,
    ),
    ("select a b c from place", "this cannot be read as SQL near 'c'", 1, 12),
]


@pytest.mark.parametrize(("sql", "reason", "line", "column"), PLACES)
def test_a_refusal_names_the_piece_the_place_and_the_nearest_match(sql, reason, line, column):
    with pytest.raises(Refused) as refused:
        check(sql)
    assert refused.value.reason.startswith(reason)
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(("sql", "reason"), declined())
def test_honest_sql_that_is_declined_on_purpose_is_told_what_to_write_instead(sql, reason):
    with pytest.raises(Refused) as refused:
        check(sql)
    assert refused.value.reason == reason
    assert any(word in reason for word in (": ", "; "))


def test_parameters_must_be_declared_slots():
    sql = "select place_id from place where region = $region and batch = $batch"
    assert check(sql, {"region", "batch", "spare"}).parameters == {"region", "batch"}
    with pytest.raises(Refused, match="the parameter \\$region is not a slot of this query; did you mean regions"):
        check(sql, ["regions", "batch"])


def test_a_text_beyond_the_cap_is_refused_before_it_is_read():
    with pytest.raises(Refused, match="at most 20000"):
        check("select 1 -- " + "x" * 20_000)


@pytest.mark.parametrize(
    "text", ["not " * 3000 + "true", "- " * 5000 + "1", "case when " * 1500, "x." * 5000 + "y", "1+" * 9000 + "1"]
)
def test_deep_nesting_is_refused_or_read_but_never_crashes(text):
    with contextlib.suppress(Refused):
        check("select " + text)


def test_the_lists_hold_no_function_that_takes_a_size_a_name_a_clock_or_chance():
    banned = (
        "list_resize list_select list_aggregate list_aggr array_aggregate aggregate query invoke ago getvariable "
        "query_table now today current_date random uuid setseed getenv current_setting reservoir_quantile "
        "sleep_ms nextval error hash read_csv read_text glob json_execute_serialized_sql to_json"
    )
    assert not ENGINE_FUNCTIONS & set(banned.split())
    assert not FUNCTIONS.keys() & SYNTAX.keys()


def test_every_listed_function_is_one_that_the_engine_has():
    with duckdb.connect() as connection:
        known = {
            row[0]
            for row in connection.execute("SELECT DISTINCT lower(function_name) FROM duckdb_functions()").fetchall()
        }
    windows = {"row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value"}
    grammar = {
        "if",
        "iff",
        "ifnull",
        "nullif",
        "position",
        "count_star",
        "list_has",
        "percentile_cont",
        "percentile_disc",
    }
    grammar |= {"last_value", "nth_value", "~", "ceiling", "countif", "date", "row", "unnest"}
    assert ENGINE_FUNCTIONS - known - windows - grammar == set()


def test_a_verdict_repeats_the_id_and_says_why():
    assert verdict({"id": 7, "sql": "select 1 as x"}) == {"id": 7, "accepted": True, "reason": ""}
    refused = verdict({"id": "a", "sql": "select $n as x", "params": ["m"]})
    assert (refused["id"], refused["accepted"]) == ("a", False)
    assert "$n" in str(refused["reason"])
    assert verdict({"sql": "select $n as x", "params": {"n": 1}})["accepted"]
    assert not verdict({"sql": None})["accepted"]
    assert not verdict({"sql": "select 1", "params": "n"})["accepted"]
    json.dumps(refused)


def test_what_the_two_parsers_see_differently_is_refused():
    with pytest.raises(Refused):
        parse("select {# 1 #} 2")
    for sql in ("select from place", "select 'a' 'b'", "select"):
        parse(sql)
        with pytest.raises(Refused, match="does not read this"):
            check(sql)


SEEN_BY_THE_ENGINE = [
    "select * from place using sample 3",
    "select columns(c -> c like 'n%') from place",
    "select columns($text) from place",
    "select * from unnest([1]) with ordinality",
    "select * replace ((select value from meta) as name_en) from place",
    "select * from main.meta",
    "select * from store.main.place",
    "with meta as (select 1) select * from main.meta",
    "select main.sum(1)",
    "select 1::json",
    "select * from meta",
    "select * from range(1, (select 2))",
    "select * from range($n)",
    "select * from period, range(year)",
    "select repeat('x', 101)",
    "select repeat('x', year) from period",
    "select * from glob('*')",
    "select * from place pivot (max(name_en) for region in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h') "
    "batch in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h') unit in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'))",
    "select '\ud800'",
]


@pytest.mark.parametrize("sql", SEEN_BY_THE_ENGINE)
def test_the_second_opinion_sees_what_reaches_further(sql):
    with pytest.raises(Refused):
        second_opinion(sql)


def too_deep(tree):
    raise RecursionError


def test_a_rule_that_runs_out_of_stack_refuses(monkeypatch):
    monkeypatch.setattr(guard, "CHECKS", (too_deep,))
    with pytest.raises(Refused, match="nested too deep"):
        check("select 1 as too_deep")


def test_a_text_that_never_settles_is_refused(monkeypatch):
    texts = iter(f"select {number} as unsettled" for number in range(100))
    monkeypatch.setattr(guard, "text_of", lambda tree: next(texts))
    with pytest.raises(Refused, match="differently each time"):
        check("select 0 as never_settles")


@pytest.mark.parametrize("sql", ["select date '2014-03-31'::varchar as x", "select timestamp '2014-03-31'::date as x"])
def test_a_cast_that_the_parsers_tie_to_different_parts_is_refused(sql):
    with pytest.raises(Refused, match="read in two ways"):
        check(sql)
    assert check("select (date '2014-03-31')::varchar as x").sql.startswith("SELECT CAST((CAST(")


def test_parsers_that_see_different_tables_or_parameters_refuse(monkeypatch):
    other = Reading(frozenset(), frozenset({"meta"}), frozenset(), frozenset())
    monkeypatch.setattr(guard, "second_opinion", lambda sql: other)
    with pytest.raises(Refused, match="read in two ways"):
        check("select place_id as seen_twice from place")
