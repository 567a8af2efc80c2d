"""Whoever asks for much leaves room for others at every door, and is told when he has as much under way as one may."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from programs import ROOT, run, tiny_store, token
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from tests.sql.store import tiny_store as tiny_figures
from xinfo import shares
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.errors import ShareTaken, TookTooLong
from xinfo.language.texts import languages, text
from xinfo.query.engine import DuckEngine
from xinfo.query.failure import in_words
from xinfo.query.watch import Handle
from xinfo.service import turns
from xinfo.service.address import Reach
from xinfo.service.bearer import People
from xinfo.shares import QUESTIONS, Claimant, Share, on_behalf, passed_on
from xinfo.store.assets import Assets
from xinfo.ui import programs
from xinfo.ui.asking import Asking
from xinfo.ui.dialogue import Dialogue
from xinfo.ui.doors import Doors
from xinfo.ui.plain import plain

HEAVY, LIGHT = Claimant("li@office.cn"), Claimant("chen@office.cn")
GDP = "GDP of Xining in 2015"
LONG = "SELECT count(*) AS n FROM range(100000) a, range(100000) b WHERE a.range * b.range % 7 = 3"
SOON = 1.0
"""Seconds that somebody who asks little may wait at most."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_store(tmp_path_factory.mktemp("shares"))


@pytest.fixture(scope="module")
def workspace(store: Path) -> Workspace:
    workspace = open_workspace(store, ROOT / "queries")
    workspace.conversation("en").ask(GDP)
    return workspace


class Hold:
    """Somebody's statements do not end before they are let go."""

    def __init__(self, patch: pytest.MonkeyPatch, whose: Callable[[], bool]):
        self.begun, self.go = threading.Semaphore(0), threading.Event()
        real = DuckEngine.execute

        def execute(engine: DuckEngine, *given: Any, **how: Any) -> Any:
            if whose():
                self.begun.release()
                self.go.wait(30)
            return real(engine, *given, **how)

        patch.setattr(DuckEngine, "execute", execute)


class Hasty(Share):
    """A share for whose places nobody waits long."""

    def turn(self, seconds: float = 0.05, called_off: Callable[[], bool] = lambda: False) -> Any:
        return super().turn(seconds, called_off)


def by(who: Claimant, work: Callable[[], Any]) -> Any:
    with on_behalf(who):
        return work()


@contextmanager
def under_way(share: Share, who: Claimant, count: int) -> Iterator[list[threading.Thread]]:
    """So many turns that are taken, or waited for, until this is left."""
    go = threading.Event()

    def held() -> None:
        with on_behalf(who), suppress(TookTooLong), share.turn():
            go.wait(30)

    threads = [threading.Thread(target=held) for _ in range(count)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    try:
        yield threads
    finally:
        go.set()
        for thread in threads:
            thread.join()


def test_nobody_holds_more_than_half_and_no_address_more_than_three_quarters() -> None:
    share, most, lock = Share(8), Counter[str](), threading.Lock()
    running: Counter[str] = Counter()

    def work(number: int) -> None:
        chance = random.Random(number)
        of = Claimant(f"p{chance.randrange(6)}", chance.choice(["", "10.0.0.7"]))
        with on_behalf(of), share.turn():
            for name in ("all", of.person, of.address or "none"):
                with lock:
                    running[name] += 1
                    most[name] = max(most[name], running[name])
            time.sleep(chance.random() / 500)
            with lock:
                running.subtract(["all", of.person, of.address or "none"])

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(work, range(600)))
    assert most["all"] <= 8
    assert max(most[f"p{n}"] for n in range(6)) <= 4
    assert most["10.0.0.7"] <= 6
    one, two, three = (Claimant(name, "10.0.0.7") for name in ("one", "two", "three"))
    with under_way(share, one, 4), under_way(share, two, 2):
        for full in (one, two, three):
            with pytest.raises(ShareTaken), on_behalf(full), share.turn(0.05):
                pass
        with under_way(share, HEAVY, 1), on_behalf(LIGHT), share.turn(1):
            pass


def test_who_has_fewest_under_way_goes_first_and_of_those_who_was_let_in_longest_ago() -> None:
    share, order = Share(1), []

    def noted(who: str) -> None:
        with on_behalf(Claimant(who)), share.turn():
            order.append(who)
            time.sleep(0.01)

    with under_way(share, Claimant("li"), 1):
        threads = [threading.Thread(target=noted, args=[who]) for who in ("li", "li", "li", "chen", "wu", "chen")]
        for thread in threads:
            thread.start()
            time.sleep(0.02)
    for thread in threads:
        thread.join()
    assert order == ["chen", "wu", "li", "chen", "li", "li"]


def test_what_is_called_off_or_waited_for_in_vain_leaves_its_place_to_others() -> None:
    share, handle = Share(2), Handle()

    async def late() -> None:
        with pytest.raises(ShareTaken):
            async with share.turn_async(0.05):
                pass
        waiting = asyncio.create_task(taken())
        await asyncio.sleep(0.02)
        waiting.cancel()

    async def taken() -> None:
        async with share.turn_async(5):
            pass

    with under_way(share, Claimant(), 1):
        run(late())
        with pytest.raises(ShareTaken), share.turn(0.05):
            pass
        handle.cancel()
        with pytest.raises(TookTooLong, match="cancelled"), share.turn(5, handle.is_cancelled):
            pass
    with under_way(share, HEAVY, 1), under_way(share, LIGHT, 1), share_of(share, "wu") as refused:
        assert not isinstance(refused, ShareTaken), "it is others who are in the way"
        assert in_words(refused, "zh").startswith("前面的任务较多")
    with share.turn(0.1), on_behalf(HEAVY), share.turn(0.1):
        pass


@contextmanager
def share_of(share: Share, who: str) -> Iterator[TookTooLong]:
    with pytest.raises(TookTooLong) as refused, on_behalf(Claimant(who)), share.turn(0.05):
        pass
    yield refused.value


def test_whoever_waits_for_something_else_gives_his_place_back_meanwhile() -> None:
    share = Share(2)
    with on_behalf(HEAVY), share.turn():
        with share.aside(), under_way(share, HEAVY, 1) as [other]:
            assert other.is_alive()
            with pytest.raises(ShareTaken), share.turn(0.05):
                pass
        with ThreadPoolExecutor(1) as pool, pytest.raises(ShareTaken):
            pool.submit(passed_on(partial(by_turn, share))).result()
    with on_behalf(HEAVY), share.aside(), share.turn(0.05):
        pass
    with pytest.raises(KeyError), on_behalf(HEAVY), share.turn(), share.aside():
        raise KeyError
    with on_behalf(HEAVY), share.turn(0.05):
        pass


def test_another_thread_may_end_a_turn_and_the_place_is_free_again() -> None:
    share = Share(2)
    with on_behalf(HEAVY), ThreadPoolExecutor(1) as beside:
        for _ in range(3):
            turn = ExitStack()
            turn.enter_context(share.turn(0.05))
            with pytest.raises(ShareTaken), share.turn(0.05):
                pass
            beside.submit(turn.close).result()
            with share.aside(), share.turn(0.05):
                pass


def test_statements_of_one_leave_room_for_anothers(tmp_path: Path) -> None:
    engine, handle = DuckEngine(tiny_figures(tmp_path / "tiny.duckdb"), threads=1, at_once=4), Handle()
    long = partial(engine.execute, LONG, {}, row_cap=1, seconds=30, handle=handle)
    short = partial(engine.execute, "SELECT 1 AS x", {}, row_cap=1, seconds=0.3)
    with ThreadPoolExecutor(8) as pool:
        many = [pool.submit(by, HEAVY, long) for _ in range(6)]
        time.sleep(0.1)
        began = time.monotonic()
        assert by(LIGHT, short).rows == ((1,),)
        assert time.monotonic() - began < SOON
        with pytest.raises(ShareTaken) as refused:
            by(HEAVY, short)
        handle.cancel()
        for one in many:
            with pytest.raises(TookTooLong):
                one.result()
    assert {in_words(refused.value, lang) for lang in languages()} == {
        text("engine.share_taken", lang) for lang in languages()
    }
    assert by(HEAVY, short).rows == ((1,),)


def test_at_the_page_a_light_question_waits_for_nobody(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    hold = Hold(monkeypatch, lambda: shares.claimant() == HEAVY)
    with on_behalf(HEAVY):
        heavy = [Asking(Dialogue(workspace, "en"), GDP) for _ in range(12)]
    for _ in range(QUESTIONS.of_one):
        assert hold.begun.acquire(timeout=10)
    assert not hold.begun.acquire(timeout=0.2)
    with on_behalf(LIGHT):
        light = Asking(Dialogue(workspace, "en"), GDP)
    assert light.finished(SOON)
    assert isinstance(light.turns[0].reply, Answer)
    hold.go.set()
    assert all(one.finished(30) and isinstance(one.turns[0].reply, Answer) for one in heavy), "nothing is lost"


def test_at_the_page_a_full_share_is_told_and_the_question_stays(workspace: Workspace, monkeypatch: Any) -> None:
    monkeypatch.setattr("xinfo.ui.dialogue.QUESTIONS", share := Hasty(2))
    dialogue = Dialogue(workspace, "zh")
    with under_way(share, HEAVY, 1), on_behalf(HEAVY):
        said = dialogue.ask("西宁2015年的地区生产总值")
        assert said
        assert isinstance(said.reply, NotAnswered)
        assert said.reply.unclear.reason == text("engine.share_taken", "zh")
    assert dialogue.questions() == ["西宁2015年的地区生产总值"]
    dialogue.ask_again(workspace, "zh")
    assert isinstance(dialogue.turns[0].reply, Answer)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_that_finds_no_place_says_so(store: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.setenv("XINFO_STORE", str(store))
    monkeypatch.setattr(shares, "PAGES", share := Hasty(2))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = lang
    with under_way(share, Claimant(), 1):
        app.run()
    assert [one.value for one in app.error] == [plain(text("engine.share_taken", lang))]
    app.run()
    assert not app.error


def test_programs_and_pages_of_one_person_share_one_share(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    app = Starlette(
        routes=programs.routes(
            programs.service(Assets(ROOT / "queries", store)), store, Doors(rules=store.with_name("rules.yaml"))
        )
    )
    api = TestClient(app, base_url="http://127.0.0.1:8501", raise_server_exceptions=False)
    li, chen = ({"authorization": f"Bearer {token(store, who.person)}"} for who in (HEAVY, LIGHT))
    asked = {"question": "西宁2015年的地区生产总值", "lang": "zh"}
    assert api.get("/api/ask", params=asked, headers=li).json()["status"] == "answered"
    with under_way(QUESTIONS, HEAVY, QUESTIONS.of_one):
        late = api.get("/api/ask", params=asked, headers=li)
        assert (late.status_code, late.json()["detail"]) == (429, text("engine.share_taken", "zh"))
        assert int(late.headers["retry-after"]) >= 1
        began = time.monotonic()
        assert api.get("/api/ask", params=asked, headers=chen).json()["status"] == "answered"
        assert time.monotonic() - began < SOON
    assert api.get("/api/ask", params=asked, headers=li).json()["status"] == "answered"


def test_assistants_over_http_have_shares_as_well(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("mcp")
    from xinfo.mcp.transport import http_app

    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    made = programs.service(Assets(ROOT / "queries", store))
    people = People(store, store.with_name("rules.yaml"), lambda: "2016-02-01")
    headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
    call = {"name": "ask", "arguments": {"question": GDP, "lang": "zh"}}
    app = http_app(made, lambda shown: people.caller(shown, "mcp"), Reach())
    with TestClient(app, base_url="http://127.0.0.1:8600") as client:

        def ask(who: Claimant) -> Any:
            shown = headers | {"authorization": f"Bearer {token(store, who.person)}"}
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
            return client.post("/mcp", json=body, headers=shown).json()["result"]

        assert not ask(HEAVY)["isError"]
        with under_way(QUESTIONS, HEAVY, QUESTIONS.of_one):
            late = ask(HEAVY)
            assert (late["isError"], late["content"][0]["text"]) == (True, text("engine.share_taken", "zh"))
            assert not ask(LIGHT)["isError"]
        assert not ask(HEAVY)["isError"]


def test_work_for_another_thread_is_still_done_on_somebodys_behalf() -> None:
    share = Share(2)
    with on_behalf(HEAVY):
        again = passed_on(partial(by_turn, share))
    with under_way(share, HEAVY, 1), ThreadPoolExecutor(1) as pool, pytest.raises(ShareTaken):
        pool.submit(again).result()


def by_turn(share: Share) -> None:
    with share.turn(0.05):
        pass
