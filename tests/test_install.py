"""A wheel holds all that xinfo needs: what is unpacked from it answers, without the checkout beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILT_FROM = ("xinfo", "data", "queries", "static", ".streamlit")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a wheel of this checkout is unpacked into."""
    checkout, wheels, there = (tmp_path_factory.mktemp(name) for name in ("checkout", "wheels", "installed"))
    for folder in BUILT_FROM:
        shutil.copytree(ROOT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*ROOT.glob("requirements*.txt"), *(ROOT / name for name in ("app.py", "setup.py", "pyproject.toml"))):
        shutil.copy2(file, checkout)
    shutil.copy2(ROOT / "README.md", checkout)
    build = "-m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir".split()
    subprocess.run([sys.executable, *build, str(wheels), str(checkout)], check=True, timeout=300)
    (wheel,) = wheels.glob("xinfo-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(there)
    return there


def run(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    around.pop("XINFO_STORE", None)
    command = [sys.executable, "-m", "xinfo", *arguments]
    return subprocess.run(
        command, env=around, cwd=home, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.mark.slow
def test_what_a_wheel_installs_answers_from_a_store_in_the_users_own_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "ask", "--json", "GDP of Xining in 2014")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert answer["rows"][0]["sources"]
    assert (tmp_path / "data" / "xinfo" / "demo.duckdb").exists()
    assert not any(installed.rglob("*.duckdb"))


@pytest.mark.slow
def test_the_page_and_its_files_are_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "from xinfo.shipped import SHIPPED; from xinfo.ui import document, serve; "
    where += "print(SHIPPED); print(serve.APP); print(len(document.document()))"
    around = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", where], env=around, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    *places, size = done.stdout.split()
    shipped, page = map(Path, places)
    assert int(size) > 1000
    assert shipped == installed / "xinfo" / "_shipped"
    assert page.exists()
    assert {path.name for path in shipped.iterdir()} >= {"data", "queries", "static", ".streamlit"}
