"""What is needed for a while only is gone afterwards, also where its process was killed; what is in use stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from xinfo.store import room

HOLDER = "from xinfo.store.room import Passing; held = Passing(); print(held.path, flush=True); input()"


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_what_a_killed_process_left_is_swept_by_the_next_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.tempfile, "tempdir", str(tmp_path))
    (tmp_path / "xinfo-of-somebody").mkdir()
    held = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER], env=os.environ | {"TMPDIR": str(tmp_path)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    killed, alive = (Path(str(one.stdout and one.stdout.readline()).strip()) for one in held)
    held[0].send_signal(signal.SIGKILL)
    held[0].wait(20)
    for path in (killed.parent, alive.parent, tmp_path / "xinfo-of-somebody"):
        os.utime(path, (0, 0))
    room._sweep_once.cache_clear()
    with room.room() as folder:
        assert folder.is_dir()
    assert {path.name for path in tmp_path.iterdir()} == {alive.parent.name, "xinfo-of-somebody"}
    held[1].communicate("\n", timeout=20)
    assert not alive.exists()
