"""Which store a command works on, and when: the one place that reads the environment and the clock."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import progress
from xinfo.errors import StoreError
from xinfo.store.versions import DEFAULT_STORE, current

if TYPE_CHECKING:
    from xinfo.ask import Workspace

PROJECT = Path(__file__).resolve().parents[2]
DATA, QUERIES = PROJECT / "data", PROJECT / "queries"


def store_option(parser: argparse.ArgumentParser) -> None:
    """Declares --store."""
    parser.add_argument(
        "--store",
        type=Path,
        metavar="FILE",
        help="the store; else the one XINFO_STORE names, else the demonstration store",
    )


def named(arguments: argparse.Namespace) -> Path:
    """The store that the arguments or the environment name, or the default one. It need not be there."""
    return Path(arguments.store or os.environ.get("XINFO_STORE") or DEFAULT_STORE)


def ready(arguments: argparse.Namespace) -> Path:
    """The store to read. The default one is built where it is missing; of any other, StoreError says that it is."""
    store = named(arguments)
    try:
        current(store)
    except StoreError:
        if store != DEFAULT_STORE:
            raise
        from xinfo.store.build import build

        build(store, shipped=DATA, data=None, built_at=now(), progress=progress())
    return store


def opened(arguments: argparse.Namespace) -> Workspace:
    """The store's workspace with all templates; without demonstration figures where the arguments say so."""
    from xinfo.ask import open_workspace

    return open_workspace(ready(arguments), QUERIES, getattr(arguments, "published_only", False))


def now() -> str:
    """The time here, as it is kept in a store: 2016-02-01T08:00:00+08:00."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
