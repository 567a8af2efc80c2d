"""Type-ahead: what is proposed while typing is whole, understood, answered, and found by every way of typing it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.samples import CHARTS
from tests.shipped import shipped_store
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace
from xinfo.query.coverage import read_coverage
from xinfo.understand.chips import changes, chips
from xinfo.understand.dialogue import changed
from xinfo.understand.read import read
from xinfo.understand.reading import Reading
from xinfo.understand.suggest import Coverage, Suggestion, doubts, onward, suggest
from xinfo.understand.suggest.altered import Altered
from xinfo.understand.suggest.index import index_of

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "zh")
Answers = dict[str, list[str]]
Propose = Callable[..., tuple[Suggestion, ...]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(shipped_store(tmp_path_factory.mktemp("suggest")), ROOT / "queries")
    yield opened
    opened.engine.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def coverage(workspace: Workspace) -> Coverage:
    return read_coverage(workspace.engine)


@pytest.fixture
def propose(workspace: Workspace, coverage: Coverage) -> Propose:
    def proposed(text: str, lang: str = "en", **given: object) -> tuple[Suggestion, ...]:
        return suggest(text, workspace.reader, lang, coverage=coverage, **given)  # type: ignore[arg-type]

    return proposed


@pytest.fixture(scope="module", params=LANGUAGES)
def answers(request: pytest.FixtureRequest, workspace: Workspace, coverage: Coverage) -> tuple[str, Answers]:
    """What is proposed for beginnings of canonical sentences of every kind, as they come up while one types them."""
    lang = request.param
    known = index_of(workspace.reader, coverage).typing.sentences.sorted[lang]
    drawn = random.Random(20131231).sample(known, 5 if lang == "en" else 12)
    begun = [said[:end] for _, said in drawn for end in range(1, len(said))]
    return lang, {typed: texts(suggest(typed, workspace.reader, lang, coverage=coverage)) for typed in begun}


def texts(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.text for one in found]


def test_every_proposal_is_understood(answers: tuple[str, Answers], workspace: Workspace) -> None:
    proposed = {one for found in answers[1].values() for one in found}
    assert len(proposed) > 100
    assert not [text for text in proposed if not isinstance(read(text, workspace.reader)[0], Reading)]


def test_proposals_have_an_answer(answers: tuple[str, Answers], workspace: Workspace) -> None:
    lang, found = answers
    tried = random.Random(7).sample(sorted({one for some in found.values() for one in some}), 20)
    unanswered = [text for text in tried if not isinstance(workspace.conversation(lang).ask(text), Answer)]
    # That a rate of growth would lie across two ways of counting is known only when it is worked out.
    assert len(unanswered) <= 1, unanswered


def test_the_beginning_of_a_sentence_is_almost_never_left_alone(answers: tuple[str, Answers]) -> None:
    alone = [typed for typed, found in answers[1].items() if not found]
    assert len(alone) <= 0.02 * len(answers[1]), alone


@pytest.mark.parametrize("typed", ["西宁", "xn", "XN", "xining", "xīníng", "xi1ning2", "xi ning"])
def test_a_place_is_found_however_it_is_typed(typed: str, propose: Propose) -> None:
    assert texts(propose(typed, "zh"))[0].startswith("西宁市")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("xnxxxf", "西宁市2015年信息消费"),
        ("xn2015xxxf", "西宁市2015年信息消费"),
        ("xiningxinxixiaofei", "西宁市2015年信息消费"),
        ("西宁xxxf", "西宁市2015年信息消费"),
        ("西宁市2015年信", "西宁市2015年信息消费"),
        ("西宁信息消费2014", "西宁市2014年信息消费"),
    ],
)
def test_words_run_together_are_taken_apart(typed: str, said: str, propose: Propose) -> None:
    assert said in texts(propose(typed, "zh"))[:3]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("GDP of Shenz", "GDP of Shenzhen in 2018"),
        ("What was the GDP of shenz", "GDP of Shenzhen in 2018"),
        ("shenzhen software rev", "Software revenue of Shenzhen in 2015"),
        (
            "Shenzhen's information consumption in the first h",
            "Information consumption of Shenzhen in the first half of 2015",
        ),
        ("the 5 pilots with the hi", "The 5 pilots with the highest information consumption in 2015 among all pilots"),
        ("when does the pi", "When does the pilot start and when does the pilot end"),
    ],
)
def test_an_english_word_is_completed_where_it_stands(typed: str, said: str, propose: Propose) -> None:
    assert said in texts(propose(typed))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("Shenzhen ", "metric"), ("GDP of ", "place"), ("GDP of Shenzhen ", "period"), ("GDP of Shen", "place")],
)
def test_the_next_open_slot_is_proposed_with_its_kind(typed: str, kind: str, propose: Propose) -> None:
    found = propose(typed)
    assert found[0].kind == kind
    assert found[0].label


def test_a_whole_question_goes_on_with_ways_to_look_at_it(propose: Propose) -> None:
    kinds = {one.kind for one in propose("Information consumption of Shenzhen in 2015")}
    assert {"part", "template"} <= kinds


def test_english_words_get_english_questions_on_a_chinese_page(propose: Propose) -> None:
    assert all(text.isascii() for text in texts(propose("Software revenue of Shenz", "zh")))


def test_pinyin_gets_chinese_questions_on_an_english_page(propose: Propose) -> None:
    assert not any(text.isascii() for text in texts(propose("xnxxxf", "en")))


def test_own_questions_come_first_and_alone_standing_ones_only(propose: Propose) -> None:
    own = ["GDP of Shenzhen in 2014", "and 2015?", "GDP of Hefei in 2013"]
    found = propose("gdp", history=own)
    assert texts(found)[:2] == ["GDP of Hefei in 2013", "GDP of Shenzhen in 2014"]
    assert {one.kind for one in found[:2]} == {"history"}
    assert "and 2015?" not in texts(propose("and", history=own))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_box_offers_questions_to_begin_with(lang: str, propose: Propose) -> None:
    found = propose("", lang)
    assert len(found) >= 5
    assert {one.kind for one in found} == {"starter"}


@pytest.mark.parametrize(
    "typed", ["qwrtz", "xylophone of Xining", "西宁的天气怎", "'; drop table", "GDP in dollars of ", "🙂"]
)
def test_what_is_not_understood_gets_no_proposal(typed: str, propose: Propose) -> None:
    assert propose(typed) == ()


@pytest.mark.parametrize("typed", ["x" * 501, "西" * 501, "a " * 400, "\x00", "((((", "%s{0}"])
def test_any_text_may_be_typed(typed: str, propose: Propose) -> None:
    assert isinstance(propose(typed), tuple)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("GDP of Xining", {}),
        ("xnxxxf", {}),
        ("GDP of Shenz", {}),
        ("Which of the pilots had the highest GDP in 2014?", {}),
        ("GDP of Shenzen in 2014", {"Shenzen": ["Shenzhen"]}),
        ("qwrtz of Xining", {"qwrtz": []}),
        ("information consumtion of Xining", {"information consumtion": ["information consumption"]}),
        ("西宁信息消废2014年", {"信息消废": ["信息消费"]}),
    ],
)
def test_words_that_are_not_known_are_told_with_what_they_may_mean(
    typed: str, found: dict[str, list[str]], workspace: Workspace, coverage: Coverage
) -> None:
    told = doubts(typed, workspace.reader, index_of(workspace.reader, coverage).typing)
    assert {doubt.text: [choice.text for choice in doubt.choices] for doubt in told} == found
    assert all(typed[doubt.start : doubt.end] == doubt.text for doubt in told)


def test_a_place_without_figures_is_told_apart(workspace: Workspace, coverage: Coverage) -> None:
    (doubt,) = doubts("GDP of Nanjing ", workspace.reader, index_of(workspace.reader, coverage).typing)
    assert doubt.elsewhere
    assert not doubt.choices


def test_what_goes_on_from_the_conversation_comes_first(propose: Propose, workspace: Workspace) -> None:
    conversation = workspace.conversation("en")
    conversation.ask("GDP of Xining in 2014")
    found = propose("shenz", context=conversation.context)
    assert texts(found)[0] == "GDP of Shenzhen in 2014"
    assert texts(propose("and in 2013", context=conversation.context))[0] == "GDP of Xining in 2013"
    assert texts(propose("", context=conversation.context, onward=("GDP of Xining by year",)))[0].endswith("by year")
    assert len(found) <= 6


def test_what_stands_there_already_is_not_proposed(propose: Propose) -> None:
    assert "GDP of Shenzhen in 2015" not in texts(propose("gdp of shenzhen in 2015"))


def test_no_more_are_given_than_asked_for(propose: Propose) -> None:
    assert len(propose("GDP", limit=3)) == 3


def test_without_a_coverage_the_catalog_tells_which_years_there_are(workspace: Workspace) -> None:
    assert "GDP of Shenzhen in 2018" in texts(suggest("GDP of Shenz", workspace.reader, "en"))


def test_published_figures_alone_are_proposed_where_they_are_asked_for(workspace: Workspace) -> None:
    published = read_coverage(workspace.engine, published_only=True)
    everything = read_coverage(workspace.engine)
    assert set(published.figures["info_consumption"]) < set(everything.figures["info_consumption"])


LED_ON = {
    "What was Xining's information consumption in 2014?": 3,
    "2015年信息消费最高的五个试点是哪些": 3,
    "西宁2015年信息消费目标完成率": 3,
    "How did GDP develop in Beijing from 2013 to 2015?": 3,
    "Which pilots are in the west?": 0,
}


@pytest.mark.parametrize(("asked", "most"), LED_ON.items())
def test_an_answer_leads_on_to_other_questions_that_have_answers(
    workspace: Workspace, coverage: Coverage, asked: str, most: int
) -> None:
    conversation = workspace.conversation()
    answer = conversation.ask(asked)
    assert isinstance(answer, Answer)
    assert conversation.context
    questions = onward(conversation.context.frame, answer.reading, workspace.reader, coverage)
    assert len(questions) == most
    assert answer.reading.sentence not in questions
    assert all(isinstance(workspace.conversation().ask(question), Answer) for question in questions)


CHANGED = (
    ("GDP of Xining in 2014", {"metric", "places", "periods", "more"}),
    ("information consumption of Xining in Q3 2014", {"metric", "places", "periods", "more"}),
    (
        "Which five pilots had the highest information consumption in 2015?",
        {"metric", "scope", "periods", "order", "n", "more"},
    ),
    ("西宁市2015年个人信息消费", {"metric", "consumer", "places", "periods", "more"}),
    ("西宁2013年到2015年各季度信息消费", {"metric", "places", "periods", "grain", "more"}),
    ("information consumption by region in 2015", {"metric", "scope", "periods", "over", "more"}),
    ("Which pilots had broadband penetration above 30 % in 2015", {"metric", "scope", "periods", "more"}),
    ("西宁2015年信息消费目标完成率", {"metric", "measure", "places", "periods", "more"}),
)


@pytest.mark.parametrize(("question", "parts"), CHANGED)
def test_a_part_of_a_reading_changed_in_place_changes_that_alone(
    workspace: Workspace, coverage: Coverage, question: str, parts: set[str]
) -> None:
    """What each part may be changed to is the same kind of question, in words that mean just that."""
    asked, _ = read(question, workspace.reader)
    assert isinstance(asked, Reading)
    found = chips(asked, workspace.catalog)
    assert {chip.name for chip in found} == parts
    for chip in found:
        ways = changes(chip, asked, workspace.catalog, coverage)
        assert asked.sentence not in ways.values()
        for said in random.Random(question).sample(sorted(ways.values()), min(2, len(ways))):
            again, _ = read(said, workspace.reader, asked.lang)
            assert isinstance(again, Reading), said
            assert (again.template, again.sentence) == (asked.template, said)
            differing = changed(asked.slots, again.slots)
            assert differing == {chip.name} if chip.name != "more" else len(differing) == 1, said


def test_texts_and_projects_have_no_parts_to_change(workspace: Workspace) -> None:
    for question in ("What is information consumption?", "Which pilots are in the west?"):
        asked, _ = read(question, workspace.reader)
        assert isinstance(asked, Reading)
        assert chips(asked, workspace.catalog) == ()


@pytest.mark.parametrize("kind", CHARTS)
def test_each_kind_of_chart_can_be_had_by_asking(workspace: Workspace, kind: str) -> None:
    told = workspace.conversation().ask(CHARTS[kind])
    assert isinstance(told, Answer)
    assert told.chart == told.charts[kind][0]


def test_a_kind_of_chart_is_form_and_changes_no_figure(workspace: Workspace) -> None:
    conversation = workspace.conversation()
    first = conversation.ask("GDP of Xining and Guiyang by year from 2013 to 2015")
    again = conversation.ask("as a heat map")
    anew = workspace.conversation().ask("西宁和贵阳2013年到2015年各年GDP用热力图")
    assert isinstance(first, Answer)
    for told in (again, anew):
        assert isinstance(told, Answer)
        assert (told.rows, told.params) == (first.rows, first.params)
        assert told.chart == told.charts["heat"][0]
    unfit = workspace.conversation().ask("GDP of Xining in 2014 as a line chart")
    assert isinstance(unfit, Answer)
    assert unfit.chart is None
    assert "not suitable" in unfit.chart_reason
    assert not isinstance(workspace.conversation().ask("as bars"), Answer)


ALTERED = (
    # asked, what is done to it, the places and years that the new question is about
    ("GDP of Xining in 2014", lambda it, _: it.with_place("guiyang"), {"xining", "guiyang"}, {2014}),
    ("GDP of Xining in 2014", lambda it, _: it.with_year(2015), {"xining"}, {2014, 2015}),
    ("GDP of Xining in 2014", lambda it, chip: it.without(chip["places"]), set(), {2014}),
    ("西宁和贵阳2014年GDP", lambda it, chip: it.without(chip["places"]), {"xining"}, {2014}),
    (
        "GDP of Xining and Guiyang by year from 2013 to 2015",
        lambda it, chip: it.without(chip["places"]),
        {"xining"},
        {2013},
    ),
    ("Compare the GDP of Xining in 2014 and 2015", lambda it, chip: it.without(chip["periods"]), {"xining"}, {2014}),
)


@pytest.mark.parametrize(("question", "alter", "places", "years"), ALTERED)
def test_a_place_or_a_year_is_added_and_taken_away(
    workspace: Workspace, coverage: Coverage, question: str, alter: Any, places: set[str], years: set[int]
) -> None:
    asked, context = read(question, workspace.reader)
    assert isinstance(asked, Reading)
    assert context
    altered = Altered(context.frame, asked, workspace.reader, coverage)
    said = alter(altered, {chip.name: chip for chip in chips(asked, workspace.catalog)})
    again, _ = read(said, workspace.reader, asked.lang)
    assert isinstance(again, Reading), said
    assert {*again.slots.places} == places
    assert {when.start.year for when in again.slots.periods} == years
    assert again.slots.metric == asked.slots.metric
