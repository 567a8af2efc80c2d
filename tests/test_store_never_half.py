"""Never half: whatever stops a build or a load, the store opens, and is the old one or the new one.

XINFO_KILLS says how often one is killed at a random moment; a dozen times where it is not set.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from panels import HERE, figure, write_csv

from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.errors import StoreError
from xinfo.query.engine import DuckEngine
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.history import history
from xinfo.store.opening import opened
from xinfo.store.proof import fingerprint
from xinfo.store.versions import current, folder, forget, listed, missing

if os.name == "nt":
    pytest.skip("kills, limits and mounts are those of POSIX", allow_module_level=True)
from panels.crashes import Crasher, crasher

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
KILLS = int(os.environ.get("XINFO_KILLS", "12"))
LONGEST = 10.0  # seconds before a kill, however busy the machine
AT = "2016-02-01"
BOTH = pytest.mark.parametrize("kind", ["load", "build"])
AS_IT_WAS = "the store is as it was"


@pytest.fixture(scope="module")
def crashes() -> Iterator[Crasher]:
    with crasher() as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("never_half")
    made_anew(prepared(place / "store.duckdb", 1))
    return place


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """GDP is 1; GDP 2 is at hand to load or build."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return prepared(tmp_path / "store.duckdb", 2)


def prepared(store: Path, value: int) -> Path:
    """Writes the file of one figure, the GDP of 2014, which a load revises and a build takes; the store.

    It is a made-up one: in the place of a published one it would wait to be confirmed.
    """
    write_csv(store.parent / "data" / "observation.csv", [figure("gdp", "2014", value, {"status": "illustrative"})])
    return store


def loaded(store: Path) -> None:
    add(store, [store.parent / "data" / "observation.csv"], built_at=AT)


def made_anew(store: Path) -> None:
    build(store, shipped=HERE, data=store.parent / "data", built_at=AT)


def gdp(version: Path) -> float:
    """The figure, read the way that answers are."""
    engine = DuckEngine(version)
    try:
        return engine.execute("SELECT value FROM observation", {}, row_cap=2, seconds=60).rows[0][0]
    finally:
        engine.close()


def sound(store: Path) -> float:
    """The figure of a store that is whole, also under the user's name, and in whose list the last version counts."""
    named = [store] if store.exists() and not store.samefile(current(store)) else []  # what other clients open
    for file in (current(store), *named):
        with opened(it=file) as connection:
            [mark] = connection.execute("SELECT value FROM it.meta WHERE key = 'fingerprint'").fetchone()
            connection.execute("USE it")
            assert fingerprint(connection) == mark
    every = history(store)
    assert [one.number for one in every] == list(range(1, len(every) + 1))
    assert [one.current for one in every] == [False] * (len(every) - 1) + [True]
    return gdp(current(store))


@pytest.mark.long
def test_killed_at_any_moment_it_is_the_old_store_or_the_new_one(store: Path, crashes: Crasher) -> None:
    seed = random.randrange(2**32)
    moments, outcomes, took = random.Random(seed), Counter[str](), {}
    for old, kind in enumerate(("load", "build"), start=1):
        began = time.perf_counter()
        crashes.start(kind, prepared(store, old + 1))
        assert crashes.join() == (0, "")
        took[kind] = time.perf_counter() - began
    old = 3
    for number in range(KILLS):
        kind = ("load", "build")[number % 2]
        crashes.start(kind, prepared(store, old + 1))
        time.sleep(moments.uniform(0, min(1.1 * took[kind], LONGEST)))
        crashes.kill()
        crashes.join()
        found = sound(store)
        assert found in (old, old + 1), f"kill {number} of seed {seed}"
        outcomes[f"{kind}: {'new' if found > old else 'old'}"] += 1
        old = int(found)
    print(f"{KILLS} kills, {dict(outcomes)}")
    loaded(prepared(store, old + 1))
    assert sound(store) == old + 1
    assert not list(folder(store).glob("building*"))
    assert all(gdp(version) for version in listed(store))


@pytest.mark.long
def test_killed_at_each_step_of_a_load_it_is_the_old_store_or_the_new_one(store: Path, crashes: Crasher) -> None:
    old, rose, status = 1, [], -9
    while status == -9:
        crashes.start("load", prepared(store, old + 1), step=len(rose) + 1)
        status, _ = crashes.join()
        rose.append(sound(store) - old)
        old += int(rose[-1])
    assert status == 0
    assert len(rose) > 6
    assert rose == sorted(rose)
    assert (rose[0], rose[-1]) == (0, 1)


@pytest.mark.long
def test_killed_at_each_step_a_first_build_leaves_nothing_or_a_store(tmp_path: Path, crashes: Crasher) -> None:
    step, status = 0, -9
    while status == -9:
        step += 1
        store = prepared(tmp_path / str(step) / "store.duckdb", 1)
        crashes.start("build", store, step=step)
        status, _ = crashes.join()
        if missing(store) and step % 3 == 0:
            made_anew(store)
        assert missing(store) or sound(store) == 1
    assert status == 0
    assert step > 6


def test_of_two_loads_at_once_each_is_in_or_is_told_to_wait(store: Path) -> None:
    command = [sys.executable, "-m", "xinfo", "load", "--store", str(store)]
    files = [store.parent / f"{name}.csv" for name in ("one", "two")]
    for file in files:
        write_csv(file, [figure("gdp", "2015", 7)])
    settings: dict[str, Any] = {"cwd": ROOT, "stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    processes = [subprocess.Popen([*command, str(file)], **settings) for file in files]
    said = [process.communicate(timeout=60)[1].decode() for process in processes]
    for process, words in zip(processes, said, strict=True):
        assert process.returncode == 0 or "another build or load of" in words
    names = sorted(file.name for process, file in zip(processes, files, strict=True) if process.returncode == 0)
    assert names
    assert sorted(one.file for version in history(store)[1:] for one in version.files) == names
    with opened(it=current(store)) as connection:
        found = connection.execute("SELECT file FROM it.published WHERE period_id = '2015' ORDER BY 1").fetchall()
    assert found == [(name,) for name in names]


def test_who_asks_through_loads_hears_the_old_figure_or_the_new_one(store: Path, crashes: Crasher) -> None:
    heard: list[object] = []
    done = threading.Event()

    def ask() -> None:
        version, workspace = None, None
        while not done.is_set() or len(heard) < 2:
            try:
                if workspace is None or version != current(store):
                    version = current(store)
                    workspace = open_workspace(version, ROOT / "queries")
                answer = workspace.conversation("en").ask("GDP of Xining in 2014")
                heard.append(answer.rows[0]["value"] if isinstance(answer, Answer) else answer)
                heard.append(gdp(current(store)))
            except Exception as error:
                heard.append(error)
                return

    reader = threading.Thread(target=ask)
    reader.start()
    for value, kind in enumerate(("load", "build", "load"), start=2):
        crashes.start(kind, prepared(store, value))
        assert crashes.join() == (0, "")
    done.set()
    reader.join()
    assert set(heard) <= {1, 2, 3, 4}
    assert heard[1::2] == sorted(heard[1::2])
    assert gdp(current(store)) == 4


@BOTH
def test_where_no_more_can_be_written_the_old_store_stays_and_it_is_said(
    kind: str, store: Path, crashes: Crasher
) -> None:
    whole = current(store).stat().st_size
    for largest in (4096, whole - 200_000):
        crashes.start(kind, store, largest=largest)
        status, said = crashes.join()
        assert status == 1
        assert AS_IT_WAS in said
        assert sound(store) == 1
        assert [path.name for path in sorted(folder(store).iterdir())] == ["000001.duckdb", "CURRENT", "LOCK"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[str], None]]]:
    """A small file system of its own, and what mounts it anew with other options."""
    place, mount = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    command = [mount or "", "-t", "tmpfs", "-o", "size=12m", "xinfo", str(place)]
    if os.geteuid() != 0 or not mount or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield place, lambda options: subprocess.run([mount, "-o", f"remount,{options}", str(place)], check=True) and None
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_the_old_store_and_is_said(disk: tuple[Path, Callable[[str], None]], made: Path) -> None:
    place, again = disk
    shutil.copytree(made, place, dirs_exist_ok=True)
    store = prepared(place / "store.duckdb", 2)

    for free in (0, 300_000, 3_000_000):
        (place / "filler").write_bytes(b"")
        (place / "filler").write_bytes(bytes(max(0, shutil.disk_usage(place).free - free)))
        with pytest.raises(StoreError, match=AS_IT_WAS):
            loaded(store)
        assert sound(store) == 1
        assert not list(folder(store).glob("building*"))
    again("size=30m")
    loaded(store)
    assert sound(store) == 2


def test_a_folder_that_cannot_be_written_is_read_and_a_load_is_told(
    disk: tuple[Path, Callable[[str], None]], made: Path
) -> None:
    place, again = disk
    shutil.copytree(made, place, dirs_exist_ok=True)
    store = place / "store.duckdb"
    again("ro")
    assert sound(store) == 1
    for refused in (lambda: loaded(store), lambda: forget(store, 1, at=AT), lambda: made_anew(place / "other")):
        with pytest.raises(StoreError, match=rf"cannot write .*: Read-only file system; {AS_IT_WAS}"):
            refused()
    assert add(store, [place / "data" / "observation.csv"], built_at=AT, dry_run=True).files[0].rows == 1
    again("rw")
