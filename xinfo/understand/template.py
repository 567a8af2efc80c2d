"""Templates and measures: question types as data, read from YAML files. Holds no SQL logic and reads no question.

A template that exists is well formed; whether its SQL may run is `query.statements`'s to check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xinfo.errors import InputError
from xinfo.understand.template_fields import FIELDS, NO_TEMPLATES, made_of
from xinfo.understand.template_parts import LANGUAGES, SIGNS, Example, Measure, Template

__all__ = [
    "FIELDS",
    "LANGUAGES",
    "SIGNS",
    "Example",
    "Measure",
    "Template",
    "load_measures",
    "load_templates",
    "made_of",
    "parse_yaml",
    "read_template",
    "read_yaml",
]


def load_templates(folder: Path, own: Path | None = None) -> tuple[tuple[Template, ...], tuple[str, ...]]:
    """Templates in the folders of `folder` and in `own`, and a complaint with file and line for a file that is none."""
    complaints: list[str] = []
    entries: list[tuple[Path, Any]] = []
    shipped = (path for path in sorted(folder.glob("*/*.yaml")) if path.parent.name not in NO_TEMPLATES)
    for path in (*shipped, *(sorted(own.glob("*.yaml")) if own else ())):
        with _complaining(complaints):
            entries += ((path, entry) for entry in entries_of(read_yaml(path)))
    templates: dict[str, Template] = {}
    # Those that stand by themselves first: kept questions are made of them.
    for path, entry in sorted(entries, key=lambda one: isinstance(one[1], dict) and "uses" in one[1]):
        with _complaining(complaints):
            template = made_of(entry, path, templates)
            if template.template_id in templates:
                taken = templates[template.template_id].path
                raise InputError(f"{path}: the id '{template.template_id}' is taken by {taken}")
            templates[template.template_id] = template
    return tuple(templates.values()), tuple(complaints)


def entries_of(content: Any) -> list[Any]:
    """The templates that a file holds: one, or the variants of an operation, each with what they share."""
    if not isinstance(content, dict) or not isinstance(content.get("variants"), dict):
        return [content]
    shared = {name: value for name, value in content.items() if name != "variants"}
    return [{**shared, "id": name, **own} for name, own in content["variants"].items()]


@contextmanager
def _complaining(complaints: list[str]) -> Iterator[None]:
    """One file that is wrong is told, and the others go on."""
    try:
        yield
    except InputError as error:
        complaints.append(str(error))


def load_measures(folder: Path) -> dict[str, Measure]:
    """The measures of `folder`/measures by id; one may have its rows from another: `rows_of: ends`."""
    entries = {entry["id"]: entry for entry in map(read_yaml, sorted((folder / "measures").glob("*.yaml")))}
    return {
        name: Measure(name, entry["unit"], entry["formula"], entries[entry.get("rows_of", name)]["sql"])
        for name, entry in entries.items()
    }


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; InputError with file and line where it is none."""
    try:
        state = path.stat()
        return _read(path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


@lru_cache(maxsize=8192)
def _read(path: Path, changed: int, size: int) -> Any:
    """A file is read once for each of its states: what is made of it must not change it."""
    return parse_yaml(path.read_bytes(), str(path))


def parse_yaml(content: bytes, name: str) -> Any:
    """What a YAML text holds; InputError with its name and line where it is none."""
    try:
        return YAML(typ="safe").load(content.decode("utf-8-sig"))
    except (YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        # What is missing at the end is missing on the last line that there is.
        where = f"{name}:{min(mark.line + 1, len(content.splitlines()))}" if mark else name
        raise InputError(f"{where}: no YAML: {getattr(error, 'problem', None) or error}") from error


def read_template(path: Path, known: Mapping[str, Template] | None = None) -> Template:
    """The template of one file; `known` are those that a kept question may use. InputError says what is wrong."""
    return made_of(read_yaml(path), path, known or {})
