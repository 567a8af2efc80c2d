"""Which store a command works on, and who does: the one place that reads the environment."""

from __future__ import annotations

import argparse
import getpass
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli.console import complain, progress, tell, waiting
from xinfo.errors import InputError, StoreError
from xinfo.shipped import SHIPPED
from xinfo.store.versions import DEFAULT_STORE, current, missing
from xinfo.ui.clock import now as now

if TYPE_CHECKING:
    from xinfo.access.rules import Rules
    from xinfo.ask import Workspace
    from xinfo.stewardship.desk import Desk

DATA, QUERIES = SHIPPED / "data", SHIPPED / "queries"
UNKNOWN = "unknown"
"""Who works where the system's user has no name."""


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


def at_home(arguments: argparse.Namespace) -> Path:
    """The named store, once people's own templates and words, which lay elsewhere before, are beside it."""
    from xinfo.store.assets import Assets, take_over

    store = named(arguments)
    assets = Assets(QUERIES, store)
    try:
        if take_over(assets):
            tell(f"templates and words of your own now belong to the store: they were copied to {assets.templates}")
            note(arguments, "take_over", templates=str(assets.templates))
    except StoreError as error:
        complain(str(error))
    return store


def engine_options(parser: argparse.ArgumentParser) -> None:
    """Declares --engine and --tables."""
    parser.add_argument(
        "--engine", metavar="spark://HOST:PORT", help="ask a Spark cluster by Spark Connect; else XINFO_ENGINE"
    )
    parser.add_argument(
        "--tables", metavar="DIR", help="with --engine: the folder of 'xinfo export', as the cluster names it"
    )


def published_option(parser: argparse.ArgumentParser) -> None:
    """Declares --published-only, which `opened` heeds."""
    parser.add_argument("--published-only", action="store_true", help="leave out everything made up for demonstration")


def cluster(arguments: argparse.Namespace) -> tuple[str, str] | None:
    """The address of the cluster to ask and its folder of tables; None where the store itself is asked."""
    address = getattr(arguments, "engine", None) or os.environ.get("XINFO_ENGINE")
    if not address:
        return None
    tables = arguments.tables or os.environ.get("XINFO_TABLES")
    if not tables:
        raise InputError("--engine needs --tables", "the folder that 'xinfo export --parquet' wrote")
    return str(address), str(tables)


def ready(arguments: argparse.Namespace) -> Path:
    """The store to read. The default one is built where it is missing or of another make of xinfo.

    Of any other, StoreError says that it is missing.
    """
    store = at_home(arguments)
    if store == DEFAULT_STORE and (missing(store) or _outdated(store)):
        from xinfo.store.build import build

        build(store, shipped=DATA, data=None, built_at=now(), who=by(arguments), progress=progress())
    current(store)
    return store


def _outdated(store: Path) -> bool:
    from xinfo.store.opening import outdated

    return outdated(current(store))


def opened(arguments: argparse.Namespace) -> Workspace:
    """The store's workspace with all templates; without demonstration figures where the arguments say so.

    Words of one's own that cannot be read are left out, and stderr says so.
    """
    from xinfo.ask import open_workspace
    from xinfo.store.assets import file_of_words
    from xinfo.understand.vocabulary import fault

    if why := fault(file_of_words(named(arguments))):
        complain(f"left out: {why}")
    if found := cluster(arguments):
        return _on_cluster(*found, arguments)
    as_known = getattr(arguments, "as_known_on", None)
    return open_workspace(ready(arguments), QUERIES, _published_only(arguments), as_known)


def _published_only(arguments: argparse.Namespace) -> bool:
    return bool(getattr(arguments, "published_only", False))


def _on_cluster(address: str, tables: str, arguments: argparse.Namespace) -> Workspace:
    from xinfo.ask import workspace_on
    from xinfo.query.spark.engine import SparkEngine
    from xinfo.store.assets import Assets

    if getattr(arguments, "as_known_on", None):
        raise InputError("a cluster has one version of a store: --as-known-on is not for it", "another folder")
    engine = SparkEngine(address, tables, waiting=waiting())
    engine.check()
    workspace = workspace_on(engine, Assets(QUERIES, at_home(arguments)))
    return replace(workspace, published_only=_published_only(arguments) or workspace.published_only)


def by_option(parser: argparse.ArgumentParser) -> None:
    """Declares --by."""
    parser.add_argument("--by", metavar="NAME", help="who does this, for the list of versions; else the user's name")


def by(arguments: argparse.Namespace) -> str:
    """Who is at work: whom the arguments name, or the system's user."""
    if given := getattr(arguments, "by", None):
        return str(given)
    return system_user()


def system_user() -> str:
    """Whoever is logged in at the machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return UNKNOWN


def by_name(arguments: argparse.Namespace) -> str:
    """The same where a name must stand under it. Raises InputError where the system's user has none."""
    if (name := by(arguments)) == UNKNOWN:
        raise InputError("this needs a name to stand under it", "--by NAME")
    return name


def passphrase_given() -> str | None:
    """The passphrase of a key as the environment has it, for what runs with nobody there."""
    return os.environ.get("XINFO_PASSPHRASE")


def rules_of(store: Path) -> Rules | None:
    """The rules of access beside a store, where there are any. Raises InputError where they cannot be read."""
    from xinfo.access.rules import beside, rules_on

    path = beside(store)
    return rules_on(path, current(store)) if path.exists() else None


def day(text: str) -> date:
    """A day as an argument, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; expected one such as 2016-03-31") from None


def begin(arguments: argparse.Namespace, did: str, who: str = "", **what: object) -> None:
    """Notes in the store's log that a deed is about to count; `who` signs it, where it is signed.

    Raises StoreError: what cannot be noted is not done.
    """
    from xinfo.audit import BEGUN

    record(arguments, BEGUN, "", who, deed=did, **what)


def record(arguments: argparse.Namespace, did: str, fingerprint: str, who: str = "", /, **what: object) -> None:
    """Notes a deed on figures of this fingerprint, if any; `who` signs it, where that is known better than here.

    Raises StoreError where it cannot be noted.
    """
    from xinfo import audit

    audit.record(named(arguments), did, who=who or by(arguments), at=now(), what=what, fingerprint=fingerprint)


def note(arguments: argparse.Namespace, did: str, **what: object) -> None:
    """Notes a deed in the store's log; where that cannot be written the deed stands, and stderr says so."""
    try:
        record(arguments, did, "", **what)
    except StoreError as error:
        complain(str(error))


def desk(arguments: argparse.Namespace, workspace: Workspace) -> Desk:
    """What somebody works on a store's templates at. Raises InputError where he has no name."""
    from xinfo.stewardship.desk import Desk

    return Desk(workspace, by_name(arguments), now(), rules_of(workspace.assets.store))
