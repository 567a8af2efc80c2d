"""The fields to read a table otherwise: what holds for all of it, and each of its columns. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping as Says
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import streamlit as st

from xinfo.errors import InputError
from xinfo.intake.mapping import CARRIED, LABELS, TABLES, Column, Mapping
from xinfo.intake.report import Table
from xinfo.language.texts import text
from xinfo.store.standing import STATUSES
from xinfo.store.written import UNITS, parse_period
from xinfo.ui.data.load.draft import Draft
from xinfo.ui.data.load.named import named
from xinfo.understand.catalog import Catalog

ROLES = ("value", *LABELS, *CARRIED, "ignore")
RUNNING = {"open": None, "single": False, "cumulative": True}
GIVEN = tuple(status for status in STATUSES if status != "illustrative")


def fields(draft: Draft, table: Table, at: int, catalog: Catalog, lang: str) -> None:
    """A fold with both forms."""
    fold = st.expander(text("load.change", lang), key=f"load-fields-{at}-{draft.round}", on_change="rerun")
    if fold.open:
        with fold:
            _whole(draft, table, f"{at}-{draft.round}", catalog, lang)
            _column(draft, table, f"{at}-{draft.round}", catalog, lang)


def _whole(draft: Draft, table: Table, key: str, catalog: Catalog, lang: str) -> None:
    """Table, place, metric, unit, period, status, and whether quarters run from January."""
    mapping, prefix = table.mapping, f"load-whole-{key}"
    with st.form(prefix):
        st.markdown(f"**{text('load.whole', lang)}**")
        with st.container(horizontal=True):
            _select("table", TABLES, mapping.table, prefix, catalog, lang, empty=False)
            for kind, options in _choosers(catalog):
                unit = next(iter(mapping.units.values()), None) if kind == "unit" else None
                _select(kind, options, mapping.fixed.get(kind) or unit, prefix, catalog, lang)
            period = mapping.fixed.get("period") or mapping.fixed.get("year") or ""
            st.text_input(text("load.field.period", lang), period, key=f"{prefix}-period", width=220)
            now = next(name for name, cumulative in RUNNING.items() if cumulative is mapping.cumulative)
            _select("running", tuple(RUNNING), now, prefix, catalog, lang, empty=False)
        st.form_submit_button(text("load.apply", lang), on_click=_take_whole, args=(draft, table, prefix))


def _choosers(catalog: Catalog) -> Sequence[tuple[str, Sequence[str]]]:
    return (
        ("place", tuple(catalog.places)),
        ("metric", tuple(catalog.metrics)),
        ("unit", tuple(UNITS)),
        ("status", GIVEN),
    )


def _select(
    kind: str, options: Sequence[str], now: str | None, prefix: str, catalog: Catalog, lang: str, empty: bool = True
) -> None:
    """A chooser that begins with what is read now; `empty` where it may say nothing."""
    known = tuple(dict.fromkeys((*([now] if now else []), *options)))
    st.selectbox(
        text(f"load.field.{kind}", lang),
        known,
        known.index(now) if now else None,
        format_func=lambda one: (
            text(f"load.running.{one}", lang) if kind == "running" else _said(kind, one, catalog, lang)
        ),
        placeholder=text("load.unsaid", lang) if empty else None,
        key=f"{prefix}-{kind}",
        width=220,
    )


def _said(kind: str, value: str, catalog: Catalog, lang: str) -> str:
    return text(f"load.role.{value}", lang) if kind == "role" else named(kind, value, catalog, lang)


def _take_whole(draft: Draft, table: Table, prefix: str) -> None:
    mapping = table.mapping
    chosen = {kind: st.session_state.get(f"{prefix}-{kind}") for kind in ("place", "metric", "unit", "status")}
    fixed = {kind: said for kind, said in mapping.fixed.items() if kind not in (*chosen, "period", "year")}
    fixed |= {kind: said for kind, said in chosen.items() if said}
    fixed |= _times(mapping, str(st.session_state.get(f"{prefix}-period") or ""))
    changed = replace(
        mapping,
        table=st.session_state[f"{prefix}-table"],
        fixed=fixed,
        units={},
        cumulative=RUNNING[st.session_state[f"{prefix}-running"]],
    )
    if changed != mapping:
        draft.read_as(table, changed)


def _times(mapping: Mapping, written: str) -> Says[str, str]:
    """The period or year that the field says; nothing where it is none."""
    with suppress(InputError):
        period = parse_period(written).id
        kind = "year" if period.isdecimal() and "period" not in mapping.fixed else "period"
        return {kind: period}
    return {}


def _column(draft: Draft, table: Table, key: str, catalog: Catalog, lang: str) -> None:
    """One column, chosen by its header: what it holds, and of figures metric, unit, place and period."""
    headers = [column.header for column in table.mapping.columns]
    chosen = st.selectbox(text("load.column.header", lang), headers, key=f"load-header-{key}")
    if chosen is None:
        return
    column, prefix = table.mapping.column(chosen), f"load-column-{key}-{headers.index(chosen)}"
    with st.form(prefix):
        role = column.role if column.role in ROLES else None
        _select("role", ROLES, role, prefix, catalog, lang)
        st.markdown(f":small[{text('load.of_figures', lang)}]")
        with st.container(horizontal=True):
            for kind, options in _choosers(catalog)[:3]:
                _select(kind, options, column.says.get(kind), prefix, catalog, lang)
            st.text_input(
                text("load.field.period", lang), column.says.get("period", ""), key=f"{prefix}-period", width=220
            )
        st.form_submit_button(text("load.apply", lang), on_click=_take_column, args=(draft, table, column, prefix))


def _take_column(draft: Draft, table: Table, column: Column, prefix: str) -> None:
    role = st.session_state.get(f"{prefix}-role") or column.role
    chosen = {kind: st.session_state.get(f"{prefix}-{kind}") for kind in ("metric", "unit", "place")}
    says = {kind: said for kind, said in column.says.items() if kind not in (*chosen, "period")}
    says |= {kind: said for kind, said in chosen.items() if said}
    with suppress(InputError):
        says["period"] = parse_period(str(st.session_state.get(f"{prefix}-period") or "")).id
    changed = Column(column.header, role, says if role == "value" else {})
    columns = tuple(changed if one.header == column.header else one for one in table.mapping.columns)
    if columns != table.mapping.columns:
        draft.read_as(table, replace(table.mapping, columns=columns))
