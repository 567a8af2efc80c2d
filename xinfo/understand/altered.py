"""Values with many fields, some of them changed. Knows none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

V = TypeVar("V")


def altered(value: V, changes: Mapping[str, Any]) -> V:
    """A dataclass without slots with some fields changed; `replace` reads each of its many fields by itself."""
    if not changes.keys() <= value.__dict__.keys():
        raise TypeError(f"{type(value).__name__} has no {', '.join(changes.keys() - value.__dict__.keys())}")
    made = object.__new__(type(value))
    made.__dict__.update(value.__dict__)
    made.__dict__.update(changes)
    return made
