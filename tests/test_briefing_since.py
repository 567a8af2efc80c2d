"""What has changed since an earlier issue, split by each of its five causes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from briefings import QUERIES, asked, store
from panels import figure

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing import since
from xinfo.briefing.document import Document

HEAD = "metric_id,label_en,label_zh,unit,kind,definition_en,definition_zh\n"
REDEFINED = HEAD + "gdp,GDP,地区生产总值,yuan,flow,Now with research spending,含研发支出\n"


def row(place: str, metric: str, period: str, value: float, **more: object) -> dict[str, object]:
    return figure(metric, period, value, {"place": place, "source": "new", **more})


SAME = [row("beijing", "gdp", "2014", 2e12), row("xining", "gdp", "2014", 4.8e10)]
BEFORE = [
    *SAME,
    *(row("xining", "info_consumption", "2015", 6e9), row("beijing", "info_consumption", "2015", 10e9)),
    row("xining", "gdp", "2015", 50e9),
    *(row("xining", "population", "2015", 2e6), row("beijing", "population", "2015", 21e6)),
    *(row("xining", "connected_terminals", "2015", 1e5), row("beijing", "connected_terminals", "2015", 2e5)),
]
AFTER = [
    *SAME,
    *(row("xining", "info_consumption", "2015", 6.5e9), row("xining", "info_consumption", "2016", 7e9)),
    row("beijing", "info_consumption", "2015", 10.4e9, method="wide"),
    *(
        row("xining", "gdp", "2015", 52e9),
        row("beijing", "gdp", "2015", 2.2e12),
        row("suzhou-anhui", "gdp", "2015", 1e11),
    ),
    *(row(place, "population", "2015", n) for place, n in (("xining", 2e6), ("beijing", 21e6), ("suzhou-anhui", 5e6))),
    row("xining", "connected_terminals", "2015", 1e5),
    *(row("beijing", "connected_terminals", "2015", 2.1e5), row("suzhou-jiangsu", "connected_terminals", "2015", 3e5)),
    row("beijing", "population", "2016", 21.5e6),
]
CASES = {
    "revised": ("Information consumption of Xining in 2015", "", {"revised": 0.5e9}),
    "period and revised": ("Information consumption of Xining in 2015", "2016", {"period": 0.5e9, "revised": 0.5e9}),
    "another method": ("Information consumption of Beijing in 2015", "", {"definition": 0.4e9}),
    "another definition": ("GDP of Xining in 2015", "", {"definition": 2e9}),
    "coverage": ("Total population of all pilots in 2015", "", {"coverage": 5e6}),
    "coverage and revised": (
        "Total connected terminals of all pilots in 2015", "", {"coverage": 3e5, "revised": 1e4},
    ),
    "period": ("Population of Beijing in 2015", "2016", {"period": 0.5e6}),
    "period and coverage": (
        "Total GDP of all pilots in 2014", "2015", {"period": 2.252e12 - 2.048e12, "coverage": 1e11},
    ),
    "nothing": ("GDP of Beijing in 2014", "", {}),
    "a rate": ("Growth of GDP of Xining in 2015", "", {"definition": 2 / 48}),
    "a share": ("Information consumption as a share of GDP of Xining in 2015", "", {"revised": 0.005}),
    "a difference": ("Difference between connected terminals of Beijing and Xining in 2015", "", {"revised": 1e4}),
    "a share of another period": (
        "Share of Xining in the GDP of all pilots in 2014", "2015", {"period": 0.052 / 2.352 - 0.048 / 2.048},
    ),
}  # fmt: skip
"""What was asked, the period that it is asked for now where that is another, and what its change consists of."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The earlier issue, of every case's question."""
    opened = open_workspace(store(tmp_path_factory.mktemp("before"), given=BEFORE), QUERIES)
    return replace(asked(opened, *(question for question, _, _ in CASES.values())), number=4)


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_workspace(store(tmp_path_factory.mktemp("after"), given=AFTER, metrics=REDEFINED), QUERIES)


@pytest.fixture(scope="module")
def after(now: Workspace) -> Document:
    return asked(
        now, *(question.replace(question[-4:], period or question[-4:]) for question, period, _ in CASES.values())
    )


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_split_by_its_causes(case: str, before: Document, after: Document, now: Workspace) -> None:
    name, wanted = f"a{[*CASES].index(case)}", CASES[case][2]
    found = {change.old.id: dict(change.parts) for change in since.compared(before, after, now)}
    assert found.get(name, {}) == pytest.approx(wanted)
    assert sum(wanted.values()) == pytest.approx(after.figures[name].value - before.figures[name].value)


def test_each_cause_has_its_words_in_both_languages(
    before: Document, after: Document, now: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(since, "MOST", len(CASES))
    edited = {"a8": "9 billion yuan"}
    changes = since.compared(before, after, now, edited)
    en, zh = (" ".join(since.sentences(changes, before, replace(after, lang=lang), now)) for lang in ("en", "zh"))
    for said in ("+500 million yuan due to a revision by the source",
                 "+400 million yuan due to another definition or method",
                 "+5 million due to a change in the places covered", "+500,000 for the new period, 2016",
                 "the earlier file was changed by hand to 9 billion yuan"):  # fmt: skip
        assert said in en
    for said in (
        "数据修订：+5亿元",
        "定义或口径变化：+4亿元",
        "地区范围变化：+500万",
        "上期文件被手工改为9 billion yuan",
    ):
        assert said in zh


def test_that_nothing_has_changed_is_said(before: Document, now: Workspace) -> None:
    assert since.sentences((), before, before, now) == ("No figure has changed since issue 4.",)
