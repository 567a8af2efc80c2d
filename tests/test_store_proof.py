"""A whole store is proved whole, and whatever is wrong with any version of it is named; so of a backup."""

from __future__ import annotations

import contextlib
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests import kept
from xinfo.backup.restore import check
from xinfo.backup.save import save
from xinfo.cli import main
from xinfo.errors import StoreError
from xinfo.store import versions
from xinfo.store.history import restore
from xinfo.store.proof import damages, fingerprint, unreadable

AT = "2016-02-01T08:00:00+08:00"
BLOCK, HEADERS = 262_144, 3 * 4096


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build, a load that waits to be confirmed, and the build brought back."""
    folder = tmp_path_factory.mktemp("proof")
    store, _ = kept.with_something_to_confirm(folder)
    restore(store, 1, at=AT)
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "tiny.duckdb"


def flipped(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_whole_store_is_proved_whole_in_all_its_versions(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(store)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["version 1: whole", "version 2: whole", "version 3: whole, the current one"]


def test_any_changed_block_is_found(store: Path) -> None:
    version = versions.numbered(store, 2)
    whole = version.read_bytes()
    for begin in range(HEADERS, len(whole), BLOCK):
        version.write_bytes(whole)
        flipped(version, begin + 200)
        assert unreadable(version), begin


def changed(sql: str) -> Callable[[Path], None]:
    """Somebody who knows how a store is made: it opens, and its fingerprint is right."""

    def change(version: Path) -> None:
        with duckdb.connect(str(version)) as connection:
            connection.execute(sql)
            mark = fingerprint(connection)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'fingerprint'", [mark])

    return change


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE published SET place_id = 'nowhere' WHERE published_id = 1", "name a place that is not there"),
        ("INSERT INTO metric FROM metric LIMIT 1", "metric: 1 of 'metric_id' stand more than once"),
        ("UPDATE observation SET mark = 'sure'", "rows have a mark that is none"),
        ("UPDATE observation SET value = value * 2, rule = 'sum'", "its published rows give"),
        ("UPDATE published SET value = 'nan'", "rows have no number"),
        ("UPDATE load SET who = 'nobody' WHERE load_id = 1", "its journal tells otherwise of version 1"),
        ("DELETE FROM load WHERE load_id = 2", "its journal ends with version 1, and it is version 2"),
    ],
)
def test_what_is_against_its_own_rules_is_named(store: Path, sql: str, told: str) -> None:
    changed(sql)(versions.numbered(store, 2))
    assert any(told in what for what in damages(versions.numbered(store, 2)))


def test_changed_figures_are_told_and_the_version_named(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(versions.numbered(store, 2))) as connection:
        connection.execute("UPDATE published SET value = value + 1 WHERE published_id = 1")
    assert main(["check", "--store", str(store)]) == 1
    said = capsys.readouterr()
    assert "version 2: its figures are not those it was made with" in said.err
    assert "version 3: whole, the current one" in said.out


def test_a_store_that_is_not_there_or_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.duckdb")]) == 1
    (tmp_path / "text.duckdb").write_text("no store", encoding="utf-8")
    assert main(["check", str(tmp_path / "text.duckdb")]) == 1
    assert "cannot be opened" in capsys.readouterr().err


def test_a_backup_says_good_only_of_what_it_has_read(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flipped(versions.numbered(store, 2), HEADERS + BLOCK + 200)
    assert main(["backup", str(store.with_name("b.zip")), "--store", str(store)]) == 1
    assert "saved as it is: version 2 is damaged" in capsys.readouterr().err
    assert (
        "version 2 was damaged when it was saved" in check(store.with_name("b.zip"), store.with_name("x")).warnings[0]
    )
    flipped(versions.current(store), HEADERS + BLOCK + 200)
    with pytest.raises(StoreError, match="version 3, which counts, is damaged"):
        save(store, store.with_name("c.zip"), at=AT, who="li")
    assert not store.with_name("c.zip").exists()


def test_a_changed_archive_is_refused_in_words_with_the_part_that_is_bad(store: Path, tmp_path: Path) -> None:
    archive = tmp_path / "b.zip"
    save(store, archive, at=AT, who="li")
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive) as packed:
        parts = [(one.filename, one.header_offset + 120) for one in packed.infolist() if one.compress_size > 400]
    for name, at in parts:
        archive.write_bytes(whole)
        flipped(archive, at)
        with pytest.raises(StoreError) as error:
            check(archive, tmp_path / "unpacked")
        assert name in str(error.value)
    chance = random.Random(17)
    for _ in range(15):
        archive.write_bytes(whole)
        flipped(archive, chance.choice((chance.randrange(len(whole)), len(whole) - 1 - chance.randrange(1500))))
        with contextlib.suppress(StoreError):  # what is in no part, such as its time, changes nothing
            check(archive, tmp_path / "unpacked")
    archive.write_bytes(whole[: len(whole) // 2])
    assert main(["restore", str(archive), "--check"]) == 1
