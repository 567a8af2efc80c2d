"""New rows about places that whoever loads them has no say over. Writes nothing and knows nobody.

Lists of places, metrics, sources and the like are everybody's: whoever may load for some places alone may load none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duckdb import DuckDBPyConnection

from xinfo.intake.report import Line, Said
from xinfo.store.journal import Loaded
from xinfo.store.read import MOST_PROBLEMS
from xinfo.store.reference import FILES

_OF_PROJECTS = """
    SELECT fresh.project_id, unnest([fresh.place_id, earlier.place_id]) AS place_id
    FROM project AS fresh LEFT JOIN old.project AS earlier USING (project_id)"""
"""A project that is taken over from another place is about both."""


def beyond(connection: DuckDBPyConnection, loaded: Sequence[Loaded], own: frozenset[str]) -> Iterator[Line]:
    """A refused line for each place of the new rows that is not among `own`, and for each list that is everybody's."""
    values = [sorted(own)]
    names = "SELECT name_en || ' ' || name_zh FROM place WHERE list_contains(?, place_id) ORDER BY place_id"
    said = {"own": ", ".join(name for (name,) in connection.execute(names, values).fetchall()) or "–"}
    figures = f"""
        SELECT file, arg_min(sheet, line), min(line), arg_min(cell, line), place_id FROM published
        WHERE NOT list_contains(?, place_id) GROUP BY file, place_id ORDER BY 1, 3 LIMIT {MOST_PROBLEMS}"""
    for file, sheet, line, cell, place in connection.execute(figures, values).fetchall():
        yield Line("refused", Said("line.beyond", said), file, sheet, line, cell, "place", place)
    files = {one.table: one.file for one in loaded}
    for table, source in (("target", "target"), ("project", f"({_OF_PROJECTS})")):
        places = f"SELECT DISTINCT place_id FROM {source} WHERE NOT list_contains(?, place_id) ORDER BY 1"
        for (place,) in connection.execute(f"{places} LIMIT {MOST_PROBLEMS}", values).fetchall():
            yield Line("refused", Said("line.beyond", said), files.get(table, ""), column="place", place=place)
    for one in loaded:
        if one.table in FILES:
            yield Line("refused", Said("line.everybodys", said), one.file)
