"""Sentences computed around a figure: the largest part of a change in whatever it has parts of; what is not said."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefings import AT, QUERIES, spent, store, workspace
from panels import HERE, figure

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.account import Sentence, account
from xinfo.briefing.check.verdict import current
from xinfo.briefing.document import Paragraph
from xinfo.briefing.fill import fill
from xinfo.briefing.form import from_form, to_form
from xinfo.briefing.layout import laid_out
from xinfo.briefing.model import SENTENCES, Account, Ask, Briefing, Section

FIELDS = {"finance": 3, "education": 9, "health": 2, "transport": 2, "commerce": 5, "social_security": 1}
GIVEN = [
    *(spent("xining", "2014", 2e9, offering="products"), spent("xining", "2014", 3e9, offering="services")),
    *(spent("xining", "2015", 2.1e9, offering="products"), spent("xining", "2015", 3.9e9, offering="services")),
    *(spent("beijing", "2014", 9e9, consumer="personal"), spent("beijing", "2014", 1e9, consumer="enterprise")),
    *(spent("beijing", "2014", 1e9, consumer="public"), spent("beijing", "2015", 6e9, consumer="personal")),
    *(spent("beijing", "2015", 1.5e9, consumer="enterprise"), spent("beijing", "2015", 1e9, consumer="public")),
    *(figure("connected_terminals", "2014", 1000, {"sector": one, "source": "new"}) for one in FIELDS),
    *(figure("connected_terminals", "2015", 1000 + n, {"sector": one, "source": "new"}) for one, n in FIELDS.items()),
    *(figure("gdp", "2014", 5e10, {"source": "new"}), figure("gdp", "2015", 6e10, {"source": "new"})),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_workspace(store(tmp_path_factory.mktemp("account"), given=GIVEN), QUERIES)


def told(question: str, opened: Workspace, lang: str = "en") -> dict[str, str]:
    found = account(question, SENTENCES, opened, lang)
    return {one.kind: one.text for one in found if isinstance(one, Sentence)}


@pytest.mark.parametrize(
    ("question", "en", "zh"),
    [
        ("Information consumption of Xining in 2015",
         "The largest contributor to the rise of 1 billion yuan on the year before was information consumption "
         "(services), which added 900 million yuan, or 90% of it.",
         "同比增加10亿元，其中信息消费（信息服务）增加最多，为9亿元，占增量的90%。"),
        ("Information consumption of Beijing in 2015",
         "Against a fall of 2.5 billion yuan on the year before, personal information consumption lost the most: "
         "3 billion yuan.",
         "同比共减少25亿元，其中个人信息消费减少最多，为30亿元。"),
        ("Connected terminals of Xining at the end of 2015",
         "The largest contributor to the rise of 22 on the year before was connected terminals (education), "
         "which added 9, or 40.91% of it.",
         "同比增加22，其中联网终端（教育）增加最多，为9，占增量的40.91%。"),
    ],
)  # fmt: skip
def test_the_largest_contributor_is_told_of_any_figure_that_has_parts(
    question: str, en: str, zh: str, opened: Workspace
) -> None:
    assert told(question, opened)["contributor"] == en
    assert told(question, opened, "zh")["contributor"] == zh


def test_a_figure_without_parts_has_no_contributor(opened: Workspace) -> None:
    assert told("GDP of Xining in 2015", opened).keys() == {"level", "change"}


@pytest.mark.parametrize(
    ("lang", "progress", "needed"),
    [
        ("en",
         "62.96% of the target for 2015 has been reached, compared with 73.49% of the whole year's total at the same "
         "point a year before: behind last year's share (75% of the year is gone).",
         "To meet the target, 2.593 billion yuan is needed in the fourth quarter of 2015, 89.88% more than a year "
         "before. At the growth of the first three quarters of 2015, 16.38%, the year would come to 5.996 billion "
         "yuan, 1.004 billion yuan short of the target (a calculation, not a forecast). No quarter on record has given "
         "as much; the highest was the third quarter of 2015 with 1.521 billion yuan."),
        ("zh",
         "已完成2015年目标的62.96%，上年同期已达上年全年的73.49%，进度慢于上年（时间进度75%）。",
         "完成目标尚需2015年四季度实现25.93亿元，须同比增长89.88%。2015年前三季度增速为16.38%，照此推算，全年为59.96亿元，"
         "比目标少10.04亿元（仅为推算，不是预测）。此前单季最高为2015年三季度的15.21亿元，有数据以来尚无先例。"),
    ],
)  # fmt: skip
def test_progress_stands_beside_that_of_the_year_before_and_what_the_rest_needs(
    lang: str, progress: str, needed: str
) -> None:
    said = told("Information consumption of Xining in the first three quarters of 2015", workspace(), lang)
    assert (said["progress"], said["needed"]) == (progress, needed)


def test_numbers_made_of_others_are_figures_that_are_worked_out_twice() -> None:
    item = Account(
        "goal", "Information consumption of Xining in the first three quarters of 2015", ("progress", "needed")
    )
    of = Briefing("goal", {"en": "Goal"}, "en", (Section({"en": "Goal"}, (item,)),), place="xining")
    document = fill(of, workspace(), "en", made=AT, author="")
    assert document.parts[0].title == "Goal: growth so far is not enough for the year's target"
    figures = document.figures
    assert figures["goal_needed_growth"].of == ("goal_needed_rest", "goal_needed_earlier")
    assert {name for name, one in figures.items() if one.of and one.second is not None} == {
        *("goal_progress_share", "goal_progress_share_before"),
        *("goal_needed_rest", "goal_needed_growth", "goal_needed_carried_on", "goal_needed_apart"),
    }
    assert figures["goal_progress_gone"].value == figures["goal_progress_gone"].second == 0.75
    assert current(document, workspace()) == pytest.approx({name: one.value for name, one in figures.items()})


def test_a_ranking_shows_the_own_place_that_is_not_among_the_first() -> None:
    item = Ask("top", "The two pilots with the highest information consumption in 2015")
    of = Briefing("top", {"en": "Top"}, "en", (Section({"en": "Pilots"}, (item,)),), place="xining")
    document = fill(of, workspace(), "en", made=AT, author="")
    [exhibit] = document.exhibits()
    assert exhibit.chart
    assert exhibit.table
    assert exhibit.chart.categories == ("1. Beijing", "2. Suzhou (Jiangsu)", "3. Xining")
    assert [row[0].text for row in exhibit.table.rows] == [*exhibit.chart.categories]
    assert exhibit.chart.own == (2,)
    assert exhibit.title.endswith(", and Xining with its neighbours")
    assert document.parts[0].title == "Pilots: led by Beijing; Xining is in the lower third of the pilots with figures"
    assert from_form(to_form(document)) == document


def test_the_rank_among_comparable_pilots_is_of_its_kind_and_size(tmp_path: Path) -> None:
    head, *places = (HERE / "place.csv").read_text(encoding="utf-8").splitlines()
    xining = next(line for line in places if line.startswith("xining,"))
    alike = [xining.replace("xining,Xining,西宁市", f"city{n},City {n},{n}号市") for n in "一二三四"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "place.csv").write_text("\n".join([head, *places, *alike]), encoding="utf-8")
    sizes = {"city一": 5.1e10, "xining": 1e11, "city二": 1.9e11, "city三": 1.2e11, "city四": 2.1e11, "beijing": 1e11}
    given = [figure("gdp", "2014", size, {"place": place, "source": "new"}) for place, size in sizes.items()]
    given += [spent(place, "2015", 1e10 + at * 1e9) for at, place in enumerate(sizes)]
    here = open_workspace(store(tmp_path, given=given), QUERIES)
    assert told("Information consumption of Xining in 2015", here)["comparable"] == (
        "Beside the 3 pilots of its kind (prefecture-level cities: City 一, City 三 and City 二) with GDP in 2014 from "
        "half to double its own, it ranked 3rd of the 4."
    )


def test_what_was_asked_for_and_cannot_be_said_is_listed_with_its_reason(opened: Workspace) -> None:
    item = Account("gdp", "GDP of Xining in 2015", ("level", "contributor", "target", "comparable"))
    of = Briefing("gdp", {"en": "GDP"}, "en", (Section({"en": "GDP"}, (item,)),), place="xining")
    document = fill(of, opened, "en", made=AT, author="")
    [missing] = [one for one in laid_out(document).back if one.title == "What could not be said, and why"]
    assert [one.text for one in missing.elements if isinstance(one, Paragraph)] == [
        "GDP of Xining in 2015: there are no parts, compiled alike and adding up, to tell what contributed most",
        "GDP of Xining in 2015: there is no target",
        "GDP of Xining in 2015: too few pilots of its kind and size have a figure for a ranking",
    ]
