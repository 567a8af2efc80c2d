"""The structure message of SDMX: data structures, data flows, concepts and lists of codes, as SDMX-JSON 2.0.

The package `pysdmx` is only there with requirements-sdmx.lock, so it is imported where it is needed. Its model has
names in one language. So each name in Chinese goes with its code as an annotation, which that package and others hand
on, and the message is given both languages as SDMX has them once it is written.
"""

from __future__ import annotations

import importlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from xinfo.errors import InputError
from xinfo.exchange import flows
from xinfo.exchange.flows import AGENCY, CLOSED, FLOWS, LISTS, NAMED_BY, SCHEME, VERSION, Flow
from xinfo.language.texts import text
from xinfo.store.reference import as_file
from xinfo.store.schema import DIMENSIONS

if TYPE_CHECKING:
    from pysdmx.model import Annotation, Code, Codelist, Concept, ConceptScheme
    from pysdmx.model.dataflow import Component as Part
    from pysdmx.model.dataflow import DataStructureDefinition

NAME_ZH, ABOUT_ZH = "name_zh", "description_zh"
"""The types of the annotations with a name and a description in Chinese."""
_URN = "urn:sdmx:org.sdmx.infomodel."
_TYPES = {"OBS_VALUE": "DOUBLE", "UNIT_MULT": "INTEGER", "TIME_PERIOD": "PERIOD"}


def require() -> None:
    """Raises InputError where `pysdmx` is not there."""
    try:
        importlib.import_module("pysdmx.io")
    except ImportError as error:
        raise InputError("SDMX needs 'pip install -r requirements-sdmx.lock'") from error


def structure_of(connection: DuckDBPyConnection, notes: dict[str, str]) -> bytes:
    """The message for a store that is attached as `it` and says `notes` of itself. Raises InputError, see `require`."""
    require()
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    lists = {one.id: one for one in (*_closed(), *_open(connection), _units(connection))}
    concepts = _concepts(lists)
    structures = [_structure(flow, concepts) for flow in FLOWS]
    # The store's own mark and time, so that the same store gives the same message.
    prepared = datetime.fromisoformat(notes["built_at"])
    header = Header(id=notes["fingerprint"], prepared=prepared, sender=Organisation(id=AGENCY))
    made = [*lists.values(), concepts, *structures, *map(_flow, FLOWS, structures)]
    message = json.loads(write_sdmx(made, Format.STRUCTURE_SDMX_JSON_2_0_0, header=header) or "")
    for one in message["data"]["dataStructures"]:
        one["dataStructureComponents"].pop("groups", None)  # written empty, which its own schema refuses
    _in_both_languages(message)
    return json.dumps(message, ensure_ascii=False, indent=1).encode("utf-8")


def _in_both_languages(node: Any) -> None:
    """Adds `names` and `descriptions` beside the one language that things have."""
    if isinstance(node, list):
        for one in node:
            _in_both_languages(one)
    if isinstance(node, dict):
        zh = {one.get("type"): one.get("text") for one in node.get("annotations", ())}
        for single, kind in (("name", NAME_ZH), ("description", ABOUT_ZH)):
            if single in node:
                node[f"{single}s"] = {"en": node[single]} | ({"zh": zh[kind]} if zh.get(kind) else {})
        for one in node.values():
            _in_both_languages(one)


def _said(key: str) -> dict[str, Any]:
    """Name and annotation of what the language files name."""
    return {"name": text(key, "en"), "annotations": _annotations({NAME_ZH: text(key, "zh")})}


def _annotations(values: dict[str, object]) -> tuple[Annotation, ...]:
    from pysdmx.model import Annotation

    return tuple(Annotation(id=kind, type=kind, text=str(one)) for kind, one in values.items() if one not in (None, ""))


def _list(id: str, codes: list[Code]) -> Codelist:
    from pysdmx.model import Codelist

    return Codelist(id, agency=AGENCY, version=VERSION, items=tuple(codes), **_said(f"sdmx.list.{id}"))


def _closed() -> list[Codelist]:
    from pysdmx.model import Code

    return [_list(id, [Code(code, **_said(_key(id, code))) for code in codes]) for id, codes in CLOSED.items()]


def _key(id: str, code: str) -> str:
    """What a code of a closed list is called: as everywhere else where it is told elsewhere, too."""
    if id.removeprefix("CL_").lower() in DIMENSIONS:
        return "part.all" if code == flows.TOTAL else f"part.{code}"
    return f"status.{code}" if id == "CL_STANDING" else f"sdmx.code.{id}.{code}"


def _open(connection: DuckDBPyConnection) -> list[Codelist]:
    """The lists that are tables of the store, all of whose columns go with a code."""
    found = []
    for id, table in LISTS.items():
        columns = flows.columns_of(id)
        rows = connection.execute(
            f"SELECT {', '.join(columns)} FROM {as_file(table, 'it')} ORDER BY {columns[0]}"
        ).fetchall()
        codes = [_code(table, dict(zip(columns, row, strict=True))) for row in rows]
        found.append(_list(id, [*codes, *([_not_stated()] if table == "method" else [])]))
    return found


def _code(table: str, row: dict[str, Any]) -> Code:
    from pysdmx.model import Code

    [id, *_] = row.values()
    name, name_zh, about, about_zh = (row.get(column) for column in NAMED_BY[table])
    others = {key: one for key, one in list(row.items())[1:] if key not in NAMED_BY[table]}
    told = _annotations({NAME_ZH: name_zh, ABOUT_ZH: about_zh, **others})
    return Code(flows.code_of(id), name=name, description=about, annotations=told)


def _not_stated() -> Code:
    from pysdmx.model import Code

    return Code(flows.NOT_STATED, **_said("sdmx.not_stated"))


def _units(connection: DuckDBPyConnection) -> Codelist:
    """The base units, which are called by their ids in both languages."""
    from pysdmx.model import Code

    used = connection.execute("SELECT DISTINCT unit FROM it.metric ORDER BY 1").fetchall()
    return _list("CL_UNIT", [Code(flows.code_of(unit), name=unit) for (unit,) in used])


def _concepts(lists: dict[str, Codelist]) -> ConceptScheme:
    from pysdmx.model import Concept, ConceptScheme, DataType

    parts = {one.id: one for flow in FLOWS for one in flow.components}
    items = [
        Concept(
            one.id,
            dtype=DataType[_TYPES.get(one.id, "STRING")],
            codes=lists.get(one.codes),
            enum_ref=f"{_URN}codelist.Codelist={AGENCY}:{one.codes}({VERSION})" if one.codes else None,
            urn=f"{_URN}conceptscheme.Concept={AGENCY}:{SCHEME}({VERSION}).{one.id}",
            **_said(f"sdmx.component.{one.id}"),
        )
        for one in parts.values()
    ]
    return ConceptScheme(SCHEME, agency=AGENCY, version=VERSION, items=items, **_said("sdmx.scheme"))


def _structure(flow: Flow, concepts: ConceptScheme) -> DataStructureDefinition:
    from pysdmx.model.dataflow import Components, DataStructureDefinition

    named = {one.id: one for one in concepts}
    parts = Components([_part(one, named[one.id]) for one in flow.components])
    return DataStructureDefinition(
        id=flow.id, agency=AGENCY, version=VERSION, components=parts, **_said(f"sdmx.flow.{flow.id}")
    )


def _part(one: flows.Component, concept: Concept) -> Part:
    from pysdmx.model.dataflow import Component as Part
    from pysdmx.model.dataflow import Role

    level = "O" if one.role == "attribute" else None
    return Part(
        id=one.id,
        required=one.required,
        role=Role[one.role.upper()],
        concept=concept,
        local_dtype=concept.dtype,
        local_codes=concept.codes,
        local_enum_ref=concept.enum_ref,
        attachment_level=level,
    )


def _flow(flow: Flow, structure: DataStructureDefinition) -> Any:
    from pysdmx.model import Dataflow

    return Dataflow(flow.id, agency=AGENCY, version=VERSION, structure=structure, **_said(f"sdmx.flow.{flow.id}"))
