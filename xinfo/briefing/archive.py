"""A sealed issue: one zip with its documents, queries, the figures used and fingerprints, signed by whoever seals it.

`verify` needs no store: it runs the queries on the enclosed figures, and renders the documents again. Who signed is
proved by the keys that the receiver knows; those enclosed prove only that it was one of them.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from xinfo.access import keys
from xinfo.access.signing import Signer
from xinfo.answer.cells import guarded
from xinfo.ask import Workspace
from xinfo.briefing.check.kept import keep
from xinfo.briefing.document import Document
from xinfo.briefing.files import KINDS, render
from xinfo.briefing.fill import Progress
from xinfo.briefing.issues import Issue, kept_of
from xinfo.briefing.signing import seal
from xinfo.errors import InputError
from xinfo.store.periods import parse_id

WHOLE = ("place", "metric", "source", "method", "period", "containment", "project", "target")
"""Tables that are enclosed as they are; of the figures, those of the metrics and years in use."""
FIGURES = "select * from observation where list_contains($metrics, metric_id) and list_contains($years, {year})"
YEAR = "cast(substr(period_id, 1, 4) as integer)"
MANIFEST, SEAL, KEYS, DOCUMENTS = "manifest.json", "seal.json", "keys.json", "documents/"
NOTHING = "\\N"
"""Where a table has no value."""


def sealed(issue: Issue, workspace: Workspace, *, at: str, by: Signer, progress: Progress | None = None) -> bytes:
    """The archive of a signed issue; `workspace` is on the store it was made from. Raises InputError otherwise."""
    if not issue.signed:
        raise InputError(f"issue {issue.number} is not signed by author, reviewer and signer, or a signature is void")
    for document in issue.documents.values():
        if document.store != workspace.meta.get("fingerprint"):
            raise InputError(
                f"issue {issue.number} was made from another state of the store ({document.store[:12]})",
                "the version it was made from: 'xinfo versions' lists them",
            )
    parts = dict(_parts(issue, workspace, progress))
    used = {by.key.id: by.key} | {one.key: issue.keys[one.key] for one in issue.signatures if one.key in issue.keys}
    parts[KEYS] = keys.written(used.values())
    parts[MANIFEST] = _json(
        {"xinfo": 2, "mark": issue.mark, "parts": {name: _hash(one) for name, one in parts.items()}}
    )
    parts[SEAL] = _json(seal(parts[MANIFEST], documents_of(parts), at, by))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, one in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), one, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(issue: Issue, workspace: Workspace, progress: Progress | None) -> Iterator[tuple[str, bytes]]:
    documents = issue.documents
    yield "briefing.yaml", str(issue.form["briefing"]).encode("utf-8")
    yield "issue.json", _json(issue.form)
    yield "signatures.json", _json(kept_of(issue.signatures))
    count, done = len(documents) * len(KINDS), 0
    for lang, document in documents.items():
        for kind in KINDS:
            if progress:
                progress(f"{lang}.{kind}", done / count)
            file = render(document, kind)
            if issue.path:
                keep(issue.path.parents[1], file, kind)
            yield f"{DOCUMENTS}{issue.briefing.id}-{issue.number}-{lang}.{kind}", file
            done += 1
    first = next(iter(documents.values()))
    for query in first.queries.values():
        yield f"queries/{query.id}.sql", query.sql.encode("utf-8")
    for table in WHOLE:
        yield f"data/{table}.csv", _csv(f"select * from {table}", {}, workspace)
    yield "data/observation.csv", _csv(FIGURES.format(year=YEAR), _used(documents), workspace)


def _used(documents: Mapping[str, Document]) -> dict[str, Any]:
    """The metrics and years that the figures rest on, with the year before each."""
    metrics, years = set[str](), set[int]()
    for document in documents.values():
        for figure in document.figures.values():
            metrics |= {rest.metric for rest in figure.rests}
            years |= {parse_id(rest.period).year for rest in figure.rests}
        for query in document.queries.values():
            metrics |= {str(query.params[name]) for name in ("metric", "growth_metric") if query.params.get(name)}
            years |= {parse_id(one).year for one in query.params.get("periods") or () if ".." not in one}
            years |= {parse_id(one).year for one in query.params.get("running") or ()}
    return {"metrics": sorted(metrics), "years": sorted(years | {year - 1 for year in years})}


def _csv(sql: str, values: Mapping[str, Any], workspace: Workspace) -> bytes:
    """A table as CSV; lists as JSON, so that nothing is lost."""
    with workspace.engine.looking(workspace.engine.patience * 3) as cursor:
        cursor.execute(sql, dict(values))
        head, rows = [column[0] for column in cursor.description or ()], cursor.fetchall()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    for row in sorted(rows, key=str):
        writer.writerow([json.dumps(c, ensure_ascii=False) if isinstance(c, list) else _exact(c) for c in row])
    return out.getvalue().encode("utf-8")


def _exact(cell: Any) -> Any:
    """A number to its last digit; nothing is told from an empty text, and a text is no formula."""
    return NOTHING if cell is None else repr(cell) if isinstance(cell, float) else guarded(cell)


def read_parts(path: Path) -> dict[str, bytes]:
    """An archive's parts, each as the manifest has it. Raises InputError for a part changed, missing or added."""
    try:
        with zipfile.ZipFile(path) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST:
                raise InputError(f"{path.name} unpacks to more than an issue can be")
            parts = {name: package.read(name) for name in package.namelist()}
        told = json.loads(parts[MANIFEST])["parts"]
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise InputError(f"{path.name} is no sealed issue: {error}") from error
    for name in sorted({*parts, *told} - {MANIFEST, SEAL}):
        if name not in parts or name not in told or _hash(parts[name]) != told[name]:
            raise InputError(f"{path.name}: '{name}' is not as it was sealed")
    return parts


def documents_of(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Its files, by their names in the archive."""
    return {name: one for name, one in parts.items() if name.startswith(DOCUMENTS)}


LARGEST = 400_000_000
"""Bytes of an archive, unpacked."""


def _hash(one: bytes) -> str:
    return sha256(one).hexdigest()


def _json(form: object) -> bytes:
    return json.dumps(form, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")
