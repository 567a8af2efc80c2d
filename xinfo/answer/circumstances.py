"""What a template may have a wording of its own for: whether there is anything, how it goes, how much there is."""

from __future__ import annotations

from collections.abc import Iterator

from xinfo.answer.approximate import about_so_much
from xinfo.answer.claims import changes_a_ratio, one_number
from xinfo.answer.coverage import left_out
from xinfo.answer.findings import Findings
from xinfo.answer.verdict import verdict
from xinfo.understand.naming import measure_name
from xinfo.understand.reading import Scope

RANKED = 5
"""So many of a ranking are named in the sentence."""


def circumstances(findings: Findings) -> Iterator[str]:
    """The most telling first; `value` is the wording for everything else."""
    in_points = bool(one_number(findings)) and changes_a_ratio(findings)
    for name in _told(findings):
        yield from (f"{name}_in_points", name) if in_points else (name,)


def _told(findings: Findings) -> Iterator[str]:
    yield from _of_the_rows(findings)
    if about_so_much(findings):
        yield f"{findings.slots.measure}_about"
    yield from (measure_name(findings.slots), findings.slots.measure, "value")


def _of_the_rows(findings: Findings) -> Iterator[str]:
    if not findings.rows:
        yield from ("none_known", "none") if findings.catalog.is_incomplete_list else ("none",)
        return
    if told := verdict(findings):
        yield from (f"{told}_{findings.slots.measure}", told)
    if findings.records[0].get("projects") == 0:
        yield "no_projects"
    record, measure, value = findings.records[0], measure_name(findings.slots), findings.rows[0].get("value")
    if (record.get("quarters_done") or 4) < 4:
        yield "part_year_down" if isinstance(value, (int, float)) and value < 0 else "part_year"
    if "quarters_left" in record and not record.get("as_of"):
        yield "begin"
    if "quarters_left" in record and not record["quarters_left"]:
        yield "over"
    if {"reached", "target"} <= record.keys() and record["reached"] >= record["target"]:
        yield "met"
    if record.get("quarters_left") == 1:
        yield "last"
    if findings.catalog.places.get(record.get("place", "")) and record.get("admin_type") == "municipality":
        yield "municipality"
    if record.get("confidence") == "low":
        yield "doubtful"
    yield record.get("verdict") or f"batch_{record.get('batch')}"
    if findings.expected_places and not left_out(findings):
        yield from ("few", "complete") if len(findings.rows) <= RANKED else ("complete",)
    if isinstance(value, (int, float)) and value <= 0:
        direction = "down" if value < 0 else "flat"
        yield f"{measure}_{direction}"
        yield direction
    scope = findings.slots.scope
    every = scope is not None and scope == Scope(batch=scope.batch)
    if every and findings.is_open_list:
        yield "known"
    if (value if "count" in findings.template.needs else len(findings.rows)) == 1:
        yield "one"
