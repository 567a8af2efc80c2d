"""What places a list of them is drawn from: the gazetteer of the pilots' country, or a programme of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PROVINCES = ("province", "municipality", "country")
"""Kinds of places that bear a province's name without being another place than it."""


@dataclass(frozen=True)
class Division:
    """A place of the gazetteer that need not have figures; `level` is province, prefecture or county."""

    adcode: str
    name_en: str
    name_zh: str
    level: str
    capital: str | None = None
    """province or country, where it is the seat of its government."""


@dataclass(frozen=True)
class OwnProgramme:
    """That figures are not those of the pilots, and what is said of whose they are."""

    name: Mapping[str, str] = field(default_factory=dict)
    """What the figures are called, by language."""
    vocabulary: Mapping[str, Any] = field(default_factory=dict)
    """Words of theirs, as files of the vocabulary hold them."""
    projects: bool = False
    """Whether the store has any."""
