"""The connection to a cluster: where it is, its session, the views over the Parquet files. Runs no question.

A session that is lost is opened anew by whoever asks next.
"""

from __future__ import annotations

import atexit
import contextlib
import re
import socket
import threading
import warnings
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakSet

from xinfo.errors import InputError
from xinfo.query.failure import failed
from xinfo.query.schema import PUBLISHED_VIEWS
from xinfo.store import standing
from xinfo.store.export import columns

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

ADDRESS = re.compile(r"spark://(?P<host>[\w.-]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})(?P<rest>/?;.*)?")
REACHABLE_SECONDS = 5.0
RETRIES = 2
CLOSING = 5.0
"""Seconds for a cluster to hear that a session has ended."""
LISTED_BY_THE_DRIVER = ("spark.sql.sources.parallelPartitionDiscovery.threshold", "100000")
"""Else Spark runs a job of its own to list the folders of more than 32 metrics, which takes longer than a question."""
OWN_CONNECTION = ("grpc.use_local_subchannel_pool", 1)
"""Else a new session inherits the lost one's connection, and the pause that it keeps before it tries again."""
TYPES = {"VARCHAR": "STRING", "VARCHAR[]": "ARRAY<STRING>", "INTEGER": "INT"}
"""DuckDB's names of types that Spark calls otherwise."""
COUNTED = f"mark IN {standing.COUNTED}"
"""What the views of published figures keep."""


class Link:
    """One session for all threads, opened when it is first needed."""

    def __init__(self, address: str, tables: str):
        """`address` is spark://HOST:PORT, with Spark Connect's own settings after `/;`; `tables` the folder as the
        cluster names it. Raises InputError for an address of another form."""
        found = ADDRESS.fullmatch(address)
        if not found:
            raise InputError(f"'{address}' is no address of a cluster", "one such as spark://localhost:15002")
        self.host, self.port, self._rest = found["host"].strip("[]"), int(found["port"]), found["rest"] or ""
        self._tables = tables.rstrip("/")
        self._session: SparkSession | None = None
        self.warm = False
        """Whether this session has answered anything yet."""
        self._opening = threading.Lock()

    @property
    def name(self) -> str:
        """The cluster in messages: never the settings, which may hold a token."""
        return f"{self.host}:{self.port}"

    def session(self) -> SparkSession:
        """The session, with a view for each table. Raises EngineError where nothing answers or the client is missing,
        and what the client raises."""
        with self._opening:
            if self._session is None:
                self._session = self._opened()
            return self._session

    def drop(self) -> None:
        """Lets a lost session go."""
        with self._opening:
            self._session, self.warm = None, False

    def close(self) -> None:
        """Tells the cluster that the session has ended, if it listens; does nothing where it is gone."""
        with self._opening:
            session, self._session = self._session, None
        if session:
            ending = threading.Thread(target=_ended, args=(session,), daemon=True)
            ending.start()
            ending.join(CLOSING)
            with contextlib.suppress(Exception):
                session.client.close()

    def _opened(self) -> SparkSession:
        try:
            warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]")  # what then fails says so itself
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)  # of pandas, which is not used to read results
                from pyspark.sql.connect.client.core import DefaultChannelBuilder
                from pyspark.sql.connect.client.retries import DefaultPolicy
                from pyspark.sql.connect.session import SparkSession
        except ImportError:
            raise failed("cluster_client") from None
        try:
            socket.create_connection((self.host, self.port), REACHABLE_SECONDS).close()
        except OSError:
            raise failed("cluster_none", cluster=self.name) from None
        host = f"[{self.host}]" if ":" in self.host else self.host
        channel = DefaultChannelBuilder(f"sc://{host}:{self.port}{self._rest}", [OWN_CONNECTION])
        session = SparkSession.builder.channelBuilder(channel).create()
        session.client.set_retry_policies([DefaultPolicy(max_retries=RETRIES)])
        session.conf.set(*LISTED_BY_THE_DRIVER)
        _OPEN.add(self)
        _closed_at_exit()
        self._declare(session)
        return session

    def _declare(self, session: SparkSession) -> None:
        """A view of each table under its name, seen by this session alone."""
        for table, named in columns().items():
            kinds = ", ".join(f"`{name}` {TYPES.get(kind, kind)}" for name, kind in named)
            rows = session.read.schema(kinds).parquet(f"{self._tables}/{table}")
            rows.createOrReplaceTempView(table)
            if table in PUBLISHED_VIEWS:
                rows.filter(COUNTED).createOrReplaceTempView(PUBLISHED_VIEWS[table])


_OPEN: WeakSet[Link] = WeakSet()


@cache
def _closed_at_exit() -> None:
    """Has links that are still open closed before the client's own end, which is why it is called after its import:
    later nothing hears any more that a call is over, and the client would wait for it forever."""
    atexit.register(_close_all)


def _close_all() -> None:
    for link in list(_OPEN):
        link.close()


def _ended(session: SparkSession) -> None:
    with contextlib.suppress(Exception):
        session.stop()
