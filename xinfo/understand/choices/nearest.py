"""How much a ready question looks like what was asked, and which metrics words may mean. It orders, never decides.

Likeness is that of character pairs: it needs no model and no language, and a misspelt word is still like the right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from xinfo.understand.catalog import Catalog
from xinfo.understand.text import read_text

SURE = 75.0
"""How much of a metric's name must be in the words for it to come before the metrics that people ask for most."""


def likeness(asked: str, offered: str) -> float:
    """From 0 for nothing in common to 1 for the same."""
    one, other = _pairs(asked), _pairs(offered)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


@lru_cache(maxsize=256)
def _pairs(said: str) -> Counter[str]:
    plain = run_together(said)
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def run_together(said: str) -> str:
    """The words without the gaps between them."""
    return "".join(read_text(said).words())


def likely_metrics(words: str, names: Mapping[str, str], catalog: Catalog) -> tuple[str, ...]:
    """Every metric: those whose names are like the words, then amounts, what most places aim at first.

    `names` tells whose each name is.
    """
    found = process.extract(run_together(words), names.keys(), scorer=fuzz.partial_ratio, score_cutoff=SURE, limit=20)
    aimed_at = Counter(metric for metric, _ in catalog.aims)
    usual = sorted(catalog.metrics.values(), key=lambda one: (one.kind != "flow", -aimed_at[one.metric_id]))
    named = [names[name] for name, _, _ in sorted(found, key=lambda one: (-one[1], -len(one[0])))]
    return tuple(dict.fromkeys((*named, *(metric.metric_id for metric in usual if metric.growth_of is None))))
