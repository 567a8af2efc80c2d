"""The shape of the code: which package may import which, who prints, how long things get. Read from the source text."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]

LAYERS = (
    ("xinfo.errors", "xinfo.shipped"),
    ("xinfo.store",),
    ("xinfo.language",),
    ("xinfo.exchange", "xinfo.shares"),
    ("xinfo.confined",),
    ("xinfo.access", "xinfo.audit"),
    ("xinfo.understand",),
    ("xinfo.nlu",),
    ("xinfo.query",),
    ("xinfo.answer",),
    ("xinfo.ask", "xinfo.intake"),
    ("xinfo.frozen",),
    ("xinfo.briefing", "xinfo.loop", "xinfo.review"),
    ("xinfo.stewardship", "xinfo.backup"),
    ("xinfo.service",),
    ("xinfo.mcp", "xinfo.api"),
    ("xinfo.ui",),
    ("app", "xinfo.cli", "xinfo.__main__"),
)
"""Lowest first. A module may import its own part and any lower layer, never a neighbour and never upwards."""

RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
TOGETHER = {"xinfo.__main__": "xinfo.cli"}
"""`python -m xinfo` is one line that calls the command line."""

CLOCK_AND_PLACE = {"today", "now", "utcnow", "cwd", "getcwd", "chdir", "getlocale", "setlocale", "getdefaultlocale"}


def module_name(path: Path, root: Path = ROOT) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def sources() -> dict[str, Path]:
    paths = [*sorted((ROOT / "xinfo").rglob("*.py")), ROOT / "app.py", ROOT / "dev.py"]
    return {module_name(path): path for path in paths if path.exists()}


SOURCES = sources()
TREES = {name: ast.parse(path.read_text(encoding="utf-8"), str(path)) for name, path in SOURCES.items()}


def part_of(module: str) -> str:
    """`xinfo.store.periods` belongs to `xinfo.store`; the bare package `xinfo` to nobody."""
    return ".".join(module.split(".")[:2])


def imports(name: str, tree: ast.AST, is_package: bool) -> Iterator[tuple[str, int]]:
    """Every module named in an import anywhere in the tree, with its line; relative ones in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = name.split(".")[: len(name.split(".")) - node.level + is_package] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def wrong_way(name: str, target: str) -> str:
    """Why module `name` may not import `target`; empty where it may."""
    here, there = part_of(name), part_of(target)
    if there not in RANK:
        known = not target.startswith("xinfo.") or target.split(".")[1].startswith("__version__")
        return "" if known else f"{there} stands in no layer; give it one in LAYERS"
    if TOGETHER.get(here, here) == there or RANK.get(here, -1) > RANK[there]:
        return ""
    return f"{there} does not lie below {here}"


def complaints(find: Callable[[str, ast.Module], Iterator[tuple[int, str]]]) -> list[str]:
    return [
        f"{SOURCES[name].relative_to(ROOT).as_posix()}:{line}: {what}"
        for name, tree in TREES.items()
        for line, what in find(name, tree)
    ]


def listed(found: list[str]) -> str:
    return "\n".join(["", *found])


def test_imports_point_one_way() -> None:
    def find(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
        for target, line in imports(name, tree, SOURCES[name].name == "__init__.py"):
            if why := wrong_way(name, target):
                yield line, f"imports {target}: {why}"

    assert not (found := complaints(find)), listed(found)


def test_every_module_stands_in_a_layer() -> None:
    homeless = [name for name in SOURCES if part_of(name) not in RANK and name not in ("xinfo", "dev")]
    assert not homeless, f"{homeless} stand in no layer; give each one in LAYERS"


@pytest.mark.parametrize(
    ("name", "target", "allowed"),
    [
        ("xinfo.store.build", "xinfo.errors.InputError", True),
        ("xinfo.store.build", "xinfo.store.periods", True),
        ("xinfo.store.build", "xinfo.query.run", False),
        ("xinfo.ask", "xinfo.briefing.document", False),
        ("xinfo.ui.ask", "xinfo.ask.Conversation", True),
        ("xinfo.ui.ask", "xinfo.cli", False),
        ("xinfo.__main__", "xinfo.cli.main", True),
        ("xinfo.store.build", "xinfo.__version__", True),
        ("xinfo.store.build", "xinfo.helpers", False),
        ("xinfo.store.build", "duckdb", True),
    ],
)
def test_the_rule_itself_tells_right_from_wrong(name: str, target: str, allowed: bool) -> None:
    assert (wrong_way(name, target) == "") is allowed


def test_relative_imports_are_seen_in_full() -> None:
    tree = ast.parse("def f():\n    from . import periods\n    from ..query.run import run\n    import duckdb")
    found = [target for target, _ in imports("xinfo.store.build", tree, is_package=False)]
    assert found == ["xinfo.store.periods", "xinfo.query.run.run", "duckdb"]
    assert next(imports("xinfo.store", ast.parse("from . import periods"), is_package=True))[0] == "xinfo.store.periods"


def test_only_the_app_and_its_pages_import_streamlit() -> None:
    def find(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
        if name == "app" or part_of(name) == "xinfo.ui":
            return
        for target, line in imports(name, tree, SOURCES[name].name == "__init__.py"):
            if target.split(".")[0] == "streamlit":
                yield line, "imports streamlit, which belongs to xinfo/ui and app.py alone"

    assert not (found := complaints(find)), listed(found)


def test_the_core_loads_without_streamlit() -> None:
    core = [
        name for name in SOURCES if name.startswith("xinfo") and part_of(name) not in ("xinfo.ui", "xinfo.__main__")
    ]
    program = f"import sys, {', '.join(core)}; sys.exit('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr or "a package that the core imports loads streamlit"


def test_only_the_command_line_prints() -> None:
    def find(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
        if name == "dev" or part_of(name) in ("xinfo.cli", "xinfo.__main__"):
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id == "print":
                yield node.lineno, "prints"
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr"):
                yield node.lineno, f"uses {ast.unparse(node)}"

    assert not (found := complaints(find)), listed(found)


def test_the_core_reads_no_clock_locale_or_working_directory() -> None:
    def find(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
        if name in ("dev", "app") or part_of(name) in ("xinfo.cli", "xinfo.__main__", "xinfo.ui"):
            return
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCK_AND_PLACE
            ):
                yield node.lineno, f"calls {ast.unparse(node.func)}(); take it as an argument"

    assert not (found := complaints(find)), listed(found)


def test_modules_have_at_most_250_lines() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES.values()}
    long = [f"{path.relative_to(ROOT)} has {count} lines; split it" for path, count in lines.items() if count > 250]
    assert not long, listed(long)


def test_functions_have_at_most_40_lines() -> None:
    def find(_: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 40:
                    yield node.lineno, f"{node.name} has {length} lines; split it"

    assert not (found := complaints(find)), listed(found)


def test_every_module_says_what_it_is_for() -> None:
    def find(_: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
        if tree.body and not ast.get_docstring(tree):
            yield 1, "has no module docstring"

    assert not (found := complaints(find)), listed(found)


def test_the_vocabulary_has_one_phrase_a_line_sorted_and_none_twice() -> None:
    complaints = []
    for path in sorted((ROOT / "queries" / "vocabulary").glob("*.yaml")):
        said = path.read_text(encoding="utf-8")
        complaints += [
            f"{path.name}:{number}: a list on one line is longer than a line"
            for number, line in enumerate(said.splitlines(), 1)
            if ": [" in line and len(line) > 120
        ]
        for node in _lists(yaml.compose(said)):
            phrases = [one.value for one in node.value if isinstance(one, yaml.ScalarNode)]
            where = f"{path.name}:{node.start_mark.line + 1}"
            complaints += [f"{where}: twice: {one}" for one in sorted({*phrases}) if phrases.count(one) > 1]
            complaints += [f"{where}: not sorted"] if not node.flow_style and phrases != sorted(phrases) else []
    assert not complaints, listed(complaints)


def _lists(node: yaml.Node | None) -> Iterator[yaml.SequenceNode]:
    if isinstance(node, yaml.SequenceNode):
        yield node
    children = node.value if isinstance(node, yaml.CollectionNode) else ()
    for child in children:
        for one in child if isinstance(child, tuple) else (child,):
            yield from _lists(one)
