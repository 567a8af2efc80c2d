"""A sealed issue proved without the store: whole, signed, its queries give its figures, its files carry them.

Who signed is proved by a list of keys that the receiver has from elsewhere: an archive may enclose any keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from xinfo.access import keys
from xinfo.access.keys import Keys
from xinfo.answer.cells import clean
from xinfo.briefing.archive import KEYS, MANIFEST, NOTHING, SEAL, documents_of, read_parts
from xinfo.briefing.check.reading import read_back
from xinfo.briefing.check.whole import apart, sealed_in
from xinfo.briefing.document import Document, Figure, Query
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.fill import Progress
from xinfo.briefing.issues import Issue, from_content
from xinfo.briefing.made import ELAPSED, MADE_OF, elapsed
from xinfo.briefing.second import agree
from xinfo.briefing.signing import unsealed
from xinfo.confined import confined
from xinfo.errors import InputError, Refused
from xinfo.language.texts import listing, text
from xinfo.query.guard import check
from xinfo.store.room import room

SCHEMA = (Path(__file__).parents[1] / "store" / "schema.sql").read_text(encoding="utf-8")
SECONDS = 300.0
"""For all queries of an issue together."""
TABLES = ("place", "metric", "source", "method", "period", "containment", "project", "target", "observation")


@dataclass(frozen=True)
class Proof:
    """What was found of an archive."""

    issue: Issue
    wrong: tuple[str, ...]
    """Everything that refutes it, a line each."""
    unproved: tuple[str, ...]
    """What of its signatures nothing here proves: who signed by a name alone, or with a key that is not known."""
    sealed_by: str
    """Empty where the seal is signed by nobody."""


def verified(path: Path, known: Keys, progress: Progress | None = None, lang: str = "en") -> Proof:
    """What an archive proves to somebody who knows these keys, in words. Raises InputError for no archive."""
    parts = read_parts(path)
    try:
        # What is known of a key counts more than what is enclosed: it may have been revoked since.
        enclosed = {**keys.read(parts.get(KEYS, b"[]")), **known}
        issue = from_content(json.loads(parts["issue.json"]), json.loads(parts["signatures.json"]), enclosed)
        seal = json.loads(parts.get(SEAL, b"null"))
        wrong = [*_signatures(issue, lang), *_seal(issue, seal, parts, enclosed, lang)]
        unproved, by = tuple(_unproved(issue, seal, known, lang)), str(seal["who"]) if seal else ""
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path.name} is no sealed issue: {error}") from error
    wrong += _copies(issue, parts, lang)
    if not wrong:  # Nothing is run of what nobody has signed.
        wrong += confined(_refuted, issue, parts, lang, seconds=SECONDS)
        wrong += _files(issue, parts, progress, lang)
    return Proof(issue, tuple(wrong), unproved, by)


def _signatures(issue: Issue, lang: str) -> Iterator[str]:
    void = [one for one in issue.signatures if one.void]
    for one in void:
        role = text(f"brief.role.{one.role}", lang).lower()
        yield text(f"brief.proof.{one.fault}", lang, who=one.who, role=role)
    if not issue.signed and not void:
        yield text("brief.proof.unsigned", lang)


def _seal(issue: Issue, seal: Any, parts: Mapping[str, bytes], enclosed: Keys, lang: str) -> list[str]:
    """What is wrong with the seal; of an archive from before there were keys it has none."""
    if seal:
        return unsealed(seal, parts[MANIFEST], documents_of(parts), enclosed, lang)
    keyed = json.loads(parts[MANIFEST]).get("xinfo") != 1 or KEYS in parts or any(one.key for one in issue.signatures)
    return [text("brief.proof.no_seal", lang)] if keyed else []


def _unproved(issue: Issue, seal: Any, known: Keys, lang: str) -> Iterator[str]:
    """Whose signatures rest on a name alone, or on keys that whoever asks does not know."""
    by_name = [one.who for one in issue.signatures if not one.key]
    if by_name:
        yield text("brief.proof.by_name", lang, who=listing(by_name, lang))
    used = {one.key: one.who for one in issue.signatures if one.key} | ({seal["key"]: seal["who"]} if seal else {})
    for key, who in used.items():
        if key not in known:
            yield text("brief.proof.not_known", lang, id=key, who=who)


def _copies(issue: Issue, parts: Mapping[str, bytes], lang: str) -> Iterator[str]:
    """Queries and the briefing also stand by themselves, to be read: as the issue has them."""
    document = next(iter(issue.documents.values()))
    told = {f"queries/{one.id}.sql": one.sql for one in document.queries.values()}
    told["briefing.yaml"] = issue.form["briefing"]
    names = {name for name in parts if name.startswith("queries/")} | {*told}
    for name in sorted(names):
        if name not in told or parts.get(name) != told[name].encode("utf-8"):
            yield text("brief.proof.copy", lang, name=name)


def _refuted(issue: Issue, parts: dict[str, bytes], lang: str) -> list[str]:
    """`_figures`, to be run where what comes from outside is held to memory and time."""
    return list(_figures(issue, parts, lang))


def _figures(issue: Issue, parts: Mapping[str, bytes], lang: str) -> Iterator[str]:
    """Figures that the enclosed queries do not give on the enclosed data."""
    with room() as folder, duckdb.connect(":memory:") as connection:
        try:
            _load(connection, parts, folder)
        except (duckdb.Error, LookupError, ValueError) as error:
            raise InputError(f"the enclosed data cannot be read: {error}") from error
        connection.execute("SET enable_external_access = false")
        run: dict[str, Rows | str] = {}
        for document in issue.documents.values():
            for query in document.queries.values():
                # The twin asks the very same.
                key = json.dumps([query.sql, query.params], sort_keys=True)
                run[key] = run[key] if key in run else _rows(connection, query)
                figures = [f for f in document.figures.values() if f.query == query.id and not _is_made(f)]
                yield from _of_query(run[key], query.id, figures, lang)
            yield from _made(document, lang)


def _is_made(figure: Figure) -> bool:
    return bool(figure.of) or figure.name == ELAPSED


def _made(document: Document, lang: str) -> Iterator[str]:
    """Figures that are not what those give which they are made of."""
    for figure in filter(_is_made, document.figures.values()):
        try:
            of = [document.figures[one].value for one in figure.of]
            found = MADE_OF[figure.name](*of) if of else elapsed(figure.period)
        except (LookupError, TypeError, ArithmeticError, InputError):
            yield _wrong(figure, None, lang)
            continue
        if not agree(found, figure.value):
            yield _wrong(figure, found, lang)


Rows = list[dict[str, Any]]


def _rows(connection: duckdb.DuckDBPyConnection, query: Query) -> Rows | str:
    """What a query gives on the enclosed data; in words why it does not run."""
    try:
        # An archive comes from outside: what it wants to run passes the same guard as every template.
        cursor = connection.execute(check(query.sql).sql, dict(query.params))
        head = [column[0] for column in cursor.description or ()]
        return [dict(zip(head, row, strict=True)) for row in cursor.fetchall()]
    except (Refused, duckdb.Error) as error:
        return str(error)


def _of_query(rows: Rows | str, named: str, figures: list[Figure], lang: str) -> Iterator[str]:
    if isinstance(rows, str):
        yield text("brief.proof.query", lang, name=named, why=rows)
        return
    values = [row for row in rows if row.get("value") is not None]
    for figure in figures:
        number = figure.id.removeprefix(named).removeprefix(".")
        at = int(number) - 1 if figure.name == "value" and number.isdigit() else 0
        found = values[at].get(figure.name) if at < len(values) else None
        if found is None or not agree(float(found), figure.value):
            yield _wrong(figure, found, lang)


def _wrong(figure: Figure, found: object, lang: str) -> str:
    about = {"id": figure.id, "label": figure.label, "written": figure.written}
    return text("brief.proof.figure", lang, **about, found=found)


def _load(connection: duckdb.DuckDBPyConnection, parts: Mapping[str, bytes], folder: Path) -> None:
    connection.execute(SCHEMA)
    for table in TABLES:
        file = folder / f"{table}.csv"
        file.write_bytes(parts[f"data/{table}.csv"])
        # An archive may have been sealed by an older or a newer version, whose tables had other columns beside these.
        head = set(parts[f"data/{table}.csv"].split(b"\n", 1)[0].decode("utf-8").strip().split(","))
        kinds = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()
        cells = [f"{_read_as(name, kind)} AS {name}" for name, kind in kinds if name in head]
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT {', '.join(cells)} FROM read_csv(?, header=true, all_varchar=true,"
            " delim=',', quote='\"', escape='\"', strict_mode=true, nullstr=?)",
            [str(file), NOTHING],
        )


def _read_as(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"from_json({name}, '[\"VARCHAR\"]')"
    # The sign before a text keeps spreadsheets from taking it for a formula.
    return f"CAST(regexp_replace({name}, '^''([\\s\\x00]*[=+\\-@＝＋－＠])', '\\1') AS {kind})"


def _files(issue: Issue, parts: Mapping[str, bytes], progress: Progress | None, lang: str) -> Iterator[str]:
    """Enclosed files, and the same made anew, that do not carry the issue's figures."""
    files = documents_of(parts)
    for at, (name, content) in enumerate(files.items()):
        if progress:
            progress(name, at / len(files))
        stem, _, kind = name.rpartition(".")
        document = issue.documents.get(stem.rpartition("-")[2])
        if not document or kind not in KINDS or not _carries(content, kind, document):
            yield text("brief.proof.file", lang, name=name)
        # The same version of xinfo makes the very same file of most kinds: then there is one to read.
        elif (anew := render(document, kind)) != content and not _carries(anew, kind, document):
            yield text("brief.proof.anew", lang, name=name)


def _carries(content: bytes, kind: str, document: Document) -> bool:
    returned = read_back(content, kind)
    seal, _ = sealed_in(returned)
    return seal is not None and _bare(seal.document) == _bare(document) and not apart(returned, seal)


def _bare(document: Document) -> Any:
    figures = {f.id: (f.value, f.unit, clean(f.written), f.key, f.period) for f in document.figures.values()}
    return document.title, figures, replace(document, signatures=()).lang
