"""The log of deeds: each entry is on the disk and bound to the one before, whatever crashes and whoever changes it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from xinfo import audit
from xinfo.audit import log
from xinfo.audit.anchor import anchor, disproved
from xinfo.audit.entry import BROKEN, TORN, UNSIGNED
from xinfo.audit.seal import head_file, key_file
from xinfo.audit.verify import entries, verify
from xinfo.errors import StoreError

AT = "2016-02-01T08:00:00+08:00"


def note(store: Path, times: int = 1, who: str = "li") -> None:
    for at in range(times):
        audit.record(store, "ask", who=who, at=AT, what={"question": f"西宁市 {at}"}, fingerprint="abc")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


def only(store: Path) -> Path:
    [path] = log.files(store)
    return path


def test_an_entry_says_who_did_what_when_on_which_figures(store: Path) -> None:
    note(store)
    [entry] = entries(store)
    assert (entry.number, entry.who, entry.did, entry.at, entry.store) == (1, "li", "ask", AT, "abc")
    assert entry.what == {"question": "西宁市 0"}


def test_an_untouched_log_is_proved_whole(store: Path) -> None:
    note(store, 20)
    proof = verify(store)
    assert proof.whole
    assert (proof.entries, proof.torn) == (20, 0)


def test_no_log_is_whole_and_empty(store: Path) -> None:
    assert verify(store).whole


def changed(content: bytes) -> bytes:
    return content.replace(b'"li"', b'"me"', 1)


def changed_with_its_hash(content: bytes) -> bytes:
    """As someone would who knows how hashes are made."""
    from xinfo.audit.entry import read

    lines = content.split(b"\n")
    entry = read(lines[2])
    assert entry
    lines[2] = replace(entry, who="me").line()
    return b"\n".join(lines)


def without_a_line(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join(lines[:2] + lines[3:])


def exchanged(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join([*lines[:2], lines[3], lines[2], *lines[4:]])


def doubled(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join([*lines[:2], lines[1], *lines[2:]])


def cut_off(content: bytes) -> bytes:
    return b"\n".join(content.split(b"\n")[:3]) + b"\n"


def cut_off_at_the_start(content: bytes) -> bytes:
    return b"\n".join(content.split(b"\n")[2:])


def spelt_otherwise(content: bytes) -> bytes:
    return content.replace(b'"li"', b'"l\\u0069"', 1)


def emptied(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize(
    "tamper",
    [
        changed,
        changed_with_its_hash,
        without_a_line,
        exchanged,
        doubled,
        cut_off,
        cut_off_at_the_start,
        spelt_otherwise,
        emptied,
    ],
)
def test_whatever_is_changed_is_found(store: Path, tamper: object) -> None:
    note(store, 6)
    path = only(store)
    path.write_bytes(tamper(path.read_bytes()))  # type: ignore[operator]
    assert not verify(store).whole


def test_any_flipped_bit_is_found(store: Path) -> None:
    note(store, 3)
    path = only(store)
    content = path.read_bytes()
    for at in range(0, len(content), 7):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert not verify(store).whole, at


def test_a_log_that_is_made_anew_lacks_the_hash_that_was_noted_elsewhere(store: Path) -> None:
    note(store, 3)
    last = verify(store).last
    assert last
    assert verify(store, last.hash).whole
    shutil.rmtree(log.folder(store))
    for path in (key_file(store), head_file(store)):
        path.unlink()
    note(store, 3, who="me")
    assert verify(store).whole
    assert verify(store, last.hash).complaints == (f"no entry has the hash {last.hash}",)


def cut_back(store: Path, then: Path) -> None:
    """To what it was two entries ago, HEAD and all."""
    shutil.rmtree(log.folder(store))
    shutil.copytree(then, log.folder(store))


def missing(store: Path, _: Path) -> None:
    shutil.rmtree(log.folder(store))


def written_anew(store: Path, _: Path) -> None:
    """A whole chain with a HEAD of its own, by somebody who has not the key; it is as long as the real one."""
    other = store.with_name("other.duckdb")
    note(other, 6, who="me")
    cut_back(store, log.folder(other))


def written_anew_with_the_signature_that_was_there(store: Path, _: Path) -> None:
    number, _was, mac, key = (log.folder(store) / "HEAD").read_text(encoding="ascii").split()
    written_anew(store, store)
    last = [*entries(store)][-1]
    (log.folder(store) / "HEAD").write_text(f"{number} {last.hash} {mac} {key}", encoding="ascii")


@pytest.mark.parametrize("tamper", [cut_back, missing, written_anew, written_anew_with_the_signature_that_was_there])
def test_a_log_that_is_whole_but_not_the_one_that_was_signed_is_found_and_stays_found(
    store: Path, tmp_path: Path, tamper: Callable[[Path, Path], None]
) -> None:
    note(store, 4)
    shutil.copytree(log.folder(store), tmp_path / "then")
    note(store, 2)
    assert verify(store).proved
    tamper(store, tmp_path / "then")
    assert not verify(store).whole
    note(store, 3)
    assert not verify(store).whole, "going on signs nothing over"
    assert [entry.what["signed"] for entry in entries(store) if entry.did == BROKEN] == [6]


def test_entries_that_somebody_put_in_by_hand_are_told_of_as_unsigned(store: Path) -> None:
    note(store, 3)
    [*_, last] = entries(store)
    forged = replace(last, number=4, before=last.hash, who="me")
    with only(store).open("ab") as file:
        file.write(forged.line() + b"\n")
    note(store)
    assert [entry.did for entry in entries(store)] == ["ask"] * 4 + [UNSIGNED, "ask"]
    proof = verify(store)
    assert (proof.whole, proof.unsigned) == (True, 1)


def test_without_the_key_nothing_is_proved_and_the_key_is_its_owners_alone(store: Path) -> None:
    note(store, 2)
    assert key_file(store).stat().st_mode & 0o77 == 0
    key_file(store).unlink()
    proof = verify(store)
    assert (proof.whole, proof.proved) == (True, False)


def test_an_anchor_kept_elsewhere_finds_a_log_that_was_made_anew_with_its_key(store: Path, tmp_path: Path) -> None:
    note(store, 3)
    kept = tmp_path / "anchors.txt"
    kept.write_text(f"Feb  1 08:00 host logger: {anchor(store, AT)}\n", encoding="utf-8")
    note(store, 2)
    assert disproved(store, kept) == ()
    shutil.rmtree(log.folder(store))
    head_file(store).unlink()
    note(store, 9, who="me")
    assert verify(store).proved
    assert disproved(store, kept) == ("anchors.txt, line 1: entry 3 is not in the log as it was then",)


def test_a_line_that_a_crash_left_is_kept_told_of_and_the_chain_goes_on(store: Path) -> None:
    note(store, 3)
    path = only(store)
    rest = path.read_bytes()[:-40]
    path.write_bytes(rest)
    note(store)
    assert path.read_bytes().startswith(rest + b"\n")
    proof = verify(store)
    assert proof.whole
    assert (proof.entries, proof.torn) == (4, 1)
    assert [entry.did for entry in entries(store)] == ["ask", "ask", TORN, "ask"]


def test_a_lost_line_end_alone_loses_no_entry(store: Path) -> None:
    note(store, 3)
    only(store).write_bytes(only(store).read_bytes()[:-1])
    note(store)
    proof = verify(store)
    assert proof.whole
    assert (proof.entries, proof.torn) == (4, 0)


@pytest.mark.parametrize("rest", [b"", b'{"at":', b"\x00" * 5000, b"\xff\xfe not text"])
def test_whatever_stands_at_the_end_the_log_goes_on(store: Path, rest: bytes) -> None:
    note(store, 2)
    only(store).write_bytes(only(store).read_bytes() + rest)
    note(store, 2)
    assert verify(store).whole


def test_damage_does_not_stop_the_log_and_stays_found(store: Path) -> None:
    note(store, 2)
    only(store).write_bytes(only(store).read_bytes() + b"no entry\n" * 3)
    note(store, 2)
    assert len([*entries(store)]) == 4
    assert not verify(store).whole


def test_a_large_log_goes_on_in_a_further_file_with_the_same_chain(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LARGE", 1500)
    note(store, 20)
    assert len(log.files(store)) > 3
    assert verify(store).whole
    log.files(store)[1].unlink()
    assert not verify(store).whole


def test_a_huge_deed_is_kept_in_short(store: Path) -> None:
    audit.record(
        store, "load", who="li", at=AT, what={"files": ["x" * 10**6] * 10**4, "n": float("nan"), "deep": [[[[1]]]]}
    )
    assert only(store).stat().st_size < 10**6
    assert verify(store).whole


WRITER = """
import sys
from pathlib import Path
from xinfo import audit
for at in range(int(sys.argv[2])):
    audit.record(Path(sys.argv[1]), "ask", who="li", at="2016", what={"at": at, "long": "x" * 5000})
    print(at, flush=True)
"""


def writing(store: Path, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(store), str(times)], stdout=subprocess.PIPE, text=True)


def test_several_processes_share_one_chain(store: Path) -> None:
    for writer in [writing(store, 25) for _ in range(3)]:
        writer.communicate(timeout=60)
    assert verify(store).whole
    assert len([*entries(store)]) == 75


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_whatever_was_recorded_is_there_after_kill_9(store: Path) -> None:
    for attempt in range(3):
        writer = writing(store, 10**6)
        assert writer.stdout
        told = [writer.stdout.readline() for _ in range(5 + 3 * attempt)]
        time.sleep(0.003 * attempt)
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.readlines()
        writer.wait(20)
        told = [line for line in told if line.endswith("\n")]
        kept = [entry.what["at"] for entry in entries(store) if entry.did == "ask"]
        assert len(kept) >= len(told)
        note(store)
        assert verify(store).whole
        for path in [*log.files(store), log.folder(store) / "HEAD", head_file(store)]:
            path.unlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_that_cannot_be_written_is_said(store: Path) -> None:
    log.folder(store).mkdir()
    (log.folder(store) / "000001.jsonl").symlink_to("/dev/full")
    with pytest.raises(StoreError, match="cannot be written"):
        note(store)


def test_every_line_is_json_on_its_own(store: Path) -> None:
    note(store, 2)
    assert [json.loads(line)["number"] for line in only(store).read_text(encoding="ascii").splitlines()] == [1, 2]
