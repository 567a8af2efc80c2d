"""What the terms of a document mean, said once in its annex: definitions of figures, whether growth is in prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xinfo.answer.frame import capital
from xinfo.ask import Workspace
from xinfo.briefing.asking import Found
from xinfo.language.texts import text

DEFINED = "select definition_en, definition_zh from metric where metric_id = $metric"


def definitions(metrics: Iterable[str], workspace: Workspace, lang: str) -> Iterator[str]:
    """Each metric with its definition in the store, where it has one."""
    for metric in metrics:
        found = workspace.engine.execute(DEFINED, {"metric": metric}, row_cap=1, seconds=workspace.engine.patience)
        told = [str(one or "") for one in found.rows[0]] if found.rows else ["", ""]
        if said := told[lang == "zh"] or told[0]:
            label = capital(workspace.catalog.metrics[metric].label(lang))
            yield text("brief.defined", lang, term=label, meaning=said)


def of_growth(found: Found) -> str:
    """Whether an answer's growth is reckoned from amounts, which change with prices, or as its source gives it."""
    findings, lang = found.findings, found.reading.lang
    metric = findings.catalog.metrics.get(findings.slots.metric or "")
    if findings.slots.measure != "growth" or not metric or not metric.unit.startswith("yuan"):
        return ""
    given = any(findings.catalog.metrics[rest.cell.metric].growth_of for rest in found.all_rests)
    return text(f"brief.growth.{'given' if given else 'reckoned'}", lang)
