"""A disk that may only be read, and one that loses what it was not told to keep: what stands beside a store."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.test_faults import WAYS, Way
from xinfo import audit
from xinfo.audit import log
from xinfo.audit.verify import verify
from xinfo.errors import StoreError, XinfoError

every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[str], None]]]:
    """A small file system of its own, and what mounts it anew with other options."""
    place, mount = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    command = [mount or "", "-t", "tmpfs", "-o", "size=12m", "xinfo", str(place)]
    if os.name == "nt" or os.geteuid() != 0 or not mount or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield place, lambda options: subprocess.run([mount, "-o", f"remount,{options}", str(place)], check=True) and None
    subprocess.run(["umount", "-l", str(place)], check=True)


@every_way
def test_where_nothing_may_be_written_it_is_said_and_the_old_can_be_read(
    way: Way, disk: tuple[Path, Callable[[str], None]]
) -> None:
    place, again = disk
    folder = place / "f"
    folder.mkdir()
    way.write(folder, 0)
    (place / "beside").mkdir()
    way.write(place / "beside", 1)  # what is given from outside is there before
    old = way.read(folder)
    again("ro")
    try:
        done = way.write(folder, 1)
    except XinfoError as error:
        assert "cannot be written" in str(error) or "read-only" in str(error).lower()  # noqa: PT017
    else:
        assert done in (False, None), "what cannot be kept is not said to be kept"
        assert done is False or way.read(folder) == old
    assert way.read(folder) == old
    again("rw")
    way.write(folder, 1)
    assert len(way.read(folder)) == len(old) + 1


def test_a_log_that_cannot_be_written_is_told_and_stays_whole(disk: tuple[Path, Callable[[str], None]]) -> None:
    place, again = disk
    store = place / "s.duckdb"
    audit.record(store, "ask", who="li", at="2016-01-01")
    again("ro")
    with pytest.raises(StoreError, match="cannot be written"):
        audit.record(store, "ask", who="li", at="2016-01-02")
    assert verify(store).entries == 1
    again("rw")
    audit.record(store, "ask", who="li", at="2016-01-02")
    assert verify(store).whole
    assert verify(store).entries == 2


KEPT = {name: way for name, way in WAYS.items() if name != "questions without an answer"}
"""SQLite waits for the disk by itself."""


@pytest.mark.parametrize("way", KEPT.values(), ids=KEPT.keys())
def test_what_takes_a_files_place_is_on_the_disk_before(
    way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that loses its power loses what was not waited for: a name may then stand for an empty file."""
    safe: set[int] = set()
    fsync, replace = os.fsync, os.replace
    unsafe: list[str] = []

    def waited(descriptor: int) -> None:
        safe.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def moved(source: str, target: str) -> None:
        under = [Path(source), *Path(source).rglob("*")] if Path(source).is_dir() else [Path(source)]
        unsafe.extend(str(path) for path in under if path.is_file() and path.stat().st_ino not in safe)
        replace(source, target)

    folder = tmp_path / "f"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", waited)
    monkeypatch.setattr(os, "replace", moved)
    monkeypatch.setattr(os, "rename", moved)
    way.write(folder, 0)
    assert safe
    assert not unsafe
    assert way.file(folder).stat().st_ino in safe


def test_a_log_that_a_full_disk_stops_on_its_way_into_a_further_file_goes_on_whole(
    disk: tuple[Path, Callable[[str], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _ = disk
    store, told = place / "s.duckdb", 0
    monkeypatch.setattr(log, "LARGE", 600)
    for entry in range(12):
        filler = place / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(place).free) if entry % 2 else b"")
        try:
            audit.record(store, "ask", who="li", at="2016-01-01", what={"question": "x" * 5000})
            told += 1
        except StoreError as error:
            assert "cannot be written: No space left" in str(error)  # noqa: PT017
        filler.unlink()
        proof = verify(store)
        assert not proof.complaints
        assert proof.entries >= told
    assert told >= 6
    assert len(log.files(store)) > 2
