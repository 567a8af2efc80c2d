"""Every word that people read, by key and language, from one YAML file a language. Holds no grammar and no numbers.

The texts of a third language are one more file beside en.yaml and zh.yaml; `missing` says which keys it lacks.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent


@cache
def languages() -> tuple[str, ...]:
    """The languages there are: en, zh, …"""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def texts(lang: str) -> dict[str, str]:
    """All texts of a language by dotted key, such as `caveat.demonstration`."""
    tree = YAML(typ="safe").load((FOLDER / f"{lang}.yaml").read_text(encoding="utf-8"))
    return dict(_flat(tree, ""))


def text(key: str, lang: str, **values: object) -> str:
    """The text of `key` with its {placeholders} filled."""
    return texts(lang)[key].format(**values) if values else texts(lang)[key]


def missing(lang: str) -> set[str]:
    """Keys that some other language has and `lang` lacks."""
    return set().union(*(texts(other) for other in languages())) - set(texts(lang))


def listing(items: list[str], lang: str, last: str = "and") -> str:
    """'A, B and C' or 'A、B和C'; `last` is the word before the last one: and, or."""
    if len(items) < 2:
        return "".join(items)
    comma, conjunction = text("list.comma", lang), text(f"list.{last}", lang)
    return comma.join(items[:-1]) + conjunction + items[-1]


def uploaded_by(who: str, lang: str) -> str:
    """What stands before or after 'uploaded', by the language: of whom that is not known, too."""
    return text("mark.by", lang, who=who) if who else text("mark.by_somebody", lang)


def _flat(tree: dict, prefix: str):  # type: ignore[no-untyped-def, type-arg]
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
