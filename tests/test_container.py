"""The container file, built and started: `python3 dev.py test -m long tests/test_container.py`, some minutes.

It takes buildah (Debian: `apt install buildah`), as any user, and a base image: the one that XINFO_TEST_BASE names, or
one made of Debian's own packages with mmdebstrap, so that no registry of images is needed.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCAL = ("--isolation", "chroot")
"""No namespaces and control groups of its own: a builder without privileges has none to give."""
SOURCES = (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))
"""Where Debian says from where a machine has its packages."""
PACKAGES = "python3,python3-venv,ca-certificates"
CERTIFICATES = Path("/etc/ssl/certs")
INDEX = re.compile(r"^(?:global|install|:env:)\.((?:extra-)?index-url|trusted-host|proxy)='(.*)'$", re.MULTILINE)
LOGIN = """[auth]
redirect_uri = "https://figures.example.cn/oauth2callback"
cookie_secret = "as long as a secret of forty-eight letters should be"
client_id = "xinfo"
client_secret = "secret"
server_metadata_url = "https://login.example.cn/.well-known/openid-configuration"
"""
PATIENCE = 120
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("buildah"), reason="there is no buildah to build a container with"),
    pytest.mark.skipif(
        not (os.environ.get("XINFO_TEST_BASE") or (shutil.which("mmdebstrap") and any(p.exists() for p in SOURCES))),
        reason="no base image: XINFO_TEST_BASE names none, and there is no mmdebstrap on Debian to make one with",
    ),
]


@dataclass(frozen=True)
class Builder:
    """buildah with images and containers in a folder of its own."""

    folder: Path
    limits: tuple[str, ...] = field(default_factory=lambda: tuple(_limits()))

    def __call__(self, command: str, *arguments: str | Path) -> str:
        done = subprocess.run(
            self.line(command, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=1800,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def line(self, command: str, *arguments: str | Path) -> list[str]:
        where = ("--storage-driver", "vfs", "--root", self.folder / "images", "--runroot", self.folder / "run")
        return ["buildah", *map(str, where), command, *map(str, arguments)]

    def run(self, container: str, *command: str, options: tuple[str, ...] = ()) -> str:
        return self("run", *LOCAL, *options, container, "--", *command)


def _limits() -> Iterator[str]:
    """What this machine lets a process have: a builder asks for more than a user in a container may be given."""
    for name, what in (("nofile", resource.RLIMIT_NOFILE), ("nproc", resource.RLIMIT_NPROC)):
        most = resource.getrlimit(what)[1]
        yield from () if most == resource.RLIM_INFINITY else ("--ulimit", f"{name}={most}:{most}")


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    made = Builder(tmp_path_factory.mktemp("containers"))
    yield made
    made("rm", "--all")
    made("rmi", "--all", "--force")


@pytest.fixture(scope="module")
def base(builder: Builder) -> str:
    """The image to build from: Debian's packages alone, from where this machine has them, where none is named."""
    if named := os.environ.get("XINFO_TEST_BASE"):
        return named
    packed = builder.folder / "base.tar"
    sources = str(next(path for path in SOURCES if path.exists()))
    made = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}", "", str(packed), sources]
    done = subprocess.run(made, capture_output=True, encoding="utf-8", timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    (builder.folder / "Containerfile").write_text("FROM scratch\nADD base.tar /\n", encoding="utf-8")
    builder("build", *LOCAL, "--tag", "localhost/base", builder.folder)
    packed.unlink()
    return "localhost/base"


@pytest.fixture(scope="module")
def image(builder: Builder, base: str) -> str:
    """xinfo's image, with the packages from where pip has them here, as a secret of the build."""
    settings = "".join(f"{name} = {value}\n" for name, value in _index().items())
    secret = builder.folder / "pip.conf"
    secret.write_text(f"[global]\n{settings}", encoding="utf-8")
    here = [*LOCAL, "--network", "host", *builder.limits, "--secret", f"id=pip,src={secret}"]
    if CERTIFICATES.exists():
        here += ["--volume", f"{CERTIFICATES}:{CERTIFICATES}:ro"]
    named = ("--format", "docker", "--build-arg", f"BASE={base}", "--tag", "localhost/xinfo")
    builder("build", *here, *named, "--file", ROOT / "deploy" / "Containerfile", ROOT)
    return "localhost/xinfo"


def _index() -> dict[str, str]:
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, encoding="utf-8", check=True
    )
    return dict(INDEX.findall(listed.stdout))


@pytest.fixture(scope="module")
def container(builder: Builder, image: str) -> str:
    """A container of the image, with a store built in it."""
    made = builder("from", *builder.limits, image)
    assert "40,0" in (said := builder.run(made, "xinfo", "build")), said
    return made


def test_it_answers_with_the_figure_and_its_source(builder: Builder, container: str) -> None:
    said = builder.run(container, "xinfo", "ask", "GDP of Xining in 2015")
    assert "113.2 billion yuan" in said
    assert "National Bureau of Statistics" in said


def test_it_runs_as_a_user_of_its_own_who_cannot_write_the_installation(builder: Builder, container: str) -> None:
    told = builder.run(container, "sh", "-c", "id -u; touch /opt/xinfo/app.py 2>/dev/null || echo refused")
    assert told.split() == ["8501", "refused"]


def test_nothing_of_where_the_packages_came_from_stays(builder: Builder, container: str) -> None:
    left = "for each in /etc/pip.conf /opt/xinfo/.git /opt/xinfo/tests; do ls -d $each 2>/dev/null || echo none; done"
    assert builder.run(container, "sh", "-c", left).split() == ["none"] * 3
    about = builder("inspect", container)
    assert not [value for value in _index().values() if value in about]


def test_it_starts_as_its_file_says_and_lets_nobody_in_without_a_token(
    builder: Builder, container: str, tmp_path: Path
) -> None:
    login = tmp_path / "login.toml"
    login.write_text(LOGIN, encoding="utf-8")
    login.chmod(0o644)
    builder.run(container, "sh", "-c", "echo 'everyone: viewer' > $XINFO_STORE.access.yaml")
    about = json.loads(builder("inspect", container))["OCIv1"]["config"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = builder.line("run", *LOCAL, "--volume", f"{login}:/etc/xinfo/login.toml:ro", container, "--")
    with started([*line, *about["Entrypoint"], *about["Cmd"], "--port", str(port)]) as server:
        assert answered(server, f"http://127.0.0.1:{port}/readyz") == 200
        assert answered(server, f"http://127.0.0.1:{port}/api/ask?question=GDP%20of%20Xining") == 401


@contextmanager
def started(line: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(line, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True) as server:
        try:
            yield server
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)


def answered(server: subprocess.Popen[str], address: str) -> int:
    """The status of the first reply, while the server comes up."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, server.stderr and server.stderr.read()[-3000:]
        try:
            with urllib.request.urlopen(address, timeout=20) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            if error.code != 503:
                return error.code
        except OSError:
            pass
        time.sleep(1)
    raise AssertionError(f"no answer from {address} within {PATIENCE} seconds")
