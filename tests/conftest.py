"""Settings and fixtures that several test modules share."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from streamlit.components.v2 import manifest_scanner

from tests.shipped import RUN, shipped_store

ROOT = Path(__file__).parents[1]
SAIL = """
import os, sys
os.environ |= {"SAIL_MODE": "local-cluster", "SAIL_EXECUTION__DEFAULT_PARALLELISM": "1"}
from pysail.spark import SparkConnectServer
server = SparkConnectServer(ip="127.0.0.1", port=0)
server.start(background=True)
print("spark://{}:{}".format(*server.listening_address), flush=True)
sys.stdin.read()
os._exit(0)
"""
"""A driver and workers, until whoever started it ends; in a process of their own, which waits for nobody then."""


def pytest_configure(config: pytest.Config) -> None:
    """Looking for garbage every 700 objects takes a tenth of the time, as there are always millions of them."""
    gc.set_threshold(50_000, 20, 50)
    # Streamlit looks through all that is installed for each app that it tests, half a second long.
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    if not hasattr(config, "workerinput"):  # the others are started by this process, and share its folder
        os.environ[RUN] = mkdtemp(prefix="xinfo-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[RUN], ignore_errors=True)


@pytest.fixture(scope="session")
def exported_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as it is shipped, which nobody changes."""
    return shipped_store(tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def tables(exported_store: Path) -> str:
    """The same store as a cluster reads it."""
    from xinfo.store.export import export_parquet
    from xinfo.store.versions import current

    folder = exported_store.with_name("tables")
    export_parquet(current(exported_store), folder, lambda what, part: None)
    return str(folder)


@pytest.fixture(scope="session")
def cluster_address() -> Iterator[str]:
    """A cluster of Sail's, or the one that XINFO_SPARK names."""
    if "XINFO_SPARK" in os.environ:
        yield os.environ["XINFO_SPARK"]
        return
    pytest.importorskip("pysail.spark")
    sail = subprocess.Popen([sys.executable, "-c", SAIL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert sail.stdin
    assert sail.stdout
    yield sail.stdout.readline().strip()
    sail.stdin.close()
    sail.wait(10)
