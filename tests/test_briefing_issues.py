"""Issues: numbered, signed, sealed, proved without the store; what has changed since, by cause; what is stopped."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from briefings import AT, QUERIES, briefing, document, store, workspace
from briefings.forging import resealed

from xinfo.access.keys import listed
from xinfo.access.signing import of_login
from xinfo.ask import Workspace, open_workspace
from xinfo.briefing import archive, issues, since
from xinfo.briefing.fill import fill
from xinfo.briefing.gate import due, stops
from xinfo.briefing.model import Account, Ask, Briefing, Section
from xinfo.briefing.saved import from_text, written
from xinfo.briefing.templates import carried_on, drafted, following, names
from xinfo.briefing.verify import verified
from xinfo.cli import main
from xinfo.errors import InputError

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own, for what is kept beside it."""
    return store(tmp_path_factory.mktemp("issues"))


@pytest.fixture(scope="module")
def issued(place: Path) -> issues.Issue:
    opened = open_workspace(place, QUERIES)
    issues.made(place, briefing(), opened, LANGUAGES, at=AT, by=of_login(place, "Li Hua", AT))
    issues.signed(place, briefing().id, 1, "reviewer", at=AT, by=of_login(place, "Wang Fang", AT))
    return issues.signed(place, briefing().id, 1, "signer", at=AT, by=of_login(place, "Zhao Min", AT))


@pytest.fixture(scope="module")
def sealed(place: Path, issued: issues.Issue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sealed") / "xining-1.zip"
    path.write_bytes(archive.sealed(issued, open_workspace(place, QUERIES), at=AT, by=of_login(place, "Zhao Min", AT)))
    return path


def test_signatures_come_in_order_and_from_different_people(place: Path, issued: issues.Issue) -> None:
    assert [one.role for one in issued.signatures] == ["author", "reviewer", "signer"]
    assert issued.signed
    opened = open_workspace(place, QUERIES)
    second = issues.made(place, briefing(), opened, ("en",), at=AT, by=of_login(place, "Li Hua", AT))
    assert second.number == 2
    with pytest.raises(InputError, match="reviewer yet"):
        issues.signed(place, briefing().id, 2, "signer", at=AT, by=of_login(place, "Zhao Min", AT))
    with pytest.raises(InputError, match="already"):
        issues.signed(place, briefing().id, 2, "reviewer", at=AT, by=of_login(place, "Li Hua", AT))


def test_a_signature_is_visibly_void_after_any_change(place: Path, issued: issues.Issue, tmp_path: Path) -> None:
    copy = tmp_path / place.name
    shutil.copytree(place.with_name(place.name + ".briefings"), copy.with_name(copy.name + ".briefings"))
    file = copy.with_name(copy.name + ".briefings") / briefing().id / "0001" / "issue.json"
    file.write_text(file.read_text(encoding="utf-8").replace("fell into", "fell early into"), encoding="utf-8")
    changed = issues.opened(copy, briefing().id, 1)
    assert all(one.void for one in changed.signatures)
    assert not changed.signed
    from xinfo.briefing.layout import laid_out

    laid = laid_out(changed.documents["en"])
    assert "VOID" in laid.signatures[0][1]
    assert "void" in laid.state


@pytest.mark.slow
def test_a_sealed_issue_is_proved_without_the_store(sealed: Path, place: Path) -> None:
    proof = verified(sealed, listed(place))
    assert (proof.wrong, proof.unproved, proof.sealed_by) == ((), (), "Zhao Min")
    assert proof.issue.documents["zh"].figures.keys() == document("zh").figures.keys()


@pytest.mark.slow
@pytest.mark.long
def test_figures_that_the_enclosed_data_do_not_give_do_not_pass_whoever_seals_them(
    sealed: Path, place: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(sealed) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    torn = _zip(parts | {"data/observation.csv": parts["data/observation.csv"][:-40]}, tmp_path / "torn.zip")
    with pytest.raises(InputError, match=r"observation\.csv' is not as it was sealed"):
        verified(torn, {})
    data = parts["data/observation.csv"].replace(
        b"xining,info_consumption,2015,all,all,all,5", b"xining,info_consumption,2015,all,all,all,6"
    )
    forged = resealed(parts | {"data/observation.csv": data}, of_login(place, "Zhao Min", AT))
    assert any(line.startswith("level_level ") for line in verified(_zip(forged, tmp_path / "forged.zip"), {}).wrong)
    garbled = resealed(parts | {"data/observation.csv": b"\xff\xfe"}, of_login(place, "Zhao Min", AT))
    with pytest.raises(InputError, match="the enclosed data cannot be read"):
        verified(_zip(garbled, tmp_path / "garbled.zip"), {})


def _zip(parts: dict[str, bytes], path: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def test_only_a_signed_issue_of_this_state_of_the_store_is_sealed(place: Path, tmp_path: Path) -> None:
    opened = open_workspace(place, QUERIES)
    unsigned = issues.made(place, briefing(), opened, ("en",), at=AT, by=of_login(place, "Li Hua", AT))
    with pytest.raises(InputError, match="not signed"):
        archive.sealed(unsigned, opened, at=AT, by=of_login(place, "Li Hua", AT))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_twin_carries_the_same_figures(lang: str) -> None:
    one, two = document("en"), document(lang)
    assert [(f.id, f.value, f.unit, f.key, f.period, f.second) for f in one.figures.values()] == [
        (f.id, f.value, f.unit, f.key, f.period, f.second) for f in two.figures.values()
    ]
    figures = [[run.figure for run in runs if run.figure] for _, runs in one.lines()]
    assert [sorted(line) for line in figures] == [
        sorted(run.figure for run in runs if run.figure) for _, runs in two.lines()
    ]
    assert {q.sql for q in one.queries.values()} == {q.sql for q in two.queries.values()}


def changes(of: Briefing, opened: Workspace) -> dict[str, dict[str, float]]:
    """The causes of what has changed from the shared document to this briefing on these figures."""
    new = fill(of, opened, "en", made=AT, author="")
    return {one.old.id: dict(one.parts) for one in since.compared(document(), new, opened)}


def test_a_revised_source_is_told_from_a_new_period(tmp_path: Path) -> None:
    revised = open_workspace(store(tmp_path, {("xining", "2015Q4"): 2e9}), QUERIES)
    by = 2e9 - document().figures["own_1"].value
    assert changes(briefing(), revised)["own_1"] == pytest.approx({"revised": by})
    later = carried_on(briefing(), "2014", workspace(), "earlier")
    assert changes(later, workspace())["level_level"].keys() == {"period"}
    parts = changes(later, revised)["level_level"]
    assert parts["revised"] == pytest.approx(by)
    moved = fill(later, revised, "en", made=AT, author="").figures["level_level"].value
    assert sum(parts.values()) == pytest.approx(moved - document().figures["level_level"].value)


def test_what_was_changed_by_hand_in_the_earlier_file_is_told() -> None:
    old = replace(document(), number=3)
    made = since.compared(old, document(), workspace(), {"level_level": "9 billion yuan"})
    assert [(one.old.id, one.printed) for one in made] == [("level_level", "9 billion yuan")]
    assert "changed by hand to 9 billion yuan" in " ".join(since.sentences(made, old, document(), workspace()))


def test_every_figure_is_worked_out_a_second_time_and_a_disagreement_blocks() -> None:
    of = document()
    assert [figure.id for figure in of.figures.values() if figure.second is None] == []
    wrong = replace(of, disagreements=("GDP: 2 in the store, 3 from the published rows.",))
    assert "GDP: 2 in the store, 3" in stops(wrong)[0]


def test_a_store_whose_figure_is_wrong_is_found_out(tmp_path: Path) -> None:
    import duckdb

    path = store(tmp_path)
    from xinfo.store.versions import current

    with duckdb.connect(str(current(path))) as connection:
        connection.execute(
            "UPDATE observation SET value = value * 1.1, numerator = numerator * 1.1 WHERE place_id = 'xining' "
            "AND metric_id = 'info_consumption' AND period_id = '2015' AND consumer = 'all' AND offering = 'all'"
        )
    broken = fill(briefing(), open_workspace(path, QUERIES), "en", made=AT, author="")
    assert any("6.577 billion yuan in the store, 5.979 billion yuan from the published rows" in one
               for one in broken.disagreements)  # fmt: skip
    with pytest.raises(InputError, match="two calculations"):
        issues.made(path, briefing(), open_workspace(path, QUERIES), ("en",), at=AT, by=of_login(path, "Li Hua", AT))


def test_late_and_incomplete_briefings_stop_with_a_word() -> None:
    late = carried_on(briefing(), "2016", workspace(), "late")
    assert "late" in stops(fill(late, workspace(), "en", made=AT, author=""))[0]
    lacking = Section({"en": "More"}, (Ask("lack", "Population of Xining in 2015"),))
    with_gap = replace(briefing(), sections=(*briefing().sections, lacking))
    assert "incomplete (lack)" in stops(fill(with_gap, workspace(), "en", made=AT, author=""))[0]
    optional = replace(lacking, items=(replace(lacking.items[0], required=False),))
    assert (
        stops(fill(replace(with_gap, sections=(*briefing().sections, optional)), workspace(), "en", made=AT, author=""))
        == ()
    )


def test_the_command_writes_nothing_and_exits_1_where_figures_are_late(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "xining.yaml"
    path.write_text(written(briefing()), encoding="utf-8")
    out = tmp_path / "out.xlsx"
    at = ["--store", str(place), "--out", str(out)]
    assert main(["brief", str(path), "--period", "2016", *at]) == 1
    assert not out.exists()
    assert "late" in capsys.readouterr().err
    assert main(["brief", *at, str(path)]) == 0
    assert out.exists()


@pytest.mark.parametrize(
    ("period", "after"), [("2015", "2016"), ("2015Q1-Q3", "2015"), ("2015Q4", "2016Q1"), ("2015Q1", "2015Q2")]
)  # fmt: skip
def test_the_next_period_is_of_the_same_kind(period: str, after: str) -> None:
    assert following(period) == after


def test_the_period_that_is_due_is_the_last_that_is_over() -> None:
    assert [due(kind, date(2016, 2, 3)) for kind in ("2014", "2014Q1-Q3", "2014Q2")] == ["2015", "2015", "2015Q4"]


@pytest.mark.parametrize("template", names())
def test_templates_fill_themselves_in_both_languages(template: str) -> None:
    for lang in LANGUAGES:
        made = drafted(template, "xining", "2015", workspace(), lang)
        assert from_text(written(made), "written") == made
        filled = fill(made, workspace(), lang, made=AT, author="")
        assert stops(filled) == ()
        assert "2015" in filled.title


def test_a_briefing_of_a_first_quarter_goes_on_to_the_second() -> None:
    first = drafted("quarterly_progress", "xining", "2015Q1", workspace(), "en", "first")
    later = carried_on(first, "2015Q2", workspace(), "second")
    asked = {item.id: item.question for item in later.items() if isinstance(item, Ask | Account)}
    assert asked["level"] == "Information consumption of Xining in the second quarter of 2015"
    assert asked["way"].endswith("in the first quarter of 2015 and in the first half of 2015")


def test_a_briefing_carried_on_asks_of_the_new_period() -> None:
    later = carried_on(briefing(), "2014", workspace(), "xining-2014")
    about = next(item for item in later.items() if isinstance(item, Account))
    assert "2014" in about.question
    assert later.title["zh"] == "西宁市2014年信息消费情况"
