"""What a stretch of words means while it is being parsed: features by name, put together by unification."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

GATHERED = frozenset(["cues", "variant"])
"""Features that add up where two parts have them; of any other two parts must say the same."""


ONCE = frozenset(["degree"])
"""Features that two parts cannot both have: 'more higher' is no comparison."""


class Meaning(dict[str, Any]):
    """Features by name. Never changed once it is made; its values can be hashed."""

    def signature(self) -> frozenset[tuple[str, Any]]:
        """What tells it from any other meaning."""
        return frozenset(self.items())

    def __hash__(self) -> int:  # type: ignore[override]
        """A meaning may be a feature of another: the set that a ranking chooses."""
        return hash(self.signature())

    def but(self, **changes: Any) -> Meaning:
        return Meaning({**self, **changes})

    def without(self, *names: str) -> Meaning:
        return Meaning({name: value for name, value in self.items() if name not in names})

    def cued(self, *cues: str) -> Meaning:
        """With these among the cues for what is to be done."""
        return self.but(cues=frozenset(cues) | self.get("cues", frozenset()))


def unify(*parts: Meaning) -> Meaning | None:
    """Everything that the parts say; None where two of them contradict each other."""
    found = Meaning()
    for part in parts:
        for name, value in part.items():
            if name not in found:
                found[name] = value
            elif name in GATHERED:
                found[name] = found[name] | value
            elif found[name] != value or name in ONCE:
                return None
    return found


def having(name: str, parts: Sequence[Meaning]) -> list[Meaning]:
    """Those of the parts that have a feature."""
    return [part for part in parts if name in part]
