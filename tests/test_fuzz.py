"""The programs that make cases by chance: a seed makes its case again, and the first few do nothing they must not."""

from __future__ import annotations

import random
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.fuzz.files import changed, zipped
from tests.fuzz.found import Found, crash
from tests.fuzz.guard import Guard
from tests.fuzz.readers import Readers
from tests.sql.mutants import text_of
from xinfo.query.guard.allow import MAX_CHARACTERS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell memory like that")
MINIMAL = {
    "csv": "place,value\n西宁,1\n".encode(),
    "html": b"<p>5 of <b>7</b></p>",
    "pdf": b"1 0 obj << /Type /Page >> endobj",
    "xlsx": zipped({"xl/workbook.xml": b"<a><b c='1'>2</b></a>", "xl/styles.xml": b"<s/>"}),
}


@pytest.fixture
def guard(tmp_path: Path) -> Iterator[Guard]:
    made = Guard(tmp_path)
    yield made
    made.close()


def test_a_seed_makes_its_statement_again() -> None:
    assert [text_of(seed) for seed in range(60)] == [text_of(seed) for seed in range(60)]
    assert len({text_of(seed) for seed in range(60)}) > 50
    assert max(len(text_of(seed)) for seed in range(600)) <= MAX_CHARACTERS


@pytest.mark.parametrize("kind", MINIMAL)
def test_a_seed_makes_its_file_again(kind: str) -> None:
    made = [changed(MINIMAL[kind], kind, random.Random(seed)) for seed in range(200)]
    assert made == [changed(MINIMAL[kind], kind, random.Random(seed)) for seed in range(200)]
    assert len({*made}) > 100


def test_changed_packages_are_mostly_packages_still() -> None:
    made = [changed(MINIMAL["xlsx"], "xlsx", random.Random(seed)) for seed in range(200)]
    assert sum(zipfile.is_zipfile(BytesIO(one)) for one in made) > 150


def test_the_first_statements_are_harmless(guard: Guard) -> None:
    assert {seed: found for seed in range(50) if (found := guard.attempt(seed))} == {}


def test_a_crash_is_told_with_its_place() -> None:
    try:
        int("x")
    except ValueError as error:
        found = crash(error)
    assert (found.kind, "test_fuzz.py" in found.what) == ("crash", True)
    assert isinstance(found, Found)


@pytest.mark.long
def test_the_first_files_are_read_or_refused(tmp_path: Path) -> None:
    readers = Readers(tmp_path)
    assert {seed: found for seed in range(16) if (found := readers.attempt(seed))} == {}
