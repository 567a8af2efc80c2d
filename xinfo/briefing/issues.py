"""Numbered issues of a briefing and their signatures, kept beside the store: `<store>.briefings/<series>/0001/`.

An issue is its documents, one a language, as they were filled. A signature is for a fingerprint of their content, by a
key of whoever signs: after any change, and under any other name, it is void, which every file of the issue then says.
Nothing here is overwritten but by signing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from xinfo.access.keys import Keys, listed
from xinfo.access.signing import Signer
from xinfo.ask import Workspace
from xinfo.briefing.document import Document
from xinfo.briefing.fill import Progress, fill
from xinfo.briefing.form import fingerprint_of, from_form, hashed, to_form
from xinfo.briefing.gate import stops
from xinfo.briefing.model import Briefing
from xinfo.briefing.saved import find, folder, from_text, written
from xinfo.briefing.signed import Signed
from xinfo.briefing.signing import BY, judged, signature
from xinfo.briefing.since import compared, sentences
from xinfo.errors import InputError, StoreError
from xinfo.store.whole import write_whole

ROLES = ("author", "reviewer", "signer")
"""In the order of signing."""


@dataclass(frozen=True)
class Issue:
    """An issue as it stands: its briefing, its documents with signatures on them, the fingerprint of it all."""

    briefing: Briefing
    number: int
    documents: Mapping[str, Document]
    """By language."""
    mark: str
    signatures: tuple[Signed, ...]
    form: Mapping[str, Any]
    """As it is kept, which is what was signed."""
    keys: Keys
    """Those that its signatures may be by."""
    path: Path | None = None

    @property
    def signed(self) -> bool:
        """Whether it bears every signature, and each holds."""
        return {one.role for one in self.signatures if not one.void} == set(ROLES)

    def waits(self, reviewers: frozenset[str]) -> bool:
        """Whether somebody else than its author has still to review it, where there is anybody who could."""
        by = {one.role: one.who for one in self.signatures if not one.void}
        return "reviewer" not in by and bool(reviewers - {by.get("author", "")})


def made(
    store: Path, briefing: Briefing, workspace: Workspace, langs: Sequence[str], *, at: str, by: Signer,
    progress: Progress | None = None,
) -> Issue:  # fmt: skip
    """Fills a briefing as its next issue, signed by its author. Raises InputError where it must not go out."""
    if not by.who:
        raise InputError("an issue needs an author: whose is it?", "a name")
    home = briefing.series or briefing.id
    earlier = numbers(store, home)
    before = opened(store, home, earlier[-1]) if earlier else None
    documents = {}
    for lang in langs:
        document = fill(briefing, workspace, lang, made=at, author=by.who, progress=progress)
        if why := stops(document):
            raise InputError("\n".join(why))
        if before and lang in before.documents:
            old = before.documents[lang]
            told = sentences(compared(old, document, workspace), old, document, workspace)
            document = replace(document, since=told)
        documents[lang] = document
    number, place = _new_place(store, home)
    documents = {lang: replace(one, number=number) for lang, one in documents.items()}
    _write(place / "issue.json", content(briefing, number, documents))
    return signed(store, home, number, "author", at=at, by=by)


def home_of(store: Path, named: str) -> str:
    """The id under which a briefing's issues are counted: that of the one its series began with."""
    try:
        return find(store, named).series or named
    except InputError:
        return named


def briefings(store: Path) -> tuple[str, ...]:
    """The ids of the briefings with issues, also of those that are not saved any more."""
    found = folder(store).glob("*/[0-9][0-9][0-9][0-9]/issue.json")
    return tuple(sorted({path.parent.parent.name for path in found}))


def signers(store: Path) -> frozenset[str]:
    """Everybody who has signed an issue; a file that cannot be read tells of nobody."""
    found: set[str] = set()
    for path in folder(store).glob("*/[0-9][0-9][0-9][0-9]/signatures.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            found |= {str(one["who"]) for one in json.loads(path.read_text(encoding="utf-8"))}
    return frozenset(found)


def numbers(store: Path, named: str) -> tuple[int, ...]:
    """The numbers of the issues of a briefing's series, oldest first."""
    found = (folder(store) / home_of(store, named)).glob("[0-9][0-9][0-9][0-9]/issue.json")
    return tuple(sorted(int(path.parent.name) for path in found))


def opened(store: Path, named: str, number: int) -> Issue:
    """An issue with its signatures. Raises InputError, naming those there are, where it is not there."""
    place = folder(store) / home_of(store, named) / f"{number:04d}"
    if number not in numbers(store, named):
        there = ", ".join(map(str, numbers(store, named))) or "none"
        raise InputError(f"there is no issue {number} of '{named}'; there are: {there}")
    try:
        form = json.loads((place / "issue.json").read_text(encoding="utf-8"))
        signatures = place / "signatures.json"
        kept = json.loads(signatures.read_text(encoding="utf-8")) if signatures.exists() else []
    except (OSError, ValueError) as error:
        raise StoreError(f"issue {number} of '{named}' cannot be read: {error}") from error
    return from_content(form, kept, listed(store), place)


def signed(store: Path, named: str, number: int, role: str, *, at: str, by: Signer) -> Issue:
    """Adds a signature to an issue. Raises InputError for a role out of turn, or by one who has signed already."""
    issue, who = opened(store, named, number), by.who
    valid = [one for one in issue.signatures if not one.void]
    if role not in ROLES:
        raise InputError(f"there is no role '{role}'", ", ".join(ROLES))
    if not who:
        raise InputError("a signature needs a name")
    if not ((key := issue.keys.get(by.key.id)) and key.counts(at)):
        raise InputError(f"the key of {who} is not on the list of the store, or was revoked")
    if missing := [one for one in ROLES[: ROLES.index(role)] if one not in {s.role for s in valid}]:
        raise InputError(f"issue {number} is not signed by its {missing[0]} yet")
    if role in {one.role for one in valid}:
        raise InputError(f"issue {number} is signed by its {role} already")
    if who in {one.who for one in valid}:
        raise InputError(f"{who} has signed issue {number} as {next(s.role for s in valid if s.who == who)} already")
    every = [*issue.signatures, signature(role, issue.mark, at, by)]
    assert issue.path is not None
    _write(issue.path / "signatures.json", kept_of(every))
    return opened(store, named, number)


def content(briefing: Briefing, number: int, documents: Mapping[str, Document]) -> dict[str, Any]:
    """An issue as JSON, its signatures left out."""
    forms = {lang: to_form(replace(one, signatures=())) for lang, one in documents.items()}
    return {"briefing": written(briefing), "number": number, "documents": forms, "signing": BY}


def kept_of(signatures: Sequence[Signed]) -> list[dict[str, Any]]:
    """Signatures as JSON; whether they hold is found out anew each time."""
    return [{**asdict(one), "void": False, "fault": ""} for one in signatures]


def from_content(
    form: Mapping[str, Any], kept: Sequence[Mapping[str, Any]], keys: Keys, place: Path | None = None
) -> Issue:
    """The issue of such a form; signatures that are for other content are void. Raises InputError for no such form."""
    try:
        number, keyed = int(form["number"]), form.get("signing") == BY
        documents = {lang: replace(from_form(one), number=number) for lang, one in form["documents"].items()}
        briefing = from_text(form["briefing"], f"issue {number}")
        mark = hashed(form) if keyed else _mark_by_name(briefing.id, number, form["documents"])
        signatures = tuple(judged(Signed(**one), mark, keyed, keys) for one in kept)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"this is no issue of a briefing: {type(error).__name__}: {error}") from error
    documents = {lang: replace(one, signatures=signatures) for lang, one in documents.items()}
    return Issue(briefing, number, documents, mark, signatures, form, keys, place)


def _mark_by_name(named: str, number: int, documents: Mapping[str, Mapping[str, Any]]) -> str:
    """What signatures by a name alone were for: the briefing, its number and the content in every language."""
    lines = [f"{named} {number}", *(f"{lang} {fingerprint_of(one)}" for lang, one in sorted(documents.items()))]
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()


def _new_place(store: Path, named: str) -> tuple[int, Path]:
    """The folder of the next number; two who issue at once get two numbers."""
    for number in range(max(numbers(store, named), default=0) + 1, 10_000):
        place = folder(store) / named / f"{number:04d}"
        try:
            place.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise StoreError(f"{place} could not be made: {error.strerror}") from error
        return number, place
    raise StoreError(f"'{named}' has no number left")


def _write(path: Path, form: object) -> None:
    try:
        write_whole(path, json.dumps(form, ensure_ascii=False, sort_keys=True, indent=1))
    except InputError as error:
        raise StoreError(str(error)) from error
