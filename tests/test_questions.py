"""Questions of many writers, each read to the template and slots it must mean, or left unclear: questions/*.jsonl.

Lines of one conversation are asked in order.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.asked import QUESTIONS, dialogues, reader
from tests.test_canonical import reader as shipped
from xinfo.language.texts import texts
from xinfo.understand.followed import Context
from xinfo.understand.read import read
from xinfo.understand.reading import Reading, Scope, Slots, Unclear, When


def plain(slots: Slots) -> dict[str, Any]:
    """Slots as they stand in the files: ids, period ids, and for a set of places its conditions."""
    return {name: _plain(value) for name, value in slots.filled().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, When):
        return value.id
    if isinstance(value, Slots):
        return plain(value)
    if isinstance(value, Scope):
        return {name: _plain(held) for name, held in vars(value).items() if held}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def complaint(expected: dict[str, Any], got: Reading | Unclear) -> str | None:
    """What is wrong with a reading, or None."""
    if "status" in expected:
        if isinstance(got, Unclear):
            return None if expected["status"] in (got.status, "declined") else f"{got.status}: {got.reason}"
        return f"read as {got.template.template_id}: {got.sentence}"
    if isinstance(got, Unclear):
        return f"{got.status}: {got.reason}"
    held = plain(got.slots)
    wrong = {name: held.get(name) for name, value in expected["slots"].items() if held.get(name) != value}
    if got.template.template_id != expected["template"] or wrong:
        return f"read as {got.template.template_id}: {got.sentence} {wrong}"
    return None


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
