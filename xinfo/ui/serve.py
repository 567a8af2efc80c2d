"""Starting the app on a store, as `xinfo serve` does. Builds no store."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.web import bootstrap

from xinfo import shares
from xinfo.errors import StoreError, XinfoError
from xinfo.language.texts import languages
from xinfo.service.address import listening
from xinfo.shipped import SHIPPED
from xinfo.store import versions
from xinfo.store.assets import Assets
from xinfo.ui import (
    ask,
    browsers,
    claiming,
    endpoints,
    logs,
    metrics,
    opening,
    programs,
    published,
    session,
    welcome,
    wire,
)
from xinfo.ui.doors import OPEN
from xinfo.ui.headers import Asgi, Headers
from xinfo.ui.returning import Returning
from xinfo.ui.settings import Settings
from xinfo.ui.stopping import PATIENCE, Server, stopping
from xinfo.ui.strangers import Strangers
from xinfo.understand.read import Reader
from xinfo.understand.suggest import Index, index_of

APP = SHIPPED / "app.py"
PAGES = ("xinfo.ui.activity", "xinfo.ui.briefing", "xinfo.ui.data", "xinfo.ui.templates.page")
"""Modules that the first page would wait for."""
LARGEST_MESSAGE = 25_000_000
"""Bytes of what a page sends at once, files apart: as much as Streamlit reads of it."""
TURN = 0.001
"""Seconds that a busy thread keeps the others waiting: a page is drawn in many small steps, and waits before each."""
CLOSING = 5
"""Seconds for connections to close once nothing runs any more."""
Around = Callable[[Asgi], Asgi]


def serve(settings: Settings, tell: Callable[[str], None] | None = None) -> int:
    """Serves the app in this process until it is stopped; 0, for the exit code. `tell` is told the address.

    Raises InputError for a port that is none or is taken, and for an address of a cluster that is none.
    """
    listener = listening(settings.doors.address, settings.port)
    if tell:
        tell(f"xinfo answers at {settings.address}; Ctrl-C stops it")
    return run(settings, Server, [listener])


def run(
    settings: Settings, server: Callable[[uvicorn.Config], Server], listeners: list[socket.socket],
    around: Sequence[Around] = (),
) -> int:  # fmt: skip
    """Runs a server of the app; `around` is about all of it. Its looks are the project's, wherever this was started.

    Raises InputError for an address of a cluster that is none.
    """
    _told(settings)
    opening.cluster()
    sys.setswitchinterval(TURN)
    # The first page needs not wait for what is read while the server starts; what fails here is said on that page.
    warming = threading.Thread(target=_warm, daemon=True)
    warming.start()
    if settings.json:
        logs.as_json()
    app: Asgi = _app(settings)
    for each in around:
        app = each(app)
    log, doors = logging.getLogger("xinfo"), settings.doors
    log.info("serving", extra={"told": {"address": doors.address, "port": settings.port, "login": bool(doors.auth)}})
    server(_config(app, None if settings.json else uvicorn.config.LOGGING_CONFIG)).run(listeners)
    warming.join(PATIENCE)  # Python cannot end well while a thread is inside the engine
    log.info("stopped")
    return 0


def _told(settings: Settings) -> None:
    """What the pages and Streamlit go by, for this process."""
    doors = settings.doors
    os.environ |= {
        "XINFO_STORE": str(settings.store.resolve()),
        "XINFO_QUERY_PROCESSES": str(settings.query_processes),
        published.FOR_ALL: "1" if settings.published_only else "",
    }
    os.environ["XINFO_ENGINE"], os.environ["XINFO_TABLES"] = settings.cluster or ("", "")
    os.environ.pop("XINFO_ACCESS", None)
    if doors.rules:
        os.environ["XINFO_ACCESS"] = str(doors.rules)
    os.environ[OPEN] = "" if doors.auth else "1"
    shares.known_by(claiming.of_page)
    os.chdir(SHIPPED)
    flags = {"server.port": settings.port, "server.address": doors.address, "server.allowedHosts": doors.hosts}
    bootstrap.load_config_options(flags)


def _config(app: Asgi, log_config: dict[str, Any] | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        access_log=False,
        server_header=False,
        log_level="warning",
        log_config=log_config,
        timeout_graceful_shutdown=CLOSING,
    )


def _app(settings: Settings) -> st.App:
    store, doors = settings.store.resolve(), settings.doors
    asked = programs.service(Assets(session.QUERIES, store), settings.published_only, metrics.asked)
    metrics.STORE.register(metrics.Served(store))
    return st.App(
        APP,
        secrets={"auth": doors.auth} if doors.auth else None,
        routes=[*endpoints.routes(store), *programs.routes(asked, store, doors)],
        middleware=[
            Middleware(Headers, secure=doors.secure),
            Middleware(wire.Wire),
            Middleware(Strangers),
            *([] if doors.rules else [Middleware(browsers.Browsers)]),
            Middleware(Returning, secure=doors.secure),
            Middleware(endpoints.Numbers, token=os.environ.get("XINFO_METRICS_TOKEN", "")),
        ],
        on_script_error=_failed,
    )


def _failed(error: Exception) -> None:
    """Counts a page that failed for a reason nobody foresaw, and tells the log; the page says nothing of it."""
    metrics.FAILURES.inc()
    logging.getLogger("xinfo").error("a page failed", exc_info=error)


def _warm() -> None:
    wire.prepare()
    threading.Thread(target=_greet, daemon=True).start()
    for page in PAGES:
        importlib.import_module(page)
    with contextlib.suppress(XinfoError):
        version = str(versions.current(session.store()))
        only = published.for_all(version)
        for lang in languages():
            if stopping():
                return
            welcome.starters(version, only, lang)
        workspace = session.opened(version, only)
        index = index_of(workspace.reader, ask.coverage(version, only))
        threading.Thread(target=_hear, args=(workspace.reader, index), daemon=True).start()
        if any(template.written for template in workspace.templates):
            workspace.apart.execute("SELECT 1", {}, row_cap=1, seconds=workspace.apart.patience)


def _hear(reader: Reader, index: Index) -> None:
    """Makes what typing needs, which takes seconds and no engine: a server that stops need not wait for it."""
    index.prepare()
    reader.speller.prepare()


def _greet() -> None:
    """Connects to the cluster, so that the first question need not, or says in the log why it cannot."""
    if engine := opening.cluster():
        log = logging.getLogger("xinfo")
        try:
            engine.check()
            log.info("the cluster answers", extra={"told": {"cluster": engine.name}})
        except StoreError as error:
            log.warning("%s", error)
