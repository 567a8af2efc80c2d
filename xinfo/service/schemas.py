"""What goes in and out as JSON Schema (2020-12): the one description for assistants, for OpenAPI and for the tests."""

from __future__ import annotations

from typing import Any

from xinfo.store.standing import MARKS, STATUSES
from xinfo.understand.read import LONGEST
from xinfo.understand.template import LANGUAGES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": ["number", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
OBJECT: Schema = {"type": "object"}
LANGUAGE: Schema = {"enum": list(LANGUAGES), "description": "Language of what is told."}
QUESTION: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST,
    "description": "One question in English or Chinese: what, of which place or set of places, for which period.",
}
ID: Schema = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]+$"}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 100}
PUBLISHED: Schema = {
    "type": "boolean",
    "default": False,
    "description": "Only what authorities published: no estimate, nothing internal, unconfirmed or made up.",
}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def of(properties: Schema, *required: str) -> Schema:
    """An object with these properties, of which some, else all, are always there."""
    return {"type": "object", "properties": properties, "required": list(required or properties)}


def told(schema: Schema, words: str) -> Schema:
    """The same with what it means."""
    return schema | {"description": words}


UNANSWERED = ("clarify", "no_data", "refused")
"""The statuses of a question without an answer."""
SOURCE = of(
    {"source_id": TEXT, "title": TEXT, "publisher": TEXT, "url": TEXT, "published": TEXT}, "source_id", "title", "url"
)
COLUMN = of({"name": TEXT, "label": TEXT, "unit": MAYBE})
ROW = told(OBJECT, "Ids of what the row is about, and its number in `value` in base units: `unit` says which.")
PASSPORT = of({
    "question": told(TEXT, "The reading; asked again it gives the same SQL."),
    "lang": LANGUAGE,
    "template": TEXT,
    "template_version": COUNT,
    "slots": OBJECT,
    "sql": TEXT,
    "params": OBJECT,
    "published_only": {"type": "boolean"},
    "fingerprint": told(TEXT, "Of the store: other figures, another fingerprint."),
    "built_at": TEXT,
})  # fmt: skip
ANSWER = of({
    "status": {"enum": ["answered", *UNANSWERED]},
    "question": TEXT,
    "lang": LANGUAGE,
    "conversation": told(MAYBE, "Give it with a follow-up question; null where the question was asked alone."),
    "quote": told(MAYBE, "The sentence to quote, with its source; null where there is no answer."),
    "headline": told(MAYBE, "The answer in one sentence; it says itself where figures are made up for demonstration."),
    "reading": told(MAYBE, "How the question was understood: compare it with what was meant."),
    "reason": told(MAYBE, "Why there is no answer."),
    "choices": told(listed(TEXT), "Questions that have an answer, nearest first, where this one has none."),
    "columns": listed(COLUMN),
    "rows": listed(ROW),
    "row_count": told(COUNT, "All rows; `rows` may hold fewer."),
    "names": told(OBJECT, "Names of the ids in the rows."),
    "caveats": told(listed(TEXT), "What has to be said along with the figure."),
    "statuses": listed({"enum": list(STATUSES)}),
    "marks": told(
        listed({"enum": list(dict.fromkeys(MARKS))}),
        "What the figures are told to be: illustrative ones are made up for demonstration; unconfirmed ones were "
        "loaded by somebody, and nobody has said yet that they are what the file claims.",
    ),
    "methods": listed(TEXT),
    "sources": listed(SOURCE),
    "passport": {"anyOf": [PASSPORT, {"type": "null"}], "description": "How the figures were asked for."},
}, "status", "question", "lang", "conversation", "quote", "headline", "choices", "rows", "caveats")  # fmt: skip
PUBLISHED_ROW = of({
    "sign": told(TEXT, "+ or −; with ÷ where the figure is divided by it; ≠ where it contradicts the figure."),
    "place": TEXT,
    "metric": TEXT,
    "period": TEXT,
    "value": told(NUMBER, "In base units."),
    "written": told(TEXT, "As it was published."),
    "status": TEXT,
    "source_id": TEXT,
    "file": TEXT,
}, "sign", "place", "metric", "period", "value", "written", "status")  # fmt: skip
FIGURE = of({
    "role": TEXT,
    "place": TEXT,
    "metric": TEXT,
    "period": TEXT,
    "value": NUMBER,
    "unit": TEXT,
    "status": TEXT,
    "method": MAYBE,
    "rule": told(TEXT, "How the figure is made of the published rows."),
    "published": listed(PUBLISHED_ROW),
    "published_count": COUNT,
})  # fmt: skip
PROOF = of({
    "row": COUNT,
    "answer": {"type": ["object", "null"]},
    "how": told(listed(TEXT), "The sum in words."),
    "note": TEXT,
    "figures": listed(FIGURE),
    "figure_count": COUNT,
})  # fmt: skip
PROVED = of({
    "status": {"enum": ["proved", "no_figures", *UNANSWERED]},
    "question": TEXT,
    "lang": LANGUAGE,
    "reading": MAYBE,
    "headline": MAYBE,
    "quote": MAYBE,
    "proofs": listed(PROOF),
    "sources": listed(SOURCE),
    "reason": MAYBE,
    "choices": listed(TEXT),
}, "status", "question", "lang", "quote", "headline", "sources")  # fmt: skip
NAMED = of({"name": TEXT})
EXTENT = of({
    "metric": TEXT,
    "name": TEXT,
    "unit": TEXT,
    "kind": {"enum": ["flow", "stock", "ratio"]},
    "figures": COUNT,
    "places": COUNT,
    "demonstration": told(COUNT, "How many of the figures are made up."),
    "first": told(TEXT, "The first period."),
    "last": TEXT,
})  # fmt: skip
GRAIN = of({
    "grain": {"enum": ["quarter", "running", "year", "month"]},
    "first": TEXT,
    "last": TEXT,
    "counts": told(OBJECT, "Figures by state; `missing` are those that are not there."),
})  # fmt: skip
HELD = of({
    "lang": LANGUAGE,
    "published_only": {"type": "boolean"},
    "fingerprint": TEXT,
    "built_at": TEXT,
    "metrics": listed(EXTENT),
    "places": listed(NAMED),
    "place_count": COUNT,
    "metric": told(OBJECT, "The metric's definition."),
    "parts": listed(OBJECT),
    "grains": listed(GRAIN),
    "by_place": listed(OBJECT),
    "missing": told(OBJECT, "Periods without a figure, of the place that was asked about."),
    "gaps": told(listed(TEXT), "What cannot be answered, and for want of what."),
    "gap_count": COUNT,
}, "lang", "published_only", "fingerprint")  # fmt: skip
SUGGESTION = of({"question": TEXT, "kind": TEXT, "label": TEXT})
SUGGESTED = of({"text": TEXT, "lang": LANGUAGE, "suggestions": listed(SUGGESTION)})
LISTED = of({
    "metric": TEXT,
    "place": TEXT,
    "period": TEXT,
    "consumer": TEXT,
    "offering": TEXT,
    "sector": TEXT,
    "value": told(NUMBER, "In base units."),
    "unit": TEXT,
    "status": TEXT,
    "method": MAYBE,
    "origin": {"enum": ["published", "worked_out"]},
    "sources": {"type": ["array", "null"], "items": TEXT},
})  # fmt: skip
PAGE = of({
    "figures": listed(LISTED),
    "next": told(MAYBE, "Give it as `after` for the next page; null on the last one."),
    "published_only": {"type": "boolean"},
    "fingerprint": TEXT,
})  # fmt: skip
TEMPLATE = of(
    {"template": TEXT, "title": TEXT, "description": TEXT, "example": MAYBE, "examples": listed(TEXT), "sql": TEXT},
    "template", "title", "description", "example",
)  # fmt: skip
DEFINITION = of({
    "metric": TEXT,
    "name": TEXT,
    "unit": TEXT,
    "kind": TEXT,
    "definition": TEXT,
    "figures": COUNT,
    "methods": listed(TEXT),
})  # fmt: skip
TEMPLATES = of({"lang": LANGUAGE, "templates": listed(TEMPLATE)})
DEFINITIONS = of({"lang": LANGUAGE, "definitions": listed(DEFINITION)})
PROBLEM = of({"title": TEXT, "status": COUNT, "detail": TEXT})
