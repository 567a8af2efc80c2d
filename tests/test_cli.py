"""The command line as scripts and schedulers use it: what goes in, what comes out, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from panels import HERE, figure, write_csv

from xinfo.ask import Workspace, open_workspace
from xinfo.cli import COMMANDS, ask, main, serve, stores
from xinfo.loop.asked import listed as kept_questions
from xinfo.store.build import build
from xinfo.store.versions import DEFAULT_STORE, current, listed

ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., tuple[int, str, str]]
Stream = Callable[[list[object], list[str]], list[dict[str, Any]]]
ROWS = [figure("gdp", year, value, {"place": place}) for place, year, value in [
    ("xining", "2013", 9.8e10), ("xining", "2014", 1.07e11), ("beijing", "2014", 2.13e12),
]]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    write_csv(folder / "data" / "observation.csv", ROWS)
    build(folder / "tiny.duckdb", shipped=HERE, data=folder / "data", built_at="2016-02-01T08:00:00")
    return folder / "tiny.duckdb"


@pytest.fixture(scope="module")
def workspace(store: Path) -> Workspace:
    return open_workspace(store, ROOT / "queries")


@pytest.fixture
def once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking does not open the store anew: for tests of what is said, not of where it comes from."""
    monkeypatch.setattr(ask, "opened", lambda _: workspace)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def stream(run: Run, monkeypatch: pytest.MonkeyPatch) -> Stream:
    """Runs a command line with JSON lines (or raw text) on stdin and gives the lines that came out."""

    def stream(lines: list[object], arguments: list[str]) -> list[dict[str, Any]]:
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        status, out, _ = run(*arguments)
        assert status == 0
        return [json.loads(line) for line in out.splitlines()]

    return stream


def process(*arguments: object, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings.pop("environment", {})
    command = [sys.executable, "-m", "xinfo", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, **settings)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, run: Run) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert "examples:" in out
    assert out.count(f"xinfo {command}") > len(COMMANDS[command].EXAMPLES)


@pytest.mark.parametrize("arguments", [[], ["aks"], ["ask"], ["ask", "--lang", "fr", "x"], ["sql", "run", "x"]])
def test_wrong_usage_is_two(arguments: list[str], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "usage: xinfo" in err


def test_a_person_gets_sentence_figure_table_and_source(store: Path, run: Run) -> None:
    status, out, err = run("ask", "--store", store, "compare the GDP of Xining and Beijing in 2014")
    assert (status, err) == (0, "")
    for said in ("Understood as: ", "2.13 trillion yuan", "107", "Sources:\n- observation.csv"):
        assert said in out
    assert [line.split()[0] for line in out.splitlines() if line.startswith(("Beijing ", "Xining "))] == [
        "Beijing",
        "Xining",
    ]


@pytest.mark.usefixtures("once")
def test_where_a_figure_comes_from_is_told_on_demand(store: Path, run: Run) -> None:
    asked = ("ask", "--store", store, "GDP of Xining in 2014")
    _, out, _ = run(*asked, "--trace")
    assert "Sources\n107 billion yuan: as published\n  + Xining" in out
    assert "observation.csv, row 3" in out
    _, out, _ = run(*asked, "--trace", "--json")
    assert json.loads(out)["origins"][0]["figures"][0]["published"][0]["line"] == 3
    _, out, _ = run(*asked, "--json")
    assert "origins" not in json.loads(out)


@pytest.mark.usefixtures("once")
def test_one_question_in_json_names_its_template(store: Path, run: Run) -> None:
    status, out, _ = run("ask", "--json", "--lang", "zh", "--store", store, "GDP of Xining in 2014")
    answer = json.loads(out)
    assert (status, answer["status"], answer["lang"], answer["template"]) == (0, "answered", "zh", "value")
    assert answer["rows"][0]["value"] == 1.07e11


@pytest.mark.usefixtures("once")
def test_what_is_not_answered_is_one_line_on_stderr_and_choices_that_are(store: Path, run: Run) -> None:
    status, out, err = run("ask", "--store", store, "how many unicorns")
    assert "how many unicorns" in [kept.question for kept in kept_questions(store)]
    assert status == 1
    assert err.startswith("xinfo: ")
    assert err.count("\n") == 1
    choices = [line.removeprefix("- ") for line in out.splitlines()[1:]]
    assert 1 <= len(choices) <= 3
    assert all(run("ask", "--store", store, choice)[0] == 0 for choice in choices)


@pytest.mark.usefixtures("once")
def test_lines_are_answered_in_order_with_their_id_whatever_they_hold(store: Path, stream: Stream) -> None:
    lines: list[object] = [
        {"id": "a", "question": "GDP of Xining in 2014", "conversation": "one"},
        {"id": 2, "question": "and in 2013?", "conversation": "one"},
        {"id": 3, "question": "and in 2013?"},
        "no JSON at all {",
        "",
        "[1]",
        {"id": 4},
        {"id": 5, "question": ["x"]},
        {"id": 6, "question": "GDP", "lang": "fr"},
        {"id": None, "question": "西宁2014年GDP", "lang": "en"},
        '{"id": 7, "question": "\\ud800\\u0000"}',
        {"id": 8, "question": "x" * 100_000},
    ]
    answers = stream(lines, ["ask", "--store", str(store), "--json", "-"])
    assert [answer["id"] for answer in answers] == ["a", 2, 3, None, None, 4, 5, 6, None, 7, 8]
    assert [answer["status"] for answer in answers[:2]] == ["answered", "answered"]
    assert answers[1]["rows"][0]["value"] == 9.8e10
    assert answers[2]["status"] == "clarify"
    assert [answer["status"] for answer in answers[3:8]] == ["refused"] * 5
    assert answers[3]["reason"].startswith("line 4 is no JSON")
    assert "'question'" in answers[5]["reason"]
    assert "expected one of en, zh" in answers[7]["reason"]
    assert (answers[8]["status"], answers[8]["lang"]) == ("answered", "en")
    assert all(answer["rows"] == [] and answer["reason"] for answer in answers[9:])


@pytest.mark.usefixtures("once")
def test_a_line_that_makes_xinfo_fail_is_refused_and_the_next_is_answered(
    store: Path, stream: Stream, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinfo.ask import Conversation

    real = Conversation.ask

    def failing(self: Conversation, question: str, lang: str | None = None) -> Any:
        if question == "fail":
            raise KeyError("slot")
        return real(self, question, lang)

    monkeypatch.setattr(Conversation, "ask", failing)
    lines: list[object] = [{"id": 1, "question": "fail"}, {"id": 2, "question": "GDP of Xining in 2014"}]
    failed, answered = stream(lines, ["ask", "--store", str(store), "-"])
    assert (failed["status"], failed["reason"]) == ("refused", "xinfo failed at this: KeyError: 'slot'")
    assert answered["status"] == "answered"


def test_the_guard_is_asked_line_by_line(stream: Stream, run: Run) -> None:
    lines: list[object] = [
        {"id": 1, "sql": "SELECT value FROM observation WHERE place_id = $place", "params": ["place"]},
        {"id": 2, "sql": "SELECT * FROM read_csv('/etc/passwd')"},
        {"id": 3},
        "{",
    ]
    found = stream(lines, ["sql", "check", "--json", "-"])
    assert [(line["id"], line["accepted"]) for line in found] == [(1, True), (2, False), (3, False), (None, False)]
    assert all(line["reason"] for line in found[1:])
    assert run("sql", "check", "SELECT 1 FROM place")[:2] == (0, "accepted\n")
    status, out, err = run("sql", "check", "DROP TABLE place")
    assert (status, out) == (1, "")
    assert err.startswith("xinfo: refused: ")


def test_a_build_tells_its_progress_on_stderr_and_what_it_made_on_stdout(tmp_path: Path, run: Run) -> None:
    write_csv(tmp_path / "data" / "observation.csv", ROWS)
    status, out, err = run("build", "--data", tmp_path / "data", "--store", tmp_path / "s.duckdb")
    assert status == 0
    assert "from 3 given ones" in out
    assert "100%  done" in err
    assert current(tmp_path / "s.duckdb").exists()


def test_a_failed_build_says_what_and_where_and_leaves_no_store(tmp_path: Path, run: Run) -> None:
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", "much")])
    status, out, err = run("build", "--data", tmp_path / "data", "--store", tmp_path / "s.duckdb")
    assert (status, out) == (1, "")
    assert "observation.csv, row 2, column value" in err
    assert not (tmp_path / "s.duckdb").exists()


def test_files_are_loaded_whole_or_not_at_all(tmp_path: Path, run: Run) -> None:
    write_csv(tmp_path / "data" / "observation.csv", ROWS)
    store = tmp_path / "s.duckdb"
    build(store, shipped=HERE, data=tmp_path / "data", built_at="2016")
    write_csv(tmp_path / "more.csv", [figure("gdp", "2015", 1.1e11)])
    write_csv(tmp_path / "bad.csv", [figure("gdp", "2015", "much"), figure("gpd", "2015", 1)])
    status, out, err = run("load", tmp_path / "more.csv", tmp_path / "bad.csv", "--store", store)
    assert (status, out) == (1, "")
    assert "nothing was loaded, 2 problems" in err
    assert "bad.csv, row 3, column metric" in err
    assert len(listed(store)) == 1
    status, out, _ = run("load", "--dry-run", tmp_path / "more.csv", "--store", store)
    assert status == 0
    assert "more.csv: 1 observation rows: 1 new, 0 revised, 0 unchanged" in out
    assert len(listed(store)) == 1
    assert run("load", tmp_path / "more.csv", "--store", store)[0] == 0
    assert len(listed(store)) == 2


@pytest.fixture
def versions(tmp_path: Path, run: Run) -> Path:
    """A store built by li and loaded by wang, who revised 2014, which is made up."""
    store = tmp_path / "s.duckdb"
    for name, value in (("data", 1e11), ("next", 1.07e11)):
        write_csv(tmp_path / name / "observation.csv", [figure("gdp", "2014", value, {"status": "illustrative"})])
    build(store, shipped=ROOT / "data", data=tmp_path / "data", built_at="2016-01-10T08:00:00+08:00", who="li")
    status, out, _ = run("load", tmp_path / "next" / "observation.csv", "--store", store, "--by", "wang")
    assert status == 0
    assert "version 2 by wang, fingerprint" in out
    return store


def test_versions_are_listed_compared_restored_and_forgotten(versions: Path, run: Run) -> None:
    at = ["--store", versions]
    status, out, _ = run("versions", *at)
    first, second = out.splitlines()
    assert status == 0
    assert first.split()[:5] == ["1", "2016-01-10", "08:00", "li", "build"]
    assert "current  observation.csv (0 new, 1 revised)" in second
    out = run("versions", "compare", 1, 2, *at)[1]
    assert "figures: 0 appeared, 0 vanished, 1 changed" in out
    assert "changed   xining gdp 2014 observation.csv: 100000000000.0 yuan (illustrative) → 107000000000.0 yuan" in out
    assert "version 3 by zhao is as version 1 was" in run("versions", "restore", 1, "--by", "zhao", *at)[1]
    assert "no difference" in run("versions", "compare", 1, 3, *at)[1]
    status, _, err = run("versions", "forget", 2, *at)
    assert status == 1
    assert "Remove version 2?" in err
    assert "--yes removes it" in err
    assert "version 2 is removed; until" in run("versions", "forget", 2, "--yes", *at)[1]
    told = json.loads(run("versions", "list", "--json", *at)[1])["versions"]
    assert [(one["number"], one["who"], one["current"], one["bytes"] is None) for one in told] == [
        (1, "li", False, False), (2, "wang", False, True), (3, "zhao", True, False),
    ]  # fmt: skip
    told = json.loads(run("versions", "compare", 1, 3, "--json", *at)[1])
    assert (told["changes"], [one["number"] for one in told["loads"]]) == ([], [2, 3])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["compare", 1], "takes 2 numbers"),
        (["list", 1], "takes no numbers"),
        (["restore", 7], "version 7 of .* is not at hand; there are: 1, 2"),
        (["forget", 2], "version 2 is the current one"),
    ],
)
def test_what_cannot_be_done_with_versions_is_one_clear_line(
    arguments: list[object], why: str, versions: Path, run: Run
) -> None:
    status, out, err = run("versions", *arguments, "--store", versions)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert re.search(why, err)


def test_the_versions_of_a_store_that_cannot_be_opened_are_listed_all_the_same(versions: Path, run: Run) -> None:
    (versions.with_name("s.duckdb.versions") / "CURRENT").write_text("what", encoding="utf-8")
    status, out, err = run("versions", "--store", versions)
    assert (status, len(out.splitlines())) == (1, 2)
    assert "names no version" in err
    assert run("versions", "restore", 2, "--store", versions)[0] == 0
    assert run("versions", "--store", versions)[0] == 0


def test_a_question_is_answered_as_known_on_a_day_in_both_languages(versions: Path, run: Run, stream: Stream) -> None:
    then = ["--store", str(versions), "--as-known-on", "2016-02-29"]
    status, out, _ = run("ask", *then, "GDP of Xining in 2014")
    assert status == 0
    assert "100 billion" in out
    assert "! As known on 29 February 2016: figures from version 1 of the store, made on 10 January 2016" in out
    lines: list[object] = [{"question": "西宁2014年GDP"}, {"question": "GDP of Xining in 2013"}]
    answered, none = stream(lines, ["ask", *then, "-"])
    assert answered["rows"][0]["value"] == 1e11
    assert answered["caveats"][0].startswith("按2016年2月29日当时已有的数据回答，采用2016年1月10日生成的版本1")
    assert none["status"] == "no_data"
    assert "As known on 29 February 2016" in none["reason"]
    now = json.loads(run("ask", "--json", "--store", versions, "GDP of Xining in 2014")[1])
    assert (now["rows"][0]["value"], now["fingerprint"] != answered["fingerprint"]) == (1.07e11, True)
    assert not any("As known" in caveat for caveat in now["caveats"])


def test_a_day_before_the_store_or_none_at_all_is_said(versions: Path, run: Run) -> None:
    status, out, err = run("ask", "--store", versions, "--as-known-on", "2015-06-30", "GDP of Xining in 2014")
    assert (status, out) == (1, "")
    assert "nothing is known as on 2015-06-30: the first version of" in err
    assert "is of 2016-01-10" in err
    status, _, err = run("ask", "--store", versions, "--as-known-on", "yesterday", "x")
    assert status == 2
    assert "'yesterday' is no day; expected one such as 2016-03-31" in err


def test_suggestions_come_for_a_person_and_line_by_line(store: Path, run: Run, stream: Stream) -> None:
    status, out, _ = run("suggest", "--store", store, "GDP of Xin")
    assert status == 0
    assert "Xining" in out
    lines: list[object] = [{"id": 1, "text": "西宁"}, {"id": 2}, "nonsense"]
    found = stream(lines, ["suggest", "--store", str(store), "-"])
    assert [line["id"] for line in found] == [1, 2, None]
    assert set(found[0]["suggestions"][0]) == {"text", "kind", "label"}
    assert found[1]["suggestions"] == found[2]["suggestions"] == []
    assert "no JSON" in found[2]["reason"]


@pytest.mark.parametrize("command", [["ask", "x"], ["suggest", "x"], ["load", "x.csv"], ["serve"], ["versions"]])
def test_a_store_that_is_not_there_is_one_clear_line(command: list[str], run: Run, tmp_path: Path) -> None:
    none = tmp_path / "none.duckdb"
    status, out, err = run(*command, "--store", none)
    assert (status, out) == (1, "")
    assert err == f"xinfo: no store at {none}; build one with: xinfo build --store {none}\n"


def test_the_environment_names_the_store_where_no_option_does(
    store: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINFO_STORE", str(store))
    assert run("ask", "GDP of Xining in 2014")[0] == 0
    assert run("ask", "--store", store.with_name("none"), "GDP of Xining in 2014")[0] == 1


@pytest.mark.parametrize("option", ["--processes", "--query-processes"])
def test_serving_takes_one_process_at_the_least(store: Path, run: Run, option: str) -> None:
    status, _, err = run("serve", "--store", store, option, "0")
    assert (status, err) == (1, f"xinfo: {option} is 0; expected 1 or more\n")


def test_serving_builds_the_default_store_where_there_is_none(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinfo.ui import serve as app

    served: list[tuple[Path, int]] = []
    monkeypatch.delenv("XINFO_STORE", raising=False)
    monkeypatch.setattr(stores, "DEFAULT_STORE", tmp_path / "var" / "demo.duckdb")
    monkeypatch.setattr(app, "serve", lambda settings, _: served.append((settings.store, settings.port)) or 0)
    status, _, err = run("serve")
    assert (status, served) == (0, [(tmp_path / "var" / "demo.duckdb", serve.PORT)])
    assert "100%  done" in err
    assert run("serve", "--port", "8600") == (0, "", "")
    with duckdb.connect(str(current(tmp_path / "var" / "demo.duckdb"))) as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    assert run("serve")[0] == 0
    assert len(listed(tmp_path / "var" / "demo.duckdb")) == 2


def test_the_default_store_lies_in_the_project() -> None:
    assert DEFAULT_STORE == ROOT / "var" / "demo.duckdb"


def test_chinese_goes_in_and_out_under_the_c_locale(store: Path) -> None:
    line = '\ufeff{"id": "一", "question": "西宁2014年GDP"}\n'.encode()
    done = process("ask", "--store", store, "-", input=line, environment={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.decode("utf-8"))
    assert (answer["id"], answer["status"], done.stderr) == ("一", "answered", b"")
    assert "1,070亿元" in answer["headline"]


@pytest.mark.usefixtures("once")
def test_control_characters_of_a_question_never_reach_the_terminal(store: Path, run: Run) -> None:
    _, out, err = run("ask", "--store", store, "GDP of \x1b[31m\u202eXining\x9b in 2014")
    assert "\x1b" not in out + err
    assert "\u202e" not in out + err
    assert "\x9b" not in out + err


@pytest.mark.skipif(os.name == "nt", reason="pipes close and signals arrive otherwise there")
def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m xinfo templates list | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, timeout=60)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def heeding_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="pipes close and signals arrive otherwise there")
def test_an_interrupt_ends_quietly(store: Path) -> None:
    command = [sys.executable, "-m", "xinfo", "ask", "--store", str(store), "-"]
    # A shell that runs this in the background has its processes ignore interrupts.
    asking = subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1, stderr=-1, preexec_fn=heeding_interrupts)
    assert asking.stdin is not None
    assert asking.stdout is not None
    asking.stdin.write(b"{}\n")
    asking.stdin.flush()
    asking.stdout.readline()
    asking.send_signal(signal.SIGINT)
    assert asking.wait(20) == 130
    assert asking.stderr is not None
    assert asking.stderr.read() == b""


def test_help_loads_neither_the_engine_nor_the_parsers() -> None:
    slow = {"duckdb", "sqlglot", "ruamel.yaml", "streamlit", "pandas"}
    program = f"import sys, xinfo.cli; sys.exit(' '.join({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr.strip() == ""
