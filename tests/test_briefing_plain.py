"""What a mayor, his secretary and a statistician asked of a briefing: said once, plainly, and no more than is known."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from briefings import AT, QUERIES, shared, spent, store, workspace
from docx import Document as read_docx
from panels import HERE
from pptx import Presentation

from xinfo.ask import Workspace, open_workspace
from xinfo.briefing.document import Document, Paragraph
from xinfo.briefing.files import html, render
from xinfo.briefing.fill import fill
from xinfo.briefing.findings import throughout
from xinfo.briefing.layout import Layout, Shown, laid_out
from xinfo.briefing.model import Account, Ask, Briefing, Item, Section
from xinfo.cli import main
from xinfo.language.texts import text
from xinfo.understand.template import LANGUAGES

SO_FAR = "Information consumption of Xining in the first three quarters of 2015"


def filled(*sections: tuple[Item, ...], here: Workspace | None = None, lang: str = "en") -> Document:
    made = tuple(Section({"en": f"Part {at}", "zh": f"部分{at}"}, items) for at, items in enumerate(sections, 1))
    of = Briefing("plain", {"en": "Plain"}, "en", made, place="xining")
    return fill(of, here or workspace(), lang, made=AT, author="")


def text_of(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks() if isinstance(block, Paragraph)).replace("\u2060", "")


def annex(layout: Layout) -> list[str]:
    lines = [one for chapter in layout.back for one in chapter.elements if isinstance(one, Paragraph)]
    return [one.text.replace("\u2060", "") for one in lines]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("(source of the target: Yearbook 2014)", "about 63% of the target",
                "about 73% of the previous year's total", "about 2.59 billion yuan was needed", "about 90% more",
                "the year would have come to about 6 billion yuan, about 1 billion yuan, or about 14%, short of the "
                "target (a calculation, not a forecast)")),
        ("zh", ("（目标来源：Yearbook 2014）", "完成2015年目标的约63%", "上年全年的约73%", "实现约25.9亿元",
                "增长约90%", "全年为约60亿元，比目标少约10亿元，低约14%（仅为推算，不是预测）")),
    ],
)  # fmt: skip
def test_what_is_held_against_an_approximate_target_has_no_more_digits_than_it(
    lang: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    here = open_workspace(store(tmp_path, comparison="about"), QUERIES)
    told = text_of(
        filled((Account("goal", SO_FAR, ("target", "progress", "needed", "projected")),), here=here, lang=lang)
    )
    assert [one for one in said if one not in told] == []
    assert not re.search(r"6[23]\.\d+%|89\.\d+%|25\.93|2\.593", told)


def test_a_course_is_called_no_longer_than_its_figures_and_held_against_its_like() -> None:
    rates = Ask("rates", "Year-on-year growth of information consumption of Xining by quarter from 2012 to 2015",
                ("sentence",))  # fmt: skip
    course = Ask("course", "Information consumption of Xining by quarter from 2011 to 2015", ("sentence", "chart"))
    document = filled((rates, course))
    [exhibit] = document.exhibits()
    assert exhibit.title == "Information consumption of Xining by quarter from 2013 to 2015"
    assert not exhibit.cautions, "what begins with its first figure lacks nothing"
    assert exhibit.chart
    assert "The axis does not begin at zero" in exhibit.chart.spec["title"]["subtitle"][1]
    assert exhibit.message == document.parts[0].title == "Part 1: year-on-year growth has come down"
    first, second = text_of(document).split("\n")
    assert "20.6% in the first quarter of 2014" in first
    assert first.count(" quarter of ") == 8, "each turn is told"
    assert "up 5" not in second, "the fourth quarter is not held against a first one"


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([0.18, 0.14, 0.142], "growth came down, then levelled off"),
        ([0.18, 0.14, 0.16], "growth fell, then rose (lowest in {turn})"),
        ([0.14, 0.18, 0.16], "growth rose, then fell (highest in {turn})"),
        ([0.18, 0.16, 0.14], "growth has come down"),
        ([0.18, 0.14, 0.16, 0.15], "growth went up and down, to less than at first"),
    ],
)
def test_growth_has_come_down_only_where_each_step_did(rates: list[float], said: str) -> None:
    assert text(f"brief.finding.rates.{throughout(rates)}", "en").endswith(said)


def test_what_a_ranking_leaves_out_is_marked(tmp_path: Path) -> None:
    places = [line.split(",")[0] for line in (HERE / "place.csv").read_text(encoding="utf-8").splitlines()]
    assert {"beijing", "suzhou-anhui", "suzhou-jiangsu", "xining"} <= {*places}
    sizes = {"beijing": 9, "suzhou-jiangsu": 8, "haidian-district": 7, "suzhou-anhui": 6, "xining": 5}
    here = open_workspace(store(tmp_path, given=[spent(one, "2015", n * 1e9) for one, n in sizes.items()]), QUERIES)
    document = filled((Ask("top", "The pilot with the highest information consumption in 2015"),), here=here)
    two = filled((Ask("top", "The two pilots with the highest information consumption in 2015"),), here=here)
    [exhibit] = two.exhibits()
    assert exhibit.chart
    assert exhibit.table
    assert [name[:2] for name in exhibit.chart.categories] == ["1.", "2.", "…", "4.", "5."]
    assert [row[0].text[:2] for row in exhibit.table.rows] == ["1.", "2.", "…", "4.", "5."]
    assert exhibit.chart.series[0][1][2] is None
    assert exhibit.chart.own == (4,)
    deck = Presentation(io.BytesIO(render(two, "pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert [*charts[0].plots[0].categories] == [*exhibit.chart.categories]
    assert not [*document.exhibits()]


@pytest.mark.parametrize(
    ("kind", "said", "title"),
    [
        ("Total", "by region: East 17 billion yuan and West 12 billion yuan. Pilots with figures: East 2 and West 1",
         ""),
        ("Average", "The pilots of Xining's region (West) averaged 12 billion yuan each, 1st of the 2 regions. ",
         "Xining's region (West) ranks 1st of the 2 regions by average"),
        ("Median", "The median of the pilots of Xining's region (West) was 12 billion yuan, 1st of the 2 regions. ",
         "Xining's region (West) ranks 1st of the 2 regions by median"),
    ],
)  # fmt: skip
def test_sums_of_groups_of_different_size_are_not_ranked(kind: str, said: str, title: str, tmp_path: Path) -> None:
    sizes = {"beijing": 9, "suzhou-jiangsu": 8, "xining": 12}
    here = open_workspace(store(tmp_path, given=[spent(one, "2015", n * 1e9) for one, n in sizes.items()]), QUERIES)
    document = filled((Ask("by", f"{kind} information consumption of the pilots in 2015 by region"),), here=here)
    assert said in text_of(document)
    assert document.parts[0].title == "Part 1" + (f": {title}" if title else "")
    assert [one.chart.categories for one in document.exhibits() if one.chart] in (
        [("West (n = 1)", "East (n = 2)")], [("East (n = 2)", "West (n = 1)")])  # fmt: skip


@pytest.mark.parametrize(("largest", "told"), [(30, True), (12, False)])
def test_a_place_that_has_more_than_half_of_its_group_is_named_beside_the_average(
    largest: int, told: bool, tmp_path: Path
) -> None:
    sizes = {"beijing": largest, "suzhou-jiangsu": 8, "haidian-district": 7, "xining": 12}
    here = open_workspace(store(tmp_path, given=[spent(one, "2015", n * 1e9) for one, n in sizes.items()]), QUERIES)
    asked = ("Median", "Average")
    document = filled(
        tuple(Ask(one, f"{one} information consumption of the pilots in 2015 by region") for one in asked), here=here
    )
    said = "More than half of the total of East's 3 pilots is that of Beijing alone, which lifts their average."
    assert (said in text_of(document)) == told
    assert document.parts[0].title == (
        "Part 1: Xining's region (West) ranks 1st of the 2 regions by median; "
        f"{'2nd' if told else '1st'} of the 2 regions by average"
    )


def test_what_a_list_lacks_is_explained_once_with_every_name(tmp_path: Path) -> None:
    head, *places = (HERE / "place.csv").read_text(encoding="utf-8").splitlines()
    at = head.split(",").index("batch")
    sure = [f"{line},{'low' if line.startswith('suzhou') else 'high'}" for line in places]
    assert any(line.split(",")[at] for line in places)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "place.csv").write_text("\n".join([f"{head},confidence", *sure]), encoding="utf-8")
    here = open_workspace(store(tmp_path), QUERIES)
    items = [Ask(f"a{n}", f"Total information consumption of all pilots in {n}") for n in (2014, 2015)]
    lines = annex(laid_out(filled(tuple(items), here=here)))
    [told] = [one for one in lines if "first batch" in one]
    assert "Suzhou (Jiangsu)" in told
    assert "Suzhou (Anhui)" in told
    assert not [one for one in lines if "incomplete" in one or "Pilot status" in one]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_annex_says_what_terms_mean_and_nothing_technical(lang: str) -> None:
    items = (Account("level", SO_FAR, ("level", "change", "target")),)
    document = filled(items, lang=lang)
    lines = annex(laid_out(document))
    assert len([one for one in lines if ("nominal growth" in one or "名义增速" in one)]) == 1
    assert document.store[:16] not in "\n".join(lines)
    assert not re.search(r"[0-9a-f]{16}", "\n".join(lines))


def test_a_note_stands_once_in_a_document_with_its_mark() -> None:
    level = Account("one", "Information consumption of Xining in 2015", ("level",))
    more = Account("two", "Information consumption of Xining in 2014", ("level",))
    layout = laid_out(filled((level, more, Account("three", SO_FAR, ("level",))), (level,)))
    notes = [[run.notes for line in chapter.elements if isinstance(line, Paragraph) for run in line.runs if run.notes]
             for chapter in layout.chapters]  # fmt: skip
    assert [len(one) for one in notes] == [1, 0]
    word = read_docx(io.BytesIO(render(layout.document, "docx")))
    part = next(r.target_part for r in word.part.rels.values() if r.reltype.endswith("/footnotes"))
    assert part.blob.decode("utf-8").count("Yearbook") == 1


def test_native_charts_of_parts_have_their_percentages_and_say_where_these_do_not_add_up(tmp_path: Path) -> None:
    given = [spent("xining", "2015", 1e9 / 3, consumer=one) for one in ("personal", "enterprise", "public")]
    here = open_workspace(store(tmp_path, given=given), QUERIES)
    question = "Break down information consumption of Xining in 2015 by consumer type"
    [exhibit] = filled((Ask("who", question, ("sentence", "chart")),), here=here).exhibits()
    assert exhibit.chart
    assert exhibit.chart.categories == ("Enterprise (33.33%)", "Personal (33.33%)", "Public (33.33%)")
    assert "may not add up" in exhibit.cautions[0]


def test_no_slide_holds_one_sentence() -> None:
    long = Account("long", SO_FAR, ("level", "change", "contributor", "target", "progress", "needed"))
    short = Account("short", "Information consumption of Xining in 2014", ("level",))
    deck = Presentation(io.BytesIO(render(filled((long,), (short,)), "pptx")))
    texts = [[shape.text_frame.text for shape in slide.shapes if shape.name == "text"] for slide in deck.slides]
    assert any("Part 2" in one and "2014" in one and "needed" in one for slide in texts for one in slide)


def test_an_account_of_the_machine_is_no_author(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text('id: plain\ntitle: {en: Plain}\nlang: en\nsections: [{title: {en: A}, items: [{id: a, about: '
                    '"Information consumption of Xining in 2015", say: [level]}]}]\n', encoding="utf-8")  # fmt: skip
    out = tmp_path / "plain.docx"
    assert main(["brief", str(path), "--store", str(shared()), "--out", str(out)]) == 0
    assert "--by NAME" in capsys.readouterr().err
    assert read_docx(str(out)).core_properties.author == ""
    assert main(["brief", str(path), "--store", str(shared()), "--out", str(out), "--by", "Li Hua"]) == 0
    assert "--by NAME" not in capsys.readouterr().err
    assert read_docx(str(out)).core_properties.author == "Li Hua"


def test_the_script_of_live_charts_is_that_of_the_installed_vega() -> None:
    """Otherwise run `python deploy/live.py`."""
    bundle: Any = vl_convert.javascript_bundle
    assert gzip.decompress(html.VEGA.read_bytes()).decode("utf-8") == bundle()


def test_a_sentence_over_a_chart_that_names_its_sources_has_no_footnote() -> None:
    asked = Ask("parts", "Break down information consumption of Xining in 2015 by consumer type", ("sentence", "chart"))
    chapter = laid_out(filled((asked,))).chapters[0]
    assert not [run for line in chapter.elements if isinstance(line, Paragraph) for run in line.runs if run.notes]
    assert any("Source" in said for one in chapter.elements if isinstance(one, Shown) for said in one.below)


def test_a_second_target_refers_to_the_source_of_the_first() -> None:
    items = (Account("one", SO_FAR, ("target",)), Account("two", SO_FAR, ("target",)))
    said = " ".join(one.text for one in filled(items).blocks() if isinstance(one, Paragraph))
    assert said.count("source of the target") == said.count("(same source)") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_could_not_be_said_claims_no_lack_of_a_figure_that_is_there(lang: str) -> None:
    question = "Comparison of information consumption of Xining in 2012 and in 2015"
    gap = filled((Ask("two", question, required=False),), lang=lang).missing[0]
    assert "2012" in gap.reason
    assert "2015" not in gap.reason
