"""Questions of many writers, each read to the template and slots it must mean, or left unclear: questions/*.jsonl.

Lines of one conversation are asked in order.
"""

from __future__ import annotations

import pytest

from tests.asked import QUESTIONS, complaint, dialogues, reader
from tests.test_canonical import reader as shipped
from xinfo.language.texts import texts
from xinfo.understand.followed import Context
from xinfo.understand.read import read
from xinfo.understand.reading import Reading


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_question_is_read_to_what_it_means_or_left_unclear(lang: str) -> None:
    path = QUESTIONS / f"{lang}.jsonl"
    if not path.exists():
        pytest.skip("no questions in this language yet")
    complaints = []
    for dialogue in dialogues(path):
        context: Context | None = None
        for expected in dialogue:
            got, context = read(expected["question"], reader(lang), lang, context)
            if found := complaint(expected, got):
                complaints.append(f"{expected['question']} → {found}")
    assert not complaints, "\n".join([f"{len(complaints)} questions:", *complaints])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_question_that_the_first_page_offers_is_understood(lang: str) -> None:
    offered = [said for key, said in texts(lang).items() if key.startswith("ui.starter.")]
    assert offered
    assert not [said for said in offered if not isinstance(read(said, shipped("shipped"), lang)[0], Reading)]
