"""What breaks under the running app: each is said on the page in words, the rest goes on, and mended it works again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv
from streamlit.testing.v1 import AppTest

from xinfo.cli import main
from xinfo.language.texts import text
from xinfo.store.add import add
from xinfo.store.build import build
from xinfo.store.history import history
from xinfo.store.versions import current
from xinfo.ui import opening, session, welcome
from xinfo.ui.data.load import draft as drafts
from xinfo.ui.data.load import job as jobs

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "GDP of Xining in 2014"
AT = "2016-01-10T08:00:00+08:00"
NEXT = "place,metric,period,value,unit,source\n西宁市,gdp,2015,1131.6,亿元,office\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults-app")
    prepared(folder, 1070)
    build(folder / "store.duckdb", shipped=HERE, data=folder / "data", built_at=AT)
    return folder


def prepared(folder: Path, value: int) -> Path:
    # A made-up one: in the place of a published one it would wait to be confirmed.
    said = {"unit": "亿元", "source": "office", "status": "illustrative"}
    write_csv(folder / "data" / "observation.csv", [figure("gdp", "2014", value, said)])
    return folder / "data" / "observation.csv"


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Where the store and the templates lie: a folder, or a disk of its own."""
    return request.getfixturevalue("disk")[0] if hasattr(request, "param") else tmp_path


on_a_disk = pytest.mark.parametrize("place", ["disk"], indirect=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[str], None]]]:
    """A small file system of its own, and what mounts it anew with other options."""
    place, mount = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    command = [mount or "", "-t", "tmpfs", "-o", "size=60m", "xinfo", str(place)]
    if os.name == "nt" or os.geteuid() != 0 or not mount or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield place, lambda options: subprocess.run([mount, "-o", f"remount,{options}", str(place)], check=True) and None
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def app(made: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on a copy of the store, which has answered."""
    shutil.copytree(made, place, dirs_exist_ok=True)
    monkeypatch.setenv("XINFO_STORE", str(place / "store.duckdb"))
    monkeypatch.setattr(jobs, "PATIENCE", 120)
    opening.forget()
    for cached in (session._then, session._past, drafts._words, welcome.starters):
        cached.cache_clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)
    page.query_params["q"] = QUESTION
    assert "107" in said(page.run())
    return page


def said(page: AppTest) -> str:
    assert not page.exception
    pieces = [*page.markdown, *page.error, *page.code, *page.warning, *page.info, *page.success]
    return "\n".join(str(piece.value) for piece in pieces).translate(str.maketrans({"\\": None, "\u2060": None}))


def stopped(page: AppTest) -> str:
    """Why the page cannot go on."""
    words = said(page.run())
    assert text("ui.stopped", "en") in words
    assert "Traceback" not in words
    return words


@pytest.mark.long
def test_a_file_of_words_that_is_broken_is_named_and_takes_nothing_else_with_it(app: AppTest, place: Path) -> None:
    broken = place / "store.duckdb.vocabulary.yaml"
    broken.write_text("metric: {gdp: {en: [my gdp\n", encoding="utf-8")
    assert "107" in said(app.run())
    page = AppTest.from_string("from xinfo.ui.templates import page\npage.page()", default_timeout=90).run()
    assert not page.exception
    told = " ".join(one.value for one in page.markdown).replace("\u2060", "").replace("\\", "")
    assert "store.duckdb.vocabulary.yaml" in told


def test_a_template_that_is_broken_takes_no_other_with_it(app: AppTest, place: Path) -> None:
    (place / "store.duckdb.templates").mkdir()
    (place / "store.duckdb.templates" / "mine.yaml").write_text("id: mine\nsql: [", encoding="utf-8")
    assert "107" in said(app.run())


@pytest.mark.parametrize("how", ["copied over", "moved over"])
def test_a_file_that_another_program_wrote_over_is_not_read_on(app: AppTest, place: Path, how: str) -> None:
    prepared(place, 2222)
    build(place / "other.duckdb", shipped=HERE, data=place / "data", built_at=AT)
    copy = shutil.copyfile if how == "copied over" else shutil.move
    copy(current(place / "other.duckdb"), current(place / "store.duckdb"))
    assert "start xinfo again" in stopped(app)


@pytest.mark.long
def test_a_new_version_is_answered_from_at_once_and_nothing_of_the_old_stays(app: AppTest, place: Path) -> None:
    add(place / "store.duckdb", [prepared(place, 2222)], built_at=AT)
    words = said(app.run())
    assert "222" in words
    assert "107" not in words


def loading() -> AppTest:
    """The Load tab with a file that could be loaded."""
    tab = AppTest.from_string("from xinfo.ui import data\ndata.page()", default_timeout=180)
    tab.session_state["data-open"] = "load"
    tab.run().file_uploader[0].set_value([("next.csv", NEXT.encode(), "text/csv")]).run()
    return tab


@on_a_disk
def test_on_a_disk_that_may_only_be_read_questions_are_answered_and_a_load_is_told(
    app: AppTest, disk: tuple[Path, Callable[[str], None]]
) -> None:
    place, again = disk
    again("ro")
    app.query_params["q"] = ["GDP of Beijing in 1999", QUESTION]
    assert "107" in said(app.run())
    tab = loading()
    tab.button(key="load-go").click().run()
    assert "Read-only file system; the store is as it was" in said(tab)
    again("rw")
    tab.button(key="load-go").click().run()
    assert "version 2" in said(tab)
    assert [one.number for one in history(place / "store.duckdb")] == [1, 2]


def test_without_a_place_for_temporary_files_it_is_told(
    app: AppTest, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "gone"))
    assert "107" in said(app.run())
    (place / "next.csv").write_text(NEXT, encoding="utf-8")
    assert main(["load", "--store", str(place / "store.duckdb"), str(place / "next.csv")]) == 1
    assert "no room for temporary files" in capsys.readouterr().err


def test_a_backup_on_a_full_disk_is_told_and_leaves_nothing(
    made: Path, disk: tuple[Path, Callable[[str], None]], capsys: pytest.CaptureFixture[str]
) -> None:
    place, again = disk
    archive = place / "figures.zip"
    command = ["backup", str(archive), "--store", str(made / "store.duckdb")]
    for free in (0, 8_000):
        (place / "filler").write_bytes(b"")
        (place / "filler").write_bytes(bytes(shutil.disk_usage(place).free - free))
        assert main(command) == 1
        assert "No space left" in capsys.readouterr().err
        assert [file.name for file in place.iterdir()] == ["filler"]
    again("size=120m")
    assert main(command) == 0
    assert main(["restore", str(archive), "--check"]) == 0
