"""Kinds of questions and definitions of metrics, as JSON: what an assistant reads before it asks."""

from __future__ import annotations

from xinfo.ask import Workspace
from xinfo.errors import InputError, nearest
from xinfo.query.inventory import read_definitions
from xinfo.service.form import Json
from xinfo.service.held import defined
from xinfo.understand.template import Example, Template


def templates(workspace: Workspace, lang: str) -> Json:
    """Every kind of question, with an example."""
    return {"lang": lang, "templates": [_brief(one, lang) for one in workspace.templates]}


def template(workspace: Workspace, id: str, lang: str) -> Json:
    """One kind: what it asks for, more examples, the SQL it comes down to. Raises InputError where there is none."""
    found = next((one for one in workspace.templates if one.template_id == id), None)
    if not found:
        ids = [one.template_id for one in workspace.templates]
        raise InputError(f"there is no template '{id}'", "one of those that are listed", nearest(id, ids, 2))
    more: Json = {
        "version": found.version,
        "needs": sorted(found.needs),
        "takes": sorted(found.takes),
        "measures": list(found.measures),
        "examples": [_said(one, lang) for one in found.examples],
        "sql": found.sql,
    }
    return {"lang": lang} | _brief(found, lang) | more


def definitions(workspace: Workspace, lang: str) -> Json:
    """Every metric that there are figures of, those with the most first."""
    found = read_definitions(workspace.engine, workspace.published_only)
    return {"lang": lang, "definitions": [defined(workspace, one, lang) for one in found]}


def _brief(one: Template, lang: str) -> Json:
    about = {"template": one.template_id, "title": one.title[lang], "description": one.card.description.get(lang, "")}
    return about | {"example": _said(one.examples[0], lang) if one.examples else None}


def _said(example: Example, lang: str) -> str:
    return example.zh if lang == "zh" else example.en
