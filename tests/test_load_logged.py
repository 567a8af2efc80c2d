"""A load is in the log or not in the store, whatever happens in between."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from xinfo import audit
from xinfo.audit import log
from xinfo.audit.verify import BEGUN, LOAD, entries, unlogged
from xinfo.cli import main
from xinfo.store import versions
from xinfo.store.add import add
from xinfo.store.build import build

AT = "2016-02-01T08:00:00+08:00"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(tmp_path / "store.duckdb", shipped=HERE, data=tmp_path / "data", built_at=AT)
    write_csv(tmp_path / "more.csv", [figure("gdp", "2015", 1131, {"unit": "亿元"})])
    return tmp_path / "store.duckdb"


def load(store: Path) -> int:
    return main(["load", str(store.with_name("more.csv")), "--store", str(store), "--by", "li"])


def verified(store: Path) -> int:
    return main(["audit", "verify", "--store", str(store)])


def test_a_load_is_written_before_it_counts_and_marked_after(store: Path) -> None:
    assert load(store) == 0
    before, after = entries(store)
    assert (before.did, before.what["version"], before.who) == (BEGUN, 2, "li")
    assert (after.did, after.what["outcome"], after.what["version"], after.store) == (LOAD, "loaded", 2, before.store)
    assert verified(store) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_cannot_be_logged_is_not_loaded(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.folder(store).mkdir()
    (log.folder(store) / "000001.jsonl").symlink_to("/dev/full")
    assert load(store) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert [path.name for path in versions.listed(store)] == ["000001.duckdb"]


def test_a_load_that_was_killed_before_it_counted_is_in_the_log_alone(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(versions, "_publish", _killed)
        assert load(store) != 0
    assert [entry.did for entry in entries(store)] == [BEGUN]
    assert versions.current(store).name == "000001.duckdb"
    assert load(store) == 0
    assert verified(store) == 0, "the next one has the same number"


def _killed(*_: Path) -> None:
    raise KeyboardInterrupt


@pytest.mark.long
def test_loads_past_the_log_and_a_log_cut_back_before_a_load_are_found(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.record(store, "ask", who="li", at=AT)
    load(store)
    write_csv(tmp_path / "past.csv", [figure("gdp", "2016", 1248, {"unit": "亿元"})])
    add(store, [(tmp_path / "past.csv").rename(tmp_path / "observation.csv")], built_at=AT, who="wang")
    assert unlogged(store) == ("version 3 was loaded by wang, and the log has no entry",)
    assert verified(store) == 1
    assert "version 3 was loaded by wang" in capsys.readouterr().err
    shutil.copyfile(versions.numbered(store, 3), versions.numbered(store, 2))
    assert "version 2 has other figures than the log says that were loaded" in unlogged(store)
