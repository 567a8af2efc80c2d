"""What rests on what people made: issues on templates and figures, templates and briefings on templates and words.

Only finds and names; whether something may go is `removal`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xinfo.ask import Workspace
from xinfo.briefing import issues, saved
from xinfo.briefing.asking import Missing, understood
from xinfo.briefing.model import Account, Ask, Briefing
from xinfo.errors import InputError
from xinfo.store.assets import Assets
from xinfo.understand.called import own_phrases
from xinfo.understand.coverage.kept import touched
from xinfo.understand.template import Template, load_templates
from xinfo.understand.text import key


@dataclass(frozen=True)
class Issued:
    """An issue of a briefing, and what its figures came from."""

    briefing: str
    number: int
    templates: frozenset[str]
    figures: frozenset[str]
    """Fingerprints of stores."""


def issued(store: Path) -> Iterator[Issued]:
    """Every issue there is. Raises StoreError and InputError where one cannot be read: it may rest on anything."""
    for named in issues.briefings(store):
        for number in issues.numbers(store, named):
            documents = issues.opened(store, named, number).documents.values()
            queries = [query for document in documents for query in document.queries.values()]
            marks = [*(query.fingerprint for query in queries), *(document.store for document in documents)]
            yield Issued(named, number, frozenset(query.template for query in queries), frozenset(marks))


def issues_on_template(template_id: str, workspace: Workspace) -> list[Issued]:
    """Those with an answer of the template, or of one that uses it."""
    users = {template_id, *(one.template_id for one in using(template_id, workspace))}
    return [one for one in issued(workspace.assets.store) if one.templates & users]


def using(template_id: str, workspace: Workspace) -> list[Template]:
    """The templates that are made of it."""
    return [template for template in workspace.templates if template.uses == template_id]


def briefings_asking(template_id: str, workspace: Workspace) -> list[str]:
    """Ids of the briefings with a question that it answers."""
    return [one.id for one in _briefings(workspace.assets.store) if template_id in _templates(one, workspace)]


def templates_saying(phrase: str, workspace: Workspace) -> list[Template]:
    """People's own templates that hold the phrase in what they are called by, their examples or their tests."""
    own = (template for template in workspace.templates if workspace.assets.is_own(template.path))
    return [template for template in own if touched(_sentences(template), [key(phrase)])]


def briefings_saying(phrase: str, store: Path) -> list[str]:
    """Ids of the briefings with a question that holds the phrase."""
    return [one.id for one in _briefings(store) if touched(_questions(one), [key(phrase)])]


def vouched_on(figures: str, assets: Assets) -> list[Template]:
    """The templates with a result that somebody vouched for on the figures with this fingerprint."""
    templates, _ = load_templates(assets.shipped, assets.templates)
    return [one for one in templates if any(frozen.store == figures for frozen in one.tests.frozen)]


def _briefings(store: Path) -> Iterator[Briefing]:
    """Those that can be read."""
    for named in saved.listed(store):
        with suppress(InputError):
            yield saved.find(store, named)


def _questions(briefing: Briefing) -> list[str]:
    found: list[str] = []
    for item in briefing.items():
        if isinstance(item, Ask | Account):
            found.append(item.question)
        else:
            found += (question for words in item.text.values() for question in saved.references(words))
    return found


def _templates(briefing: Briefing, workspace: Workspace) -> set[str]:
    readings = (understood(question, workspace, briefing.lang) for question in _questions(briefing))
    return {one.template.template_id for one in readings if not isinstance(one, Missing)}


def _sentences(template: Template) -> list[str]:
    tests = (template.tests.must, template.tests.must_not)
    tested = [said for by_language in tests for sentences in by_language.values() for said in sentences]
    return [*own_phrases(template), *tested, *(said for one in template.examples for said in (one.en, one.zh))]
