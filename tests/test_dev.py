"""What `dev.py` promises: clear words where something is missing, one setup for given requirements."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

import dev


class Calls(list[list[str]]):
    """Stands for the machine: takes down each command, and fails those that hold the word `failing`."""

    failing = ""

    def __call__(self, command: list[str]) -> int:
        self.append([str(word) for word in command])
        if "venv" in command:
            dev.python().parent.mkdir(parents=True, exist_ok=True)
            dev.python().touch()
        return int(bool(self.failing) and self.failing in command)

    def named(self, word: str) -> list[list[str]]:
        return [command for command in self if word in command]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    locks = tuple(tmp_path / f"requirements-{part}.lock" for part in ("build", "dev"))
    for lock in locks:
        lock.write_text("duckdb==2.0.0\n", encoding="utf-8")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "xinfo-setup")
    monkeypatch.setattr(dev, "LOCKS", locks)
    taken = Calls()
    monkeypatch.setattr(dev.subprocess, "call", taken)
    monkeypatch.setattr(dev, "hand_over", lambda *command: taken(list(command)))
    monkeypatch.chdir(tmp_path)
    return taken


def test_an_old_python_is_refused_in_clear_words(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 6))
    assert dev.main(["run"]) == 1
    assert "xinfo needs Python 3.11 or later; this is 3.9" in capsys.readouterr().err
    assert not calls


def test_a_missing_venv_names_the_package_to_install(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    assert dev.main(["setup"]) == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err
    assert not calls


def test_setup_installs_once(calls: Calls) -> None:
    assert dev.main(["setup"]) == 0
    assert [command[-1] for command in calls.named("--require-hashes")] == [str(lock) for lock in dev.LOCKS]
    assert len(calls.named("--editable")) == 1
    assert dev.main(["setup"]) == 0
    assert len(calls) == 4


def test_changed_locks_are_installed_into_the_same_environment(calls: Calls) -> None:
    dev.main(["setup"])
    dev.LOCKS[1].write_text("duckdb==2.0.1\n", encoding="utf-8")
    dev.main(["setup"])
    assert len(calls.named("--requirement")) == 2 * len(dev.LOCKS)
    assert len(calls.named("venv")) == 1


def test_the_locks_are_made_without_an_environment(calls: Calls) -> None:
    assert dev.main(["lock", "--upgrade"]) == 0
    assert calls == [[sys.executable, str(Path("deploy", "lock.py")), "--upgrade"]]


def test_an_interrupted_setup_is_made_anew(calls: Calls) -> None:
    calls.failing = "--requirement"
    assert dev.main(["test"]) == 1
    assert not calls.named("pytest")
    calls.failing = ""
    assert dev.main(["test"]) == 0
    assert len(calls.named("venv")) == 2
    assert len(calls.named("pytest")) == 1


def test_an_environment_without_its_python_is_made_anew(calls: Calls) -> None:
    dev.main(["setup"])
    dev.python().unlink()
    dev.main(["setup"])
    assert len(calls.named("venv")) == 2


def test_run_and_test_pass_their_arguments_on(calls: Calls) -> None:
    dev.main(["run", "--port", "8600"])
    dev.main(["test", "-k", "periods", "-x"])
    dev.main(["bench", "--quick"])
    assert calls[-3] == ["-m", "xinfo", "serve", "--port", "8600"]
    assert calls[-2][-3:] == ["-k", "periods", "-x"]
    assert calls[-1] == ["-m", "bench", "--quick"]


def test_quick_runs_files_that_there_are(calls: Calls) -> None:
    dev.main(["test", "--quick", "-x"])
    files = [argument for argument in calls[-1] if argument.startswith("tests/")]
    assert calls[-1][-1] == "-x"
    assert files
    assert all((Path(__file__).parents[1] / file).exists() for file in files)


@pytest.mark.parametrize(("ci", "left_out"), [("", True), ("false", True), ("true", False)])
def test_slow_tests_run_in_ci_only(calls: Calls, monkeypatch: pytest.MonkeyPatch, ci: str, left_out: bool) -> None:
    monkeypatch.setenv("CI", ci)
    dev.main(["test"])
    assert any("not slow" in argument for argument in calls[-1]) is left_out


def test_check_runs_every_check_and_names_the_failed_ones(calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    calls.failing = "--check"
    assert dev.main(["check"]) == 1
    assert capsys.readouterr().err == "dev.py: failed: format\n"
    assert [word for word in ("ruff", "mypy", "pytest") if not calls.named(word)] == []


@pytest.mark.parametrize("arguments", [[], ["bulid"], ["setup", "now"], ["check", "--fast"]])
def test_wrong_usage_shows_the_commands(calls: Calls, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(arguments) == 2
    assert "python3 dev.py setup" in capsys.readouterr().err
    assert not calls
