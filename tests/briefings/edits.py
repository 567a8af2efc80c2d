# ruff: noqa: E501 — one kind a line
"""Kinds of edits that a file of a briefing comes back with, as data: what is done, and what has to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefings.editing import File

NOTHING, OTHERWISE, ANY = "nothing", "otherwise", ""
"""Only layout; the same value written otherwise; any difference that is one."""


@dataclass(frozen=True)
class Edit:
    name: str
    do: Callable[[File, str], None]
    told: str = ANY
    """The kind that is named first, or one of the above."""


def words(name: str, en: tuple[str, str], zh: tuple[str, str], told: str = ANY) -> Edit:
    """One stretch of text becomes another."""
    pairs = {"en": en, "zh": zh}

    def do(file: File, lang: str) -> None:
        old, new = pairs[lang]
        piece = file.at(old)
        piece.put(piece.text.replace(old, new, 1))

    return Edit(name, do, told)


def at(name: str, act: Callable[[File, str], None], en: str, zh: str, told: str = ANY) -> Edit:
    """Something is done to the piece that holds a text."""
    said = {"en": en, "zh": zh}
    return Edit(name, lambda file, lang: act(file, said[lang]), told)


def dropped(file: File, said: str) -> None:
    file.at(said).drop()


def hidden(file: File, said: str) -> None:
    file.at(said).hide()


def doubled(file: File, said: str) -> None:
    piece = file.at(said)
    piece.follow(piece.text)


def appended(file: File, said: str) -> None:
    """`said` is a piece's text, a bar, and what is written behind it."""
    held, more = said.split("|")
    piece = file.at(held)
    piece.put(piece.text + more)


def followed(file: File, said: str) -> None:
    held, more = said.split("|")
    file.at(held).follow(more)


def exchanged(file: File, said: str) -> None:
    one, two = (file.at(part) for part in said.split("|"))
    first, second = one.text, two.text
    one.put(second)
    two.put(first)


def cell(file: File, said: str) -> None:
    """`said` is a row's label, the place of a cell, and what is written into it."""
    label, place, new = said.split("|")
    file.cells(label)[int(place)].put(new)


def listed(file: File, said: str) -> None:
    """The same in the table of all places, which stands last."""
    label, place, new = said.split("|")
    file.cells(label, -1)[int(place)].put(new)


def rows(file: File, said: str) -> None:
    one, two = (file.cells(label)[0].row for label in said.split("|"))
    file.swap(one, two)


def cells(file: File, said: str) -> None:
    """`said` is two rows' labels and the place of the cells that are exchanged."""
    one, two, place = said.split("|")
    first, second = file.cells(one)[int(place)], file.cells(two)[int(place)]
    was = first.text
    first.put(second.text)
    second.put(was)


def row(file: File, said: str) -> None:
    for one in file.cells(said):
        one.drop()
        if "delete_rows" in one.drop.__code__.co_names:
            break


def everywhere(file: File, said: str) -> None:
    for piece in [one for one in file.pieces if said in one.text]:
        piece.put("")


MARK = {"en": "DEMONSTRATION FIGURES", "zh": "含演示数据"}
EDITS = (
    words("a rise becomes a fall", ("was a rise of", "was a fall of"), ("同比增长", "同比下降"), "direction"),
    words("the year", ("in 2015 was 5.979", "in 2016 was 5.979"), ("2015年信息消费为", "2016年信息消费为"), "period"),
    words("the quarter", ("the first quarter of 2013", "the third quarter of 2013"), ("2013年一季度", "2013年三季度"), "period"),
    words("the period compared with", ("of 16.06% on the year before", "of 16.06% on the quarter before"), ("同比增长16.06%", "环比增长16.06%"), "period"),
    words("the place", ("of Xining in 2015 was", "of Beijing in 2015 was"), ("西宁市2015年信息消费为", "北京市2015年信息消费为"), "place"),
    words("the scale of a unit", ("was 5.979 billion", "was 5.979 million"), ("为59.79亿元", "为59.79万元"), "unit"),
    words("the currency", ("was 5.979 billion yuan", "was 5.979 billion dollars"), ("为59.79亿元", "为59.79亿美元"), "unit"),
    words("percent become points", ("rise of 16.06%", "rise of 16.06 percentage points"), ("增长16.06%", "增长16.06个百分点"), "unit"),
    words("at least becomes at most", ("at least 7 billion", "at most 7 billion"), ("70亿元以上", "70亿元以下")),
    words("a hedge", ("was 5.979", "was about 5.979"), ("费为59.79", "费约为59.79"), "comparison"),
    words("a negation", ("are from the yearbook", "are not from the yearbook"), ("均取自年鉴", "均不取自年鉴"), "comparison"),
    words("a number", ("was 5.979", "was 9.172"), ("费为59.79", "费为91.72"), "number"),
    words("its last digit", ("was 5.979", "was 5.970"), ("费为59.79", "费为59.70"), "number"),
    words("a percentage", ("rise of 16.06%", "rise of 61.06%"), ("增长16.06%", "增长61.06%"), "number"),
    words("a sign", ("rise of 16.06%", "rise of -16.06%"), ("增长16.06%", "增长-16.06%")),
    words("a comma for a point", ("was 5.979", "was 5,979"), ("费为59.79", "费为5,979")),
    words("a rank", ("ranked 3rd", "ranked 1st"), ("居第3位", "居第1位"), "number"),
    words("how many there are", ("published, 36 demo", "published, 56 demo"), ("演示数据36个", "演示数据56个"), "number"),
    words("a contribution", ("or 8.03 percentage points", "or 9.03 percentage points"), ("拉动8.03个百分点", "拉动9.03个百分点"), "number"),
    words("short of becomes beyond", ("1.021 billion yuan short of", "1.021 billion yuan beyond"), ("距目标还差10.21亿元", "比目标超过10.21亿元"), "direction"),
    words("a target", ("at least 7 billion", "at least 5 billion"), ("70亿元以上", "50亿元以上"), "number"),
    words("figures exchanged", ("2.990 billion yuan (50%) was personal, 1.794", "1.794 billion yuan (50%) was personal, 2.990"), ("个人信息消费29.90亿元，占50%；企业信息消费17.94", "个人信息消费17.94亿元，占50%；企业信息消费29.90"), "number"),
    words("names exchanged", ("Beijing (119.59 billion yuan), Suzhou (Jiangsu)", "Suzhou (Jiangsu) (119.59 billion yuan), Beijing"), ("北京市（1,195.9亿元）、苏州市", "苏州市（1,195.9亿元）、北京市")),
    words("made up is not said", ("1.572 billion yuan (demonstration figure)", "1.572 billion yuan (figure)"), ("15.72亿元（演示数据）", "15.72亿元（数据）"), "mark"),
    words("made up becomes published", ("all demonstration figures", "all published figures"), ("均为演示数据", "均为公布数据"), "mark"),
    words("the mark reworded", ("CONTAINS DEMONSTRATION FIGURES", "CONTAINS OFFICIAL FIGURES"), ("含演示数据", "含正式数据"), "mark"),
    words("the title", ("in Xining in 2015", "in Xining in 2016"), ("西宁市2015年信息消费情况", "西宁市2016年信息消费情况"), "period"),
    words("the day", ("26 February 2016", "26 February 2017"), ("2016年2月26日", "2017年2月26日"), "period"),
    words("the author", ("by Li Hua", "by Wang Fang"), ("编制人：Li Hua", "编制人：Wang Fang")),
    words("a draft becomes final", ("Draft", "Final"), ("草稿", "定稿"), "mark"),
    words("who is left out", ("Haidian District and Suzhou (Anhui)", "Suzhou (Anhui)"), ("海淀区和宿州市没有", "宿州市没有"), "place"),
    words("how many have a figure", ("3 of 5 places", "5 of 5 places"), ("5个地区中3个", "5个地区中5个"), "number"),
    words("how many have reported", ("Among the 3 pilots with figures", "Among the 5 pilots with figures"), ("在有数据的3个试点中", "在有数据的5个试点中"), "number"),
    words("a lower becomes an upper bound", ("a lower bound", "an upper bound"), ("该目标为下限", "该目标为上限")),
    words("a source", ("Source: Yearbook 2016 (", "Source: Yearbook 2018 ("), ("来源：Yearbook 2016 (", "来源：Yearbook 2018 (")),
    words("the publisher of a source", ("Source: Yearbook 2016 (Statistics office", "Source: Yearbook 2016 (State Council"), ("来源：Yearbook 2016 (Statistics office", "来源：Yearbook 2016 (State Council")),
    words("the address of a source", ("example.org/2016", "example.com/2016"), ("example.org/2016", "example.com/2016")),
    words("what the file says of itself", ("is included in this file", "is not included in this file"), ("随本文件保存", "未随本文件保存")),
    words("what kind of source gives the target", ("(source of the target: Yearbook", "(source of the target: Plan"), ("（目标来源：Yearbook", "（目标来源：Plan")),
    words("whether prices are left out", ("not adjusted for changes in prices", "adjusted for changes in prices"), ("未扣除价格因素", "已扣除价格因素")),
    words("how often it was worked out", ("calculated a second time", "calculated a third time"), ("以另一途径重算", "以同一途径重算")),
    words("a caption", ("The three largest", "The three smallest"), ("最大的三个试点", "最小的三个试点"), "direction"),
    words("a heading", ("In detail", "Official findings"), ("具体情况", "官方结论")),
    words("the unit of a column", ("Information consumption (billion yuan)", "Information consumption (million yuan)"), ("信息消费（亿元）", "信息消费（万元）"), "unit"),
    words("what a column is of", ("Information consumption (billion yuan)", "Electronic commerce (billion yuan)"), ("信息消费（亿元）", "电子商务（亿元）")),
    words("another alphabet", ("of Xining in 2015 was", "of Хining in 2015 was"), ("西宁市2015年信息消费为", "酉宁市2015年信息消费为")),
    words("a word", ("from the yearbook", "from the ministry"), ("均取自年鉴", "均取自部委")),
    at("a cell", cell, "Enterprise|1|1.974", "企业|1|19.74", "number"),
    at("a label", cell, "Enterprise|0|Households", "企业|0|住户"),
    at("the total", cell, "Total|1|6.979", "合计|1|69.79", "number"),
    at("the name of a place in a table", cell, "Beijing|0|Shanghai", "北京市|0|上海市"),
    at("the period of a row", cell, "2014 Q2|0|2014 Q5", "2014年二季度|0|2014年五季度"),
    at("a figure in the list of places", listed, "Xining|2|5.999", "西宁市|2|59.99", "number"),
    at("a rank in the list of places", listed, "Xining|3|1", "西宁市|3|1", "number"),
    at("a figure where there is none", listed, "Haidian District|2|4.2", "海淀区|2|42"),
    at("a place dropped from the list", row, "Haidian District", "海淀区"),
    words("what the list of places is of", ("figures that those with one are ranked by", "figures that they are proud of"), ("5个试点及有关数据", "5个模范试点及有关数据")),
    words("the period of a column in the list", ("Information consumption, 2015 (", "Information consumption, 2016 ("), ("2015年信息消费（亿元）", "2016年信息消费（亿元）"), "period"),
    words("what is made up in the list", ("Demonstration figures: information", "Published figures: information"), ("演示数据：2015年信息消费", "公布数据：2015年信息消费"), "mark"),
    at("numbers exchanged between rows", cells, "Personal|Public|1", "个人|公共|1", "number"),
    at("labels exchanged between rows", cells, "Personal|Public|0", "个人|公共|0"),
    at("rows exchanged", rows, "Personal|Public", "个人|公共"),
    at("a row dropped", row, "Enterprise", "企业"),
    at("a sentence added at the end", appended, "All figures are from the yearbook| This is the best result in the country.", "数据均取自年鉴|此为全国最好成绩。"),
    words("a sentence added in the middle", ("This was a rise of", "The economy is booming. This was a rise of"), ("同比增长16", "经济形势一片大好。同比增长16")),
    words("a sentence dropped", ("The target of Xining for information consumption in 2015 is at least 7 billion yuan (source of the target: Yearbook 2014).", ""), ("西宁市2015年信息消费目标为70亿元以上（目标来源：Yearbook 2014）", "")),
    words("sentences exchanged", ("This was a rise of 16.06% on the year before. Personal", "Personal"), ("同比增长16.06%。个人、", "个人、")),
    at("a paragraph added", followed, "The target is a lower|The target was reached in all districts.", "该目标为下限|各区均已达到目标。"),
    at("a paragraph dropped", dropped, "fell into the last quarter", "其中第四季度为"),
    at("a caveat dropped", dropped, "The target is a lower bound", "该目标为下限"),
    at("what is left out dropped", dropped, "Not counted twice", "以下地区包含在"),
    at("a remark dropped", dropped, "All figures are from the yearbook", "数据均取自年鉴"),
    at("a source dropped", dropped, "https://example.org/2014", "https://example.org/2014"),
    at("what is said of rounding dropped", dropped, "may not add up to the total", "分项之和可能不等于"),
    at("a heading dropped", dropped, "About the figures", "数据说明"),
    at("the line below the title dropped", dropped, "prepared on 26", "2月26日编制"),
    at("a paragraph doubled", doubled, "fell into the last quarter", "其中第四季度为"),
    at("paragraphs exchanged", exchanged, "The target is a lower bound|All figures are from the yearbook", "该目标为下限|数据均取自年鉴"),
    at("a caveat hidden", hidden, "The target is a lower bound", "该目标为下限"),
    at("the mark hidden", hidden, MARK["en"], MARK["zh"]),
    at("the mark dropped in one place", dropped, MARK["en"], MARK["zh"]),
    at("the mark dropped everywhere", everywhere, MARK["en"], MARK["zh"]),
    words("another unit, the same value", ("was 5.979 billion", "was 5,979.4 million"), ("费为59.79亿元", "费为597,940万元"), OTHERWISE),
    words("another rounding", ("was 5.979 billion", "was 5.98 billion"), ("费为59.79亿元", "费为59.8亿元"), OTHERWISE),
    words("a finer figure that is right", ("rise of 16.06%", "rise of 16.055%"), ("增长16.06%", "增长16.055%"), OTHERWISE),
    words("blanks that break no line", ("of Xining in 2015 was", "of\u00a0Xining in\u00a02015 was"), ("2015年信息消费为", "2015\u00a0年信息消费为"), NOTHING),
    words("signs that nobody sees", ("information consumption grew", "infor\u00admation consump\u200btion grew"), ("个人信息消费增加", "个人信息\u200b消费增加"), NOTHING),
    Edit("nothing at all", lambda file, lang: None, NOTHING),
)  # fmt: skip
ABSENT: Mapping[str, tuple[str, ...]] = {
    # A workbook says an exhibit's lines as rows of its sheet; a deck has these in one line with the caption.
    "pptx": ("what is said of rounding dropped",),
    "xlsx": (),
    "html": (),
    "pdf": (),
    "docx": (),
}
"""What cannot be done to a format as such."""
