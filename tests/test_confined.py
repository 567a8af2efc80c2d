"""Files that take more memory or time than they may are refused, in words, and cost the server nothing."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import bombs
import pytest
from openpyxl import Workbook

from xinfo.briefing.check.reading import read_back
from xinfo.briefing.files.pptx import _masters
from xinfo.confined import LARGEST, confined, in_words
from xinfo.errors import InputError, TooMuch
from xinfo.intake import files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="this system holds no process to memory")
MEMORY = 3 * 2**28


def taken(check: Callable[[Path], None], path: Path) -> int:
    """The most memory in bytes that any process took which this check began. It runs in a small process of its own:
    a process that has just been begun counts the memory of the one that began it. It runs no main module again, which
    may be a page that a test of the app has run.
    """
    nobody = patch.dict(sys.modules, {"__main__": ModuleType("__main__")})
    with nobody, ProcessPoolExecutor(1, get_context("spawn")) as small:
        small.submit(check, path).result()
        return small.submit(_of_children).result()


def _of_children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def test_what_a_function_gives_and_raises_comes_back(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["西宁", 1])
    book.save(tmp_path / "a.xlsx")
    [grid] = confined(files.read, tmp_path / "a.xlsx")
    assert grid.rows == [["西宁", "1"]]
    (tmp_path / "b.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.csv: the file is empty"):
        confined(files.read, tmp_path / "b.csv")


def test_an_error_that_is_none_of_ours_is_told_in_short() -> None:
    with pytest.raises(InputError, match="this cannot be read: ZeroDivisionError"):
        confined(divmod, 1, 0)


def refuses_the_workbook(path: Path) -> None:
    with pytest.raises(TooMuch) as refused:
        confined(files.read, path, memory=MEMORY)
    assert refused.value.kind == "memory"
    assert in_words(refused.value, "zh").startswith("读取该文件所需的内存超过限额")


@pytest.mark.long
def test_a_small_workbook_that_takes_gigabytes_is_refused_within_its_memory(tmp_path: Path) -> None:
    path = bombs.array_formulas(tmp_path / "a.xlsx")
    assert path.stat().st_size < 10_000
    assert 0 < taken(refuses_the_workbook, path) <= MEMORY


def refuses_the_slides(path: Path) -> None:
    with pytest.raises(TooMuch, match="more memory"):
        confined(_masters, path, memory=MEMORY)
    with pytest.raises(InputError, match="unpacks to more"):
        confined(read_back, path.read_bytes(), "pptx")


def test_slides_that_unpack_to_gigabytes_are_refused_within_their_memory(tmp_path: Path) -> None:
    path = bombs.heavy_slides(tmp_path / "house.pptx")
    assert path.stat().st_size < 4_000_000
    assert 0 < taken(refuses_the_slides, path) <= MEMORY


def test_what_does_not_end_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(TooMuch, match="too long"):
        confined(time.sleep, 60, seconds=1.0)
    assert time.monotonic() - began < 10


def test_what_comes_back_is_limited_too() -> None:
    with pytest.raises(TooMuch, match="more memory"):
        confined(bytes, LARGEST + 1)


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(TooMuch):
        confined(os._exit, 3)
