"""Files of briefings as people and forgers edit them: the same few handles on each format. Judges nothing.

A `Piece` is a stretch of text that can be read, written, taken out, hidden and followed by another.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass
class Piece:
    text: str
    put: Callable[[str], None]
    drop: Callable[[], None]
    follow: Callable[[str], None]
    hide: Callable[[], None]
    row: Any = None
    """What all cells of a row share."""


@dataclass
class File:
    """A file that is open for editing."""

    pieces: list[Piece]
    save: Callable[[], bytes]
    swap: Callable[[Any, Any], None] = lambda one, two: None
    """Exchanges two rows."""
    edit: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What only this format has, by name."""

    def at(self, said: str, nth: int = 0) -> Piece:
        """The piece that holds a text. Raises LookupError where none does."""
        found = [piece for piece in self.pieces if said in piece.text]
        if len(found) <= nth:
            raise LookupError(said)
        return found[nth]

    def cells(self, label: str, nth: int = 0) -> list[Piece]:
        """The cells of the nth row that begins with a label."""
        rows = [piece.row for piece in self.pieces if piece.row is not None and piece.text.strip() == label]
        if not rows:
            raise LookupError(label)
        return [piece for piece in self.pieces if piece.row is rows[nth]]


def opened(content: bytes, kind: str) -> File:
    return OPEN[kind](content)


class Parts:
    """A package whose XML parts are edited in place."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.names = package.namelist()
            self.blobs = {name: package.read(name) for name in self.names}
        self.trees: dict[str, Any] = {}

    def tree(self, name: str) -> Any:
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.blobs[name])
        return self.trees[name]

    def some(self, pattern: str) -> list[str]:
        return sorted((name for name in self.names if re.fullmatch(pattern, name)), key=lambda one: (len(one), one))

    def save(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name in self.names:
                tree = self.trees.get(name)
                package.writestr(name, self.blobs[name] if tree is None else etree.tostring(tree, encoding="UTF-8"))
        return out.getvalue()


def rewritten(places: list[tuple[Any, str]], said: str) -> None:
    """Writes where the text differs, as people do; the stretches around it stay."""
    texts = [getattr(holder, name) or "" for holder, name in places]
    was = "".join(texts)
    short = min(len(was), len(said))
    start = next((at for at in range(short) if was[at] != said[at]), short)
    end = next((at for at in range(short - start) if was[-at - 1] != said[-at - 1]), short - start)
    new, at, done = said[start : len(said) - end], 0, False
    for number, (holder, name) in enumerate(places):
        low, high = start - at, len(was) - end - at
        at += len(texts[number])
        if high < 0 or (done and low >= high):
            continue
        inside = 0 <= low < len(texts[number]) or (
            not done and (low == len(texts[number]) and number == len(places) - 1)
        )
        kept = texts[number][: max(low, 0)], texts[number][max(high, 0) :]
        if low < len(texts[number]) or inside:
            setattr(holder, name, kept[0] + (new if inside and not done else "") + kept[1])
        done = done or inside


def read(said: str) -> str:
    """As it is typed: without what keeps a figure on one line."""
    return said.replace("\u00a0", " ").replace("\u2060", "")


def xml_piece(paragraph: Any, leaf: str, hidden: Callable[[Any], None], row: Any = None) -> Piece:
    """A paragraph of Word or of a slide; its text stands in leaves."""
    leaves = list(paragraph.iter(leaf))
    for one in leaves:
        one.text = read(one.text or "")

    def put(said: str) -> None:
        rewritten([(one, "text") for one in leaves], said)
        for one in leaves:
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def follow(said: str) -> None:
        other = copy.deepcopy(paragraph)
        for at, one in enumerate(other.iter(leaf)):
            one.text = "" if at else said
        for mark in [one for one in other.iter() if str(one.tag).endswith("footnoteReference")]:
            mark.getparent().remove(mark)
        paragraph.addnext(other)

    def drop() -> None:
        paragraph.getparent().remove(paragraph) if row is None else put("")

    return Piece("".join(one.text for one in leaves), put, drop, follow, lambda: hidden(paragraph), row)


def docx(content: bytes) -> File:
    parts = Parts(content)

    def vanish(paragraph: Any) -> None:
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = etree.SubElement(run, f"{W}rPr")
                run.insert(0, properties)
            etree.SubElement(properties, f"{W}vanish")

    names = ["word/document.xml", *parts.some(r"word/(header|footer)\d+\.xml"), "word/footnotes.xml"]
    pieces = []
    for name in names:
        for paragraph in parts.tree(name).iter(f"{W}p"):
            if list(paragraph.iter(f"{W}t")):
                row = next((one for one in paragraph.iterancestors(f"{W}tr")), None)
                pieces.append(xml_piece(paragraph, f"{W}t", vanish, row))
    body = parts.tree("word/document.xml")
    pictures = [one for one in body.iter() if str(one.tag).endswith("}inline")]
    media = parts.some(r"word/media/.*\.png")

    def other_picture() -> None:
        parts.blobs[media[0]] = parts.blobs[media[1]]

    def one_pixel() -> None:
        parts.blobs[media[0]] = repainted(parts.blobs[media[0]])

    def swapped() -> None:
        parts.blobs[media[0]], parts.blobs[media[1]] = parts.blobs[media[1]], parts.blobs[media[0]]

    def described() -> None:
        next(one for one in body.iter() if str(one.tag).endswith("}docPr")).set("descr", "Steady growth everywhere")

    def cropped() -> None:
        blip = next(body.iter(f"{A}blip"))
        cut = etree.Element(f"{A}srcRect", l="20000")
        blip.addnext(cut)

    edit = {"chart dropped": lambda: remove(pictures[0]), "chart replaced": other_picture, "chart repainted": one_pixel,
            "charts exchanged": swapped, "chart described otherwise": described, "axis cut off": cropped}  # fmt: skip
    return File(pieces, parts.save, exchange, edit)


def repainted(blob: bytes) -> bytes:
    """The picture with a bar that is a little longer."""
    from PIL import Image

    image = Image.open(io.BytesIO(blob)).convert("RGB")
    image.paste((11, 93, 102), (image.width // 2, image.height // 2, image.width // 2 + 40, image.height // 2 + 6))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def pptx(content: bytes) -> File:
    parts = Parts(content)

    def white(paragraph: Any) -> None:
        for properties in paragraph.iter(f"{A}rPr"):
            for color in properties.iter(f"{A}srgbClr"):
                color.set("val", "FFFFFF")

    pieces = []
    slides = parts.some(r"ppt/slides/slide\d+\.xml")
    for name in (*slides, *parts.some(r"ppt/notesSlides/notesSlide\d+\.xml")):
        for paragraph in parts.tree(name).iter(f"{A}p"):
            if list(paragraph.iter(f"{A}t")):
                row = next((one for one in paragraph.iterancestors(f"{A}tr")), None)
                pieces.append(xml_piece(paragraph, f"{A}t", white, row))

    def hidden_slide() -> None:
        parts.tree(slides[3]).set("show", "0")

    def frame(what: str) -> Any:
        return next(f for n in slides for f in parts.tree(n).iter() if str(f.tag).endswith("}graphicFrame")
                    and any(str(one.tag) == f"{C}chart" for one in f.iter()))  # fmt: skip

    def described() -> None:
        next(one for one in frame("").iter() if str(one.tag).endswith("}cNvPr")).set("descr", "Steady growth")

    edit = native(parts, r"ppt/charts/chart\d+\.xml")
    edit |= {"chart dropped": lambda: remove(frame("")), "chart described otherwise": described,
             "slide hidden": hidden_slide}  # fmt: skip
    return File(pieces, parts.save, exchange, edit)


def native(parts: Parts, pattern: str) -> dict[str, Callable[[], None]]:
    """The edits of charts that office programs draw."""
    names = parts.some(pattern)

    def first(tag: str, at: int = 0) -> Any:
        return next(parts.tree(names[at]).iter(f"{C}{tag}"))

    def value() -> None:
        cache = first("val").findall(f".//{C}v")
        cache[1].text = "2.5"

    def flipped() -> None:
        first("orientation").set("val", "minMax")

    def cut() -> None:
        scaling = first("valAx").find(f"{C}scaling")
        low = scaling.find(f"{C}min")
        if low is None:
            low = etree.SubElement(scaling, f"{C}min")
        low.set("val", "1")

    def category() -> None:
        cache = first("cat").findall(f".//{C}v")
        cache[0].text, cache[1].text = cache[1].text, cache[0].text

    def unit() -> None:
        next(one for one in first("title").iter(f"{A}t")).text = "million yuan"

    def swapped() -> None:
        one, two = names[0], names[2]
        parts.blobs[one], parts.blobs[two] = parts.blobs[two], parts.blobs[one]

    def logarithmic() -> None:
        scaling = first("valAx").find(f"{C}scaling")
        scaling.insert(0, etree.Element(f"{C}logBase", val="10"))

    return {"chart value": value, "chart order": flipped, "axis cut off": cut, "chart names exchanged": category,
            "chart unit": unit, "charts exchanged": swapped, "axis logarithmic": logarithmic}  # fmt: skip


def xlsx(content: bytes) -> File:
    from openpyxl import load_workbook
    from openpyxl.styles import Font

    book = load_workbook(io.BytesIO(content))
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    pieces = []

    def piece(sheet: Any, cell: Any) -> Piece:
        def put(said: str) -> None:
            number = re.fullmatch(r"-?[\d,]+(\.\d+)?", said)
            cell.value = float(said.replace(",", "")) if number and not isinstance(cell.value, str) else said

        def drop() -> None:
            sheet.delete_rows(cell.row)

        def follow(said: str) -> None:
            sheet.insert_rows(cell.row + 1)
            sheet.cell(cell.row + 1, 1).value = said

        def hide() -> None:
            cell.font = Font(color="FFFFFF")

        said = cell.value
        if isinstance(said, float | int):
            decimals = re.search(r"0\.(0+)", cell.number_format)
            said = f"{said:,.{len(decimals[1]) if decimals else 0}f}"
        return Piece(read(str(said)), put, drop, follow, hide, (sheet.title, cell.row))

    rows: dict[Any, Any] = {}
    for sheet in shown:
        for line in sheet.iter_rows(max_col=6):
            for cell in line:
                if cell.value is not None:
                    made = piece(sheet, cell)
                    made.row = rows.setdefault(made.row, made.row)
                    pieces.append(made)

    def swap(one: Any, two: Any) -> None:
        sheet = book[one[0]]
        for at in range(1, 7):
            first, second = sheet.cell(one[1], at), sheet.cell(two[1], at)
            first.value, second.value = second.value, first.value

    def save() -> bytes:
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def no_mark_above() -> None:
        for sheet in shown:
            sheet.oddHeader.center.text = None

    def hidden_row() -> None:
        shown[1].row_dimensions[6].hidden = True

    def formatted() -> None:
        cell = next(c for line in shown[1].iter_rows(max_col=6) for c in line if isinstance(c.value, float))
        cell.number_format = '"9.99"'

    def sheet_gone() -> None:
        book.remove(shown[2])

    edit: dict[str, Callable[[], None]] = {
        "mark off the heads": no_mark_above, "row hidden": hidden_row, "number painted over": formatted,
        "sheet dropped": sheet_gone, "sheet hidden": lambda: setattr(shown[2], "sheet_state", "hidden"),
    }  # fmt: skip
    return File(pieces, save, swap, edit)


def xlsx_charts(content: bytes) -> File:
    """A workbook by its parts, where its charts are."""
    parts = Parts(content)
    edit = native(parts, r"xl/charts/chart\d+\.xml")
    # What a chart shows of cells is what stands in the cells.
    for name in ("chart value", "chart names exchanged"):
        edit.pop(name)
    return File([], parts.save, exchange, edit)


BLOCKS = ("p", "h1", "h2", "h3", "li", "td", "th", "figcaption", "div")


def html(content: bytes) -> File:
    root = lxml_html.document_fromstring(content.decode("utf-8"))
    pieces = []

    def piece(element: Any) -> Piece:
        for holder, name in in_order(element):
            setattr(holder, name, read(getattr(holder, name) or ""))

        def put(said: str) -> None:
            rewritten(in_order(element), said)

        def follow(said: str) -> None:
            other = etree.Element(element.tag if element.tag in ("p", "li") else "p")
            other.text = said
            element.addnext(other)

        row = next((one for one in element.iterancestors("tr")), None)
        return Piece(element.text_content(), put, lambda: remove(element), follow,
                     lambda: element.set("style", "display:none"), row)  # fmt: skip

    for element in root.find("body").iter(*BLOCKS):
        if (
            not list(element.iterdescendants("svg", "p", "figure", "table", "section"))
            and element.text_content().strip()
        ):
            pieces.append(piece(element))
    charts = root.xpath('//figure[@class="chart"]')
    drawings = root.xpath("//svg")

    def value() -> None:
        script = charts[0].find(".//script")
        script.text = re.sub(r'"value": [\d.]+', '"value": 9.5', script.text, count=1)

    def bar() -> None:
        shape = next(one for one in drawings[0].iter("path", "rect") if re.search(r"\d{3}", one.get("d") or ""))
        shape.set("d", re.sub(r"(\d)(\d\d)", r"1\g<2>", shape.get("d"), count=1) + "h9")

    def word() -> None:
        said = next(one for one in drawings[0].iter("text") if (one.text or "").strip())
        said.text = "Elsewhere"

    def axis() -> None:
        script = charts[1].find(".//script")
        script.text = re.sub(r'"domain": \[[\d.]+, ([\d.]+)\]', r'"domain": [0.9, \1]', script.text, count=1)

    def script() -> None:
        other = etree.SubElement(root.find("body"), "script")
        other.text = "document.querySelector('data').textContent = '9'"

    def style() -> None:
        root.xpath("//style")[0].text += ".caution{display:none}"

    def described() -> None:
        drawings[0].set("aria-label", "Steady growth")

    edit = {"chart dropped": lambda: remove(charts[0]), "chart value": value, "chart repainted": bar,
            "chart words": word, "axis cut off": axis, "script added": script, "caveats hidden by a style": style,
            "chart described otherwise": described,
            "charts exchanged": lambda: exchange(drawings[0], drawings[2])}  # fmt: skip
    return File(pieces, lambda: lxml_html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>"), exchange, edit)


def in_order(element: Any) -> list[tuple[Any, str]]:
    """Texts and tails as they are read."""
    made: list[tuple[Any, str]] = [(element, "text")]
    for child in element:
        made += in_order(child)
        made.append((child, "tail"))
    return made


def remove(element: Any) -> None:
    element.getparent().remove(element)


def exchange(one: Any, two: Any) -> None:
    """Puts two elements in each other's place."""
    if isinstance(one, dict):
        one["cells"], two["cells"] = two["cells"], one["cells"]
        return
    place = etree.Element("place")
    one.addprevious(place)
    two.addprevious(one)
    place.addprevious(two)
    place.getparent().remove(place)


OPEN: dict[str, Callable[[bytes], File]] = {"docx": docx, "pptx": pptx, "xlsx": xlsx, "html": html}


class Slot:
    """The text of a run."""

    def __init__(self, run: dict[str, Any]):
        self.__dict__["run"] = run

    def __getattr__(self, name: str) -> str:
        return str(self.run[name])

    def __setattr__(self, name: str, said: str) -> None:
        self.run[name] = said


def pdf(data: dict[str, Any], set_: Callable[[dict[str, Any]], bytes]) -> File:
    """A PDF as an editor leaves it: other text set anew, the same seal inside."""
    data = copy.deepcopy(data)
    pieces: list[Piece] = []

    def plain(holder: Any, key: Any, drop: Callable[[], None], follow: Callable[[str], None], row: Any = None) -> None:
        def put(said: str) -> None:
            holder[key] = said

        pieces.append(Piece(read(holder[key]), put, drop, follow, drop, row))

    def runs(element: Any, inside: list[Any]) -> None:
        for run in element["runs"]:
            run["text"] = read(run["text"])

        def put(said: str) -> None:
            rewritten([(Slot(run), "text") for run in element["runs"]], said)

        def follow(said: str) -> None:
            more = {"kind": "body", "level": 0, "runs": [{"text": said, "note": ""}]}
            inside.insert(inside.index(element) + 1, more)

        text = "".join(run["text"] for run in element["runs"])
        pieces.append(Piece(text, put, lambda: inside.remove(element), follow, lambda: inside.remove(element)))

    def nothing(said: str = "") -> None:
        data["disagreements"].append(said)

    # An official paper says at its end when and by whom it was made, and at its edge which draft it is.
    for name in ("title", "colophon", "mark") if data["official"] else ("title", "head", "state", "mark"):
        plain(data, name, lambda name=name: data.__setitem__(name, ""), nothing)
    if data["official"]:
        data["running"] = list(data["running"])
        plain(data["running"], -1, lambda: data["running"].pop(), nothing)
    for chapter in [*data["chapters"], *data["back"]]:
        plain(chapter, "title", lambda c=chapter: c.__setitem__("title", ""), nothing)
        for element in chapter["elements"]:
            if element["kind"] != "shown":
                runs(element, chapter["elements"])
                continue
            for caption in ("chart_caption", "table_caption"):
                if element[caption]:
                    element[caption] = list(element[caption])
                    plain(element[caption], 1, lambda e=element, c=caption: e[c].__setitem__(1, ""), nothing)
            element["below"] = list(element["below"])
            for at, said in enumerate(element["below"]):
                plain(element["below"], at, lambda b=element["below"], s=said: b.remove(s),
                      lambda said, b=element["below"]: b.append(said))  # fmt: skip
            if table := element["table"]:
                table["columns"] = list(table["columns"])
                rows = [{"cells": list(row)} for row in table["rows"]]
                table["held"] = rows
                for at in range(len(table["columns"])):
                    plain(table["columns"], at, nothing, nothing, table)
                for row in rows:
                    for at in range(len(row["cells"])):
                        plain(
                            row["cells"],
                            at,
                            lambda t=table, r=row: r in t["held"] and t["held"].remove(r),
                            nothing,
                            row,
                        )

    def save() -> bytes:
        for chapter in [*data["chapters"], *data["back"]]:
            for element in chapter["elements"]:
                if element["kind"] == "shown" and element["table"]:
                    element["table"]["rows"] = [row["cells"] for row in element["table"]["held"]]
        return set_(data)

    shown = [
        one for chapter in [*data["chapters"], *data["back"]] for one in chapter["elements"] if one["kind"] == "shown"
    ]

    def swapped() -> None:
        shown[0]["chart"], shown[2]["chart"] = shown[2]["chart"], shown[0]["chart"]

    def bar() -> None:
        more = '<rect x="90" y="20" width="90" height="12" fill="#0B5D66"/></svg>'
        shown[0]["chart"] = shown[0]["chart"].replace("</svg>", more)

    def cut() -> None:
        shown[1]["chart"] = shown[1]["chart"].replace(">1.2<", ">0<").replace(">12<", ">0<")

    edit = {"chart dropped": lambda: shown[0].__setitem__("chart", None), "charts exchanged": swapped,
            "chart repainted": bar, "axis cut off": cut}  # fmt: skip
    return File(pieces, save, exchange, edit)


def pages(content: bytes, order: Sequence[int]) -> bytes:
    """A PDF with its pages in another order, or fewer of them."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    kept = [writer.pages[at].get_object() for at in order]
    for _ in range(len(writer.pages)):
        writer.remove_page(0)
    for page in kept:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
