"""Templates and measures: question types as data, read from YAML. Holds no SQL logic and reads no question.

A template says what must be heard for it (`needs`), what else may be (`takes`), how it is said back, and its SQL over
the figures of a measure. A template that exists is well formed; whether its SQL may run is `query.library`'s to check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xinfo.errors import InputError, did_you_mean

LANGUAGES = ("en", "zh")
SIGNS = frozenset(
    (
        "place places scope two_scopes metric part parts period periods span grain over_place "
        "over_part over_group order n threshold than measure count list how_many average total compare "
        "difference trend pace position required implied near where_is definition fact project projects field "
        "by_project ask_place ask_period"
    ).split()
)
"""Everything that can be heard in a question and that a template may need or take."""


@dataclass(frozen=True)
class Example:
    """A question in each language that must be read as this template with these slots."""

    en: str
    zh: str
    slots: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    template_id: str
    version: int
    title: Mapping[str, str]
    needs: frozenset[str]
    takes: frozenset[str]
    measures: tuple[str, ...]
    """Measures it can be asked for; empty where the SQL stands alone."""
    sentence: Mapping[str, str]
    headline: Mapping[str, str | Mapping[str, str]]
    """By language; a mapping holds a wording for each circumstance or measure: see `answer.headline`."""
    sql: str
    chart: str
    examples: tuple[Example, ...] = ()
    path: str = ""
    may_be_empty: bool = False
    """Whether no rows are an answer: a list of none, a count of none."""
    complete: bool = False
    """Whether every place, period and part that was named must have its figure: a comparison of what is not there."""
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its own cue words by language: they call for this template and no other."""

    @property
    def is_own(self) -> bool:
        """Whether it is called by cue words of its own."""
        return any(self.phrases.values())


@dataclass(frozen=True)
class Measure:
    """What of a figure is asked for: itself, its growth, …; `sql` makes the rows of `cell`."""

    measure_id: str
    unit: str
    """`metric` for the metric's own unit, or ratio."""
    formula: str
    sql: str


def load_templates(folder: Path) -> tuple[tuple[Template, ...], tuple[str, ...]]:
    """Templates under `folder`, and a complaint with file and line for each file that is none."""
    templates: dict[str, Template] = {}
    complaints: list[str] = []
    for path in sorted(folder.glob("*/*.yaml")):
        if path.parent.name in ("measures", "vocabulary"):
            continue
        try:
            template = read_template(path)
        except InputError as error:
            complaints.append(str(error))
            continue
        if template.template_id in templates:
            complaints.append(
                f"{path}: the id '{template.template_id}' is taken by {templates[template.template_id].path}"
            )
            continue
        templates[template.template_id] = template
    return tuple(templates.values()), tuple(complaints)


def load_measures(folder: Path) -> dict[str, Measure]:
    """The measures of `folder`/measures by id."""
    found = {}
    for path in sorted((folder / "measures").glob("*.yaml")):
        entry = read_yaml(path)
        found[entry["id"]] = Measure(entry["id"], entry["unit"], entry["formula"], entry["sql"])
    return found


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; InputError with file and line where it is none."""
    try:
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise InputError(f"{where}: no YAML: {getattr(error, 'problem', None) or error}") from error


def read_template(path: Path) -> Template:
    """The template of one file; InputError says which field is missing or wrong."""
    entry = read_yaml(path)
    if not isinstance(entry, dict):
        raise InputError(f"{path}: expected fields such as id, title, needs, sql")
    for name in ("id", "title", "sentence", "headline", "sql"):
        if name not in entry:
            raise InputError(f"{path}: the field '{name}' is missing")
    for name in entry:
        if name not in FIELDS:
            raise InputError(f"{path}: there is no field '{name}'{did_you_mean(name, FIELDS)}")
    for name in ("title", "sentence", "headline"):
        if missing := [lang for lang in LANGUAGES if not (entry[name] or {}).get(lang)]:
            raise InputError(f"{path}: '{name}' lacks the language {missing[0]}")
    return Template(
        template_id=str(entry["id"]),
        version=int(entry.get("version", 1)),
        title=entry["title"],
        needs=_signs(path, entry.get("needs")),
        takes=_signs(path, entry.get("takes")),
        measures=tuple(entry.get("measures") or ()),
        sentence=entry["sentence"],
        headline=entry["headline"],
        sql=entry["sql"],
        chart=str(entry.get("chart", "none")),
        examples=tuple(Example(e["en"], e["zh"], e.get("slots") or {}) for e in entry.get("examples") or ()),
        path=str(path),
        may_be_empty=bool(entry.get("may_be_empty", False)),
        complete=bool(entry.get("complete", False)),
        phrases={lang: tuple(words) for lang, words in (entry.get("phrases") or {}).items()},
    )


FIELDS = frozenset(
    "id version title needs takes measures sentence headline sql chart examples phrases may_be_empty complete".split()
)


def _signs(path: Path, words: list[str] | None) -> frozenset[str]:
    for word in words or ():
        if word not in SIGNS:
            raise InputError(f"{path}: nothing called '{word}' can be heard{did_you_mean(word, SIGNS)}")
    return frozenset(words or ())
