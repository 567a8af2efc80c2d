"""Statements made by accident and on purpose out of others: whatever the guard lets through can do no harm.

The judge is the engine. Every accepted text runs on a connection without any hardening, on a store with canaries in
tables that no query may read and in a file that no query may open; none of them may come out, and nothing may change.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import re
import threading

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot.errors import SqlglotError
from sqlglot.tokens import Tokenizer

from tests.sql.store import PARAMETERS, honest, hostile, tiny_store
from xinfo.errors import Refused
from xinfo.query.guard import check

HONEST = [sql for _, sql in honest()]
HOSTILE = [sql for _, sql in hostile()]
SPICE = [
    "(",
    ")",
    ",",
    ";",
    "--",
    "/*",
    "*/",
    ".",
    "*",
    "'",
    '"',
    "$place",
    "?",
    "meta",
    "published",
    "canary",
    "query('meta')",
]
SPICE += [
    "from",
    "select",
    "union",
    "with",
    "as",
    "into",
    "(select value from meta)",
    "read_text('canary.csv')",
    "'canary.csv'",
]
MARK = "CANARY"


def tokens(sql: str) -> list[str]:
    """The words and signs of a text as they stand."""
    try:
        return [sql[token.start : token.end + 1] for token in Tokenizer(dialect="duckdb").tokenize(sql)]
    except SqlglotError:
        return sql.split()


def mutant(seed: int) -> str:
    """A text made of an honest one by one to four changes: drop, double, swap, change case, comment, splice."""
    chance = random.Random(seed)
    parts = tokens(chance.choice(HONEST))
    other = tokens(chance.choice(HOSTILE if chance.random() < 0.6 else HONEST)) or [";"]
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(parts)) if parts else 0
        start = chance.randrange(len(other))
        changes = [
            lambda at=place: parts.pop(at) if parts else None,
            lambda at=place: parts.insert(at, chance.choice(SPICE)),
            lambda at=place: parts.__setitem__(slice(at, at + 1), [chance.choice(other)]),
            lambda at=place, s=start: parts.__setitem__(slice(at, at + 2), other[s : s + chance.randint(1, 8)]),
            lambda at=place: parts.__setitem__(slice(at, at + 1), [part.swapcase() for part in parts[at : at + 1]]),
            lambda at=place: parts.insert(at, chance.choice(["/* x */", "-- x\n", "/* ; */"])),
            lambda at=place: parts.reverse() if chance.random() < 0.05 else parts.append(chance.choice(other)),
        ]
        chance.choice(changes)()
    return " ".join(parts)


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """An unhardened, writable store with canaries; runs a text and tells what came out."""
    folder = tmp_path_factory.mktemp("trap")
    (folder / "canary.csv").write_text(f"a\n{MARK}-file\n", encoding="utf-8")
    path = tiny_store(folder / "tiny.duckdb")
    here = os.getcwd()
    os.chdir(folder)
    connection = duckdb.connect(str(path))
    connection.execute(f"CREATE TABLE canary AS SELECT '{MARK}-table' AS value")
    connection.execute("CHECKPOINT")

    def state() -> tuple[object, ...]:
        found = connection.execute(
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()"
        )
        names = tuple(sorted(row[0] for row in found.fetchall()))
        values = connection.execute("SELECT name, value FROM duckdb_settings() ORDER BY name").fetchall()
        return names, hashlib.sha256(repr(values).encode()).hexdigest(), tuple(sorted(os.listdir(folder)))

    def run(sql: str, names: frozenset[str]) -> str:
        timer = threading.Timer(2, connection.interrupt)
        timer.start()
        try:
            return repr(connection.execute(sql, {name: PARAMETERS.get(name, 1) for name in names}).fetchmany(2000))
        except duckdb.Error as error:
            return "" if not isinstance(error, duckdb.InterruptException | duckdb.OutOfMemoryException) else MARK
        finally:
            timer.cancel()

    before = state()
    yield run
    assert state() == before
    connection.close()
    os.chdir(here)


@settings(max_examples=700, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_whatever_is_accepted_of_mutated_sql_touches_no_canary_and_changes_nothing(trap, seed):
    sql = mutant(seed)
    try:
        checked = check(sql)
    except Refused:
        return
    assert MARK not in trap(checked.sql, checked.parameters), sql
    assert check(checked.sql).sql == checked.sql


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_is_accepted_or_refused_but_never_crashes(text):
    for sql in (text, f"select {text} from place", f"select '{text}'"):
        try:
            check(sql)
        except Refused as refused:
            assert refused.reason  # noqa: PT017


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(HONEST), st.integers(0, 2**16), st.sampled_from(["", "(", ")", ",", "()", " null", "''", "[]"]))
def test_a_call_that_lacks_a_part_or_has_one_too_many_is_refused_and_never_crashes(sql, place, put):
    parts = re.split(r"([(),\[\]{}])", sql)
    place %= len(parts)
    parts[place : place + (not put)] = [put] if put else []
    with contextlib.suppress(Refused):
        check("".join(parts))


PARTLY = [
    "sum(distinct 1, list_transform([1], lambda x : x))",
    "replace(name_en, region,)",
    "regexp_replace('a', '[a-z]''*')",
    "repeat('a')",
    "strftime(1)",
]


@pytest.mark.parametrize("call", PARTLY)
def test_a_call_without_its_last_part_never_crashes(call):
    with contextlib.suppress(Refused):
        check(f"select {call} as x from place")
