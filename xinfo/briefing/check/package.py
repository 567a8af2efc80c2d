"""The package of an office file: its parts, what they point to, whether a run or a picture in it can be seen."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import lru_cache
from hashlib import sha256
from typing import Any

from lxml import etree

from xinfo.errors import InputError

LARGEST = 180_000_000
"""Bytes, unpacked."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
ASIDE = "}Fallback"
"""What stands beside a choice for older programs."""
PALE = 0.93
"""From this lightness on nobody reads a text on white."""


class Package:
    """Parts by name. Raises InputError where it is no package, or one that unpacks to more than a briefing can be."""

    def __init__(self, content: bytes):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                if sum(part.file_size for part in package.infolist()) > LARGEST:
                    raise InputError("the file unpacks to more than a briefing can be")
                self.parts = {name: package.read(name) for name in package.namelist()}
        except zipfile.BadZipFile as error:
            raise InputError("this is no file of an office program") from error

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False, no_network=True))

    def points(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part points to: the kind and the part, by id; a place outside keeps its address."""
        folder, file = posixpath.split(name)
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        if relations not in self.parts:
            return {}
        return {
            one.get("Id"): (one.get("Type").rpartition("/")[2], _target(one, folder)) for one in self.xml(relations)
        }

    def one(self, name: str, kind: str) -> str:
        """The first part of a kind that a part points to; empty for none."""
        return next((target for what, target in self.points(name).values() if what == kind), "")

    @property
    def main(self) -> str:
        """The part that an office program opens."""
        return self.one("", "officeDocument")


def _target(relation: Any, folder: str) -> str:
    target = str(relation.get("Target"))
    if relation.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/") if target[0] != "/" else target[1:]


def local(element: Any) -> str:
    """A tag without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def on(element: Any) -> bool:
    """Whether a switch such as `w:strike` is there and on."""
    return element is not None and next(iter(element.attrib.values()), "1") not in ("0", "false", "off", "none")


def pale(color: str | None, ground: str = "FFFFFF") -> bool:
    """Whether a text of this colour cannot be told from its ground."""
    try:
        one, two = _lightness(color or "000000"), _lightness(ground)
    except ValueError:
        # A colour of the theme, or none.
        return False
    return abs(one - two) < 1 - PALE


def _lightness(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def picture(element: Any, package: Package, points: dict[str, tuple[str, str]]) -> list[str]:
    """Every picture in a drawing: the hash of its pixels, and how it is cut or turned."""
    found = []
    for blip in element.iter(f"{A}blip", f"{SVG}svgBlip"):
        target = points.get(blip.get(f"{R}embed") or blip.get(f"{R}link") or "", ("", ""))[1]
        found.append(pixels(package.parts[target]) if target in package.parts else f"outside {target}")
    for cut in element.iter(f"{A}srcRect"):
        found += [f"cut {name} {value}" for name, value in sorted(cut.attrib.items()) if value not in ("0", "")]
    for turned in element.iter(f"{A}xfrm"):
        found += [f"{name} {turned.get(name)}" for name in ("flipH", "flipV", "rot") if on_value(turned.get(name))]
    return found


def on_value(value: str | None) -> bool:
    return value not in (None, "", "0", "false")


@lru_cache(maxsize=64)
def pixels(blob: bytes) -> str:
    """A picture by what it shows, so that writing it anew is nothing; by its bytes where it has no pixels."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(blob)) as image:
            shown = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")
            return sha256(f"{shown.size}".encode() + shown.tobytes()).hexdigest()[:24]
    except (OSError, ValueError, Image.DecompressionBombError):
        return sha256(blob).hexdigest()[:24]
