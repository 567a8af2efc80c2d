"""Starting where strangers could come in is refused unless it is asked for; a login has to be complete and safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import streamlit as st
from panels import HERE, figure, write_csv
from programs import run
from streamlit.testing.v1 import AppTest

from xinfo.errors import InputError
from xinfo.language.texts import text
from xinfo.store.build import build
from xinfo.ui.doors import OPEN, Doors, doors
from xinfo.ui.headers import Headers, Send
from xinfo.ui.returning import COOKIE, Returning

LOGIN = {
    "redirect_uri": "https://figures.example.cn/oauth2callback",
    "cookie_secret": "c" * 40,
    "client_id": "xinfo",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example.cn/.well-known/openid-configuration",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doors")
    write_csv(folder / "data" / "observation.csv", [figure("gdp", "2014", 1070, {"unit": "亿元"})])
    build(folder / "store.duckdb", shipped=HERE, data=folder / "data", built_at="2016-01-10T08:00:00")
    return folder / "store.duckdb"


def login(folder: Path, **changed: str | None) -> Path:
    settings = {name: value for name, value in {**LOGIN, **changed}.items() if value is not None}
    path = folder / "login.toml"
    path.write_text("[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    return path


def rules(folder: Path, text: str = "everyone: viewer") -> Path:
    path = folder / "access.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_this_machine_needs_no_login(store: Path, address: str) -> None:
    assert doors(store, address) == Doors(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "figures.example.cn", ""])
def test_other_machines_are_let_in_only_with_a_login_or_when_that_is_meant(store: Path, address: str) -> None:
    with pytest.raises(InputError, match="--open-to-all"):
        doors(store, address)
    assert doors(store, address, open_to_all=True, url="http://figures.example.cn:8501").auth is None


@pytest.mark.parametrize("url", ["https://figures.example.cn", "figures.example.cn", "http://["])
def test_a_name_that_others_reach_it_by_lets_them_in_like_an_address(store: Path, url: str) -> None:
    with pytest.raises(InputError, match="--open-to-all"):
        doors(store, url=url)
    assert doors(store, url="http://localhost:8501").url


def test_a_url_that_is_none_is_said(store: Path, tmp_path: Path) -> None:
    for given in ({"open_to_all": True}, {"login": login(tmp_path), "rules": rules(tmp_path)}):
        with pytest.raises(InputError, match="--url is 'http://\\['"):
            doors(store, url="http://[", **given)  # type: ignore[arg-type]


def test_a_login_goes_with_its_rules(store: Path, tmp_path: Path) -> None:
    found = doors(store, "0.0.0.0", login(tmp_path), rules(tmp_path))
    assert found.auth == LOGIN
    assert found.secure
    assert found.url == "https://figures.example.cn"
    assert found.hosts == ["localhost", "127.0.0.1", "::1", "figures.example.cn"]


def test_rules_stand_beside_the_store(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"store\.duckdb\.access\.yaml cannot be read"):
        doors(store, login=login(tmp_path))
    beside = store.with_name("store.duckdb.access.yaml")
    beside.write_text("everyone: viewer", encoding="utf-8")
    assert doors(store, login=login(tmp_path)).rules == beside.resolve()
    beside.unlink()


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"client_id": None}, "lacks client_id"),
        ({"client_secret": ""}, "lacks client_secret"),
        ({"cookie_secret": "short"}, "cookie_secret is too short"),
        ({"redirect_uri": "http://figures.example.cn/oauth2callback"}, "an address with https://"),
        ({"redirect_uri": "https://figures.example.cn/"}, "ends in /oauth2callback"),
        ({"redirect_uri": "https://[/oauth2callback"}, "an address with https://"),
        ({"server_metadata_url": "http://login.example.cn/x"}, "an address with https://"),
    ],
)
def test_a_login_that_is_not_safe_is_refused(
    store: Path, tmp_path: Path, changed: dict[str, str | None], complaint: str
) -> None:
    with pytest.raises(InputError) as error:
        doors(store, login=login(tmp_path, **changed), rules=rules(tmp_path))
    assert complaint in str(error.value)


def test_rules_without_a_login_and_rules_of_unknown_places_are_refused(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bind nobody"):
        doors(store, rules=rules(tmp_path))
    with pytest.raises(InputError, match="'Nowhere' is no place"):
        doors(store, login=login(tmp_path), rules=rules(tmp_path, "everyone: {roles: analyst, places: [Nowhere]}"))


def test_a_login_file_that_is_none_is_said(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        doors(store, login=tmp_path / "none.toml")
    (tmp_path / "login.toml").write_text("[auth", encoding="utf-8")
    with pytest.raises(InputError, match="is no TOML"):
        doors(store, login=tmp_path / "login.toml")


def test_where_people_come_by_https_cookies_and_browsers_stay_with_it() -> None:
    async def app(_: Any, __: Any, send: Send) -> None:
        await send({"type": "http.response.start", "headers": [(b"set-cookie", b"a=1; Path=/")]})

    def replied(secure: bool) -> dict[bytes, bytes]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {}

        run(Headers(app, secure)({"type": "http"}, receive, send))
        return dict(sent[0]["headers"])

    assert replied(True)[b"set-cookie"] == b"a=1; Path=/; Secure"
    assert replied(True)[b"strict-transport-security"] == b"max-age=31536000"
    assert replied(False)[b"set-cookie"] == b"a=1; Path=/"
    assert b"strict-transport-security" not in replied(False)


def passed_on(path: str, **headers: str) -> dict[str, list[str]]:
    """What a reply says that redirects to the app's first page, as Streamlit's login does."""
    told: dict[str, list[str]] = {}

    async def streamlit(scope: Any, receive: Any, send: Send) -> None:
        await send({"type": "http.response.start", "status": 302, "headers": [(b"location", b"/")]})

    async def send(message: Any) -> None:
        for name, value in message["headers"]:
            told.setdefault(name.decode(), []).append(value.decode())

    sent = [(name.encode(), value.encode()) for name, value in {"host": "figures.example.cn", **headers}.items()]
    scope = {"type": "http", "path": path, "headers": sent, "method": "GET", "query_string": b""}
    run(Returning(streamlit, secure=True)(scope, None, send))  # type: ignore[arg-type]
    return told


def test_whoever_signs_in_comes_back_to_the_address_he_came_by() -> None:
    asked = "/data?q=%E8%A5%BF%E5%AE%81&lang=zh"
    [cookie] = passed_on("/auth/login", referer=f"https://figures.example.cn{asked}")["set-cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    told = passed_on("/oauth2callback", cookie=cookie.split(";")[0])
    assert told["location"] == [asked]
    assert "Max-Age=0" in told["set-cookie"][0]
    assert passed_on("/elsewhere", cookie=cookie.split(";")[0]) == {"location": ["/"]}


ADMITTED = "import streamlit as st\nfrom xinfo.ui import login\nif login.admitted('en'):\n    st.markdown('in')"
STRANGE = ["//evil.cn", "/\\evil.cn", "https://evil.cn/", "evil", "/%0d%0ax: y", "/" + "a" * 3000]


@pytest.mark.parametrize("address", STRANGE)
def test_nobody_is_led_elsewhere_by_the_login(address: str) -> None:
    assert passed_on("/oauth2callback", cookie=f"{COOKIE}={quote(address, safe='%')}")["location"] == ["/"]
    for referer in (f"https://evil.cn{address}", "https://["):
        [cookie] = passed_on("/auth/login", referer=referer)["set-cookie"]
        assert cookie.startswith(f'{COOKIE}=""')


@pytest.mark.parametrize(("address", "checked", "shown"), [
    ("0.0.0.0", "", False), (None, "", False), ("figures.example.cn", "", False),
    ("0.0.0.0", "1", True), ("127.0.0.1", "", True), ("localhost", "", True),
])  # fmt: skip
def test_the_pages_say_no_where_streamlit_serves_them_to_strangers(
    monkeypatch: pytest.MonkeyPatch, address: str | None, checked: str, shown: bool
) -> None:
    monkeypatch.setattr(st, "get_option", lambda key: address)
    monkeypatch.delenv("XINFO_ACCESS", raising=False)
    monkeypatch.setenv(OPEN, checked)
    page = AppTest.from_string(ADMITTED, default_timeout=60).run()
    assert not page.exception
    assert [one.value for one in page.markdown] == (["in"] if shown else [])
    assert [one.value for one in page.error] == ([] if shown else [text("access.unguarded", "en")])
