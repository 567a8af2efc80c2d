"""What programs are told, as JSON: answers in the contract's form with what it takes to cite and to prove them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from xinfo.answer.answer import Answer, NotAnswered, Source
from xinfo.answer.form import slot, to_json
from xinfo.answer.origin.figures import Figure, Published
from xinfo.answer.origin.trace import Trace
from xinfo.answer.quotation import quotation
from xinfo.answer.rows import plain
from xinfo.ask import Workspace

Json = dict[str, Any]
BULKY = ("id", "heard", "changed", "sql", "params", "slots", "template", "fingerprint", "chart", "chart_reason")
"""What an assistant has no use for, or finds in the passport."""
NOT_CITED = ("title_zh", "unconfirmed", "uploaded_by")
"""What of a source is told already by its title and its publisher."""
WHOLE = ("consumer", "offering", "sector")


def answered(answer: Answer | NotAnswered, workspace: Workspace, conversation: str | None = None) -> Json:
    """The contract's object, with the sentence to quote, the names of ids, the passport and the conversation's id."""
    made = to_json(answer) | {"conversation": conversation}
    if isinstance(answer, NotAnswered):
        return made | {"quote": None, "names": {}, "passport": None}
    return made | {"quote": quotation(answer), "names": answer.names, "passport": passport(answer, workspace)}


def passport(answer: Answer, workspace: Workspace) -> Json:
    """How the figures were asked for: with this and the store of this fingerprint they can be had again."""
    reading = answer.reading
    return {
        "question": reading.sentence,
        "lang": reading.lang,
        "template": reading.template.template_id,
        "template_version": reading.template.version,
        "slots": {name: slot(value) for name, value in reading.slots.filled().items()},
        "sql": answer.sql,
        "params": {name: plain(value) for name, value in answer.params.items()},
        "published_only": workspace.published_only,
        "fingerprint": answer.fingerprint,
        "built_at": workspace.meta.get("built_at", ""),
    }


def brief(made: Mapping[str, Any], rows: int) -> Json:
    """An answer without what is bulky, and with so many rows: for readers to whom each word costs."""
    kept = {name: value for name, value in made.items() if name not in BULKY and name != "timing_ms"}
    shown = kept["rows"][:rows]
    used = {str(value) for row in shown for value in row.values() if isinstance(value, str)}
    names = {id: name for id, name in kept["names"].items() if id in used}
    return kept | {"rows": shown, "row_count": len(kept["rows"]), "names": names}


@dataclass(frozen=True)
class Depth:
    """How much of a proof is told: rows of the answer, figures of each, published rows of all together."""

    rows: int = 20
    figures: int = 200
    published: int = 20_000

    def rows_of(self, count: int, row: int | None) -> Sequence[int]:
        """Which rows of an answer of so many are proved: the one that is asked for, else the first ones."""
        return range(min(max(count, 1), self.rows)) if row is None else (row,)


def proved(answer: Answer, traces: Mapping[int, Trace], workspace: Workspace, depth: Depth) -> Json:
    """The published rows behind rows of an answer, with the rule that made the figures of them."""
    lang = answer.reading.lang
    many = sum(min(len(trace.figures), depth.figures) for trace in traces.values())
    most = max(1, depth.published // max(many, 1))
    rows = to_json(answer)["rows"]
    proofs = [_proof(at, rows, trace, depth.figures, most) for at, trace in traces.items()]
    used = {row["source_id"] for proof in proofs for figure in proof["figures"] for row in figure["published"]}
    sources = [workspace.sources[one] for one in sorted(used) if one in workspace.sources] or answer.sources
    return {
        "status": "proved" if any(trace.figures for trace in traces.values()) else "no_figures",
        "question": answer.reading.question,
        "lang": lang,
        "reading": answer.reading.sentence,
        "headline": answer.headline,
        "quote": quotation(answer),
        "caveats": list(answer.caveats),
        "proofs": proofs,
        "row_count": len(answer.rows),
        "sources": [source(one.told_in(lang)) for one in sources],
        "passport": passport(answer, workspace),
    }


def source(one: Source) -> Json:
    """A source as it is cited."""
    return {name: value for name, value in asdict(one).items() if name not in NOT_CITED}


def _proof(at: int, rows: Sequence[Json], trace: Trace, figures: int, most: int) -> Json:
    return {
        "row": at,
        "answer": rows[at] if at < len(rows) else None,
        "how": list(trace.words[:figures]),
        "note": trace.note,
        "figures": [_figure(figure, most) for figure in trace.figures[:figures]],
        "figure_count": len(trace.figures),
    }


def _figure(figure: Figure, most: int) -> Json:
    cell = figure.cell
    about = {"role": cell.role, "place": cell.place, "metric": cell.metric, "period": cell.period}
    told = {"value": figure.value, "unit": figure.unit, "status": figure.status, "method": figure.method}
    rows = [_published(row) for row in figure.rows[:most]]
    return about | _part(cell) | told | {"rule": figure.rule, "published": rows, "published_count": len(figure.rows)}


def _published(row: Published) -> Json:
    """A published row: its figure as it was written, and where that stands."""
    about = {"sign": row.sign, "place": row.place, "metric": row.metric, "period": row.period} | _part(row)
    figure = {"value": row.value, "written": f"{row.value_written} {row.unit_written}".strip(), "status": row.status}
    place = {"source_id": row.source_id, "file": row.file, "sheet": row.sheet, "cell": row.cell, "line": row.line}
    said = {name: value for name, value in (place | {"method": row.method, "note": row.note}).items() if value}
    return about | figure | said


def _part(of: object) -> Json:
    return {name: value for name in WHOLE if (value := getattr(of, name)) != "all"}


def deed(question: str, reply: Answer | NotAnswered) -> dict[str, str]:
    """The question, and what came of it."""
    if isinstance(reply, Answer):
        return {"question": question, "status": "answered", "template": reply.reading.template.template_id}
    return {"question": question, "status": reply.unclear.status, "reason": reply.unclear.reason}
