"""Which metric a meaning is of: one over another as the metric that it is, one of several that its parts tell.

Knows no words of any language.
"""

from __future__ import annotations

from typing import Any

from xinfo.nlu.coherent import over_it
from xinfo.nlu.grammar.meaning import Meaning
from xinfo.nlu.variants import part_within
from xinfo.understand.catalog import PARTS, Catalog, parts_of
from xinfo.understand.proportions import ratio_of


def related(meaning: Meaning, catalog: Catalog) -> dict[str, Any]:
    """A figure in relation to another one as the metric that it is; as it was said where there is none."""
    whole, metric = meaning.get("whole") or meaning.get("per"), meaning.get("metric", ())
    if "part_within" in meaning and isinstance(metric, str) and isinstance(whole, str):
        metric = part_within(metric, whole, catalog)
    tops = (metric,) if isinstance(metric, str) else metric
    if whole and over_it(metric, whole, catalog):
        return {"metric": metric, "per": None}
    if whole and not isinstance(whole, str):
        return {"metric": None, "metrics": whole, "per": None}
    if whole:
        found = [ratio for top in tops if (ratio := ratio_of(catalog, str(top), str(whole)))]
        if len(found) == 1:
            return {"metric": found[0], "per": None}
        known = tuple(top for top in map(str, tops) if top in catalog.metrics)
        return {"metric": tops[0] if len(tops) == 1 else None, "metrics": known if len(tops) > 1 else (), "per": whole}
    if isinstance(metric, str):
        return _growth_of(metric, catalog)
    fitting = [one for one in metric if _is_split(one, meaning, catalog)]
    known = tuple(one for one in metric if one in catalog.metrics)
    return {"metric": fitting[0]} if len(fitting) == 1 else {"metrics": known}


def _is_split(metric: str, meaning: Meaning, catalog: Catalog) -> bool:
    """Whether it has the parts that are said: 'services consumption' can only be information consumption."""
    said = [dimension for dimension in PARTS if meaning.get(dimension)]
    return bool(said) and set(said) <= set(parts_of(catalog, metric))


def _growth_of(metric: str, catalog: Catalog) -> dict[str, Any]:
    """A metric that is a published growth rate is the growth of what it is of."""
    base = catalog.metrics[metric].growth_of if metric in catalog.metrics else None
    return {"metric": base, "measure": "growth"} if base else {"metric": metric}
