"""What a browser takes in before it shows anything: compressed, kept, and our faces instead of all at once."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from xinfo.language.texts import texts
from xinfo.ui import wire
from xinfo.ui.document import PAGE

PIECE = re.compile(r"url\((.*?)\).*?unicode-range:([^}]*)")


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=wire.BUNDLE)),
            Route("/other", lambda request: HTMLResponse("x" * len(wire.ORIGINAL))),
            Route("/{page:path}", lambda request: FileResponse(PAGE, headers={"set-cookie": "who=me"})),
        ],
        middleware=[Middleware(GZipMiddleware)],
    )
    return TestClient(wire.Wire(app), headers={"accept": "text/html"})


def pieces() -> dict[str, set[int]]:
    """The files of the regular face with the characters for which a browser fetches each."""
    found: dict[str, set[int]] = {}
    for file, ranges in PIECE.findall((wire.OWN / "faces.css").read_text(encoding="utf-8")):
        bounds = [part.removeprefix("U+").split("-") for part in ranges.split(",")]
        found[file] = {one for part in bounds for one in range(int(part[0], 16), int(part[-1], 16) + 1)}
    return found


def test_each_script_that_the_page_names_is_compressed_and_kept(client: TestClient) -> None:
    named = wire.NAMED.findall(wire.ORIGINAL.decode())
    scripts = [name for name in named if name.endswith(".js")]
    assert len(scripts) > 20
    for name in scripts:
        reply = client.get(name)
        assert reply.headers["content-encoding"] == "gzip"
        assert "immutable" in reply.headers["cache-control"]
        assert reply.content == wire.files()[name].read_bytes()


def test_who_takes_no_gzip_has_the_file_as_it_is(client: TestClient) -> None:
    name = next(name for name in wire.files() if name.endswith(".js"))
    reply = client.get(name, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in reply.headers
    assert reply.content == wire.files()[name].read_bytes()


@pytest.mark.parametrize("where", ["/", "/templates", "/data"])
def test_the_page_knows_the_faces_wherever_it_is(client: TestClient, where: str) -> None:
    reply = client.get(where)
    assert reply.headers["cache-control"] == "no-cache"
    assert "etag" not in reply.headers  # It would be that of Streamlit's page.
    assert reply.headers["set-cookie"] == "who=me"
    assert len(re.findall(r"url\(\./app/static/[^)]*\.woff2\)", reply.text)) == len(pieces())


def test_what_only_looks_like_the_page_is_left_alone(client: TestClient) -> None:
    assert client.get("/other").text == "x" * len(wire.ORIGINAL)
    assert client.head("/").headers["content-length"] == str(len(wire.ORIGINAL))


def test_only_files_of_the_bundle_have_an_address() -> None:
    assert not [
        path for path in wire.files().values() if not path.is_relative_to(wire.BUNDLE) and path.parent != wire.OWN
    ]


def test_the_face_that_a_page_begins_in_is_ours(client: TestClient) -> None:
    preloaded = re.search(r'href="\.(/static/media/SourceSans[^"]*)"', wire.ORIGINAL.decode())
    assert preloaded
    assert len(client.get(preloaded[1]).content) < 20_000


def test_every_piece_of_the_faces_is_there_and_no_other() -> None:
    assert set(pieces()) == {path.name for path in wire.OWN.glob("*.woff2")}
    assert all(where in wire.files() for where in (f"/app/static/{name}" for name in pieces()))


@pytest.mark.parametrize(("lang", "within"), [("en", ("latin",)), ("zh", ("latin", "said"))])
def test_a_first_page_takes_small_pieces(lang: str, within: tuple[str, ...]) -> None:
    """Where this fails the interface has many new characters: `deploy/faces.py` cuts anew."""
    held = set().union(*(signs for name, signs in pieces().items() if any(f"-{part}." in name for part in within)))
    shown = {sign for said in texts(lang).values() for sign in said if sign.isalnum()}
    assert len({sign for sign in shown if ord(sign) not in held}) <= len(shown) / 50


def test_what_the_page_names_is_compressed_before_anybody_comes() -> None:
    wire.packed.cache_clear()
    wire.prepare()
    before = wire.packed.cache_info().currsize
    wire.prepare()
    assert before == wire.packed.cache_info().currsize > 20


def test_pieces_are_no_text_and_are_sent_as_they_are(client: TestClient) -> None:
    name = next(iter(pieces()))
    reply = client.get(f"/app/static/{name}")
    assert reply.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in reply.headers
    assert reply.content == (wire.OWN / name).read_bytes()
    assert gzip.decompress(wire.page()).startswith(b"<!--")
