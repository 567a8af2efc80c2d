"""What people make belongs to the store: no other store sees it, and nothing of it lies where xinfo is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import kept
from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.backup.restore import put_back
from xinfo.backup.save import save
from xinfo.cli import main, stores
from xinfo.errors import StoreError
from xinfo.loop.own import own_phrases, take_in
from xinfo.loop.proposals import Proposal, Trial
from xinfo.stewardship.shelf import Shelf
from xinfo.store.assets import Assets, file_of_words, folder_of_templates, take_over
from xinfo.store.versions import current, default_store
from xinfo.ui import opening, session
from xinfo.ui.doors import OPEN

AT = "2016-02-01T08:00:00"
WORD = Proposal("output of all", "metric", "gdp")
ASKED = {"coast board": "the template", "output of all of Xining in 2014": "the word"}
LIKE_ANYBODY = ["setpriv", "--bounding-set=-dac_override"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
"""Root may write what it likes, unless that is taken away from it."""
INSTALLED = ("xinfo", "queries", "data", "static", ".streamlit", "app.py", "pyproject.toml")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    kept.store(folder)
    return folder


@pytest.fixture
def two(plain: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two stores; somebody has made a template and taught a word in the first."""
    for name in ("one", "other"):
        shutil.copytree(plain, tmp_path / name)
    one, other = tmp_path / "one" / "tiny.duckdb", tmp_path / "other" / "tiny.duckdb"
    kept.own(one.parent, coast_board=kept.BOARD)
    take_in(Trial(WORD, (), (), (), 1), one)
    return one, other


def heard(store: Path, question: str) -> bool:
    return isinstance(open_workspace(store, kept.QUERIES).conversation("en").ask(question), Answer)


@pytest.mark.parametrize("question", ASKED)
def test_what_is_made_on_one_store_is_heard_there_and_on_no_other(two: tuple[Path, Path], question: str) -> None:
    assert [heard(store, question) for store in two] == [True, False]
    assert heard(current(two[0]), question), "also where the store is named by the file of its version"


@pytest.mark.long
def test_a_session_on_another_store_knows_nothing_of_it(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for store in two:
        monkeypatch.setenv("XINFO_STORE", str(store))
        page = AppTest.from_string("from xinfo.ui.templates import page\npage.page()", default_timeout=90).run()
        assert not page.exception
        seen.append("open-coast_board" in [button.key for button in page.button])
        assert bool(own_phrases(session.store())) == (store == two[0])
    assert seen == [True, False]
    opening.forget()


def test_the_command_line_takes_templates_from_the_store_it_is_given(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for store, there in zip(two, (True, False), strict=True):
        main(["templates", "--store", str(store)])
        assert ("coast_board" in capsys.readouterr().out) == there
    assert main(["templates", "export", str(tmp_path / "all.zip"), "--store", str(two[0])]) == 0
    assert main(["templates", "save", str(tmp_path / "all.zip"), "--store", str(two[1])]) == 0
    assert heard(two[1], "coast board")
    assert Shelf(two[1]).entry("coast_board").newest == 1
    assert not Shelf(two[0]).entry("coast_board").newest


def test_a_backup_brings_back_all_that_people_made(two: tuple[Path, Path], tmp_path: Path) -> None:
    save(two[0], tmp_path / "all.zip", at=AT, who="li")
    put_back(tmp_path / "all.zip", tmp_path / "back" / "new.duckdb", at=AT)
    assert all(heard(tmp_path / "back" / "new.duckdb", question) for question in ASKED)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Shipped files of an earlier make, with what people made among them."""
    queries = tmp_path / "queries"
    shutil.copytree(kept.QUERIES, queries, ignore=shutil.ignore_patterns("own", "own.yaml"))
    (queries / "own" / "history" / "coast_board").mkdir(parents=True)
    (queries / "own" / "coast_board.yaml").write_text(kept.BOARD, encoding="utf-8")
    (queries / "own" / "history" / "coast_board" / "record.jsonl").write_text("", encoding="utf-8")
    (queries / "vocabulary" / "own.yaml").write_text("metric: {gdp: {en: [output of all]}}", encoding="utf-8")
    return queries


def test_what_lay_among_the_shipped_files_is_taken_over_once_and_said(
    plain: Path, earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(plain, tmp_path / "a")
    store = tmp_path / "a" / "tiny.duckdb"
    monkeypatch.setattr(stores, "QUERIES", earlier)
    assert main(["ask", "coast board", "--store", str(store)]) == 0
    assert f"they were copied to {folder_of_templates(store)}" in capsys.readouterr().err
    assert main(["ask", "output of all of Xining in 2014", "--store", str(store)]) == 0
    assert not capsys.readouterr().err
    Shelf(store).retire("coast_board", "li", AT)
    file_of_words(store).unlink()
    assert not take_over(Assets(earlier, store)), "what was removed since does not come back"
    assert [main(["ask", question, "--store", str(store)]) for question in ASKED] == [1, 1]
    assert (earlier / "own" / "coast_board.yaml").exists(), "another store may still take it over"


def test_words_are_taken_over_whole_or_not_at_all(
    plain: Path, earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(plain, tmp_path / "a")
    assets = Assets(earlier, tmp_path / "a" / "tiny.duckdb")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(StoreError, match="No space left"):
            take_over(assets)
    assert not assets.words.exists()
    assert take_over(assets)
    assert assets.words.read_text(encoding="utf-8") == "metric: {gdp: {en: [output of all]}}"


def test_nothing_is_made_beside_a_store_that_is_not_there(earlier: Path, tmp_path: Path) -> None:
    assert not take_over(Assets(earlier, tmp_path / "none" / "tiny.duckdb"))
    assert not (tmp_path / "none").exists()


def test_where_nothing_can_be_written_the_store_is_asked_as_it_is_and_it_is_said(
    plain: Path, earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(plain, tmp_path / "a")
    monkeypatch.setattr(stores, "QUERIES", earlier)
    monkeypatch.setattr(shutil, "copytree", lambda *_: (_ for _ in ()).throw(OSError(30, "Read-only file system")))
    assert main(["ask", "GDP of Xining in 2014", "--store", str(tmp_path / "a" / "tiny.duckdb")]) == 0
    assert "cannot be written: Read-only file system" in capsys.readouterr().err


def test_without_a_place_to_write_in_the_project_the_store_is_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_store(tmp_path, {}) == tmp_path / "var" / "demo.duckdb"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert default_store(tmp_path, {"HOME": "/h"}) == Path("/h/.local/share/xinfo/demo.duckdb")
    assert default_store(tmp_path, {"HOME": "/h", "XDG_DATA_HOME": "/d"}) == Path("/d/xinfo/demo.duckdb")


PROGRAM = """
import sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
from xinfo.cli import main
from xinfo.cli.stores import DEFAULT_STORE
from xinfo.loop.own import take_in
from xinfo.loop.proposals import Proposal, Trial

here = Path.cwd()
(here / "figures.csv").write_text("place,metric,period,value,unit\\nxining,gdp,2016,1248,亿元\\n", encoding="utf-8")
assert main(["ask", "GDP of Xining in 2014"]) == 0
take_in(Trial(Proposal("output of all", "metric", "gdp"), (), (), (), 1), DEFAULT_STORE)
assert main(["ask", "output of all of Xining in 2014"]) == 0
assert main(["templates", "save", str(here / "coast_board.yaml")]) == 0
assert main(["brief", "new", "quarterly_progress", "xining", "2015Q1-Q3"]) == 0
assert main(["load", str(here / "figures.csv"), "--yes", "running=single"]) in (0, 1)
assert main(["backup", str(here / "all.zip")]) == 0
assert main(["restore", str(here / "all.zip"), "--store", str(here / "back.duckdb")]) == 0
assert main(["ask", "coast board", "--store", str(here / "back.duckdb")]) == 0
page = AppTest.from_file(sys.argv[1] + "/app.py", default_timeout=300)
page.query_params["q"] = "coast board"
assert not page.run().exception and not page.error, page.error
print(DEFAULT_STORE)
"""


def state(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.long
@pytest.mark.skipif(
    os.name == "nt" or (bool(LIKE_ANYBODY) and not shutil.which("setpriv")), reason="nothing here is read only"
)
def test_a_read_only_installation_does_all_its_work_and_stays_as_it_was(tmp_path: Path) -> None:
    installed, home = tmp_path / "opt", tmp_path / "home"
    installed.mkdir()
    home.mkdir()
    for name in INSTALLED:
        source = kept.ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, installed / name)
    (home / "coast_board.yaml").write_text(kept.BOARD, encoding="utf-8")
    for path in [installed, *installed.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222 | (0o555 if path.is_dir() else 0o444))
    before = state(installed)
    clean = {"HOME": str(home), "PYTHONPATH": str(installed), "PATH": os.environ["PATH"], "PYTHONUTF8": "1", OPEN: "1"}
    command = [*LIKE_ANYBODY, sys.executable, "-c", PROGRAM, str(installed)]
    done = subprocess.run(command, cwd=home, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == str(home / ".local" / "share" / "xinfo" / "demo.duckdb")
    assert state(installed) == before
    for path in [installed, *installed.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
