"""A template's text tried among all the others, before anybody hears it: what is wrong, which results change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from xinfo.ask import Workspace
from xinfo.errors import InputError, Problems
from xinfo.frozen import Changed, changes
from xinfo.review import checked_id, review, with_templates
from xinfo.stewardship.text import changed_text, frozen_of
from xinfo.understand.template import Template, made_of, parse_yaml, read_yaml
from xinfo.understand.template_parts import Frozen


@dataclass(frozen=True)
class Trial:
    """What a text is and what it would do."""

    text: str
    template: Template | None
    problems: tuple[str, ...]
    """What must be mended before it is published."""
    changed: tuple[Changed, ...] = ()
    """Results that were frozen and come out differently: mended, or accepted by name."""

    @property
    def passed(self) -> bool:
        return not (self.problems or self.changed)


def made(text: str, path: Path, workspace: Workspace) -> Template:
    """The template of a text. Raises InputError, with the line."""
    known = {template.template_id: template for template in workspace.templates}
    template = made_of(parse_yaml(text.encode("utf-8"), str(path)), path, known)
    shipped = known.get(checked_id(template))
    if shipped and not workspace.assets.is_own(shipped.path):
        raise InputError(f"{path}: the id '{template.template_id}' is that of the shipped template {shipped.path}")
    return template


def heard_too(template: Template, workspace: Workspace) -> Workspace:
    """The workspace with the template, and what uses it made anew."""
    known = {one.template_id: one for one in workspace.templates} | {template.template_id: template}
    users = [one for one in workspace.templates if one.uses == template.template_id]
    anew = [made_of(read_yaml(Path(one.path)), Path(one.path), known) for one in users]
    return with_templates(workspace, [template, *anew])


def try_out(text: str, path: Path, workspace: Workspace) -> Trial:
    """Everything that a check of the library would say of the text, were it in its place."""
    try:
        template = made(text, path, workspace)
        extended = heard_too(template, workspace)
    except Problems as several:
        return Trial(text, None, several.problems)
    except InputError as error:
        return Trial(text, None, (str(error),))
    users = [one for one in extended.templates if one.uses == template.template_id]
    changed = tuple(found for one in (template, *users) for found in changes(one, extended))
    report = review(extended, [template.template_id, *(one.template_id for one in users)])
    said = {str(found) for found in changed}
    problems = [what for what in report.complaints if not any(what.endswith(one) for one in said)]
    problems += [f"collision: {collision}" for collision in report.collisions]
    return Trial(text, template, tuple(problems), changed)


def accepted(trial: Trial, by: str, on: str, store: str) -> str:
    """The text with what its results are now in place of those that were frozen. Raises InputError for no result."""
    assert trial.template
    lost = [found for found in trial.changed if found.reason]
    if lost:
        raise InputError(f"“{lost[0].frozen.question}” has no result that could be accepted: {lost[0].reason}")
    now = {found.frozen: found.rows for found in trial.changed}
    return with_frozen(
        trial.text,
        tuple(
            replace(one, rows=now[one], by=by, on=on, store=store) if one in now else one
            for one in trial.template.tests.frozen
        ),
    )


def with_frozen(text: str, frozen: tuple[Frozen, ...]) -> str:
    return changed_text(text, {"frozen": frozen_of(frozen)})
