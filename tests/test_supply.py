"""What xinfo is made of: locked by hashes, told in a bill of materials, and looked up among known vulnerabilities."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import dev

ROOT = Path(dev.__file__).parent
TEXTS = sorted(path.stem for path in ROOT.glob("requirements*.txt"))
PIN = r"[\w.-]+(\[[\w,]+\])?==[\w.]+( ; [^#]+)? +# \S.+"


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "deploy"))


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the requirements and locks, to change them."""
    import locked

    for path in (*ROOT.glob("requirements*.txt"), *ROOT.glob("requirements*.lock")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(locked, "ROOT", tmp_path)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_every_requirement_is_pinned_and_explained(name: str) -> None:
    lines = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r", "--no-binary"))]
    assert [line for line in wanted if not re.fullmatch(PIN, line)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_package_is_locked_by_hashes_and_by_nothing_else(name: str) -> None:
    import locked

    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    pins = locked.locked(name)
    assert len(pins) == len(re.findall("(?m)^[^ #-].*==", text))
    assert sum(len(one.hashes) for one in pins) == text.count("--hash=") == text.count("sha256:")
    assert locked.unfit(name) == []
    assert "://" not in text
    assert {line for line in text.splitlines() if line.startswith("-")} <= {"--no-binary pyspark-client"}


def test_locks_agree_with_each_other() -> None:
    import locked

    assert locked.at_odds() == []


CHANGES = [
    ("requirements.txt", r"duckdb==2\.0\.0", "duckdb==2.0.1", "duckdb 2.0.1 is not locked"),
    ("requirements.txt", r"duckdb==", "duckdb>=", "duckdb is not pinned to one version"),
    ("requirements.txt", r"(?m)^duckdb.*\n", "", "duckdb 2.0.0 is required no more"),
    ("requirements-mcp.txt", r"\Z", "left-pad==1.0  # pads\n", "left-pad 1.0 is not locked"),
    ("requirements.lock", r"(?m)^httpcore==(.*\n)+?(?=\w)", "", "httpcore, which needs others, is missing"),
    ("requirements.lock", r"(?m)^(h11==.*) \\\n( +--hash.*\n)+", "\\1\n", "locked without hashes"),
    ("requirements-mcp.lock", r"--hash=sha256:.", "--hash=sha256:f", "differs from requirements-dev.lock"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), CHANGES)
def test_a_lock_that_does_not_fit_is_told(
    other: Path, file: str, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import locked

    change(other / file, old, new)
    assert locked.main() == 1
    assert said in (told := capsys.readouterr().out)
    assert "`python3 dev.py lock` makes the locks anew" in told


def test_a_missing_lock_is_told(other: Path) -> None:
    import locked

    (other / "requirements-mcp.lock").unlink()
    assert locked.unfit("requirements-mcp") == ["requirements-mcp.lock is missing"]


def test_the_bill_of_materials_names_everything_that_is_needed_and_nothing_twice() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "deploy" / "sbom.py")], capture_output=True, check=True)
    bill = json.loads(done.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    names = [one["name"] for one in bill["components"]]
    assert {"streamlit", "duckdb", "starlette", "cryptography", "mcp", "pyspark-client", "watchdog"} <= {*names}
    assert not {"pytest", "mypy", "uv"} & {*names}
    assert all(each["alg"] == "SHA-256" for one in bill["components"] for each in one["hashes"])
    assert all(one["hashes"] for one in bill["components"])
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len({*refs})
    own = bill["metadata"]["component"]["bom-ref"]
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    assert {*needs} == {own, *refs}
    reached, waiting = set[str](), [own]
    while waiting:
        waiting += {*needs[waiting[0]]} - reached
        reached.add(waiting.pop(0))
    assert reached == {own, *refs}


def advisory(name: str = "duckdb", **affected: object) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": name}
    return {"id": "GHSA-1", "modified": "2026-10-01T08:00:00Z", "affected": [{"package": package, **affected}]}


def within(*events: dict[str, str], kind: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": [*events]}]}


AFFECTED = [
    (advisory(versions=["1.9", "2.0.0"]), True),
    (advisory(versions=["1.9", "2.0"]), True),
    (advisory(versions=["1.9"]), False),
    (advisory(**within({"introduced": "0"})), True),
    (advisory(**within({"introduced": "0"}, {"fixed": "2.0.0"})), False),
    (advisory(**within({"introduced": "0"}, {"fixed": "2.0.1"})), True),
    (advisory(**within({"fixed": "1.5"}, {"introduced": "2.0.0rc1"}, {"introduced": "0"}, {"fixed": "2.1"})), True),
    (advisory(**within({"introduced": "0"}, {"last_affected": "2.0.0"})), True),
    (advisory(**within({"introduced": "0"}, {"last_affected": "1.9.9"})), False),
    (advisory(**within({"introduced": "2.0.1"})), False),
    (advisory(**within({"introduced": "not a version"}, {"introduced": "1"})), True),
    (advisory(**within({"introduced": "0"}, kind="GIT")), False),
    (advisory("DuckDB", versions=["2.0.0"]), True),
    (advisory("ruamel_yaml", versions=["2.0.0"]), False),
]


@pytest.mark.parametrize(("record", "affected"), AFFECTED)
def test_an_advisory_is_about_the_versions_that_it_says(record: dict[str, Any], affected: bool) -> None:
    import advisories

    said = advisories.matching([record], [("duckdb", "2.0.0"), ("ruamel-yaml", "0.19.1")])
    assert said == (["duckdb 2.0.0: GHSA-1"] if affected else [])


def audit(file: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    import audit as script

    monkeypatch.setattr(script, "at_odds", list)
    return script.main(["--advisories", str(file)])


def test_a_list_of_advisories_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import advisories

    file = tmp_path / "osv.json"
    file.write_text(json.dumps([advisory(versions=["0.0.1"])]), encoding="utf-8")
    assert audit(file, monkeypatch) == 0
    assert "none by osv.json, 1 advisories, the newest of 2026-10-01" in capsys.readouterr().out
    with zipfile.ZipFile(packed := tmp_path / "all.zip", "w") as archive:
        archive.writestr("GHSA-1.json", json.dumps(advisory(versions=["2.0.0"])))
        archive.writestr(
            "GHSA-2.json", json.dumps(advisory(versions=["2.0.0"]) | {"withdrawn": "2026-10-02T00:00:00Z"})
        )
    assert audit(packed, monkeypatch) == 1
    assert "vulnerable: duckdb 2.0.0: GHSA-1" in capsys.readouterr().out
    assert len(advisories.read(packed)) == 1


UNUSABLE = [
    ("[]", "holds no advisory"),
    ("{}", "not the OSV format"),
    ("[1]", "not the OSV format"),
    ("advisory", "cannot be read as advisories"),
    (json.dumps(advisory() | {"affected": [{"package": {"ecosystem": "npm", "name": "x"}}]}), "holds no advisory"),
]


@pytest.mark.parametrize(("text", "said"), UNUSABLE)
def test_a_file_without_advisories_is_refused_and_never_taken_for_good_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (file := tmp_path / "osv.json").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        audit(file, monkeypatch)
    assert said in capsys.readouterr().err


def test_what_the_service_did_not_say_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    import audit as script

    every = tuple(f"{name} {version}" for name, version in script.pins())
    assert script.closing(0, script.Looked((), every, "the service")) == script.NOT_KNOWN == 3
    assert (
        "NOT KNOWN: the service that knows of vulnerabilities did not answer for any of them" in capsys.readouterr().out
    )
    assert script.closing(0, script.Looked((), every[:1], "the service")) == 3
    assert f"did not answer for {every[0]}" in capsys.readouterr().out
    assert script.closing(1, script.Looked((), every, "the service")) == 1
    assert script.closing(0, script.Looked((), (), "the service")) == 0


def test_a_service_that_answers_nothing_leaves_every_package_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    import contextlib

    import audit as script

    monkeypatch.setattr(script, "tools", lambda: contextlib.nullcontext(None))
    assert len(script.asked().unknown) == len(script.pins())


def test_a_package_in_two_versions_is_asked_for_in_both() -> None:
    import audit as script

    parts = script._once_each()
    assert sorted(pin for part in parts for pin in part) == sorted(script.pins())
    assert all(len(part) == len({name for name, _ in part}) for part in parts)
