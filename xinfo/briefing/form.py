"""A document as JSON and back: what travels inside every file, and what a sealed issue keeps. Names here are promises.

A file's passport leaves the charts out, which can be drawn again; an issue keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from xinfo.briefing.document import (
    Aside,
    Block,
    Chart,
    Cited,
    Document,
    Exhibit,
    Figure,
    Gap,
    Letterhead,
    Paragraph,
    Part,
    Query,
    Rest,
    Run,
    Table,
)
from xinfo.briefing.signed import Signed
from xinfo.errors import InputError

FORM = 1
UNSIGNED = ("signatures", "number", "made", "author")
"""What a content's fingerprint leaves out: who signed it, and when it was made by whom."""
LATER: Mapping[str, object] = {"letterhead": Letterhead(), "asides": (), "published_only": False, "annexed": ()}
"""What documents did not always have, with what stands for none."""


def to_form(document: Document, charts: bool = True) -> dict[str, Any]:
    """The document as a tree of plain values."""
    form: dict[str, Any] = {"form": FORM, **_plain(document)}
    for name, none in LATER.items():
        # What was signed before there were any keeps its fingerprint.
        if getattr(document, name) == none:
            del form[name]
    for block in (*(block for part in form["parts"] for block in part["blocks"]), *form.get("annexed", ())):
        for name in ("chart", "table"):
            if block.get(name) and not block[name]["own"]:
                # What was signed before there were any keeps its fingerprint.
                block[name] = {key: one for key, one in block[name].items() if key != "own"}
        if not charts and block.get("chart"):
            block["chart"] = block["chart"] | {"spec": {}}
    return form


def _plain(value: Any) -> Any:
    """Dataclasses as mappings, tuples as lists; `asdict` copies every leaf, which takes far longer."""
    if isinstance(value, str | float | int) or value is None:
        return value
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}


def from_form(form: Mapping[str, Any]) -> Document:
    """The document of such a tree. Raises InputError where it is none."""
    if form.get("form") != FORM:
        raise InputError(f"form {form.get('form')} of a briefing is not known", f"form {FORM}")
    try:
        return _document(form)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"this is no briefing of xinfo: {type(error).__name__}: {error}") from error


def written(document: Document, charts: bool = True) -> str:
    """The same as text, always alike for the same content."""
    return canonical(to_form(document, charts))


def canonical(form: Mapping[str, Any]) -> str:
    """A tree as text, the keys in order and no blank between: one content, one spelling."""
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(document: Document) -> str:
    """A sha256 of the content: the text, the figures, their passports."""
    return fingerprint_of(to_form(document))


def fingerprint_of(form: Mapping[str, Any]) -> str:
    """The same of a document's form, as it was written, whatever a later version would add to it."""
    return hashed({name: value for name, value in form.items() if name not in UNSIGNED})


def hashed(form: Mapping[str, Any]) -> str:
    """A sha256 of a tree of plain values in one spelling."""
    return sha256(canonical(form).encode("utf-8")).hexdigest()


def _document(form: Mapping[str, Any]) -> Document:
    plain = {
        name: form[name]
        for name in (
            *("briefing", "title", "lang", "place", "period", "made", "author", "store", "store_name", "data_to"),
            "number",
        )
    }
    return Document(
        **plain,
        parts=tuple(Part(part["title"], tuple(map(_block, part["blocks"]))) for part in form["parts"]),
        figures={name: _figure(one) for name, one in form["figures"].items()},
        queries={name: _query(one) for name, one in form["queries"].items()},
        sources={name: Cited(**one) for name, one in form["sources"].items()},
        missing=tuple(Gap(**one) for one in form["missing"]),
        disagreements=tuple(form["disagreements"]),
        signatures=tuple(Signed(**one) for one in form["signatures"]),
        since=tuple(form["since"]),
        letterhead=Letterhead(**form.get("letterhead", {})),
        asides=tuple(Aside(one["text"], tuple(one["of"])) for one in form.get("asides", ())),
        published_only=bool(form.get("published_only", False)),
        annexed=tuple(map(_exhibit, form.get("annexed", ()))),
    )


def _block(form: Mapping[str, Any]) -> Block:
    if "runs" in form:
        return Paragraph(form["id"], tuple(map(_run, form["runs"])), form["kind"])
    return _exhibit(form)


def _exhibit(form: Mapping[str, Any]) -> Exhibit:
    table, chart = _table(form["table"]), _chart(form["chart"])
    listed = tuple(form["cautions"]), tuple(form["sources"])
    return Exhibit(form["id"], form["title"], form["message"], table, chart, *listed)


def _run(form: Mapping[str, Any]) -> Run:
    return Run(str(form["text"]), str(form["figure"]), tuple(form["notes"]))


def _table(form: Mapping[str, Any] | None) -> Table | None:
    if form is None:
        return None
    rows = tuple(tuple(map(_run, row)) for row in form["rows"])
    return Table(tuple(form["columns"]), tuple(form["numeric"]), rows, form["total"], tuple(form.get("own", ())))


def _chart(form: Mapping[str, Any] | None) -> Chart | None:
    if form is None:
        return None
    series = tuple((name, tuple(values)) for name, values in form["series"])
    lists = {"categories": tuple(form["categories"]), "figures": tuple(tuple(row) for row in form["figures"]),
             "own": tuple(form.get("own", ()))}  # fmt: skip
    return Chart(form["kind"], form["spec"], series=series, unit=form["unit"], percent=form["percent"], **lists)


def _figure(form: Mapping[str, Any]) -> Figure:
    lists = {name: tuple(form[name]) for name in ("statuses", "methods", "sources", "of")}
    figure = Figure(**{**form, **lists, "rests": tuple(Rest(**one) for one in form["rests"])})
    return replace(figure, value=float(figure.value))


def _query(form: Mapping[str, Any]) -> Query:
    return Query(**{**form, "expected": tuple(form["expected"])})
