"""Starting the app on a store, as `xinfo serve` does. Builds no store."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

from streamlit.web import bootstrap

from xinfo.errors import InputError, XinfoError
from xinfo.language.texts import languages
from xinfo.store import versions
from xinfo.ui import ask, session
from xinfo.understand.suggest import suggest

APP = session.PROJECT / "app.py"
PORTS = range(1, 65536)


def serve(store: Path, port: int) -> int:
    """Serves the app for `store` on `port` of this machine until it is stopped; 0, for the exit code.

    Prints the address. The settings and the font are the project's, wherever this was started from.
    """
    if port not in PORTS:
        raise InputError(f"{port} is no port; expected a number from {PORTS[0]} to {PORTS[-1]}")
    os.environ["XINFO_STORE"] = str(store.resolve())
    os.chdir(session.PROJECT)
    # The first page needs not wait for what is read while the server starts; what fails here is said on that page.
    threading.Thread(target=_warm, daemon=True).start()
    flags = {"server.port": port}
    bootstrap.load_config_options(flags)
    bootstrap.run(str(APP), False, [], flags)
    return 0


def _warm() -> None:
    with contextlib.suppress(XinfoError):
        version = str(versions.current(session.store()))
        for lang in languages():
            ask.starters(version, False, lang)
        suggest("", session.opened(version, False).reader, languages()[0], coverage=ask.coverage(version, False))
