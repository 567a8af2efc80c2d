"""Steps of a WITH that are called as tables are: each name means what the engine takes it for, narrowed or not."""

from __future__ import annotations

import random

import duckdb
import pytest

from tests.sql.store import tiny_store
from xinfo.query.guard import check, narrow
from xinfo.query.schema import PUBLISHED_VIEWS

NAMES = ("observation", "Observation", "target", '"target"', "project", "`project`")
STEPS = ("observation", "target", "`project`", "meta")
ALIASES = ("", " as x", " observation", " as target")


def source(chance: random.Random, depth: int) -> str:
    """What stands in FROM: a name, a table with its schema, or a query that has steps of its own."""
    if chance.random() < 0.15:
        return f"main.{chance.choice(STEPS[:2])}"
    return f"({query(chance, depth - 1)})" if depth and chance.random() < 0.3 else chance.choice(NAMES)


def query(chance: random.Random, depth: int) -> str:
    """A query whose steps hide tables, each other, and the steps around them."""
    steps = chance.sample(STEPS, chance.randint(1, 3)) if depth else []
    clause = ", ".join(f"{step} as ({query(chance, depth - 1)})" for step in steps)
    first, second, alias = source(chance, depth), chance.choice(NAMES), chance.choice(ALIASES)
    alias = alias or (" as q" if first.startswith("(") else "")
    tail = chance.choice(
        [
            "",
            f" where place_id in (select place_id from {second})",
            f" where exists (select 1 from {second} z where z.place_id = 'xining')",
            f" union all select place_id from {second}",
        ]
    )
    return f"{'with ' if clause else ''}{clause} select place_id from {first}{alias}{tail}"


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """A store, and the same without demonstration rows."""
    folder = tmp_path_factory.mktemp("shadows")
    whole, published = (duckdb.connect(str(tiny_store(folder / f"{name}.duckdb"))) for name in ("whole", "published"))
    for table, view in PUBLISHED_VIEWS.items():
        published.execute(f"CREATE TEMP TABLE kept AS FROM {view}; DELETE FROM {table}")
        published.execute(f"INSERT INTO {table} FROM kept; DROP TABLE kept")
    yield whole, published
    whole.close()
    published.close()


@pytest.mark.parametrize("seed", range(40))
def test_a_name_means_what_the_engine_takes_it_for(stores, seed):
    whole, published = stores
    sql = query(random.Random(seed), 2)
    checked = check(sql)
    assert sorted(whole.execute(checked.sql).fetchall()) == sorted(whole.execute(sql).fetchall())
    assert sorted(whole.execute(narrow(checked, True)).fetchall()) == sorted(published.execute(sql).fetchall())
    assert check(checked.sql).sql == checked.sql
