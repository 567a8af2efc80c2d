"""Killed, on a full disk, damaged: what was saved beside a store stays, it is said in plain words, and work goes on.

The store itself is tried in test_store_never_half.py, the log of who did what in its own tests.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from briefings import document
from panels import HERE, figure, write_csv

from xinfo import audit
from xinfo.answer import export
from xinfo.answer.answer import NotAnswered
from xinfo.answer.export import FONTS
from xinfo.audit.verify import entries, verify
from xinfo.briefing import saved
from xinfo.briefing.files import render
from xinfo.briefing.model import Briefing
from xinfo.errors import InputError, StoreError, XinfoError
from xinfo.intake import quarantine, shape
from xinfo.intake.mapping import Column, Mapping
from xinfo.loop import asked
from xinfo.loop.own import own_phrases, take_in
from xinfo.loop.proposals import Proposal, Trial
from xinfo.stewardship.shelf import Shelf
from xinfo.store.add import add
from xinfo.store.assets import file_of_words
from xinfo.store.build import build
from xinfo.store.history import history
from xinfo.store.opening import opened
from xinfo.store.versions import current
from xinfo.understand.reading import Unclear

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.link", "shutil.copyfile", "shutil.rmtree")


@dataclass(frozen=True)
class Way:
    """One thing that is saved: writing it, reading it back, the file that may be damaged."""

    write: Callable[[Path, int], object]
    read: Callable[[Path], list[str]]
    file: Callable[[Path], Path]


def phrase(folder: Path, number: int) -> None:
    words = "one two three four five".split()
    take_in(Trial(Proposal(f"my word {words[number]}", "metric", "gdp"), (), (), (), 0), folder)


def question(folder: Path, number: int) -> bool:
    unclear = Unclear(f"what of number {'abcdefgh'[number]}", "en", "clarify", "why")
    return asked.note(folder / "s.duckdb", NotAnswered(unclear), datetime(2016, 1, 1, tzinfo=UTC))


def refused(folder: Path, number: int) -> None:
    file = folder.parent / f"{number}.csv"
    if not file.exists():
        file.write_text(f"place,value\nxining,{number}\n" * 900, encoding="utf-8")
    quarantine.keep(folder / "s.duckdb", file, b"row,why\n1,bad\n", at="2016-01-01", who="li", problems=1)


def kept_files(folder: Path) -> list[str]:
    found = quarantine.listed(folder / "s.duckdb")
    assert all(one.path.stat().st_size > 9_000 for one in found)
    return [one.file for one in found]


def template(folder: Path, number: int) -> None:
    shelf = Shelf(folder)
    head = shelf.head("mine")
    shelf.save("mine", f"text: {number}\n" * 900, head.text if head else None, "li", "2016-01-01")


def head_of(folder: Path) -> list[str]:
    shelf = Shelf(folder)
    return [shelf.version("mine", at + 1).text.split("\n")[0] for at in range(shelf.entry("mine").newest)]


def briefing(folder: Path, number: int) -> None:
    found = Briefing(f"paper-{number}", {"en": f"Paper {number}"}, "en")
    saved.save(folder / "s.duckdb", found)


def mapping(folder: Path, number: int) -> None:
    columns = tuple(Column(f"{'abcde'[number]}{at}", "value", {"metric": "gdp"}) for at in range(200))
    shape.remember(folder / "s.duckdb.mappings", Mapping(columns, (1, 1)))


def mapped(folder: Path) -> list[str]:
    every = list(filter(None, map(shape.kept, (folder / "s.duckdb.mappings").glob("*.yaml"))))
    assert all(len(one.columns) == 200 for one in every)
    return sorted(one.columns[0].header for one in every)


WAYS = {
    "own vocabulary": Way(phrase, lambda f: [p.phrase for p in own_phrases(f)], file_of_words),
    "questions without an answer": Way(
        question,
        lambda f: sorted(a.question for a in asked.listed(f / "s.duckdb")),
        lambda f: asked.beside(f / "s.duckdb"),
    ),
    "refused files": Way(refused, kept_files, lambda f: quarantine.folder(f / "s.duckdb") / "000001" / "kept.json"),
    "own templates": Way(template, head_of, lambda f: Shelf(f).history / "mine" / "record.jsonl"),
    "remembered mappings": Way(mapping, mapped, lambda f: next((f / "s.duckdb.mappings").glob("*.yaml"))),
    "briefings": Way(
        briefing,
        lambda f: [saved.find(f / "s.duckdb", name).title["en"] for name in saved.listed(f / "s.duckdb")],
        lambda f: saved.folder(f / "s.duckdb") / "paper-0.yaml",
    ),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
posix = pytest.mark.skipif(os.name == "nt", reason="kills and limits are those of POSIX")


def child(work: Callable[[], object], hinder: Callable[[], object]) -> tuple[int, str]:
    """What came of some work in a process of its own: how it ended, and what it complained of."""
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            hinder()
            status = 0 if work() is not False else 2
        except XinfoError as error:
            os.write(tell, str(error).encode())
        except BaseException as error:
            os.write(tell, f"CRASH {error!r}".encode())
        finally:
            os._exit(status)
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as said:
        words = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), words


def killer(folder: Path, step: int) -> None:
    """Kills this process before the `step`th time that it changes something in the folder."""
    seen = 0

    def watch(event: str, details: tuple[object, ...]) -> None:
        nonlocal seen
        opens = event == "open" and (set(str(details[1])) & set("wax") or (int(str(details[2] or 0)) & 3))
        if (event in CHANGES or opens) and any(str(one).startswith(str(folder)) for one in details[:2]):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


@posix
@every_way
def test_killed_at_each_step_it_is_the_old_or_the_new_and_the_next_save_works(way: Way, tmp_path: Path) -> None:
    for step in range(1, 40):
        folder = tmp_path / str(step) / "f"
        folder.mkdir(parents=True)
        way.write(folder, 0)
        old = way.read(folder)
        status, said = child(lambda folder=folder: way.write(folder, 1), lambda f=folder, s=step: killer(f, s))
        found = way.read(folder)
        assert found[: len(old)] == old
        assert status in (-9, 0), said
        way.write(folder, 2)
        assert way.read(folder)[: len(found)] == found
        assert len(way.read(folder)) == len(found) + 1
        if status == 0:
            return
    pytest.fail("it never came to its end")


@posix
@every_way
@pytest.mark.parametrize("largest", [0, 20])
def test_where_no_more_can_be_written_it_is_said_and_the_old_stays(way: Way, tmp_path: Path, largest: int) -> None:
    import resource

    folder = tmp_path / "f"
    folder.mkdir()
    (tmp_path / "beside").mkdir()
    way.write(tmp_path / "beside", 1)  # what is given from outside is there before the disk is full
    way.write(folder, 0)
    old = way.read(folder)

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    status, said = child(lambda: way.write(folder, 1), full)
    assert status in (1, 2)
    assert not said.startswith("CRASH")
    assert (status == 2) == (said == "")
    assert way.read(folder) == old
    way.write(folder, 1)
    assert len(way.read(folder)) == len(old) + 1


@every_way
@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe\x00garbage \x00" * 50, b"{[", b"[1, 2]\n", b"null\n"])
def test_a_damaged_file_is_told_or_left_aside_and_never_a_traceback(way: Way, tmp_path: Path, garbage: bytes) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    way.write(folder, 0)
    way.file(folder).write_bytes(garbage)
    with suppress(XinfoError):
        way.read(folder)
    with suppress(XinfoError):
        way.write(folder, 1)
    with suppress(XinfoError):
        way.read(folder)


def test_a_refused_file_whose_note_is_damaged_is_still_there(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    refused(folder, 0)
    (quarantine.folder(folder / "s.duckdb") / "000001" / "kept.json").write_text("{", encoding="utf-8")
    refused(folder, 1)
    assert kept_files(folder) == ["0.csv", "1.csv"]


def test_questions_are_all_there_after_a_crash_left_a_journal(tmp_path: Path) -> None:
    question(tmp_path, 0)
    file = asked.beside(tmp_path / "s.duckdb")
    file.with_name(file.name + "-journal").write_bytes(b"left by a crash")
    assert question(tmp_path, 1)
    assert len(asked.listed(tmp_path / "s.duckdb")) == 2


@pytest.mark.parametrize("pointer", ["", "nothing.duckdb", "../../etc/passwd", "\x00", "000009.duckdb\n"])
def test_a_pointer_to_nothing_is_told(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "s.duckdb.versions").mkdir()
    (tmp_path / "s.duckdb.versions" / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(StoreError):
        current(tmp_path / "s.duckdb")


def test_a_clock_that_was_set_back_puts_no_load_before_another(tmp_path: Path) -> None:
    store, data = tmp_path / "store.duckdb", tmp_path / "data"
    for value, at in enumerate(("2016-02-02", "2016-02-01", "1970-01-01"), start=1):
        write_csv(data / "observation.csv", [figure("gdp", "2014" if value > 1 else "2013", value)])
        if value == 1:
            build(store, shipped=HERE, data=data, built_at=at)
        else:
            add(store, [data / "observation.csv"], built_at=at)
    assert [(one.number, one.current) for one in history(store)] == [(1, False), (2, False), (3, True)]
    with opened(it=current(store)) as connection:
        gdp = "SELECT value FROM it.observation WHERE metric_id = 'gdp' AND period_id = '2014'"
        assert connection.execute(gdp).fetchall() == [(3,)]


def test_a_log_stays_whole_while_the_clock_jumps(tmp_path: Path) -> None:
    for at in ("2016-01-02", "1970-01-01", "2038-01-19", "2016-01-01"):
        audit.record(tmp_path / "s.duckdb", "ask", who="li", at=at)
    assert verify(tmp_path / "s.duckdb").whole
    assert [entry.number for entry in entries(tmp_path / "s.duckdb")] == [1, 2, 3, 4]


def test_the_fonts_that_exports_need_come_with_the_package() -> None:
    assert {path.suffix for path in FONTS.iterdir()} >= {".ttf"}
    assert all(path.stat().st_size > 100_000 for path in FONTS.glob("*.ttf"))


def test_fonts_that_are_missing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("pdf", "docx"):  # Imported before, since they take the name over for good.
        importlib.import_module(f"xinfo.briefing.files.{kind}")
    export.register_fonts.cache_clear()
    monkeypatch.setattr(export, "FONTS", tmp_path)
    for kind in ("pdf", "docx"):
        with pytest.raises(InputError, match="fonts that come with xinfo are missing"):
            render(document("zh"), kind)
