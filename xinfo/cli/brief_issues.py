"""`xinfo brief issue, sign, seal, verify, since`: what has to do with numbered issues."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.cli import brief_files
from xinfo.cli.brief_keys import known, signer
from xinfo.cli.console import complain, progress, say
from xinfo.cli.stores import begin, named, now, opened, record, rules_of, system_user
from xinfo.errors import InputError

if TYPE_CHECKING:
    from xinfo.access.signing import Signer


def issue(arguments: argparse.Namespace, name: str) -> int:
    """Fills the next issue."""
    from xinfo.briefing.issues import made
    from xinfo.briefing.saved import find
    from xinfo.stewardship.desk import reviewers

    briefing = find(named(arguments), name)
    langs = (briefing.lang, "zh" if briefing.lang == "en" else "en")
    author, workspace, tell = signer(arguments), opened(arguments), progress()
    begin(arguments, "issue", author.who, briefing=name, key=author.key.id)
    new = made(named(arguments), briefing, workspace, langs, at=now(), by=author, progress=tell)
    tell("done", 1)
    _log(arguments, "issue", author, briefing=name, number=new.number, content=new.mark)
    waits = new.waits(reviewers(named(arguments), rules_of(named(arguments))))
    waiting = f"; it waits for a reviewer: xinfo brief sign {name} {new.number} --as reviewer" if waits else ""
    say(f"{name}: issue {new.number} by {author.who}, content {new.mark[:16]}{waiting}")
    return 0


def sign(arguments: argparse.Namespace, name: str, number: str) -> int:
    """Adds a signature."""
    from xinfo.briefing.issues import signed

    if not arguments.role:
        raise InputError("a signature needs a role", "--as author, reviewer or signer")
    one = signer(arguments)
    begin(arguments, "sign", one.who, briefing=name, number=_number(number), role=arguments.role, key=one.key.id)
    done = signed(named(arguments), name, _number(number), arguments.role, at=now(), by=one)
    _log(arguments, "sign", one, briefing=name, number=done.number, content=done.mark, role=arguments.role)
    say(f"{name}: issue {number} signed by {one.who} as {arguments.role}, content {done.mark[:16]}")
    return 0


def seal(arguments: argparse.Namespace, name: str, number: str) -> int:
    """Writes the archive."""
    from xinfo.briefing.archive import sealed
    from xinfo.briefing.issues import opened as open_issue

    if not arguments.out or len(arguments.out) != 1:
        raise InputError("a sealed issue is one file", "--out FILE.zip")
    done, one, tell = open_issue(named(arguments), name, _number(number)), signer(arguments), progress()
    content = sealed(done, opened(arguments), at=now(), by=one, progress=tell)
    tell("done", 1)
    path: Path = arguments.out[0]
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} could not be written: {error.strerror}") from error
    _log(arguments, "seal", one, briefing=name, number=done.number, content=done.mark)
    say(f"{path}: issue {number} of {name}, content {done.mark[:16]}, sealed by {one.who}")
    return 0


def files(arguments: argparse.Namespace, name: str, number: str) -> int:
    """An issue's files in the language given, else in both; not before somebody else has reviewed it."""
    from xinfo.briefing.issues import opened as open_issue
    from xinfo.stewardship.desk import reviewers

    if not arguments.out:
        raise InputError("nothing to write", brief_files.KINDS_OF_OUT)
    issue, workspace, tell = open_issue(named(arguments), name, _number(number)), opened(arguments), progress()
    if issue.waits(reviewers(named(arguments), rules_of(named(arguments)))):
        return complain(f"issue {number} waits for a reviewer: xinfo brief sign {name} {number} --as reviewer")
    documents = [one for lang, one in issue.documents.items() if arguments.lang in (None, lang)]
    folders = all(path.is_dir() for path in arguments.out)
    if len(documents) > 1 and not folders:
        documents = [issue.documents[issue.briefing.lang]]
    for document in documents:
        paths = [one for path in arguments.out for one in brief_files.at(path, document, workspace)]
        brief_files.write(document, paths, arguments, tell)
    tell("done", 1)
    return 0


def verify(arguments: argparse.Namespace, name: str) -> int:
    """Proves an archive; of the store it needs the list of keys alone, and not that where --keys gives one."""
    from xinfo.briefing.verify import verified

    tell = progress()
    proof = verified(Path(name), known(arguments), tell)
    tell("done", 1)
    if proof.wrong:
        return complain("\n".join([*proof.wrong, *proof.unproved]))
    figures = sum(len(one.figures) for one in proof.issue.documents.values())
    signers = ", ".join(f"{one.who} ({one.role})" for one in proof.issue.signatures)
    sealed = f", sealed by {proof.sealed_by}" if proof.sealed_by else ""
    what = f"issue {proof.issue.number} of {proof.issue.briefing.id}"
    say(f"{name}: {what} holds: {figures} figures, signed by {signers}{sealed}")
    if proof.unproved:
        return complain("\n".join(["who signed is not proved:", *proof.unproved]))
    return 0


def since(arguments: argparse.Namespace, name: str, number: str) -> int:
    """What has changed since an issue."""
    from xinfo.briefing.check.whole import checked
    from xinfo.briefing.files import kind_of
    from xinfo.briefing.fill import fill
    from xinfo.briefing.issues import opened as open_issue
    from xinfo.briefing.saved import find, folder
    from xinfo.briefing.since import compared, sentences

    briefing, workspace = find(named(arguments), name), opened(arguments)
    lang = arguments.lang or briefing.lang
    old = open_issue(named(arguments), name, _number(number)).documents[lang]
    new = fill(briefing, workspace, lang, made=now(), author="")
    edited = {}
    if path := arguments.file:
        figures = checked(path.read_bytes(), kind_of(path), workspace, folder(named(arguments))).figures
        edited = {one.figure.id: one.now for one in figures if one.verdict == "changed"}
    say("\n".join(sentences(compared(old, new, workspace, edited), old, new, workspace)))
    return 0


def _number(said: str) -> int:
    if not said.isdigit():
        raise InputError(f"'{said}' is no number of an issue")
    return int(said)


def _log(arguments: argparse.Namespace, did: str, one: Signer, **what: object) -> None:
    """An entry in the store's log under the name of whoever signed."""
    record(arguments, did, "", one.who, **what, key=one.key.id, user=system_user())
