"""The engine runs what it is given within its limits, and reaches nothing but the store; each limit is tried."""

from __future__ import annotations

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sql.store import tiny_store
from xinfo.errors import EngineError, StoreError, TookTooLong
from xinfo.query.engine import DuckEngine, Handle
from xinfo.query.failure import in_words
from xinfo.query.guard import check
from xinfo.shares import Claimant, on_behalf

LONG = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = -1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    tiny_store(folder / "tiny.duckdb")
    (folder / "canary.csv").write_text("a\nCANARY\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def engine(folder):
    engine = DuckEngine(folder / "tiny.duckdb", memory="200MB", threads=2, at_once=4)
    yield engine
    engine.close()


def run(engine, sql, params=None, *, row_cap=100, seconds=5.0, handle=None):
    return engine.execute(sql, params or {}, row_cap=row_cap, seconds=seconds, handle=handle)


def test_rows_come_with_their_columns_and_plain_values(engine):
    sql = (
        "SELECT 1.50::DECIMAL(4, 2) AS a, DATE '2014-01-01' AS b, [1.5::DECIMAL(3, 1), NULL] AS c, $x AS d, NULL AS e, "
    )
    sql += "{'a': 2.5::DECIMAL(3, 1)} AS f"
    result = run(engine, sql, {"x": "西宁"})
    assert result.columns == ("a", "b", "c", "d", "e", "f")
    assert result.rows == ((1.5, datetime.date(2014, 1, 1), [1.5, None], "西宁", None, {"a": 2.5}),)
    assert isinstance(result.rows[0][0], float)
    assert not result.truncated
    assert result.elapsed_ms > 0


def test_rows_beyond_the_cap_are_left_out_and_told(engine):
    sql = "SELECT place_id FROM place ORDER BY place_id"
    assert (len(run(engine, sql, row_cap=2).rows), run(engine, sql, row_cap=2).truncated) == (2, True)
    assert (len(run(engine, sql, row_cap=5).rows), run(engine, sql, row_cap=5).truncated) == (5, False)


def test_a_result_of_huge_values_is_stopped_before_it_fills_the_memory(engine):
    result = run(engine, "SELECT repeat('x', 1000) AS x FROM range(5000)", row_cap=5000)
    assert len(result.rows) == 5000
    with pytest.raises(TookTooLong, match="more memory"):
        run(engine, "SELECT repeat('x', 30000) AS x FROM range(5000)", row_cap=5000)
    with pytest.raises(TookTooLong, match="more memory"):
        run(engine, "SELECT {'a': [repeat('x', 15000), repeat('x', 15000)]} AS x FROM range(5000)", row_cap=5000)


FORBIDDEN = [
    "SELECT * FROM read_csv('{folder}/canary.csv')",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_blob('{folder}/tiny.duckdb')",
    "SELECT * FROM '{folder}/canary.csv'",
    "SELECT * FROM glob('{folder}/*')",
    "COPY place TO '{folder}/out.csv'",
    "COPY place TO '{folder}/tiny.duckdb.wal'",
    "COPY (SELECT 1) TO '{folder}/out.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/new.duckdb'",
    "ATTACH '{folder}/tiny.duckdb' AS again",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '100GB'",
    "SET threads = 64",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA threads = 64",
    "SET temp_directory = '{folder}'",
    "INSERT INTO place (place_id) VALUES ('x')",
    "UPDATE place SET name_en = 'x'",
    "DELETE FROM place",
    "DROP TABLE place",
    "CREATE TABLE t AS SELECT 1",
    "CREATE VIEW v AS SELECT 1",
    "ALTER TABLE place ADD COLUMN x INTEGER",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_connection_alone_reaches_no_file_setting_or_extension_and_writes_nothing(engine, folder, sql):
    before = {path.name: path.stat().st_size for path in folder.iterdir()}
    with pytest.raises(EngineError) as failed:
        run(engine, sql.format(folder=folder))
    assert str(folder) not in str(failed.value)
    assert {path.name: path.stat().st_size for path in folder.iterdir()} == before
    assert len(run(engine, "SELECT * FROM place").rows) == 5


def test_frames_of_the_program_are_no_tables(engine):
    some_frame = [{"a": 1}]
    with pytest.raises(EngineError):
        run(engine, "SELECT * FROM some_frame")
    assert some_frame


def test_a_query_past_its_time_is_stopped_and_the_next_one_works(engine):
    start = time.perf_counter()
    with pytest.raises(TookTooLong, match="took too long") as stopped:
        run(engine, LONG, seconds=0.3)
    assert in_words(stopped.value, "zh") == "查询用时过长，已停止；请缩小提问范围"
    assert time.perf_counter() - start < 2
    assert run(engine, "SELECT 1 AS x").rows == ((1,),)


def test_no_time_at_all_is_too_little(engine):
    with pytest.raises(TookTooLong):
        run(engine, LONG, seconds=0)


def test_the_time_covers_fetching_too(engine):
    slow_rows = "SELECT a.range FROM range(100000000) a WHERE hash(a.range) % 50000000 = 1"
    with pytest.raises(TookTooLong):
        run(engine, slow_rows + " UNION ALL " + LONG, row_cap=1000, seconds=0.3)


def test_a_query_beyond_its_memory_is_stopped_and_nothing_spills(engine, folder):
    with pytest.raises(TookTooLong, match="more memory"):
        run(engine, "SELECT list(a) FROM range(60000000) t(a)", seconds=20)
    assert {path.name for path in folder.iterdir()} == {"tiny.duckdb", "canary.csv"}
    assert run(engine, "SELECT 1 AS x").rows == ((1,),)


def test_a_running_query_can_be_cancelled(engine):
    handle = Handle()
    threading.Timer(0.2, handle.cancel).start()
    start = time.perf_counter()
    with pytest.raises(TookTooLong, match="cancelled"):
        run(engine, LONG, seconds=20, handle=handle)
    assert time.perf_counter() - start < 2
    assert run(engine, "SELECT 1 AS x").rows == ((1,),)


def test_a_query_cancelled_before_its_start_does_not_start(engine):
    handle = Handle()
    handle.cancel()
    with pytest.raises(TookTooLong, match="cancelled"):
        run(engine, LONG, seconds=20, handle=handle)


def test_cancelling_one_query_leaves_the_others_alone(engine):
    handle = Handle()
    with ThreadPoolExecutor(2) as pool:
        doomed = pool.submit(run, engine, LONG, seconds=20, handle=handle)
        other = pool.submit(run, engine, "SELECT sum(range) AS s FROM range(20000000)", seconds=20)
        time.sleep(0.05)
        handle.cancel()
        assert other.result().rows == ((199999990000000.0,),)
        with pytest.raises(TookTooLong):
            doomed.result()


def test_many_threads_each_get_their_own_rows(engine):
    def ask(number: int) -> bool:
        return run(engine, "SELECT $n AS n, count(*) AS c FROM place", {"n": number}).rows == ((number, 5),)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(300)))


def test_a_query_that_finds_no_turn_in_time_says_so(folder):
    engine = DuckEngine(folder / "tiny.duckdb", memory="200MB", threads=2, at_once=1)
    handle = Handle()
    with ThreadPoolExecutor(1) as pool:
        doomed = pool.submit(run, engine, LONG, seconds=20, handle=handle)
        time.sleep(0.1)
        with pytest.raises(TookTooLong, match="busy"), on_behalf(Claimant("another")):
            run(engine, "SELECT 1", seconds=0.1)
        handle.cancel()
        with pytest.raises(TookTooLong):
            doomed.result()
    assert run(engine, "SELECT 1 AS x").rows == ((1,),)


def test_a_long_list_of_values_chooses_the_same_rows_as_a_short_one(engine):
    sql = """SELECT place_id, CASE WHEN list_contains($others, place_id) THEN 1 END AS x FROM place
             WHERE list_contains($places, place_id) AND NOT list_contains($others, place_id) ORDER BY place_id"""
    sql = check(sql).sql
    known = [row[0] for row in run(engine, "SELECT place_id FROM place ORDER BY place_id").rows]
    short = {"places": known[1:], "others": known[2:3]}
    more = [f"nowhere-{number}" for number in range(100)]
    long = {name: [*more, *values] for name, values in short.items()}
    assert (
        run(engine, sql, long).rows == run(engine, sql, short).rows == tuple((p, None) for p in (known[1], *known[3:]))
    )


FAILURES = [
    ("SELECT nothing FROM place", {}, "do not fit together"),
    ("SELECT * FROM app_secret", {}, "does not exist"),
    ("SELECT CAST('x' AS INTEGER)", {}, "cannot be converted"),
    ("SELEC 1", {}, "cannot read"),
    ("SELECT $a", {}, "match its parameters"),
    ("SELECT $a", {"a": 1, "b": 2}, "match its parameters"),
    ("SELECT 9223372036854775807::BIGINT + 1::BIGINT", {}, "out of range"),
    ("SELECT $a", {"a": object()}, "the database|bound|fit"),
]


@pytest.mark.parametrize(("sql", "params", "words"), FAILURES)
def test_a_failure_is_told_in_plain_words_without_the_engines_own(engine, sql, params, words):
    with pytest.raises(EngineError, match=words) as failed:
        run(engine, sql, params)
    assert not any(leak in str(failed.value) for leak in ("Error:", "LINE", "Candidate", "Did you mean", "secret"))


@pytest.mark.parametrize("content", [None, b"", b"this is no database" * 300])
def test_a_missing_or_broken_store_is_refused_in_plain_words(tmp_path, content):
    path = tmp_path / "broken.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"broken\.duckdb cannot be opened"):
        DuckEngine(path)


def test_two_engines_may_share_a_store_and_closing_one_leaves_the_other(folder, engine):
    other = DuckEngine(folder / "tiny.duckdb", memory="200MB", threads=2)
    assert run(other, "SELECT 1 AS x").rows == ((1,),)
    with pytest.raises(EngineError):
        run(other, "SET threads = 8")
    other.close()
    assert run(engine, "SELECT 1 AS x").rows == ((1,),)


def test_a_closed_engine_says_so(folder):
    engine = DuckEngine(folder / "tiny.duckdb", memory="200MB", threads=2)
    engine.close()
    with pytest.raises(EngineError):
        run(engine, "SELECT 1")
