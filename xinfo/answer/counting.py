"""Numbers of things with their noun: '13 ongoing projects', '1 western pilot in Qinghai that is a county'."""

from __future__ import annotations

from xinfo.language.texts import listing, text
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Scope
from xinfo.understand.say_places import groups_of, left_out, member_name, province_name, scope_phrase


def counted(noun: str, n: int, phrase: str, lang: str, none: str = "none") -> str:
    """'13 ongoing projects', '1 ongoing project', 'no known ongoing projects'; `phrase` is the plural."""
    number_word = {0: none, 1: "one"}.get(n, "many")
    one = phrase.replace(noun, noun[:-1]) if lang == "en" else phrase
    return text(f"answer.{noun}.{number_word}", lang, n=f"{n:,}", one=one, many=phrase)


def counted_pilots(n: int, scope: Scope, catalog: Catalog, lang: str) -> str:
    """'12 western pilots in Qinghai that are counties'; in Chinese the set's own phrase says it."""
    if lang != "en":
        return scope_phrase(scope, catalog, lang)
    if catalog.own:
        return _counted_places(n, scope, catalog, lang)
    batch = text(f"sentence.batch_{scope.batch}", lang) if scope.batch else ""
    region = listing([text(f"region.{one}", lang) for one in groups_of(scope, "region", catalog)], lang)
    phrase = " ".join(filter(None, (batch, region, "pilots")))
    said = counted("pilots", n, phrase, lang, "none_known" if catalog.is_incomplete_list else "none")
    if scope.province:
        said += f" in {scope.province}"
    if scope.admin_type:
        said += text(f"answer.kind.{'one' if n == 1 else 'many'}.{scope.admin_type}", lang)
    if scope.capital:
        said += text(f"answer.kind.{'one' if n == 1 else 'many'}.capital", lang)
    if scope.without:
        said = text("sentence.without", lang, places=said, without=left_out(scope, catalog, lang))
    return said


def _counted_places(n: int, scope: Scope, catalog: Catalog, lang: str) -> str:
    """'3 cantons', '1 municipality in Ast except Oldport'."""
    names = {number: member_name(scope, catalog, lang, number) for number in ("one", "many")}
    number = {0: "none", 1: "one"}.get(n, "many")
    said = text(f"answer.pilots.{number}", lang, n=f"{n:,}", **names)
    said += f" in {province_name(scope.province, catalog, lang)}" if scope.province else ""
    if scope.without:
        said = text("sentence.without", lang, places=said, without=left_out(scope, catalog, lang))
    return said
