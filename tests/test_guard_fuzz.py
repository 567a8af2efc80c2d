"""Statements made by accident and on purpose out of others: whatever the guard lets through can do no harm.

The judge is the engine. Every accepted text runs on a connection without any hardening, on a store with canaries in
tables that no query may read and in a file that no query may open; none of them may come out, and nothing may change.
"""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sql.mutants import HONEST, mutant
from tests.sql.trap import MARK, Trap
from xinfo.errors import Refused
from xinfo.query.guard import check


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """Runs a text and tells what came out; in the end nothing may have changed."""
    trap = Trap(tmp_path_factory.mktemp("trap"))
    yield trap.run
    assert trap.unchanged
    trap.close()


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
@pytest.mark.long
def test_whatever_is_accepted_of_mutated_sql_touches_no_canary_and_changes_nothing(trap, seed):
    sql = mutant(seed)
    try:
        checked = check(sql)
    except Refused:
        return
    assert MARK not in trap(checked.sql, checked.parameters), sql
    assert check(checked.sql).sql == checked.sql


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_is_accepted_or_refused_but_never_crashes(text):
    for sql in (text, f"select {text} from place", f"select '{text}'"):
        try:
            check(sql)
        except Refused as refused:
            assert refused.reason  # noqa: PT017


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(HONEST), st.integers(0, 2**16), st.sampled_from(["", "(", ")", ",", "()", " null", "''", "[]"]))
def test_a_call_that_lacks_a_part_or_has_one_too_many_is_refused_and_never_crashes(sql, place, put):
    parts = re.split(r"([(),\[\]{}])", sql)
    place %= len(parts)
    parts[place : place + (not put)] = [put] if put else []
    with contextlib.suppress(Refused):
        check("".join(parts))


FOUND = [
    "select from place intersect select from target order by 1",
    "select * from place pivot (count(*) for region in regions)",
]


@pytest.mark.parametrize("sql", FOUND)
def test_what_crashed_once_is_accepted_or_refused(sql):
    with contextlib.suppress(Refused):
        check(sql)


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
