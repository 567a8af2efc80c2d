"""Whatever is written, the guard reads it in a moment and in little memory: it judges each text as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.sql.growing import GROWING
from tests.sql.store import honest
from xinfo.errors import Refused
from xinfo.query.guard import check
from xinfo.query.guard.allow import MAX_CHARACTERS, MAX_COLUMNS, MAX_DEPTH, MAX_TOKENS

TIMES, MEGABYTES = 20, 200
HONEST = "select * from place where place_id in (" + ", ".join(f"'p{at}'" for at in range(1_000)) + ")"
"""Of as many words as may be; what a text may take is told by it, as machines differ."""
PROGRAM = """
import json, resource, sys, time
from xinfo.query.guard import verdict

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

verdict({"sql": "select a.name_en, sum(b.value) from place a join observation b using (place_id) group by all"})
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
for line in sys.stdin:
    at, before = time.process_time(), peak()
    said = verdict({"sql": json.loads(line)})
    print(json.dumps([time.process_time() - at, peak() - before, said["reason"]]), flush=True)
"""


@pytest.fixture(scope="module")
def judged() -> dict[str, tuple[float, float, str]]:
    """Processor seconds, megabytes beside what the process had, and words of each text."""
    texts = "\n".join(map(json.dumps, [HONEST, *GROWING.values()]))
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=texts, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return dict(zip(["honest", *GROWING], map(json.loads, run.stdout.splitlines()), strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the memory like that")
@pytest.mark.parametrize("name", GROWING)
def test_a_text_that_grows_while_it_is_read_is_judged_at_once(judged, name):
    assert len(GROWING[name]) <= MAX_CHARACTERS
    seconds, megabytes, _ = judged[name]
    assert seconds < TIMES * judged["honest"][0]
    assert megabytes < MEGABYTES


REFUSED = [
    ("select " + ", ".join(["*"] * 100) + " from place", f"a query may have at most {MAX_COLUMNS} columns"),
    ("select 1" + ", 1" * MAX_TOKENS, f"at most {MAX_TOKENS} are read"),
    ("select [1]" + "[1]" * 60, "more than 25 brackets follow each other"),
    ("select 1" + " + 1" * 400, f"nested more than {MAX_DEPTH} parts deep"),
    ("select " + "not " * 900 + "true", "can be read"),
    ("from place |> select *", "cannot be read"),
]


@pytest.mark.parametrize(("sql", "reason"), REFUSED)
def test_what_is_too_much_is_said(sql, reason):
    with pytest.raises(Refused, match=reason):
        check(sql)


def test_honest_sql_is_far_from_the_limits():
    longest = max((sql for _, sql in honest()), key=len)
    check(longest + " -- " + "and so on " * 1_500)
    check(HONEST)
