"""Questions that people keep: how they are called, what may be changed in them, and that they take nothing away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import kept
from xinfo.answer.answer import Answer
from xinfo.ask import Workspace, open_workspace
from xinfo.loop.proposals import Proposal, try_out
from xinfo.review import review, with_templates
from xinfo.understand.reading import Unclear
from xinfo.understand.suggest import suggest
from xinfo.understand.template import Template, load_templates

OTHER = """
id: other
title: {en: brick wall, zh: 砖墙}
uses: rank
slots: {metric: gdp, scope: {region: east}, periods: ["2014"], order: desc, n: 2}
tests: {must: {en: [show the brick wall]}, must_not: {zh: [北京市2014年地区生产总值]}}
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("kept")
    kept.own(folder, coast_board=kept.BOARD, fleet=kept.FLEET)
    return open_workspace(kept.store(folder), kept.QUERIES)


def asked(question: str, workspace: Workspace) -> Answer:
    reply = workspace.conversation().ask(question)
    assert isinstance(reply, Answer), reply
    return reply


def declined(question: str, workspace: Workspace) -> Unclear:
    reply = workspace.conversation().ask(question)
    assert not isinstance(reply, Answer), reply.headline
    return reply.unclear


@pytest.mark.parametrize(
    ("question", "template", "places"),
    [
        ("coast board", "coast_board", ["beijing", "suzhou-jiangsu"]),
        ("Show me the Coast Board?", "coast_board", ["beijing", "suzhou-jiangsu"]),
        ("seaside list", "coast_board", ["beijing", "suzhou-jiangsu"]),
        ("沿海看板", "coast_board", ["beijing", "suzhou-jiangsu"]),
        ("coast board in 2013", "coast_board", ["beijing", "suzhou-jiangsu"]),
        ("coast board of western pilots in 2014", "coast_board", ["xining"]),
        ("GDP of eastern pilots", "coast_board", ["beijing", "suzhou-jiangsu"]),
        ("fleet sheet", "fleet", ["beijing", "suzhou-jiangsu"]),
        ("fleet sheet of Beijing and Xining over 50 billion yuan", "fleet", ["beijing", "xining"]),
        ("舰队表超过15000亿元", "fleet", ["beijing"]),
    ],
)
def test_a_kept_question_is_called_by_its_words_and_changed_in_what_is_free(
    question: str, template: str, places: list[str], workspace: Workspace
) -> None:
    answer = asked(question, workspace)
    assert answer.reading.template.template_id == template
    assert [row["place"] for row in answer.rows] == places


@pytest.mark.parametrize("question", ["coast board", "2013年沿海看板", "fleet sheet of eastern pilots"])
def test_its_canonical_sentence_asked_again_gives_the_same_statement_and_figures(
    question: str, workspace: Workspace
) -> None:
    answer = asked(question, workspace)
    again = asked(answer.reading.sentence, workspace)
    assert (again.sql, again.params, again.rows) == (answer.sql, answer.params, answer.rows)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("coast board for information consumption", "metric"),
        ("growth of coast board", "measure"),
        ("coast board of Xining", "This differs from the saved question"),
        ("coast board, top 3", "number of rows"),
        ("coast board and fleet sheet", "more than one way"),
        ("coast board of it", ""),
        ("fleet sheet under 50 billion yuan", "comparison"),
        ("fleet sheet by quarter", "frequency"),
        ("GDP of eastern pilots in 2013", ""),
    ],
)
def test_what_is_pinned_stays_and_nothing_that_is_said_gets_lost(question: str, why: str, workspace: Workspace) -> None:
    assert why in declined(question, workspace).reason


def test_a_kept_question_stands_by_itself_and_the_next_one_may_refer_to_it(workspace: Workspace) -> None:
    talk = workspace.conversation()
    talk.ask("GDP of Xining in 2013")
    first, then = talk.ask("coast board"), talk.ask("and in 2013?")
    assert isinstance(first, Answer)
    assert isinstance(then, Answer)
    assert first.reading.slots.periods[0].id == "2014"
    assert then.reading.slots == first.reading.slots.but(periods=then.reading.slots.periods)
    assert then.reading.slots.periods[0].id == "2013"


def test_a_name_of_known_words_says_that_it_was_taken_for_a_name(workspace: Workspace) -> None:
    assert any("the name of a saved question" in caveat for caveat in asked("GDP of eastern pilots", workspace).caveats)


@pytest.mark.parametrize(("typed", "found"), [("coa", "coast board"), ("boar", "coast board"), ("沿", "沿海看板"),
                                              ("yanhaik", "沿海看板"), ("seas", "seaside list")])  # fmt: skip
def test_it_is_proposed_while_one_types_any_word_of_its_names(typed: str, found: str, workspace: Workspace) -> None:
    assert found in [one.text for one in suggest(typed, workspace.reader, "en")]


def tried(content: str, workspace: Workspace, tmp_path: Path) -> str:
    """What a check finds wrong with a file beside the others."""
    (tmp_path / "mine.yaml").write_text(content, encoding="utf-8")
    template = read(tmp_path / "mine.yaml", workspace)
    extended = with_templates(workspace, [template])
    found = review(extended, [template.template_id])
    return "\n".join([*found.complaints, *map(str, found.collisions)])


def read(path: Path, workspace: Workspace) -> Template:
    from xinfo.understand.template import read_template

    return read_template(path, {template.template_id: template for template in workspace.templates})


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, None),
        ({"brick wall, zh": "coast board, zh"}, "“coast board” fits coast_board and other"),
        ({"砖墙": "GDP of eastern pilots"}, "fits coast_board and other"),
        ({"砖墙": "GDP of Beijing in 2014"}, "fits value"),
        ({"show the brick": "show the stone"}, "must mean it"),
        ({"北京市2014年地区生产总值": "砖墙"}, "“砖墙” fits other"),
        ({"n: 2": "n: 2, than: beijing"}, "is not understood as these slots"),
        ({"region: east": "province: Mars"}, None),
    ],
)
def test_a_check_names_what_a_kept_question_takes_away_or_breaks(
    changes: dict[str, str], wrong: str | None, workspace: Workspace, tmp_path: Path
) -> None:
    content = OTHER
    for old, new in changes.items():
        assert old in content
        content = content.replace(old, new)
    found = tried(content, workspace, tmp_path)
    assert (wrong in found) if wrong else not found, found


def test_the_whole_library_with_kept_questions_holds_together(workspace: Workspace) -> None:
    found = review(workspace, ["coast_board", "fleet"])
    assert (found.complaints, found.collisions) == ((), ())


def test_another_template_that_breaks_what_a_kept_one_promises_is_told(workspace: Workspace, tmp_path: Path) -> None:
    thief = kept.BOARD.replace("id: coast_board", "id: thief").replace("coast board", "coast board in 2013")
    assert "coast_board: “coast board in 2013” fits" in tried(thief, workspace, tmp_path)


BROKEN = {
    "half a file": ("slots: {metric: gdp, scope", "no YAML"),
    "a slot that is none": ("free: [period]", "there is no slot 'period'; did you mean periods or per?"),
    "a template that is none": (
        "uses: ranks",
        "'uses' names no template 'ranks'; did you mean rank or rank_of_groups?",
    ),
    "a period that is none": ('slots: {periods: ["2014Q7"]}', "'2014Q7' is no period"),
    "a field that is none": ("needs: [metric]", "there is no field 'needs'"),
    "a type that is none": ("sql: select 1\nparameters: {a: city}", "there is no type 'city' for $a"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_told_with_its_line_and_the_others_work(what: str, tmp_path: Path) -> None:
    line, reason = BROKEN[what]
    head = "id: mine\ntitle: stone wall\n" + ("" if line.startswith(("uses", "sql")) else "uses: rank\n")
    own = kept.own(tmp_path, coast_board=kept.BOARD, mine=head + line + "\n")
    templates, complaints = load_templates(kept.QUERIES, own)
    assert "coast_board" in {template.template_id for template in templates}
    assert len(complaints) == 1
    assert reason in complaints[0]
    assert complaints[0].startswith(f"{own / 'mine.yaml'}:")


def test_the_form_of_a_template_that_stands_by_itself_is_as_before(workspace: Workspace) -> None:
    rank = next(template for template in workspace.templates if template.template_id == "rank")
    board = next(template for template in workspace.templates if template.template_id == "coast_board")
    assert (rank.uses, rank.pinned, board.uses) == ("", None, "rank")
    assert replace(board, template_id="rank").sql == rank.sql


def test_a_taught_phrase_that_breaks_what_a_template_promises_is_not_taken_in(workspace: Workspace) -> None:
    trial = try_out(Proposal("eastern", "region", "west"), workspace.reader, ())
    assert "Rank of Xining by GDP in 2015 among the eastern pilots" in [change.question for change in trial.broken]
    assert not trial.passed


def test_a_taught_phrase_by_which_a_sentence_would_mean_what_it_must_not_is_not_taken_in(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "coast_board.yaml"
    path.write_text(kept.BOARD.replace("GDP of Beijing in 2014", "coast board of the levant pilots"), encoding="utf-8")
    reader = with_templates(workspace, [read(path, workspace)]).reader
    trial = try_out(Proposal("levant", "region", "east"), reader, ())
    assert [change.question for change in trial.broken] == ["coast board of the levant pilots"]
    assert try_out(Proposal("levant", "region", "east"), workspace.reader, ()).passed
