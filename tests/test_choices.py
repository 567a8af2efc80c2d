"""What a declined question offers: whole questions that are understood, and that keep what was heard.

The kept questions are broken by a word that nobody knows, by one that turns them round, or by leaving the year out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from asked import reader_of
from test_questions import QUESTIONS, reader

from xinfo.answer.answer import Answer, NotAnswered
from xinfo.ask import Workspace, open_workspace
from xinfo.understand.catalog import Place
from xinfo.understand.read import read
from xinfo.understand.reading import Reading, Scope, Slots, Unclear
from xinfo.understand.template import read_yaml
from xinfo.understand.text import key

ROOT = Path(__file__).parents[1]
NONSENSE = {"en": "flurb", "zh": "龘龘"}
GOALS = ("target", "attainment", "gap")
SOME, MOST = 50, 3
"""Of so many kept questions one is asked, here and in the long run: which, its own words decide, so that a new question
moves no other.
"""
ONE_CLICK_AWAY = (
    ("Which pilots outgunned Xining in GDP in 2015?", "Which of all pilots had GDP above that of Xining in 2015"),
    ("Software revenue of Xining in mid-2015", "Software revenue of Xining in the first half of 2015"),
    ("What was the real growth of GDP in Xining in 2015?", "Year-on-year growth of GDP of Xining in 2015"),
    ("What target did Beijing set for its GDP in 2014?", "GDP of Beijing in 2014 (actual)"),
    ("users of Xining in 2015", "4G (LTE) users of Xining at the end of 2015"),
    ("Software revenue of Xining from Q3 to Q2", "Software revenue of Xining in the third quarter of 2015"),
    ("西宁2015年底4G基龘有多少个", "西宁市2015年末4G基站"),
    ("西宁信息消费", "西宁市2015年信息消费"),
    ("Compare GDP of Xining in 2014 and 2029", "Comparison of GDP of Xining in 2014 and in 2018"),
    ("公共服务云方面的项目一共要立龘龘个", "全部试点的公共服务云平台项目清单"),
)
"""Declined questions, and one of the choices that must come with each."""
FOLLOWED = (
    ("How much did Xining spend on information in 2014?", "and flurb?", "Information consumption of Xining in 2014"),
    ("GDP of Xining in 2014", "what was its real growth?", "Year-on-year growth of GDP of Xining in 2014"),
    ("GDP of Xining in 2014", "flurb in 2015?", "GDP of Xining in 2015"),
    ("西宁2014年信息消费是多少", "龘龘服务呢", "西宁市2014年信息消费（信息服务）"),
)
"""A question, a follow-up that is declined, and one of the choices."""
YEAR = re.compile(r"\s*(?:\b(?:in|during|for) )?(?<!\d)20\d\d(?!\d|\.)年?")


def each_language(test: Callable[..., None]) -> Callable[..., None]:
    often = pytest.mark.parametrize("every", [SOME, pytest.param(MOST, marks=pytest.mark.long)])
    return often(pytest.mark.parametrize("lang", ["en", "zh"])(test))


@cache
def known(lang: str, every: int) -> list[tuple[str, Slots]]:
    """Kept questions that stand alone, with what they mean."""
    lines = (json.loads(line) for line in (QUESTIONS / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines())
    alone = (line["question"] for line in lines if "slots" in line and "conversation" not in line)
    asked = (question for question in alone if crc32(question.encode()) % every == 0)
    found = ((question, read(question, reader(lang), lang)[0]) for question in asked)
    return [(question, reading.slots) for question, reading in found if isinstance(reading, Reading)]


@cache
def offered(question: str, lang: str) -> list[Slots]:
    """What the choices of a declined question mean; empty for one that is understood."""
    unclear, _ = read(question, reader(lang), lang)
    if isinstance(unclear, Reading):
        return []
    readings = [read(choice, reader(lang), lang)[0] for choice in unclear.choices[:3]]
    return [reading.slots for reading in readings if isinstance(reading, Reading)]


def seldom(lost: list[str], tried: int) -> None:
    """All but two in a hundred, or two: what is made of a broken question is a guess, and what it asks is there to be
    read.
    """
    assert len(lost) <= max(2, tried / 50), lost


def broken(lang: str, every: int) -> Iterator[tuple[str, Slots]]:
    """Known questions with a word that nobody knows, before and behind."""
    gap = " " if lang == "en" else ""
    for question, slots in known(lang, every):
        yield f"{NONSENSE[lang]}{gap}{question}", slots
        yield f"{question.rstrip('?？.。')}{gap}{NONSENSE[lang]}", slots


def places(slots: Slots) -> set[Any]:
    """Every place and set that a question names."""
    without = slots.scope.without if slots.scope else ()
    sets = {scope for scope in (slots.scope, slots.other) if scope and scope != Scope()}
    return {*slots.places, *without, *sets, *((slots.than,) if slots.than else ())}


@each_language
def test_a_word_that_nobody_knows_leaves_the_question_one_click_away(lang: str, every: int) -> None:
    asked = [(question, slots, offered(question, lang)) for question, slots in broken(lang, every)]
    declined = [one for one in asked if one[2]]
    assert len(declined) > len(asked) / 2
    seldom([question for question, slots, found in declined if slots not in found], len(declined))


@each_language
def test_choices_keep_metric_mood_places_and_time(lang: str, every: int) -> None:
    offers = [(question, slots, found) for question, slots in broken(lang, every) for found in offered(question, lang)]
    lost = [
        question
        for question, slots, found in offers
        if (slots.metric is not None and found.metric not in (slots.metric, None))
        or (found.metric and (found.measure in GOALS) != (slots.measure in GOALS))
        or not places(slots) <= places(found) | {scope for scope in [found.scope] if scope}
    ]
    seldom(lost, len(offers))


@each_language
def test_a_question_without_its_year_offers_one_and_keeps_the_rest(lang: str, every: int) -> None:
    tried, lost = 0, []
    for question, slots in known(lang, every):
        bare = YEAR.sub("", question)
        dangling = bare.rstrip(" ?？.").endswith(" of")
        if len(slots.periods) != 1 or dangling or bare == question or not slots.metric or slots.also:
            continue
        for found in offered(bare, lang):
            tried += 1
            # Beside a goal that is not known stands what happened, and says so.
            alike = found.measure == slots.measure or slots.measure in GOALS
            if found.metric != slots.metric or not alike or not (found.periods or "projects" in bare):
                lost.append(bare)
    assert tried > 250 / every
    seldom(lost, tried)


@cache
def turning(kind: str, lang: str) -> list[str]:
    """Words of a kind, those that are written as they stand."""
    file, heading = {"negation": ("operators", "operator"), "aimed": ("mood", "mood")}[kind]
    words = read_yaml(ROOT / "queries" / "vocabulary" / f"{file}.yaml")[heading][kind][lang]
    return [word for word in words if not set(word) & set("()[]|")]


def turned(kind: str, lang: str, every: int, before: str) -> Iterator[tuple[str, Slots, str]]:
    """Known questions with a word of a kind in front of what `before` begins the meaning of; and that meaning."""
    words, gap = turning(kind, lang), " " if lang == "en" else ""
    for at, (question, slots) in enumerate(known(lang, every)):
        reading, _ = read(question, reader(lang), lang)
        there = [one for one in reading.heard if one.meaning.startswith(before)]
        for heard in there if len(there) == 1 else ():
            word = words[at % len(words)]
            yield f"{question[: heard.start]}{word}{gap}{question[heard.start :]}", slots, heard.meaning


def lost(question: str, lang: str, kind: str) -> bool:
    """Whether the word that turns a question is what was not understood of it."""
    unclear, _ = read(question, reader(lang), lang)
    words = [key(one.text) for one in unclear.heard if one.kind == "unknown"]
    return bool(words) and all(
        any(sense.value == kind for sense in reader(lang).lexicon.senses.get(word, ())) for word in words
    )


@each_language
def test_what_was_excluded_is_not_what_a_choice_asks_for(lang: str, every: int) -> None:
    tried, lost_ones = 0, []
    for question, slots, meaning in (
        *turned("negation", lang, every, "place="),
        *turned("negation", lang, every, "time=year"),
    ):
        if not lost(question, lang, "negation") or len(slots.places) != 1 or len(slots.periods) != 1 or slots.dated:
            continue
        for found in offered(question, lang):
            tried += 1
            kept = found.places == slots.places if meaning.startswith("place=") else found.periods == slots.periods
            lost_ones += [question] if kept else []
    assert tried > 50 / every
    seldom(lost_ones, tried)


@each_language
def test_a_bar_that_was_turned_round_is_turned_in_the_choices(lang: str, every: int) -> None:
    for question, slots, _ in turned("negation", lang, every, "cmp="):
        if lost(question, lang, "negation"):
            assert all(found.cmp != slots.cmp for found in offered(question, lang)), question


@each_language
def test_where_something_is_to_be_a_choice_tells_a_target_or_says_that_it_is_not_one(lang: str, every: int) -> None:
    marked = {"en": "(actual)", "zh": "（实际值）"}[lang]
    tried, actual = 0, []
    for question, slots, heard in turned("aimed", lang, every, "metric="):
        unclear, _ = read(question, reader(lang), lang)
        if isinstance(unclear, Unclear) and slots.measure == "value" and heard == f"metric={slots.metric}":
            readings = [read(choice, reader(lang), lang)[0] for choice in unclear.choices[:3] if marked not in choice]
            tried += 1
            if any(isinstance(one, Reading) and one.slots.measure not in GOALS for one in readings):
                actual.append(question)
    seldom(actual, tried)


@pytest.fixture(scope="module")
def workspace(exported_store: Path) -> Workspace:
    return open_workspace(exported_store, ROOT / "queries")


def declined(reply: Answer | NotAnswered) -> tuple[str, ...]:
    assert isinstance(reply, NotAnswered)
    return reply.unclear.choices


@pytest.mark.parametrize(("question", "choice"), ONE_CLICK_AWAY)
def test_the_right_question_is_one_click_away(question: str, choice: str, workspace: Workspace) -> None:
    choices = declined(workspace.conversation().ask(question))
    assert choice in choices
    assert len(choices) <= 3
    assert all(isinstance(workspace.conversation().ask(one), Answer) for one in choices)


@pytest.mark.parametrize(("question", "follow_up", "choice"), FOLLOWED)
def test_a_conversation_goes_on_in_the_choices(
    question: str, follow_up: str, choice: str, workspace: Workspace
) -> None:
    conversation = workspace.conversation()
    assert isinstance(conversation.ask(question), Answer)
    assert choice in declined(conversation.ask(follow_up))


def test_what_is_missing_is_asked_for_in_one_sentence(workspace: Workspace) -> None:
    asked = {"GDP of Xining": "Which year?", "西宁信息消费": "请补充时间。", "GDP of Xining in Q2": "Which year?"}
    for question, reason in asked.items():
        reply = workspace.conversation().ask(question)
        assert isinstance(reply, NotAnswered)
        assert reply.unclear.reason == reason


YULIN = Place("yulin", "Yulin", "玉林市", "prefecture-level city", "Guangxi", "广西壮族自治区", "west", "1", "450900")


@pytest.mark.parametrize(
    "question", ["GDP of Yulin in 2014", "yulin 2014 GDP duoshao", "GDP of the city of Yulin in 2014"]
)
def test_a_city_whose_name_one_without_figures_bears_is_asked_back(question: str) -> None:
    alone = reader_of({YULIN.place_id: YULIN})
    got, _ = read(question, alone, "en")
    assert isinstance(got, Unclear)
    assert "榆林市" in got.reason
    assert got.choices[0] == "GDP of Yulin (Guangxi) in 2014"
    for clear in (got.choices[0], "玉林2014年GDP"):
        told, _ = read(clear, alone)
        assert isinstance(told, Reading)
        assert told.slots.places == ("yulin",)
