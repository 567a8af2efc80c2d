"""Files changed by chance, each as its kind is built: parts of a package, elements of XML, cells of a table, bytes."""

from __future__ import annotations

import contextlib
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

from lxml import etree

Change = Callable[[bytes, random.Random], bytes]
HUGE = 2_000_000
"""Bytes that a changed part has at the most."""
WORDS = """
0 -1 1e308 1e999 -0 nan inf 1E+11 ９９９ ٣٤ ² ① 十二 一万亿亿 1.131,6 1,13,16 −5 0x1F 2016-02-30 2016年13月 9999Q9
0000 A1:XFD1048576 2016Q1-Q9 1900-01-00 #REF! =1+1 @SUM(A1) TRUE FALSE A1048576 XFD1048577 A0 99999999999999999999 1.2.3
12亿元万 元/人 %‰ （） "" ' 西宁市 Xining Suzhou gdp GDP 地区生产总值 亿元 万户 ratio 快报 合计 其中： 2014年 一季度
None null \\N &amp; <b> ]]>
"""
SIGNS = ["", " ", "\u3000", "\u200b", "\ufeff", "\x00", "\x1f", "\u202e12", "\ud7ff", "𠮷", "\n", "\t"]
TEXTS = [*WORDS.split(), *SIGNS, "a" * 5_000, "9" * 400]
NUMBERS = [str(number).encode() for number in (0, -1, 1, 255, 2**16, 2**31, 2**32, 2**64 - 1, "1e400", "9" * 60)]
ENCODINGS = ["utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5", "latin-1", "utf-32"]


def some_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes turned, left out, doubled, put in or cut off."""
    held = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8, 40])):
        at = chance.randrange(len(held)) if held else 0
        end = at + chance.choice([1, 2, 16, 300])
        match chance.randrange(6):
            case 0:
                held[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del held[at:end]
            case 2:
                held[at:at] = held[at:end] * chance.choice([1, 1, 50])
            case 3:
                held[at:at] = chance.choice([b"\0", b"\xff\xfe", b"\r", b"\n", b'"', chance.randbytes(9)])
            case 4:
                del held[at if chance.random() < 0.2 else len(held) :]
            case 5:
                held[at:end] = chance.choice(NUMBERS)
    return bytes(held)


def some_text(content: bytes, chance: random.Random) -> bytes:
    """Numbers and words of a text exchanged for others, and pieces of it repeated."""
    text = content.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice([1, 2, 6])):
        found = list(re.finditer(r"[\w.]+|\W", text[:200_000]))
        if not found:
            break
        one = chance.choice(found)
        new = chance.choice([*TEXTS, one[0] * chance.choice([2, 100, 9_000])])
        text = text[: one.start()] + new + text[one.end() :]
    return text.encode("utf-8", "surrogatepass" if chance.random() < 0.2 else "replace")[:HUGE]


def table(content: bytes, chance: random.Random) -> bytes:
    """A text of rows with other cells, rows and columns, in another encoding or with other signs between."""
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            rows = [line.split(",") for line in content.decode(encoding).splitlines()]
            break
        except UnicodeError:
            continue
    else:
        return some_bytes(content, chance)
    for _ in range(chance.choice([1, 1, 3, 9])):
        if not rows:
            break
        at, row = chance.randrange(len(rows)), chance.choice(rows)
        column = chance.randrange(len(row)) if row else 0
        match chance.randrange(9):
            case 0 | 1 | 2:
                row[column : column + 1] = [chance.choice(TEXTS)]
            case 3:
                rows[at:at] = [list(row) for _ in range(chance.choice([1, 3, 2_000]))]
            case 4:
                del rows[at]
            case 5:
                row += row * chance.choice([1, 5, 700])
            case 6:
                for each in rows:
                    each[column:column] = [chance.choice(TEXTS) if chance.random() < 0.3 else ""]
            case 7:
                row[column : column + 1] = [row[column] + chance.choice(TEXTS)] if row else []
            case 8:
                rows[at:at] = [[chance.choice(TEXTS)] + [""] * chance.randrange(9)]
    sign = chance.choice([",", ",", ",", ";", "\t", "|", ", "])
    text = chance.choice(["\n", "\n", "\r\n", "\r"]).join(sign.join(row) for row in rows)
    encoding = chance.choice(["utf-8"] * 5 + ENCODINGS)
    return text.encode(encoding, "replace")[:HUGE]


def xml(content: bytes, chance: random.Random) -> bytes:
    """Elements left out, doubled, moved or nested, attributes and texts exchanged."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return some_bytes(content, chance)
    every = [one for one in root.iter() if isinstance(one.tag, str)]
    for _ in range(chance.choice([1, 1, 2, 6, 25])):
        _element(chance.choice(every), chance.choice(every), chance)
    made = bytes(etree.tostring(root))
    return made if len(made) < HUGE else content


def _element(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    parent = one.getparent()
    match chance.randrange(9):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            for _ in range(chance.choice([1, 1, 4, 300])):
                parent.insert(0, _copy(one))
        case 2:
            for name in chance.sample(list(one.attrib), min(len(one.attrib), 2)):
                one.set(name, _legal(chance.choice(TEXTS)))
        case 3:
            one.attrib.pop(chance.choice([*one.attrib, ""]), None)
        case 4:
            one.text = _legal(chance.choice(TEXTS))
        case 5:
            inner = one
            for _ in range(chance.choice([3, 40, 400])):
                inner = etree.SubElement(inner, one.tag, dict(one.attrib))
        case 6:
            one.append(_copy(other))
        case 7:
            one.tag = other.tag
        case 8:
            for name in list(other.attrib)[:2]:
                one.set(name, other.get(name))


def _copy(one: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(one, with_tail=False), etree.XMLParser(huge_tree=True))


def _legal(text: str) -> str:
    """A text as far as XML may hold it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def package(content: bytes, chance: random.Random) -> bytes:
    """A zip of which parts are changed, left out, renamed, exchanged or given twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    twice: list[str] = []
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        name = chance.choice(_weighed(parts))
        match chance.randrange(12):
            case 0:
                parts.pop(name)
            case 1:
                parts[chance.choice([name + "x", name.upper(), "../" + name, "/" + name, "a" * 300])] = parts.pop(name)
            case 2:
                parts[name] = parts[chance.choice(list(parts))]
            case 3:
                twice.append(name)
            case 4:
                parts[name] = some_bytes(parts[name], chance)
            case 5:
                parts[name] = some_text(parts[name], chance)
            case _:
                parts[name] = xml(parts[name], chance)
        if not parts:
            break
    return _torn(zipped(parts, twice), chance)


def _weighed(parts: dict[str, bytes]) -> list[str]:
    """The names of parts, those of content more often."""
    told = re.compile(r"sheet\d|workbook|styles|shared|document\.|slide\d|rels|custom|master|chart")
    return [name for name in parts for _ in range(4 if told.search(name) else 1)]


def zipped(parts: dict[str, bytes], twice: list[str] | None = None) -> bytes:
    """Parts as a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in (*parts, *(name for name in twice or () if name in parts)):
            warnings.simplefilter("ignore")  # of names that come twice
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _torn(content: bytes, chance: random.Random) -> bytes:
    """Seldom the bytes of the package itself are changed, most of all those of its list at the end."""
    if chance.random() > 0.12:
        return content
    at = chance.choice([0, max(0, len(content) - 600)])
    return content[:at] + some_bytes(content[at:], chance)


def page(content: bytes, chance: random.Random) -> bytes:
    """A web page with tags and texts changed."""
    return chance.choice([some_text, some_text, some_bytes, _tags])(content, chance)


def _tags(content: bytes, chance: random.Random) -> bytes:
    pieces = re.split(rb"(<[^>]*>)", content)
    for _ in range(chance.choice([1, 4, 20])):
        at = chance.randrange(len(pieces))
        pieces[at : at + chance.randrange(3)] = chance.choices(pieces, k=chance.choice([0, 1, 2]))
    if chance.random() < 0.1:
        at = chance.randrange(len(pieces))
        pieces[at:at] = [b"<div>"] * chance.choice([500, 20_000])
    return b"".join(pieces)[: len(content) + HUGE]


def changed(content: bytes, kind: str, chance: random.Random) -> bytes:
    """A file of a kind, changed as that kind is built, or seldom as bytes alone."""
    if chance.random() < 0.07:
        return some_bytes(content, chance)
    ways: dict[str, Change] = {"csv": table, "html": page, "pdf": _pdf, "parquet": some_bytes}
    with contextlib.suppress(ValueError, TypeError, LookupError, zipfile.BadZipFile):  # it cannot be changed like that
        return ways.get(kind, package)(content, chance)
    return some_bytes(content, chance)


def _pdf(content: bytes, chance: random.Random) -> bytes:
    """A PDF with numbers, names and bytes changed; what follows stays where it is as often as not."""
    held = bytearray(content)
    for _ in range(chance.choice([1, 3, 12])):
        found = list(re.finditer(rb"\b\d+\b|/[A-Z]\w+|<<|>>|\bR\b", bytes(held)))
        one = chance.choice(found)
        new = chance.choice([*NUMBERS, *(other[0] for other in chance.choices(found, k=3))])
        kept = len(one[0])
        held[one.start() : one.end()] = new[:kept].ljust(kept) if chance.random() < 0.5 else new
    return bytes(held) if chance.random() < 0.8 else some_bytes(bytes(held), chance)
