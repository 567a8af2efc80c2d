"""Programs ask over HTTP beside the app: what they get, what they are refused, and that the page about it is true."""

from __future__ import annotations

import asyncio
import base64
import gc
import itertools
import json
import re
import shlex
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from weakref import ref

import pytest
from jsonschema import Draft202012Validator
from programs import ROOT, of_json, request, run, serving, tiny_store, token
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.shipped import shipped_store
from xinfo.access import tokens
from xinfo.api.endpoints import ENDPOINTS
from xinfo.audit.verify import entries
from xinfo.query.engine import DuckEngine, Handle
from xinfo.query.failure import stopped
from xinfo.query.listing import KEY
from xinfo.service.turns import AT_ONCE
from xinfo.shares import QUESTIONS
from xinfo.store import history, versions
from xinfo.store.add import add
from xinfo.store.assets import Assets
from xinfo.ui import opening, programs
from xinfo.ui.doors import Doors

QUERIES = ROOT / "queries"
GDP = "GDP of Xining in 2015"


def client(store: Path, rules: Path | None) -> TestClient:
    """The interface as `xinfo serve` mounts it, with tokens where there are rules."""
    made = programs.service(Assets(QUERIES, store))
    app = Starlette(routes=programs.routes(made, store, Doors(rules=rules)))
    return TestClient(app, base_url="http://127.0.0.1:8501", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_store(tmp_path_factory.mktemp("api"))


@pytest.fixture
def api(store: Path) -> TestClient:
    """With a token that counts."""
    made = client(store, store.with_name("rules.yaml"))
    made.headers["authorization"] = f"Bearer {token(store)}"
    return made


def get(api: TestClient, path: str, **params: Any) -> Any:
    """What an endpoint gives, which is as its schema says."""
    reply = api.get(f"/api{path}", params=params)
    assert reply.status_code == 200, reply.text
    [endpoint] = [
        one for one in ENDPOINTS
        if one.method == "GET" and re.fullmatch(re.sub(r"{\w+}", r"[^/]+", one.path), path)
    ]  # fmt: skip
    Draft202012Validator(endpoint.operation.gives).validate(reply.json())
    return reply.json()


def test_an_answer_is_the_contracts_with_its_quote_and_passport(api: TestClient) -> None:
    told = get(api, "/ask", question="How much did the GDP of Xining grow in 2015?")
    assert told["status"] == "answered"
    assert {"id", "sql", "params", "slots", "template", "columns", "rows", "chart", "timing_ms"} <= {*told}
    assert told["rows"][0]["value"] == pytest.approx(125 / 110 - 1)
    assert told["quote"].startswith(told["headline"])
    assert told["passport"]["sql"] == told["sql"]


def test_follow_ups_go_on_where_their_conversation_is_named(api: TestClient) -> None:
    first = api.post("/api/ask", json={"question": GDP, "id": 1}).json()
    more = api.post(
        "/api/ask", json={"question": "and in 2014?", "conversation": first["conversation"], "id": "b"}
    ).json()
    assert (more["id"], more["reading"]) == ("b", "GDP of Xining in 2014")
    assert api.post("/api/ask", json={"question": "and in 2014?"}).json()["status"] == "clarify"


def test_a_declined_question_is_no_error_and_its_choices_answer(api: TestClient) -> None:
    told = get(api, "/ask", question="GDP of Xining in 1990")
    assert (told["status"], told["rows"], told["quote"]) == ("no_data", [], None)
    assert all(get(api, "/ask", question=choice)["status"] == "answered" for choice in told["choices"])


def test_figures_come_page_by_page_and_every_one_once(api: TestClient) -> None:
    every = get(api, "/figures", most=5000)["figures"]
    found: list[Mapping[str, Any]] = []
    after = {}
    while True:
        page = get(api, "/figures", most=3, **after)
        found += page["figures"]
        if not page["next"]:
            break
        after = {"after": page["next"]}
    assert found == every
    assert len({json.dumps(one) for one in every}) == len(every) > 6
    of_2014 = get(api, "/figures", metric="GDP", place="西宁", period="2014")["figures"]
    assert [(one["period"], one["value"], one["origin"]) for one in of_2014] == [("2014", 1.1e11, "published")]


def test_pages_of_different_figures_are_never_mixed(tmp_path: Path) -> None:
    store = tiny_store(tmp_path)
    api = client(store, None)
    begun = get(api, "/figures", most=2)["next"]
    etag = api.get("/api/held").headers["etag"]
    assert api.get("/api/held", headers={"if-none-match": f'"other", {etag}'}).status_code == 304
    file = tmp_path / "observation.csv"
    file.write_text("place,metric,period,value,unit\nxining,gdp,2012,90,billion yuan\n", encoding="utf-8")
    add(store, [file], built_at="2016-03-01T08:00:00+08:00")
    reply = api.get("/api/figures", params={"most": 2, "after": begun})
    assert reply.status_code == 400
    assert "other figures have come in" in reply.json()["detail"]
    told = get(api, "/ask", question="GDP of Xining in 2012")
    assert told["marks"] == ["unconfirmed"]
    assert "not confirmed" in told["quote"]
    assert get(api, "/ask", question="GDP of Xining in 2012", published_only="true")["status"] == "no_data"
    proof = get(api, "/prove", question="GDP of Xining in 2012")
    assert [one["answer"] for one in proof["proofs"]] == told["rows"]
    fresh = api.get("/api/held", headers={"if-none-match": etag})
    assert (fresh.status_code, fresh.headers["etag"] == etag) == (200, False)


def test_an_etag_is_of_one_request_of_one_person(api: TestClient, store: Path) -> None:
    etag = api.get("/api/ask", params={"question": GDP}).headers["etag"]
    known = {"if-none-match": etag}
    same = api.get("/api/ask", params={"question": GDP}, headers=known)
    assert (same.status_code, same.content) == (304, b"")
    assert api.get("/api/ask", params={"question": "GDP of Xining in 2014"}, headers=known).status_code == 200
    assert api.get("/api/ask", params={"question": GDP, "published_only": "true"}, headers=known).status_code == 200
    other = known | {"authorization": f"Bearer {token(store, 'chen@office.cn')}"}
    assert api.get("/api/ask", params={"question": GDP}, headers=other).status_code == 200


def test_why_there_is_no_answer_may_pass_and_is_not_kept(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise stopped("too_long")

    get(api, "/ask", question="GDP of Xining in 2014")  # opens the store
    with monkeypatch.context() as patch:
        patch.setattr(DuckEngine, "execute", busy)
        late = api.get("/api/ask", params={"question": GDP})
    assert late.json()["status"] == "refused"
    assert (late.headers["cache-control"], "etag" in late.headers) == ("no-store", False)
    well = api.get("/api/ask", params={"question": GDP})
    assert (well.json()["status"], "etag" in well.headers) == ("answered", True)
    assert "etag" not in api.get("/api/prove", params={"question": "GDP of Xining in 1990"}).headers


class Slow:
    """An engine that takes its time: statements wait until they are let go or called off."""

    def __init__(self, patch: pytest.MonkeyPatch):
        self.begun, self.called_off, self._go = threading.Semaphore(0), threading.Event(), threading.Event()
        real = DuckEngine.execute

        def execute(engine: DuckEngine, sql: str, params: Any, *, handle: Handle | None = None, **how: Any) -> Any:
            self.begun.release()
            until = time.monotonic() + 30
            while handle and time.monotonic() < until and not (handle.cancelled or self._go.wait(0.01)):
                pass
            if handle and handle.cancelled:
                self.called_off.set()
            return real(engine, sql, params, handle=handle, **how)

        patch.setattr(DuckEngine, "execute", execute)

    def let_go(self) -> None:
        self._go.set()


def test_many_questions_of_one_program_keep_no_other_waiting(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    busy, other = ({"authorization": f"Bearer {token(store, who)}"} for who in ("li@office.cn", "chen@office.cn"))
    with client(store, store.with_name("rules.yaml")) as api, ThreadPoolExecutor(16) as pool:
        begun = api.post("/api/ask", json={"question": GDP}, headers=busy).json()["conversation"]
        slow = Slow(monkeypatch)
        bodies = [{"question": "and in 2014?", "conversation": begun}] * 4 + [{"question": GDP}] * 10
        many = [pool.submit(api.post, "/api/ask", json=body, headers=busy) for body in bodies]
        for _ in range(QUESTIONS.of_one):
            assert slow.begun.acquire(timeout=30)
        assert not slow.begun.acquire(timeout=0.3), "more of one program are worked on than it has places"
        late = pool.submit(api.get, "/api/templates", headers=other)
        assert late.result(30).status_code == 200
        assert not any(one.done() for one in many)
        slow.let_go()
        assert {one.result(60).status_code for one in many} == {200}


@pytest.mark.parametrize("path", ["/api/ask", "/api/prove"])
def test_nobody_works_on_for_somebody_who_has_hung_up(store: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    app = client(store, None).app
    slow = Slow(monkeypatch)
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": f"question={quote(GDP)}".encode(),
        "headers": [(b"host", b"127.0.0.1:8501")], "client": ("10.0.0.7", 1), "http_version": "1.1",
    }  # fmt: skip
    coming = [{"type": "http.request", "body": b"", "more_body": False}]
    noted = len([*entries(store)])

    async def receive() -> Any:
        if coming:
            return coming.pop()
        await asyncio.to_thread(slow.begun.acquire, timeout=30)
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        pass

    run(app(scope, receive, send))  # type: ignore[arg-type]
    assert slow.called_off.is_set()
    assert len([*entries(store)]) == noted


def test_what_nobody_asks_any_more_is_let_go(tmp_path: Path) -> None:
    store, held = tiny_store(tmp_path), []
    for day in range(1, 8):
        asked = opening.hearing(str(versions.current(store)), Assets(QUERIES, store), False, f"{day}@office.cn")
        held.append(ref(asked.engine))
        history.restore(store, 1, at=f"2016-03-0{day}T08:00:00+08:00", who="li")
    del asked
    gc.collect()
    assert sum(engine() is not None for engine in held) <= 5


def test_a_question_by_get_stands_alone(api: TestClient) -> None:
    assert get(api, "/ask", question=GDP)["conversation"] is None


def test_what_had_no_answer_can_be_asked_again_of_other_figures(tmp_path: Path) -> None:
    """Of the published figures first, of all then: the follow-up means the same both times."""
    store = tiny_store(tmp_path)
    file = tmp_path / "observation.csv"
    file.write_text("place,metric,period,value,unit\nxining,gdp,2012,90,billion yuan\n", encoding="utf-8")
    add(store, [file], built_at="2016-03-01T08:00:00+08:00")
    api = client(store, None)
    follow_up = {
        "question": "and in 2012?",
        "conversation": api.post("/api/ask", json={"question": GDP}).json()["conversation"],
    }
    assert api.post("/api/ask", json=follow_up | {"published_only": True}).json()["status"] == "no_data"
    assert api.post("/api/ask", json=follow_up).json()["reading"] == "GDP of Xining in 2012"


def test_proofs_suggestions_and_what_is_held(api: TestClient) -> None:
    told = get(api, "/prove", question="Xining's information consumption in the third quarter of 2014")
    assert [row["written"] for row in told["proofs"][0]["figures"][0]["published"]] == ["130.1 亿元", "42.8 亿元"]
    assert get(api, "/prove", question="GDP of Xining in 1990")["status"] == "no_data"
    assert get(api, "/suggest", text="GDP of")["suggestions"]
    assert get(api, "/held", place="Beijing")["metrics"][0]["metric"] == "gdp"
    assert get(api, "/templates/rank", lang="zh")["title"] == "地区排名"
    assert get(api, "/templates")["templates"]
    assert get(api, "/definitions/gdp")["unit"] == "yuan"
    assert get(api, "/definitions")["definitions"]


def test_an_answer_is_given_as_a_file_and_the_log_says_so(api: TestClient, store: Path) -> None:
    question = "Compare the GDP of Xining and Beijing in 2015"
    for ending, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("png", b"\x89PNG")):
        reply = api.get("/api/export", params={"question": question, "format": ending})
        assert reply.content.startswith(begins)
        assert reply.headers["content-disposition"] == f'attachment; filename="xinfo.{ending}"'
    last = [*entries(store)][-1]
    assert (last.who, last.did, last.what["file"], last.what["by"]) == ("li@office.cn", "export", "png", "api")
    assert api.get("/api/export", params={"question": "blah", "format": "csv"}).status_code == 400
    get(api, "/figures", metric="gdp", most=2)
    last = [*entries(store)][-1]
    assert (last.did, last.what["metric"], last.what["figures"]) == ("export", "gdp", "2")


HALF = base64.urlsafe_b64encode(json.dumps(["", *["\ud800"] * len(KEY)]).encode()).decode()
HOSTILE: list[tuple[str, dict[str, str], int, str]] = [
    ("/ask", {}, 400, "required"),
    ("/ask", {"question": "x" * 501}, 400, "maxLength is 500"),
    ("/ask", {"question": GDP, "sql": "drop table place"}, 400, "takes no 'sql'"),
    ("/ask", {"question": GDP, "conversation": "x"}, 400, "takes no 'conversation'"),
    ("/ask", {"question": GDP, "published_only": "yes"}, 400, "published_only: type is boolean"),
    ("/figures", {"most": "1000000"}, 400, "maximum is 5000"),
    ("/figures", {"most": "9" * 5000}, 400, "most: type is integer"),
    ("/figures", {"after": "nonsense"}, 400, "no mark of a page"),
    ("/figures", {"after": "WzEsMl0="}, 400, "no mark of a page"),
    ("/figures", {"after": "W" * 1001}, 400, "maxLength"),
    ("/figures", {"after": HALF}, 400, "no mark of a page"),
    ("/figures", {"metric": "gdp' or 1=1 --"}, 400, "is no metric"),
    ("/held", {"place": "../../etc/passwd"}, 400, "no place"),
    ("/export", {"question": GDP, "format": "exe"}, 400, "format: enum"),
    ("/prove", {"question": GDP, "row": "-1"}, 400, "row"),
    ("/templates/none", {}, 404, "no template"),
    ("/definitions/..%2f..%2fetc", {}, 404, ""),
    ("/nothing", {}, 404, "there is /api/ask"),
]


@pytest.mark.parametrize(("path", "params", "status", "words"), HOSTILE)
def test_what_is_wrong_is_told_as_problem_details(
    api: TestClient, path: str, params: dict[str, str], status: int, words: str
) -> None:
    reply = api.get(f"/api{path}", params=params)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert words in reply.json()["detail"]
    assert len(reply.text) < 600


BODIES = [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 30_000, b'{"question": "\\ud800"}']
BODIES += [b'{"question": ' + b"[" * deep + b"]" * deep + b"}" for deep in (800, 950)]


@pytest.mark.parametrize("body", BODIES)
def test_broken_and_huge_bodies_are_refused(api: TestClient, body: bytes) -> None:
    reply = api.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 400
    assert api.post("/api/ask", content=b"question=x", headers={"content-type": "text/plain"}).status_code == 400
    assert api.post("/api/ask", content=b" " * 70_000, headers={"content-type": "application/json"}).status_code == 413


def test_nothing_can_be_changed_over_it(api: TestClient) -> None:
    for method in ("PUT", "PATCH", "DELETE", "POST"):
        assert api.request(method, "/api/figures", json={}).status_code == 405
    assert {one.method for one in ENDPOINTS if one.path != "/ask"} == {"GET"}


def test_without_a_token_that_counts_nothing_is_told_but_the_description(api: TestClient, store: Path) -> None:
    gone = token(store)
    tokens.revoke(store, gone.split("_")[1])
    for shown in ("", gone, "nonsense", token(store, until="2000-01-01")):
        reply = api.get("/api/templates", headers={"authorization": f"Bearer {shown}"})
        assert (reply.status_code, reply.headers["www-authenticate"]) == (401, 'Bearer realm="xinfo"')
    assert api.get("/api/openapi.json", headers={"authorization": ""}).status_code == 200


def test_somebody_without_a_role_is_refused_and_rules_count_at_once(tmp_path: Path) -> None:
    store = tiny_store(tmp_path)
    rules = store.with_name("rules.yaml")
    api = client(store, rules)
    api.headers["authorization"] = f"Bearer {token(store)}"
    assert api.get("/api/held").status_code == 200
    rules.write_text("people: {chen@office.cn: viewer}\n", encoding="utf-8")
    reply = api.get("/api/held")
    assert reply.status_code == 403
    assert "no role" in reply.json()["detail"]
    for path, broken in ((rules, "people: {zhao@office.cn: vieweer}\n"), (tokens.beside(store), "{")):
        path.write_text(broken, encoding="utf-8")
        reply = api.get("/api/held")
        assert (reply.status_code, reply.json()["detail"]) == (503, "access cannot be checked now")


@pytest.mark.parametrize(("headers", "status"), [
    ({"host": "evil.example"}, 421),
    ({"host": "["}, 421),
    ({"host": ""}, 421),
    ({"host": "[::1]:8501"}, 200),
    ({"origin": "https://evil.example"}, 403),
    ({"origin": "http://["}, 403),
    ({"origin": "null"}, 403),
    ({"origin": "http://127.0.0.1:8501"}, 200),
    ({"sec-fetch-site": "cross-site"}, 403),
    ({"sec-fetch-site": "same-site"}, 403),
    ({"sec-fetch-site": "none"}, 200),
])  # fmt: skip
def test_other_sites_pages_can_neither_read_nor_ask(store: Path, headers: dict[str, str], status: int) -> None:
    """Without tokens, too: what they ask would be done and noted, though they cannot read the answer."""
    noted = len([*entries(store)])
    reply = client(store, None).get("/api/ask", params={"question": GDP}, headers=headers)
    assert reply.status_code == status
    assert len([*entries(store)]) - noted == (status == 200)
    assert "access-control-allow-origin" not in reply.headers


def test_whoever_asks_too_often_is_told_when_to_come_back(api: TestClient) -> None:
    replies = [api.get("/api/templates/rank") for _ in range(AT_ONCE + 40)]
    late = [reply for reply in replies if reply.status_code == 429]
    assert late
    assert int(late[0].headers["retry-after"]) >= 1
    assert {reply.status_code for reply in replies} == {200, 429}


def test_without_tokens_each_address_has_a_pace_of_its_own(store: Path) -> None:
    app = client(store, None).app
    busy, other = (
        TestClient(app, base_url="http://127.0.0.1:8501", client=(host, 1)) for host in ("10.0.0.1", "10.0.0.2")
    )
    assert 429 in {busy.get("/api/templates/rank").status_code for _ in range(AT_ONCE + 40)}
    assert other.get("/api/templates/rank").status_code == 200


def test_whoever_tries_token_after_token_is_told_to_wait_and_who_has_one_is_not(api: TestClient) -> None:
    guess = {"authorization": f"Bearer xinfo_{'0' * 12}_{'a' * 43}"}
    tried = [api.get("/api/held", headers=guess) for _ in range(AT_ONCE + 40)]
    assert {reply.status_code for reply in tried} == {401, 429}
    assert int(tried[-1].headers["retry-after"]) >= 1
    assert api.get("/api/held").status_code == 200


def test_the_description_is_openapi_and_names_every_endpoint(api: TestClient) -> None:
    told = api.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    named = {(method.upper(), path) for path, each in told["paths"].items() for method in each}
    assert named == {(one.method, f"/api{one.path}") for one in ENDPOINTS}
    ids = [one["operationId"] for each in told["paths"].values() for one in each.values()]
    assert len(ids) == len({*ids})
    for each in told["paths"].values():
        for one in each.values():
            for schema in (*(each["schema"] for each in one.get("parameters", ())), *_schemas(one["responses"]["200"])):
                Draft202012Validator.check_schema(schema)


def _schemas(reply: Mapping[str, Any]) -> list[Any]:
    return [content["schema"] for content in reply["content"].values() if "schema" in content]


EXAMPLES = re.findall(
    r"```\n(curl .+)\n```\n```json\n([^`]+)```", (ROOT / "docs/interfaces.md").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = shipped_store(tmp_path_factory.mktemp("shipped"))
    store.with_name("rules.yaml").write_text("everyone: viewer\n", encoding="utf-8")
    return store


@pytest.mark.parametrize(("command", "shows"), EXAMPLES)
def test_the_examples_of_the_page_do_what_it_says(shipped: Path, command: str, shows: str) -> None:
    given = shlex.split(command.replace("$TOKEN", token(shipped)))[1:]
    headers = dict(said.split(": ", 1) for flag, said in itertools.pairwise(given) if flag == "-H")
    body = dict(itertools.pairwise(given)).get("-d")
    parts = urlsplit(next(word for word in given if word.startswith("http")))
    api = client(shipped, shipped.with_name("rules.yaml"))
    address = f"{parts.path}?{quote(parts.query, safe='=&%')}"
    reply = api.request("POST" if body else "GET", address, content=body and body.encode(), headers=headers)
    holds(reply.json(), json.loads(shows))


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 5


def holds(found: Any, shown: Any) -> None:
    """Whether what is shown is part of what was found."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            holds(found[name], value)
    elif isinstance(shown, list):
        assert len(found) == len(shown)
        for one, other in zip(found, shown, strict=True):
            holds(one, other)
    else:
        assert found == shown


@pytest.fixture(scope="module")
def port(store: Path) -> Iterator[int]:
    with serving("serve", "--store", store, path="/healthz") as port:
        yield port


@pytest.mark.long
def test_the_app_and_the_interface_stand_in_one_process(port: int, store: Path) -> None:
    assert request(port, "GET", "/")[0] == 200
    status, said, headers = request(port, "GET", f"/api/ask?question={quote(GDP)}")
    assert (status, of_json(said)["status"]) == (200, "answered")
    assert headers["x-content-type-options"] == "nosniff"
    assert b'xinfo_questions_total{status="answered"} 1.0' in request(port, "GET", "/metrics")[1]
    assert [*entries(store)][-1].what["by"] == "api"
