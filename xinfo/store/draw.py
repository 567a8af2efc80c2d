"""Made-up numbers that are always the same for the same words: a hash in place of a random generator's state."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

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
