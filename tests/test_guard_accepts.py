"""Honest SQL passes the guard, and what is printed from the checked tree means what was written."""

from __future__ import annotations

import statistics
import time

import duckdb
import pytest
import sqlglot
from ruamel.yaml import YAML

from tests.sql.store import HERE, PARAMETERS, SCHEMA, honest, tiny_store
from xinfo.query.guard import check, narrow
from xinfo.query.schema import PUBLISHED_VIEWS, RESERVED, TABLES


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with duckdb.connect(str(tiny_store(tmp_path_factory.mktemp("store") / "tiny.duckdb"))) as connection:
        # What is in no order comes in the same one each time.
        connection.execute("SET threads = 1")
        yield connection


def test_the_corpus_is_large_enough_to_mean_something():
    assert len(honest()) >= 400


@pytest.mark.parametrize(
    ("kind", "sql"), [pytest.param(*one, marks=pytest.mark.long if n % 4 else ()) for n, one in enumerate(honest())]
)
def test_honest_sql_is_accepted_and_means_the_same_printed_and_names_no_demonstration_row_narrowed(store, kind, sql):
    checked = check(sql)
    bound = {name: PARAMETERS[name] for name in checked.parameters}
    assert store.execute(checked.sql, bound).fetchall() == store.execute(sql, bound).fetchall()
    assert check(checked.sql).sql == checked.sql
    narrowed = narrow(checked, published_only=True)
    store.execute(narrowed, bound).fetchall()
    read = {table.name.lower() for table in sqlglot.parse_one(narrowed, read="duckdb").find_all(sqlglot.exp.Table)}
    assert not read & PUBLISHED_VIEWS.keys()


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_each_call_means_the_same_once_printed(store, step):
    calls = YAML(typ="safe").load((HERE / "calls.yaml").read_text(encoding="utf-8"))
    assert len(calls) > 500
    changed = [
        sql
        for sql in calls[::step]
        if repr(store.execute(sql).fetchall()) != repr(store.execute(check(sql).sql).fetchall())
    ]
    assert not changed


def test_narrowing_leaves_out_the_demonstration_rows_and_nothing_else(store):
    checked = check(
        "select observation.place_id from observation join metric m using (metric_id) where m.unit = 'yuan'"
    )
    everything = {row[0] for row in store.execute(narrow(checked, published_only=False)).fetchall()}
    published = {row[0] for row in store.execute(narrow(checked, published_only=True)).fetchall()}
    assert everything - published == {"shenzhen"}
    assert narrow(checked, published_only=False) == checked.sql


def test_a_checked_statement_tells_its_tables_and_its_parameters():
    checked = check("with a as (select * from OBSERVATION where place_id = $place) select * from a, period p limit $n")
    assert checked.tables == {"observation", "period"}
    assert checked.parameters == {"place", "n"}


def test_the_tables_that_queries_may_name_are_the_tables_of_the_store():
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        rows = connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
        ).fetchall()
    columns: dict[str, tuple[str, ...]] = {}
    for table, column in rows:
        columns[table] = (*columns.get(table, ()), column)
    assert {table: columns[table] for table in TABLES} == dict(TABLES)
    assert {view: columns[view] for view in PUBLISHED_VIEWS.values()} == {
        view: TABLES[table] for table, view in PUBLISHED_VIEWS.items()
    }
    assert columns.keys() == RESERVED


def test_the_guard_remembers_what_it_has_checked():
    sql = "select place_id from place where region = $text -- remembered"
    check(sql)
    times = []
    for _ in range(50):
        start = time.perf_counter()
        check(sql, {"text"})
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.001
