"""The kept questions of questions/*.jsonl, and a reader of the places beside them, without a store. No tests.

What a question means does not hang on figures: the places of questions/places.csv (or places_zh.csv) and the project's
own metrics are enough.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from xinfo.nlu.parser import Parsers
from xinfo.query.catalog import read_divisions
from xinfo.store.periods import Period
from xinfo.understand.catalog import Catalog, Known, Metric, Place
from xinfo.understand.correct import Speller
from xinfo.understand.read import Reader
from xinfo.understand.reading import Reading, Scope, Slots, Unclear, When
from xinfo.understand.template import load_templates
from xinfo.understand.vocabulary import build_lexicon

ROOT = Path(__file__).parents[1]
QUESTIONS = Path(__file__).parent / "questions"
PLACE = ("place_id", "name_en", "name_zh", "admin_type", "province_en", "province_zh", "region", "batch", "adcode")
METRIC = ("metric_id", "label_en", "label_zh", "unit", "kind")
RELATED = ("numerator", "denominator", "growth_of")
GOALS = ("info_consumption", "info_consumption_share_of_gdp", "info_consumption_average_growth")
PLACES = {"en": "places.csv", "zh": "places_zh.csv"}
YEARS, QUARTERS = (Period(2013), Period(2015)), (Period(2013, 1, 3), Period(2015, 10, 12))


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def reader(lang: str = "en") -> Reader:
    """A reader of the places beside the questions, with figures of 2013 to 2015."""
    return reader_of({r["place_id"]: Place(*(r[name] for name in PLACE)) for r in rows(QUESTIONS / PLACES[lang])})


def reader_of(places: dict[str, Place]) -> Reader:
    """A reader of these places alone."""
    metrics = {
        r["metric_id"]: Metric(*(r[name] for name in METRIC), *(r[name] or None for name in RELATED))
        for r in rows(ROOT / "data" / "metric.csv")
    }
    catalog = Catalog(
        places,
        metrics,
        divisions=read_divisions(ROOT / "data" / "division.csv"),
        facts=frozenset(r["fact_id"] for r in rows(ROOT / "data" / "fact.csv")),
        data_from=YEARS[0],
        data_to=YEARS[1],
        aims={(metric, place): ("2015",) for metric in GOALS for place in places},
        known={(metric, place): Known(*YEARS, *QUARTERS) for metric in metrics for place in places},
    )
    templates = load_templates(ROOT / "queries")[0]
    lexicon = build_lexicon(ROOT / "queries", catalog)
    return Reader(lexicon, templates, catalog, Speller(lexicon, catalog), Parsers(ROOT / "queries"))


def dialogues(path: Path) -> Iterator[list[dict[str, Any]]]:
    """Questions that share a conversation together, all others alone."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        question = json.loads(line)
        grouped.setdefault(question.get("conversation") or str(number), []).append(question)
    yield from grouped.values()


def plain(slots: Slots) -> dict[str, Any]:
    """Slots as they stand in the files: ids, period ids, and for a set of places its conditions."""
    return {name: _plain(value) for name, value in slots.filled().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, When):
        return value.id
    if isinstance(value, Slots):
        return plain(value)
    if isinstance(value, Scope):
        return {name: _plain(held) for name, held in vars(value).items() if held}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def complaint(expected: dict[str, Any], got: Reading | Unclear) -> str | None:
    """What is wrong with a reading, or None."""
    if "status" in expected:
        if isinstance(got, Unclear):
            return None if expected["status"] in (got.status, "declined") else f"{got.status}: {got.reason}"
        return f"read as {got.template.template_id}: {got.sentence}"
    if isinstance(got, Unclear):
        return f"{got.status}: {got.reason}"
    held = plain(got.slots)
    wrong = {name: held.get(name) for name, value in expected["slots"].items() if held.get(name) != value}
    if got.template.template_id != expected["template"] or wrong:
        return f"read as {got.template.template_id}: {got.sentence} {wrong}"
    return None
