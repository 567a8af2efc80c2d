"""`Mapping`: how a table of a file becomes rows of the import format, as people read it, and its YAML.

Written by hand or by `layout`, shown for confirmation, changed by answers. Reads no grid and decides nothing.
"""

from __future__ import annotations

import collections.abc as abc
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from xinfo.errors import InputError, did_you_mean

OPEN = "?"
"""The role of a column that is still to be decided; its rows cannot be loaded."""
LABELS = ("place", "metric", "period", "year", "quarter", "month", "unit", "consumer", "offering", "sector")
CARRIED = ("status", "method", "source", "comparison", "confidence", "note")
ROLES = (*LABELS, *CARRIED, "value", "ignore", OPEN)
SAYS = (
    "metric",
    "place",
    "period",
    "year",
    "span",
    "reach",
    "measure",
    "unit",
    "consumer",
    "offering",
    "sector",
    "status",
)
FIXES = (*SAYS, "method", "source", "comparison", "confidence", "dates")
TABLES = ("observation", "target")
_FIELDS = ("table", "sheet", "header", "last", "columns", "fixed", "words", "units", "cumulative", "confirmed")


@dataclass(frozen=True)
class Column:
    """What a column is: a label with a role, or values with what they are said to be of."""

    header: str
    role: str
    says: abc.Mapping[str, str] = field(default_factory=dict)
    """Of a value column: metric, place, period (or year, or span: a part of a year), unit, parts; `reach` (ytd, month,
    quarter) for 'this month' and 'cumulative', `measure: growth` for the growth of what the row names."""


@dataclass(frozen=True)
class Mapping:
    columns: tuple[Column, ...]
    header: tuple[int, int]
    """First and last row of the header as the sheet counts them, from 1; the body follows."""
    last: int | None = None
    """The body's last row, where something else follows it."""
    table: str = "observation"
    sheet: str | None = None
    """None: every visible sheet of this shape."""
    fixed: abc.Mapping[str, str] = field(default_factory=dict)
    """What holds for every row that says nothing else."""
    words: abc.Mapping[str, str] = field(default_factory=dict)
    """What labels mean that are not understood by themselves: an id, or `ignore` for a row to leave out."""
    units: abc.Mapping[str, str] = field(default_factory=dict)
    """The unit of a metric, where neither column nor row says it."""
    cumulative: bool | None = None
    """Whether quarters or months run from January; None where the periods say it themselves."""
    confirmed: tuple[str, ...] = ()
    """Doubts answered with 'it is right as it stands'."""

    def column(self, header: str) -> Column:
        """The column of that header. Raises InputError."""
        for column in self.columns:
            if column.header == header:
                return column
        raise InputError(f"there is no column '{header}'{did_you_mean(header, [c.header for c in self.columns])}")


@dataclass(frozen=True)
class Question:
    """Something uncertain: `about` what, where it stands, and the answers that are ready."""

    about: str
    """place, metric, period, year, unit, dates, table, column (what it is) or word (what a label means)."""
    column: str | None
    """The column's header; None for the whole table."""
    text: str
    """What stands there; for `unit` the metric's id."""
    choices: tuple[str, ...]
    """Ids, units, roles or `ignore`; `answer` takes others of the kind, too."""


def answer(mapping: Mapping, question: Question, choice: str) -> Mapping:
    """The mapping with one question answered."""
    if question.about == "word":
        return replace(mapping, words={**mapping.words, question.text: choice})
    if question.about == "unit" and question.column is None:
        return replace(mapping, units={**mapping.units, question.text: choice})
    if question.about == "table":
        return replace(mapping, table=choice)
    if question.column is None:
        return replace(mapping, fixed={**mapping.fixed, question.about: choice})
    column = mapping.column(question.column)
    if question.about == "unit":
        changed = replace(column, says={**column.says, "unit": choice})
    else:
        changed = _answered(column, choice)
    return replace(mapping, columns=tuple(changed if c.header == changed.header else c for c in mapping.columns))


def _answered(column: Column, choice: str) -> Column:
    """A column that is now `choice`: a role, 'place xining', or the id of a metric."""
    if choice in ROLES:
        return replace(column, role=choice, says=column.says if choice == "value" else {})
    kind, _, value = choice.rpartition(" ")
    return replace(column, role="value", says={**column.says, kind or "metric": value})


def keys(headers: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One name a column: its header's texts joined, told apart by a number where two are the same."""
    names = [" / ".join(texts) or "-" for texts in headers]
    many, seen = Counter(names), Counter[str]()
    for index, name in enumerate(names):
        if many[name] > 1:
            seen[name] += 1
            names[index] = f"{name} #{seen[name]}"
    return tuple(names)


def to_yaml(mapping: Mapping) -> str:
    """The mapping as YAML for people."""
    tree = CommentedMap(table=mapping.table)
    if mapping.sheet is not None:
        tree["sheet"] = mapping.sheet
    tree["header"] = _flow(list(mapping.header))
    if mapping.last is not None:
        tree["last"] = mapping.last
    tree["columns"] = CommentedMap(
        (c.header, _flow(CommentedMap(_open(c) | dict(c.says))) if c.says else c.role) for c in mapping.columns
    )
    for name in ("fixed", "words", "units"):
        if found := getattr(mapping, name):
            tree[name] = CommentedMap(found)
    if mapping.cumulative is not None:
        tree["cumulative"] = mapping.cumulative
    if mapping.confirmed:
        tree["confirmed"] = list(mapping.confirmed)
    writer, text = YAML(), StringIO()
    writer.allow_unicode, writer.width = True, 200
    writer.dump(tree, text)
    return text.getvalue()


def _open(column: Column) -> dict[str, str]:
    """That a column with something said of it is still open."""
    return {"role": column.role} if column.role != "value" else {}


def _flow(node: Any) -> Any:
    if isinstance(node, list):
        from ruamel.yaml.comments import CommentedSeq

        node = CommentedSeq(node)
    node.fa.set_flow_style()
    return node


def from_yaml(text: str, name: str = "mapping") -> Mapping:
    """The mapping that a YAML text holds. Raises InputError that says what is wrong and what was expected."""
    try:
        tree = YAML(typ="safe").load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(f"{name}{f', line {mark.line + 1}' if mark else ''}: no YAML") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("columns"), dict):
        raise InputError(f"{name}: expected 'header' and 'columns', as in a mapping that xinfo writes")
    _known(name, "field", tree, _FIELDS)
    header = tree.get("header", [1, 1])
    header = [header, header] if isinstance(header, int) else header
    if not (isinstance(header, list) and len(header) == 2 and all(isinstance(row, int) for row in header)):
        raise InputError(f"{name}: header: expected the first and the last row of the header, such as [3, 4]")
    fixed = _texts(name, "fixed", tree)
    _known(name, "fixed", fixed, FIXES)
    table = str(tree.get("table", "observation"))
    _known(name, "table", [table], TABLES)
    return Mapping(
        columns=tuple(_column(name, str(text), said) for text, said in tree["columns"].items()),
        header=(header[0], header[1]),
        last=tree.get("last"),
        table=table,
        sheet=None if tree.get("sheet") is None else str(tree["sheet"]),
        fixed=fixed,
        words=_texts(name, "words", tree),
        units=_texts(name, "units", tree),
        cumulative=tree.get("cumulative"),
        confirmed=tuple(str(one) for one in tree.get("confirmed") or ()),
    )


def _column(name: str, header: str, said: Any) -> Column:
    if isinstance(said, dict):
        says = {str(key): str(value) for key, value in said.items()}
        role = says.pop("role", "value")
        _known(name, f"column '{header}'", says, SAYS)
        _known(name, f"column '{header}'", [role], ("value", OPEN))
        return Column(header, role, says)
    _known(name, f"column '{header}'", [str(said)], ROLES)
    return Column(header, str(said))


def _texts(name: str, part: str, tree: dict[str, Any]) -> dict[str, str]:
    found = tree.get(part) or {}
    if not isinstance(found, dict):
        raise InputError(f"{name}: {part}: expected names with their meaning, such as 'place: xining'")
    return {str(key): str(value) for key, value in found.items()}


def _known(name: str, where: str, words: abc.Iterable[str], known: Sequence[str]) -> None:
    for word in words:
        if word not in known:
            raise InputError(
                f"{name}: {where}: '{word}' is not known; expected {', '.join(known)}{did_you_mean(str(word), known)}"
            )
