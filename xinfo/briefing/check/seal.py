"""What travels inside every file: the document with its passports, all that the file said, and the hash of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from xinfo.briefing.check import said as units
from xinfo.briefing.check.said import Said
from xinfo.briefing.document import Document
from xinfo.briefing.form import canonical, from_form, to_form
from xinfo.errors import InputError

SEAL = 1
NAMESPACE = "urn:xinfo:briefing:passport:1"
PASSPORT = "xinfo-passport"
"""The name of what holds the seal where a format needs one."""


@dataclass(frozen=True)
class Seal:
    """What a file said when it was written."""

    document: Document
    kind: str
    said: Said
    hash: str


def sealed(document: Document, kind: str, said: Said) -> str:
    """The seal as text, always alike for the same content. Charts can be drawn again: their drawings stay out."""
    body = {"seal": SEAL, "kind": kind, "document": to_form(document, charts=False), "said": units.to_form(said)}
    return canonical({**body, "hash": _hash(body)})


def opened(text: str) -> Seal:
    """The seal of such a text. Raises InputError where it is none, or where its hash is not that of its content."""
    try:
        form = json.loads(text)
        told = form.pop("hash", "")
        if form.get("seal") != SEAL:
            raise InputError("it is of another version of xinfo")
        if _hash(form) != told:
            raise InputError("its hash is not that of its content")
        return Seal(from_form(form["document"]), str(form["kind"]), units.from_form(form["said"]), told)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InputError("it is damaged") from error


def _hash(body: Mapping[str, Any]) -> str:
    return sha256(canonical(body).encode("utf-8")).hexdigest()
