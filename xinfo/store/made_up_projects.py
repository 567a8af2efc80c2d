"""Made-up pilot projects for the demonstration: real-sounding kinds from the plan, dates and money from a draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xinfo.store.draw import Draw
from xinfo.store.schema import DEMONSTRATION
from xinfo.store.standing import MADE_UP


def make_projects(
    plan: Mapping[str, Any], draw: Draw, place: str, name_en: str, name_zh: str
) -> Iterator[dict[str, Any]]:
    """The rows of `project` for one place; the same kind never twice in a place. `plan` is the plan's `projects`."""
    kinds = [(area, *kind) for area, listed in plan["kinds"].items() for kind in listed]
    kinds.sort(key=lambda kind: draw.unit(place, kind[1]))
    count = int(draw.between((plan["count"][0], plan["count"][1] + 1), place, "projects"))
    for number, (area, kind_en, kind_zh, level) in enumerate(kinds[:count], 1):
        project_id = f"{place}-demo-{number:02d}"
        status = draw.weighted(plan["statuses"], project_id, "status")
        budget = (
            round(draw.between(plan["budget"], project_id, "budget") * draw.unit(project_id, "size"), -4) + 1_000_000
        )
        yield {
            "project_id": project_id,
            "place_id": place,
            "name_en": f"{name_en}: {kind_en[0].lower() if kind_en[1].islower() else kind_en[0]}{kind_en[1:]}",
            "name_zh": f"{name_zh}{kind_zh}",
            "content_area": area,
            "level": level,
            "status": status,
            "budget": float(budget),
            "spent": float(round(budget * draw.between(plan["spent"][status], project_id, "spent"), -4)),
            "start_date": date(2014, 1 + int(12 * draw.unit(project_id, "start")), 1),
            "due_date": date(2015, 1 + int(12 * draw.unit(project_id, "due")), 28),
            "source_id": DEMONSTRATION,
            "mark": MADE_UP,
        }
