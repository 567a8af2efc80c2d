"""What a whole question means, as the frame that slots are settled from. Understands no word and chooses no template."""

from __future__ import annotations

from typing import Any

from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.productions import Ends, OpenPart, Relative
from xinfo.understand.catalog import Catalog, Place
from xinfo.understand.frame import Frame
from xinfo.understand.hear.metrics import ratio_of
from xinfo.understand.reading import Scope
from xinfo.understand.when import Times

SCOPE = ("province", "region", "admin_type", "batch", "without")
SAME = (
    "metric", "metrics", "against", "per", "consumer", "offering", "sector", "measure", "grain",
    "over", "by", "order", "n", "cmp", "threshold", "upto_cmp", "upto", "turned", "projects", "content_area",
    "level", "project_status", "field", "pronoun", "pair", "follows", "other",
)  # fmt: skip
"""Features that a frame has under the same name."""
SETS = frozenset([*SCOPE, "pilots", "nominal"])


def frame_of(meaning: Meaning, catalog: Catalog) -> Frame:
    """The frame of a meaning."""
    said: dict[str, Any] = {name: meaning[name] for name in SAME if name in meaning}
    for name in ("places", "options", "than"):
        said |= {name: _ids(meaning[name])} if name in meaning else {}
    said |= _related(meaning, catalog)
    if SETS & meaning.keys():
        conditions = {name: meaning[name] for name in SCOPE if name in meaning}
        if "without" in conditions:
            conditions["without"] = _ids(conditions["without"])
        said["scope"] = Scope(**conditions)
    said["everywhere"] = meaning.get("pilots") == "all"
    cues = tuple(frozenset([str(cue)]) for cue in sorted(meaning.get("cues", ())))
    return Frame(times=_times(meaning), cues=cues, **said)


def _ids(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(place.place_id for place in places)


def _related(meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """A figure in relation to another one as the metric that it is; as it was said where there is none."""
    whole = meaning.get("whole") or meaning.get("per")
    tops = (meaning["metric"],) if "metric" in meaning else meaning.get("metrics", ())
    found = [ratio for top in tops if whole and (ratio := ratio_of(catalog, str(top), str(whole)))]
    if len(found) == 1:
        return {"metric": found[0], "metrics": (), "per": None}
    return {"per": whole} if whole else _growth_of(meaning, catalog)


def _growth_of(meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """A metric that is a published growth rate is the growth of what it is of."""
    metric = catalog.metrics.get(str(meaning.get("metric")))
    return {"metric": metric.growth_of, "measure": "growth"} if metric and metric.growth_of else {}


def _times(meaning: Meaning) -> Times | None:
    time = meaning.get("time")
    if isinstance(time, OpenPart):
        return Times(part=(time.first, time.last))
    if isinstance(time, Relative):
        return Times(relative=time.value)
    if isinstance(time, Ends):
        return Times(whens=(time.later, time.earlier), ends=(False, False), untils=(False, False))
    if not time:
        return None
    return Times(
        whens=tuple(span.when for span in time),
        ends=tuple(span.end for span in time),
        untils=tuple(span.until for span in time),
    )
