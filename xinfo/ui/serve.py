"""Starting the app on a store, as `xinfo serve` does. Builds no store."""

from __future__ import annotations

import os
from pathlib import Path

from streamlit.web import bootstrap

from xinfo.errors import InputError
from xinfo.ui.session import PROJECT

APP = PROJECT / "app.py"
PORTS = range(1, 65536)


def serve(store: Path, port: int) -> int:
    """Serves the app for `store` on `port` of this machine until it is stopped; 0, for the exit code.

    Prints the address. The settings and the font are the project's, wherever this was started from.
    """
    if port not in PORTS:
        raise InputError(f"{port} is no port; expected a number from {PORTS[0]} to {PORTS[-1]}")
    os.environ["XINFO_STORE"] = str(store.resolve())
    os.chdir(PROJECT)
    flags = {"server.port": port}
    bootstrap.load_config_options(flags)
    bootstrap.run(str(APP), False, [], flags)
    return 0
