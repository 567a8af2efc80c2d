"""What a load would bring, before anything is written: counts, and line by line by kind. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from xinfo.intake.report import KINDS, MOST_LINES, Line, Report, Said, as_csv
from xinfo.language.texts import text
from xinfo.ui import rights
from xinfo.ui.data.load.named import DOT, before, figure, told, value, what, where
from xinfo.ui.frames import frame
from xinfo.ui.plain import plain
from xinfo.ui.table import SHORT
from xinfo.understand.catalog import Catalog

COUNTED = ("new", "revised", "unchanged", "conflict", "refused")
BESIDE = ("repeated", "blank", "left", "formulas")
"""Counts that are told where there are any."""
FULL = ("kind", "where", "figure", "value", "earlier", "what", "expected", "nearest")
OF_TABLES = ("note.fixed",)
"""Notes that the tables' cards say better."""
ARROW = " → "
COLOURS = {"refused": "red", "conflict": "orange", "revised": "blue", "new": "green"}


def counts(report: Report, lang: str) -> None:
    """The sums over all files."""
    with st.container(horizontal=True, gap="medium"):
        for name in COUNTED:
            if (count := report.count(name)) or name in ("new", "revised"):
                st.metric(text(f"intake.count.{name}", lang), f"{count:,}", width="content")


def skipped(report: Report, lang: str) -> None:
    """What of the files was left out: columns, rows, totals, sheets."""
    if not report.skipped:
        return
    with st.expander(text("load.skipped", lang), icon=":material/content_cut:"):
        for line in report.skipped:
            said = line.what if isinstance(line.what, str) else line.what.text(lang)
            where_ = text("list.comma", lang).join(filter(None, (line.file, line.sheet)))
            st.markdown(f"{plain(where_)}{text('ui.colon', lang)}{plain(said)}")


def of_file(report: Report, file: str, lang: str) -> str:
    """'12 rows read: 3 new, 9 unchanged' for one file; empty where it was not read."""
    one = next((counts for counts in report.files if counts.file == file), None)
    if not one:
        return ""
    said = said_of({name: getattr(one, name) for name in (*COUNTED, *BESIDE)}, lang)
    read = text("load.count.read", lang, n=f"{one.read:,}")
    return f"{read}{text('ui.colon', lang)}{said}" if said else read


def said_of(numbers: Mapping[str, int], lang: str) -> str:
    """'3 new, 9 as before': what there is any of."""
    return text("list.comma", lang).join(
        text(f"load.count.{name}", lang, n=f"{n:,}") for name, n in numbers.items() if n
    )


def lines(report: Report, catalog: Catalog, lang: str) -> None:
    """The filter by kind, the table, the file to take along."""
    listed = [line for line in report.lines if not (isinstance(line.what, Said) and line.what.key in OF_TABLES)]
    kinds = {kind: count for kind in KINDS if (count := sum(line.kind == kind for line in listed))}
    if not kinds:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        kind = st.pills(
            text("load.lines", lang),
            list(kinds),
            format_func=lambda name: f"{text(f'intake.kind.{name}', lang)} {_many(kinds[name])}",
            key="load-kind",
        )
        st.download_button(
            text("data.download", lang),
            rights.on_demand("load", partial(as_csv, report, lang)),
            "report.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="load-report",
        )
    shown = [line for line in listed if kind in (None, line.kind)]
    (_short if len(shown) <= SHORT else _long)(shown, catalog, lang)
    if any(count >= MOST_LINES for count in kinds.values()):
        st.caption(text("load.cut", lang, n=f"{MOST_LINES:,}"))


def _many(count: int) -> str:
    return f"{count:,}+" if count >= MOST_LINES else f"{count:,}"


def _short(shown: Sequence[Line], catalog: Catalog, lang: str) -> None:
    """A few lines, whole and readable by every device."""
    titles = {name: text(f"load.line.{name}", lang) for name in ("figure", "what")}
    rows = [
        {
            titles["figure"]: " ".join((_badge(line.kind, lang), _about(line, catalog, lang))),
            titles["what"]: plain(_whole(line, catalog, lang)),
        }
        for line in shown
    ]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def _badge(kind: str, lang: str) -> str:
    return f":{COLOURS.get(kind, 'gray')}-badge[{text(f'intake.kind.{kind}', lang)}]"


def _about(line: Line, catalog: Catalog, lang: str) -> str:
    """The figure, with what the file has of it in bold, and where it stands."""
    now = value(line, catalog, lang)
    if line.kind == "revised" and line.earlier:
        now = f"{before(line, catalog, lang)}{ARROW}{now}"
    pieces = (f"**{plain(now)}**" if now else "", plain(figure(line, catalog, lang)), plain(where(line, lang)))
    return DOT.join(filter(None, pieces))


def _whole(line: Line, catalog: Catalog, lang: str) -> str:
    """What there is to say: what is wrong, what was expected, what comes nearest."""
    said = [what(line, catalog, lang)]
    said += [text("load.at_column", lang, column=line.column)] if line.column and line.kind == "refused" else []
    said += [text("load.expected", lang, what=told(line.expected, catalog, lang))] if line.expected else []
    said += [text("load.nearest", lang, what=" / ".join(line.nearest))] if line.nearest else []
    return text("list.semicolon", lang).join(filter(None, said))


def _long(shown: Sequence[Line], catalog: Catalog, lang: str) -> None:
    """Many lines to scroll, sort and search, a column each."""
    rows = [
        (
            text(f"intake.kind.{line.kind}", lang),
            where(line, lang),
            figure(line, catalog, lang),
            value(line, catalog, lang),
            before(line, catalog, lang),
            what(line, catalog, lang),
            told(line.expected, catalog, lang),
            " / ".join(line.nearest),
        )
        for line in shown
    ]
    titles = [text(f"load.line.{name}", lang) for name in FULL]
    table = pd.DataFrame(rows, columns=titles)
    said = [title for title in titles if table[title].any()]
    st.dataframe(frame(table[said]), hide_index=True, height=388, alt=text("load.lines", lang))
