"""Workbooks written by hand, for what no program in the project writes: missing values, odd XML, odd zips."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def workbook(path: Path, rows: str, *, strings: str = "", styles: str = "", before: str = "", prefix: str = "") -> Path:
    """A workbook with one sheet, 'S': `rows` its row elements, `styles` its cellXfs, `before` what heads its XML.

    Each element of the sheet has `prefix` before its name.
    """
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    if prefix:
        sheet = re.sub("<(/?)", rf"<\1{prefix}:", sheet).replace("xmlns=", f"xmlns:{prefix}=")
    parts = {
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": before + sheet,
    }
    return zipped(path, parts)


def zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def _relations(*targets: tuple[str, str]) -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f"<Relationships {_RELATIONS}>{''.join(each)}</Relationships>"
