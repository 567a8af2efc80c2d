"""What killed programs have left half written beside a store is swept by the next start, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from programs import tiny_store

from xinfo.cli import main

OLD = time.time() - 7200


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tiny_store(tmp_path)


def lying(path: Path, old: bool = True, folder: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir() if folder else path.write_text("half", encoding="utf-8")
    if old:
        os.utime(path, (OLD, OLD))
    return path


def test_drafts_of_killed_programs_go_and_all_else_stays(store: Path) -> None:
    beside = store.with_name
    gone = [
        lying(beside(".tiny.duckdb.vocabulary-ab12cd.part")),
        lying(beside("tiny.duckdb.briefings") / "written" / "0123-docx.part"),
        lying(beside("tiny.duckdb.bin") / "000001" / ".told-x.part"),
        lying(beside("tiny.duckdb.taking-over-17"), folder=True),
    ]
    kept = [
        lying(beside(".tiny.duckdb.vocabulary-new.part"), old=False),
        lying(beside("tiny.duckdb.taking-over-18"), old=False, folder=True),
        lying(beside("tiny.duckdb.briefings") / "xining.yaml"),
        lying(beside("other.duckdb.taking-over-17"), folder=True),
        lying(beside(".other-ab12cd.part")),
        lying(beside("notes.part")),
    ]
    before = [path for path in store.parent.rglob("*") if path.is_file() and path not in gone]
    assert main(["bin", "sweep", "--store", str(store)]) == 0
    assert not [path for path in gone if path.exists()]
    assert all(path.exists() for path in [*kept, *before])
