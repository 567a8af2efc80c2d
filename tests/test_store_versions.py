"""A store is the old one or the new one, whatever happens to a build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from panels import HERE, built, figure, write_csv

from xinfo.errors import Problems, StoreError
from xinfo.store import schema, versions
from xinfo.store.build import build
from xinfo.store.proof import fingerprint
from xinfo.store.versions import building, current, folder, forget, listed


def gdp(store: Path) -> float:
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        return connection.execute("SELECT value FROM observation WHERE period_id = '2014'").fetchall()[0][0]


def test_a_build_makes_a_new_version_and_any_client_opens_the_stores_own_name(tmp_path: Path) -> None:
    for value in (1, 2):
        built(tmp_path, [figure("gdp", "2014", value)]).close()
    store = tmp_path / "store.duckdb"
    assert [path.name for path in listed(store)] == ["000001.duckdb", "000002.duckdb"]
    assert gdp(store) == 2
    with duckdb.connect(str(store), read_only=True) as connection:
        assert connection.execute("SELECT value FROM observation WHERE period_id = '2014'").fetchall() == [(2,)]


def test_a_failed_build_leaves_the_old_store_as_it_was(tmp_path: Path) -> None:
    built(tmp_path, [figure("gdp", "2014", 1)]).close()
    store = tmp_path / "store.duckdb"
    before = current(store).read_bytes()
    with pytest.raises(Problems):
        built(tmp_path, [figure("gdp", "2014", "much")])
    assert current(store).read_bytes() == before
    assert [path.name for path in sorted(folder(store).iterdir())] == ["000001.duckdb", "CURRENT", "LOCK"]


def test_every_version_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    for number in range(7):
        with building(store) as draft:
            draft.write_text(str(number), encoding="utf-8")
    assert [path.read_text(encoding="utf-8") for path in listed(store)] == list("0123456")
    assert current(store).read_text(encoding="utf-8") == store.read_text(encoding="utf-8") == "6"


def test_a_second_builder_is_told_and_loses_nothing(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    with building(store) as draft:
        draft.write_text("first", encoding="utf-8")
        with pytest.raises(StoreError, match="another build"), building(store):
            pass
    assert current(store).read_text(encoding="utf-8") == "first"


def test_without_a_store_the_reader_hears_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="xinfo build"):
        current(tmp_path / "none.duckdb")


def test_a_plain_duckdb_file_is_a_store_too(tmp_path: Path) -> None:
    (tmp_path / "copied.duckdb").write_bytes(b"x")
    assert current(tmp_path / "copied.duckdb") == tmp_path / "copied.duckdb"


@pytest.mark.parametrize("delay", [0.1, 0.5])
def test_a_killed_build_leaves_a_store_and_the_next_one_cleans_up(delay: float, tmp_path: Path) -> None:
    built(tmp_path, [figure("gdp", "2014", 1)]).close()
    store, data = tmp_path / "store.duckdb", tmp_path / "data"
    write_csv(data / "observation.csv", [figure("gdp", "2014", 2)])
    code = (
        "import sys; from pathlib import Path; from xinfo.store.build import build; print(flush=True)\n"
        "a, b, c = map(Path, sys.argv[1:]); build(a, shipped=b, data=c, built_at='')"
    )
    command = [sys.executable, "-c", code, str(store), str(HERE), str(data)]
    with subprocess.Popen(command, cwd=HERE.parent.parent, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()  # the imports are done
        time.sleep(delay)
        process.kill()
    assert gdp(store) in (1, 2)
    built(tmp_path, [figure("gdp", "2014", 3)]).close()
    assert gdp(store) == 3
    assert not list(folder(store).glob("building*"))


def test_the_same_input_gives_the_same_fingerprint_and_any_change_another(tmp_path: Path) -> None:
    marks = []
    for number, value in enumerate((1, 1, 2)):
        write_csv(tmp_path / "data/observation.csv", [figure("gdp", "2014", value)])
        report = build(tmp_path / f"{number}", shipped=HERE, data=tmp_path / "data", built_at=str(number))
        marks.append(report.fingerprint)
    assert marks[0] == marks[1] != marks[2]
    with duckdb.connect(str(current(tmp_path / "2")), read_only=True) as connection:
        meta = dict(connection.execute("SELECT * FROM meta").fetchall())
    assert meta["fingerprint"] == marks[2]
    assert (meta["built_at"], meta["name"], meta["data_from"], meta["data_to"]) == ("2", "data", "2014", "2014")


def test_a_store_of_the_shipped_figures_bears_the_project_s_name(tmp_path: Path) -> None:
    build(tmp_path / "own", shipped=HERE, data=None, built_at="1", demonstration=False)
    with duckdb.connect(str(current(tmp_path / "own")), read_only=True) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'name'").fetchall() == [("xinfo",)]


def test_a_fingerprint_outlives_the_engines_release() -> None:
    with duckdb.connect() as connection:
        schema.create(connection)
        connection.execute("""
            INSERT INTO observation (place_id, metric_id, period_id, value, sources)
            VALUES ('xining', 'gdp', '2014', 106.5e9, ['a', 'b'])""")
        assert fingerprint(connection) == "0c637ae457e8819588d197f05ee5edb59de3ed0b7bb718058913fccc657da5bd"


@pytest.mark.parametrize(
    ("pointer", "next_one"),
    [
        ("000002.duckdb", 5),
        ("000001.duckdb", 5),
        ("000009.duckdb", 10),
        ("none", 5),
        ("", 5),
        ("nonsense", 5),
        (None, 5),
    ],
)
def test_whatever_the_pointer_names_no_version_is_lost_and_no_number_used_again(
    pointer: str | None, next_one: int, tmp_path: Path
) -> None:
    store = tmp_path / "s.duckdb"
    for number in range(1, 5):
        with building(store) as draft:
            draft.write_text(str(number), encoding="utf-8")
    if pointer is None:
        (folder(store) / "CURRENT").unlink()
    else:
        (folder(store) / "CURRENT").write_text(pointer, encoding="utf-8")
    assert len(listed(store)) == 4, "later ones are seen, and can be brought back"
    with building(store) as draft:
        draft.write_text("new", encoding="utf-8")
    assert current(store).name == f"{next_one:06d}.duckdb"
    assert [path.read_text(encoding="utf-8") for path in listed(store)] == [*"1234", "new"]


def test_the_latest_version_stays_where_an_earlier_one_counts(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    for _ in range(3):
        with building(store) as draft:
            draft.touch()
    (folder(store) / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    with pytest.raises(StoreError, match="its number is not used again"):
        forget(store, 3, at="2016-02-01T08:00:00+08:00")
    forget(store, 2, at="2016-02-01T08:00:00+08:00")
    assert [path.name for path in listed(store)] == ["000001.duckdb", "000003.duckdb"]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_what_was_killed_before_it_counted_is_no_version_and_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "s.duckdb"
    with building(store) as draft:
        draft.touch()

    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if not (child := os.fork()):
        monkeypatch.setattr(versions, "_point", killed)
        with building(store) as draft:
            draft.touch()
    os.waitpid(child, 0)
    assert (folder(store) / "000002.duckdb").exists()
    assert [path.name for path in listed(store)] == ["000001.duckdb"]
    with building(store) as draft:
        assert not (folder(store) / "000002.duckdb").exists()
        draft.touch()
    assert current(store).name == "000002.duckdb"
    assert sorted(path.name for path in folder(store).iterdir()) == [
        "000001.duckdb",
        "000002.duckdb",
        "CURRENT",
        "LOCK",
    ]
