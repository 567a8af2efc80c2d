"""The project's own commands, for a machine with Python 3.11 or later and nothing else.

    python3 dev.py setup           make .venv with everything that xinfo and its tests need
    python3 dev.py run [ARG...]    start the app; arguments go to `xinfo serve`
    python3 dev.py test [ARG...]   run the tests; arguments go to pytest; CI=true runs the slow ones
                                   too, `-m long` those that a release waits for, `--quick` first of
                                   all a minute's worth from every room
    python3 dev.py check           lint, format, types, locks and layers
    python3 dev.py lock [ARG...]   pin all that the requirements need, anew; arguments go to uv
    python3 dev.py audit [ARG...]  locks, licences and known vulnerabilities of what xinfo runs on;
                                   3 where these are not known, `--advisories FILE` looks them up there
    python3 dev.py sbom            what xinfo runs on, as a CycloneDX bill of materials on stdout
    python3 dev.py bench [ARG...]  measure what answers cost; `--help` tells how

Each command sets up first where needed. Standard library only; nothing of xinfo itself lives here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "xinfo-setup"
LOCKS = tuple(ROOT / f"requirements-{part}.lock" for part in ("build", "dev"))
"""What builds, then everything; each package in one version, by the hashes of its files."""
OLDEST = (3, 11)
UNDER_WAY = "under way"

QUICK = (
    "access answer_sentences api asking audit briefing_together choices conversations data dev docs doors engine facts "
    "function_words grammar guard_accepts guard_refuses intake_files intake_layout layers misspelt numbers osi "
    "published_figures questions store_load strangers supply trust words"
).split()
"""Tests that between them enter every package in about a minute."""
CHECKS = {
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "locks": (str(Path("deploy", "locked.py")),),
    "layers": ("-m", "pytest", "-q", "tests/test_layers.py"),
}


def python() -> Path:
    """The interpreter of the project's own environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def key() -> str:
    """What an environment is good for: these locks in this folder (its scripts hold the path)."""
    parts = [str(ROOT).encode(), *(path.read_bytes() for path in LOCKS)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def missing_for_setup() -> str:
    """What this machine lacks for a setup, in words to act on; empty where nothing is missing."""
    if sys.version_info[:2] < OLDEST:
        return "xinfo needs Python {}.{} or later; this is {}.{} ({})".format(
            *OLDEST, *sys.version_info[:2], sys.executable
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        return "this Python cannot make environments; on Debian and Ubuntu: sudo apt install python3-venv"
    return ""


def setup() -> int:
    """Makes or completes `.venv`, once for given requirements; what was interrupted is made anew."""
    found = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if found == key() and python().exists():
        return 0
    if missing := missing_for_setup():
        return fail(missing)
    print("Setting up .venv: once, one to three minutes.", flush=True)
    if found == UNDER_WAY or not python().exists():
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir()
        STAMP.write_text(UNDER_WAY, encoding="utf-8")
        if subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
            return fail("the environment could not be made; the lines above say why")
    return install()


def install() -> int:
    """Installs what is locked, then the project itself in place, then marks the environment as complete.

    What builds comes first: then nothing else is fetched to build with. A lock names all that its packages need, so
    nothing is looked for beyond it: pip takes `name[extra]` of a package for unlocked once a newer version is out.
    """
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    exact = ["--only-binary", ":all:", "--no-deps", "--no-build-isolation", "--require-hashes", "--requirement"]
    STAMP.write_text(UNDER_WAY, encoding="utf-8")
    for each in LOCKS:
        if subprocess.call([*pip, *quiet, *exact, str(each)]):
            return fail("what is locked could not be installed; the lines above say why. Run it again to retry")
    if subprocess.call([*pip, "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]):
        return fail("the project could not be installed; the lines above say why")
    STAMP.write_text(key(), encoding="utf-8")
    return 0


def run(arguments: list[str]) -> int:
    """Starts the app; `xinfo serve` builds the store where there is none and prints the address."""
    return hand_over("-m", "xinfo", "serve", *arguments)


def test(arguments: list[str]) -> int:
    """Runs the tests on three processes, as many wait for a browser; later arguments of pytest win over these.

    A cluster is started once, not for each of those processes: `-n 0 -m cluster` asks for the tests of it.
    """
    if arguments[:1] == ["--quick"]:
        arguments = [*(f"tests/test_{name}.py" for name in QUICK), *arguments[1:]]
    # A hundred programs are started by tests: compiling all of xinfo for each takes as long as what they do.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    everything = os.environ.get("CI", "").lower() in ("1", "true")
    chosen = ["-m", "not cluster and not long" if everything else "not cluster and not slow and not long"]
    return hand_over("-m", "pytest", "-n", "3", "--dist", "worksteal", *chosen, *arguments)


def bench(arguments: list[str]) -> int:
    """Measures; see docs/benchmarks.md."""
    return hand_over("-m", "bench", *arguments)


def audit(arguments: list[str]) -> int:
    """Looks at what xinfo runs on."""
    return hand_over(str(Path("deploy", "audit.py")), *arguments)


def lock(arguments: list[str]) -> int:
    """Makes the locks anew, with this Python alone: there need not be an environment."""
    if missing := missing_for_setup():
        return fail(missing)
    return subprocess.call([sys.executable, str(Path("deploy", "lock.py")), *arguments])


def check() -> int:
    """Runs every check, also after one has failed, and names those that failed."""
    failed = [name for name, command in CHECKS.items() if subprocess.call([str(python()), *command])]
    return fail("failed: " + ", ".join(failed)) if failed else 0


def hand_over(*command: str) -> int:
    """Runs a command in place of this process, so that signals reach it; Windows has only a child process."""
    if os.name == "nt":
        return subprocess.call([str(python()), *command])
    sys.stdout.flush()
    os.execv(python(), [str(python()), *command])


def fail(message: str) -> int:
    """Says what went wrong on stderr; 1, for the exit code."""
    print("dev.py: " + message, file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    """Sets up, then runs one command; 2 for a command that does not exist or takes no arguments."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    name, *rest = arguments or [""]
    passing_on = {"run": run, "test": test, "bench": bench, "audit": audit, "lock": lock}
    if name not in passing_on and arguments not in (["setup"], ["check"], ["sbom"]):
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    os.environ.setdefault("PYTHONUTF8", "1")  # Chinese text on a Windows console
    if name != "lock" and (status := setup()):
        return status
    if name in passing_on:
        return passing_on[name](rest)
    if name == "sbom":
        return hand_over(str(Path("deploy", "sbom.py")))
    return check() if name == "check" else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
