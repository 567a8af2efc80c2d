"""A machine that loses its power: the file system forgets all that it was not made to keep, and is mounted anew.

ext4 can be told to stop as if the power had gone, its journal included; what it saves by a guess is turned off.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from tests.test_faults import CHANGES, WAYS, Way, child
from xinfo import audit
from xinfo.audit.verify import verify
from xinfo.backup.restore import check
from xinfo.backup.save import save
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.opening import opened
from xinfo.store.proof import fingerprint
from xinfo.store.versions import current

pytestmark = [pytest.mark.slow, pytest.mark.long]
EXT4_SHUTDOWN, NOT_EVEN_THE_JOURNAL = 0x8004587D, 2
AT = "2016-02-01"
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


class Machine:
    """A disk that can lose its power."""

    def __init__(self, place: Path):
        self.image, self.place = place.with_suffix(".img"), place
        place.mkdir()
        with self.image.open("wb") as image:
            image.truncate(64 << 20)
        if os.name == "nt" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
            pytest.skip("only root can mount a disk, and not everywhere")
        subprocess.run(["mkfs.ext4", "-q", "-F", "-J", "size=4", str(self.image)], check=True)
        if self._mount():
            pytest.skip("this machine can mount no disk of its own")

    def _mount(self) -> int:
        command = ["mount", "-o", "loop,noauto_da_alloc,data=writeback", str(self.image), str(self.place)]
        return subprocess.run(command, capture_output=True).returncode

    def cut(self) -> None:
        """From here on nothing reaches the disk."""
        import fcntl

        root = os.open(self.place, os.O_RDONLY)
        fcntl.ioctl(root, EXT4_SHUTDOWN, struct.pack("I", NOT_EVEN_THE_JOURNAL))
        os.close(root)

    def again(self) -> None:
        """The power is back."""
        self.off()
        assert not self._mount()

    def off(self) -> None:
        subprocess.run(["umount", str(self.place)], check=True)

    def cut_at(self, step: int) -> Callable[[], None]:
        """What cuts the power before the `step`th time that this process changes something on the disk."""
        seen, place = 0, str(self.place)

        def watch(event: str, details: tuple[object, ...]) -> None:
            nonlocal seen
            opens = event == "open" and (set(str(details[1])) & set("wax") or (int(str(details[2] or 0)) & 3))
            if (event in CHANGES or opens) and any(str(one).startswith(place) for one in details[:2]):
                seen += 1
                if seen == step:
                    self.cut()
                    os.kill(os.getpid(), signal.SIGKILL)

        return lambda: sys.addaudithook(watch)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "disk")
    yield machine
    machine.off()


def goes_on(machine: Machine, work: Callable[[], object], step: int) -> bool:
    """Does some work on a machine whose power goes at a step of it, or right after it; whether it came to its end."""

    def then_dark() -> None:
        work()
        machine.cut()

    status, said = child(then_dark, machine.cut_at(step))
    assert status in (-9, 0), said
    machine.again()
    return status == 0


@every_way
def test_what_was_saved_is_there_and_what_was_being_saved_is_whole_or_not_there(way: Way, machine: Machine) -> None:
    for step in range(1, 40):
        folder = machine.place / str(step) / "f"
        folder.mkdir(parents=True)
        way.write(folder, 0)
        old = way.read(folder)
        os.sync()
        ended = goes_on(machine, lambda folder=folder: way.write(folder, 1), step)
        found = way.read(folder)
        assert found[: len(old)] == old
        assert not ended or len(found) == len(old) + 1
        way.write(folder, 2)
        assert way.read(folder)[: len(found)] == found
        assert len(way.read(folder)) == len(found) + 1
        if ended:
            return
    pytest.fail("it never came to its end")


def test_the_log_has_every_entry_that_was_acknowledged_and_is_whole(machine: Machine) -> None:
    store, ended, step = machine.place / "s.duckdb", False, 0
    audit.record(store, "ask", who="li", at=AT)
    while not ended:
        step += 1
        before = verify(store).entries
        ended = goes_on(machine, lambda: audit.record(store, "ask", who="li", at=AT), step)
        assert verify(store).whole, verify(store).complaints
        assert verify(store).entries - before in ((1,) if ended else (0, 1))
        audit.record(store, "ask", who="li", at=AT)


def prepared(store: Path, value: int) -> Path:
    made_up = {"status": "illustrative"}  # in the place of a published one it would wait to be confirmed
    write_csv(store.parent / "data" / "observation.csv", [figure("gdp", "2014", value, made_up)])
    os.sync()
    return store


def sound(store: Path) -> float:
    """The figure of a store that is whole."""
    with opened(it=current(store)) as connection:
        [mark] = connection.execute("SELECT value FROM it.meta WHERE key = 'fingerprint'").fetchone() or ("",)
        connection.execute("USE it")
        assert fingerprint(connection) == mark
        [value] = connection.execute("SELECT value FROM it.published").fetchone() or (0,)
    return float(value)


def test_a_load_is_in_whole_or_not_at_all(machine: Machine) -> None:
    store = prepared(machine.place / "store.duckdb", 1)
    build(store, shipped=HERE, data=store.parent / "data", built_at=AT)
    value, ended, step = 1.0, False, 0
    while not ended:
        step += 1
        prepared(store, int(value) + 1)
        ended = goes_on(machine, lambda: add(store, [store.parent / "data" / "observation.csv"], built_at=AT), step)
        found = sound(store)
        assert found - value in ((1,) if ended else (0, 1))
        value = found
    assert step > 6


def test_a_backup_is_there_whole_or_not_at_all(machine: Machine) -> None:
    store = prepared(machine.place / "store.duckdb", 1)
    build(store, shipped=HERE, data=store.parent / "data", built_at=AT)
    audit.record(store, "ask", who="li", at=AT)
    ended, step = False, 0
    while not ended:
        step += 1
        archive = machine.place / f"{step}.zip"
        os.sync()
        ended = goes_on(machine, lambda archive=archive: save(store, archive, at=AT, who="li"), step)
        assert archive.exists() or not ended
        if archive.exists():
            check(archive, machine.place / f"proved-{step}")
