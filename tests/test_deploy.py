"""What the systemd unit, the container file and the page on deployment call is there: commands, options, names."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from panels import HERE, figure, write_csv

from xinfo.answer.answer import Answer
from xinfo.ask import open_workspace
from xinfo.cli import parser
from xinfo.store.assets import Assets, take_over
from xinfo.store.build import build
from xinfo.ui import doors, endpoints
from xinfo.ui.stopping import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")


def unit() -> configparser.SectionProxy:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(ROOT / "deploy" / "xinfo.service", encoding="utf-8")
    return read["Service"]


def said(instruction: str) -> str:
    """The last of a container file's lines that begins so."""
    return re.findall(rf"^{instruction} (.+)$", CONTAINER, re.MULTILINE)[-1]


def commands() -> list[list[str]]:
    """Every command line of xinfo that is shown for running it for real, without its program."""
    of_unit = [line.split("/xinfo ")[1] for line in (unit()["ExecStart"],)]
    of_page = re.findall(r"^(?:.*/|.* )?xinfo ((?:build|backup|restore|serve|access|audit) .+)$", PAGE, re.MULTILINE)
    shown = [shlex.split(re.sub(r"\$\(.*?\)", "x", line.split(" && ")[0])) for line in (*of_unit, *of_page)]
    return [*shown, json.loads(said("CMD"))]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_a_command_that_is_shown_is_understood(command: list[str]) -> None:
    assert parser().parse_args(command).run


def test_the_service_and_the_container_ask_for_the_login() -> None:
    for command in (commands()[0], commands()[-1]):
        assert "--login" in command
        assert "--open-to-all" not in command


def test_the_container_looks_after_its_health_where_the_app_tells_it() -> None:
    [_, program, *words] = json.loads(re.sub(r"^.*CMD ", "", said("HEALTHCHECK")))
    assert program == "-c"
    compile(words[0], "HEALTHCHECK", "exec")
    asked = re.findall(r"127\.0\.0\.1:(\d+)(/\w+)", words[0])
    assert asked == [(said("EXPOSE"), "/readyz")]
    assert {"/readyz", "/healthz"} <= {route.path for route in endpoints.routes(Path("none"))}
    assert json.loads(said("ENTRYPOINT")) == ["xinfo"]


def test_what_the_service_may_write_is_what_the_app_writes() -> None:
    store = re.findall(r"--store (\S+)", unit()["ExecStart"])
    assert store == [f"/var/lib/{unit()['StateDirectory']}/figures.duckdb"]
    assert "ReadWritePaths" not in unit()
    assert "chown" not in CONTAINER
    assert f"XINFO_STORE={store[0]}" in CONTAINER
    assert float(unit()["TimeoutStopSec"]) > PATIENCE


def test_a_system_call_that_is_not_allowed_fails_and_does_not_kill_the_service() -> None:
    assert unit()["SystemCallErrorNumber"] == "EPERM"
    text = (ROOT / "deploy" / "xinfo.service").read_text(encoding="utf-8")
    assert {"@system-service", "@pkey"} <= {*re.findall(r"(?m)^SystemCallFilter=(.*)$", text)[0].split()}


def test_the_login_that_is_shown_says_all_that_a_login_has_to(tmp_path: Path) -> None:
    shown = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]
    assert {line.split(" = ")[0] for line in shown.splitlines()[1:]} == set(doors.LOGIN)


def test_what_people_added_to_an_earlier_container_is_taken_over_from_the_volume(tmp_path: Path) -> None:
    """Its own templates and phrases were links into the volume."""
    volume, queries = tmp_path / "volume", tmp_path / "queries"
    shutil.copytree(ROOT / "queries", queries, ignore=shutil.ignore_patterns("own", "own.yaml"))
    volume.mkdir()
    for lies, named in re.findall(r"ln -s /var/lib/xinfo/(\S+) /opt/xinfo/queries/(\S+)", CONTAINER):
        (queries / named).symlink_to(volume / lies)
    store = volume / "figures.duckdb"
    write_csv(tmp_path / "data" / "observation.csv", [figure("gdp", "2014", 1070)])
    build(store, shipped=HERE, data=tmp_path / "data", built_at="2016-01-01")
    assert isinstance(open_workspace(store, queries).conversation("en").ask("GDP of Xining in 2014"), Answer)
    (volume / "own").mkdir()
    (volume / "own.yaml").write_text("metric: {gdp: {en: [output of all]}}", encoding="utf-8")
    assert take_over(Assets(queries, store))
    assert isinstance(open_workspace(store, queries).conversation("en").ask("output of all of Xining in 2014"), Answer)
