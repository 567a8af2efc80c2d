"""Opening a store reads none of its figures; from when to when there are some is looked up once a metric."""

from __future__ import annotations

from pathlib import Path

import pytest

from xinfo.answer.answer import NotAnswered
from xinfo.ask import open_workspace, workspace_on
from xinfo.errors import TookTooLong
from xinfo.query.engine import DuckEngine, Handle
from xinfo.query.result import Bound, Result
from xinfo.store.assets import assets_of
from xinfo.store.versions import current

QUERIES = Path(__file__).parents[1] / "queries"


class Heard(DuckEngine):
    """Keeps what it was asked that reads figures."""

    def __init__(self, path: Path):
        super().__init__(path)
        self.asked: list[Bound] = []
        self.tired = False

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        if "observation" in sql:
            self.asked.append(params)
            if self.tired:
                raise TookTooLong("the query took too long and was stopped; ask for less at once")
        return super().execute(sql, params, row_cap=row_cap, seconds=seconds, handle=handle)


@pytest.fixture(name="engine")
def opened(exported_store: Path) -> Heard:
    return Heard(current(exported_store))


def test_a_store_is_opened_without_its_figures_and_each_metric_looked_up_once(
    engine: Heard, exported_store: Path
) -> None:
    catalog = workspace_on(engine, assets_of(exported_store, QUERIES)).catalog
    assert not engine.asked
    for _ in range(2):
        assert catalog.known["gdp", "xining"].last_year
        assert ("gdp", "nowhere") not in catalog.known
        assert ("no_metric", "xining") not in catalog.known
    assert engine.asked == [{"metric": "gdp"}]


def test_the_newest_figure_is_the_one_that_the_store_has(exported_store: Path) -> None:
    workspace = open_workspace(exported_store, QUERIES)
    everything = dict(workspace.catalog.known)
    assert len(everything) == len(workspace.catalog.known)
    newest = "select max(period_id) from observation where metric_id = $m and place_id = $p and length(period_id) = 4"
    rows = workspace.engine.execute(newest, {"m": "gdp", "p": "xining"}, row_cap=1, seconds=10).rows
    assert everything["gdp", "xining"].last_year
    assert everything["gdp", "xining"].last_year.id == rows[0][0]


def test_where_it_cannot_be_looked_up_the_question_is_declined(engine: Heard, exported_store: Path) -> None:
    workspace = workspace_on(engine, assets_of(exported_store, QUERIES))
    engine.tired = True
    declined = workspace.conversation("en").ask("latest GDP of Xining")
    assert isinstance(declined, NotAnswered)
    assert declined.unclear.status == "refused"
    assert "took too long" in declined.unclear.reason
