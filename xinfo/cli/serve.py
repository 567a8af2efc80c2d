"""`xinfo serve`: the browser app on a store."""

from __future__ import annotations

import argparse

from xinfo.cli.stores import ready, store_option

HELP = "start the browser app; it prints its address and runs until Ctrl-C"
EXAMPLES = ("xinfo serve", "xinfo serve --store figures.duckdb --port 8600")
PORT = 8501


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    parser.add_argument(
        "--port", type=int, default=PORT, metavar="N", help=f"the port of this machine; {PORT} where none is given"
    )


def run(arguments: argparse.Namespace) -> int:
    store = ready(arguments)
    from xinfo.ui.serve import serve

    return serve(store, arguments.port)
