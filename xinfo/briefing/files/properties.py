"""What an office file says of itself: whose it is, of what day, which program wrote it. Nothing of the template's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xinfo.answer.cells import clean
from xinfo.briefing.layout import Layout

APPLICATION = "xinfo"
ABOUT_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>" + APPLICATION.encode() + b"</Application></Properties>"
)


def describe(package: Any, core: Any, layout: Layout) -> None:
    """Writes the properties of a package of python-docx or python-pptx, and drops the template's picture."""
    document = layout.document
    core.title, core.author, core.subject = clean(document.title), author(layout), clean(layout.head)
    core.identifier, core.comments, core.language = document.store, layout.mark, document.lang
    core.keywords, core.last_modified_by, core.revision = layout.mark_of_content, author(layout), 1
    core.created = core.modified = moment(document.made)
    relations = package.rels if hasattr(package, "rels") else package._rels
    for id_, relation in list(relations.items()):
        if relation.reltype.endswith("/thumbnail"):
            relations.pop(id_)
        elif relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = ABOUT_PROGRAM


def author(layout: Layout) -> str:
    """Who made it, as far as anybody is named."""
    return clean(layout.document.author or layout.letter.issuer)


def moment(at: str) -> datetime:
    """A time that an office file can hold."""
    try:
        return datetime.fromisoformat(at).replace(tzinfo=None)
    except ValueError:
        return datetime(2000, 1, 1)
