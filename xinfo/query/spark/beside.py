"""A cluster beside a store at hand: questions are asked of it where its tables are of that very version.

Figures of another version would be answers to another question, so then the store itself is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinfo.query.engine import Engine
from xinfo.query.result import Bound, Result
from xinfo.query.spark.engine import SparkEngine
from xinfo.query.watch import Handle


@dataclass(frozen=True)
class Beside:
    """One version of a store, with a cluster that may have its tables. Connects with the first question."""

    cluster: SparkEngine
    store: Engine
    fingerprint: str
    """The version's."""

    @property
    def apart(self) -> bool:
        """Whether the cluster's tables are known to be of another version."""
        return self.cluster.known not in ("", self.fingerprint)

    @property
    def patience(self) -> float:
        return self.cluster.patience

    @property
    def name(self) -> str:
        """The cluster in messages."""
        return self.cluster.name

    def execute(self, sql: str, params: Bound, *, row_cap: int, seconds: float, handle: Handle | None = None) -> Result:
        """As SparkEngine.execute, or as the store's own engine has it."""
        if self.cluster.fingerprint(handle) != self.fingerprint:
            seconds = min(seconds, self.store.patience)
            return self.store.execute(sql, params, row_cap=row_cap, seconds=seconds, handle=handle)
        return self.cluster.execute(sql, params, row_cap=row_cap, seconds=seconds, handle=handle)
