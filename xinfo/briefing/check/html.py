"""What a page says, however it was saved: its blocks, rows, drawings and their data, what hides or changes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from lxml import html as lxml_html

from xinfo.briefing.check.package import pale
from xinfo.briefing.check.said import CELL, NOTE, Said, Unit, plain, row, texts
from xinfo.briefing.check.seal import PASSPORT

INLINE = frozenset("a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q rp rt ruby samp small span "
                   "strong sub sup time tt u var wbr".split())  # fmt: skip
GONE = frozenset(("s", "strike", "del", "template", "noscript", "head"))
TOOLTIP = "vg-tooltip-element"
SHOWN = frozenset("iframe img object embed video audio canvas input textarea button select link base".split())
HIDES = re.compile(
    r"display:none|visibility:(hidden|collapse)|opacity:0?(\.0\d*)?(;|$)|font-size:(?:0|[0-3](?:\.\d+)?px)|color:(white|"
    r"transparent|rgba\([^)]*,0\))|line-through|text-indent:-|left:-\d{3}|top:-\d{3}|clip|transform|height:0|width:0"
)
SUSPECT = re.compile(HIDES.pattern + r"|content:|position:|z-index:|overflow:|filter:|background-image|url\(")
COLOR = re.compile(r"(?<![-\w])color:#([0-9a-f]{6}|[0-9a-f]{3})\b")
GEOMETRY = ("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "transform",
            "opacity", "fill-opacity", "display", "visibility", "href")  # fmt: skip


def parsed(content: bytes) -> Any:
    return lxml_html.document_fromstring(content, parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))


def seal(root: Any) -> str:
    """The text of the element that holds the seal; empty for none."""
    found = root.xpath(f'//script[@id="{PASSPORT}"]')
    return found[0].text or "" if found else ""


def units(root: Any) -> Said:
    """All units of the page."""
    reader = _Reader({one.get("id"): one for one in root.xpath("//li[@id]")})
    body = root.find("body")
    reader.block(body if body is not None else root)
    reader.flush()
    return (*reader.units, *_around(root))


class _Reader:
    """The text of the block that is open, and what hangs on it."""

    def __init__(self, notes: dict[str, Any]):
        self.units: list[Unit] = []
        self._notes, self._said, self._beside = notes, "", list[Unit]()

    def flush(self) -> None:
        self.units += [*texts("text", self._said), *self._beside]
        self._said, self._beside = "", []

    def block(self, element: Any) -> None:
        self._said += element.text or ""
        for child in element:
            self._child(child)
            self._said += child.tail or ""

    def _child(self, child: Any) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        self._beside += _told_aside(child) if tag else []
        if not tag or tag in GONE or child.get("hidden") is not None or hides(child) or _resting(child):
            return
        if tag in ("script", "style"):
            self.units += _script(child) if tag == "script" else []
        elif tag == "svg":
            self._beside += _drawing(child)
        elif tag in SHOWN:
            self._beside.append(Unit("object", f"{tag} {_hash(str(sorted(child.attrib.items())))}"))
        elif tag == "tr":
            self._row(child)
        elif tag == "sup" and (links := child.xpath(".//a[starts-with(@href,'#')]")):
            self._noted(child, links[0])
        elif tag == "br":
            self._said += " "
        elif tag in INLINE:
            self.block(child)
        else:
            self.flush()
            self.block(child)
            self.flush()

    def _row(self, line: Any) -> None:
        self.flush()
        cells = []
        for cell in line:
            inside = _Reader(self._notes)
            inside._child(cell)
            cells.append(" ".join(one.text for one in inside.units if one.kind == "text"))
            self._beside += [one for one in inside.units if one.kind != "text"]
        if found := row(cells):
            self.units.append(found)
        self.flush()

    def _noted(self, mark: Any, link: Any) -> None:
        self._said += NOTE
        said = self._notes.get(link.get("href", "#")[1:])
        told = plain(said.text_content()) if said is not None else ""
        self._beside += _told_aside(link)
        self._beside.append(Unit("note", f"{plain(mark.text_content())} {told}"))


def _resting(element: Any) -> bool:
    """The box that tells a pointer what it is on, while it is not shown."""
    return element.get("id") == TOOLTIP and "visible" not in (element.get("class") or "").split()


def hides(element: Any) -> bool:
    style = _bare(element.get("style") or "")
    return bool(HIDES.search(style)) or _as_pale_as_paper(style)


def _as_pale_as_paper(style: str) -> bool:
    found = COLOR.search(style)
    if not found:
        return False
    digits = found[1] if len(found[1]) == 6 else "".join(2 * one for one in found[1])
    return pale(digits)


def _told_aside(element: Any) -> list[Unit]:
    """What is read out or shown beside it; what runs when it is touched."""
    told = [Unit("alt", said) for name in ("aria-label", "title", "alt") if (said := plain(element.get(name) or ""))]
    runs = [Unit("script", name) for name in element.attrib if name.startswith("on")]
    return told + runs


def _script(script: Any) -> Iterator[Unit]:
    """A chart's data one by one; any other script by what it is."""
    if script.get("id") == PASSPORT:
        return
    said = script.text or ""
    if script.get("type") == "application/json":
        yield from _charted(said)
    else:
        yield Unit("script", _hash((script.get("src") or "") + re.sub(r"\s+", "", said)))


def _charted(said: str) -> Iterator[Unit]:
    try:
        spec = json.loads(said)
        values = spec.pop("data")["values"]
    except (ValueError, KeyError, TypeError):
        yield Unit("script", _hash(said))
        return
    for datum in values:
        shown = [str(datum.get(name)) for name in ("label", "said", "value", "status") if datum.get(name) is not None]
        yield Unit("series", CELL.join(map(plain, shown)))
    looks = {name: one for name, one in spec.items() if name not in ("config", "width", "$schema", "description")}
    yield Unit("axis", f"{_hash(json.dumps(looks, sort_keys=True))} {_hash(json.dumps(values, sort_keys=True))}")


def _drawing(svg: Any) -> Iterator[Unit]:
    """A drawing by its shapes and by the words in it; its colours are layout."""
    if said := [plain(one.text_content()) for one in svg.iter("text", "tspan") if plain(one.text or "")]:
        yield Unit("label", CELL.join(said))
    shapes = [
        f"{one.tag} {' '.join(f'{name}={_numbers(value)}' for name in GEOMETRY if (value := one.get(name)))}"
        for one in svg.iter()
        if isinstance(one.tag, str) and one.tag != "svg"
    ]
    yield Unit("drawing", _hash("\n".join(shapes)))


def _around(root: Any) -> Iterator[Unit]:
    """The title of the page, and every rule that may hide or replace what stands in it."""
    for title in root.xpath("//head/title"):
        yield from texts("edge", title.text or "")
    for style in root.iter("style"):
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style.text or ""):
            parts = (_bare(part) for part in body.split(";"))
            told = sorted(one for one in parts if SUSPECT.search(one) or _as_pale_as_paper(one))
            if told and not selector.strip().startswith("@font-face"):
                yield Unit("hiding", f"{_bare(selector)} {' '.join(told)}")
    for other in root.xpath("//head/script | //head/link | //head/base | //meta[@http-equiv='refresh']"):
        yield Unit(
            "script" if other.tag == "script" else "object", _hash(lxml_html.tostring(other, encoding="unicode"))
        )


def _numbers(said: str) -> str:
    return re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.3f}", plain(said))


def _bare(said: str) -> str:
    return re.sub(r"\s+|!important", "", said.lower())


def _hash(said: str) -> str:
    return sha256(said.encode("utf-8")).hexdigest()[:24]
