"""A tiny store with targets, and a briefing about it: what the tests of briefings share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from panels import HERE, figure, write_csv

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.document import Document
from xinfo.briefing.fill import fill
from xinfo.briefing.model import Ask, Briefing, Section
from xinfo.briefing.saved import read
from xinfo.store.build import build

QUERIES = Path(__file__).parents[2] / "queries"
BRIEFING = Path(__file__).parent / "xining.yaml"
AT = "2016-02-26T10:00:00+08:00"
SHARES = {"personal": 0.5, "enterprise": 0.3, "public": 0.2}
SIZES = {"xining": 1.0, "beijing": 20.0, "suzhou-jiangsu": 8.0}
TARGETS = ("place", "metric", "period", "value", "unit", "comparison", "source")


def rows(changed: Mapping[tuple[str, str], float] | None = None) -> list[dict[str, object]]:
    """Quarters of three pilots by type of consumer; `changed` holds other totals by place and period."""
    made = []
    for place, size in SIZES.items():
        for at in range(12):
            period = f"{2013 + at // 4}Q{at % 4 + 1}"
            total = (changed or {}).get((place, period), size * (1.0037e9 + 5.17e7 * at))
            for part, share in SHARES.items():
                more = {"place": place, "consumer": part, "source": "new"}
                made.append(figure("info_consumption", period, round(total * share), more))
        made.append(figure("gdp", "2015", round(size * 5.4e10), {"place": place, "source": "new"}))
    return made


def store(
    folder: Path, changed: Mapping[tuple[str, str], float] | None = None, status: str = "",
    given: Sequence[Mapping[str, object]] = (), metrics: str = "", comparison: str = "at_least",
    targets: Mapping[str, float] | None = None,
) -> Path:  # fmt: skip
    """A store of these figures or of those `given`, all of one status where there is one; `metrics` is a metric.csv.

    Its target, or those given by place in billion yuan, is of the kind `comparison`.
    """
    made_of = [{**row} | ({"status": status} if status else {}) for row in given or rows(changed)]
    write_csv(folder / "data" / "observation.csv", made_of)
    if metrics:
        (folder / "data" / "metric.csv").write_text(metrics, encoding="utf-8")
    target = {"metric": "info_consumption", "period": "2015", "unit": "billion yuan", "comparison": comparison}
    given_ = [{**target, "source": "old", "place": one, "value": to} for one, to in (targets or {"xining": 7}).items()]
    write_csv(folder / "data" / "target.csv", given_, TARGETS)
    made = folder / "store.duckdb"
    build(made, shipped=HERE, data=folder / "data", built_at="2016-01-31T00:00:00", who="Steward")
    return made


@cache
def shared() -> Path:
    """One store for all tests that only read it."""
    return store(Path(mkdtemp()))


@cache
def workspace() -> Workspace:
    return open_workspace(shared(), QUERIES)


@cache
def briefing() -> Briefing:
    return read(BRIEFING)


@cache
def document(lang: str = "en") -> Document:
    """The shared briefing, filled."""
    return fill(briefing(), workspace(), lang, made=AT, author="Li Hua")


def spent(place: str, period: str, value: float, **more: object) -> dict[str, object]:
    """One row of information consumption."""
    return figure("info_consumption", period, value, {"place": place, "source": "new", **more})


def asked(opened: Workspace, *questions: str, lang: str = "en") -> Document:
    """A briefing of these questions, a0, a1, …, filled."""
    items = tuple(Ask(f"a{at}", question) for at, question in enumerate(questions))
    return fill(Briefing("asked", {"en": "Asked"}, "en", (Section({}, items),)), opened, lang, made=AT, author="")
