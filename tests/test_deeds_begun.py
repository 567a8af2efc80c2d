"""Whatever changes what counts is in the log before it does; where the log cannot be written, it is not done."""

from __future__ import annotations

from pathlib import Path

import pytest
from programs import tiny_store

from xinfo.audit import log
from xinfo.audit.verify import entries
from xinfo.cli import main
from xinfo.store import versions
from xinfo.store.add import add


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tiny_store(tmp_path)
    file = tmp_path / "more.csv"
    file.write_text("place,metric,period,value,unit\nxining,gdp,2012,90,billion yuan\n", encoding="utf-8")
    add(store, [file], built_at="2016-03-01T08:00:00+08:00")
    return store


def test_what_is_about_to_count_is_noted_first(store: Path) -> None:
    assert main(["versions", "restore", "1", "--store", str(store), "--by", "li"]) == 0
    assert versions.current(store).stem == "000003"
    begun, done = entries(store)
    assert (begun.did, begun.what, begun.who) == ("begin", {"deed": "restore", "version": 1}, "li")
    assert (done.did, done.what["made"]) == ("restore", 3)


@pytest.mark.parametrize("command", [["versions", "restore", "1"], ["versions", "forget", "1", "--yes"]])
def test_what_cannot_be_noted_is_not_done(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log, "_write", full)
    assert main([*command, "--store", str(store), "--by", "li"]) == 1
    assert "cannot be written: No space left on device" in capsys.readouterr().err
    assert versions.current(store).stem == "000002"
    assert len(versions.listed(store)) == 2
