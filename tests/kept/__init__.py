"""A tiny store and templates of one's own for the tests of what people save."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from panels import HERE as PANELS
from panels import figure, write_csv

from tests.shipped import copied
from xinfo.ask import open_workspace
from xinfo.cli import main
from xinfo.frozen import freeze
from xinfo.stewardship.trial import with_frozen
from xinfo.store.assets import folder_of_templates
from xinfo.store.build import build
from xinfo.store.versions import current
from xinfo.store.versions import folder as versions

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "queries"
GDP = {"xining": 1e11, "beijing": 2e12, "suzhou-anhui": 1.5e11, "suzhou-jiangsu": 1.2e12}
BOARD = (Path(__file__).parent / "coast_board.yaml").read_text(encoding="utf-8")
FLEET = (Path(__file__).parent / "fleet.yaml").read_text(encoding="utf-8")
"""A question that was kept, and SQL with names of its own."""


def store(folder: Path, change: float = 1.0, left_out: tuple[str, str] | None = None) -> Path:
    """A store with GDP of four places in two years but for one place's in one; `change` multiplies that of 2014."""
    make = partial(_build, change=change, left_out=left_out)
    if versions(folder / "tiny.duckdb").exists():  # a further version of it
        make(folder)
    else:
        copied(folder, f"kept-{change}-{left_out}", make)
    return current(folder / "tiny.duckdb")


def _build(folder: Path, change: float, left_out: tuple[str, str] | None) -> None:
    rows = [
        figure("gdp", year, value * factor, {"place": place})
        for place, value in GDP.items()
        for year, factor in (("2013", 0.9), ("2014", change))
        if (place, year) != left_out
    ]
    write_csv(folder / "data" / "observation.csv", rows)
    build(folder / "tiny.duckdb", shipped=PANELS, data=folder / "data", built_at="2016-02-01T08:00:00")
    open_workspace(folder / "tiny.duckdb", QUERIES)  # makes its vocabulary


def own(folder: Path, **texts: str) -> Path:
    """Puts templates of its own beside that store; where they lie."""
    place = folder_of_templates(folder / "tiny.duckdb")
    place.mkdir()
    for name, content in texts.items():
        (place / f"{name}.yaml").write_text(content, encoding="utf-8")
    return place


def vouched(folder: Path) -> Path:
    """Puts the board beside that store, with a result that wang fang vouched for; its file."""
    place = own(folder, coast_board=BOARD)
    frozen = freeze("coast board", "en", open_workspace(folder / "tiny.duckdb", QUERIES), "wang fang", "2016-02-03")
    (place / "coast_board.yaml").write_text(with_frozen(BOARD, (frozen,)), encoding="utf-8")
    return place / "coast_board.yaml"


def with_something_to_confirm(folder: Path) -> tuple[Path, Path]:
    """A store in which a figure of Beijing waits to be confirmed, and the file of a board that it would change."""
    copied(folder, "kept-waiting", _with_something_to_confirm)
    return folder / "tiny.duckdb", folder_of_templates(folder / "tiny.duckdb") / "coast_board.yaml"


def _with_something_to_confirm(folder: Path) -> None:
    store(folder)
    vouched(folder)
    write_csv(folder / "newer.csv", [figure("gdp", "2014", 2.2e12, {"place": "beijing"})])
    assert main(["load", str(folder / "newer.csv"), "--store", str(folder / "tiny.duckdb"), "--by", "li wei"]) == 0
