"""The commands around the log, the rules and backups: what they say, and their exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from xinfo import audit
from xinfo.audit import log
from xinfo.cli import main
from xinfo.store.build import build

AT = "2016-02-01T08:00:00+08:00"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def logged(tmp_path: Path) -> Path:
    """A store's name with a log of two people."""
    store = tmp_path / "store.duckdb"
    audit.record(store, "ask", who="li", at=AT, what={"question": "=西宁", "status": "answered"}, fingerprint="f")
    audit.record(store, "load", who="wang", at=AT, what={"files": ["a.csv"]})
    return store


def test_the_log_is_shown_and_filtered(logged: Path, run: Run) -> None:
    status, out, _ = run("audit", "--store", logged)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["1", "2"]
    assert "question: =西宁, status: answered" in out
    assert 'files: ["a.csv"]' in run("audit", "--store", logged, "--did", "load")[1]
    assert run("audit", "--store", logged, "--who", "nobody")[1] == ""
    shown = run("audit", "--store", logged, "--last", 1, "--json")[1]
    assert json.loads(shown)["who"] == "wang"


def test_verify_says_what_is_wrong_and_exits_with_1(logged: Path, run: Run) -> None:
    status, out, _ = run("audit", "verify", "--store", logged)
    assert status == 0
    assert "2 entries: nothing was changed; the last one is " in out
    last = out.split()[-1]
    assert run("audit", "verify", "--store", logged, "--has", last)[0] == 0
    assert run("audit", "verify", "--store", logged, "--has", "0" * 64)[0] == 1
    [path] = log.files(logged)
    path.write_bytes(path.read_bytes().replace(b'"li"', b'"me"'))
    status, out, err = run("audit", "verify", "--store", logged)
    assert status == 1
    assert "000001.jsonl, line 1: no whole entry, or one that was changed" in err
    told = json.loads(run("audit", "verify", "--store", logged, "--json")[1])
    assert (told["whole"], told["entries"]) == (False, 1)


def test_the_log_is_exported_for_spreadsheets_and_programs(logged: Path, run: Run, tmp_path: Path) -> None:
    assert run("audit", "export", "--store", logged, "--out", tmp_path / "log.csv")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8-sig"))))
    assert [row["who"] for row in rows] == ["li", "wang"]
    assert json.loads(rows[0]["what"])["question"] == "=西宁"
    assert run("audit", "export", "--store", logged, "--out", tmp_path / "log.jsonl")[0] == 0
    assert (tmp_path / "log.jsonl").read_bytes() == log.files(logged)[0].read_bytes()


def test_a_backup_is_made_checked_and_put_back(run: Run, tmp_path: Path) -> None:
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(tmp_path / "a.duckdb", shipped=HERE, data=tmp_path / "data", built_at=AT)
    status, out, _ = run("backup", tmp_path / "b.zip", "--store", tmp_path / "a.duckdb", "--by", "li")
    assert status == 0
    assert "b.zip: 2 files" in out
    status, out, err = run("restore", tmp_path / "b.zip", "--check")
    assert (status, err) == (0, "")
    assert out.startswith(f"{tmp_path / 'b.zip'}: whole, 2 files, saved 2")
    assert out.endswith(" by li\n")
    assert run("restore", tmp_path / "b.zip", "--store", tmp_path / "c.duckdb")[0] == 0
    status, _, err = run("restore", tmp_path / "b.zip", "--store", tmp_path / "c.duckdb")
    assert status == 1
    assert "is not empty" in err
    out = run("restore", tmp_path / "b.zip", "--store", tmp_path / "c.duckdb", "--overwrite")[1]
    assert "what was there before is in" in out
    assert "backup" in run("audit", "--store", tmp_path / "a.duckdb")[1]


def test_rules_are_checked_and_what_they_grant_is_said(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "a.duckdb"
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(store, shipped=HERE, data=tmp_path / "data", built_at=AT)
    rules = tmp_path / "a.duckdb.access.yaml"
    rules.write_text("people: {wang@x.cn: {roles: analyst, places: [西宁市]}}", encoding="utf-8")
    assert run("access", "--store", store) == (0, f"{rules}: 1 addresses, 0 groups\n", "")
    shown = run("access", "show", "wang@x.cn", "--store", store)[1].splitlines()
    assert shown[0] == "wang@x.cn: analyst"
    assert "  load      yes, only for xining" in shown
    assert "  teach     no" in shown
    rules.write_text("people: {wang@x.cn: {roles: analyst, places: [Nowhere]}}", encoding="utf-8")
    status, _, err = run("access", "--store", store)
    assert status == 1
    assert "'Nowhere' is no place" in err
    assert run("access", "show", "--store", store)[0] == 1
