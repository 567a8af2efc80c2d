"""Results that people vouched for, held against a store before it counts: what would change in them, asked.

What is accepted is written into the templates under a name, once the load is done. Decides nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from xinfo.ask import Workspace, workspace_on
from xinfo.errors import InputError, XinfoError
from xinfo.frozen import Changed, Rows, changes
from xinfo.intake.doubts import KEEP
from xinfo.intake.look import Doubt
from xinfo.intake.report import Line, Question, Report, Said
from xinfo.query.engine import DuckEngine
from xinfo.stewardship.desk import Desk
from xinfo.store.assets import Assets, assets_of
from xinfo.store.periods import parse_id
from xinfo.store.versions import current
from xinfo.understand.template import Template

ASKS = "vouched"
"""What the keys of such questions begin with; the template's id follows."""
ACCEPTED = "note.vouched"
"""Of the line that says which results were accepted."""
FROZEN = re.compile(rb"^frozen\s*:", re.MULTILINE)


class Differs(InputError):
    """Results that people vouched for come out differently, and nobody has said that they are right."""

    def __init__(self, questions: Sequence[Question]):
        self.questions = tuple(questions)
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """What is asked of each, with the figures it is about."""
        lines = ([one.what.text(lang), *(f"  {_told(line, lang)}" for line in one.lines)] for one in self.questions)
        return "\n".join(line for of_one in lines for line in of_one)


def proof(store: Path, queries: Path, accepted: Collection[str] = ()) -> Callable[[Path], None] | None:
    """What raises Differs for a new version that changes other results than those of the questions `accepted`."""
    if (ask := doubt(store, queries)) is None:
        return None

    def prove(draft: Path) -> None:
        if open_ := [one for one in ask(draft) if one.key not in accepted]:
            raise Differs(open_)

    return prove


def accept(keys: Iterable[str], desk: Desk) -> tuple[str, ...]:
    """Writes the results that questions with these keys ask about into their templates; the ids of those."""
    said = [key.partition(":")[2] for key in keys if key.startswith(ASKS)]
    return tuple(template_id for template_id in said if desk.accept(template_id))


def doubt(store: Path, queries: Path) -> Doubt | None:
    """What is asked of a new version of a store; None where nobody vouched for a result, which costs nothing then."""
    assets = assets_of(store, queries)
    if not any(FROZEN.search(path.read_bytes()) for path in assets.templates.glob("*.yaml")):
        return None
    return lambda draft: asked(assets, draft)


def asked(assets: Assets, draft: Path) -> tuple[Question, ...]:
    """A question for each template of which a result comes out differently, and did not before."""
    with _opened(draft, assets) as then:
        found = [(template, tuple(changes(template, then))) for template in then.templates if template.tests.frozen]
        if not any(changed for _, changed in found):
            return ()
        before = _before(assets, [template for template, changed in found if changed])
        new = [(template, tuple(one for one in changed if one not in before)) for template, changed in found]
        return tuple(_question(template, changed, then) for template, changed in new if changed)


def taken_over(report: Report, desk: Callable[[], Desk], answers: Mapping[str, str]) -> Report:
    """Writes the results that a load was told are right into their templates; the report says for which."""
    said = [key for key, answer in answers.items() if answer in ("", KEEP) and key.startswith(ASKS)]
    if report.outcome != "loaded" or not said:
        return report
    try:
        at = desk()
        note = Said(ACCEPTED, {"names": ", ".join(accept(said, at)), "who": at.who})
    except XinfoError as error:
        note = Said("note.vouched_not_kept", {"why": str(error)})
    return replace(report, lines=(*report.lines, Line("note", note)))


def _before(assets: Assets, templates: Sequence[Template]) -> list[Changed]:
    """What comes out differently on the store as it stands already."""
    with _opened(assets.store, assets) as now:
        return [one for template in templates for one in changes(template, now)]


@contextmanager
def _opened(store: Path, assets: Assets) -> Iterator[Workspace]:
    engine = DuckEngine(current(store))
    try:
        yield workspace_on(engine, assets)
    finally:
        engine.close()


def _question(template: Template, changed: tuple[Changed, ...], then: Workspace) -> Question:
    frozen = changed[0].frozen
    said = {"name": frozen.question, "by": frozen.by or "?", "on": frozen.on or "?"}
    lines = tuple(line for one in changed for line in _lines(template, one, then))
    return Question(f"{ASKS}:{template.template_id}", Said("doubt.vouched", said), (KEEP,), lines, len(lines))


def _lines(template: Template, changed: Changed, then: Workspace) -> Iterator[Line]:
    """A line for each row that differs: what it is now, and what was vouched for."""
    if changed.reason:
        yield Line("question", Said("doubt.vouched_lost", {"why": changed.reason}))
        return
    metric = template.pinned.slots.metric if template.pinned else None
    was, now = _by_subject(changed.frozen.rows), _by_subject(changed.rows)
    for about in dict.fromkeys((*was, *now)):
        if was.get(about) == now.get(about):
            continue
        place = next((part for part in about if part in then.catalog.places), None)
        period = next((part for part in about if _is_period(part)), None)
        kind = "new" if about not in was else "was" if about in now else "gone"
        told = {"place": place or " ".join(about), "now": now.get(about, ""), "earlier": was.get(about, "")}
        yield Line(
            "question", Said(f"doubt.vouched_{kind}", told), place=place, metric=metric, period=period,
            value=now.get(about, "–"), earlier=was.get(about),
            parts=" ".join(part for part in about if part not in (place, period)),
        )  # fmt: skip


def _told(line: Line, lang: str) -> str:
    return line.what if isinstance(line.what, str) else line.what.text(lang)


def _is_period(part: str) -> bool:
    with suppress(InputError):
        return bool(parse_id(part))
    return False


def _by_subject(rows: Rows) -> dict[tuple[str, ...], str]:
    return {tuple(str(part) for part in row[:-1]): _written(row[-1]) for row in rows}


def _written(value: Any) -> str:
    return f"{value:,.15g}" if isinstance(value, int | float) else str(value)
