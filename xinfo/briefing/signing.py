"""What a signature of an issue says, and whether it holds: by an Ed25519 key, or, as earlier, by a name alone.

Each signature is of one statement, in one spelling: what is signed, in which role, by whom, when, with which key.
The seal of an archive signs its manifest and each of its documents, so that any of them is proved by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from xinfo.access.keys import Keys
from xinfo.access.signing import Signer
from xinfo.briefing.document import Signed
from xinfo.language.texts import text

BY = "ed25519"
"""What an issue says its signatures are made by, from when on none by a name alone is for it."""
CHANGED, FORGED, UNKNOWN, REVOKED = "changed", "forged", "unknown", "revoked"
"""Why a signature is void: other content, not by this person's key, a key on no list, or one that was revoked."""


def signature(role: str, content: str, at: str, by: Signer) -> Signed:
    """Somebody's signature of an issue's content."""
    unsigned = Signed(role, by.who, at, content, key=by.key.id)
    return replace(unsigned, value=by.signed(_of_issue(unsigned)))


def judged(one: Signed, content: str, keyed: bool, keys: Keys) -> Signed:
    """The same, void where it is not for this content, or not by a key that counts for whoever it names."""
    fault = CHANGED if one.fingerprint != content else _fault(one, keys) if one.key or keyed else ""
    return replace(one, void=bool(fault), fault=fault)


def _fault(one: Signed, keys: Keys) -> str:
    key = keys.get(one.key)
    if not key:
        return UNKNOWN if one.key else FORGED
    if not (key.speaks_for(one.who) and key.holds(_of_issue(one), one.value)):
        return FORGED
    return "" if key.counts(one.at) else REVOKED


def _of_issue(one: Signed) -> bytes:
    return _statement("issue", role=one.role, who=one.who, at=one.at, content=one.fingerprint, key=one.key)


def seal(manifest: bytes, parts: Mapping[str, bytes], at: str, by: Signer) -> dict[str, Any]:
    """The signatures of an archive's manifest and of each of these documents."""
    form: dict[str, Any] = {"who": by.who, "at": at, "key": by.key.id}
    documents = {name: by.signed(_sealed("document", name, one, form)) for name, one in parts.items()}
    return {**form, "manifest": by.signed(_sealed("manifest", "", manifest, form)), "documents": documents}


def unsealed(form: Mapping[str, Any], manifest: bytes, parts: Mapping[str, bytes], keys: Keys, lang: str) -> list[str]:
    """What is wrong with such signatures, a line each."""
    key, who = keys.get(form["key"]), form["who"]
    if not key or not key.speaks_for(who):
        return [text("brief.proof.seal_forged", lang, who=who)]
    if not key.counts(form["at"]):
        return [text("brief.proof.seal_revoked", lang, who=who)]
    wrong = []
    if not key.holds(_sealed("manifest", "", manifest, form), form["manifest"]):
        wrong.append(text("brief.proof.manifest", lang, who=who))
    for name in sorted({*parts, *form["documents"]}):
        told = form["documents"].get(name, "")
        if name not in parts or not key.holds(_sealed("document", name, parts[name], form), told):
            wrong.append(text("brief.proof.document", lang, who=who, name=name))
    return wrong


def _sealed(what: str, name: str, content: bytes, form: Mapping[str, Any]) -> bytes:
    about = {one: form[one] for one in ("who", "at", "key")}
    return _statement(what, name=name, sha256=sha256(content).hexdigest(), **about)


def _statement(what: str, **said: str) -> bytes:
    return json.dumps({"xinfo": what, **said}, sort_keys=True, separators=(",", ":")).encode("ascii")
