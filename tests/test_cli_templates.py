"""The library of templates from the command line: what is listed, what a check finds, what is saved and what stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from tests.shipped import shipped_store
from xinfo.ask import Workspace, open_workspace
from xinfo.cli import main, stores
from xinfo.cli import templates as command
from xinfo.store.build import build
from xinfo.understand.template import load_templates

ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., tuple[int, str, str]]
EXAMPLE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
"""The template that the documentation gives."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    rows = [figure("gdp", "2014", value, {"place": place}) for place, value in (("xining", 1e11), ("beijing", 2e12))]
    write_csv(folder / "data" / "observation.csv", rows)
    build(folder / "tiny.duckdb", shipped=HERE, data=folder / "data", built_at="2016-02-01T08:00:00")
    return folder / "tiny.duckdb"


@pytest.fixture(scope="module")
def workspace(store: Path) -> Workspace:
    """The shipped templates on the store, opened once for the tests that only try a file among them."""
    return open_workspace(store, ROOT / "queries")


@pytest.fixture
def run(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `xinfo templates …` on a copy of the store: exit code, stdout, stderr."""
    shutil.copytree(store.parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("XINFO_STORE", str(tmp_path / store.name))

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["templates", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    """The documentation's template with changes, as a file."""
    text = EXAMPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_template_is_listed_with_its_title(run: Run) -> None:
    status, out, err = run()
    shipped, _ = load_templates(ROOT / "queries")
    assert (status, err) == (0, "")
    assert all(template.template_id in out and template.title["zh"] in out for template in shipped)


def test_a_template_is_shown_as_its_file_stands(run: Run) -> None:
    assert run("show", "rank")[1] == (ROOT / "queries" / "figures" / "rank.yaml").read_text(encoding="utf-8")


def test_a_wrong_id_names_the_nearest(run: Run) -> None:
    status, _, err = run("show", "requird_growth")
    assert (status, err) == (1, "xinfo: there is no template 'requird_growth'; did you mean required_growth?\n")


def test_a_template_is_saved_used_and_deleted(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run("save", written(tmp_path))
    assert (status, err) == (0, "")
    assert "1 templates, 2 examples: nothing wrong" in out
    saved = tmp_path / "tiny.duckdb.templates" / "spread.yaml"
    assert saved.read_text(encoding="utf-8") == EXAMPLE
    assert main(["ask", "Spread of GDP of all pilots in 2014"]) == 0
    assert "1.9 trillion yuan" in capsys.readouterr().out
    assert run("save", written(tmp_path, ("id: spread", "id: spread\nversion: 2")))[0] == 0
    assert "version: 2" in run("show", "spread")[1]
    status, _, err = run("delete", "spread")
    assert status == 1
    assert "Its versions are removed too: 2." in err
    assert saved.exists()
    assert run("delete", "spread", "--yes")[0] == 0
    assert not saved.exists()
    assert main(["bin", "restore", "1"]) == 0
    history = tmp_path / "tiny.duckdb.templates" / "history" / "spread"
    assert [path.name for path in sorted(history.glob("*.yaml"))] == ["1.yaml", "2.yaml"]
    assert saved.exists()


def test_what_somebody_else_can_review_waits_for_him(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "tiny.duckdb.templates" / "spread.yaml"
    assert run("save", written(tmp_path), "--by", "li wei")[0] == 0
    again = written(tmp_path, ("id: spread", "id: spread\nversion: 2"))
    status, out, _ = run("save", again, "--by", "wang fang")
    assert (status, "it waits for somebody else than wang fang" in out) == (0, True), out
    assert "version: 2" not in saved.read_text(encoding="utf-8")
    status, _, err = run("publish", "spread", "--by", "wang fang")
    assert (status, "someone else must publish it" in err) == (1, True), err
    assert run("publish", "spread", "--by", "li wei")[0] == 0
    assert "version: 2" in saved.read_text(encoding="utf-8")


def test_nobody_publishes_without_a_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "by", lambda _: stores.UNKNOWN)
    status, _, err = run("save", written(tmp_path))
    assert (status, "--by NAME" in err) == (1, True), err
    assert not (tmp_path / "tiny.duckdb.templates").exists()


def test_many_templates_are_exported_and_taken_in_whole_or_not_at_all(
    run: Run, tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "opened", lambda given: replace(workspace, assets=command.assets(given)))
    own, archive = tmp_path / "tiny.duckdb.templates", tmp_path / "all.zip"
    kept_question = (
        "id: wide\ntitle: wide spread board\nuses: rank\nslots: {metric: gdp, periods: ['2014'], scope: {}, "
    )
    own.mkdir()
    (own / "spread.yaml").write_text(EXAMPLE, encoding="utf-8")
    (own / "wide.yaml").write_text(kept_question + "order: desc, n: 2}\n", encoding="utf-8")
    assert run("export", archive) == (0, f"wrote 2 templates to {archive}\n", "")
    shutil.rmtree(own)
    status, out, err = run("save", archive, "--by", "li wei")
    assert (status, err) == (0, "")
    assert "2 templates, 2 examples: nothing wrong" in out
    assert sorted(path.name for path in own.glob("*.yaml")) == ["spread.yaml", "wide.yaml"]
    assert '"who": "li wei"' in (own / "history" / "wide" / "record.jsonl").read_text(encoding="utf-8")
    (own / "wide.yaml").write_text(kept_question + "order: desc, n: 2, than: xining}\n", encoding="utf-8")
    run("export", archive)
    shutil.rmtree(own)
    assert run("save", archive)[0] == 1
    assert not own.exists()


def test_shipped_templates_are_neither_replaced_nor_deleted(run: Run, tmp_path: Path) -> None:
    status, _, err = run("delete", "rank")
    assert status == 1
    assert "is a shipped template" in err
    status, _, err = run("save", written(tmp_path, ("id: spread", "id: rank")))
    assert status == 1
    assert "the id 'rank' is that of the shipped template" in err
    assert (ROOT / "queries" / "figures" / "rank.yaml").exists()
    assert not (tmp_path / "tiny.duckdb.templates").exists()


WRONG = {
    "a table that is not for queries": (("from figures", "from meta"), "its SQL is refused"),
    "a parameter that nothing fills": (("from figures", "from figures where place_id = $city"), "the parameter $city"),
    "a measure that is none": (("[value, growth]", "[value, grwth]"), "did you mean growth?"),
    "a sign that cannot be heard": (("[scope, part, span]", "[scope, part, spam]"), "did you mean span?"),
    "a chart that is none": (("chart: none", "chart: bars"), "there is no chart 'bars'; did you mean bar?"),
    "a placeholder of the sentence": (("{figure} of {places} {when}\"\n  zh", "{figur}\"\n  zh"), "sentence (en)"),
    "a placeholder of the headline": (("跨度为{value}。", "跨度为{wert}。"), "placeholder 'wert' in"),
    "an example that is not understood": (("Spread of GDP of all", "Spred of GBP of all"), "is not understood"),
    "an example with other slots": (("metric: gdp", "metric: population"), "gdp where population was expected"),
    "an example of another template": (("Spread of GDP of all pilots", "Total GDP of all pilots"), "fits total"),
    "a field that is none": (("chart: none", "charts: none"), "did you mean chart?"),
    "no YAML": (("measures: [value, growth]", "measures: [value"), "no YAML"),
    "an id that names no file": (("id: spread", "id: ../spread"), "must be letters, digits and _"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_template_with_a_fault_is_not_saved_and_the_fault_is_named(
    what: str, run: Run, tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "opened", lambda given: replace(workspace, assets=command.assets(given)))
    change, message = WRONG[what]
    path = written(tmp_path, change)
    status, _, err = run("save", path)
    assert status == 1
    assert message in err
    assert "mine.yaml" in err or "collision: spread:" in err
    assert not (tmp_path / "tiny.duckdb.templates").exists()


def test_phrases_that_call_for_two_templates_are_told(run: Run, tmp_path: Path) -> None:
    assert run("save", written(tmp_path))[0] == 0
    status, _, err = run("check", written(tmp_path, ("id: spread", "id: spread_again")))
    assert status == 1
    assert "“spread” fits spread and spread_again" in err


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    status, _, err = run("check", tmp_path / "none.yaml")
    assert status == 1
    assert "none.yaml: cannot be read" in err


@pytest.mark.parametrize("arguments", [["show"], ["save", "a", "b"], ["delete"]])
def test_a_missing_name_is_said(arguments: list[str], run: Run) -> None:
    status, _, err = run(*arguments)
    assert status == 1
    assert "takes one" in err


@pytest.mark.long
def test_the_shipped_library_holds_together(run: Run, tmp_path: Path) -> None:
    status, out, err = run("check", "--store", shipped_store(tmp_path / "shipped"))
    assert (status, err) == (0, "")
    assert "nothing wrong" in out
