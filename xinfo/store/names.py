"""Which place a written name means: by id, English or Chinese name, with or without the word for its kind.

Only whole names count here and none is corrected: what a question may mean by a name is read elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection
from opencc import OpenCC

from xinfo.errors import InputError, nearest
from xinfo.store.opening import opened

_KINDS_EN = ("new area", "city", "district", "county", "province", "prefecture", "municipality")
_KINDS_ZH = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "新区",
    "市",
    "区",
    "县",
    "省",
)
_BY_TYPE = {"district": ("district", "区"), "county": ("county", "县"), "province": ("province", "省")}


class PlaceNames:
    """The names of a list of places. `places` gives place_id, name_en, name_zh and admin_type of each."""

    def __init__(self, places: Iterable[Mapping[str, str]]):
        self._ids: dict[str, set[str]] = {}
        self._full: dict[str, set[str]] = {}
        self._short: dict[str, set[str]] = {}
        self._shown: list[str] = []
        for place in places:
            place_id = place["place_id"]
            self._ids.setdefault(spelling(place_id), set()).add(place_id)
            for name in (place["name_en"], place["name_zh"]):
                self._full.setdefault(spelling(name), set()).add(place_id)
                for variant in _variants(name, place["admin_type"]):
                    self._short.setdefault(spelling(variant), set()).add(place_id)
            self._shown += [place_id, place["name_en"], place["name_zh"]]

    def find(self, name: str) -> str:
        """The place_id that `name` means. Raises InputError where it means none, or more than one (naming them)."""
        written = spelling(name)
        for known in (self._ids, self._full, self._short):
            if found := known.get(written):
                if len(found) == 1:
                    return next(iter(found))
                raise InputError(f"'{name}' means more than one place: {' and '.join(sorted(found))}; use the id")
        close = nearest(name, dict.fromkeys(self._shown), 2)
        raise InputError(f"'{name}' is no place of the list", "an id or a name", close)


def read_names(connection: DuckDBPyConnection, table: str = "place") -> PlaceNames:
    """The names of a store's list of places."""
    keys = ("place_id", "name_en", "name_zh", "admin_type")
    places = connection.execute(f"SELECT {', '.join(keys)} FROM {table} ORDER BY 1").fetchall()
    return PlaceNames(dict(zip(keys, row, strict=True)) for row in places)


def names_of(version: Path) -> PlaceNames:
    """The names of the places of a version. Raises StoreError."""
    with opened(it=version) as connection:
        return read_names(connection, "it.place")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return text if text.isascii() else _converter().convert(text)


def spelling(name: str) -> str:
    """One spelling to compare by: half-width, simplified characters, lower case, no blanks, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s'’‘`\-]+", "", simplified(plain))


def _variants(name: str, admin_type: str) -> Iterator[str]:
    """The name without the word for its kind or, where it has none, with the word that its kind calls for."""
    kinds = _KINDS_EN if name.isascii() else _KINDS_ZH
    lower = name.casefold()
    ending = next((kind for kind in kinds if lower.endswith(kind) and len(lower) > len(kind) + 1), None)
    if ending:
        yield name[: -len(ending)]
    elif admin_type != "country":
        word_en, word_zh = _BY_TYPE.get(admin_type, ("city", "市"))
        yield f"{name} {word_en}" if name.isascii() else name + word_zh
