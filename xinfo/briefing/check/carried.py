"""The seal inside an office file: as a part of its own, and packed small in its custom properties.

LibreOffice drops the custom XML of slides when it saves them and keeps the properties. Knows no document.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, unescape

from lxml import etree

from xinfo.briefing.check.seal import NAMESPACE
from xinfo.errors import InputError

PIECE = 250
"""Characters of a property that every office program keeps."""
NAME = "xinfo passport {:04d}"
KNOWN = re.compile(r"xinfo passport (\d{4})")
LARGEST = 20_000_000
"""Bytes of a passport, unpacked."""
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


PART, PROPERTIES = "customXml/", "docProps/custom.xml"


def part(said: str) -> bytes:
    """The custom XML part."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><passport xmlns="{NAMESPACE}">{escape(said)}</passport>'
    return xml.encode("utf-8")


def enclosed(parts: Mapping[str, bytes]) -> str:
    """The seal in the parts of a package; empty where there is none."""
    mark = NAMESPACE.encode()
    for name, blob in parts.items():
        if name.startswith(PART) and mark in blob[:400]:
            return _inside(blob.decode("utf-8", "replace"))
    try:
        return passport(parts[PROPERTIES]) if PROPERTIES in parts else ""
    except InputError:
        return DAMAGED


DAMAGED = "{}"
"""What stands for a seal that cannot be unpacked: it is none."""


def _inside(xml: str) -> str:
    said = re.sub(r"^.*?<(\w+:)?passport[^>]*>|</(\w+:)?passport>\s*$", "", xml, flags=re.DOTALL)
    return unescape(said, {"&quot;": '"', "&apos;": "'", "&#xD;": "\r", "&#13;": "\r"})


def properties(said: str) -> bytes:
    """The part of a file that holds its custom properties, with the passport in them."""
    packed = b64encode(zlib.compress(said.encode("utf-8"), 9)).decode("ascii")
    pieces = (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
    inside = "".join(_property(number, piece) for number, piece in enumerate(pieces))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}">{inside}</Properties>'.encode()


def _property(number: int, piece: str) -> str:
    # The first id that a property may have is 2.
    return (
        f'<property fmtid="{_FORMAT}" pid="{number + 2}" name="{NAME.format(number)}">'
        f"<vt:lpwstr>{piece}</vt:lpwstr></property>"
    )


def passport(carrier: bytes) -> str:
    """What such a part carries; empty where it is none of xinfo's. Raises InputError where it is damaged."""
    packed = "".join(piece for _, piece in sorted(dict(_pieces(carrier)).items()))
    if not packed:
        return ""
    try:
        opened = zlib.decompressobj()
        said = opened.decompress(b64decode(packed, validate=True), LARGEST)
        if opened.unconsumed_tail or not opened.eof:
            raise ValueError
        return said.decode("utf-8")
    except (ValueError, zlib.error) as error:
        raise InputError("the seal inside the file is damaged") from error


def _pieces(carrier: bytes) -> Iterator[tuple[int, str]]:
    root = etree.fromstring(carrier, etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root:
        if found := KNOWN.fullmatch(str(one.get("name", ""))):
            yield int(found[1]), "".join(one.itertext()).strip()
