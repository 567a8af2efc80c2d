"""What is made up says so wherever it is read: in the sentence, on the chart, in every file; and nothing else does."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from answers import answer, figure, when
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampled import slots_of

from tests.shipped import shipped_store
from xinfo.answer.answer import Answer
from xinfo.answer.export import to_csv, to_xlsx
from xinfo.answer.picture import picture
from xinfo.ask import Workspace, answer_reading, open_workspace
from xinfo.understand.reading import Reading, Scope, Slots
from xinfo.understand.say import sentence
from xinfo.understand.template import load_templates

ROOT = Path(__file__).resolve().parents[1]
BEYOND = ("yes_no", "share_passing")
"""What the sampler does not know how to ask; test_composed does."""
TEMPLATES = [one.template_id for one in load_templates(ROOT / "queries")[0] if one.template_id not in BEYOND]
WORD = {"en": r"demonstration (figure|data)|made up", "zh": "演示数据|虚构"}
QUIET = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


@cache
def workspace(published_only: bool = False) -> Workspace:
    return open_workspace(shipped_store(Path(mkdtemp(prefix="made-up"))), ROOT / "queries", published_only)


def asked(template_id: str, slots: Slots, lang: str, here: Workspace) -> Answer | None:
    template = next(one for one in here.templates if one.template_id == template_id)
    said = sentence(template, slots, here.catalog, lang)
    reply = answer_reading(Reading(said, lang, template, slots, said), here)
    return reply if isinstance(reply, Answer) else None


def told(text: str, lang: str) -> bool:
    return re.search(WORD[lang], text.lower()) is not None


def in_files(reply: Answer) -> dict[str, str]:
    """What stands in the files of an answer."""
    workbook = zipfile.ZipFile(io.BytesIO(to_xlsx(reply)))
    texts = {"csv": to_csv(reply).decode(), "xlsx": workbook.read("xl/sharedStrings.xml").decode()}
    if reply.chart:
        texts |= {"png": json.dumps(picture(reply), ensure_ascii=False)}
        texts |= {kind: json.dumps(spec["title"], ensure_ascii=False) for kind, (spec, _) in reply.charts.items()}
    return texts


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.long)])
@pytest.mark.parametrize("template_id", TEMPLATES)
@settings(max_examples=2, **QUIET)
@given(data=st.data())
def test_a_made_up_figure_says_so_in_the_sentence_and_in_every_file(
    template_id: str, lang: str, data: st.DataObject
) -> None:
    here = workspace()
    template = next(one for one in here.templates if one.template_id == template_id)
    slots = data.draw(slots_of(template, here.catalog))
    if (reply := asked(template_id, slots, lang, here)) is None:
        return
    made_up = "illustrative" in reply.statuses
    assert made_up or all(row.get("status") != "illustrative" for row in reply.rows)
    assert told(reply.headline, lang) == made_up or "fact" in template.needs, reply.headline
    for name, text in in_files(reply).items() if made_up else ():
        assert told(text, lang), name


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.long)])
@pytest.mark.parametrize("template_id", TEMPLATES)
@settings(max_examples=1, **QUIET)
@given(data=st.data())
def test_nothing_says_so_where_published_figures_alone_are_asked(
    template_id: str, lang: str, data: st.DataObject
) -> None:
    here = replace(workspace(), published_only=True)
    template = next(one for one in here.templates if one.template_id == template_id)
    reply = asked(template_id, data.draw(slots_of(template, here.catalog)), lang, here)
    if reply is not None and "fact" not in template.needs:
        assert "illustrative" not in reply.statuses
        assert not told(reply.headline, lang)


MADE_UP = {"status": "illustrative", "method": "demonstration", "source": "demonstration"}
GDP = Slots(metric="gdp", places=("xining", "wuhan"), periods=when("2014"))
SENTENCES = {
    "one": ("value", GDP.but(places=("xining",)), [figure(1.2e11, place="xining", **MADE_UP)],
            "GDP of Xining in 2014 was 120 billion yuan (demonstration figure).",
            "西宁市2014年地区生产总值为1,200亿元（演示数据）。"),
    "mixed": ("compare_places", GDP, [figure(1.2e11, place="xining", **MADE_UP), figure(1e12, place="wuhan")],
              "GDP in 2014: Xining 120 billion yuan (demonstration figure) and Wuhan 1 trillion yuan.",
              "2014年地区生产总值：西宁市1,200亿元（演示数据）和武汉市1万亿元。"),
    "ranked": ("rank", Slots(metric="gdp", scope=Scope(), periods=when("2014"), order="desc", n=2),
               [figure(1e12, place="wuhan", places=["wuhan", "xining", "lhasa"]),
                figure(1.2e11, place="xining", **MADE_UP)],
               "Highest GDP among all pilots in 2014: Wuhan (1 trillion yuan) and Xining (120 billion yuan, "
               "demonstration figure).",
               "全部试点中，2014年地区生产总值最高的依次是：武汉市（1万亿元）和西宁市（1,200亿元，演示数据）。"),
    "course": ("trend", GDP.but(places=("xining",), grain="year", periods=when("2013..2014")),
               [figure(1e11, place="xining", period="2013"), figure(1.2e11, place="xining", period="2014", **MADE_UP)],
               "GDP of Xining by year from 2013 to 2014: from 100 billion yuan (2013) to 120 billion yuan (2014, "
               "demonstration figure).",
               "西宁市2013年至2014年各年地区生产总值：由2013年的1,000亿元变为2014年的1,200亿元（演示数据）。"),
    "target": ("value", GDP.but(places=("xining",), measure="attainment"),
               [figure(0.98, place="xining") | {"statuses": ["illustrative", "reported"]}],
               "Xining reached 98% of its target for GDP in 2014 (the target is from a public source, but the "
               "actual figure is a demonstration figure).",
               "西宁市2014年地区生产总值完成目标的98%（目标取自公开来源，实际值为演示数据）。"),
    "partly": ("total", Slots(metric="gdp", scope=Scope(), periods=when("2014")),
               [figure(1.12e12, places=["wuhan", "xining"]) | {"statuses": ["illustrative", "reported"]}],
               "GDP of all pilots together in 2014 was 1.12 trillion yuan (partly demonstration figures).",
               "全部试点2014年地区生产总值合计为1.12万亿元（部分为演示数据）。"),
    "chosen": ("figures_by_place",
               Slots(metric="gdp", scope=Scope(), periods=when("2014"), over="place",
                     chosen=Slots(metric="ecommerce_sales", periods=when("2014"), order="desc", n=1)),
               [figure(1e12, place="wuhan", chosen_places=["wuhan"], chosen_statuses=["illustrative"])],
               "GDP of the one of all pilots with the highest e-commerce sales in 2014, in 2014: Wuhan (1 trillion "
               "yuan); the places were selected using demonstration figures.",
               "全部试点中2014年电子商务交易额最高的试点2014年地区生产总值：武汉市（1万亿元）；地区按演示数据选取。"),
    "rivals": ("position", Slots(metric="gdp", places=("wuhan",), scope=Scope(), periods=when("2014")),
               [figure(1, place="wuhan", reached=1e12, places=["wuhan", "xining", "lhasa"],
                       rival_statuses=["reported", "illustrative"])],
               "Wuhan ranks 1st of the 3 that have a figure among all pilots by GDP in 2014, with 1 trillion yuan "
               "(some of the figures compared are demonstration figures).",
               "武汉市2014年地区生产总值在全部试点中居第1位（共3个有数据），为1万亿元（其他地区的数据部分为演示数据）。"),
    "difference": ("difference_of_periods", GDP.but(places=("xining",), periods=when("2014", "2013")),
                   [figure(2e10, place="xining", value_a=1.2e11, value_b=1e11)
                    | {"statuses": ["illustrative", "reported"]}],
                   "GDP of Xining: 20 billion yuan more in 2014 than in 2013 (demonstration figure 120 billion yuan "
                   "against published figure 100 billion yuan).",
                   "西宁市地区生产总值：2014年比2013年多200亿元（分别为演示数据1,200亿元和公开发布的数据1,000亿元）。"),
    "published": ("value", GDP.but(places=("xining",)), [figure(1.2e11, place="xining")],
                  "GDP of Xining in 2014 was 120 billion yuan.", "西宁市2014年地区生产总值为1,200亿元。"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", SENTENCES)
def test_the_sentence_tells_what_is_made_up_and_what_is_not(name: str, lang: str) -> None:
    template, slots, rows, *sentences = SENTENCES[name]
    assert answer(template, rows, slots, lang).headline == sentences[lang == "zh"]
