"""Files by chance at every door that takes one: loading, checking a briefing, a house's slides, sealed issues, backups.

What reads a file runs here without the process that holds it to its limits: it may give up with our own errors alone.
What the server does itself with what was read has to be quick, small and free of any other error.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from briefings import AT, QUERIES, briefing, store
from briefings.forging import resealed
from test_intake_load import FILES, GIVEN, made

from tests.fuzz.files import changed, zipped
from tests.fuzz.found import Found, crash, forget_peak, memory
from tests.intake.messy import MESSY
from tests.panels import built
from xinfo.access.signing import of_login
from xinfo.ask import open_workspace
from xinfo.backup import restore, save
from xinfo.briefing import archive, issues, verify
from xinfo.briefing.check import whole
from xinfo.briefing.files import KINDS, pptx, render
from xinfo.briefing.fill import fill
from xinfo.briefing.layout import laid_out
from xinfo.errors import InputError, TooMuch, XinfoError
from xinfo.intake import direct, pieces
from xinfo.intake.load import Load, take, words_of

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
SECONDS, BYTES = 5.0, 400 << 20
"""What the server may take for what was read of one of these small files."""
LONG_READ = 15.0
DOORS = ("load",) * 10 + ("take",) * 2 + ("check",) * 5 + ("house", "issue", "backup")


class Readers:
    """Tries one file after another."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._found: list[Found] = []
        self._reading = self._held = 0.0

    def attempt(self, seed: int) -> list[Found]:
        """What is wrong with what is made of the file of this seed."""
        door, name, content = self._case(seed)
        path = self._folder / "given" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self._found, self._reading = [], 0.0
        way: Callable[[Path], object] = getattr(self, f"_{door}")
        began = time.process_time()
        self._forget()
        try:
            with self._unconfined():
                way(path)
        except XinfoError:
            pass
        except Exception as error:
            self._found.append(crash(error))
        self._measure(time.process_time() - began)
        return [Found(one.kind, f"{door} {name}: {one.what}") for one in self._found]

    def shown(self, seed: int) -> bytes:
        """The file of a seed."""
        return self._case(seed)[2]

    def _case(self, seed: int) -> tuple[str, str, bytes]:
        chance = random.Random(seed)
        door = chance.choice(DOORS)
        samples: dict[str, bytes] = getattr(self, f"_{'uploads' if door in ('load', 'take') else door + '_samples'}")
        name = chance.choice(list(samples))
        kind = name.rpartition(".")[2]
        if door in ("issue", "backup") and chance.random() < 0.8:
            return door, name, _resealed(samples[name], chance, self._pilots)
        return door, name, changed(samples[name], kind, chance)

    # What is measured

    def _forget(self) -> None:
        forget_peak()
        self._held = memory("VmRSS")

    def _measure(self, seconds: float) -> None:
        seconds -= self._reading
        if seconds > SECONDS:
            self._found.append(Found("slow", f"{seconds:.1f} s beside reading"))
        self._remember()

    def _remember(self) -> None:
        """Looks at the most memory that was held since it was last forgotten."""
        if (taken := memory("VmHWM") - self._held) > BYTES:
            self._found.append(Found("memory", f"{int(taken) >> 20} MB beside reading"))

    def _inline(self, read: Callable[..., T], *given: object, **_: object) -> T:
        """Stands for `confined`: what is read counts apart, and what reads may raise our own errors alone."""
        self._remember()
        began = time.process_time()
        try:
            return read(*given)
        except XinfoError:
            raise
        except MemoryError:
            raise TooMuch("memory") from None
        except Exception as error:
            one = crash(error)
            self._found.append(Found("unworded", one.what))
            raise InputError("this cannot be read") from error
        finally:
            seconds = time.process_time() - began
            self._reading += seconds
            if seconds > LONG_READ:
                self._found.append(Found("long", f"{seconds:.0f} s to read"))
            self._forget()

    @contextlib.contextmanager
    def _unconfined(self) -> Iterator[None]:
        modules = (pieces, direct, whole, verify)
        before = [module.confined for module in modules]
        for module in modules:
            module.confined = self._inline
        try:
            yield
        finally:
            for module, confined in zip(modules, before, strict=True):
                module.confined = confined

    # The doors

    def _load(self, path: Path) -> None:
        with TemporaryDirectory(dir=self._folder) as room:
            load = Load(self._store, lambda: self._words, answers={"mapping": "yes"})
            pieces.read_piece(path, load, Path(room))

    def _take(self, path: Path) -> None:
        take(Load(self._store, lambda: self._words, answers={"mapping": "yes"}), [path], at=AT, who="Li", dry_run=True)

    def _check(self, path: Path) -> None:
        whole.checked(path.read_bytes(), path.suffix[1:], self._workspace, self._kept)

    def _house(self, path: Path) -> None:
        layout = laid_out(self._document)
        self._inline(pptx.to_pptx, layout, lambda *_: None, "", path)

    def _issue(self, path: Path) -> None:
        verify.verified(path, {})

    def _backup(self, path: Path) -> None:
        with TemporaryDirectory(dir=self._folder) as room:
            restore.check(path, Path(room))

    # What is changed

    @cached_property
    def _store(self) -> Path:
        folder = self._folder / "store"
        folder.mkdir()
        built(folder, GIVEN).close()
        return folder / "store.duckdb"

    @cached_property
    def _words(self) -> Any:
        return words_of(self._store, ROOT / "queries", ROOT / "data" / "division.csv")

    @cached_property
    def _uploads(self) -> dict[str, bytes]:
        folder = self._folder / "made"
        folder.mkdir(exist_ok=True)
        found = {}
        for at, kind in enumerate(FILES):
            path = made(kind, folder / str(at))
            found[f"{at}.{path.suffix[1:] or 'csv'}"] = path.read_bytes()
        for at, (name, write) in enumerate(MESSY.items()):
            write(folder / name)
            found[f"messy{at}.{name.rpartition('.')[2]}"] = (folder / name).read_bytes()
        return {name.replace(".txt", ".csv").replace(".tsv", ".csv"): content for name, content in found.items()}

    @cached_property
    def _pilots(self) -> Path:
        folder = self._folder / "pilots"
        folder.mkdir()
        return store(folder)

    @cached_property
    def _kept(self) -> Path:
        return self._pilots.with_name("kept")

    @cached_property
    def _workspace(self) -> Any:
        return open_workspace(self._pilots, QUERIES)

    @cached_property
    def _document(self) -> Any:
        return fill(briefing(), self._workspace, "en", made=AT, author="Li Hua")

    @cached_property
    def _check_samples(self) -> dict[str, bytes]:
        return {f"briefing.{kind}": render(self._document, kind) for kind in KINDS}

    @cached_property
    def _house_samples(self) -> dict[str, bytes]:
        out = io.BytesIO()
        pptx._plain().save(out)
        return {"house.pptx": out.getvalue(), "briefing.pptx": self._check_samples["briefing.pptx"]}

    @cached_property
    def _issue_samples(self) -> dict[str, bytes]:
        li, wang, zhao = (of_login(self._pilots, who, AT) for who in ("Li Hua", "Wang Fang", "Zhao Min"))
        issues.made(self._pilots, briefing(), self._workspace, ("en",), at=AT, by=li)
        issues.signed(self._pilots, briefing().id, 1, "reviewer", at=AT, by=wang)
        issue = issues.signed(self._pilots, briefing().id, 1, "signer", at=AT, by=zhao)
        return {"issue.zip": archive.sealed(issue, self._workspace, at=AT, by=zhao)}

    @cached_property
    def _backup_samples(self) -> dict[str, bytes]:
        path = self._folder / "backup.zip"
        save.save(self._store, path, at=AT, who="Li")
        return {"backup.zip": path.read_bytes()}


def _resealed(content: bytes, chance: random.Random, pilots: Path) -> bytes:
    """A package one of whose parts is changed, and whose manifest, and seal where it has one, know it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = chance.choice([name for name in parts if not name.endswith((".duckdb", ".pdf"))])
    kind = name.rpartition(".")[2]
    parts[name] = changed(parts[name], kind if kind in (*KINDS, "csv") else "html", chance)
    if archive.SEAL in parts and name not in (archive.MANIFEST, archive.SEAL):
        return zipped(resealed(parts, of_login(pilots, "Li Hua", AT)))
    if name != archive.MANIFEST:
        told = json.loads(parts[archive.MANIFEST])
        mark = sha256(parts[name]).hexdigest()
        if "parts" in told:
            told["parts"][name] = mark
        else:
            told["files"][name] = {"sha256": mark, "bytes": len(parts[name])}
        parts[archive.MANIFEST] = json.dumps(told).encode()
    return zipped(parts)
