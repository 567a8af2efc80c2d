"""Archives as a forger leaves them: parts exchanged, the manifest hashed anew, sealed anew by a key that he has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from briefings import AT
from xinfo.access.signing import Signer
from xinfo.briefing import archive
from xinfo.briefing.signing import seal

Parts = Mapping[str, bytes]


def rehashed(parts: Parts) -> dict[str, bytes]:
    """With a manifest that knows these parts."""
    told = json.loads(parts[archive.MANIFEST])
    inside = {name: one for name, one in parts.items() if name not in (archive.MANIFEST, archive.SEAL)}
    told["parts"] = {name: sha256(one).hexdigest() for name, one in inside.items()}
    sealed = {archive.SEAL: parts[archive.SEAL]} if archive.SEAL in parts else {}
    return {**inside, archive.MANIFEST: json.dumps(told).encode(), **sealed}


def resealed(parts: Parts, by: Signer) -> dict[str, bytes]:
    """The same, signed by somebody."""
    made = rehashed(parts)
    form = seal(made[archive.MANIFEST], archive.documents_of(made), AT, by)
    return {**made, archive.SEAL: json.dumps(form).encode()}
