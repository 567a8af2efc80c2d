"""The vocabulary kept beside a store: the same as one made anew, whatever became of its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import answers
import pytest

from tests import kept
from xinfo.cli import main
from xinfo.store import cache
from xinfo.store.assets import file_of_words
from xinfo.understand.lexicon import Lexicon
from xinfo.understand.vocabulary import build_lexicon


def phrases(lexicon: Lexicon) -> dict[object, object]:
    return {**lexicon.senses}


def damage(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:200] + bytes(100) + content[300:])


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = cache.beside(tmp_path_factory.mktemp("store") / "figures.duckdb")
    build_lexicon(answers.QUERIES, answers.catalog(), None, kept)
    return kept


def test_it_is_read_back_as_it_was_made(folder: Path) -> None:
    before = (folder / "vocabulary").stat().st_mtime_ns
    again, made = (build_lexicon(answers.QUERIES, answers.catalog(), None, kept) for kept in (folder, None))
    assert phrases(again) == phrases(made)
    assert (again.longest, again.asides, again.programme) == (made.longest, made.asides, made.programme)
    assert (folder / "vocabulary").stat().st_mtime_ns == before


@pytest.mark.parametrize("harm", [damage, cut, Path.unlink])
def test_a_file_that_is_damaged_is_made_anew(harm: Callable[[Path], None], folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "kept"
    shutil.copytree(folder, own)
    harm(own / "vocabulary")
    assert phrases(build_lexicon(answers.QUERIES, answers.catalog(), None, own)) == phrases(
        build_lexicon(answers.QUERIES, answers.catalog())
    )
    assert (own / "vocabulary").read_bytes() == (folder / "vocabulary").read_bytes()


def test_other_words_make_another_vocabulary(folder: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    shutil.copytree(answers.QUERIES, queries)
    (queries / "vocabulary" / "taught.yaml").write_text("metric: {gdp: {en: [size of the pie]}}", encoding="utf-8")
    taught = build_lexicon(queries, answers.catalog(), None, folder)
    assert taught.senses["size", "of", "the", "pie"][0].value == "gdp"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("no folder")
    assert build_lexicon(answers.QUERIES, answers.catalog(), None, tmp_path / "taken").senses


def test_every_thread_sees_every_phrase(folder: Path) -> None:
    """Phrases are unpacked when one of them is first looked for, by whichever thread that is."""
    made = build_lexicon(answers.QUERIES, answers.catalog())
    longest = max({words[0] for words in made.senses}, key=lambda token: len(made.senses.beginning(token)))
    wanted = len(made.senses.beginning(longest))
    for _ in range(20):
        kept, start = build_lexicon(answers.QUERIES, answers.catalog(), None, folder), Barrier(8)

        def look(lexicon: Lexicon = kept, start: Barrier = start) -> int:
            start.wait()
            return len(lexicon.senses.beginning(longest))

        with ThreadPoolExecutor(8) as threads:
            assert {one.result() for one in [threads.submit(look) for _ in range(8)]} == {wanted}


def test_what_was_looked_up_changes_no_order(folder: Path) -> None:
    kept, made = (build_lexicon(answers.QUERIES, answers.catalog(), None, where) for where in (folder, None))
    for words in [*made.senses][::997]:
        assert kept.senses[words] == made.senses[words]
    assert [*kept.senses] == [*made.senses]


def test_a_copy_takes_words_that_the_first_does_not(folder: Path) -> None:
    first = build_lexicon(answers.QUERIES, answers.catalog(), None, folder)
    copy = first.copy()
    copy.add("size of the pie", ("metric", "gdp"))
    assert ("size", "of", "the", "pie") in copy.senses
    assert ("size", "of", "the", "pie") not in first.senses


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("metric:\n  gdp:\n    en: [output of all\n  x: y\n", 4),
        ("metric:\n  gdp: [output of all]\n", 2),
        ("metric:\n  gdp:\n    en: output of all\n", 2),
        ("metric:\n  population:\n    en: [heads]\n  gdp:\n    en: ['[output']\n", 4),
        ("- output of all\n", 1),
        ("metric:\n", 1),
    ],
)
def test_a_broken_file_of_ones_own_is_told_with_its_line_and_all_else_goes_on(
    text: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.store(tmp_path)
    store = tmp_path / "tiny.duckdb"
    file_of_words(store).write_text(text, encoding="utf-8")
    assert main(["ask", "--store", str(store), "GDP of Xining in 2014"]) == 0
    said = capsys.readouterr()
    assert "100 billion yuan" in said.out
    assert f"left out: tiny.duckdb.vocabulary.yaml:{line}: " in said.err
