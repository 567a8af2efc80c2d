"""A backup holds everything and comes back to the byte; a damaged one changes nothing, and nothing is overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from xinfo import audit
from xinfo.access import tokens
from xinfo.answer.answer import NotAnswered
from xinfo.audit.verify import verify
from xinfo.backup.parts import parts
from xinfo.backup.restore import check, put_back
from xinfo.backup.save import save
from xinfo.errors import StoreError, XinfoError
from xinfo.loop import asked
from xinfo.store import cache
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.history import history
from xinfo.store.versions import current
from xinfo.understand.reading import Unclear

AT = "2016-02-01T08:00:00+08:00"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store that people have worked with, and its backup."""
    folder = tmp_path_factory.mktemp("made")
    store = folder / "store.duckdb"
    write_csv(folder / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(store, shipped=HERE, data=folder / "data", built_at=AT, who="li")
    write_csv(folder / "observation.csv", [figure("gdp", "2015", 1131, {"unit": "亿元"})])
    add(store, [folder / "observation.csv"], built_at=AT, who="li")
    audit.record(store, "load", who="li", at=AT, what={"n": 1})
    unclear = Unclear("西宁的幸福指数", "zh", "clarify", "?")
    asked.note(store, NotAnswered(unclear), datetime(2016, 2, 1, tzinfo=UTC))
    for name in (
        *(".access.yaml", ".mappings/a.yaml", ".quarantine/000001/file/x.csv", ".briefings/one/1.json"),
        *(".templates/best.yaml", ".templates/history/best/record.jsonl", ".vocabulary.yaml"),
    ):
        path = Path(f"{store}{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} 西宁", encoding="utf-8")
    save(store, folder / "backup.zip", at=AT, who="li")
    return store, folder / "backup.zip"


def content(store: Path) -> dict[str, bytes]:
    """Every file by its name, what is passing aside; SQLite files by what is in them."""
    found = {}
    for root in store.parent.glob(f"{store.name}.*"):
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.is_file() and path.name != "LOCK":
                name = str(path.relative_to(store.parent))
                is_sqlite = path.suffix == ".sqlite"
                found[name] = str(asked.listed(store)).encode() if is_sqlite else path.read_bytes()
    return found


def test_everything_comes_back_to_the_byte(made: tuple[Path, Path], tmp_path: Path) -> None:
    store, archive = made
    held = put_back(archive, tmp_path / "store.duckdb", at=AT)
    before = content(store)
    assert content(tmp_path / "store.duckdb") == before
    assert len(held.files) == len(before)
    assert [version.who for version in history(tmp_path / "store.duckdb")] == ["li", "li"]
    assert verify(tmp_path / "store.duckdb").whole
    assert (tmp_path / "store.duckdb").exists(), "other DuckDB clients find it under its name"


def test_a_backup_from_when_templates_lay_elsewhere_brings_them_to_the_store(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    names = {"beside/.templates/": "queries/own/", "beside/.vocabulary.yaml": "queries/vocabulary/own.yaml"}

    def earlier(name: str) -> str:
        return next((old + name.removeprefix(new) for new, old in names.items() if name.startswith(new)), name)

    with zipfile.ZipFile(made[1]) as packed, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        told = json.loads(packed.read("manifest.json"))
        told["files"] = {earlier(name): one for name, one in told["files"].items()}
        for name in packed.namelist():
            old.writestr(earlier(name), json.dumps(told) if name == "manifest.json" else packed.read(name))
    put_back(tmp_path / "old.zip", tmp_path / "store.duckdb", at=AT)
    assert content(tmp_path / "store.duckdb") == content(made[0])


def test_a_store_may_come_back_under_another_name(made: tuple[Path, Path], tmp_path: Path) -> None:
    put_back(made[1], tmp_path / "other.duckdb", at=AT)
    assert history(tmp_path / "other.duckdb")[-1].current


def test_tokens_that_count_again_are_named_and_stay_their_owners(made: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    put_back(made[1], store, at=AT)
    kept, revoked, over = (
        tokens.make(store, "li@office.cn", [], until).split("_")[1]
        for until in ("2016-12-31", "2016-12-31", "2015-12-31")
    )
    save(store, tmp_path / "backup.zip", at=AT, who="li")
    tokens.revoke(store, revoked)
    [warning] = put_back(tmp_path / "backup.zip", store, at=AT, overwrite=True).warnings
    assert [number in warning for number in (kept, revoked, over)] == [False, True, False]
    assert tokens.beside(store).stat().st_mode & 0o77 == 0
    [warning] = put_back(tmp_path / "backup.zip", tmp_path / "other.duckdb", at=AT).warnings
    assert kept in warning


def test_nothing_is_overwritten_unasked_and_nothing_lost_when_asked(made: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    put_back(made[1], store, at=AT)
    audit.record(store, "ask", who="wang", at=AT)
    before = content(store)
    with pytest.raises(StoreError, match="--overwrite moves what is there aside"):
        put_back(made[1], store, at=AT)
    assert content(store) == before
    held = put_back(made[1], store, at=AT, overwrite=True)
    assert verify(store).entries == 1
    assert held.aside
    assert verify(held.aside / "store.duckdb").entries == 2


def test_a_load_meanwhile_is_not_in_the_backup_and_breaks_nothing(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "a" / "store.duckdb"
    put_back(made[1], store, at=AT)
    write_csv(tmp_path / "more.csv", [figure("gdp", "2016", 1248, {"unit": "亿元"})])

    def loading(store: Path) -> list[tuple[str, Path]]:
        add(store, [tmp_path / "more.csv"], built_at=AT)
        return list(parts(store))

    monkeypatch.setattr("xinfo.backup.save.parts", loading)
    saved = save(store, tmp_path / "b.zip", at=AT, who="li")
    assert (saved.current, current(store).name) == ("000002.duckdb", "000003.duckdb")
    put_back(tmp_path / "b.zip", tmp_path / "c.duckdb", at=AT)
    assert current(tmp_path / "c.duckdb").name == "000002.duckdb"
    assert [one.number for one in history(tmp_path / "c.duckdb")] == [1, 2]
    add(tmp_path / "c.duckdb", [tmp_path / "more.csv"], built_at=AT)


def test_the_name_of_a_store_is_no_pattern(made: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "a" / "demo[1].duckdb"
    put_back(made[1], store, at=AT)
    save(store, tmp_path / "b.zip", at=AT, who="li")
    assert len(put_back(tmp_path / "b.zip", tmp_path / "c" / "demo[1].duckdb", at=AT).files) == len(content(made[0]))


def test_what_is_made_again_is_in_no_backup_and_in_the_way_of_none(made: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    kept = cache.beside(store) / "words"
    kept.parent.mkdir()
    kept.write_bytes(b"x")
    put_back(made[1], store, at=AT)
    save(store, tmp_path / "b.zip", at=AT, who="li")
    assert not [name for name in zipfile.ZipFile(tmp_path / "b.zip").namelist() if cache.SUFFIX in name]


def test_a_backup_replaces_none(made: tuple[Path, Path]) -> None:
    store, archive = made
    with pytest.raises(StoreError, match="is there already"):
        save(store, archive, at=AT, who="li")


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_torn_archive_is_refused_and_changes_nothing(made: tuple[Path, Path], tmp_path: Path, part: float) -> None:
    whole = made[1].read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(StoreError, match="damaged or no backup"):
        put_back(torn, tmp_path / "to" / "store.duckdb", at=AT)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["torn.zip"]


def test_a_flipped_bit_in_any_file_is_found(made: tuple[Path, Path], tmp_path: Path) -> None:
    """Within a run of zeros a bit of the packed form may say the same: then nothing is damaged."""
    whole, found = made[1].read_bytes(), 0
    with zipfile.ZipFile(made[1]) as packed:
        starts = [one.header_offset for one in packed.infolist()] + [packed.start_dir]
        middles = [end - 1 - one.compress_size // 2 for one, end in zip(packed.infolist(), starts[1:], strict=True)]
    for at in middles:
        (tmp_path / "bad.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        try:
            put_back(tmp_path / "bad.zip", tmp_path / "to" / "store.duckdb", at=AT)
        except StoreError:
            found += 1
            assert not [path for path in (tmp_path / "to").rglob("*") if path.is_file()]
        else:
            for name, one in content(tmp_path / "to" / "store.duckdb").items():
                assert one == content(made[0])[name]
        shutil.rmtree(tmp_path / "to", ignore_errors=True)
    assert found >= len(middles) - 3


def repacked(archive: Path, to: Path, **changed: bytes | None) -> Path:
    """The archive with some files changed, added or (None) left out; a good ZIP."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        named = {name.replace("|", "/"): value for name, value in changed.items()}
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, value in named.items():
            if value is not None:
                new.writestr(name, value)
    return to


@pytest.mark.parametrize(
    "changed",
    [
        {"beside|.access.yaml": b"everyone: steward"},
        {"beside|.access.yaml": None},
        {"beside|.new": b"x"},
        {"manifest.json": None},
        {"manifest.json": b"{"},
        {"manifest.json": b"[]"},
        {"manifest.json": b'{"format": 1, "files": {}}'},
    ],
)
def test_a_forged_archive_is_refused(made: tuple[Path, Path], tmp_path: Path, changed: dict[str, bytes | None]) -> None:
    forged = repacked(made[1], tmp_path / "forged.zip", **changed)
    with pytest.raises(StoreError):
        put_back(forged, tmp_path / "to" / "store.duckdb", at=AT)
    assert not list((tmp_path / "to").iterdir())


def test_a_pointer_that_names_another_version_than_the_manifest_is_refused(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    with zipfile.ZipFile(made[1]) as packed:
        told = json.loads(packed.read("manifest.json"))
    name, other = "beside/.versions/CURRENT", b"000001.duckdb"
    told["files"][name] = {"sha256": hashlib.sha256(other).hexdigest(), "bytes": len(other)}
    changed = {name: other, "manifest.json": json.dumps(told).encode()}
    forged = repacked(made[1], tmp_path / "forged.zip", **changed)
    with pytest.raises(StoreError, match="does not name 000002"):
        put_back(forged, tmp_path / "to" / "store.duckdb", at=AT)


@pytest.mark.parametrize("name", ["../evil", "/evil", "beside/../../evil", "queries/rank.yaml", "beside/x", "C:evil"])
def test_an_archive_reaches_no_other_file(made: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(made[1]) as packed:
        told = json.loads(packed.read("manifest.json"))
    told["files"][name] = {"sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "bytes": 1}
    forged = repacked(made[1], tmp_path / "evil.zip", **{name: b"x", "manifest.json": json.dumps(told).encode()})
    with pytest.raises(StoreError):
        put_back(forged, tmp_path / "a" / "b" / "store.duckdb", at=AT)
    assert not [path for path in tmp_path.rglob("*") if path.name in ("evil", "rank.yaml")]


def test_what_is_no_backup_is_said(tmp_path: Path) -> None:
    for archive in (tmp_path / "none.zip", Path(__file__)):
        with pytest.raises(XinfoError, match="no backup"):
            check(archive, tmp_path / "proof")


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from xinfo.backup.restore import put_back
from xinfo.errors import XinfoError
place, archive, at = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
for step in range(1, 100, 2):
    folder = place / str(step)
    shutil.copytree(place / "before", folder)
    if not (child := os.fork()):
        seen = 0
        def watch(event, details):
            global seen
            seen += event in ("os.rename", "os.link") and str(details[0]).startswith(str(folder))
            if seen >= step:
                os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(watch)
        put_back(archive, folder / "store.duckdb", at=at, overwrite=True)
        os._exit(0)
    if not os.waitpid(child, 0)[1]:
        break
"""
"""Restores over what is there, killed before every other file that is moved, until one comes to its end."""


@pytest.mark.skipif(os.name == "nt", reason="kills are those of POSIX")
@pytest.mark.long
def test_a_restore_that_is_killed_loses_nothing_and_the_next_one_works(made: tuple[Path, Path], tmp_path: Path) -> None:
    before = tmp_path / "before"
    put_back(made[1], before / "store.duckdb", at=AT)
    audit.record(before / "store.duckdb", "ask", who="wang", at=AT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(made[1]), AT], check=True, env=environment)
    steps = sorted(tmp_path.glob("[0-9]*"), key=lambda path: int(path.name))
    assert len(steps) > 6
    for folder in steps:
        store = folder / "store.duckdb"
        logs = [path for path in folder.rglob("*.audit") if ".restoring" not in str(path)]
        assert any(verify(path.with_suffix("")).entries == 2 for path in logs), folder.name
        try:
            current(store)
        except StoreError as error:
            assert "a restore has not come to its end" in str(error)  # noqa: PT017
    for folder in (steps[len(steps) // 2], steps[-2]):
        put_back(made[1], folder / "store.duckdb", at=AT, overwrite=True)
        assert verify(folder / "store.duckdb").entries == 1
        assert len(history(folder / "store.duckdb")) == 2
        assert not list(folder.glob("*.restoring"))
