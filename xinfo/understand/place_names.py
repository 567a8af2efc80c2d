"""The names of places as questions write them: with and without suffixes, as ids, in pinyin; those that several share.

Adds them to a lexicon; knows no other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from xinfo.understand.catalog import REGION_SUFFIX, Catalog, Place
from xinfo.understand.lexicon import Lexicon
from xinfo.understand.pinyin import syllables
from xinfo.understand.text import key

SHORTEST = 4
"""Letters of a name that is also known with an s behind it, the apostrophe forgotten."""
AUTONOMOUS = ("自治州", "自治县")
SUFFIXES = (*AUTONOMOUS, "新区", "地区", "市", "区", "县", "盟")
NATION = ("全国", "中国", "我国", "china", "the nation", "the whole country", "nationwide", "nation", "national level")
ENGLISH_SUFFIXES = tuple(
    f" {kind}"
    for kind in ("autonomous prefecture", "new area", "new district", "district", "county", "prefecture", "city")
)
BRACKETED = re.compile(r" \([^)]*\)$")
"""What tells a place from others of its name: 'Fuzhou (Fujian)' is called Fuzhou."""
PEOPLES = re.compile(
    "(?:(?:朝鲜|蒙古|哈萨克|柯尔克孜|土家|布依|哈尼|傈僳|景颇|独龙|拉祜|仡佬|毛南|达斡尔|鄂温克|鄂伦春|塔吉克|锡伯|保安|东乡|撒拉"
    "|裕固|布朗|普米|纳西|仫佬|藏|回|白|彝|傣|苗|侗|壮|羌|怒|佤|瑶|黎|畲|水|满|土)族?)+自治[州县]$"
)
"""What stands between the name of an autonomous place and its suffix: 大理白族自治州 is called 大理州."""
# Suffixes people write after a place's English name, by the kind of place.
KINDS_OF_CITY = {
    "municipality": ("city", "municipality"),
    "prefecture-level city": ("city", "prefecture level city"),
    "county-level city": ("city", "county level city"),
    "county": ("county",),
    "district": ("district",),
    "province": ("province",),
    "autonomous prefecture": ("prefecture", "autonomous prefecture"),
}


def add_places(lexicon: Lexicon, catalog: Catalog) -> None:
    """Every name of every place and province; a name shared by several places has as many senses."""
    provinces = {(p.province_en, p.province_zh) for p in catalog.places.values() if p.province_en}
    provinces |= {(d.name_en, d.name_zh) for d in catalog.divisions if d.level == "province"}
    shorts = {REGION_SUFFIX.sub("", chinese) for _, chinese in provinces}
    elsewhere = _names_elsewhere(catalog)
    in_english = {_short_english(place) for place in catalog.places.values()}
    for place in catalog.places.values():
        # 长洲 may be read as the name of another place, whose it is: Zhangzhou.
        read_out = (name for name in _in_pinyin(place) if name == _short_english(place) or name not in in_english)
        for name in chain(place_names(place), read_out):
            # 'Hainan' is the province; the prefecture of that name is never called so alone.
            if place.admin_type == "autonomous prefecture" and name in shorts:
                continue
            # 'Changsha' is the city, also where the store knows Changsha County alone; a full name stays its own.
            if name not in elsewhere or name in (place.name_en.lower(), place.name_zh):
                lexicon.add(name, ("place", place.place_id))
                if name.isascii() and place.place_id in catalog.namesakes:
                    lexicon.add(name, ("namesake", place.place_id))
                if name.isascii() and name.isalpha() and len(name) >= SHORTEST:
                    lexicon.add(f"{name}s", ("place", place.place_id))  # 'wuhans gdp'
    for name in catalog.shared_names:
        if name.isascii() and " " not in name:
            for sense in lexicon.senses.get(key(name), ()):
                if sense.kind == "place":
                    lexicon.add_sense(f"{name}s", sense)  # 'both Taizhous'
    for place_id in catalog.doubled:
        place = catalog.places[place_id]
        for name in (place.name_en, REGION_SUFFIX.sub("", place.name_zh)):
            lexicon.add(name, ("place", place_id))
            lexicon.add(name, ("doubled", place_id))
    if catalog.own:
        _add_cut_short(lexicon, catalog)
    _add_outer(lexicon, catalog)
    for english, chinese in sorted(provinces):
        short = REGION_SUFFIX.sub("", chinese)
        adjective = f"{english}n" if english.endswith("a") else f"{english}an"  # 'The Tibetan pilots.'
        for name in (english, adjective, f"{english} province", f"province of {english}", chinese, short, f"{short}省"):
            lexicon.add(name, ("province", english))


def _add_cut_short(lexicon: Lexicon, catalog: Catalog) -> None:
    """A name that one place has without its suffix (大阪市) is that of any other of one letter more, too: 大阪府."""
    bare = {_bare(place)[1] for place in catalog.places.values()}
    for place in catalog.places.values():
        if not place.name_zh.isascii() and len(cut := place.name_zh[:-1]) > 1 and cut in bare:
            lexicon.add(cut, ("place", place.place_id))


def _names_elsewhere(catalog: Catalog) -> frozenset[str]:
    """Names of cities without figures, written short: smaller places may bear them with their suffix only."""
    cities = catalog.cities_elsewhere
    return frozenset(name for d in cities for name in (d.name_en.lower(), d.name_zh.removesuffix("市")))


def _add_outer(lexicon: Lexicon, catalog: Catalog) -> None:
    """Cities that only say where a place lies: 'Hangzhou' in 杭州西湖区, where the store knows just the district."""
    known = {place.adcode for place in catalog.places.values()}
    outer = {code[:4] + "00" for code in known} - known
    for division in catalog.divisions:
        if division.adcode in outer:
            for name in (division.name_en, division.name_zh, division.name_zh.removesuffix("市")):
                lexicon.add(name, ("outer", division.adcode))


def place_names(place: Place) -> Iterator[str]:
    """Every way a place is written: with and without 市/区/县, City/District/County, as an id; not in pinyin."""
    english, short = BRACKETED.sub("", place.name_en.lower()), _short_english(place)
    yield from (place.name_en.lower(), english, short, place.place_id.replace("-", " "), english.replace("'", " "))
    for kind in KINDS_OF_CITY.get(place.admin_type, ()):
        yield from (f"{short} {kind}", f"{kind} of {short}")
    yield place.name_zh
    if place.admin_type == "province":
        yield REGION_SUFFIX.sub("", place.name_zh)
        return
    suffix, bare = _bare(place)
    if len(bare) > 1:
        yield bare
    if suffix in AUTONOMOUS:
        yield f"{bare}{suffix[-1]}"
    yield f"{short}{suffix}"
    if place.admin_type == "district" and suffix == "新区":
        yield from ("新区", "new area", f"{bare}区", f"{short} new district")
    if place.admin_type == "country":
        yield from NATION


def _short_english(place: Place) -> str:
    """An English name without what kind of place it is and what tells it from its namesakes."""
    english = BRACKETED.sub("", place.name_en.lower())
    return next((english.removesuffix(s) for s in ENGLISH_SUFFIXES if english.endswith(s)), english)


def _bare(place: Place) -> tuple[str, str]:
    """The suffix of a Chinese name, and the name without it and the peoples before it."""
    suffix = next((s for s in SUFFIXES if place.name_zh.endswith(s)), "")
    bare = PEOPLES.sub("", place.name_zh) if suffix in AUTONOMOUS else place.name_zh.removesuffix(suffix)
    return suffix, bare


def _in_pinyin(place: Place) -> Iterator[str]:
    """A name in letters; not that of a province: 陕西 would be read as 山西."""
    if place.admin_type != "province":
        heard = syllables(_bare(place)[1])
        yield from (" ".join(heard), "".join(heard))
