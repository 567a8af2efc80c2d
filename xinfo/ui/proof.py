"""'How this was calculated': the query, its values, the sources and the state of the store behind an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st
from sqlglot import transpile

from xinfo.answer.answer import Answer, Source
from xinfo.language.texts import text
from xinfo.ui.plain import link, plain

SHORT = 12
"""Characters of a fingerprint that people compare."""


def proof(answer: Answer, meta: Mapping[str, str]) -> None:
    """Draws everything that lets a reader check the answer, the sources before the query."""
    lang = answer.reading.lang
    template = answer.reading.template
    version = text("templates.version", lang, version=template.version)
    _entry("template", " · ".join((plain(template.title[lang]), plain(template.template_id), version)), lang)
    _sources(answer.sources, lang)
    _entry("as_of", as_of(answer, meta, lang), lang)
    _entry("query", "", lang)
    st.code(laid_out(answer.sql), language="sql", wrap_lines=True)
    if answer.params:
        _entry("values", "", lang)
        st.code(values(answer.params), language="sql", wrap_lines=True)
    _entry("timing", timing(answer.timing_ms, lang), lang)


def laid_out(sql: str) -> str:
    """The same statement over several lines."""
    return transpile(sql, read="duckdb", write="duckdb", pretty=True)[0]


def values(params: Mapping[str, Any]) -> str:
    """A line for each value that the statement was run with: `$metric = "gdp"`."""
    return "\n".join(
        f"${name} = {json.dumps(value, ensure_ascii=False, default=str)}" for name, value in params.items()
    )


def as_of(answer: Answer, meta: Mapping[str, str], lang: str) -> str:
    """The store the figures came from, as Markdown."""
    return text(
        "ui.store_state",
        lang,
        name=plain(meta.get("name", "")),
        built=plain(meta.get("built_at", "")[:10]),
        fingerprint=plain(answer.fingerprint[:SHORT]),
    )


def timing(timing_ms: Mapping[str, float], lang: str) -> str:
    """'12 ms (understand 3, validate 1, …)' as Markdown."""
    steps = [f"{text(f'ui.step.{step}', lang)} {spent:.0f}" for step, spent in timing_ms.items() if step != "total"]
    between = text("list.comma", lang)
    return plain(text("ui.took", lang, total=f"{timing_ms.get('total', 0):.0f}", steps=between.join(steps)))


def _sources(sources: tuple[Source, ...], lang: str) -> None:
    if not sources:
        return
    _entry("sources", "", lang)
    for source in sources:
        details = text("list.comma", lang).join(plain(part) for part in (source.publisher, source.published) if part)
        st.markdown(f"- {link(source.title or source.source_id, source.url)}{f' · {details}' if details else ''}")


def _entry(key: str, said: str, lang: str) -> None:
    st.markdown(f"**{text(f'ui.proof.{key}', lang)}**{text('ui.colon', lang) + said if said else ''}")
