"""What is said of several places together or among each other, and how many of them have a figure.

A set of which some have none, or whose list lacks some, is named by those that have a figure: 'all' would say too much.
"""

from __future__ import annotations

from collections import Counter

from xinfo.answer.findings import Findings
from xinfo.answer.frame import capital
from xinfo.language.texts import listing, text
from xinfo.understand.catalog import Catalog
from xinfo.understand.reading import Scope
from xinfo.understand.say_places import member_name, members, place_name, scope_phrase

ACROSS = frozenset(
    {"position", "order", "total", "average", "median", "over_group", "count", "scope", "two_scopes", "list"}
)


def of_set(findings: Findings) -> bool:
    """Whether something is said of a set of places."""
    across = findings.template.needs & ACROSS or findings.of_pilots
    return bool(across) and bool(findings.template.measures) and len(findings.expected_places) > 1


def held(findings: Findings) -> set[str]:
    """The places of the set that have a figure."""
    return set(findings.gathered("places") or findings.gathered("place")) & set(findings.expected_places)


def counted(said: str, findings: Findings) -> str:
    """With 'the 29 pilots with a figure here' in the place of 'all pilots'; as it is where all of a whole list have."""
    if named := those(findings):
        phrase = scope_phrase(findings.slots.scope or Scope(), findings.catalog, findings.lang)
        said = said.replace(phrase, named).replace(capital(phrase), capital(named))
        said = said.replace(text("brief.counted.again", findings.lang, n=len(held(findings))), "")
    return said


def those(findings: Findings) -> str:
    """The members of a set that have a figure, in words; empty where all of a whole list have, or none."""
    scope, n, lang = findings.slots.scope, len(held(findings)), findings.lang
    if scope is None or not of_set(findings) or not n:
        return ""
    if n == len(findings.expected_places) and not findings.is_open_list:
        return ""
    phrase = scope_phrase(scope, findings.catalog, lang)
    whole = phrase == text(f"sentence.all_{members(findings.catalog)}", lang)
    many = member_name(scope, findings.catalog, lang, "many") if whole else phrase.removeprefix("the ")
    return text("brief.counted.those", lang, n=n, those=many)


def listed(said: str, catalog: Catalog, lang: str, n: int = 0) -> str:
    """A question of 'all pilots' with those it can be about: the `n` with a figure, or those that are listed."""
    which = members(catalog)
    phrase, many = text(f"sentence.all_{which}", lang), member_name(Scope(), catalog, lang, "many")
    key = "those" if n > 1 else "listed"
    named = text(f"brief.counted.{key}", lang, n=n, those=many)
    return said.replace(phrase, named).replace(capital(phrase), capital(named))


def unconfirmed(catalog: Catalog) -> tuple[str, ...]:
    """The pilots that are perhaps none."""
    return tuple(one for one in catalog.pilots() if catalog.places[one].confidence == "low")


def about_list(catalog: Catalog, lang: str) -> str:
    """Of which batch the pilots of a list are that lacks some, and which are perhaps none, each by its name."""
    pilots = [catalog.places[one] for one in catalog.pilots()]
    batches = Counter(one.batch for one in pilots)
    first, second = batches.pop("1", 0), batches.pop("2", 0)
    weak = [place_name(one, catalog, lang) for one in unconfirmed(catalog)]
    known = {"first": first, "second": second, "unknown": sum(batches.values()), "all": len(pilots)}
    said = text("brief.pilots.list", lang, **known)
    doubted = text("brief.pilots.doubted", lang, n=len(weak), names=listing(weak, lang)) if weak else ""
    return said + doubted + text("brief.pilots.meant", lang, all=len(pilots))


def list_in_short(catalog: Catalog, lang: str, where: str) -> str:
    """How many pilots a list that lacks some has and `where` it stands, and how many of them are perhaps none."""
    weak = len(unconfirmed(catalog))
    key = f"brief.pilots.{'some' if weak else 'short'}"
    return text(key, lang, all=len(catalog.pilots()), n=weak, where=where)


def alone(findings: Findings) -> str:
    """Why there is neither sum, mean nor rank where one of the set alone has a figure; empty where more have."""
    if not of_set(findings) or len(held(findings)) != 1:
        return ""
    return text("brief.alone", findings.lang, all=len(findings.expected_places))
