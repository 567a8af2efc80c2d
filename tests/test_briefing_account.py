"""Sentences computed around a figure: the largest part of a change in whatever it has parts of; what is not said."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefings import AT, QUERIES, spent, store, workspace
from panels import HERE, figure

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.account import Sentence, account
from xinfo.briefing.check.verdict import current
from xinfo.briefing.document import Exhibit, Paragraph
from xinfo.briefing.fill import fill
from xinfo.briefing.form import from_form, to_form
from xinfo.briefing.layout import laid_out
from xinfo.briefing.model import SENTENCES, Account, Ask, Briefing, Section
from xinfo.briefing.rounded import Rounded, last_digit

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
         "Information consumption (services) added most to the rise of 1,000 million yuan on the year before: services "
         "up 30%, adding 900 million yuan or 18 percentage points; products up 5%, adding 100 million yuan or 2 "
         "percentage points; together a rise of 20 percentage points.",
         "同比增加10亿元，其中信息消费（信息服务）增加最多：信息服务增长30%，增加9亿元，拉动18个百分点；"
         "信息产品增长5%，增加1亿元，拉动2个百分点；合计拉动20个百分点。"),
        ("Information consumption of Beijing in 2015",
         "Personal information consumption lost most in the fall of 2.5 billion yuan on the year before: personal down "
         "33.33%, losing 3.0 billion yuan or 27.27 percentage points; public unchanged; enterprise up 50%, adding 0.5 "
         "billion yuan or 4.55 percentage points; together a fall of 22.73 percentage points (the parts are rounded).",
         "同比减少25亿元，其中个人信息消费减少最多：个人信息消费下降33.33%，减少30亿元，下拉27.27个百分点；公共信息消费持平；"
         "企业信息消费增长50%，增加5亿元，拉动4.55个百分点；合计下拉22.73个百分点（分项数经四舍五入）。"),
        ("Connected terminals of Xining at the end of 2015",
         "Connected terminals (education) added most to the rise of 22 on the year before: education up 0.9%, adding 9 "
         "or 0.15 percentage points; commerce up 0.5%, adding 5 or 0.08 percentage points; finance up 0.3%, adding 3 "
         "or 0.05 percentage points; health up 0.2%, adding 2 or 0.03 percentage points; transport up 0.2%, adding 2 "
         "or 0.03 percentage points; social security up 0.1%, adding 1 or 0.02 percentage points; together a rise of "
         "0.37 percentage points (the parts are rounded).",
         "同比增加22，其中联网终端（教育）增加最多：教育增长0.9%，增加9，拉动0.15个百分点；商贸增长0.5%，增加5，"
         "拉动0.08个百分点；金融增长0.3%，增加3，拉动0.05个百分点；医疗卫生增长0.2%，增加2，拉动0.03个百分点；交通增长0.2%，"
         "增加2，拉动0.03个百分点；社会保障增长0.1%，增加1，拉动0.02个百分点；合计拉动0.37个百分点（分项数经四舍五入）。"),
    ],
)  # fmt: skip
def test_the_largest_contributor_is_told_of_any_figure_that_has_parts(
    question: str, en: str, zh: str, opened: Workspace
) -> None:
    assert told(question, opened)["contributor"] == en
    assert told(question, opened, "zh")["contributor"] == zh


def test_a_figure_without_parts_has_no_contributor(opened: Workspace) -> None:
    assert told("GDP of Xining in 2015", opened).keys() == {"level", "change"}


SO_FAR = "Information consumption of Xining in the first three quarters of 2015"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", {
            "progress": "By the end of the first three quarters of 2015, with 75% of the year gone, 62.96% of the "
            "target for 2015 had been reached, against 73.49% of the previous year's total at the same point.",
            "needed": "To meet the target, 2.593 billion yuan is needed in the fourth quarter of 2015, 89.88% more "
            "than a year before.",
            "projected": "At the growth of the first three quarters of 2015, 16.38%, the year would come to 5.996 "
            "billion yuan, 1.004 billion yuan, or 14.34%, short of the target (a calculation, not a forecast).",
            "step": "What is needed in the fourth quarter of 2015 is 70.51% above the third quarter of 2015 (1.521 "
            "billion yuan); between the same two quarters a year before there was growth of 3.93%.",
            "ever": "None of the 11 quarters with figures from the first quarter of 2013 to the third quarter of 2015 "
            "gave as much as the target requires in the fourth quarter of 2015.",
        }),
        ("zh", {
            "progress": "2015年前三季度完成2015年目标的62.96%，上年同期为上年全年的73.49%，时间进度75%。",
            "needed": "完成目标尚需2015年四季度实现25.93亿元，即同比增长89.88%。",
            "projected": "按2015年前三季度增速16.38%推算，全年为59.96亿元，比目标少10.04亿元，低14.34%"
            "（仅为推算，不是预测）。",
            "step": "2015年四季度所需数额比2015年三季度（15.21亿元）高70.51%；上年同期环比增长3.93%。",
            "ever": "2013年一季度至2015年三季度有数据的11个季度均未达到2015年四季度所需数额。",
        }),
    ],
)  # fmt: skip
def test_progress_stands_beside_that_of_the_year_before_and_what_the_rest_needs(
    lang: str, said: dict[str, str]
) -> None:
    found = told(SO_FAR, workspace(), lang)
    assert {kind: found[kind] for kind in said} == said


@pytest.mark.parametrize(
    ("lang", "now", "then"),
    [("en", ("is needed in", "would come to"), ("was needed in", "would have come to")),
     ("zh", ("尚需2015年四季度实现",), ("需2015年四季度实现",))],
)  # fmt: skip
def test_of_a_year_that_is_over_the_rest_is_no_longer_to_come(
    lang: str, now: tuple[str, ...], then: tuple[str, ...]
) -> None:
    for day, words in (("2015-11-02", now), ("2016-01-02", then)):
        found = account(SO_FAR, ("needed", "projected"), workspace(), lang, day)
        told = " ".join(one.text for one in found if isinstance(one, Sentence))
        assert [one for one in words if one not in told] == []


def test_parts_that_grew_within_a_tenth_of_a_point_grew_alike(tmp_path: Path) -> None:
    given = [spent("xining", "2014", n * 1e9, consumer=one) for n, one in ((5, "personal"), (3, "enterprise"))]
    given += [spent("xining", "2015", n * 1e9, consumer=one) for n, one in ((6, "personal"), (3.601, "enterprise"))]
    given += [spent("xining", "2014", 2e9, consumer="public"), spent("xining", "2015", 2.4e9, consumer="public")]
    here = open_workspace(store(tmp_path, given=given), QUERIES)
    assert told("Information consumption of Xining in 2015", here)["contributor"].startswith(
        "Personal, enterprise and public information consumption grew alike (20% to 20.03%). The rise of 2,001 million "
        "yuan on the year before is made up of: personal 1,000 million yuan or 10 percentage points; enterprise 601 "
    )


@pytest.mark.parametrize(
    ("target", "unit", "gap", "even"),
    [(0.1, "ratio", 0.0006, True), (0.1, "ratio", 0.006, False), (0.125, "ratio", 0.0006, False),
     (1.25e10, "yuan", 4e7, True), (1.25e10, "yuan", 6e7, False)],
)  # fmt: skip
def test_a_target_of_about_so_much_tells_no_gap_below_half_of_its_last_digit(
    target: float, unit: str, gap: float, even: bool
) -> None:
    assert Rounded(last_digit(target, unit), unit, "en").even(gap) == even
    assert Rounded(0.0, unit, "en").even(0.0), "an exact target is reached exactly"
    assert not Rounded(0.0, unit, "en").even(gap)


def test_numbers_made_of_others_are_figures_that_are_worked_out_twice() -> None:
    item = Account(
        "goal",
        "Information consumption of Xining in the first three quarters of 2015",
        ("progress", "needed", "projected"),
    )
    of = Briefing("goal", {"en": "Goal"}, "en", (Section({"en": "Goal"}, (item,)),), place="xining")
    document = fill(of, workspace(), "en", made=AT, author="")
    assert document.parts[0].title == (
        "Goal: at the growth by then the year would have ended 14.34% below the target; "
        "no quarter yet gave what is needed"
    )
    figures = document.figures
    assert figures["goal_needed_growth"].of == ("goal_needed_rest", "goal_needed_earlier")
    assert {name for name, one in figures.items() if one.of and one.second is not None} == {
        *("goal_progress_share", "goal_progress_share_before"),
        *("goal_needed_rest", "goal_needed_growth", "goal_step_rest", "goal_step_more", "goal_step_season"),
        *("goal_projected_carried_on", "goal_projected_apart", "goal_projected_off"),
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
    said = next(one.text for one in document.blocks() if isinstance(one, Paragraph))
    assert said.startswith("Information consumption of Xining in 2015 came to 5.98 billion yuan, 3rd and last of ")
    assert ", behind Suzhou (Jiangsu) (47.84 billion yuan). " in said
    assert document.parts[0].title == "Pilots: Xining ranks 3rd of the 3 pilots with figures"
    assert from_form(to_form(document)) == document


def with_cities(folder: Path, names: str) -> None:
    """More cities of the kind of Xining in a store's places."""
    head, *places = (HERE / "place.csv").read_text(encoding="utf-8").splitlines()
    xining = next(line for line in places if line.startswith("xining,"))
    alike = [xining.replace("xining,Xining,西宁市", f"city{n},City {n},{n}号市") for n in names]
    (folder / "data").mkdir()
    (folder / "data" / "place.csv").write_text("\n".join([head, *places, *alike]), encoding="utf-8")


def test_the_targets_of_comparable_pilots_stand_in_a_table(tmp_path: Path) -> None:
    with_cities(tmp_path, "一二三四五")
    reached = {"city一": 6e9, "xining": 5e9, "city二": 8e9, "city三": 2e9, "city四": 9e9}
    given = [figure("gdp", "2014", 1e11, {"place": one, "source": "new"}) for one in (*reached, "city五")]
    given = [row | {"value": 9e11} if row["place"] == "city四" else row for row in given]
    given += [spent(one, "2015Q1-Q3", value) for one, value in reached.items()]
    here = open_workspace(store(tmp_path, given=given, targets={**dict.fromkeys(reached, 10), "xining": 7}), QUERIES)
    item = Account("peers", "Information consumption of Xining in the first three quarters of 2015", ("peers",))
    of = Briefing("goal", {"en": "Goal"}, "en", (Section({"en": "Goal"}, (item,)),), place="xining")
    document = fill(of, here, "en", made=AT, author="")
    told, exhibit = document.blocks()
    assert isinstance(told, Paragraph)
    assert "4 pilots of its kind" in told.text
    assert "1 had reached a larger part" in told.text
    assert isinstance(exhibit, Exhibit)
    assert exhibit.table
    assert [[run.text for run in row] for row in exhibit.table.rows] == [
        ["City 二", "10", "8", "80.00", "5.00"],
        ["Xining", "7", "5", "71.43", "-3.57"],
        ["City 一", "10", "6", "60.00", "-15.00"],
        ["City 三", "10", "2", "20.00", "-55.00"],
    ]
    assert exhibit.table.own == (1,)
    assert exhibit.cautions == ("Of that kind and size, but without a target or a figure: City 五.",)
    assert all(one.second is not None for one in document.figures.values())
    assert {run.figure for row in exhibit.table.rows for run in row[1:]} <= {*document.figures}


def test_the_rank_among_comparable_pilots_is_of_its_kind_and_size(tmp_path: Path) -> None:
    with_cities(tmp_path, "一二三四")
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
    [missing] = [one for one in laid_out(document).back if one.title == "Figures not available, and why"]
    assert [one.text for one in missing.elements if isinstance(one, Paragraph)] == [
        "GDP of Xining in 2015: there are no parts, compiled alike and adding up, to tell what contributed most",
        "GDP of Xining in 2015: there is no target",
        "GDP of Xining in 2015: too few pilots of its kind and size have a figure for a ranking",
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_quarters_that_sentences_rest_on_stand_in_a_table(lang: str) -> None:
    item = Account("goal", SO_FAR, ("progress", "needed", "projected"))
    of = Briefing("goal", {"en": "Goal"}, "en", (Section({"en": "Goal"}, (item,)),), place="xining")
    document = fill(of, workspace(), lang, made=AT, author="")
    [exhibit] = document.annexed
    assert exhibit.table
    rows = [[run.text for run in row] for row in exhibit.table.rows]
    assert len(rows) == 11, "as many as 'none of the 11 quarters' counts"
    _, level, so_far, growth, base = zip(*rows, strict=True)
    kind = "(all rows: published, calculated)" if lang == "en" else "（各行均为：公开发布的数据、计算）"
    assert exhibit.title.endswith(kind), "sums of published parts, said once"
    unit = 1e9 if lang == "en" else 1e8
    assert [float(one) for one in level] == [round((1.0037e9 + 5.17e7 * at) / unit, 3 if lang == "en" else 2)
                                             for at in range(11)]  # fmt: skip
    assert growth[:4] == base[:4] == ("–",) * 4
    assert base[4:] == level[:7], "growth stands beside what it is over"
    for at in range(4, 11):
        assert float(growth[at]) == pytest.approx((float(level[at]) / float(base[at]) - 1) * 100, abs=0.1)
    assert [float(one) for one in so_far[:4]] == pytest.approx(
        [sum(float(one) for one in level[: at + 1]) for at in range(4)], abs=0.02
    )
    said = " ".join(block.text for block in document.blocks() if isinstance(block, Paragraph))
    assert ("11 quarters" if lang == "en" else "11个季度") in said, said
    assert from_form(to_form(document)) == document
    titles = [chapter.title for chapter in laid_out(document).back]
    assert any(("Quarters behind the text" if lang == "en" else "分季度数据") in one for one in titles)
