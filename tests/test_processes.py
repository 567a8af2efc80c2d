"""Several server processes behind one address: sessions are kept, a process that dies is replaced, files stay whole."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from programs import ROOT, request, serving, tiny_store
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from xinfo.audit.entry import Entry
from xinfo.audit.verify import entries
from xinfo.loop import asked
from xinfo.store import versions

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="connections are handed over on Linux alone")
GDP, UNKNOWN = "GDP of Xining in 2015", "GDP of Xining in 1990"
TABLE = "place,metric,period,value,unit\nxining,gdp,{year},{value},billion yuan\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_store(tmp_path_factory.mktemp("processes"))


@pytest.fixture(scope="module")
def port(store: Path) -> Iterator[int]:
    with serving("serve", "--store", store, "--processes", 2, path="/readyz") as port:
        for _ in range(240):
            if {cookie(port, request(port, "GET", "/")[2]) for _ in range(6)} == {0, 1}:
                break
            time.sleep(0.25)
        yield port


def named(port: int, number: int) -> dict[str, str]:
    return {"Cookie": f"xinfo_process_{port}={number}"}


def cookie(port: int, headers: http.client.HTTPMessage) -> int | None:
    """The number of the process that a reply leads back to; None where it says nothing of it."""
    found = re.search(rf"xinfo_process_{port}=(\d+); HttpOnly; Path=/; SameSite=Lax", headers["set-cookie"] or "")
    return int(found[1]) if found else None


def ask(port: int, number: int, question: str = GDP, **more: str) -> Any:
    """A question to one of the processes."""
    body = json.dumps({"question": question, **more}).encode()
    reply = request(port, "POST", "/api/ask", body, Content_Type="application/json", **named(port, number))
    assert reply[0] == 200, reply[1]
    return json.loads(reply[1])


def children(port: int) -> list[int]:
    """The server processes, in order of their numbers."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
            mother = re.search(r"PPid:\s*(\d+)", place.with_name("status").read_text())
        except OSError:
            continue
        assert mother
        if any(b"processes.behind" in word for word in words) and f"--port\0{port}".encode() in _words(mother[1]):
            found[int(words[-2])] = int(place.parent.name)
    return [found[number] for number in sorted(found)]


def _words(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_browser_stays_with_the_process_of_its_first_page(port: int) -> None:
    first = {cookie(port, request(port, "GET", "/")[2]) for _ in range(60)}
    assert first == {0, 1}, "new ones come to both"
    for number in (0, 1):
        again = request(port, "GET", "/", **named(port, number))
        assert (again[0], cookie(port, again[2])) == (200, None)
    for wrong in ("7", "-1", "x", "99999999"):
        status, _, headers = request(port, "GET", "/", Cookie=f"other=1; xinfo_process_{port}={wrong}; more=2")
        assert (status, cookie(port, headers) in (0, 1)) == (200, True)


def test_its_pages_and_its_files_are_in_the_same_process(port: int) -> None:
    for number in (0, 1):
        bears = named(port, number)
        own = Origin(f"http://127.0.0.1:{port}")
        stream = f"ws://127.0.0.1:{port}/_stcore/stream"
        with connect(
            stream,
            origin=own,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=bears,
            proxy=None,
            max_size=None,
        ) as page:
            message = BackMsg()
            message.rerun_script.query_string = ""
            page.send(message.SerializeToString())
            session = ""
            while not session:
                said = ForwardMsg()
                said.ParseFromString(bytes(page.recv(60)))
                session = said.new_session.initialize.session_id
            xsrf = (
                request(port, "GET", "/_stcore/health", **bears)[2]["set-cookie"]
                .split("_streamlit_xsrf=")[1]
                .split(";")[0]
            )
            for process, status in ((number, 204), (1 - number, 400)):
                shown = {"Cookie": f"{named(port, process)['Cookie']}; _streamlit_xsrf={xsrf}", "X_Xsrftoken": xsrf}
                body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na\r\n--x--\r\n'
                kind = {"Content_Type": "multipart/form-data; boundary=x"}
                told = request(port, "PUT", f"/_stcore/upload_file/{session}/1", body, **shown, **kind)
                assert told[0] == status, told[1]


def test_a_program_comes_back_to_the_process_that_knows_its_conversation(port: int) -> None:
    for shown in ("a", "b", "c"):
        who = {"Authorization": f"Bearer {shown}", "Content_Type": "application/json"}
        begun = json.loads(request(port, "POST", "/api/ask", json.dumps({"question": GDP}).encode(), **who)[1])
        for year in (2013, 2014, 2013, 2014):
            more = json.dumps({"question": f"and in {year}?", "conversation": begun["conversation"]}).encode()
            told = json.loads(request(port, "POST", "/api/ask", more, **who)[1])
            assert told.get("reading") == f"GDP of Xining in {year}", told
    assert request(port, "GET", "/api/held")[2]["set-cookie"] is None


def test_what_is_refused_by_one_process_is_refused_by_several(port: int) -> None:
    for number in (0, 1):
        bears = named(port, number)
        stream = f"ws://127.0.0.1:{port}/_stcore/stream"
        with pytest.raises(InvalidStatus) as refused:
            connect(stream, origin=Origin("https://evil.cn"), additional_headers=bears, proxy=None)
        assert refused.value.response.status_code == 403
        assert request(port, "GET", "/api/held", Host="evil.cn", **bears)[0] == 421
        assert request(port, "GET", "/metrics", **bears)[0] == 200
        assert request(port, "GET", "/metrics", X_Forwarded_For="192.0.2.7", **bears)[0] == 403


def test_who_says_nothing_or_says_it_slowly_keeps_nobody_waiting(port: int) -> None:
    silent = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(20)]
    for one in silent:
        one.connect()
        assert one.sock
        one.sock.sendall(b"GET /healthz HT")
    began = time.monotonic()
    assert request(port, "GET", "/healthz")[0] == 200
    assert time.monotonic() - began < 5
    for one in silent:
        assert one.sock
        one.sock.sendall(b"TP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert one.sock.recv(100).startswith(b"HTTP/1.1 200")
        one.close()


def test_their_numbers_are_added_up(port: int) -> None:
    def answered() -> float:
        told = request(port, "GET", "/metrics")[1].decode()
        [line] = [line for line in told.splitlines() if line.startswith('xinfo_questions_total{status="answered"}')]
        return float(line.split()[-1])

    before = answered()
    for number in (0, 1):
        ask(port, number)
    assert answered() == before + 2


@pytest.mark.long
def test_questions_and_loads_through_both_leave_every_file_whole(port: int, store: Path, tmp_path: Path) -> None:
    noted = len([*entries(store)])
    kept = sum(one.times for one in asked.listed(store))

    def load(year: int) -> int:
        """As the command line does, while both answer; of two at once one is told to wait."""
        file = tmp_path / f"{year}.csv"
        file.write_text(TABLE.format(year=year, value=year - 1900), encoding="utf-8")
        for _ in range(20):
            done = _command("load", file, "--store", store, "--by", f"l{year}")
            if "another build or load" not in done.stderr:
                return done.returncode
            time.sleep(0.3)
        return 1

    with ThreadPoolExecutor(6) as pool:
        loads = [pool.submit(load, year) for year in (2010, 2011)]
        many = [pool.submit(ask, port, n % 2, UNKNOWN if n % 3 else GDP) for n in range(24)]
        statuses = [one.result()["status"] for one in many]
        assert [one.result() for one in loads] == [0, 0]
    assert statuses.count("answered") == 8
    for number in (0, 1):
        assert ask(port, number, "GDP of Xining in 2011")["status"] == "answered", "both have the newest figures"
    every = [*entries(store)]
    assert [one.number for one in every] == list(range(1, len(every) + 1))
    assert _of(every[noted:], "ask") == 26
    assert _of(every[noted:], "load") == 2
    assert sum(one.times for one in asked.listed(store)) == kept + 16
    assert versions.current(store).stem == "000003"
    proof = _command("audit", "verify", "--store", store)
    assert proof.returncode == 0, proof.stdout + proof.stderr


def _command(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "xinfo", *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


def _of(found: list[Entry], did: str) -> int:
    return sum(one.did == did for one in found)


def test_whose_process_dies_lands_in_another_and_it_is_started_anew(port: int) -> None:
    dead, other = children(port)
    os.kill(dead, signal.SIGKILL)
    for _ in range(100):
        with suppress(OSError):  # what it was handed before it died
            status, _, headers = request(port, "GET", "/", **named(port, 0))
            if (status, cookie(port, headers)) == (200, 1):
                break
        time.sleep(0.02)
    else:
        pytest.fail("nobody took its people over")
    assert ask(port, 1)["status"] == "answered"
    for _ in range(240):
        if cookie(port, request(port, "GET", "/", **named(port, 0))[2]) is None:
            break
        time.sleep(0.25)
    anew, still = children(port)
    assert (still, anew != dead) == (other, True)
    assert ask(port, 0)["status"] == "answered"


def test_where_the_front_is_killed_its_processes_come_to_an_end(port: int) -> None:
    each = children(port)
    assert len(each) == 2
    mother = re.search(r"PPid:\s*(\d+)", Path(f"/proc/{each[0]}/status").read_text(encoding="utf-8"))
    assert mother
    os.kill(int(mother[1]), signal.SIGKILL)
    for _ in range(240):
        if not any(Path(f"/proc/{one}").exists() for one in each):
            return
        time.sleep(0.25)
    pytest.fail("they go on without it")
