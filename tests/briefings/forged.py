# ruff: noqa: E501 — one edit a line
"""What a forger does inside a file that an office program would not: changes to the text of its parts, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Change = Callable[[str], str]
Forged = dict[str, Mapping[str, Change]]
"""By name, the change of each part whose name matches."""


def r(old: str, new: str) -> Change:
    return lambda said: said.replace(old, new, 1)


DOC = "word/document.xml"


def run(said: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


CAUTION = "The target is a lower bound (at least) (see At a glance)."


def sections(said: str) -> str:
    """The last two sections turned round."""
    heads = [
        f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{one}' for one in ("About the figures", "Sources")
    ]
    one, two, end = said.index(heads[0]), said.index(heads[1]), said.index("<w:sectPr")
    return said[:one] + said[two:end] + said[one:two] + said[end:]


def column(said: str) -> str:
    """The first table without its second column."""
    start, end = said.index("<w:tbl>"), said.index("</w:tbl>")
    rows = re.sub(r"(<w:tr[ >].*?)(<w:tc>.*?</w:tc>)(<w:tc>.*?</w:tc>)", r"\1\2", said[start:end], flags=re.DOTALL)
    return said[:start] + rows + said[end:]


DOCX: Forged = {
    "textbox": {
        DOC: r(
            "</w:body>",
            '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>Target reached</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p></w:body>',
        )
    },
    "footnote text": {"word/footnotes.xml": r("Yearbook 2016", "Yearbook 2019")},
    "footnote ref gone": {
        DOC: lambda s: re.sub(
            r'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
            "",
            s,
            count=1,
        )
    },
    "footnote refs swapped": {
        DOC: lambda s: (
            s.replace('footnoteReference w:id="1"', 'footnoteReference w:id="X"', 1)
            .replace('footnoteReference w:id="2"', 'footnoteReference w:id="1"', 1)
            .replace('footnoteReference w:id="X"', 'footnoteReference w:id="2"', 1)
        )
    },
    "header emptied": {r"word/header\d.xml": lambda s: re.sub(r"<w:t[^>]*>CONTAINS[^<]*</w:t>", "", s)},
    "first page without header": {DOC: r("<w:pgSz", "<w:titlePg/><w:pgSz")},
    "tracked insertion": {
        DOC: r(
            CAUTION,
            CAUTION + '</w:t></w:r><w:ins w:id="900" w:author="x">' + run(" It was met.") + "</w:ins><w:r><w:t>",
        )
    },
    "tracked deletion": {
        DOC: lambda s: re.sub(
            r"(<w:r>(?:(?!<w:r>).)*?)<w:t>" + re.escape(CAUTION) + "</w:t></w:r>",
            r'<w:del w:id="901">\1<w:delText>' + CAUTION + "</w:delText></w:r></w:del>",
            s,
            count=1,
        )
    },
    "white text": {
        DOC: lambda s: s.replace(
            '<w:color w:val="5A6870"/><w:sz w:val="18"/></w:rPr><w:t>' + CAUTION,
            '<w:color w:val="FEFEFE"/><w:sz w:val="18"/></w:rPr><w:t>' + CAUTION,
        )
    },
    "style vanishes": {
        "word/styles.xml": lambda s: re.sub(
            r'(<w:style [^>]*w:styleId="Quote".*?<w:rPr>)', r"\1<w:vanish/>", s, count=1, flags=re.S
        )
    },
    "tiny point": {
        DOC: r(
            "<w:t>5.979\u00a0billion\u00a0yuan</w:t></w:r>",
            "<w:t>5</w:t></w:r>" + run(".", '<w:sz w:val="2"/>') + run("979 billion yuan"),
        )
    },
    "caption number": {
        DOC: lambda s: re.sub(r"(SEQ Table.*?<w:t[^>]*>)1(</w:t>)", r"\g<1>7\2", s, count=1, flags=re.S)
    },
    "column gone": {DOC: column},
    "sections turned round": {DOC: sections},
    "struck out": {
        DOC: lambda s: s.replace(
            '<w:sz w:val="18"/></w:rPr><w:t>' + CAUTION, '<w:sz w:val="18"/><w:strike/></w:rPr><w:t>' + CAUTION
        )
    },
}
S = r"ppt/slides/slide3.xml"


def box(said: str) -> str:
    """A white box on a slide."""
    inside = said and f"<a:r><a:t>{said}</a:t></a:r>"
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="99" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="900000" y="2000000"/><a:ext cx="2000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></p:spPr>'
        f"<p:txBody><a:bodyPr/><a:p>{inside}</a:p></p:txBody></p:sp>"
    )


PPTX: Forged = {
    "rectangle over": {S: r("</p:spTree>", box("") + "</p:spTree>")},
    "gradient cover": {
        S: r(
            "</p:spTree>",
            box("").replace('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', "<a:gradFill/>") + "</p:spTree>",
        )
    },
    "label over": {S: r("</p:spTree>", box("3.99") + "</p:spTree>")},
    "caption off the slide": {
        S: lambda s: re.sub(
            r'(<a:off x="\d+" y=")\d+("/><a:ext[^>]*/></a:xfrm>(?:(?!</p:sp>).)*Figure 1)',
            r"\g<1>99000000\2",
            s,
            count=1,
            flags=re.S,
        )
    },
    "custom data label": {
        r"ppt/charts/chart1.xml": r(
            "<c:dLbls>",
            '<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:p><a:r><a:t>9.99</a:t></a:r></a:p></c:rich></c:tx></c:dLbl>',
        )
    },
    "bar unseen": {
        r"ppt/charts/chart1.xml": lambda s: re.sub(
            r"(<c:dPt>.*?)<a:solidFill>.*?</a:solidFill>", r"\1<a:noFill/>", s, count=1, flags=re.S
        )
    },
    "slides turned round": {
        "ppt/presentation.xml": lambda s: re.sub(
            r"(<p:sldId [^>]*/>)(<p:sldId [^>]*/>)(<p:sldId [^>]*/>)", r"\1\3\2", s, count=1
        )
    },
    "notes changed": {r"ppt/notesSlides/notesSlide4.xml": r("1.004", "1.904")},
    "label format": {r"ppt/charts/chart1.xml": r('#,##0.000"', '#,##0.000&quot; official&quot;"')},
    "tiny mark": {r"ppt/slides/slide2.xml": lambda s: s.replace('sz="1100" b="1"', 'sz="100" b="1"', 1)},
    "master text": {"ppt/slideMasters/slideMaster1.xml": r("</p:spTree>", box("OFFICIAL") + "</p:spTree>")},
    "chart type": {r"ppt/charts/chart1.xml": lambda s: s.replace('barDir val="bar"', 'barDir val="col"')},
}
SH = "xl/worksheets/sheet2.xml"
XLSX: Forged = {
    "format with words": {"xl/styles.xml": lambda s: s.replace("#,##0.000", "#,##0.000&quot; official&quot;", 1)},
    "column hidden": {
        SH: lambda s: re.sub(r'<col min="2" max="(\d)"', r'<col hidden="1" min="2" max="\1"', s, count=1)
    },
    "row of no height": {SH: lambda s: re.sub(r'<row r="6"', r'<row ht="0" customHeight="1" r="6"', s, count=1)},
    "fewer rows in the chart": {
        "xl/charts/chart1.xml": lambda s: re.sub(r"(\$I\$\d+:\$I\$)(\d+)", lambda m: m[1] + str(int(m[2]) - 1), s)
    },
    "formula": {SH: lambda s: re.sub(r"<v>1.794</v>", r"<f>9.1+0.1</f><v>9.2</v>", s, count=1)},
    "sheet order": {
        "xl/workbook.xml": lambda s: re.sub(r"(<sheets>)(<sheet .*?/>)(<sheet .*?/>)(<sheet .*?/>)", r"\1\2\4\3", s)
    },
    "sheet renamed": {"xl/workbook.xml": r('name="Table 1"', 'name="Result"')},
    "axis reversed": {"xl/charts/chart1.xml": r("maxMin", "minMax")},
}
HTML: dict[str, Change] = {
    "after content": r("<style>", '<style>.caution::after{content:" Target met."}'),
    "in details": r(
        '<p class="caution">The target',
        '<details><summary>x</summary><p class="caution">The target',
    ),
    "white inline": r(
        '<p class="caution">The target',
        '<p class="caution" style="color: #fefefe">The target',
    ),
    "one pixel": r('<p class="caution">The target', '<p class="caution" style="font-size:1px">The target'),
    "class hidden": lambda s: s.replace("<style>", "<style>.zz{max-height:0;overflow:hidden}", 1).replace(
        '<p class="caution">The target', '<p class="caution zz">The target'
    ),
    "overlay": r("<main>", '<main><div style="position:absolute">Target met</div>'),
    "script changes": r("actions: false", "actions: true"),
    "strike tag": r(
        '<p class="caution">The target is a lower bound (at least)',
        '<p class="caution"><s>The target is a lower bound (at least)</s>',
    ),
    "spec colour scale": r('"zero": false', '"zero": true'),
    "note target swapped": r('href="#note-1"', 'href="#note-2"'),
    "tooltip of a note": lambda s: re.sub(r'title="Source: Yearbook 2016', 'title="Source: Yearbook 2020', s, count=1),
    "iframe": r("</main>", '<iframe src="https://x.org"></iframe></main>'),
}
