"""Signatures by keys: who may sign, what forgers try on an archive, keys that are revoked, issues of before keys."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from briefings import AT, QUERIES, asked, store, workspace
from briefings.forging import rehashed, resealed

from xinfo.access import keys, signing
from xinfo.access.signing import Signer
from xinfo.ask import open_workspace
from xinfo.audit.verify import entries
from xinfo.briefing import archive, issues, saved
from xinfo.briefing.files import render
from xinfo.briefing.form import fingerprint_of
from xinfo.briefing.layout import laid_out
from xinfo.briefing.model import Ask, Briefing, Section
from xinfo.briefing.verify import Proof, verified
from xinfo.cli import main
from xinfo.errors import InputError

PHRASE = "correct horse battery"
LATER = "2016-03-01T10:00:00+08:00"
PEOPLE = {"author": "Li Hua", "reviewer": "Wang Fang", "signer": "Zhao Min"}
NAME = "paper"
PAPER = Briefing(NAME, {"en": "Paper"}, "en", (Section({}, (Ask("a", "GDP of Xining in 2015"),)),))


@dataclass(frozen=True)
class Sealed:
    """A store, an issue of its that three people have signed, and the parts of its archive."""

    store: Path
    people: Mapping[str, Signer]
    parts: Mapping[str, bytes]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    folder = tmp_path_factory.mktemp("signing")
    at = store(folder)
    people = {who: person(at, who) for who in PEOPLE.values()}
    opened = open_workspace(at, QUERIES)
    issue = issues.made(at, PAPER, opened, ("en",), at=AT, by=people["Li Hua"])
    for role, who in list(PEOPLE.items())[1:]:
        issue = issues.signed(at, NAME, 1, role, at=AT, by=people[who])
    path = folder / "sealed.zip"
    path.write_bytes(archive.sealed(issue, opened, at=AT, by=people["Zhao Min"]))
    with zipfile.ZipFile(path) as package:
        return Sealed(at, people, {name: package.read(name) for name in package.namelist()})


def person(at: Path, who: str) -> Signer:
    return signing.unlock(at, signing.make(at, who, PHRASE, AT), PHRASE)


def proof(parts: Mapping[str, bytes], folder: Path, known: keys.Keys) -> Proof:
    path = folder / "archive.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name, one in parts.items():
            package.writestr(name, one)
    return verified(path, known)


def test_it_is_proved_by_a_list_of_keys_and_by_no_other(sealed: Sealed, tmp_path: Path) -> None:
    known = keys.read(keys.beside(sealed.store).read_bytes())
    found = proof(sealed.parts, tmp_path, known)
    assert (found.wrong, found.unproved, found.sealed_by) == ((), (), "Zhao Min")
    assert [one.who for one in found.issue.signatures] == [*PEOPLE.values()]
    unknown = proof(sealed.parts, tmp_path, {})
    assert unknown.wrong == ()
    assert [line.split(" of ")[1].split(" is")[0] for line in unknown.unproved] == [*PEOPLE.values()]


def _rehashed(parts: dict[str, bytes]) -> None:
    parts["data/place.csv"] += b"\n"


def _exchanged(parts: dict[str, bytes]) -> None:
    other = asked(workspace(), "GDP of Beijing in 2015")
    parts[f"documents/{NAME}-1-en.html"] = render(replace(other, number=1), "html")


def _renamed(parts: dict[str, bytes]) -> None:
    parts["signatures.json"] = parts["signatures.json"].replace(b"Zhao Min", b"Sun Wei")


def _renamed_key(parts: dict[str, bytes]) -> None:
    _renamed(parts)
    parts["keys.json"] = parts["keys.json"].replace(b"Zhao Min", b"Sun Wei")


def _query(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.startswith("queries/"))
    parts[name] += b" -- and more"


def _query_of_the_issue(parts: dict[str, bytes]) -> None:
    form = json.loads(parts["issue.json"])
    (query, *_) = form["documents"]["en"]["queries"].values()
    query["sql"] += " -- and more"
    parts[f"queries/{query['id']}.sql"] = query["sql"].encode()
    parts["issue.json"] = json.dumps(form).encode()


def _prepared(parts: dict[str, bytes]) -> None:
    form = json.loads(parts["issue.json"])
    form["documents"]["en"]["made"] = "2015-01-01"
    parts["issue.json"] = json.dumps(form).encode()


def _by_name_alone(parts: dict[str, bytes]) -> None:
    told = [one | {"key": "", "value": ""} for one in json.loads(parts["signatures.json"])]
    parts["signatures.json"] = json.dumps(told).encode()


FORGED: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a part and the manifest": (_rehashed, "the manifest is not as Zhao Min sealed it"),
    "a document": (_exchanged, "paper-1-en.html” is not as Zhao Min sealed it"),
    "a signer": (_renamed, "the signature of Sun Wei (approver) is not by a key of that name"),
    "a signer and his key": (_renamed_key, "the signature of Sun Wei (approver) is by a key that is not enclosed"),
    "a query": (_query, "the manifest is not as Zhao Min sealed it"),
    "a query of the issue": (_query_of_the_issue, "the signature of Li Hua (author) is for other content"),
    "the day": (_prepared, "the signature of Li Hua (author) is for other content"),
    "keys for names": (_by_name_alone, "the signature of Li Hua (author) is not by a key of that name"),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forgery_is_refuted_though_its_manifest_is_hashed_anew(what: str, sealed: Sealed, tmp_path: Path) -> None:
    forge, said = FORGED[what]
    parts = dict(sealed.parts)
    forge(parts)
    assert any(said in line for line in proof(rehashed(parts), tmp_path, {}).wrong), what
    parts.pop(archive.SEAL)
    assert "its seal is not signed" in proof(rehashed(parts), tmp_path, {}).wrong


@pytest.mark.parametrize("what", [what for what in FORGED if what not in ("a part and the manifest", "a document")])
def test_whoever_seals_it_anew_with_his_own_key_is_refuted(what: str, sealed: Sealed, tmp_path: Path) -> None:
    parts = dict(sealed.parts)
    FORGED[what][0](parts)
    assert proof(resealed(parts, sealed.people["Zhao Min"]), tmp_path, {}).wrong


def test_a_key_of_the_same_name_that_somebody_else_made_is_not_known(sealed: Sealed, tmp_path: Path) -> None:
    forger = person(tmp_path / "his.duckdb", "Zhao Min")
    parts = dict(sealed.parts)
    parts["keys.json"] = keys.written([*keys.read(parts["keys.json"]).values(), forger.key])
    found = proof(resealed(parts, forger), tmp_path, keys.listed(sealed.store))
    assert found.unproved == (f"the key {forger.key.id} of Zhao Min is on no list that is known here",)


def test_what_a_revoked_key_signed_before_counts_and_what_a_stolen_one_signed_does_not(sealed: Sealed) -> None:
    form, kept = (json.loads(sealed.parts[name]) for name in ("issue.json", "signatures.json"))
    known = dict(keys.listed(sealed.store))
    mine = sealed.people["Li Hua"].key

    def void(key: keys.Key) -> list[str]:
        return [one.fault for one in issues.from_content(form, kept, known | {key.id: key}).signatures if one.void]

    assert void(replace(mine, revoked=LATER)) == []
    assert void(replace(mine, revoked=AT)) == ["revoked"]
    assert void(replace(mine, revoked=LATER, stolen=True)) == ["revoked"]
    document = issues.from_content(form, kept, known | {mine.id: replace(mine, revoked=AT)}).documents["en"]
    assert "VOID, the key was revoked" in laid_out(document).signatures[0][1]


def test_only_the_passphrase_opens_a_key_and_a_revoked_one_signs_no_more(tmp_path: Path) -> None:
    at = store(tmp_path)
    key = signing.make(at, "Li Hua", PHRASE, AT)
    with pytest.raises(InputError, match="not the passphrase"):
        signing.unlock(at, key, PHRASE + "!")
    for name in ("Li Hua", "li  hua", "ＬＩ ＨＵＡ"):
        with pytest.raises(InputError, match="has a key already"):
            signing.make(at, name, PHRASE, AT)
    assert PHRASE not in (signing.folder(at) / key.id).read_text(encoding="ascii")
    opened = signing.unlock(at, key, PHRASE)
    keys.revoke(at, "Li Hua", AT, stolen=False)
    assert signing.at_hand(at) == {}
    with pytest.raises(InputError, match="was revoked"):
        issues.made(at, PAPER, open_workspace(at, QUERIES), ("en",), at=LATER, by=opened)
    assert signing.make(at, "Li Hua", PHRASE, LATER).id != key.id


def by_name(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """An archive as it was when names alone stood under an issue."""
    form = json.loads(parts["issue.json"])
    form.pop("signing")
    lines = [f"{NAME} 1", *(f"{lang} {fingerprint_of(one)}" for lang, one in form["documents"].items())]
    mark = sha256("\n".join(lines).encode()).hexdigest()
    kept = [{"role": r, "who": who, "at": AT, "fingerprint": mark, "void": False} for r, who in PEOPLE.items()]
    old = {name: one for name, one in parts.items() if name not in (archive.SEAL, archive.KEYS)}
    old |= {"issue.json": json.dumps(form).encode(), "signatures.json": json.dumps(kept).encode()}
    old[archive.MANIFEST] = json.dumps({"xinfo": 1, "mark": mark}).encode()
    return rehashed(old)


def test_an_archive_of_before_keys_opens_and_is_said_to_be_signed_without_one(sealed: Sealed, tmp_path: Path) -> None:
    found = proof(by_name(sealed.parts), tmp_path, keys.listed(sealed.store))
    assert found.wrong == ()
    assert found.unproved == ("signed without a key, by name alone: Li Hua, Wang Fang and Zhao Min",)
    said = {lang: laid_out(replace(found.issue.documents["en"], lang=lang)).signatures[0][1] for lang in ("en", "zh")}
    assert "signed without a key" in said["en"]
    assert "未用密钥签署" in said["zh"]


def test_the_command_line_signs_with_a_key_and_the_log_names_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at = store(tmp_path)
    saved.save(at, PAPER)
    monkeypatch.setenv("XINFO_PASSPHRASE", PHRASE)
    here = ["--store", str(at)]
    assert main(["brief", "issue", NAME, "--by", "Li Hua", *here]) != 0
    assert issues.numbers(at, NAME) == ()
    assert main(["brief", "keys", "new", "Li Hua", *here]) == 0
    assert main(["brief", "issue", NAME, "--by", "Li Hua", *here]) == 0
    monkeypatch.setenv("XINFO_PASSPHRASE", "something else")
    assert main(["brief", "sign", NAME, "1", "--as", "author", "--by", "Li Hua", *here]) != 0
    (key,) = keys.listed(at).values()
    (signed,) = issues.opened(at, NAME, 1).signatures
    assert (signed.who, signed.key, signed.void) == ("Li Hua", key.id, False)
    logged = [(one.did, one.who, one.what.get("key")) for one in entries(at) if one.did in ("begin", "issue", "refuse")]
    assert logged[:2] == [("begin", "Li Hua", key.id), ("issue", "Li Hua", key.id)]
    assert logged[2][0] == "refuse"
    assert main(["brief", "keys", "revoke", key.id, "--stolen", *here]) == 0
    assert issues.opened(at, NAME, 1).signatures[0].fault == "revoked"
    out = tmp_path / "keys.json"
    assert main(["brief", "keys", "export", "--out", str(out), *here]) == 0
    assert [asdict(one)["stolen"] for one in keys.read(out.read_bytes()).values()] == [True]
