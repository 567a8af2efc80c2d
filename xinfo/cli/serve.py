"""`xinfo serve`: the browser app on a store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xinfo.cli.bin import swept
from xinfo.cli.console import say
from xinfo.cli.stores import cluster, engine_options, published_option, ready, store_option
from xinfo.errors import InputError

HELP = "start the browser app; it prints its address and runs until Ctrl-C"
EXAMPLES = (
    "xinfo serve",
    "xinfo serve --store figures.duckdb --port 8600",
    "xinfo serve --published-only",
    "xinfo serve --store figures.duckdb --engine spark://localhost:15002 --tables /data/xinfo",
    "xinfo serve --store figures.duckdb --login login.toml --access access.yaml",
)
PORT = 8501


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    engine_options(parser)
    published_option(parser)
    parser.add_argument(
        "--port", type=int, default=PORT, metavar="N", help=f"the port of this machine; {PORT} where none is given"
    )
    parser.add_argument(
        "--processes",
        type=int,
        default=1,
        metavar="N",
        help="serve with N processes behind the one address, one for each core where many ask at once; 1 where nothing "
        "is said",
    )
    parser.add_argument(
        "--query-processes",
        type=int,
        default=2,
        metavar="N",
        help="people's own SQL runs in N processes, which are killed where they pass their time or memory; 2 where "
        "nothing is said",
    )

    address = "where it listens; else this machine alone can reach it"
    parser.add_argument("--address", default="127.0.0.1", metavar="IP", help=address)
    parser.add_argument("--url", default="", metavar="URL", help="what people type to reach it, where no login says it")
    parser.add_argument("--login", type=Path, metavar="FILE", help="settings of the login; see docs/deployment.md")
    rules = "the rules of who may do what; else FILE.access.yaml beside the store"
    parser.add_argument("--access", type=Path, metavar="FILE", help=rules)
    open_to_all = "let everybody who can reach the address do everything, without a login"
    parser.add_argument("--open-to-all", action="store_true", help=open_to_all)
    parser.add_argument("--log-json", action="store_true", help="write the server's log as JSON lines to stderr")


def run(arguments: argparse.Namespace) -> int:
    for name in ("processes", "query_processes"):
        if (count := getattr(arguments, name)) < 1:
            raise InputError(f"--{name.replace('_', '-')} is {count}", "1 or more")
    if arguments.processes > 1 and sys.platform != "linux":
        raise InputError("--processes hands connections from one process to another, which takes Linux", "1 process")
    store, there = ready(arguments), cluster(arguments)
    swept(arguments)
    from xinfo.ui.doors import doors
    from xinfo.ui.settings import Settings

    # The app runs in the folder of its pages; what was named from here is meant from here.
    store, access = store.absolute(), arguments.access and arguments.access.absolute()
    how = doors(store, arguments.address, arguments.login, access, arguments.open_to_all, arguments.url)
    settings = Settings(
        store, arguments.port, how, arguments.log_json, arguments.query_processes, there, arguments.published_only
    )
    if arguments.processes > 1:
        from xinfo.ui.processes import front

        return front.serve(settings, arguments.processes, say)
    from xinfo.ui.serve import serve

    return serve(settings, say)
