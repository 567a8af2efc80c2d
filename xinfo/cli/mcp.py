"""`xinfo mcp`: answers for other assistants, over the Model Context Protocol."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import say
from xinfo.cli.stores import QUERIES, by, by_option, named, published_option, ready, store_option
from xinfo.errors import InputError
from xinfo.service.address import LOCAL

if TYPE_CHECKING:
    from xinfo.service.service import Caller, Service

HELP = "answer other assistants over the Model Context Protocol; read only"
EXAMPLES = (
    "xinfo mcp --store figures.duckdb",
    "xinfo mcp --published-only --port 8600",
    "xinfo mcp --store figures.duckdb --port 8600 --access figures.duckdb.access.yaml",
)


def options(parser: argparse.ArgumentParser) -> None:
    store_option(parser)
    published_option(parser)
    by_option(parser)
    port = "serve HTTP on this port; else the program that started this is answered on stdout"
    parser.add_argument("--port", type=int, metavar="N", help=port)
    address = "with --port: where it listens; else this machine alone can reach it"
    parser.add_argument("--address", default=LOCAL, metavar="IP", help=address)
    url = "with --port: what assistants reach it by, where a proxy stands before it"
    parser.add_argument("--url", default="", metavar="URL", help=url)
    access = "with --port: the rules of who may ask; each request then shows a token of 'xinfo access token'"
    parser.add_argument("--access", type=Path, metavar="FILE", help=access)


def run(arguments: argparse.Namespace) -> int:
    from xinfo.access.person import anybody
    from xinfo.mcp.transport import over_stdio
    from xinfo.service.service import Caller
    from xinfo.store.assets import Assets
    from xinfo.ui.programs import service

    if arguments.port is None and (arguments.access or arguments.address != LOCAL or arguments.url):
        raise InputError("--access, --address and --url are for HTTP", "--port N beside them")
    made = service(Assets(QUERIES, ready(arguments)), arguments.published_only)
    me = Caller(anybody(by(arguments)), "mcp")
    threading.Thread(target=made.prepare, args=[me, arguments.port is not None]).start()
    if arguments.port is None:
        over_stdio(made, me)
    else:
        _over_http(arguments, made, me)
    return 0


def _over_http(arguments: argparse.Namespace, made: Service, me: Caller) -> None:
    """With rules only for whoever shows a token, else for everybody on this machine."""
    from xinfo.access.rules import checked_rules
    from xinfo.mcp.transport import over_http, require_guarded
    from xinfo.service.address import Reach
    from xinfo.service.bearer import People
    from xinfo.store.versions import current
    from xinfo.ui.clock import now

    reach, store = Reach(arguments.address, arguments.url), named(arguments)
    require_guarded(reach, bool(arguments.access))
    if not arguments.access:
        return over_http(made, lambda shown: me, reach, arguments.port, say)
    checked_rules(arguments.access, current(store))
    people = People(store, arguments.access, now)
    return over_http(made, lambda shown: people.caller(shown, me.way), reach, arguments.port, say)
