"""Which templates a sentence fits, taken as it stands: without correction, without a question before it."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from xinfo.understand.frame import Trouble
from xinfo.understand.read import Reader
from xinfo.understand.reading import Slots, When
from xinfo.understand.taken import taken
from xinfo.understand.template import Template
from xinfo.understand.text import read_text


@dataclass(frozen=True)
class Fitting:
    """How a sentence was taken."""

    templates: tuple[str, ...]
    slots: Slots
    troubles: tuple[Trouble, ...]

    @property
    def clear(self) -> bool:
        return len(self.templates) == 1 and not self.troubles


def fit(sentence: str, reader: Reader) -> Fitting:
    """The templates that a sentence fits best, its slots and what stands in the way."""
    text = read_text(sentence)
    ways = taken(text, reader, None)
    found = next((way for way in ways if way.clear), ways[0])
    fitting = found.fitting if found.derived else ()
    return Fitting(tuple(t.template_id for t in fitting), found.settled.slots, tuple(found.troubles))


def written(slots: Slots, template: Template) -> dict[str, Any]:
    """Slots as an example writes them: ids, lists and plain mappings.

    The measure counts only where the template can be asked for several.
    """
    filled = slots.filled()
    if not template.measures:
        filled.pop("measure", None)
    return {name: _written(value) for name, value in filled.items()}


def _written(value: Any) -> Any:
    if isinstance(value, When):
        return value.id
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, Slots):
        return {name: _written(item) for name, item in value.filled().items() if (name, item) != ("measure", "value")}
    if is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _written(item) for name, item in named if item not in (None, ())}
    return value
