"""The chart of an answer: which kind, why, and that it stands alone, in both languages and both themes."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
import vl_convert
from answers import PLACES, answer, figure, when
from PIL import Image, ImageColor

from xinfo.answer.answer import Answer
from xinfo.answer.export import VEGA_LITE, to_png, to_thumbnail
from xinfo.answer.picture import small
from xinfo.answer.theme import ACCENT, FAINT, PAPER, themed
from xinfo.errors import InputError
from xinfo.understand.drawn import drawn
from xinfo.understand.reading import Scope, Slots

NINE = [row[0] for row in PLACES[:9]]
MADE_UP = {"status": "illustrative", "method": "demonstration", "source": "demonstration"}
GDP_2014 = Slots(metric="gdp", periods=when("2014"))
QUARTERS = [f"{year}Q{quarter}" for year in (2013, 2014) for quarter in (1, 2, 3, 4)]
COURSE = Slots(metric="gdp", places=("xining",), grain="quarter", periods=when("2013..2014"))
PARTS = [(8.1e9, "personal"), (6e9, "enterprise"), (1.2e9, "public")]


def ranking(lang: str = "en", n: int = 9, **told: str) -> Answer:
    rows = [figure(1e12 / (at + 1), place=NINE[at % 9], places=NINE, **told) for at in range(n)]
    return answer("rank", rows, GDP_2014.but(scope=Scope(), order="desc", n=n), lang)


def course(lang: str = "en", lines: tuple[str, ...] = ("xining",), without: str = "") -> Answer:
    rows = [
        figure(2e9 + at * 1e8 + line * 3e9, place=place, period=period)
        for line, place in enumerate(lines)
        for at, period in enumerate(QUARTERS)
        if period != without
    ]
    return answer("trend", rows, COURSE.but(places=lines), lang)


def parts(lang: str = "en", places: tuple[str, ...] = ("xining",)) -> Answer:
    rows = [figure(value, place=place) | {"consumer": part} for place in places for value, part in PARTS]
    slots = Slots(metric="info_consumption", places=places, over="consumer", periods=when("2014"))
    return answer("breakdown", rows, slots, lang)


def parts_over_time(lacking: int = 0, measure: str = "value") -> Answer:
    rows = [figure(value, place="xining", period=q) | {"consumer": part} for q in QUARTERS[:3] for value, part in PARTS]
    slots = Slots(
        metric="info_consumption", places=("xining",), over="consumer", grain="quarter", periods=when("2014")
    ).but(measure=measure)
    return answer("breakdown_by_period", rows[lacking:], slots)


def periods(lang: str = "en") -> Answer:
    rows = [figure(8e9, place="xining", period="2013"), figure(9e9, place="xining", period="2014", **MADE_UP)]
    return answer("compare_periods", rows, Slots(metric="gdp", places=("xining",), periods=when("2013", "2014")), lang)


def pilots(lang: str = "en", of: Sequence[str] = NINE) -> Answer:
    return answer("places", [{"place": place, "source_id": "paper"} for place in of], Slots(scope=Scope()), lang)


def courses(lang: str = "en", n: int = 8) -> Answer:
    return course(lang, tuple(NINE[:n]))


def attained(lang: str = "en") -> Answer:
    rows = [figure(share, place=place) for share, place in ((1.07, "xining"), (0.98, "beijing"))]
    slots = GDP_2014.but(measure="attainment", places=("xining", "beijing"))
    return answer("compare_places", rows, slots, lang)


def against(lang: str = "en", tops: tuple[float | None, ...] = (12e9, 300e9, 40e9)) -> Answer:
    """Shares of GDP with what they are made of; None for a share that was published as such."""
    both = [{"numerator": top, "denominator": 10 * top if top else None} for top in tops]
    rows = [figure(0.1, place=place) | made for place, made in zip(NINE, both, strict=False)]
    slots = Slots(metric="info_consumption_share_of_gdp", scope=Scope(), over="place", periods=when("2014"))
    return answer("figures_by_place", rows, slots, lang)


KINDS = {
    "ranked": ranking,
    "line": course,
    "parts": parts,
    "column": periods,
    "map": pilots,
    "multiples": courses,
    "bullet": attained,
}
SUITING = [
    (ranking(n=5), ["ranked", "column", "map"]),
    (course(), ["line"]),
    (course(lines=("xining", "beijing")), ["line", "grouped", "heat", "multiples"]),
    (courses(), ["multiples", "line", "heat"]),
    (parts_over_time(), ["stacked", "line", "grouped", "heat", "multiples"]),
    (parts_over_time(lacking=1), ["line", "grouped", "heat", "multiples"]),
    (parts_over_time(measure="growth"), ["line", "grouped", "multiples"]),
    (attained(), ["bullet", "column", "map"]),
    (pilots(), ["map"]),
    (against(), ["ranked", "column", "map", "scatter"]),
    (against(tops=(12e9, 300e9, None)), ["ranked", "column", "map"]),
]


def data(told: Answer) -> list[dict[str, Any]]:
    assert told.chart is not None
    return told.chart["data"]["values"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_draws_in_each_language_and_theme(kind: str, lang: str, theme: str) -> None:
    told = KINDS[kind](lang)
    assert told.chart is not None
    svg = vl_convert.vegalite_to_svg(themed(told.chart, theme), vl_version=VEGA_LITE)
    assert told.chart["title"]["text"] in svg
    assert "undefined" not in svg
    assert "NaN" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_holds_its_data_and_names_no_other_address_than_its_schema(kind: str) -> None:
    written = json.dumps(KINDS[kind]().chart)
    assert written.count("http") == 1
    assert '"url"' not in written


def test_one_number_has_no_chart_and_the_reason_says_so() -> None:
    told = answer("value", [figure(1e9, place="xining")], GDP_2014.but(places=("xining",)))
    assert (told.chart, told.chart_reason) == (None, "No chart: the answer is a single number.")
    with pytest.raises(InputError, match="a single number"):
        to_png(told)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (answer("filter", [], GDP_2014.but(scope=Scope(), cmp=">", threshold=1.0)), "no figures to show"),
        (answer("rank", [figure(1e9, place="wuhan")], GDP_2014.but(scope=Scope(), order="desc", n=1)), "single number"),
        (parts(places=("xining", "lhasa")), "Stacked"),
        (course(), "A line"),
    ],
)
def test_the_shape_of_the_rows_decides(told: Answer, reason: str) -> None:
    assert reason in told.chart_reason


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tops", [(12e9, 300e9, 40e9), (12e9, 13e9, 40e9)])
def test_a_ratios_two_amounts_are_drawn_against_each_other(theme: str, tops: tuple[float, ...]) -> None:
    spec = against(tops=tops).charts["scatter"][0] | {"width": 600}
    svg = vl_convert.vegalite_to_svg(themed(spec, theme), vl_version=VEGA_LITE)
    assert all(title in svg for title in ("Information consumption (billion yuan)", "GDP (", "Beijing 10%", ">10<"))
    assert "NaN" not in svg
    points = [(datum["x"], datum["y"]) for datum in spec["data"]["values"]]
    assert [at for at, _ in sorted(enumerate(points), key=lambda one: one[1])] == sorted(range(3), key=tops.__getitem__)


def test_bars_stand_in_the_order_of_the_ranking() -> None:
    assert [datum["place"] for datum in data(ranking())] == NINE


def test_too_many_bars_are_folded_with_a_word() -> None:
    told = ranking(n=60)
    assert len(data(told)) == 40
    assert told.chart is not None
    assert "First 40 of 60" in told.chart["title"]["subtitle"]


def test_demonstration_figures_look_different_and_are_named() -> None:
    told = ranking(**MADE_UP)
    assert all(datum["faint"] for datum in data(told))
    assert told.chart is not None
    assert "Demonstration figures" in told.chart["title"]["subtitle"]
    assert not any(datum["faint"] for datum in data(ranking()))


def test_a_gap_in_a_course_stays_a_gap() -> None:
    missing = [datum["period"] for datum in data(course(without="2013Q3")) if datum["value"] is None]
    assert missing == ["2013Q3"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_course_whose_axis_does_not_begin_at_zero_says_so(lang: str) -> None:
    said = {"en": "The axis does not begin at zero", "zh": "纵轴不从零开始"}[lang]
    flat = course(lang)
    assert flat.chart
    assert flat.chart["title"]["subtitle"][1:] == [said]
    assert said in flat.chart["description"]
    steep = course(lang, lines=("xining", "wuhan"))
    assert steep.chart
    assert said not in steep.chart["description"]


def test_axes_count_in_the_units_of_the_language() -> None:
    assert data(course("en"))[0]["value"] == pytest.approx(2.0)
    assert data(course("zh"))[0]["value"] == pytest.approx(20.0)


def test_parts_carry_their_shares() -> None:
    assert data(parts())[0]["said_share"] == "8.1 billion yuan  ·  52.94%"


def test_names_on_a_map_never_cover_one_another() -> None:
    # Beijing and Haidian lie so close that one name has to give way to the tooltip.
    for width, most in (("wide", 9), ("narrow", 9)):
        named = [datum for datum in data(pilots()) if f"{width}_align" in datum]
        assert 7 <= len(named) <= most
        assert {"xining", "lhasa", "harbin"} <= {datum["place"] for datum in named}


def outlines(told: Answer) -> dict[str, list[Any]]:
    """The lines of a map by what they are of; of two layers the last."""
    drawn, _ = told.charts["map"]
    return {layer["mark"]["style"]: layer["data"]["values"] for layer in drawn["layer"] if "data" in layer}


def test_a_map_of_places_far_apart_shows_the_whole_country_with_the_south_china_sea() -> None:
    lines = outlines(pilots())
    assert lines.keys() == {"map-provinces", "map-country", "map-dashes", "map-frame"}
    assert len(lines["map-dashes"]) == 10  # all strokes of the broken line
    assert len(lines["map-provinces"]) >= 34


def test_a_map_of_places_close_together_shows_the_provinces_around_them() -> None:
    lines = outlines(pilots(of=("beijing", "haidian-district")))
    assert "map-frame" not in lines
    assert 0 < len(lines["map-provinces"]) < 20


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_picture_is_a_png_of_a_page_s_width(lang: str) -> None:
    png = to_png(ranking(lang, **MADE_UP), scale=1)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert 640 <= int.from_bytes(png[16:20], "big") <= 900


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_thumbnail_has_the_colours_of_its_theme(theme: str) -> None:
    """Without a ground, half transparent colours come out clipped."""
    drawing = Image.open(io.BytesIO(to_thumbnail(ranking(**MADE_UP), theme))).convert("RGB")
    common = sorted(drawing.getcolors(100_000) or [], reverse=True)
    paper, accent = ImageColor.getrgb(PAPER[theme]), ImageColor.getrgb(ACCENT[theme])
    assert common[0][1] == paper
    bars = [FAINT * over + (1 - FAINT) * under for over, under in zip(accent, paper, strict=True)]
    assert max(abs(one - other) for one, other in zip(common[1][1], bars, strict=True)) < 8


def test_a_thumbnail_has_no_labels_that_were_placed_for_a_larger_chart() -> None:
    chart, _ = against().charts["scatter"]
    assert "narrow_align" in str(chart["layer"])
    assert "narrow_align" not in str(small(chart, "light")["layer"])


@pytest.mark.parametrize(("told", "kinds"), SUITING)
def test_the_kinds_that_suit_the_rows_all_draw_and_the_best_is_shown(told: Answer, kinds: list[str]) -> None:
    assert list(told.charts) == kinds
    assert told.chart == told.charts[kinds[0]][0]
    for spec, why in told.charts.values():
        svg = vl_convert.vegalite_to_svg(themed(spec, "dark"), vl_version=VEGA_LITE)
        assert why
        assert "undefined" not in svg
        assert "NaN" not in svg


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_chart_is_told_in_words_for_who_cannot_see_it(lang: str) -> None:
    told = ranking(lang, n=5)
    assert told.chart is not None
    assert all(f"{datum['label']}: {datum['said']}" in told.chart["description"] for datum in data(told))


@pytest.mark.parametrize(
    ("question", "rest", "kind"),
    [
        ("as bars", "", "bar"),
        ("Show it as a line chart, please.", "Show it as a line chart, please.", ""),
        ("show it as a line chart please", "", "line"),
        ("GDP of Xining by year as a heat map", "GDP of Xining by year", "heat"),
        ("用柱状图", "", "column"),
        ("画折线图", "", "line"),
        ("西宁2013年到2015年各年GDP，用柱状图表示", "西宁2013年到2015年各年GDP", "column"),
        ("Map of GDP by pilot in 2015", "GDP by pilot in 2015", "map"),
        ("Can you draw a bar chart of the GDP of Xining by year?", "GDP of Xining by year?", "bar"),
        ("2015年各试点GDP的散点图", "2015年各试点GDP", "scatter"),
        ("2015年各试点信息消费地图", "2015年各试点信息消费", "map"),
        ("Bar exam of Xining", "Bar exam of Xining", ""),
        ("What does bar mean", "What does bar mean", ""),
        ("Which city uses the most bars", "Which city uses the most bars", ""),
    ],
)
def test_the_kind_of_chart_is_heard_apart_from_the_question(question: str, rest: str, kind: str) -> None:
    assert drawn(question) == (rest, kind)
