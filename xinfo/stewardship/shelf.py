"""The templates of one's own on their shelf: what stands there, in which state, and every version of each.

Whoever saves says which text he began with; where somebody else has saved since, nothing is written and both texts are
there. A file that was changed by hand or by git is a version like any other, found at the next save.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from xinfo.errors import InputError
from xinfo.stewardship.record import Deed, read_record, write_record
from xinfo.store.assets import folder_of_templates
from xinfo.store.locks import alone
from xinfo.store.whole import write_whole

_saving = threading.RLock()
WAIT = 2.0
"""Seconds for another process that saves."""
OUTSIDE = "changed outside xinfo"
"""Who wrote a version that was found so."""
ACCEPTED = "accepted"
"""The note of a version whose results alone were accepted: it is still its author's."""


@dataclass(frozen=True)
class Version:
    number: int
    text: str
    who: str
    at: str


@dataclass(frozen=True)
class Overtaken:
    """Somebody saved in the meantime: what stands there now, and what was not written."""

    theirs: Version
    mine: str


@dataclass(frozen=True)
class Entry:
    """A template of one's own and how it stands."""

    template_id: str
    state: str
    """draft, in_review, published or retired: of its newest version."""
    newest: int
    heard: int | None
    """The version that questions hear; None where none does. 0 is a file without a record."""
    author: str
    """Who wrote the newest version."""
    deeds: tuple[Deed, ...]
    outside: bool = False
    """Whether the file that is heard was changed outside xinfo: nobody reviewed that."""

    def last(self, did: str) -> Deed | None:
        return next((deed for deed in reversed(self.deeds) if deed.did == did), None)

    @property
    def reviewer(self) -> str:
        """Who published the version that is heard, where that is somebody else than wrote it."""
        published = self.last("published")
        if self.outside or not published or published.version != self.heard:
            return ""
        saved = [deed for deed in self.deeds if deed.did == "saved" and deed.version <= published.version]
        authors = [deed.who for deed in saved if deed.note != ACCEPTED]
        return "" if authors[-1:] == [published.who] else published.who


class Shelf:
    """The folder of a store's own templates."""

    def __init__(self, store: Path):
        self.own = folder_of_templates(store)
        self.history = self.own / "history"

    def entries(self) -> tuple[Entry, ...]:
        """Every template that has a file or a record, by id."""
        names = {path.stem for path in self.own.glob("*.yaml")}
        names |= {path.parent.name for path in self.history.glob("*/record.jsonl")}
        return tuple(self.entry(name) for name in sorted(names))

    def entry(self, template_id: str) -> Entry:
        deeds = read_record(self._record(template_id))
        numbers = [deed.version for deed in deeds if deed.did == "saved"]
        newest = max(numbers, default=0)
        author = next((deed.who for deed in reversed(deeds) if deed.did == "saved" and deed.note != ACCEPTED), "")
        heard, outside = self._heard(template_id, deeds)
        last = next((deed.did for deed in reversed(deeds) if deed.version == newest), "published")
        state = {"saved": "draft", "returned": "draft", "submitted": "in_review"}.get(last, last)
        if outside and heard == 0:
            state = "published"
        return Entry(template_id, state, newest, heard, author, deeds, outside)

    def _heard(self, template_id: str, deeds: tuple[Deed, ...]) -> tuple[int | None, bool]:
        """Which version's text the file holds, and whether it is none that was kept here."""
        path = self.file(template_id)
        if not path.exists():
            return None, False
        content = _bytes(path)
        published = [deed.version for deed in reversed(deeds) if deed.did == "published"]
        saved = [deed.version for deed in reversed(deeds) if deed.did == "saved"]
        for number in dict.fromkeys((*published[:1], *saved)):
            if content == _bytes(self._version(template_id, number)):
                return number, False
        return 0, True

    def file(self, template_id: str) -> Path:
        """What questions hear."""
        return self.own / f"{template_id}.yaml"

    def head(self, template_id: str) -> Version | None:
        """The text to go on from: the newest version, or the file where that was changed by hand."""
        entry = self.entry(template_id)
        if entry.outside:
            return Version(entry.newest + 1, read_text(self.file(template_id)), OUTSIDE, "")
        return self.version(template_id, entry.newest) if entry.newest else None

    def version(self, template_id: str, number: int) -> Version:
        """One version. Raises InputError where it is not there."""
        deeds = read_record(self._record(template_id))
        saved = next((deed for deed in deeds if deed.did == "saved" and deed.version == number), None)
        if saved is None:
            raise InputError(f"there is no version {number} of the template '{template_id}'")
        return Version(number, read_text(self._version(template_id, number)), saved.who, saved.at)

    def save(
        self, template_id: str, text: str, began_with: str | None, who: str, at: str, note: str = ""
    ) -> Version | Overtaken:
        """Writes a new version; `began_with` is the text it was made from, None for a template that is new.

        Raises InputError where it cannot be written.
        """
        with self.alone():
            now = self.head(template_id)
            if now is not None and now.text != began_with:
                return Version(now.number, text, now.who, now.at) if now.text == text else Overtaken(now, text)
            if now is not None and now.text == text and now.at and (now.who or not who):
                return now
            if now is not None and not now.at:
                self._keep(template_id, now.text, OUTSIDE, at)
            return self._keep(template_id, text, who, at, note)

    def note(self, template_id: str, did: str, who: str, at: str, note: str = "") -> None:
        """Notes what was done with the newest version."""
        with self.alone():
            self._note(template_id, Deed(did, self.entry(template_id).newest, who, at, note))

    def publish(self, template_id: str, who: str, at: str) -> None:
        """Makes the newest version what questions hear."""
        with self.alone():
            newest = self.entry(template_id).newest
            write_whole(self.file(template_id), self.version(template_id, newest).text)
            self._note(template_id, Deed("published", newest, who, at))

    def accept(self, template_id: str, text: str, who: str, at: str) -> None:
        """Questions hear the text, which is what they heard with its results as they are now.

        A draft that was made meanwhile comes after it, as it stood.
        """
        with self.alone():
            entry, draft = self.entry(template_id), self.head(template_id)
            if entry.outside:
                self._keep(template_id, read_text(self.file(template_id)), OUTSIDE, at)
            kept = self._keep(template_id, text, who, at, ACCEPTED)
            write_whole(self.file(template_id), text)
            self._note(template_id, Deed("published", kept.number, who, at))
            if draft and not entry.outside and draft.number != entry.heard:
                again = self._keep(template_id, draft.text, who, at, ACCEPTED)
                if entry.state == "in_review" and (offered := entry.last("submitted")):
                    self._note(template_id, replace(offered, version=again.number))

    def retire(self, template_id: str, who: str, at: str, note: str = "") -> None:
        """Questions hear it no more; its versions stay."""
        with self.alone():
            entry, path = self.entry(template_id), self.file(template_id)
            if entry.outside:
                self._keep(template_id, read_text(path), OUTSIDE, at)
            path.unlink(missing_ok=True)
            self._note(template_id, Deed("retired", self.entry(template_id).newest, who, at, note))

    def _keep(self, template_id: str, text: str, who: str, at: str, note: str = "") -> Version:
        """The file of the version first: a record never speaks of one that is not there."""
        number = self.entry(template_id).newest + 1
        write_whole(self._version(template_id, number), text)
        self._note(template_id, Deed("saved", number, who, at, note))
        return Version(number, text, who, at)

    def _note(self, template_id: str, deed: Deed) -> None:
        path = self._record(template_id)
        write_record(path, (*read_record(path), deed))
        self.mark()

    def mark(self) -> None:
        """Tells whoever watches the shelf that something changed, who need not look at each record."""
        (self.history / "changed.mark").touch()

    def _record(self, template_id: str) -> Path:
        return self.history / template_id / "record.jsonl"

    def _version(self, template_id: str, number: int) -> Path:
        return self.history / template_id / f"{number}.yaml"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other thread or process saves meanwhile. Raises InputError where nothing can be, StoreError."""
        with _saving, alone(self.history / ".lock", "templates are being saved by another process", WAIT):
            yield


def read_text(path: Path) -> str:
    """The text of a file. Raises InputError where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
