"""The fields to read a table otherwise: what holds for all of it, and each of its columns. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

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
Read = Callable[[str, str], Mapping]
"""How a form reads its table: from the keys of its fields, which begin so, and the id of its period."""
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
        _apply(draft, table, prefix, partial(_read_whole, mapping), lang)


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


def _take(draft: Draft, table: Table, prefix: str, read: Read) -> None:
    """Reads the table as a form says; where that is no news, or its period is none, the form says so instead."""
    written = str(st.session_state.get(f"{prefix}-period") or "").strip()
    period = _period(written)
    changed = read(prefix, period)
    if written and not period:
        st.session_state[f"{prefix}-said"] = "load.no_period"
    elif changed == table.mapping:
        st.session_state[f"{prefix}-said"] = "load.read_so_already"
    else:
        draft.read_as(table, changed)


def _apply(draft: Draft, table: Table, prefix: str, read: Read, lang: str) -> None:
    """The button of a form, and what the last click on it came to where that was nothing."""
    st.form_submit_button(text("load.apply", lang), on_click=_take, args=(draft, table, prefix, read))
    if said := st.session_state.pop(f"{prefix}-said", None):
        st.markdown(f":small[:material/info: {text(said, lang)}]")


def _period(written: str) -> str:
    """The id of what a field says; empty where that is none."""
    with suppress(InputError):
        return parse_period(written).id
    return ""


def _read_whole(mapping: Mapping, prefix: str, period: str) -> Mapping:
    chosen = {kind: st.session_state.get(f"{prefix}-{kind}") for kind in ("place", "metric", "unit", "status")}
    fixed = {kind: said for kind, said in mapping.fixed.items() if kind not in (*chosen, "period", "year")}
    fixed |= {kind: said for kind, said in chosen.items() if said}
    if period:
        fixed["year" if period.isdecimal() and "period" not in mapping.fixed else "period"] = period
    return replace(
        mapping,
        table=st.session_state[f"{prefix}-table"],
        fixed=fixed,
        units={},
        cumulative=RUNNING[st.session_state[f"{prefix}-running"]],
    )


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
        _apply(draft, table, prefix, partial(_read_column, table.mapping, column), lang)


def _read_column(mapping: Mapping, column: Column, prefix: str, period: str) -> Mapping:
    role = st.session_state.get(f"{prefix}-role") or column.role
    chosen = {kind: st.session_state.get(f"{prefix}-{kind}") for kind in ("metric", "unit", "place")}
    says = {kind: said for kind, said in column.says.items() if kind not in (*chosen, "period")}
    says |= {kind: said for kind, said in (chosen | {"period": period}).items() if said}
    changed = Column(column.header, role, says if role == "value" else {})
    return replace(mapping, columns=tuple(changed if one.header == column.header else one for one in mapping.columns))
