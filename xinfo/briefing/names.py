"""What the files of a document are called: title, place, period and issue, as a clerk would name them. Writes none."""

from __future__ import annotations

import re

from xinfo.answer.labels import long_period
from xinfo.briefing.document import Document
from xinfo.language.texts import text

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What some system takes in no name."""
LONGEST = 120


def file_name(document: Document, kind: str, place: str = "") -> str:
    """'西宁市2015年前三季度信息消费进展情况（第1期）.docx'; `place` is named where the title does not name it."""
    lang, title = document.lang, document.title
    period = long_period(document.period, lang) if document.period else ""
    more = [one for one in (place, period) if one and one.lower() not in title.lower()]
    said = text("list.comma", lang).join([title, *more])
    issue = text("brief.issue", lang, n=document.number) if document.number else text("brief.draft", lang)
    stem = " ".join(FORBIDDEN.sub(" ", said)[:LONGEST].split()).strip(" .")
    return f"{text('brief.file_name', lang, title=stem, issue=issue)}.{kind}"
