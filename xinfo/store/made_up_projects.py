"""Made-up numbers and pilot projects for the demonstration: the same for the same words, by a hash, not a generator."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from xinfo.store.schema import DEMONSTRATION
from xinfo.store.standing import MADE_UP

Item = TypeVar("Item")


@dataclass(frozen=True)
class Draw:
    """Draws numbers by name, so that a new metric or place leaves all others as they are."""

    seed: int

    def unit(self, *name: object) -> float:
        """A number from 0 to below 1."""
        words = "|".join(map(str, (self.seed, *name)))
        return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big") / 2**64

    def between(self, ends: Sequence[float], *name: object) -> float:
        """A number between two ends."""
        return ends[0] + (ends[1] - ends[0]) * self.unit(*name)

    def near(self, spread: float, *name: object) -> float:
        """A factor around 1, at most `spread` away from it."""
        return 1 + spread * (2 * self.unit(*name) - 1)

    def one(self, items: Sequence[Item], *name: object) -> Item:
        """One of the items, each as likely."""
        return items[int(self.unit(*name) * len(items))]

    def weighted(self, weights: Mapping[Item, float], *name: object) -> Item:
        """One of the keys, as likely as its weight; the weights sum to 1."""
        left = self.unit(*name)
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return next(reversed(list(weights)))


def split(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number in whole parts as the weights go; the first takes what rounding leaves."""
    parts = [int(total * weight / sum(weights)) for weight in weights]
    parts[0] += total - sum(parts)
    return parts


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
