"""What assistants can read beside asking: the kinds of questions and the definitions of the metrics."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, unquote

from xinfo.errors import InputError
from xinfo.language.texts import languages
from xinfo.service.address import parts_of
from xinfo.service.form import Json
from xinfo.service.service import Caller, Service

SCHEME, JSON = "xinfo", "application/json"
LISTED = (
    ("templates", "Kinds of questions", "Every kind of question that is understood, with an example."),
    ("definitions", "Definitions", "What each metric means, and by which methods its figures were counted."),
)
ONE = (
    ("templates/{template}", "A kind of question", "More examples, what it takes, the SQL that it comes down to."),
    ("definitions/{metric}", "A definition", "What one metric means, by its id."),
)


def resources() -> list[Json]:
    """As the protocol lists them; `?lang=zh` behind an address gives it in Chinese."""
    return [{"uri": f"{SCHEME}://{path}", **_about(path, title, words)} for path, title, words in LISTED]


def resource_templates() -> list[Json]:
    """Those with a place to fill in."""
    return [{"uriTemplate": f"{SCHEME}://{path}{{?lang}}", **_about(path, title, words)} for path, title, words in ONE]


def read(uri: str, service: Service, caller: Caller) -> Json:
    """What stands at an address. Raises InputError where there is nothing, and what the service raises."""
    parts = parts_of(uri[:500])
    lang = parse_qs(parts.query).get("lang", ["en"])[0]
    if parts.scheme != SCHEME or lang not in languages():
        raise InputError(f"there is no resource {uri[:100]}", "one of those that are listed")
    name = unquote(parts.path.strip("/"))
    every: dict[str, Callable[[], Json]] = {
        "templates": lambda: service.template(caller, name, lang) if name else service.templates(caller, lang),
        "definitions": lambda: service.definition(caller, name, lang) if name else service.definitions(caller, lang),
    }
    if parts.netloc not in every:
        raise InputError(f"there is no resource {uri[:100]}", "one of those that are listed")
    return every[parts.netloc]()


def _about(path: str, title: str, words: str) -> Json:
    return {"name": path, "title": title, "description": words, "mimeType": JSON}
