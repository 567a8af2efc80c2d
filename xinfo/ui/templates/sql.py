"""An analyst's SQL: the field with the guard's live verdict, the schema beside it, types and values of its slots."""

from __future__ import annotations

import re
from dataclasses import fields as slots_in
from typing import Any

import streamlit as st

from xinfo.answer.chart import DRAWINGS
from xinfo.ask import Workspace
from xinfo.errors import Refused
from xinfo.language.texts import languages, text
from xinfo.query.guard import check
from xinfo.query.schema import TABLES
from xinfo.stewardship.text import slots_of
from xinfo.ui import ask as ask_page
from xinfo.ui import session
from xinfo.ui.code.box import Verdict, code_box
from xinfo.ui.plain import plain
from xinfo.ui.templates.slots import Fields
from xinfo.understand.declared import TYPES
from xinfo.understand.reading import Slots, When
from xinfo.understand.template import Template
from xinfo.understand.template_fields import HEADLINE
from xinfo.understand.template_parts import read_when

BEGIN = """select o.place_id as place, o.period_id as period, o.value, o.unit, o.mark as statuses, o.source_id
from observation as o
where o.metric_id = $metric and o.period_id = $period and o.value is not null
  and o.consumer = 'all' and o.offering = 'all' and o.sector = 'all'
order by o.value desc, o.place_id
limit 10
"""
NAME = re.compile(r"\$([A-Za-z_]\w*)")
QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
LIKELY = {"city": "place", "year": "period", "quarter": "period", "least": "above", "most": "below"}
"""Types that names suggest."""


def sql_fields(template: Template | None, workspace: Workspace, key: str, lang: str) -> dict[str, Any]:
    """The fields of the file that make a template of SQL."""
    left, right = st.columns([3, 1])
    with left:
        st.markdown(f"**{text('templates.sql', lang)}** :small[:gray[{text('templates.sql_help', lang)}]]")
        said = code_box(
            text("templates.sql", lang), template.sql if template else BEGIN, lambda sql: judge(sql, lang), f"{key}-sql"
        )
    with right:
        _schema(lang)
    parameters, slots = _parameters(said, template, workspace, key, lang)
    return {"sql": said, "parameters": parameters, "slots": slots_of(slots), **_shown(template, key, lang)}


def judge(sql: str, lang: str) -> Verdict:
    """What the guard says of a text, with line and column."""
    try:
        checked = check(sql)
    except Refused as refused:
        where = text("templates.at", lang, line=refused.line, column=refused.column) if refused.line else ""
        said = text("templates.refused", lang, reason=refused.reason, where=where)
        return Verdict(False, said, refused.line, refused.column)
    named = text("list.comma", lang).join(sorted(checked.tables))
    return Verdict(True, text("templates.passes", lang, tables=named))


def _schema(lang: str) -> None:
    """The tables that may be read, with their columns."""
    st.markdown(f"**{text('templates.schema', lang)}**")
    with st.container(border=True, gap="xsmall"):
        for table, columns in TABLES.items():
            st.markdown(f"`{table}`  \n:small[{plain(', '.join(columns))}]")


def _parameters(
    sql: str, template: Template | None, workspace: Workspace, key: str, lang: str
) -> tuple[dict[str, str], Slots]:
    """A type for each `$name`, and the values that stand where a question says none."""
    names = list(dict.fromkeys(NAME.findall(QUOTED.sub(" ", sql))))
    known = template.parameters if template else {}
    parameters: dict[str, str] = {}
    slots = template.pinned.slots if template and template.pinned else _first(workspace)
    if not names:
        return {}, Slots()
    st.markdown(f"**{text('templates.slots', lang)}**")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for name in names:
            types = list(TYPES)
            likely = known.get(name) or (name if name in TYPES else LIKELY.get(name.lower(), "period"))
            parameters[name] = st.selectbox(
                f"\\${name}", types, types.index(likely), lambda kind: text(f"templates.type.{kind}", lang),
                key=f"{key}-type-{name}", width=200,
            )  # fmt: skip
    st.markdown(f":small[:gray[{text('templates.values', lang)}]]")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        drawn = Fields((), workspace.catalog, ask_page.coverage(*session.figures()), lang, key)
        taken = {TYPES[kind].slot for kind in parameters.values() if TYPES[kind].needed}
        for slot in [f.name for f in slots_in(Slots) if f.name in taken]:
            if not getattr(slots, slot):
                slots = slots.but(**{slot: getattr(_first(workspace), slot)})
            slots = slots.but(**{slot: drawn.draw(slot, slots)})
    return parameters, slots.but(**{f.name: f.default for f in slots_in(Slots) if f.name not in taken})


def _first(workspace: Workspace) -> Slots:
    """Values to begin with: what the store has most of."""
    figures = ask_page.coverage(*session.figures())
    metric = next(iter(figures.metrics(workspace.catalog)), None)
    place = workspace.catalog.pilots()[:1]
    years = figures.years(metric or "", tuple(place), workspace.catalog, "value")
    newest = str(years[0]) if years else "2015"
    when: When = read_when(newest)
    return Slots(metric=metric, places=tuple(place), periods=(when,), threshold=1e9)


def _shown(template: Template | None, key: str, lang: str) -> dict[str, Any]:
    """Chart and headline."""
    charts = ["none", *DRAWINGS]
    found: dict[str, Any] = {}
    with st.container(horizontal=True, gap="small"):
        now = template.chart if template else "ranked"
        found["chart"] = st.selectbox(
            text("templates.chart", lang), charts, charts.index(now) if now in charts else 0,
            lambda name: text(f"templates.charts.{name}", lang), key=f"{key}-chart", width=200,
        )  # fmt: skip
        headlines = {}
        for code in languages():
            known = template.headline[code] if template else HEADLINE[code]
            label = text("templates.headline", lang, language=text("ui.own_name", code))
            shown = known if isinstance(known, str) else known.get("value", "")
            headlines[code] = st.text_input(
                label, shown, key=f"{key}-headline-{code}", width=360, help=text("templates.headline_help", lang)
            )
    return found | {"headline": headlines}
