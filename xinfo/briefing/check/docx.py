"""What a Word file says, however it was saved: paragraphs, rows, notes, heads and feet, charts and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xinfo.briefing.check.native import chart
from xinfo.briefing.check.package import ASIDE, Package, R, W, local, on, pale, picture
from xinfo.briefing.check.said import NOTE, Said, Unit, plain, row, texts

COUNTED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "NOTEREF")
"""Fields that every program works out by itself."""
GONE = ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr", "bookmarkStart")
SMALLEST = 6
"""Half points: a smaller text is not read."""
C_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


def units(package: Package) -> Said:
    """All units of the file."""
    main = package.main or "word/document.xml"
    reader = _Reader(package, main)
    body = package.xml(main).find(f"{W}body")
    return (*reader.blocks(body), *reader.edges(body))


class _Reader:
    """One part of the file: the text itself, or what stands at its edges."""

    def __init__(self, package: Package, part: str):
        self.package, self.points, self.part = package, package.points(part), part
        self._unseen = _unseen_styles(package)
        self._notes = {kind: self._by_id(kind) for kind in ("footnote", "endnote", "comment")}

    def blocks(self, parent: Any) -> Iterator[Unit]:
        for child in parent:
            kind = local(child)
            if kind == "p":
                yield from self._paragraph(child)
            elif kind == "tbl":
                yield from self._rows(child)
            elif kind == "altChunk":
                yield Unit("object", kind)
            elif kind not in GONE and kind != "sectPr":
                yield from self.blocks(child)

    def edges(self, body: Any) -> Iterator[Unit]:
        """What stands at the head and foot of pages, each text once; a page without any is told too."""
        held: dict[tuple[str, str], str] = {}
        for section in body.iter(f"{W}sectPr"):
            for edge in section.iter(f"{W}headerReference", f"{W}footerReference"):
                held[local(edge), edge.get(f"{W}type")] = self.points.get(edge.get(f"{R}id"), ("", ""))[1]
            first = on(section.find(f"{W}titlePg"))
            shown = ("default", *(("first",) if first else ()), *(("even",) if self._even() else ()))
            for (_, which), part in sorted(held.items()):
                if which in shown:
                    yield from self._edge(part)
            if first:
                yield from (Unit("edge", "–") for kind in ("headerReference", "footerReference")
                            if (kind, "first") not in held and (kind, "default") in held)  # fmt: skip

    def _even(self) -> bool:
        """Whether even pages have heads and feet of their own."""
        settings = self.package.one(self.part, "settings")
        if settings not in self.package.parts:
            return False
        return on(self.package.xml(settings).find(f"{W}evenAndOddHeaders"))

    def _edge(self, part: str) -> Iterator[Unit]:
        inside = _Reader(self.package, part)
        found = list(inside.blocks(self.package.xml(part))) if part in self.package.parts else []
        yield from (Unit("edge" if one.kind == "text" else one.kind, one.text, part) for one in found)

    def _paragraph(self, paragraph: Any) -> Iterator[Unit]:
        said, beside = self._said(paragraph)
        yield from texts("text", said)
        yield from beside

    def _rows(self, table: Any) -> Iterator[Unit]:
        for one in table.iter(f"{W}tr"):
            properties = one.find(f"{W}trPr")
            if properties is not None and any(on(properties.find(f"{W}{gone}")) for gone in ("hidden", "del")):
                continue
            cells, beside = [], list[Unit]()
            for cell in one.iter(f"{W}tc"):
                told = [self._said(paragraph) for paragraph in cell.iter(f"{W}p")]
                cells.append(" ".join(said for said, _ in told))
                beside += [unit for _, units_ in told for unit in units_]
            if found := row(cells):
                yield found
            yield from beside

    def _said(self, paragraph: Any) -> tuple[str, list[Unit]]:
        """The text of a paragraph as it is seen, and what hangs on it."""
        pieces: list[str] = []
        beside: list[Unit] = []
        self._inline(paragraph, pieces, beside, _Fields(), self._unseen_style(paragraph, "pPr", "pStyle"))
        return "".join(pieces), beside

    def _inline(self, parent: Any, pieces: list[str], beside: list[Unit], fields: _Fields, unseen: bool) -> None:
        for child in parent:
            kind = local(child)
            if kind == "fldChar":
                pieces += [NOTE] if fields.turn(child.get(f"{W}fldCharType")) else []
            elif kind == "instrText":
                fields.code += child.text or ""
            elif kind in GONE or not kind:
                continue
            elif kind == "fldSimple" and _counted(child.get(f"{W}instr")):
                pieces.append(NOTE)
            elif kind in LEAVES:
                said = LEAVES[kind](child)
                pieces.append("" if unseen or (fields.quiet and said.strip().isdigit()) else said)
            elif kind in ("drawing", "pict", "object"):
                beside += self._drawn(child)
            elif kind.endswith("Reference") and (note := kind.removesuffix("Reference")) in self._notes:
                pieces.append(NOTE if note != "comment" else "")
                beside += self._notes[note].get(child.get(f"{W}id"), [])
            elif kind == "AlternateContent":
                self._inline(_choice(child), pieces, beside, fields, unseen)
            else:
                hidden = unseen or (kind == "r" and self._hidden(child))
                self._inline(child, pieces, beside, fields, hidden)

    def _drawn(self, drawing: Any) -> Iterator[Unit]:
        for described in drawing.iter():
            if local(described) == "docPr" and (said := plain(described.get("descr") or "")):
                yield Unit("alt", said)
            elif local(described) == "textpath":
                yield Unit("text", plain(described.get("string") or ""))
        if pixels := picture(drawing, self.package, self.points):
            yield Unit("picture", " ".join(pixels))
        for reference in drawing.iter(C_CHART):
            yield from chart(self.package.xml(self.points[reference.get(f"{R}id")][1]), "", "")
        for box in drawing.iter(f"{W}txbxContent"):
            if not any(str(one.tag).endswith(ASIDE) for one in box.iterancestors()):
                yield from self.blocks(box)
        if local(drawing) == "object" or not (pixels or list(drawing.iter(C_CHART, f"{W}txbxContent"))):
            yield Unit("object", local(drawing))

    def _hidden(self, run: Any) -> bool:
        properties = run.find(f"{W}rPr")
        return self._unseen_style(run, "rPr", "rStyle") or (properties is not None and _unseen(properties))

    def _unseen_style(self, element: Any, properties: str, style: str) -> bool:
        named = element.find(f"{W}{properties}/{W}{style}")
        return named is not None and named.get(f"{W}val") in self._unseen

    def _by_id(self, kind: str) -> dict[str, list[Unit]]:
        part = self.package.one(self.part, f"{kind}s")
        if part not in self.package.parts:
            return {}
        found: dict[str, list[Unit]] = {}
        for note in self.package.xml(part).iter(f"{W}{kind}"):
            told = ["".join(one.text or "" for one in p.iter(f"{W}t")) for p in note.iter(f"{W}p")]
            found[note.get(f"{W}id")] = [*texts("comment" if kind == "comment" else "note", " ".join(told))]
        return found


class _Fields:
    """Fields that are open: what page it is, is counted by every program by itself."""

    def __init__(self) -> None:
        self.code, self._open, self._shown = "", 0, False

    def turn(self, what: str | None) -> bool:
        """Whether a number of pages has just ended."""
        counted = what == "end" and _counted(self.code)
        if what == "begin":
            self._open, self._shown, self.code = self._open + 1, False, self.code if self._open else ""
        elif what == "separate":
            self._shown = True
        elif what == "end":
            self._open = max(self._open - 1, 0)
        return counted

    @property
    def quiet(self) -> bool:
        return bool(self._open) and self._shown and _counted(self.code)


LEAVES: dict[str, Callable[[Any], str]] = {
    "t": lambda one: one.text or "",
    "tab": lambda one: " ",
    "br": lambda one: " ",
    "cr": lambda one: " ",
    "noBreakHyphen": lambda one: "-",
    "sym": lambda one: chr(int(one.get(f"{W}char") or "20", 16)),
}


def _choice(alternate: Any) -> Any:
    return next((one for one in alternate if local(one) == "Choice"), alternate)


def _counted(code: str | None) -> bool:
    return (code or "").split()[:1] in ([one] for one in COUNTED)


def _unseen(properties: Any) -> bool:
    """Struck out, hidden, too small to read, or in the colour of the paper."""
    if any(on(properties.find(f"{W}{name}")) for name in ("vanish", "strike", "dstrike", "webHidden", "specVanish")):
        return True
    size, color = properties.find(f"{W}sz"), properties.find(f"{W}color")
    if size is not None and float(size.get(f"{W}val") or 20) <= SMALLEST:
        return True
    shaded = properties.find(f"{W}shd")
    ground = shaded.get(f"{W}fill") if shaded is not None else None
    return color is not None and pale(color.get(f"{W}val"), ground if ground and ground != "auto" else "FFFFFF")


def _unseen_styles(package: Package) -> frozenset[str]:
    """Styles that hide what is written in them, also by what they are based on."""
    if "word/styles.xml" not in package.parts:
        return frozenset()
    styles = list(package.xml("word/styles.xml").iter(f"{W}style"))
    unseen = {s.get(f"{W}styleId") for s in styles if (p := s.find(f"{W}rPr")) is not None and _unseen(p)}
    for _ in range(4):
        based = ((s, s.find(f"{W}basedOn")) for s in styles)
        unseen |= {s.get(f"{W}styleId") for s, on_ in based if on_ is not None and on_.get(f"{W}val") in unseen}
    return frozenset(unseen)
