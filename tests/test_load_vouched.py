"""Results that people vouched for: a load that changes one says so before it counts, and wants it accepted by name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from panels import figure, write_csv

from tests import kept
from xinfo.ask import open_workspace
from xinfo.cli import main
from xinfo.stewardship.desk import Desk
from xinfo.store.versions import current, listed

Loads = Callable[..., tuple[int, str]]
VOUCHED = "--yes=vouched:coast_board"


@pytest.fixture(scope="module")
def vouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store whose one template has a result that wang fang vouched for."""
    place = tmp_path_factory.mktemp("vouched")
    kept.store(place, left_out=("beijing", "2014"))
    # As unconfirmed as what the tests load: a published figure would stand whatever is loaded beside it.
    write_csv(place / "new.csv", [figure("gdp", "2014", 2e12, {"place": "beijing"})])
    assert main(["load", str(place / "new.csv"), "--store", str(place / "tiny.duckdb"), "--by", "li wei"]) == 0
    kept.vouched(place)
    return place


@pytest.fixture
def board(vouched: Path, tmp_path: Path) -> Path:
    """The file of that template, beside a copy of its store."""
    shutil.copytree(vouched, tmp_path, dirs_exist_ok=True, symlinks=True)
    return tmp_path / "tiny.duckdb.templates" / "coast_board.yaml"


@pytest.fixture
def loads(board: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Loads:
    """Loads a figure of GDP by the command, and says how that ended."""

    def load(place: str, value: float, *options: str, year: str = "2014") -> tuple[int, str]:
        write_csv(tmp_path / "new.csv", [figure("gdp", year, value, {"place": place})])
        store = str(tmp_path / "tiny.duckdb")
        status = main(["load", str(tmp_path / "new.csv"), "--store", store, "--by", "li wei", *options])
        said = capsys.readouterr()
        return status, said.out + said.err

    return load


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_load_that_changes_what_was_vouched_for_names_it_with_both_values_and_stops(
    options: tuple[str, ...], loads: Loads, tmp_path: Path
) -> None:
    before = current(tmp_path / "tiny.duckdb")
    status, said = loads("beijing", 2.2e12, *options)
    assert status == 1
    assert "“coast board”, which wang fang approved on 2016-02-03, changes with" in said
    assert "2,000,000,000,000" in said
    assert "2,200,000,000,000" in said
    assert "answer with --yes vouched:coast_board" in said
    assert (current(tmp_path / "tiny.duckdb"), len(listed(tmp_path / "tiny.duckdb"))) == (before, 2)


@pytest.mark.long
def test_what_is_accepted_is_loaded_and_stands_in_the_template_under_that_name(loads: Loads, board: Path) -> None:
    """Whoever else could review: that is for what is published, not for the figures that come out of it."""
    rules = board.parents[1] / "tiny.duckdb.access.yaml"
    rules.write_text("people: {li wei: analyst, wang fang: reviewer}", encoding="utf-8")
    status, said = loads("beijing", 2.2e12, VOUCHED)
    assert (status, "coast_board were approved by li wei" in said) == (0, True), said
    text = board.read_text(encoding="utf-8")
    assert "2200000000000.0" in text
    assert "by: li wei" in text
    assert "# the rest is pinned" in text
    assert loads("beijing", 2.2e12, "--dry-run")[0] == 0


@pytest.mark.parametrize(("place", "year"), [("xining", "2014"), ("beijing", "2013")])
def test_a_load_that_changes_nothing_of_it_asks_nothing(place: str, year: str, loads: Loads) -> None:
    assert loads(place, 1.5e11 if place == "xining" else 1.9e12, year=year)[0] == 0


@pytest.mark.long
def test_what_had_changed_before_is_not_asked_of_the_next_load(loads: Loads, board: Path) -> None:
    board.write_text(board.read_text(encoding="utf-8").replace("2000000000000.0", "1900000000000.0"), encoding="utf-8")
    assert loads("xining", 1.5e11)[0] == 0


@pytest.mark.long
def test_a_draft_that_somebody_is_at_work_on_stays_the_newest(loads: Loads, tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "tiny.duckdb", kept.QUERIES)
    desk = Desk(workspace, "zhao", "2016-02-04T08:00:00")
    head = desk.shelf.head("coast_board")
    assert head
    draft = head.text.replace("[letter]", "[letter, sea]")
    desk.save("coast_board", draft, head.text)
    desk.submit("coast_board")
    assert loads("beijing", 2.2e12, VOUCHED)[0] == 0
    entry = desk.shelf.entry("coast_board")
    assert (entry.state, entry.author, entry.newest, entry.heard) == ("in_review", "zhao", 4, 3)
    assert desk.shelf.version("coast_board", 4).text == draft
    assert "2200000000000.0" in desk.shelf.file("coast_board").read_text(encoding="utf-8")


def nobody() -> str:
    """As in a container whose user has no name."""
    raise KeyError


def test_what_confirming_changes_is_asked_and_accepted_under_that_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A published figure stands beside one that nobody has confirmed, until it is."""
    store, board = kept.with_something_to_confirm(tmp_path)
    confirming = ["sources", "confirm", "newer.csv", "--as", "published", "--store", str(store), "--by", "li wei"]
    before = current(store)
    capsys.readouterr()
    assert main(confirming) == 1
    said = capsys.readouterr().err
    assert "“coast board”, which wang fang approved on 2016-02-03, changes with" in said
    assert "2,200,000,000,000" in said
    monkeypatch.setattr("xinfo.cli.stores.getpass.getuser", nobody)
    assert main([*confirming[:-2], "--yes"]) == 1
    assert "this needs a name to stand under it" in capsys.readouterr().err
    assert current(store) == before
    assert main([*confirming, "--yes"]) == 0
    text = board.read_text(encoding="utf-8")
    assert "2200000000000.0" in text
    assert "by: li wei" in text
