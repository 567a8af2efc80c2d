"""Nothing is lost by a slip: what is removed comes back to the byte for thirty days, and what is issued stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from streamlit.testing.v1 import AppTest

from tests import kept
from xinfo.access.person import Grant
from xinfo.access.rules import Rules
from xinfo.access.signing import of_login
from xinfo.ask import Workspace, open_workspace
from xinfo.audit.verify import entries
from xinfo.briefing import issues, saved
from xinfo.briefing.model import Ask, Briefing, Section
from xinfo.cli import main
from xinfo.cli.stores import now
from xinfo.errors import InputError, Problems, StoreError
from xinfo.frozen import freeze
from xinfo.language.texts import text
from xinfo.loop.own import own_phrases, take_in
from xinfo.loop.proposals import Proposal, Trial
from xinfo.stewardship import removal
from xinfo.stewardship.desk import Desk, reviewers
from xinfo.stewardship.removal import Removal
from xinfo.stewardship.shelf import Shelf
from xinfo.stewardship.trial import with_frozen
from xinfo.store import bin, cache, history, versions
from xinfo.ui import opening

AT = "2016-03-01T09:00:00+08:00"
WORDS = (Proposal("output of all", "metric", "gdp"), Proposal("river town", "place", "xining"))
PAPER = Briefing("paper", {"en": "Coast"}, "en", (Section({}, (Ask("ask1", "coast board"),)),))


def later(days: float) -> str:
    return (datetime.fromisoformat(AT) + timedelta(days=days)).isoformat()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store of two versions, on which people have made one of everything."""
    folder = tmp_path_factory.mktemp("removal")
    kept.store(folder)
    store = folder / "tiny.duckdb"
    shelf = Shelf(store)
    shelf.save("coast_board", kept.BOARD, None, "li wei", AT)
    shelf.publish("coast_board", "wang fang", AT)
    for word in WORDS:
        take_in(Trial(word, (), (), (), 1), store)
    saved.save(store, PAPER)
    kept.store(folder, change=1.5)
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "tiny.duckdb"


def opened(store: Path) -> Workspace:
    return open_workspace(store, kept.QUERIES)


@pytest.fixture(scope="module")
def workspace(made: Path) -> Workspace:
    return opened(made / "tiny.duckdb")


def on(store: Path, workspace: Workspace) -> Workspace:
    """The workspace, opened once, as that of a copy of its store."""
    return replace(workspace, assets=replace(workspace.assets, store=store))


KINDS: dict[str, Callable[[Path, Workspace], Removal]] = {
    "briefing": lambda store, workspace: removal.of_briefing(store, "paper"),
    "template": lambda store, workspace: removal.of_template("coast_board", workspace),
    "phrase": lambda store, workspace: removal.of_phrase(WORDS[0], workspace),
    "version": lambda store, workspace: removal.of_version(1, workspace.assets),
}


def content(store: Path) -> dict[str, bytes]:
    """Every file beside the store but the bin's, by its name; marks of changes and locks aside."""
    aside = ("LOCK", ".lock", "changed.mark")
    return {
        str(path.relative_to(store.parent)): path.read_bytes()
        for path in sorted(store.parent.rglob("*"))
        if path.is_file() and not {bin.folder(store), cache.beside(store)} & {*path.parents} and path.name not in aside
    }


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_removed_comes_back_to_the_byte(kind: str, store: Path, workspace: Workspace) -> None:
    here, before = on(store, workspace), content(store)
    found = KINDS[kind](store, here)
    binned = removal.remove(store, found, who="li wei", at=AT)
    assert (binned.kind, binned.name, binned.who) == (kind, found.name, "li wei")
    assert content(store) != before
    assert bin.listed(store) == (binned,)
    removal.put_back(store, binned, lambda: workspace_without(here, kind))
    assert content(store) == before
    assert bin.listed(store) == ()


def workspace_without(here: Workspace, kind: str) -> Workspace:
    """A phrase is tried again before it comes back, which takes a reader that does not know it."""
    return opened(here.assets.store) if kind == "phrase" else here


@pytest.mark.parametrize("kind", KINDS)
def test_after_thirty_days_it_is_gone(kind: str, store: Path, workspace: Workspace) -> None:
    binned = removal.remove(store, KINDS[kind](store, on(store, workspace)), who="li wei", at=AT)
    assert bin.sweep(store, later(29.9)) == ()
    assert bin.sweep(store, later(30)) == (binned,)
    assert {path.name for path in bin.folder(store).iterdir()} == {".last-000001"}, "the number alone, which is gone"
    with pytest.raises(InputError, match="there are: none"):
        bin.find(store, binned.number)


def test_what_goes_with_it_is_said_in_both_languages(store: Path, workspace: Workspace) -> None:
    here = on(store, workspace)
    said = {kind: " ".join(one.text("en") for one in make(store, here).goes) for kind, make in KINDS.items()}
    assert "Its versions are removed too: 1." in said["template"]
    assert "Briefings that use it: paper." in said["template"]
    assert "questions and texts are removed too: 1" in said["briefing"]
    assert "questions as known on that day can no longer be answered" in said["version"]
    for kind, make in KINDS.items():
        assert not any("{" in one.text("zh") for one in make(store, here).goes)
        assert make(store, here).question("x", "zh") != make(store, here).question("x", "en"), kind


def test_what_rests_on_a_word_and_on_figures_is_named(store: Path) -> None:
    saved.save(
        store, replace(PAPER, id="second", sections=(Section({}, (Ask("a", "Output of all of Xining in 2014"),)),))
    )
    frozen = replace(freeze("coast board", "en", opened(store), "li wei", "2016-03-01"), store=_figures(store, 1))
    vouched = with_frozen(kept.BOARD.replace("[seaside list]", "[seaside list, output of all board]"), (frozen,))
    Shelf(store).file("coast_board").write_text(vouched, encoding="utf-8")
    here = opened(store)
    word = [one.text("en") for one in removal.of_phrase(WORDS[0], here).goes]
    assert "Briefings that use this phrase: second." in word
    figures = [one.text("en") for one in removal.of_version(1, here.assets).goes]
    assert "Approved results based on these figures: coast_board." in figures


def _figures(store: Path, number: int) -> str:
    from xinfo.store.opening import notes

    return notes(versions.numbered(store, number))["fingerprint"]


@pytest.mark.parametrize("kind", ["briefing", "template", "version"])
def test_what_is_issued_and_what_it_rests_on_stays_and_the_issue_is_named(
    kind: str, store: Path, workspace: Workspace
) -> None:
    first = open_workspace(versions.numbered(store, 1), kept.QUERIES)
    issues.made(store, PAPER, first, ("en",), at=AT, by=of_login(store, "li wei", AT))
    before, found = content(store), KINDS[kind](store, on(store, workspace))
    assert ("paper" if kind != "briefing" else "issued (1)") in found.held[0].text("en")
    with pytest.raises(Problems, match=r"(so it cannot|can no longer) be removed"):
        removal.remove(store, found, who="li wei", at=AT)
    assert content(store) == before
    assert bin.listed(store) == ()


def test_a_version_whose_figures_another_has_too_can_go(store: Path, workspace: Workspace) -> None:
    first = open_workspace(versions.numbered(store, 1), kept.QUERIES)
    issues.made(store, PAPER, first, ("en",), at=AT, by=of_login(store, "li wei", AT))
    history.restore(store, 1, at=AT, who="li wei")
    assert not removal.of_version(1, on(store, workspace).assets).held


def test_nothing_is_put_back_over_something_else(store: Path, workspace: Workspace) -> None:
    binned = removal.remove(store, KINDS["briefing"](store, workspace), who="li wei", at=AT)
    saved.save(store, replace(PAPER, title={"en": "Another"}))
    before = content(store)
    with pytest.raises(StoreError, match="there is another one"):
        removal.put_back(store, binned, lambda: workspace)
    assert content(store) == before
    assert bin.listed(store) == (binned,)


def test_a_word_that_would_break_something_by_now_does_not_come_back(store: Path) -> None:
    eastern = Proposal("eastern", "region", "west")
    take_in(Trial(eastern, (), (), (), 1), store)
    here = opened(store)
    binned = removal.remove(store, removal.of_phrase(eastern, here), who="li wei", at=AT)
    with pytest.raises(InputError, match="is not taken in"):
        removal.put_back(store, binned, lambda: opened(store))
    assert eastern not in own_phrases(store)
    assert bin.listed(store) == (binned,)


def test_no_number_is_used_again(tmp_path: Path) -> None:
    """An undo that a page still shows never puts back what somebody removed since."""
    store = tmp_path / "tiny.duckdb"
    first = bin.put(store, "phrase", "one", who="li", at=AT)
    bin.drop(store, first)
    second = bin.put(store, "phrase", "two", who="li", at=AT)
    bin.sweep(store, later(31))
    assert bin.put(store, "phrase", "three", who="li", at=later(31)).number > second.number > first.number
    with pytest.raises(InputError):
        bin.find(store, first.number)


def test_what_killed_ones_left_in_the_bin_is_in_nobodys_way_and_goes(tmp_path: Path) -> None:
    store, file = tmp_path / "tiny.duckdb", tmp_path / "tiny.duckdb.templates" / "one.yaml"
    file.parent.mkdir()
    file.write_text("x", encoding="utf-8")
    binned = bin.put(store, "template", "one", who="li", at=AT, paths=[file])
    left = bin.folder(store) / ".going-000001" / "kept"
    left.mkdir(parents=True)
    (left / "y").touch()
    bin.put_back(store, binned)
    assert (file.exists(), bin.listed(store)) == (True, ())
    (orphan := bin.folder(store) / "000007").mkdir()
    now = datetime.now(UTC)
    bin.sweep(store, now.isoformat())
    assert orphan.exists()
    bin.sweep(store, (now + timedelta(days=31)).isoformat())
    assert not orphan.exists()


def test_the_command_asks_says_what_goes_and_puts_back(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--store", str(store), "--by", "li wei"]
    assert main(["brief", "remove", "paper", *at]) == 1
    asked = capsys.readouterr().err
    assert "Remove the briefing “paper”?" in asked
    assert "questions and texts are removed too: 1" in asked
    assert saved.listed(store) == ("paper",)
    assert main(["brief", "remove", "paper", "--yes", *at]) == 0
    assert "'xinfo bin restore 1' puts it back" in capsys.readouterr().out
    assert main(["bin", *at]) == 0
    assert "briefing paper" in capsys.readouterr().out
    assert main(["bin", "restore", "1", *at]) == 0
    assert saved.listed(store) == ("paper",)
    assert main(["brief", "remove", "paper", "--yes", *at]) == 0
    assert main(["bin", "sweep", *at]) == 0
    assert main(["bin", "sweep", "--days", "0", *at]) == 0
    assert "briefing paper is gone" in capsys.readouterr().out
    did = [(entry.did, entry.who) for entry in entries(store)]
    each = ("begin", "remove", "begin", "put_back", "begin", "remove", "sweep")
    assert did == [(one, "li wei") for one in each]
    assert [one.what["deed"] for one in entries(store) if one.did == "begin"] == ["remove", "put_back", "remove"]


def test_a_start_of_the_app_drops_what_is_old(
    store: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = removal.remove(store, removal.of_briefing(store, "paper"), who="li wei", at=AT)
    new = removal.remove(store, KINDS["version"](store, on(store, workspace)), who="li wei", at=now())
    monkeypatch.setattr("xinfo.ui.serve.serve", lambda *given: 0)
    assert main(["serve", "--store", str(store)]) == 0
    assert bin.listed(store) == (new,)
    assert [(one.did, one.what["names"]) for one in entries(store)] == [("sweep", [f"briefing {old.name}"])]


def test_a_briefing_that_is_only_a_file_is_not_removed(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(saved.written(replace(PAPER, id="mine")), encoding="utf-8")
    with pytest.raises(InputError, match="is not saved beside"):
        removal.of_briefing(store, str(file))


@dataclass
class Model:
    """What should be there, and what should be in the bin."""

    here: dict[str, bytes]
    binned: dict[int, dict[str, bytes]]


class Removing(RuleBasedStateMachine):
    """Briefings made, removed, put back and swept in any order: each is where it should be, to the byte."""

    place: Path

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        self.store, self.now = self.place / "s.duckdb", 0.0
        self.model = Model({}, {})
        self.removed: dict[int, float] = {}

    @rule(name=st.sampled_from(["a", "b", "c"]), title=st.text("xyz西", min_size=1, max_size=4))
    def make(self, name: str, title: str) -> None:
        path = saved.save(self.store, Briefing(name, {"en": title}, "en"))
        self.model.here[name] = path.read_bytes()

    @precondition(lambda self: self.model.here)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.model.here)))
        found = removal.of_briefing(self.store, name)
        binned = removal.remove(self.store, found, who="li wei", at=later(self.now))
        self.model.binned[binned.number] = {name: self.model.here.pop(name)}
        self.removed[binned.number] = self.now

    @precondition(lambda self: self.model.binned)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.binned)))
        [(name, was)] = self.model.binned[number].items()
        binned = bin.find(self.store, number)
        if name in self.model.here:
            with pytest.raises(StoreError):
                removal.put_back(self.store, binned, _no_workspace)
        else:
            removal.put_back(self.store, binned, _no_workspace)
            self.model.here[name] = was
            del self.model.binned[number]

    @rule(days=st.sampled_from([1.0, 10.0, 29.0, 30.0]))
    def sweep(self, days: float) -> None:
        self.now += days
        bin.sweep(self.store, later(self.now))
        old = [number for number in self.model.binned if self.now - self.removed[number] >= bin.DAYS]
        for number in old:
            del self.model.binned[number]

    @invariant()
    def all_is_where_it_should_be(self) -> None:
        if not hasattr(self, "model"):
            return
        folder = saved.folder(self.store)
        assert {name: (folder / f"{name}.yaml").read_bytes() for name in saved.listed(self.store)} == self.model.here
        assert {one.number for one in bin.listed(self.store)} == set(self.model.binned)


def _no_workspace() -> Workspace:
    raise AssertionError("a briefing comes back without one")


def test_in_any_order_nothing_is_lost_before_its_time(tmp_path: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("Here", (Removing,), {"place": tmp_path / "machine"})
    quick = settings(max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=quick)


ROLES = ("viewer", "analyst", "reviewer", "steward")
REVIEWING = {"reviewer", "steward"}


@pytest.mark.parametrize("author", ROLES)
@pytest.mark.parametrize("second", [None, *ROLES])
def test_whoever_wrote_it_publishes_only_where_nobody_else_may_review(
    author: str, second: str | None, store: Path, workspace: Workspace
) -> None:
    roles = {"li wei": author} | ({"zhao": second} if second else {})
    rules = Rules({name: (Grant(role),) for name, role in roles.items()}, {}, ())
    assert reviewers(store, rules) == {name for name, role in roles.items() if role in REVIEWING}
    desk = Desk(on(store, workspace), "li wei", AT, rules)
    desk.save("river_board", kept.BOARD.replace("coast_board", "river_board"), None)
    blocked = second in REVIEWING
    assert desk.why_not(desk.shelf.entry("river_board")) == ("stewardship.own_version" if blocked else "")
    assert replace(desk, who="zhao").why_not(desk.shelf.entry("river_board")) == ""
    issue = issues.made(store, PAPER, workspace, ("en",), at=AT, by=of_login(store, "li wei", AT))
    assert issue.waits(reviewers(store, rules)) == blocked
    reviewed = issues.signed(store, "paper", issue.number, "reviewer", at=AT, by=of_login(store, "zhao", AT))
    assert not reviewed.waits(reviewers(store, rules))


def test_nothing_goes_out_without_a_name(store: Path, workspace: Workspace) -> None:
    unnamed = Desk(on(store, workspace), "", AT)
    board = kept.BOARD.replace("coast_board", "river_board")
    unnamed.save("river_board", board, None)
    entry = unnamed.shelf.entry("river_board")
    assert unnamed.why_not(entry) == "stewardship.no_name"
    named = replace(unnamed, who="li wei")
    assert named.why_not(entry) == "stewardship.no_author"
    with pytest.raises(InputError, match="save it under your name first"):
        named.publish("river_board")
    named.save("river_board", board, board)
    assert named.shelf.entry("river_board").author == "li wei"
    with pytest.raises(InputError, match="an issue needs an author"):
        issues.made(store, PAPER, workspace, ("en",), at=AT, by=of_login(store, "", AT))


PAGES = {
    "briefing": ("from xinfo.ui import briefing\nbriefing.page()", "briefing-paper"),
    "phrase": ("from xinfo.ui import activity\nactivity.page()", "phrase-0-output of all"),
    "template": ("from xinfo.ui.templates import page\npage.page()", "template-coast_board"),
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.long
def test_a_page_asks_and_one_click_puts_back(kind: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINFO_STORE", str(store))
    opening.forget()
    before, (script, key) = content(store), PAGES[kind]
    page = AppTest.from_string(script, default_timeout=120)
    page.session_state["who"] = "li wei"
    page.query_params["template"], page.query_params["view"] = "coast_board", "review"
    page.run().button(key=f"remove-{key}").click().run()
    assert content(store) == before
    page.button(key="removing-leave").click().run()
    page.button(key=f"remove-{key}").click().run()
    page.button(key="removing-do").click().run()
    assert not page.exception
    [binned] = bin.listed(store)
    assert (binned.kind, binned.who) == (kind, "li wei")
    page.button(key=f"removal.undo-{binned.number}").click().run()
    assert not page.exception
    after = content(store)
    assert {name: after[name] for name in before} == before
    assert [entry.did for entry in entries(store)] == ["begin", "remove", "begin", "put_back"]
    opening.forget()


def test_an_issue_that_waits_for_its_reviewer_has_no_files_yet(
    store: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINFO_STORE", str(store))
    opening.forget()
    issues.made(store, PAPER, workspace, ("en",), at=AT, by=of_login(store, "li wei", AT))
    seen = []
    for signed in (False, True):
        if signed:
            issues.signed(store, "paper", 1, "reviewer", at=AT, by=of_login(store, "wang fang", AT))
        page = AppTest.from_string(PAGES["briefing"][0], default_timeout=120)
        page.session_state["brief-open"], page.session_state["brief-issue-1"] = "issues", True
        page.run()
        assert not page.exception
        seen.append(text("brief.ui.waits", "en") in [one.value for one in page.info])
    assert seen == [True, False]
    opening.forget()
