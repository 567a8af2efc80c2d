"""What an office does with a briefing: own sentences, a series of issues, names of files, the target in a chart."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from briefings import AT, QUERIES, document, store, workspace

from xinfo.access.signing import of_login
from xinfo.ask import open_workspace
from xinfo.briefing import edit, issues, saved
from xinfo.briefing.document import Document, Paragraph
from xinfo.briefing.files import KINDS
from xinfo.briefing.files.every import every, zipped
from xinfo.briefing.fill import fill
from xinfo.briefing.gate import stops
from xinfo.briefing.model import Account, Ask, Briefing, Section
from xinfo.briefing.names import file_name
from xinfo.briefing.templates import carried_on, drafted

LEVEL = Account("level", "Information consumption of Xining in 2015", ("level", "change"))


def filled(*items: Account | Ask, lang: str = "en") -> Document:
    of = Briefing("own", {"en": "Own"}, "en", (Section({"en": "Own"}, items),), place="xining", period="2015")
    return fill(of, workspace(), lang, made=AT, author="")


def own(said: str) -> Document:
    return filled(replace(LEVEL, words={"en": said}))


def test_own_sentences_stand_in_place_of_computed_ones_with_the_same_figures() -> None:
    made = own("Some 5.979 billion yuan were spent, 16.06% more than before: the best of all years.")
    [line] = [one for one in made.blocks() if isinstance(one, Paragraph)]
    assert line.text.startswith("Some 5.979 billion yuan were spent")
    assert [run.text for run in line.runs if run.figure] == ["5.979 billion yuan", "16.06%"]
    assert not stops(made)
    # Where they are given in the other language alone, calculated ones stand.
    assert "Some" not in next(one.text for one in filled(replace(LEVEL, words={"zh": "59.79亿元"})).blocks())


def test_an_amount_of_the_authors_that_no_longer_holds_is_flagged() -> None:
    made = own("Some 5.1 billion yuan were spent in 2015, on 3 projects.")
    assert [gap.reason for gap in made.missing if "5.1" in gap.reason]
    assert "5.1 billion yuan" in stops(made)[0]


def test_own_sentences_are_kept_in_the_file_and_by_the_next_issue(tmp_path: Path) -> None:
    of = Briefing("own", {"en": "Own 2014"}, "en", (Section({}, (LEVEL,)),), place="xining", period="2014")
    told = edit.authored(of, LEVEL, "en", "Well done.")
    saved.save(tmp_path / "store.duckdb", told)
    assert saved.find(tmp_path / "store.duckdb", "own") == told
    onward = carried_on(told, "2015", workspace(), "own-2015")
    assert next(one.words for one in onward.items() if isinstance(one, Account)) == {"en": "Well done."}
    assert onward.series == "own"


def test_what_a_sentence_was_called_before_is_understood() -> None:
    item = {"id": "a", "about": "GDP of Xining in 2015", "say": ["pace"]}
    made = saved.from_form({"id": "old", "title": "Old", "sections": [{"items": [item]}]}, "old")
    assert next(one.say for one in made.items() if isinstance(one, Account)) == ("needed", "projected")


def test_a_series_has_one_numbering_and_says_what_moved(tmp_path: Path) -> None:
    place = store(tmp_path)
    here = open_workspace(place, QUERIES)
    item = replace(LEVEL, question="Information consumption of Xining in 2014")
    first = Briefing("first", {"en": "In 2014"}, "en", (Section({}, (item,)),), place="xining", period="2014")
    by = of_login(place, "Li Hua", AT)
    saved.save(place, first)
    issues.made(place, first, here, ("en",), at=AT, by=by)
    second = carried_on(first, "2015", here, "second")
    saved.save(place, second)
    made = issues.made(place, second, here, ("en",), at=AT, by=by)
    assert made.number == 2
    assert issues.numbers(place, "first") == issues.numbers(place, "second") == (1, 2)
    assert made.documents["en"].since[0].startswith("Figures that differ from issue 1")


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("en", "Information consumption in Xining in 2015 (No. 3).docx"),
        ("zh", "西宁市2015年信息消费情况（第3期）.docx"),
    ],
)
def test_files_are_named_after_title_place_period_and_issue(lang: str, name: str) -> None:
    assert file_name(replace(document(lang), number=3), "docx", {"en": "Xining", "zh": "西宁市"}[lang]) == name


def test_a_title_that_names_neither_place_nor_period_gets_both() -> None:
    bare = replace(document("zh"), title="情况/简报", period="2015Q1-Q3")
    assert file_name(bare, "pdf", "西宁市") == "情况 简报、西宁市、2015年前三季度（草稿）.pdf"


def test_every_format_is_in_one_archive() -> None:
    kept: list[str] = []
    content = zipped(
        every([document("en")], lambda lang: "Xining", lambda what, part: None), lambda _, kind: kept.append(kind)
    )
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name.rsplit(".", 1)[1] for name in names] == kept == [*KINDS]


def test_the_year_to_date_is_drawn_beside_the_target() -> None:
    times = "in the first quarter of 2015, in the first half of 2015 and in the first three quarters of 2015"
    asked = f"Comparison of information consumption of Xining {times}"
    made = filled(Ask("way", asked, ("chart",)))
    [exhibit] = made.exhibits()
    assert exhibit.chart
    assert exhibit.chart.categories[-1] == "target for 2015"
    assert exhibit.chart.own == (3,)
    assert made.figures[exhibit.chart.figures[0][-1]].value == 7e9
    assert exhibit.message.startswith("Own: ")
    assert [one["label"] for one in exhibit.chart.spec["data"]["values"]][-1] == "target for 2015"
    assert "#" not in str(exhibit.chart.spec["layer"]), "colours are the theme's: others are unseen in the dark"


def test_a_caveat_stands_once_with_what_it_is_about() -> None:
    made = document("en")
    assert len({one.text for one in made.asides}) == len(made.asides)
    assert all(len(exhibit.cautions) < 2 for exhibit in made.exhibits())


def test_templates_end_with_room_for_an_outlook_and_proposals() -> None:
    made = drafted("quarterly_progress", "xining", "2015Q1-Q3", workspace(), "zh")
    assert [section.title["zh"] for section in made.sections[-2:]] == ["形势研判", "工作建议"]
    shown = fill(made, workspace(), "zh", made=AT, author="")
    assert not any("工作建议" in part.title for part in shown.parts)
