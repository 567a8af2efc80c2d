"""Drafts, versions, review, results vouched for: nothing is lost, and nothing passes for reviewed that is not."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests import kept
from xinfo.access.person import Grant
from xinfo.access.rules import Rules
from xinfo.ask import Workspace, open_workspace
from xinfo.errors import InputError, Problems
from xinfo.frozen import freeze
from xinfo.stewardship.desk import Desk
from xinfo.stewardship.shelf import Overtaken, Shelf, Version
from xinfo.stewardship.text import changed_text, id_of, new_text, packed, slots_of, unpacked
from xinfo.stewardship.trial import with_frozen
from xinfo.store import whole
from xinfo.understand.reading import Scope, Slots

ID, NOW = "coast_board", "2016-03-01T09:00:00"
RULES = Rules({"wang fang": (Grant("reviewer"),), "zhao": (Grant("analyst"),)}, {}, ())


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("stewardship")
    return open_workspace(kept.store(folder), kept.QUERIES)


@pytest.fixture
def desk(opened: Workspace, tmp_path: Path) -> Desk:
    """Li Wei's desk with an empty shelf."""
    assets = replace(opened.assets, store=tmp_path / "empty.duckdb")
    return Desk(replace(opened, assets=assets), "li wei", NOW)


def another(desk: Desk, who: str = "wang fang") -> Desk:
    return replace(desk, who=who)


def saved(desk: Desk, text: str = kept.BOARD, began_with: str | None = None) -> Version:
    version = desk.save(ID, text, began_with)
    assert isinstance(version, Version)
    return version


def test_a_draft_is_heard_by_its_author_alone_until_it_is_published(desk: Desk) -> None:
    saved(desk)
    assert [template.template_id for template in desk.drafts()] == [ID]
    assert another(desk).drafts() == ()
    assert not desk.shelf.file(ID).exists()
    desk.submit(ID)
    assert desk.shelf.entry(ID).state == "in_review"
    assert another(desk).publish(ID).passed
    assert desk.shelf.file(ID).read_text(encoding="utf-8") == kept.BOARD
    entry = desk.shelf.entry(ID)
    assert (entry.state, entry.heard, entry.reviewer) == ("published", 1, "wang fang")


def test_whoever_wrote_a_version_publishes_it_only_where_nobody_else_is_there(desk: Desk) -> None:
    saved(desk)
    assert desk.publish(ID).passed
    assert desk.shelf.entry(ID).reviewer == ""
    saved(desk, kept.BOARD + "# more\n", kept.BOARD)
    with pytest.raises(InputError, match="someone else must publish it"):
        replace(desk, rules=RULES).publish(ID)
    another(desk).give_back(ID, "say what it is for")
    with pytest.raises(InputError, match="someone else must publish it"):
        desk.publish(ID)
    assert desk.shelf.entry(ID).state == "draft"


def test_two_editors_of_one_template_the_second_is_told_and_loses_nothing(desk: Desk) -> None:
    saved(desk)
    hers = kept.BOARD.replace("n: 2", "n: 4")
    his = kept.BOARD.replace("[letter]", "[letter, coast]")
    saved(another(desk), hers, kept.BOARD)
    overtaken = desk.save(ID, his, kept.BOARD)
    assert isinstance(overtaken, Overtaken)
    assert (overtaken.theirs.who, overtaken.theirs.text, overtaken.mine) == ("wang fang", hers, his)
    assert desk.shelf.entry(ID).newest == 2
    assert saved(desk, his, hers).number == 3
    assert [desk.shelf.version(ID, number).text for number in (1, 2, 3)] == [kept.BOARD, hers, his]


def test_of_many_who_save_at_once_one_wins_and_all_others_are_told(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.save(ID, "first", None, "li wei", NOW)
    replies: list[Version | Overtaken] = []
    threads = [
        threading.Thread(target=lambda n=n: replies.append(Shelf(tmp_path).save(ID, f"{n}", "first", f"p{n}", NOW)))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(reply, Version) for reply in replies) == [False] * 7 + [True]
    assert shelf.entry(ID).newest == 2


def test_every_version_is_kept_restored_and_retired(desk: Desk) -> None:
    saved(desk)
    desk.publish(ID)
    changed = kept.BOARD.replace("n: 2", "n: 3")
    saved(desk, changed, kept.BOARD)
    assert (desk.shelf.entry(ID).state, desk.shelf.entry(ID).heard) == ("draft", 1)
    restored = desk.restore(ID, 1)
    assert isinstance(restored, Version)
    assert (restored.number, restored.text) == (3, kept.BOARD)
    desk.retire(ID, "nobody asks any more")
    entry = desk.shelf.entry(ID)
    assert (entry.state, entry.heard, entry.deeds[-1].note) == ("retired", None, "nobody asks any more")
    assert desk.shelf.version(ID, 2).text == changed


def test_a_file_that_is_changed_by_hand_is_heard_and_not_called_reviewed(desk: Desk) -> None:
    saved(desk)
    another(desk).publish(ID)
    by_hand = kept.BOARD.replace("n: 2", "n: 5")
    desk.shelf.file(ID).write_text(by_hand, encoding="utf-8")
    entry = desk.shelf.entry(ID)
    assert (entry.outside, entry.reviewer) == (True, "")
    assert isinstance(desk.save(ID, kept.BOARD + "\n", kept.BOARD), Overtaken)
    assert saved(desk, by_hand + "# seen\n", by_hand).number == 3
    assert desk.shelf.version(ID, 2).text == by_hand


@pytest.mark.parametrize("what", ["no template: [", "id: other\ntitle: a b\nuses: rank\n", kept.FLEET])
def test_what_is_no_template_of_that_name_is_not_saved(what: str, desk: Desk) -> None:
    with pytest.raises(InputError):
        desk.save(ID, what, None)
    assert desk.shelf.entries() == ()


def test_what_the_guard_refuses_is_not_saved(desk: Desk) -> None:
    with pytest.raises(Problems, match="its SQL is refused: read_csv"):
        desk.save("fleet", kept.FLEET.replace("from observation", "from read_csv('/etc/passwd')"), None)
    with pytest.raises(InputError, match="that of the shipped template"):
        desk.save("rank", kept.BOARD.replace("coast_board", "rank"), None)


def frozen(desk: Desk, on: Workspace | None = None) -> str:
    result = freeze("coast board", "en", on or desk.workspace, "li wei", "2016-03-01")
    return with_frozen(kept.BOARD, (result,))


def test_a_frozen_result_that_changes_stops_publishing_until_it_is_accepted_by_name(desk: Desk, tmp_path: Path) -> None:
    first = saved(desk)
    with_result = frozen(heard(desk))
    saved(desk, with_result, first.text)
    assert desk.publish(ID).passed
    changed = open_workspace(kept.store(tmp_path, change=1.5), kept.QUERIES)
    other = replace(desk, workspace=replace(changed, assets=desk.workspace.assets))
    trial = other.publish(ID)
    assert [str(one.new[0][-1]) for one in trial.changed] == ["3000000000000.0"]
    assert "the frozen result of “coast board” has changed" in str(trial.changed[0])
    assert not trial.problems
    assert another(other).publish(ID, accept=True).passed
    text = desk.shelf.file(ID).read_text(encoding="utf-8")
    assert "by: wang fang" in text
    assert "# the rest is pinned" in text
    assert other.try_out(ID, text).passed
    assert desk.shelf.entry(ID).reviewer == "wang fang"


def heard(desk: Desk) -> Desk:
    """The desk where its template is heard, so that its result can be frozen."""
    from xinfo.stewardship.trial import heard_too, made

    template = made(kept.BOARD, desk.shelf.file(ID), desk.workspace)
    return replace(desk, workspace=heard_too(template, desk.workspace))


def test_a_change_that_breaks_a_test_is_told_and_not_published(desk: Desk) -> None:
    saved(desk, kept.BOARD.replace("free: [periods, scope]", "free: [scope]"))
    trial = desk.publish(ID)
    assert any("“coast board in 2013” must mean it" in problem for problem in trial.problems)
    assert not desk.shelf.file(ID).exists()


def test_comments_and_order_stay_when_a_field_changes() -> None:
    text = changed_text(kept.BOARD, {"tags": ["letter", "sea"], "version": 2, "author": "", "frozen": []})
    assert text.startswith("# What the letter begins with.\nid: coast_board\nversion: 2\n")
    assert "free: [periods, scope] # the rest is pinned" in text
    assert "tags: [letter, sea]" in text
    assert "author" not in text
    assert changed_text(kept.BOARD, {}) == kept.BOARD


def test_a_new_file_is_one_that_people_read() -> None:
    slots = Slots(metric="gdp", scope=Scope(region="east"), order="desc", n=2)
    text = new_text(
        {
            "id": "a",
            "title": {"en": "a b", "zh": "甲"},
            "slots": slots_of(slots),
            "tags": ["x"],
            "sql": "select 1\nfrom a",
        }
    )
    assert text == (
        "id: a\ntitle: {en: a b, zh: 甲}\ntags: [x]\n"
        "slots: {metric: gdp, scope: {region: east}, order: desc, n: 2}\nsql: |\n  select 1\n  from a\n"
    )


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [("Coast board", set(), "coast_board"), ("Coast board", {"coast_board"}, "coast_board_2"),
     ("沿海", set(), "yan_hai"), ("2014 list", set(), "q_2014_list")],
)  # fmt: skip
def test_an_id_is_made_of_a_title(title: str, taken: set[str], name: str) -> None:
    assert id_of(title, frozenset(taken)) == name


def test_a_save_that_fails_half_way_leaves_everything_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(desk)
    before = {path: path.read_bytes() for path in desk.shelf.own.rglob("*") if path.is_file()}
    for at in range(1, 3):
        calls = iter(range(1, 100))

        def replace_but(one: str, other: Path, at: int = at, calls=calls) -> None:  # type: ignore[no-untyped-def]
            if next(calls) == at:
                raise OSError(28, "No space left on device")
            Path(one).rename(other)

        monkeypatch.setattr(whole.os, "replace", replace_but)
        with pytest.raises(InputError, match="No space left on device"):
            desk.save(ID, kept.BOARD + "# new\n", kept.BOARD)
        monkeypatch.undo()
        assert desk.shelf.entry(ID).newest == 1
        assert {path: path.read_bytes() for path in before} == before
    assert saved(desk, kept.BOARD + "# new\n", kept.BOARD).number == 2


def test_templates_are_packed_into_one_file_and_taken_out_again() -> None:
    texts = {"coast_board": kept.BOARD, "fleet": kept.FLEET}
    content = packed(texts)
    assert content == packed(dict(reversed(texts.items())))
    assert unpacked(content, "all.zip") == {f"all.zip/{name}.yaml": text for name, text in texts.items()}
    assert unpacked(kept.BOARD.encode(), "mine.yaml") == {"mine.yaml": kept.BOARD}


@pytest.mark.parametrize("content", [b"PK\x03\x04 half an archive", b"\xff\xfe\x00", packed({}), b"x" * 500_001])
def test_what_holds_no_templates_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        unpacked(content, "all.zip")


def test_sql_without_names_of_its_own_is_a_template_too(desk: Desk) -> None:
    sql = "select place_id as place, value, unit, source_id from target order by value desc, place_id"
    text = new_text({"id": "aims", "title": {"en": "aimlist", "zh": "瞄准表"}, "sql": sql, "parameters": {}})
    assert "parameters: {}" in text
    trial = desk.try_out("aims", text)
    assert (trial.problems, trial.template and trial.template.pinned is not None) == ((), True)
