"""Questions asked of a Spark cluster get the answers that the store itself gives, cell by cell; here of Sail's own.

`XINFO_SPARK` names another cluster on this machine, to try the same there.
"""

from __future__ import annotations

import json
import math
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from xinfo.answer.form import to_json
from xinfo.ask import Workspace, answer_reading, open_workspace, traced, workspace_on
from xinfo.cli import main
from xinfo.errors import EngineError, InputError, StoreError, TookTooLong
from xinfo.query import many
from xinfo.query.coverage import read_coverage
from xinfo.query.engine import Handle
from xinfo.query.spark.engine import SparkEngine
from xinfo.store.export import export_parquet
from xinfo.store.versions import current
from xinfo.understand.followed import Context
from xinfo.understand.read import read
from xinfo.understand.reading import Reading

ROOT = Path(__file__).parents[1]
QUESTIONS = Path(__file__).parent / "questions"
AT_ONCE = 4
PATIENCE = 600.0
"""Seconds for a question: whether it is the same is tested, not how long a cluster takes that shares two cores."""
pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def here(exported_store: Path) -> Workspace:
    return open_workspace(exported_store, ROOT / "queries")


@pytest.fixture(scope="module")
def there(here: Workspace, cluster_address: str, tables: str) -> Iterator[Workspace]:
    engine = SparkEngine(cluster_address, tables)
    engine.patience = PATIENCE
    engine.check()
    yield workspace_on(engine, here.assets)
    engine.close()


def questions(lang: str) -> Iterator[dict[str, Any]]:
    for line in (QUESTIONS / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def readings(workspace: Workspace, lang: str, some: Iterable[dict[str, Any]]) -> list[Reading]:
    """What questions mean."""
    contexts: dict[str, Context | None] = {}
    found = []
    for number, given in enumerate(some):
        shared = given.get("conversation") or str(number)
        understood, contexts[shared] = read(given["question"], workspace.reader, lang, contexts.get(shared))
        found += [understood] if isinstance(understood, Reading) else []
    return found


def of_each_kind(lang: str) -> list[dict[str, Any]]:
    """One question of each kind: another kind has another template or other slots."""
    kinds: dict[str, dict[str, Any]] = {}
    for given in questions(lang):
        if "template" in given and not given.get("conversation"):
            slots = given["slots"]
            lengths = {name: len(value) if isinstance(value, list) else 1 for name, value in slots.items()}
            told = [slots.get(name) for name in ("measure", "grain", "over", "order", "cmp", "field", "fact")]
            kinds[json.dumps([given["template"], told, lengths], sort_keys=True)] = given
    return list(kinds.values())


def differing(some: list[Reading], here: Workspace, there: Workspace) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        theirs = pool.map(lambda reading: to_json(answer_reading(reading, there), None), some)
        pairs = [
            (to_json(answer_reading(reading, here), None), other) for reading, other in zip(some, theirs, strict=True)
        ]
    return [pair for pair in pairs if not same(*pair)]


def same(one: Any, other: Any) -> bool:
    """Equal but for the last digits of a sum, which depend on the order of its parts, and for the order of a set."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one if name != "timing_ms")
    if isinstance(one, list) and isinstance(other, list):
        if one and isinstance(one[0], str):
            return sorted(one) == sorted(other)
        if one and isinstance(one[0], dict) and "source_id" in one[0]:
            one, other = (sorted(sources, key=lambda source: source["source_id"]) for sources in (one, other))
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@pytest.mark.parametrize(
    ("lang", "every"),
    [("en", 4), pytest.param("en", 1, marks=pytest.mark.long), pytest.param("zh", 1, marks=pytest.mark.long)],
)
def test_every_kind_of_question_has_the_same_answer(here: Workspace, there: Workspace, lang: str, every: int) -> None:
    some = readings(here, lang, of_each_kind(lang)[::every])
    assert len(some) > 60 / every
    assert not differing(some, here, there)


def test_figures_chosen_by_a_long_list_are_the_same(here: Workspace, there: Workspace) -> None:
    chosen = """select place_id, value from observation
        where metric_id = 'gdp' and period_id = '2015' and list_contains($places, place_id) order by place_id"""
    places = [*list(here.catalog.places)[:20], *(f"nowhere-{number}" for number in range(many.LONG))]
    found = [
        workspace.engine.execute(chosen, {"places": places}, row_cap=100, seconds=PATIENCE)
        for workspace in (here, there)
    ]
    assert 5 < len(found[0].rows) <= 20
    assert found[0].rows == found[1].rows


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_question_has_the_same_answer(here: Workspace, there: Workspace, lang: str) -> None:
    different = {(r.template.template_id, repr(r.slots)): r for r in readings(here, lang, questions(lang))}
    assert not differing(list(different.values()), here, there)


def test_published_figures_alone_are_the_same(here: Workspace, there: Workspace) -> None:
    some = {r.template.template_id: r for r in readings(here, "en", of_each_kind("en"))}
    both = [replace(workspace, published_only=True) for workspace in (here, there)]
    assert not differing(list(some.values()), *both)


def test_what_may_be_proposed_is_the_same(here: Workspace, there: Workspace) -> None:
    assert vars(read_coverage(there.engine)) == vars(read_coverage(here.engine))


def test_an_answer_is_kept_and_a_cap_on_rows_holds(there: Workspace) -> None:
    sql = "SELECT place_id FROM place ORDER BY place_id"
    first = there.engine.execute(sql, {}, row_cap=2, seconds=60)
    assert (len(first.rows), first.truncated) == (2, True)
    assert there.engine.execute(sql, {}, row_cap=2, seconds=60) is first
    assert len(there.engine.execute(sql, {}, row_cap=3, seconds=60).rows) == 3


LONG = "SELECT count(*) FROM observation a, place b, period c WHERE a.value + b.longitude < c.year + $x"
"""Some seconds of work: longer than anybody waits here, and soon over for a cluster that does not listen."""


def test_a_question_can_be_cancelled_and_ends_in_time(there: Workspace) -> None:
    handle = Handle()
    threading.Timer(0.2, handle.cancel).start()
    start = time.monotonic()
    with pytest.raises(TookTooLong, match="cancelled"):
        there.engine.execute(LONG, {"x": 1}, row_cap=1, seconds=60, handle=handle)
    with pytest.raises(TookTooLong, match="took too long"):
        there.engine.execute(LONG, {"x": 2}, row_cap=1, seconds=0.3)
    assert time.monotonic() - start < 5


def test_where_nothing_answers_that_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(StoreError, match=f"no cluster found at 127.0.0.1:{port}"):
        SparkEngine(f"spark://127.0.0.1:{port}", "/nowhere").check()


def test_tables_that_are_not_there_are_missed(cluster_address: str) -> None:
    with pytest.raises(StoreError, match="exported tables"):
        SparkEngine(cluster_address, "/nowhere").check()


@pytest.mark.parametrize("address", ["spark://host", "localhost:15002", "spark://host:15002/data", "http://host:1"])
def test_an_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="is no address of a cluster"):
        SparkEngine(address, "/tables")


def test_published_rows_are_not_asked_of_a_cluster(here: Workspace, there: Workspace) -> None:
    answer = there.conversation("en").ask("GDP of Xining in 2015")
    with pytest.raises(EngineError, match="in the store itself"):
        traced(answer, 0, there)


def test_the_command_line_asks_a_cluster(cluster_address: str, tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    question = ["ask", "--engine", cluster_address, "GDP of Xining in 2015"]
    assert main(question) == 1
    assert "--engine needs --tables" in capsys.readouterr().err
    assert main([*question, "--tables", tables]) == 0
    assert "billion yuan" in capsys.readouterr().out


def test_an_export_is_whole_and_its_folder_new(exported_store: Path, tables: str) -> None:
    folder = Path(tables)
    assert (folder / "observation" / "metric_id=gdp" / "part-0.parquet").exists()
    assert not (folder / "published").exists()
    with pytest.raises(InputError, match="not empty"):
        export_parquet(current(exported_store), folder, lambda what, part: None)
    assert not folder.with_name("tables.part").exists()
