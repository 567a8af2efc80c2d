"""What a store remembers: who loaded what and when, what was replaced, and what was known on a day."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from panels import HERE, figure, write_csv

from xinfo.errors import Problems, StoreError
from xinfo.store.add import Batch, add
from xinfo.store.build import build
from xinfo.store.compare import compare
from xinfo.store.confirm import confirm
from xinfo.store.history import history, known_on, restore
from xinfo.store.versions import current, folder, forget, listed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built in January; in March 2014 is revised and 2015 added; in April 2013 is revised and 2015 given again."""
    folder = tmp_path_factory.mktemp("history")
    store = folder / "store.duckdb"
    write_csv(folder / "data" / "observation.csv", [figure("gdp", "2013", 4), figure("gdp", "2014", 5)])
    build(store, shipped=HERE, data=folder / "data", built_at="2016-01-10T08:00:00+08:00", who="li")
    load(store, [figure("gdp", "2014", 6, {"status": "preliminary"}), figure("gdp", "2015", 7)], "2016-03-10", "wang")
    load(store, [figure("gdp", "2013", 3), figure("gdp", "2015", 7)], "2016-04-10", "zhao")
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """A copy of that store, with the files that it was loaded from."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store.duckdb"


def load(store: Path, figures: list[dict[str, object]], at: str, who: str = "") -> None:
    """Loads figures from a file of the name that the first ones came from, so that the source is the same."""
    write_csv(store.parent / at / "observation.csv", figures)
    add(store, [store.parent / at / "observation.csv"], built_at=at, who=who)


def rows(store: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current(store)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


GDP = "SELECT period_id, value FROM observation WHERE metric_id = 'gdp' AND rule = 'published' ORDER BY 1"


def test_every_version_says_who_made_it_when_and_of_what(store: Path) -> None:
    told = [(one.number, one.at[:10], one.who, one.kind, one.current) for one in history(store)]
    assert told == [
        (1, "2016-01-10", "li", "build", False),
        (2, "2016-03-10", "wang", "load", False),
        (3, "2016-04-10", "zhao", "load", True),
    ]
    [file] = history(store)[1].files
    assert (file.file, file.kind, file.rows, file.new, file.revised) == ("observation.csv", "observation", 2, 1, 1)
    assert len(file.sha256) == 64
    assert file.bytes == (store.parent / "2016-03-10" / "observation.csv").stat().st_size
    assert {"place.csv", "metric.csv", "observation.csv"} <= {one.file for one in history(store)[0].files}
    assert [one.path for one in history(store)] == listed(store)


def test_every_figure_knows_its_load_and_a_revised_one_its_earlier_value(store: Path) -> None:
    loads = "SELECT period_id, load_id, sheet, cell FROM published ORDER BY ALL"
    revised = "SELECT load_id, period_id, value, value_written, status, earlier_load FROM revision ORDER BY ALL"
    assert [row[:2] for row in rows(store, loads)] == [("2013", 1), ("2013", 3), ("2014", 1), ("2014", 2), ("2015", 3)]
    assert rows(store, revised) == []
    confirm(store, "observation.csv", "published", at="2016-05-10")
    assert rows(store, loads) == [("2013", 3, None, None), ("2014", 2, None, None), ("2015", 3, None, None)]
    assert rows(store, revised) == [(4, "2013", 4.0, "4", "reported", 1), (4, "2014", 5.0, "5", "reported", 1)]


def test_a_status_that_changes_is_a_revision_too(store: Path) -> None:
    load(store, [figure("gdp", "2014", 6)], "2016-05-10")
    assert history(store)[-1].files[0].revised == 1
    assert rows(store, "SELECT value, status FROM revision WHERE load_id = 4") == [(6.0, "preliminary")]


def test_the_fingerprint_is_of_the_figures_not_of_the_loads(store: Path, tmp_path: Path) -> None:
    reports = [
        build(tmp_path / "twice", shipped=HERE, data=tmp_path / "data", built_at=at, who=at) for at in ("2016", "2017")
    ]
    assert reports[0].fingerprint == reports[1].fingerprint
    assert rows(tmp_path / "twice", "SELECT DISTINCT load_id FROM published") == [(2,)]


@pytest.mark.parametrize(
    ("day", "number"), [("2016-01-10", 1), ("2016-03-09", 1), ("2016-03-10", 2), ("2016-04-10", 3), ("2030-01-01", 3)]
)
def test_what_was_known_on_a_day_is_the_version_of_its_evening(day: str, number: int, store: Path) -> None:
    assert known_on(store, date.fromisoformat(day)).number == number


def test_before_the_first_version_nothing_is_known(store: Path) -> None:
    with pytest.raises(StoreError, match=r"as on 2016-01-09: the first version of .* is of 2016-01-10"):
        known_on(store, date(2016, 1, 9))


def test_a_comparison_names_what_appeared_vanished_and_changed_and_the_loads_between(store: Path) -> None:
    confirm(store, "observation.csv", "published", at="2016-05-10")
    found = compare(store, 1, 4)
    assert found.counts["published"] == {"appeared": 1, "vanished": 0, "changed": 2}
    told = [
        (one.kind, one.key["period_id"], one.old and one.old["value"], one.new and one.new["value"])
        for one in found.changes
    ]
    assert told == [("changed", "2013", 4, 3), ("changed", "2014", 5, 6), ("appeared", "2015", None, 7)]
    assert [one.number for one in found.loads] == [2, 3, 4]
    back = compare(store, 4, 1, most=1)
    assert (back.counts["published"]["vanished"], len(back.changes)) == (1, 1)
    assert [one.number for one in back.loads] == [2, 3, 4]


def test_what_waits_beside_a_figure_appears_and_a_confirmation_is_a_difference(store: Path) -> None:
    assert compare(store, 1, 3).counts["published"] == {"appeared": 3, "vanished": 0, "changed": 0}
    confirm(store, "observation.csv", "published", at="2016-05-10")
    found = compare(store, 3, 4)
    assert found.counts["published"] == {"appeared": 0, "vanished": 2, "changed": 3}
    told = [(one.old["mark"], one.new["mark"]) for one in found.changes if one.old and one.new]
    assert told == [("reported", "reported"), ("reported", "preliminary"), ("unconfirmed", "reported")]


def test_targets_and_projects_are_compared_too(store: Path, tmp_path: Path) -> None:
    (tmp_path / "target.csv").write_text("place,metric,period,value,unit\nxining,gdp,2015,8,yuan\n", encoding="utf-8")
    add(store, [tmp_path / "target.csv"], built_at="2016-05-10")
    [change] = compare(store, 3, 4).changes
    assert (change.table, change.kind, change.new and change.new["value"]) == ("target", "appeared", 8)


def test_a_restored_version_is_a_new_one_and_nothing_is_rewritten(store: Path) -> None:
    before = [path.read_bytes() for path in listed(store)]
    mark = restore(store, 1, at="2016-06-10", who="li")
    assert [path.read_bytes() for path in listed(store)[:3]] == before
    assert rows(store, GDP) == [("2013", 4), ("2014", 5)]
    last = history(store)[-1]
    assert (last.number, last.kind, last.restored, last.who, last.current) == (4, "restore", 1, "li", True)
    assert len(history(store)) == 4
    assert compare(store, 1, 4).same
    assert dict(rows(store, "SELECT key, value FROM meta"))["fingerprint"] == mark
    assert rows(store, "SELECT count(*) FROM revision") == [(0,)]
    load(store, [figure("gdp", "2014", 9)], "2016-07-10")
    confirm(store, "observation.csv", "published", at="2016-08-10")
    assert rows(store, "SELECT value, earlier_load FROM revision") == [(5, 1)]


def test_a_forgotten_version_is_gone_and_is_said_to_be(store: Path) -> None:
    forget(store, 2, at="2016-07-01", who="li")
    assert [one.path is not None for one in history(store)] == [True, False, True]
    with pytest.raises(StoreError, match="version 2, which counted on 2016-03-31, is not at hand any more"):
        known_on(store, date(2016, 3, 31))
    for number, why in ((3, "is the current one"), (2, "there are: 1, 3"), (9, "there are: 1, 3")):
        with pytest.raises(StoreError, match=why):
            forget(store, number, at="2016-07-01")
    load(store, [figure("gdp", "2016", 9)], "2016-07-10")
    assert [one.number for one in history(store)] == [1, 2, 3, 4]


def test_a_copied_store_keeps_its_history_and_its_file(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(store.read_bytes())
    assert [one.number for one in history(copy)] == [1, 2, 3]
    assert known_on(copy, date(2016, 4, 10)).path == copy
    load(copy, [figure("gdp", "2016", 9)], "2016-07-10")
    assert [(one.number, one.path is not None) for one in history(copy)] == [
        (1, False), (2, False), (3, True), (4, True),
    ]  # fmt: skip
    assert listed(copy)[0].read_bytes() == store.read_bytes()


def test_rows_read_elsewhere_keep_sheet_and_cell(store: Path) -> None:
    read = pa.table({
        "place": ["Xining", "Xining"], "metric": ["gdp", "gdp"], "period": ["2016Q1", "2016Q2"],
        "value": ["1", "2"], "unit": ["yuan", "yuan"],
        "line": [4, 4], "sheet": ["2016年", "2016年"], "cell": ["C4", "D4"],
    })  # fmt: skip
    book = store.parent / "book.xlsx"
    book.write_bytes(b"as it was sent")
    [brought] = add(store, [Batch(book, "observation", read)], built_at="2016-07-10").files
    assert (brought.file, brought.rows, brought.new) == ("book.xlsx", 2, 2)
    found = rows(store, "SELECT file, sheet, cell, line, source_id FROM published WHERE load_id = 4 ORDER BY cell")
    assert found == [("book.xlsx", "2016年", cell, 4, "book.xlsx") for cell in ("C4", "D4")]
    assert rows(store, "SELECT count(DISTINCT published_id), count(*) FROM published") == [(7, 7)]


def test_what_is_wrong_in_rows_read_elsewhere_is_said_by_sheet_and_cell(store: Path) -> None:
    bad = {"place": ["Xining"], "metric": ["gdp"], "period": ["2016"], "value": ["much"], "unit": ["yuan"]}
    read = pa.table(bad | {"line": [4], "sheet": ["2016年"], "cell": ["C4"]})
    with pytest.raises(Problems, match=r"^book\.xlsx, sheet 2016年, C4, column value: 'much' is no number"):
        add(store, [Batch(store.parent / "book.xlsx", "observation", read)], built_at="2016")


def test_a_store_of_an_earlier_make_is_refused_in_words(store: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(current(store))) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'schema'")
    write_csv(tmp_path / "x.csv", [figure("gdp", "2016", 9)])
    with pytest.raises(StoreError, match="another version of xinfo: build it anew with 'xinfo build'"):
        add(store, [tmp_path / "x.csv"], built_at="2016")
    build(store, shipped=HERE, data=tmp_path / "data", built_at="2017")
    assert [(one.number, one.kind) for one in history(store)] == [(1, "build"), (2, "load"), (3, ""), (4, "build")]


@pytest.mark.parametrize(
    ("pointer", "why"),
    [
        (b"", "names no version: it holds ''"),
        (b"\xff\x00garbage", "names no version"),
        (b"../../etc/passwd", "names no version"),
        (b"000009.duckdb", "version 9 of .* counts, but .* is not there"),
        (None, "has lost CURRENT"),
    ],
)
def test_a_broken_pointer_is_said_with_what_to_do_and_a_restore_mends_it(
    pointer: bytes | None, why: str, store: Path
) -> None:
    place = folder(store) / "CURRENT"
    place.unlink() if pointer is None else place.write_bytes(pointer)
    with pytest.raises(StoreError, match=why) as caught:
        current(store)
    assert "xinfo versions restore N" in str(caught.value)
    assert [(one.number, one.current) for one in history(store)] == [(1, False), (2, False), (3, False)]
    restore(store, 3, at="2016-07-10")
    assert rows(store, GDP) == [("2013", 4), ("2014", 5), ("2015", 7)]


@pytest.mark.parametrize("left", [0, 5000, 0.5, 0.95])
def test_a_version_cut_short_is_said_with_what_to_do_and_an_earlier_one_can_be_restored(
    left: float, store: Path, tmp_path: Path
) -> None:
    from xinfo.query.engine import DuckEngine

    version = current(store)
    whole = version.read_bytes()
    version.write_bytes(whole[: left if isinstance(left, int) else int(len(whole) * left)])
    write_csv(tmp_path / "x.csv", [figure("gdp", "2016", 9)])
    for read in (
        lambda: DuckEngine(version),
        lambda: add(store, [tmp_path / "x.csv"], built_at="2016"),
        lambda: restore(store, 3, at="2016"),
        lambda: compare(store, 2, 3),
        lambda: known_on(store, date(2016, 4, 10)),
    ):
        with pytest.raises(StoreError, match=r"xinfo versions|is damaged"):
            read()
    assert [(one.number, one.kind) for one in history(store)] == [(1, "build"), (2, "load"), (3, "")]
    assert restore(store, 2, at="2016-07-10")
    assert rows(store, GDP) == [("2013", 4), ("2014", 5), ("2015", 7)]


def test_a_version_whose_figures_were_changed_is_not_restored(store: Path) -> None:
    with duckdb.connect(str(listed(store)[0])) as connection:
        connection.execute("UPDATE observation SET value = 1")
    with pytest.raises(StoreError, match="its figures are not those it was made with"):
        restore(store, 1, at="2016")
    assert len(listed(store)) == 3
