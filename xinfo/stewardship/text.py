"""The text of a template's file: made new from its fields, or changed field by field with comments and order kept.

Many are packed into one archive, to hand them on.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import LiteralScalarString

from xinfo.answer.form import slot
from xinfo.errors import InputError
from xinfo.understand.pinyin import syllables
from xinfo.understand.reading import Slots
from xinfo.understand.template_parts import Frozen

ORDER = (
    *("id", "version", "title", "description", "tags", "author", "phrases", "uses", "parameters", "slots", "free"),
    *("needs", "takes", "measures", "sentence", "headline", "sql", "chart", "tests", "examples", "frozen"),
)
"""In which a new file has its fields, and where a field that is new to an old one goes."""
SAID_EMPTY = ("parameters",)
"""Fields that say something where they are empty: SQL without names of its own."""
ONE_LINE = 90
NAME = re.compile(r"[^a-z0-9]+")


def new_text(fields: Mapping[str, Any]) -> str:
    """A file with these fields; those that are empty are left out."""
    return changed_text("", fields)


def changed_text(text: str, fields: Mapping[str, Any]) -> str:
    """The text with these fields in place of its own; one that is empty goes. InputError where the text is no YAML."""
    try:
        tree = _yaml().load(text) if text.strip() else CommentedMap()
    except (YAMLError, ValueError) as error:
        raise InputError(f"this is no YAML: {getattr(error, 'problem', None) or error}") from error
    if not isinstance(tree, CommentedMap):
        raise InputError("this is no template", "fields such as id and title")
    for name, value in fields.items():
        if value in (None, "", (), [], {}) and name not in SAID_EMPTY:
            tree.pop(name, None)
        elif name not in tree:
            tree.insert(_place(name, tree), name, _written(value))
        elif _plain(tree[name]) != _plain(value):
            tree[name] = _written(value)
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def slots_of(slots: Slots) -> dict[str, Any]:
    """Slots as a file writes them; a measure is left out where it is the figure itself."""
    return {name: slot(value) for name, value in slots.filled().items()}


def frozen_of(frozen: Sequence[Frozen]) -> list[dict[str, Any]]:
    """Frozen results as a file writes them."""
    return [
        {
            "question": one.question,
            "lang": one.lang,
            "store": one.store,
            "by": one.by,
            "on": one.on,
            "rows": [list(row) for row in one.rows],
        }
        for one in frozen
    ]


def id_of(title: str, taken: Sequence[str] | frozenset[str]) -> str:
    """An id for a title, in Latin letters (Chinese in pinyin); a number makes it one that is not taken."""
    words = NAME.sub("_", " ".join(syllables(title)).lower()).strip("_")[:40].strip("_") or "question"
    name = words if words[0].isalpha() else f"q_{words}"
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found


def _place(name: str, tree: CommentedMap) -> int:
    """Before the first field that comes after it."""
    after = ORDER[ORDER.index(name) + 1 :] if name in ORDER else ()
    return next((at for at, key in enumerate(tree) if key in after), len(tree))


def _written(value: Any, depth: int = 0) -> Any:
    """Lists and small mappings in one line, SQL as it stands, lists of mappings one below the other."""
    if isinstance(value, str):
        return LiteralScalarString(value.rstrip("\n") + "\n") if "\n" in value else value
    if isinstance(value, Mapping):
        tree = CommentedMap((str(key), _written(part, depth + 1)) for key, part in value.items())
        # What fits into a line stands in one.
        if depth or (len(str(_plain(value))) <= ONE_LINE and "\n" not in "".join(map(str, value.values()))):
            tree.fa.set_flow_style()
        if any(isinstance(part, (list, tuple)) and part and isinstance(part[0], list) for part in value.values()):
            tree.fa.set_block_style()
        return tree
    if isinstance(value, (list, tuple)):
        items = CommentedSeq(_written(part, depth + 1) for part in value)
        if not any(isinstance(part, Mapping) for part in value):
            items.fa.set_flow_style()
        return items
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = 110, True, True
    return yaml


LARGEST = 10_000_000
"""Bytes of everything that is taken out."""
MOST = 5000
LONGEST = 500_000
"""Bytes of one file."""
MADE = (1980, 1, 1, 0, 0, 0)
"""One and the same time for every file: the same templates make the same archive."""


def packed(texts: Mapping[str, str]) -> bytes:
    """A ZIP archive with `ID.yaml` for each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for template_id, text in sorted(texts.items()):
            archive.writestr(zipfile.ZipInfo(f"{template_id}.yaml", MADE), text.encode("utf-8"))
    return out.getvalue()


def unpacked(content: bytes, name: str) -> dict[str, str]:
    """Texts by the name of their file: of an archive, or the one that it is. Raises InputError where it is neither."""
    if not content.startswith(b"PK"):
        return {name: _text(content, name)}
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [one for one in archive.infolist() if one.filename.endswith((".yaml", ".yml"))]
            if len(inside) > MOST or sum(one.file_size for one in inside) > LARGEST:
                raise InputError(f"{name} holds too much", f"at most {MOST} templates of {LARGEST:,} bytes together")
            for one in inside:
                with archive.open(one) as file:
                    # What an archive says of its sizes need not be so.
                    found[f"{name}/{one.filename}"] = _text(file.read(LONGEST + 1), one.filename)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise InputError(f"{name}: the archive cannot be read: {error}") from error
    if not found:
        raise InputError(f"{name} holds no .yaml files")
    return found


def _text(content: bytes, name: str) -> str:
    if len(content) > LONGEST:
        raise InputError(f"{name} is too long for a template", f"at most {LONGEST:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not in UTF-8: {error.reason}") from error
