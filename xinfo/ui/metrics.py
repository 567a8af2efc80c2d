"""Numbers for Prometheus: what was asked and how fast, who is there, which figures are served. Knows nobody's name."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from streamlit.runtime import Runtime
from streamlit.runtime.stats import GaugeStat

from xinfo import __version__
from xinfo.answer.answer import Answer, NotAnswered
from xinfo.errors import StoreError
from xinfo.store import versions
from xinfo.ui import stopping

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
STATUSES = ("answered", "clarify", "no_data", "refused")

LOGGER = logging.getLogger("xinfo")
REGISTRY, STORE = CollectorRegistry(), CollectorRegistry()
"""What a process counts, which is added up where there are several, and what is so for all of them."""
QUESTIONS = Counter("xinfo_questions", "Questions by what came of them.", ["status"], registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "xinfo_answer_seconds", "Seconds from a question to its answer.", buckets=SECONDS, registry=REGISTRY
)
LOADS = Counter("xinfo_loads", "Loads by what came of them.", ["outcome"], registry=REGISTRY)
UNLOGGED = Counter("xinfo_audit_failures", "Deeds that could not be written into the log.", registry=REGISTRY)
FAILURES = Counter("xinfo_page_failures", "Pages that failed for a reason nobody foresaw.", registry=REGISTRY)
RUNNING = Gauge("xinfo_running", "Pages being drawn and loads at work.", registry=REGISTRY, multiprocess_mode="livesum")
SESSIONS = Gauge("xinfo_sessions", "Browsers that are connected.", registry=REGISTRY, multiprocess_mode="livesum")
INFO = Gauge("xinfo_info", "What is served.", ["version"], registry=REGISTRY, multiprocess_mode="livemax")
INFO.labels(__version__).set(1)
for _status in STATUSES:
    QUESTIONS.labels(_status)


class Served(Collector):
    """A store at the moment of asking."""

    def __init__(self, store: Path):
        self.store = store

    def collect(self) -> Iterator[Metric]:
        try:
            current = versions.current(self.store)
            age = time.time() - current.stat().st_mtime
        except (StoreError, OSError):
            return
        yield GaugeMetricFamily("xinfo_store_version", "The version that counts.", value=_number(current))
        yield GaugeMetricFamily("xinfo_store_age_seconds", "Seconds since it was made.", value=max(0.0, age))


def _number(current: Path) -> int:
    """0 for a single file without versions."""
    return versions.number(current) if current.stem.isdigit() else 0


def sessions() -> float:
    """How many browsers are connected."""
    if not Runtime.exists():
        return 0
    stats = Runtime.instance().stats_mgr.get_stats(family_names=["active_sessions"])
    return sum(stat.value for each in stats.values() for stat in each if isinstance(stat, GaugeStat))


def asked(reply: Answer | NotAnswered) -> None:
    """Counts a question and the time it took."""
    status = "answered" if isinstance(reply, Answer) else reply.unclear.status
    seconds = reply.timing_ms.get("total", 0.0) / 1000
    QUESTIONS.labels(status).inc()
    ANSWER_SECONDS.observe(seconds)
    LOGGER.info("asked", extra={"told": {"status": status, "seconds": round(seconds, 4)}})


def loaded(outcome: str) -> None:
    """Counts a load."""
    LOADS.labels(outcome).inc()
    LOGGER.info("loaded", extra={"told": {"outcome": outcome}})


def look() -> None:
    """Notes what runs in this process at the moment."""
    RUNNING.set(stopping.running())
    SESSIONS.set(sessions())


def written() -> bytes:
    """All numbers in Prometheus' text format."""
    look()
    counted = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(counted := CollectorRegistry())  # type: ignore[no-untyped-call]
    return generate_latest(counted) + generate_latest(STORE)
