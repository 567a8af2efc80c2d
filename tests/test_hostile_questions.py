"""Whatever is typed gets an answer or a plain word why not, in time that grows no faster than the text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from panels import HERE, figure, write_csv

from xinfo.answer.answer import Answer
from xinfo.answer.form import to_json
from xinfo.ask import open_workspace
from xinfo.store.build import build
from xinfo.understand.read import LONGEST

ROOT = Path(__file__).resolve().parents[1]
PIECES = [
    *(
        "GDP",
        "of",
        "Xining",
        "2014",
        "西宁",
        "的",
        "增长",
        "top 5",
        "growth",
        "vs",
        "above",
        "亿元",
        "%",
        "Q3",
        "前三季度",
    ),
    *("\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u0000", "\x1b[31m", "\ud83d", "\U0001f600", "e\u0301", "ﬁ"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![](http://x.org)"),
    *(
        "{{7*7}}",
        "${jndi:ldap://x}",
        "{place}",
        "$place",
        "%s",
        "%n",
        "`",
        "$$",
        ":red[x]",
        "\\",
        "'; DROP TABLE place",
    ),
    *("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "(" * 40, "[" * 40, "9" * 400, "九" * 100, "٣", "½", "²", "Ⅷ", "1e400"),
    *("-" * 60, "." * 60, "," * 60, "a" * 200, "the " * 40, "和" * 60, "\n" * 20, "\t", "\u3000", "\xa0", "..", "…"),
]
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=14).map(" ".join)


@pytest.fixture(scope="module")
def conversation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    write_csv(folder / "observation.csv", [figure("gdp", str(year), 100 + year) for year in range(2012, 2016)])
    store = folder / "store.duckdb"
    build(store, shipped=HERE, data=folder, built_at="2016-02-01")
    return open_workspace(store, ROOT / "queries").conversation("en")


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(hostile)
def test_any_text_gets_an_answer_or_a_word_why_not(conversation, question):
    reply = conversation.ask(question)
    said = json.dumps(to_json(reply), ensure_ascii=False)
    assert said.encode("utf-8")
    assert isinstance(reply, Answer) or reply.unclear.reason
    assert not any(leak in said for leak in ("Traceback", "sqlglot", "duckdb."))


@pytest.mark.parametrize("number", ["9" * 400, "٣" * 100, "１" * 400, "九" * 400, "1" + "亿" * 60])
@pytest.mark.parametrize(
    "question", ["{}", "cities with GDP above {}", "top {} cities by GDP in 2014", "last {} years"]
)
def test_a_number_beyond_counting_is_no_number(conversation, question, number):
    assert not isinstance(conversation.ask(question.format(number)), Answer)


@pytest.mark.parametrize("unit", ["GDP of Xining and ", "西宁", "9", "(", "\u202e", "e\u0301", "1,", "2014-", "asdf "])
def test_a_text_beyond_the_limit_is_told_so_in_time_linear_in_its_length(conversation, unit):
    took = {}
    for length in (1_000, 100_000):
        question = (unit * length)[:length]
        began = time.perf_counter()
        reply = conversation.ask(question)
        took[length] = time.perf_counter() - began
        assert reply.unclear.status == "refused"
        assert str(LONGEST) in reply.unclear.reason
    assert took[100_000] < 0.5, took


@pytest.mark.parametrize(
    "unit", ["GDP of Xining and ", "西宁市国内生产总值", "9 ", "((", "e\u0301 ", "1,2,", "% ", "asdf qwer "]
)
def test_within_the_limit_no_pattern_is_slow(conversation, unit):
    question = (unit * LONGEST)[:LONGEST].strip()
    conversation.ask(question[:50])
    began = time.process_time()
    conversation.ask(question)
    assert time.process_time() - began < 3
